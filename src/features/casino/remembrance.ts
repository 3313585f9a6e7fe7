import { z } from 'zod';
import type { Remembrance } from '../../kernel/membership.ts';
import { timeSchema } from '../../kernel/schemas.ts';
import { lossLimitOf } from './limits.ts';
import { players } from './state.ts';

const keptSchema = z.strictObject({ lossLimit: z.int().positive().optional(), outUntil: timeSchema.optional() });

/** A member's own limits, so that leaving and coming back does not lift what they set to protect themselves. */
export const limitsRemembrance: Remembrance<z.infer<typeof keptSchema>> = {
  name: 'casino',
  schema: keptSchema,
  keep: (query, member) => {
    const player = query.get(players, [member]);
    const lossLimit = lossLimitOf(player, query.now);
    const outUntil = (player.outUntil ?? 0) > query.now ? player.outUntil : undefined;
    if (lossLimit === undefined && outUntil === undefined) return undefined;
    return { ...(lossLimit !== undefined && { lossLimit }), ...(outUntil !== undefined && { outUntil }) };
  },
  restore: (mutation, member, kept) => mutation.put(players, [member], { ...mutation.get(players, [member]), ...kept }),
};
