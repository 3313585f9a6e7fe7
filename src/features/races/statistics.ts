import { extension } from '../../kernel/extension.ts';
import { statisticsOf } from '../wallet/api.ts';
import { bettors } from './state.ts';

/** What a member did at the races. */
export const raceStatistics = extension(statisticsOf, (query, { member }) => {
  const { raced, won, staked, paid } = query.get(bettors, [member]);
  if (raced === 0) return undefined;
  const net = paid - staked;
  return [{ title: 'economy.races.title', text: 'economy.races.statistic', args: { raced, won, net } }] as const;
});
