// The alarm over the real store and the real actors, on simulated disks.
import pino from 'pino';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { collection } from '../../src/kernel/collection.ts';
import { epochMs, type GuildId, guildId } from '../../src/kernel/ids.ts';
import type { Job, JobRun } from '../../src/kernel/job.ts';
import { jobRunSchema } from '../../src/kernel/job.ts';
import { mutation, task } from '../../src/kernel/operation.ts';
import { done } from '../../src/kernel/outcome.ts';
import { timeSchema } from '../../src/kernel/schemas.ts';
import { type Alarm, startAlarm } from '../../src/schedule/alarm.ts';
import { watchClock } from '../../src/schedule/clock-watch.ts';
import { ask, elsewhere, home, interaction } from '../faults/people.ts';
import { featureWith } from '../house/feature.ts';
import { type Disks, dumpGuild, freshDisks, type House, openHouse, reopened, startOfTime } from '../house/house.ts';
import { type FakeWaits, fakeWaits } from './fake-waits.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const third = guildId('100000000000000003');

/** What rang in a guild: how often, and for how many missed runs. */
const rings = collection({
  name: 'ringing.rings',
  version: 1,
  key: ['text'],
  schema: z.strictObject({ times: z.int(), missed: z.int(), at: timeSchema }),
  initial: { times: 0, missed: 0, at: epochMs(0) },
  upgrades: [],
  rowsMax: 100,
  orderings: {},
  totals: {},
  forget: 'no member',
});

const ring = task({
  name: 'ringing.ring',
  version: 1,
  input: z.strictObject({}),
  run: (m) => {
    m.put(rings, ['timer'], { times: m.get(rings, ['timer']).times + 1, missed: 0, at: m.now });
    return done();
  },
});

const set = mutation({
  name: 'ringing.set',
  version: 1,
  input: z.strictObject({ inMs: z.int() }),
  run: (m, { inMs }) => {
    m.wake(ring, 'one', epochMs(m.now + inMs), {});
    return done();
  },
  view: () => ({ private: true }),
});

const daily = (name: 'once' | 'skip'): Job => ({
  operation: task<JobRun>({
    name: `ringing.${name}`,
    version: 1,
    input: jobRunSchema,
    run: (m, { missed }) => {
      m.put(rings, [name], { times: m.get(rings, [name]).times + 1, missed, at: m.now });
      return done();
    },
  }),
  pattern: '0 9 * * *',
  zone: 'guild',
  realm: 'guilds',
  once: 'a day',
  missed: name === 'once' ? 'once' : { skip: { lateMs: 60 * minuteMs } },
});

const jobs = [daily('once'), daily('skip')];

const ringing = featureWith('ringing', {
  operations: [ring, set, ...jobs.map(({ operation }) => operation)],
  collections: [rings],
  jobs,
});

interface Scene {
  readonly house: House;
  readonly alarm: Alarm;
  readonly waits: FakeWaits;
  /** Lets the alarm look, and the guilds work, until nothing is due. */
  readonly settle: () => Promise<void>;
}

const open = async (disks: Disks, now: number, lastSeenAt?: number): Promise<Scene> => {
  const house = await openHouse(disks, { features: [ringing], startAt: epochMs(now) });
  // As the bot does at its start: what is due in the journal alone counts from a snapshot on.
  await house.store.snapshot();
  const waits = fakeWaits();
  const clock = { now: () => house.clock.now, monotonicMs: waits.nowMs };
  const log = pino({ level: 'silent' });
  const watch = watchClock({
    machine: clock,
    clock,
    lastSeenAt: lastSeenAt === undefined ? undefined : epochMs(lastSeenAt),
    keep: () => Promise.resolve(),
    graceMs: minuteMs,
    log,
  });
  const alarm = startAlarm({ ...house, dueUntil: watch.dueUntil, monotonicMs: waits.nowMs, waits, log });
  const settle = async (): Promise<void> => {
    do {
      waits.pass(1_000);
      await house.directory.settled();
    } while (alarm.busy());
  };
  return { house, alarm, waits, settle };
};

const close = async ({ house, alarm }: Scene): Promise<void> => {
  alarm.stop();
  await house.directory.stop();
};

