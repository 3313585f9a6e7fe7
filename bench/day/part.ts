import type { Plan } from '../plan.ts';
import { populate } from '../populate.ts';
import type { Measured } from '../report/result.ts';
import { copyFolder, removeFolder, scratchFolder } from '../scratch.ts';
import { measureGrowth } from './growth.ts';
import { measureLeaderboard } from './leaderboard.ts';
import { measureMixedDay } from './mixed.ts';
import { measureFlood, measureSnapshots } from './paired.ts';
import { measureRecovery } from './recovery.ts';
import { measureStart } from './start.ts';
import { dayPopulation } from './traffic.ts';

const nothing: Measured = { results: [] };

/**
 * A day as servers live it, and what it rests on: starts, recovery, growth and memory. A part of it that fails is named
 * and the others go on.
 */
export const measureDay = async (plan: Plan, say: (line: string) => void): Promise<Measured> => {
  say(`a mixed day, with ${plan.day.guilds.toLocaleString('en')} guilds on disk`);
  const folder = await scratchFolder();
  await populate(folder, dayPopulation(plan));
  const attempt = async (name: string, run: () => Promise<Measured>): Promise<Measured> => {
    try {
      return await run();
    } catch (error) {
      console.error(`\n${name} failed:`, error);
      process.exitCode = 1;
      return nothing;
    }
  };
  const inCopies = async (count: number, run: (copies: readonly string[]) => Promise<Measured>): Promise<Measured> => {
    const copies: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const copy = await scratchFolder();
      await copyFolder(folder, copy);
      copies.push(copy);
    }
    try {
      return await run(copies);
    } finally {
      for (const copy of copies) await removeFolder(copy);
    }
  };
  const parts = [
    await attempt('the mixed day', () => inCopies(1, ([copy = '']) => measureMixedDay(plan, copy, say))),
    await attempt('the flood', () => inCopies(1, ([copy = '']) => measureFlood(plan, copy, say))),
    await attempt('snapshots', () =>
      inCopies(2, ([one = '', other = '']) => measureSnapshots(plan, [one, other], say)),
    ),
    await attempt('the start', () => inCopies(1, ([copy = '']) => measureStart(plan, copy, say))),
  ];
  await removeFolder(folder);
  parts.push(
    await attempt('the leaderboard', () => measureLeaderboard(plan, say)),
    await attempt('recovery', () => measureRecovery(plan, say)),
    await attempt('growth', () => measureGrowth(plan, say)),
  );
  return {
    results: parts.flatMap(({ results }) => results),
    ratios: Object.assign({}, ...parts.map(({ ratios }) => ratios ?? {})) as Record<string, number>,
    latencies: parts.flatMap(({ latencies }) => latencies ?? []),
  };
};
