import type { Command } from '../../../kernel/feature.ts';
import { epochMs } from '../../../kernel/ids.ts';
import { coins, noCoins } from '../../../kernel/money.ts';
import { mutation } from '../../../kernel/operation.ts';
import { options } from '../../../kernel/option.ts';
import { refuse } from '../../../kernel/outcome.ts';
import { begin } from '../account.ts';
import { relativeTime } from '../cards.ts';
import { grantReward, rewardCard } from '../reward.ts';
import { weeklyAmount } from '../settings.ts';
import { accounts } from '../state.ts';
import { weeklyIntervalMs } from '../tuning.ts';

/** The weekly reward, seven days after the last claim; debts are served first. */
export const weekly = mutation({
  name: 'economy.weekly',
  version: 1,
  input: options({}),
  run: (m) => {
    const base = coins(m.setting(weeklyAmount));
    if (base === 0) return refuse('economy.weekly.off');
    const account = begin(m);
    const readyAt = (account.weeklyAt ?? -Infinity) + weeklyIntervalMs;
    if (m.now < readyAt) return refuse('economy.weekly.claimed', { at: relativeTime(readyAt) });
    m.put(accounts, [m.actor.member], { ...account, weeklyAt: m.now });
    const nextAt = epochMs(m.now + weeklyIntervalMs);
    return grantReward(m, 'weekly', { base, bonus: noCoins, streak: 0, nextAt });
  },
  view: (claim, text) => rewardCard('weekly', claim, text),
});

export const weeklyCommand: Command = {
  path: 'weekly',
  describe: 'economy.weekly.describe',
  operation: weekly,
  visibility: 'private',
  explain: { text: 'economy.weekly.explain', figures: (query) => ({ coins: query.setting(weeklyAmount) }) },
};
