import type { Board } from '../../../kernel/board.ts';
import type { Mutation } from '../../../kernel/context.ts';
import { ensureNamed } from '../state.ts';
import { seasonPlaces, seasonsMax } from '../tuning.ts';
import { seasons } from './state.ts';

/** Keeps the first places of every board as a season that is over; gives its number. The oldest one makes room. */
export const archiveSeason = (m: Mutation, boards: readonly Board[]): number => {
  const [newest] = m.page(seasons, { newestFirst: true, limit: 1 });
  const number = (newest?.[0][0] ?? 0) + 1;
  if (m.count(seasons) >= seasonsMax) {
    for (const [key] of m.page(seasons, { limit: 1 })) m.remove(seasons, key);
  }
  const kept = boards.map((board) => ({ name: board.name, standings: board.standings(m, 0, seasonPlaces) }));
  for (const { standings } of kept) for (const { member } of standings) ensureNamed(m, member);
  m.put(seasons, [number], {
    at: m.now,
    boards: kept.map(({ name, standings }) => ({
      name,
      standings: standings.map(({ member, shown, score }) => ({
        member,
        score,
        ...(shown !== undefined && { shown }),
      })),
    })),
  });
  return number;
};
