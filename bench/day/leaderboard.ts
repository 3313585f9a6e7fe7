import { join } from 'node:path';
import { askChild } from '../child.ts';
import type { Plan } from '../plan.ts';
import { populate } from '../populate.ts';
import { type Measured, type Result, result } from '../report/result.ts';
import { removeFolder, scratchFolder } from '../scratch.ts';

/** What the process that looks at boards is started with. */
export interface BoardJob {
  readonly folder: string;
  readonly members: number;
  readonly looks: number;
  readonly seed: number;
}

/** Latencies of the board and the asker's own rank. */
export interface BoardRound {
  readonly coldP50Ms: number;
  readonly coldP99Ms: number;
  readonly warmP50Ms: number;
  readonly warmP99Ms: number;
}

/** `/leaderboard` with the asker's rank in one large guild: not in memory, and in memory while its board changes. */
export const measureLeaderboard = async (plan: Plan, say: (line: string) => void): Promise<Measured> => {
  const { leaderboardMembers: members, leaderboardLooks: looks } = plan.day;
  say(`/leaderboard in a guild of ${members.toLocaleString('en')} members`);
  const folder = await scratchFolder();
  await populate(folder, [
    { guilds: 1, membersPerGuild: members },
    { guilds: 10, membersPerGuild: 20 },
  ]);
  const rounds: BoardRound[] = [];
  for (let seed = 1; seed <= plan.rounds; seed += 1) {
    const boardJob: BoardJob = { folder, members, looks, seed };
    rounds.push(await askChild<BoardRound>(join(import.meta.dirname, 'leaderboard.child.ts'), boardJob));
  }
  await removeFolder(folder);
  const name = `/leaderboard of ${members.toLocaleString('en')} members`;
  const figure = (part: string, key: keyof BoardRound): Result =>
    result(
      `${name}, ${part}`,
      'ms',
      rounds.map((round) => round[key]),
    );
  return {
    results: [
      figure('cold, p50', 'coldP50Ms'),
      figure('cold, p99', 'coldP99Ms'),
      figure('warm, p50', 'warmP50Ms'),
      figure('warm, p99', 'warmP99Ms'),
    ],
  };
};
