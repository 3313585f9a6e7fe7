import { extension } from '../../kernel/extension.ts';
import { epochMs } from '../../kernel/ids.ts';
import { cooldownsOf, statisticsOf } from '../wallet/api.ts';
import { lostOf, players, roundsOf, winsOf } from './state.ts';
import { cooldownsMs, games } from './tuning.ts';

/** What a member did at all games together. */
export const casinoStatistics = extension(statisticsOf, (query, { member }) => {
  const player = query.get(players, [member]);
  const played = roundsOf(player);
  if (played === 0) return undefined;
  const won = winsOf(player);
  const args = { played, won, lost: lostOf(player), percent: (won * 100) / played };
  return [{ title: 'economy.casino.hub.title', text: 'economy.casino.statistic', args }] as const;
});

/** When each game that a member has played takes their next bet. */
export const casinoCooldowns = extension(cooldownsOf, (query, { member }) => {
  const player = query.get(players, [member]);
  return games.flatMap((game) => {
    const { lastAt = 0 } = player.games[game] ?? {};
    if (lastAt === 0) return [];
    const title = `economy.casino.${game}.name` as const;
    return [{ name: game, title, readyAt: epochMs(lastAt + cooldownsMs[game]) }];
  });
});
