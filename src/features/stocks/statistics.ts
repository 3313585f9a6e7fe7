import { extension } from '../../kernel/extension.ts';
import { statisticsOf } from '../wallet/api.ts';
import { positionsOf } from './positions.ts';
import { marketOf } from './worlds.ts';

/** Of how many companies a member holds shares. */
export const stockStatistics = extension(statisticsOf, (query, { member }) => {
  const companies = positionsOf(query, member, marketOf(query)).length;
  if (companies === 0) return undefined;
  return [{ title: 'economy.stocks.market.title', text: 'economy.stocks.companies', args: { companies } }] as const;
});
