import { extension } from '../../kernel/extension.ts';
import { guildZone } from '../../kernel/setting.ts';
import { plansFor } from '../clans/api.ts';
import { type Cooldown, cooldownsOf, statisticsOf } from '../wallet/api.ts';
import { today } from './plan.ts';
import { heistsEnabled } from './settings.ts';
import { records, robbers } from './state.ts';
import { daysToSunday, nextSunday } from './sunday.ts';

/** What a member did in heists. */
export const heistStatistics = extension(statisticsOf, (query, { member }) => {
  const { played, won, earned } = query.get(robbers, [member]);
  if (played === 0) return undefined;
  return [
    { title: 'economy.heist.statistic.title', text: 'economy.heist.statistic.text', args: { played, won, earned } },
  ] as const;
});

/** When who may plan a heist can plan the next one: on Sundays, once. */
export const heistCooldown = extension(cooldownsOf, (query, { member }): readonly Cooldown[] | undefined => {
  const clan = query.setting(heistsEnabled) ? plansFor(query, member) : undefined;
  if (clan === undefined) return undefined;
  const zone = query.setting(guildZone);
  const isReady = daysToSunday(zone, query.now) === 0 && query.get(records, [clan]).tried !== today(query);
  const readyAt = isReady ? query.now : nextSunday(zone, query.now);
  return [{ name: 'heist', title: 'economy.heist.cooldown', readyAt }];
});
