// The board of one large guild, from memory and from disk.
import { assert } from '../../src/kernel/assert.ts';
import { endWithParent, job, say } from '../child-side.ts';
import { askAs, benchMember, openBenchHouse, operationOf } from '../house.ts';
import { numbers, percentile } from '../load.ts';
import type { BoardJob, BoardRound } from './leaderboard.ts';

const { folder, members, looks, seed } = job<BoardJob>();
endWithParent();
const house = await openBenchHouse(folder, 60_000);
const board = operationOf(house, 'core.leaderboard.open');
const pay = operationOf(house, 'economy.pay');
const next = numbers(seed);
// The guild is 0; the first of the small ones warms the code.
const small = 1;

const look = async (guild: number, member: number): Promise<number> => {
  const askedMs = performance.now();
  const answer = await askAs(house, board, guild, member);
  const latencyMs = performance.now() - askedMs;
  assert('done' in answer, 'the board is shown');
  return latencyMs;
};
for (let index = 0; index < looks; index += 1) await look(small, 0);

const cold: number[] = [];
for (let index = 0; index < looks; index += 1) {
  // Nothing of the guild stays in memory: its rows are in the snapshot, and its actor is let go of.
  house.directory.evictIdle(0);
  await house.store.snapshot();
  assert(house.store.figures().guildsInMemory <= 1, 'no guild but the market is in memory');
  cold.push(await look(0, Math.floor(next() * members)));
}
const warm: number[] = [];
for (let index = 0; index < looks; index += 1) {
  // The board changes all the time.
  const member = Math.floor(next() * members);
  const receiver = { id: benchMember((member + 1) % members), bot: false, present: true };
  await askAs(house, pay, 0, member, { member: receiver, amount: '1' });
  warm.push(await look(0, Math.floor(next() * members)));
}
await house.close();
await say({
  coldP50Ms: percentile(cold, 0.5),
  coldP99Ms: percentile(cold, 0.99),
  warmP50Ms: percentile(warm, 0.5),
  warmP99Ms: percentile(warm, 0.99),
} satisfies BoardRound);
process.exit(0);
