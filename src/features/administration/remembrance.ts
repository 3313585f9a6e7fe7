import { z } from 'zod';
import type { Remembrance } from '../../kernel/membership.ts';
import { timeSchema } from '../../kernel/schemas.ts';
import { banMember } from './ban.ts';
import { bans } from './state.ts';

const keptSchema = z.strictObject({ at: timeSchema });

/** A ban outlasts leaving and coming back. By whom and why is not kept: both may name people. */
export const banRemembrance: Remembrance<z.infer<typeof keptSchema>> = {
  name: 'ban',
  schema: keptSchema,
  keep: (query, member) => {
    const ban = query.find(bans, [member]);
    return ban && { at: ban.at };
  },
  restore: (mutation, member, { at }) => banMember(mutation, member, { at }),
};
