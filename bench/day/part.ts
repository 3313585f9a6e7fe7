import { cp } from 'node:fs/promises';
import type { Plan } from '../plan.ts';
import { populate } from '../populate.ts';
import type { Measured } from '../report/result.ts';
import { removeFolder, scratchFolder } from '../scratch.ts';
import { measureGrowth } from './growth.ts';
import { measureLeaderboard } from './leaderboard.ts';
import { measureMixedDay } from './mixed.ts';
import { measureFlood, measureSnapshots } from './paired.ts';
import { measureRecovery } from './recovery.ts';
import { measureStart } from './start.ts';
import { dayPopulation } from './traffic.ts';

/** A day as servers live it, and what it rests on: starts, recovery, growth and memory. */
export const measureDay = async (plan: Plan, say: (line: string) => void): Promise<Measured> => {
  say(`a mixed day, with ${plan.day.guilds.toLocaleString('en')} guilds on disk`);
  const folder = await scratchFolder();
  await populate(folder, dayPopulation(plan));
  const inCopies = async <T>(count: number, run: (copies: readonly string[]) => Promise<T>): Promise<T> => {
    const copies: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const copy = await scratchFolder();
      await cp(folder, copy, { recursive: true });
      copies.push(copy);
    }
    const measured = await run(copies);
    for (const copy of copies) await removeFolder(copy);
    return measured;
  };
  const parts = [
    await inCopies(1, ([copy = '']) => measureMixedDay(plan, copy, say)),
    await inCopies(1, ([copy = '']) => measureFlood(plan, copy, say)),
    await inCopies(2, ([one = '', other = '']) => measureSnapshots(plan, [one, other], say)),
    await inCopies(1, ([copy = '']) => measureStart(plan, copy, say)),
  ];
  await removeFolder(folder);
  parts.push(await measureLeaderboard(plan, say), await measureRecovery(plan, say), await measureGrowth(plan, say));
  return {
    results: parts.flatMap(({ results }) => results),
    ratios: Object.assign({}, ...parts.map(({ ratios }) => ratios ?? {})) as Record<string, number>,
    latencies: parts.flatMap(({ latencies }) => latencies ?? []),
  };
};
