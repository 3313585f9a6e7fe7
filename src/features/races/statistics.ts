import { extension } from '../../kernel/extension.ts';
import { countersOf } from '../casino/api.ts';
import { statisticsOf } from '../wallet/api.ts';
import { bettors } from './state.ts';

/** What a member did at the races. */
export const raceStatistics = extension(statisticsOf, (query, { member }) => {
  const counted = countersOf(query, member, 'ratrace');
  const old = query.get(bettors, [member]);
  const raced = counted.played + old.raced;
  if (raced === 0) return undefined;
  const won = counted.won + old.won;
  const net = counted.paid + old.paid - (counted.staked + old.staked);
  return [{ title: 'economy.races.title', text: 'economy.races.statistic', args: { raced, won, net } }] as const;
});
