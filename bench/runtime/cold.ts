import { askAs, openBenchHouse, operationOf } from '../house.ts';
import { numbers, percentile } from '../load.ts';
import { removeFolder, scratchFolder } from '../scratch.ts';

const largeGuildMembers = 1000;
const smallGuildMembers = 3;
const fillAtOnce = 512;

export interface ColdRound {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly startMs: number;
}

/** Makes `guilds` guilds on disk, the first `largeGuilds` of them with 1,000 members, through the commands themselves. */
const fill = async (folder: string, guilds: number, largeGuilds: number): Promise<void> => {
  const house = await openBenchHouse(folder, 2000);
  const open = operationOf(house, 'economy.balance');
  let pending: Promise<unknown>[] = [];
  for (let guild = 0; guild < guilds; guild += 1) {
    const members = guild < largeGuilds ? largeGuildMembers : smallGuildMembers;
    for (let member = 0; member < members; member += 1) {
      pending.push(askAs(house, open, guild, member));
      if (pending.length < fillAtOnce) continue;
      await Promise.all(pending);
      pending = [];
    }
    if (guild % 5000 === 4999) house.directory.evictIdle(0);
  }
  await Promise.all(pending);
  await house.close();
};

/**
 * The first `/balance` of a guild with 1,000 members that is not in memory, with `guilds` guilds on disk: each guild
 * is asked once after a fresh start, one at a time.
 */
export const coldRounds = async (
  guilds: number,
  largeGuilds: number,
  rounds: number,
): Promise<readonly ColdRound[]> => {
  const folder = await scratchFolder();
  await fill(folder, guilds, largeGuilds);
  const results: ColdRound[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const openedMs = performance.now();
    const house = await openBenchHouse(folder, 60_000);
    const startMs = performance.now() - openedMs;
    const operation = operationOf(house, 'economy.balance');
    const next = numbers(round + 1);
    // Code is warmed on small guilds; every large one is cold when it is asked.
    for (let guild = largeGuilds; guild < largeGuilds + 200; guild += 1) await askAs(house, operation, guild, 0);
    const latencies: number[] = [];
    for (let guild = 0; guild < largeGuilds; guild += 1) {
      const askedMs = performance.now();
      await askAs(house, operation, guild, Math.floor(next() * largeGuildMembers));
      latencies.push(performance.now() - askedMs);
    }
    results.push({ p50Ms: percentile(latencies, 0.5), p99Ms: percentile(latencies, 0.99), startMs });
    await house.close();
  }
  await removeFolder(folder);
  return results;
};
