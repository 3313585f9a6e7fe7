import type { Command } from '../../../kernel/feature.ts';
import { coins, noCoins, shareOf, shareUnits } from '../../../kernel/money.ts';
import { mutation } from '../../../kernel/operation.ts';
import { options } from '../../../kernel/option.ts';
import { refuse } from '../../../kernel/outcome.ts';
import { begin } from '../account.ts';
import { relativeTime } from '../cards.ts';
import { grantReward, rewardCard } from '../reward.ts';
import { nextUtcDay, streakAfter, streakBonus, utcDay } from '../rules.ts';
import { dailyAmount, streakEnabled } from '../settings.ts';
import { accounts } from '../state.ts';

/** The daily reward, once each UTC day; debts are served first. */
export const daily = mutation({
  name: 'economy.daily',
  version: 1,
  input: options({}),
  run: (m) => {
    const base = coins(m.setting(dailyAmount));
    if (base === 0) return refuse('economy.daily.off');
    const account = begin(m);
    const day = utcDay(m.now);
    const nextAt = nextUtcDay(m.now);
    if (account.dailyDay !== undefined && account.dailyDay >= day) {
      return refuse('economy.daily.claimed', { at: relativeTime(nextAt) });
    }
    const streak = streakAfter({ day: account.dailyDay, streak: account.streak }, day);
    const bonus = m.setting(streakEnabled) ? shareOf(base, streakBonus(streak)) : noCoins;
    m.put(accounts, [m.actor.member], { ...account, dailyDay: day, streak });
    return grantReward(m, 'daily', { base, bonus, streak, nextAt });
  },
  view: (claim, text) => rewardCard('daily', claim, text),
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
