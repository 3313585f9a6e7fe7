import type { Command } from '../../../kernel/feature.ts';
import { coins, shareOf, shareUnits } from '../../../kernel/money.ts';
import { mutation } from '../../../kernel/operation.ts';
import { options } from '../../../kernel/option.ts';
import { done, refuse } from '../../../kernel/outcome.ts';
import { begin } from '../account.ts';
import { coinsField, colors, relativeTime } from '../cards.ts';
import { serveIncome } from '../debt.ts';
import { entries } from '../entries.ts';
import { book } from '../money.ts';
import { nextUtcDay, streakAfter, streakBonus, utcDay } from '../rules.ts';
import { dailyAmount, streakEnabled } from '../settings.ts';
import { accounts } from '../state.ts';

/** The daily reward, once each UTC day; debts are served first. */
export const daily = mutation({
  name: 'economy.daily',
  version: 1,
  input: options({}),
  run: (m) => {
    const { member } = m.actor;
    const base = coins(m.setting(dailyAmount));
    if (base === 0) return refuse('economy.daily.off');
    const account = begin(m);
    const day = utcDay(m.now);
    const nextAt = nextUtcDay(m.now);
    if (account.dailyDay !== undefined && account.dailyDay >= day) {
      return refuse('economy.daily.claimed', { at: relativeTime(nextAt) });
    }
    const streak = streakAfter({ day: account.dailyDay, streak: account.streak }, day);
    const bonus = m.setting(streakEnabled) ? shareOf(base, streakBonus(streak)) : 0;
    const total = coins(base + bonus);
    m.put(accounts, [member], { ...account, dailyDay: day, streak });
    const income = serveIncome(m, member, { coins: total, entry: entries.daily });
    const refused = book(m, { ...income.booking, minted: total });
    if (refused) return refused;
    const { wallet, debt } = m.get(accounts, [member]);
    return done({ base, bonus, streak, total, debtPaid: income.debtPaid, kept: income.kept, debt, wallet, nextAt });
  },
  view: (claim, text) => ({
    private: true,
    embeds: [
      {
        title: text('economy.daily.title'),
        description: [
          text('economy.daily.received', { coins: claim.total }),
          ...(claim.bonus > 0 ? [text('economy.daily.bonus', { coins: claim.bonus, days: claim.streak })] : []),
          ...(claim.debtPaid > 0 ? [text('economy.daily.debt', { paid: claim.debtPaid, kept: claim.kept })] : []),
          text('economy.daily.next', { at: relativeTime(claim.nextAt) }),
        ].join('\n'),
        color: claim.debtPaid > 0 ? colors.gold : colors.money,
        fields: [
          coinsField('economy.field.base', claim.base, text),
          coinsField('economy.field.wallet', claim.wallet, text),
          ...(claim.debt > 0 ? [coinsField('economy.field.debt', claim.debt, text)] : []),
        ],
      },
    ],
  }),
});

export const dailyCommand: Command = {
  path: 'daily',
  describe: 'economy.daily.describe',
  operation: daily,
  visibility: 'private',
  explain: {
    text: 'economy.daily.explain',
    figures: (query) => ({
      coins: query.setting(dailyAmount),
      streak: query.setting(streakEnabled) ? 'on' : 'off',
      step: (streakBonus(2) * 100) / shareUnits,
      most: (streakBonus(Number.MAX_SAFE_INTEGER) * 100) / shareUnits,
    }),
  },
};
