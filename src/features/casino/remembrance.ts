import { z } from 'zod';
import type { Remembrance } from '../../kernel/membership.ts';
import { dateSchema, timeSchema } from '../../kernel/schemas.ts';
import { utcDay } from '../wallet/api.ts';
import { lossLimitOf } from './limits.ts';
import { players } from './state.ts';

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
    const lossLimit = lossLimitOf(player, query.now);
    const outUntil = (player.outUntil ?? 0) > query.now ? player.outUntil : undefined;
    const gear = player.gear?.date === utcDay(query.now) ? player.gear : undefined;
    if (lossLimit === undefined && outUntil === undefined && gear === undefined) return undefined;
    return {
      ...(lossLimit !== undefined && { lossLimit }),
      ...(outUntil !== undefined && { outUntil }),
      ...(gear !== undefined && { gear }),
    };
  },
  restore: (mutation, member, kept) => mutation.put(players, [member], { ...mutation.get(players, [member]), ...kept }),
};
