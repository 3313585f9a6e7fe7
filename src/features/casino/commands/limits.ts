import { parseAmount } from '../../../kernel/amount.ts';
import type { Mutation } from '../../../kernel/context.ts';
import type { Command } from '../../../kernel/feature.ts';
import { mutation } from '../../../kernel/operation.ts';
import { InputError, integerOption, type Option, optional, options } from '../../../kernel/option.ts';
import { done, refuse } from '../../../kernel/outcome.ts';
import { colors, relativeTime } from '../../wallet/api.ts';
import { careOf, hoursFromNow, lossLimitOf, lostToday } from '../limits.ts';
import { type Care, care, players } from '../state.ts';
import { coolOffHoursMax, looserAfterHours } from '../tuning.ts';

/** A number of coins, or `none`. A share would change with every game. */
const limitOption: Option<number | 'none'> = {
  type: 'text',
  required: true,
  describe: 'economy.casino.limits.loss',
  max: 32,
  parse: (input) => {
    if (input === 'none') return 'none';
    const amount = typeof input === 'string' ? parseAmount(input) : undefined;
    if (amount?.kind !== 'exact') throw new InputError('economy.casino.limits.no-amount');
    return amount.coins;
  },
};

/** What a member keeps to with another limit: a stricter one counts at once, a looser one when there was time to think. */
const withLimit = (m: Mutation, before: Care, wish: number | 'none'): Care => {
  const now = lossLimitOf(before, m.now);
  const { lossLimit: _, nextLimit: __, ...others } = before;
  if (now === undefined || (wish !== 'none' && wish <= now)) {
    return wish === 'none' ? others : { ...others, lossLimit: wish };
  }
  const at = hoursFromNow(m, looserAfterHours);
  return { ...others, lossLimit: now, nextLimit: { at, ...(wish !== 'none' && { limit: wish }) } };
};

/** `/casino limits`: how much the member lets themselves lose a day, and how long they stay out. */
export const limits = mutation({
  name: 'casino.limits',
  version: 1,
  input: options({
    loss: optional(limitOption),
    out: optional(integerOption({ describe: 'economy.casino.limits.hours', min: 1, max: coolOffHoursMax })),
  }),
  run: (m, { loss, out }) => {
    const { member } = m.actor;
    let own = careOf(m, member);
    if (loss !== undefined) own = withLimit(m, own, loss);
    if (out !== undefined) {
      const outUntil = hoursFromNow(m, out);
      if (outUntil < (own.outUntil ?? 0)) return refuse('economy.casino.limits.longer');
      own = { ...own, outUntil };
    }
    if (loss !== undefined || out !== undefined) m.put(care, [member], own);
    const { nextLimit, outUntil = 0 } = own;
    return done({
      limit: lossLimitOf(own, m.now) ?? 0,
      lost: Math.max(0, lostToday(m, m.get(players, [member]))),
      next: nextLimit !== undefined && nextLimit.at > m.now ? nextLimit : undefined,
      outUntil: outUntil > m.now ? outUntil : 0,
    });
  },
  view: ({ limit, lost, next, outUntil }, text) => ({
    private: true,
    embeds: [
      {
        title: text('economy.casino.limits.title'),
        description: [
          text('economy.casino.limits.now', { limit, lost }),
          ...(next ? [text('economy.casino.limits.next', { limit: next.limit ?? 0, at: relativeTime(next.at) })] : []),
          ...(outUntil > 0 ? [text('economy.casino.limits.until', { at: relativeTime(outUntil) })] : []),
        ].join('\n'),
        color: colors.gold,
      },
    ],
  }),
});

export const limitsCommand: Command = {
  path: 'casino limits',
  describe: 'economy.casino.limits.describe',
  operation: limits,
  visibility: 'private',
  explain: { text: 'economy.casino.limits.explain', figures: () => ({ hours: looserAfterHours }) },
};
