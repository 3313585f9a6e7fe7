import { extension } from '../../kernel/extension.ts';
import { entriesOf } from './history.ts';
import { statisticsOf } from './points.ts';
import { accounts } from './state.ts';
import { entriesShown } from './tuning.ts';

/**
 * What a member's ledger tells: how many entries there ever were, and what came and went in the last of them, as far as
 * a history goes. Coins moved between a member's own purses neither come nor go.
 */
export const walletStatistics = extension(statisticsOf, (query, { member }) => {
  const { entries: transactions } = query.get(accounts, [member]);
  if (transactions === 0) return undefined;
  let earned = 0;
  let spent = 0;
  for (const { wallet, bank } of entriesOf(query, member).take(entriesShown)) {
    const change = wallet + bank;
    if (change > 0) earned += change;
    else spent -= change;
  }
  return [
    { title: 'economy.statistic.transactions', text: 'economy.statistic.number', args: { number: transactions } },
    {
      title: 'economy.statistic.earned',
      text: 'economy.statistic.lately',
      args: { coins: earned, entries: entriesShown },
    },
    {
      title: 'economy.statistic.spent',
      text: 'economy.statistic.lately',
      args: { coins: spent, entries: entriesShown },
    },
  ] as const;
});
