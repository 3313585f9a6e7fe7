import { extension } from '../../kernel/extension.ts';
import { statisticsOf } from '../wallet/api.ts';
import { netWorthOf } from './reckon.ts';

/** What a member is worth altogether, now. */
export const worthStatistic = extension(statisticsOf, (query, { member }) => {
  const coins = netWorthOf(query, member);
  return coins === 0
    ? undefined
    : ([{ title: 'economy.richest.worth', text: 'economy.coins', args: { coins } }] as const);
});
