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
// The guild is 0. The first of the small ones warms the code in both ways: a bot has long been running when somebody
// asks for a board, also one that has left memory. Of guild 0 nothing is in memory before its first look.
const small = 1;
const smallMembers = 20;

const look = async (guild: number, member: number): Promise<number> => {
  const askedMs = performance.now();
  const answer = await askAs(house, board, guild, member);
  const latencyMs = performance.now() - askedMs;
  assert('done' in answer, 'the board is shown');
  return latencyMs;
};

/** A look when nothing of the guild is in memory: its rows are in the snapshot, and its actor is let go of. */
const lookCold = async (guild: number, memberCount: number): Promise<number> => {
  house.directory.evictIdle(0);
  await house.store.snapshot();
  assert(house.store.figures().guildsInMemory <= 1, 'no guild but the market is in memory');
  return look(guild, Math.floor(next() * memberCount));
};

/** A look after the board has changed, as it does all the time. */
const lookWarm = async (guild: number, memberCount: number): Promise<number> => {
  const member = Math.floor(next() * memberCount);
  const receiver = { id: benchMember((member + 1) % memberCount), bot: false, present: true };
  await askAs(house, pay, guild, member, { member: receiver, amount: '1' });
  return look(guild, Math.floor(next() * memberCount));
};

const lookAgain = async (one: typeof lookCold, guild: number, memberCount: number): Promise<number[]> => {
  const latenciesMs: number[] = [];
  for (let index = 0; index < looks; index += 1) latenciesMs.push(await one(guild, memberCount));
  return latenciesMs;
};

await lookAgain(lookWarm, small, smallMembers);
await lookAgain(lookCold, small, smallMembers);
const cold = await lookAgain(lookCold, 0, members);
const warm = await lookAgain(lookWarm, 0, members);
await house.close();
await say({
  coldP50Ms: percentile(cold, 0.5),
  coldP99Ms: percentile(cold, 0.99),
  warmP50Ms: percentile(warm, 0.5),
  warmP99Ms: percentile(warm, 0.99),
} satisfies BoardRound);
process.exit(0);
