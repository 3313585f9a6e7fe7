import { z } from 'zod';
import { assert } from '../../src/kernel/assert.ts';
import type { Feature } from '../../src/kernel/feature.ts';
import { epochMs } from '../../src/kernel/ids.ts';
import { mutation, task } from '../../src/kernel/operation.ts';
import { done } from '../../src/kernel/outcome.ts';
import { startAlarm } from '../../src/schedule/alarm.ts';
import { systemWaits } from '../../src/schedule/waits.ts';
import { collect } from '../collect.ts';
import { askAs, type BenchHouse, openBenchHouse, operationOf } from '../house.ts';
import { removeFolder, scratchFolder } from '../scratch.ts';

const timersPerGuild = 100;
/** Timers that fall while the others stay pending: one a guild. */
const hourMs = 60 * 60_000;
const setAtOnce = 64;

/** What so many timers cost. */
export interface PendingTimersRound {
  readonly timers: number;
  /** Timers set a second, each durable, a hundred in one operation. */
  readonly setPerSecond: number;
  /** Memory of the process for each pending timer, when their guilds are on disk. */
  readonly bytesEach: number;
  /** One question for the next alarm of all guilds, in microseconds. */
  readonly lookUs: number;
  /** Timers run a second, one in each of their guilds, all the others pending. */
  readonly fallPerSecond: number;
}

let fallen = 0;
const fall = task({
  name: 'bench.fall',
  version: 1,
  input: z.strictObject({}),
  run: () => {
    fallen += 1;
    return done();
  },
});
const set = mutation({
  name: 'bench.set',
  version: 1,
  input: z.strictObject({}),
  run: (m) => {
    for (let index = 0; index < timersPerGuild; index += 1) {
      m.wake(fall, `timer ${index}`, epochMs(m.now + (index + 1) * hourMs), {});
    }
    return done();
  },
  view: () => ({ private: true }),
});
const benchTimers: Feature = {
  name: 'bench-timers',
  pack: 'shared',
  commands: [],
  operations: [fall, set],
  collections: [],
  reactions: [],
  settings: [],
  invariants: [],
  messages: {},
};

const collected = (): number => {
  collect();
  return process.memoryUsage().heapUsed;
};

const setAll = async (house: BenchHouse, guilds: number): Promise<number> => {
  const operation = operationOf(house, 'bench.set');
  const startedMs = performance.now();
  for (let from = 0; from < guilds; from += setAtOnce) {
    const some = Array.from({ length: Math.min(setAtOnce, guilds - from) }, (_, index) => from + index);
    await Promise.all(some.map((guild) => askAs(house, operation, guild, 0)));
  }
  return (performance.now() - startedMs) / 1000;
};

/** `timers` pending timers, a hundred in each guild, on disk; then one of each guild falls. */
export const pendingTimersRound = async (timers: number): Promise<PendingTimersRound> => {
  const guilds = Math.ceil(timers / timersPerGuild);
  const folder = await scratchFolder();
  let offsetMs = 0;
  const house = await openBenchHouse(folder, 2_000, { more: [benchTimers], offsetMs: () => offsetMs });
  const before = collected();
  const setSeconds = await setAll(house, guilds);
  await house.store.snapshot();
  house.directory.evictIdle(0);
  await house.store.snapshot();
  const bytesEach = Math.max(0, collected() - before) / timers;
  const looks = 1_000;
  const lookingMs = performance.now();
  for (let look = 0; look < looks; look += 1) house.store.nextDueAt();
  const lookUs = ((performance.now() - lookingMs) * 1000) / looks;
  fallen = 0;
  offsetMs = 1.5 * hourMs;
  const startedMs = performance.now();
  const alarm = startAlarm({
    store: house.store,
    directory: house.directory,
    dueUntil: house.clock.now,
    monotonicMs: house.clock.monotonicMs,
    waits: systemWaits,
    log: house.log,
  });
  // The alarm's own waits keep no process alive.
  const alive = setInterval(() => undefined, 1_000);
  await alarm.settled();
  clearInterval(alive);
  const fallSeconds = (performance.now() - startedMs) / 1000;
  alarm.stop();
  assert(fallen === guilds, 'one timer of each guild fell');
  await house.close();
  await removeFolder(folder);
  return {
    timers: guilds * timersPerGuild,
    setPerSecond: (guilds * timersPerGuild) / setSeconds,
    bytesEach,
    lookUs,
    fallPerSecond: guilds / fallSeconds,
  };
};