/** What rang in a guild that is not in memory, by name. */
const rung = (house: House, guild: GuildId): Record<string, readonly [times: number, missed: number]> => {
  const { rows } = dumpGuild(house, guild)['ringing.rings'] as {
    readonly rows: readonly (readonly [string, { readonly times: number; readonly missed: number }])[];
  };
  return Object.fromEntries(rows.map(([key, { times, missed }]) => [key, [times, missed]]));
};

const advance = async ({ house, waits, settle }: Scene, ms: number): Promise<void> => {
  // In steps that no watch takes for a jump.
  for (let passed = 0; passed < ms; passed += minuteMs) {
    house.clock.now = epochMs(house.clock.now + minuteMs);
    waits.pass(minuteMs);
  }
  await settle();
};

test('a timer rings once, in its guild, also when nobody has that guild in memory', async () => {
  const scene = await open(freshDisks(), startOfTime);
  const { house } = scene;
  for (const guild of [home, elsewhere, third]) await ask(house, 'ringing.set', { inMs: 30 * minuteMs }, { guild });
  await ask(house, 'ringing.set', { inMs: 365 * dayMs }, { guild: third });
  await house.store.snapshot();
  house.directory.evictIdle(0);
  expect(house.directory.actorsInMemory()).toBe(0);
  await advance(scene, 29 * minuteMs);
  expect(house.directory.figures(home)).toBeUndefined();
  await advance(scene, 5 * minuteMs);
  expect(house.directory.figures(third)).toBeUndefined();
  await close(scene);
  expect([rung(house, home), rung(house, elsewhere), rung(house, third)]).toEqual([
    { timer: [1, 0] },
    { timer: [1, 0] },
    {},
  ]);
  await house.store.shutdown();
});

test('a guild that was only there because something was due goes at once, and one that was asked stays', async () => {
  const scene = await open(freshDisks(), startOfTime);
  const { house } = scene;
  for (const guild of [home, elsewhere]) await ask(house, 'ringing.set', { inMs: minuteMs }, { guild });
  house.directory.evictIdle(0);
  await ask(house, 'ringing.set', { inMs: 2 * minuteMs }, { guild: elsewhere });
  await advance(scene, 5 * minuteMs);
  const inMemory = (): readonly boolean[] =>
    [home, elsewhere].map((guild) => house.directory.figures(guild) !== undefined);
  expect(inMemory()).toEqual([true, true]);
  house.directory.evictIdle(365 * dayMs);
  expect(inMemory()).toEqual([false, true]);
  await close(scene);
  expect([rung(house, home), rung(house, elsewhere)]).toEqual([{ timer: [1, 0] }, { timer: [1, 0] }]);
  await house.store.shutdown();
});

test('fault 49: what was due while the bot was down happens once, after the grace, and as its job wants it', async () => {
  const disks = freshDisks();
  const before = await open(disks, startOfTime);
  await ask(before.house, 'ringing.set', { inMs: 30 * minuteMs }, { guild: home });
  await close(before);

  const lateAt = startOfTime + 3 * dayMs;
  const after = await open(reopened(disks), lateAt, startOfTime);
  const { house } = after;
  after.waits.pass(1_000);
  await house.directory.settled();
  expect(house.directory.figures(home)).toBeUndefined();
  await advance(after, 2 * minuteMs);
  await close(after);
  // 9 o'clock came three times: one run stands for all of them, the other job leaves out what is three hours late.
  expect(rung(house, home)).toEqual({ timer: [1, 0], once: [1, 2] });

  const again = await open(reopened(disks), lateAt + 5 * minuteMs);
  await again.settle();
  await advance(again, 30 * minuteMs);
  await close(again);
  expect(rung(again.house, home)).toEqual({ timer: [1, 0], once: [1, 2] });
  await again.house.store.shutdown();
});

test('a clock set back by an hour neither stops what is set for now nor brings anything twice', async () => {
  const scene = await open(freshDisks(), startOfTime);
  const { house } = scene;
  await ask(house, 'ringing.set', { inMs: 0 });
  await scene.settle();
  // Discord's clock, by which interactions are numbered, goes on.
  const later = interaction(house, 'ringing.set', { inMs: 0 });
  house.clock.now = epochMs(house.clock.now - 60 * minuteMs);
  expect(await house.directory.ask(later)).toHaveProperty('done');
  await scene.settle();
  await close(scene);
  expect(rung(house, home)).toEqual({ timer: [2, 0] });
  await house.store.shutdown();
});
