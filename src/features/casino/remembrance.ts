import { z } from 'zod';
import type { Remembrance } from '../../kernel/membership.ts';
import { dateSchema, timeSchema } from '../../kernel/schemas.ts';
import { utcDay } from '../wallet/api.ts';
import { careOf, lossLimitOf } from './limits.ts';
import { care, players } from './state.ts';

const keptSchema = z.strictObject({
  lossLimit: z.int().positive().optional(),
  outUntil: timeSchema.optional(),
  /** What things added today, so that coming back begins no new budget. */
  gear: z.strictObject({ date: dateSchema, used: z.int().positive() }).optional(),
});

/** A member's own limits and what is used up of the day's budget, so that leaving and coming back does not lift what they set to protect themselves. */
export const limitsRemembrance: Remembrance<z.infer<typeof keptSchema>> = {
  name: 'casino',
  schema: keptSchema,
  keep: (query, member) => {
    const player = query.get(players, [member]);
    const own = careOf(query, member);
    const lossLimit = lossLimitOf(own, query.now);
    const outUntil = (own.outUntil ?? 0) > query.now ? own.outUntil : undefined;
    const gear = player.gear?.date === utcDay(query.now) ? player.gear : undefined;
    if (lossLimit === undefined && outUntil === undefined && gear === undefined) return undefined;
    return {
      ...(lossLimit !== undefined && { lossLimit }),
      ...(outUntil !== undefined && { outUntil }),
      ...(gear !== undefined && { gear }),
    };
  },
  restore: (mutation, member, { gear, ...limits }) => {
    if (Object.keys(limits).length > 0) mutation.put(care, [member], limits);
    if (gear !== undefined) mutation.put(players, [member], { ...mutation.get(players, [member]), gear });
  },
};
