import { expect, test } from 'vitest';
import { measureLeaderboard } from '../../bench/day/leaderboard.ts';
import { measureSnapshots } from '../../bench/day/paired.ts';
import { measureRecovery } from '../../bench/day/recovery.ts';
import { dayPopulation } from '../../bench/day/traffic.ts';
import { plans } from '../../bench/plan.ts';
import { populate } from '../../bench/populate.ts';
import { dueJobsRounds } from '../../bench/runtime/due-jobs.ts';
import { removeFolder, scratchFolder } from '../../bench/scratch.ts';

const timeout = 120_000;
const quiet = (): void => undefined;
const plan = {
  ...plans.tiny,
  day: { ...plans.tiny.day, guilds: 30, hotGuilds: 10, leaderboardMembers: 40, recoveryOperations: 100 },
};

test('each night all jobs of all guilds run once more, and people are answered', { timeout }, async () => {
  const nights = await dueJobsRounds(20, 2);
  expect(nights).toHaveLength(2);
  const [first, second] = nights;
  // Several of each guild, weekly ones among them, and as many in the second night.
  expect(first?.jobs).toBeGreaterThan(20);
  expect(second?.jobs).toBe(first?.jobs);
  for (const { seconds, p99Ms } of nights) {
    expect(seconds).toBeGreaterThan(0);
    expect(p99Ms).toBeGreaterThan(0);
  }
});

test('figures say the size of what was measured', { timeout }, async () => {
  const recovery = await measureRecovery(plan, quiet);
  const board = await measureLeaderboard(plan, quiet);
  const names = [...recovery.results, ...board.results].map(({ name }) => name);
  expect(names).toContain('recovery of 100 operations');
  expect(names).toContain('/leaderboard of 40 members, warm, p99');
  for (const { value, name } of [...recovery.results, ...board.results]) expect(value, name).toBeGreaterThan(0);
});

test('a pair is measured with and without, on stores of their own', { timeout }, async () => {
  const folders = [await scratchFolder(), await scratchFolder()] as const;
  for (const folder of folders) await populate(folder, dayPopulation(plan));
  const { latencies } = await measureSnapshots(plan, folders, quiet);
  for (const folder of folders) await removeFolder(folder);
  expect(latencies?.map(({ name }) => name).toSorted()).toEqual(['half load, no snapshots', 'half load, snapshots']);
});
