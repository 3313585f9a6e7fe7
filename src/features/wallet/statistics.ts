import { extension } from '../../kernel/extension.ts';
import { statisticsOf } from './points.ts';
import { accounts } from './state.ts';

/** How many entries of a member's ledger there ever were. */
export const walletStatistics = extension(statisticsOf, (query, { member }) => {
  const { entries: transactions } = query.get(accounts, [member]);
  if (transactions === 0) return undefined;
  return [
    { title: 'economy.statistic.transactions', text: 'economy.statistic.number', args: { number: transactions } },
  ] as const;
});
