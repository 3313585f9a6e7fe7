import { z } from 'zod';
import { type EpochMs, isSnowflake, type MemberId } from './ids.ts';

/** Whole milliseconds since 1970. */
export const timeSchema = z.custom<EpochMs>((value) => Number.isSafeInteger(value) && (value as number) >= 0);

/** A Discord user id. */
export const memberSchema = z.custom<MemberId>((value) => typeof value === 'string' && isSnowflake(value));

/** A Discord id of a channel, message or role. */
export const snowflakeSchema = z.string().refine(isSnowflake);

/** A calendar date: `2026-11-21`. */
export const dateSchema = z.string().regex(/^\d{4}-\d\d-\d\d$/);
