import { z } from 'zod';
import { snowflakeSchema } from '../../../../kernel/schemas.ts';
import { roundIdSchema } from './state.ts';

/** Which round is meant: the channel and the round's id. */
export const keySchema = z.strictObject({ at: snowflakeSchema, round: roundIdSchema });
export type RoundKey = z.infer<typeof keySchema>;
