import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { z } from 'zod';
import { collection } from '../../../src/kernel/collection.ts';
import { type EpochMs, type GuildId, guildId } from '../../../src/kernel/ids.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import type { Change, GuildState, Store } from '../../../src/storage/contract.ts';
import { afterCrash, chancesFrom, type Disk, emptyDisk, openStates, start, turns } from './machine.ts';

const clocks = collection({
  name: 'test.clock',
  version: 1,
  key: ['text'],
  schema: z.strictObject({ at: z.int() }),
  initial: { at: 0 },
  upgrades: [],
  rowsMax: 1_000,
  orderings: { due: (row) => (row.at === 13 ? undefined : 0 - row.at) },
  totals: {},
  forget: 'no member',
});
const scores = collection({
  name: 'test.score',
  version: 1,
  key: ['member'],
  schema: z.strictObject({ score: z.int() }),
  initial: { score: 0 },
  upgrades: [],
  rowsMax: 1_000,
  orderings: { score: (row) => row.score },
  totals: { score: (row) => row.score },
  forget: 'key',
});
const rounds = collection({ ...scores, name: 'test.round', key: ['member', 'int'] });
const gone = collection({
  name: 'test.gone',
  version: 1,
  key: ['member'],
  schema: z.strictObject({}),
  initial: {},
  upgrades: [],
  rowsMax: 1_000,
  orderings: {},
  totals: {},
  forget: 'key',
});
const collections = { clocks, scores, rounds, gone };
type Name = keyof typeof collections;

const guilds = ['111111111111111111', '222222222222222222', '333333333333333333'].map(guildId);
const members = ['anna', 'annab', 'ben', 'cleo'];

type Step =
  | { readonly does: 'change'; readonly guild: number; readonly rows: readonly Row[] }
  | { readonly does: 'snapshot' | 'crash' | 'evict' }
  | { readonly does: 'crash in a snapshot'; readonly turns: number };
type Row = readonly [name: Name, key: string, after: object | undefined];

const time = fc.integer({ min: 1, max: 30 });
const orGone = <T>(row: fc.Arbitrary<T>) => fc.option(row, { nil: undefined, freq: 3 });
const member = fc.constantFrom(...members);
const row: fc.Arbitrary<Row> = fc.oneof(
  fc.tuple(fc.constant('clocks' as const), fc.constantFrom('a', 'b'), orGone(fc.record({ at: time }))),
  fc.tuple(fc.constant('scores' as const), member, orGone(fc.record({ score: time }))),
  fc.tuple(
    fc.constant('rounds' as const),
    fc.tuple(member, fc.nat(2)).map((parts) => encodeKey(rounds.key, parts)),
    orGone(fc.record({ score: time })),
  ),
  fc.tuple(fc.constant('gone' as const), member, orGone(fc.constant({}))),
);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('change' as const),
      guild: fc.nat(guilds.length - 1),
      rows: fc.uniqueArray(row, { minLength: 1, maxLength: 3, selector: ([name, key]) => `${name} ${key}` }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ does: fc.constantFrom('snapshot' as const, 'crash' as const, 'evict' as const) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant('crash in a snapshot' as const), turns: fc.nat(20) }),
  },
);

type Model = Map<GuildId, Map<Name, Map<string, { at?: number; score?: number }>>>;

const openOn = (disk: Disk) =>
  start(disk, {
    collections: Object.values(collections),
    alarms: [{ collection: clocks, ordering: 'due' }],
    hides: gone,
    // A guild's snapshot takes several batches, between which it can end.
    sliceRowsMax: 2,
  });

const apply = async (store: Store, state: GuildState, rows: readonly Row[]): Promise<void> => {
  const changes = rows
    .map(([name, key, after]): Change => {
      const before = state.row(collections[name], key);
      return { collection: collections[name], key, before, after };
    })
    .filter(({ before, after }) => before !== undefined || after !== undefined);
  const at = (state.lastAt + 1) as EpochMs;
  await new Promise((resolve) => {
    store.commit(
      state,
      { operation: 'test.step', at, sequence: state.sequence + 1, changes, answered: undefined, seed: undefined },
      resolve,
    );
  });
};

const noteInModel = (model: Model, guild: GuildId, rows: readonly Row[]): void => {
  const tables = model.get(guild) ?? new Map<Name, Map<string, object>>();
  model.set(guild, tables);
  for (const [name, key, after] of rows) {
    const table = tables.get(name) ?? new Map<string, object>();
    tables.set(name, table);
    if (after === undefined) table.delete(key);
    else table.set(key, after);
  }
};

const leastIn = (model: Model, guild: GuildId): number | undefined => {
  const times = [...(model.get(guild)?.get('clocks')?.values() ?? [])]
    .map(({ at }) => at ?? 0)
    .filter((at) => at !== 13);
  return times.length === 0 ? undefined : Math.min(...times);
};

const boardIn = (model: Model, guild: GuildId, name: 'scores' | 'rounds'): unknown => {
  const hidden = model.get(guild)?.get('gone');
  return [...(model.get(guild)?.get(name) ?? [])]
    .filter(([key]) => hidden?.has(key.split('\u001f')[0] ?? '') !== true)
    .map(([key, { score }]) => [key, score ?? 0] as const)
    .sort(([oneKey, one], [otherKey, other]) => other - one || (oneKey < otherKey ? -1 : 1));
};

test.prop([fc.array(step, { maxLength: 25 }), time, fc.integer()], { numRuns: 150 })(
  'guilds are due, and members off the boards, as their rows say, through snapshots, crashes and eviction',
  async (steps, until, seed) => {
    const chance = chancesFrom(seed);
    let disk = emptyDisk();
    let machine = await openOn(disk);
    let states = openStates(machine.store);
    const model: Model = new Map();
    for (const one of steps) {
      if (one.does === 'change') {
        const guild = guilds[one.guild] as GuildId;
        await apply(machine.store, states.of(guild), one.rows);
        noteInModel(model, guild, one.rows);
      } else if (one.does === 'snapshot') await machine.store.snapshot();
      else if (one.does === 'evict') for (const guild of guilds) states.close(guild);
      else {
        if (one.does === 'crash in a snapshot') {
          void machine.store.snapshot().catch(() => undefined);
          await turns(one.turns);
        }
        disk = afterCrash(disk, 'power', chance);
        machine = await openOn(disk);
        states = openStates(machine.store);
        // What was in the journal alone counts from the first snapshot on.
        await machine.store.snapshot();
      }
      const due = guilds.filter((guild) => (leastIn(model, guild) ?? Number.POSITIVE_INFINITY) <= until);
      expect([...machine.store.dueGuilds(until as EpochMs, 100)].sort()).toEqual(due);
      for (const guild of due) expect(machine.store.isDue(guild, until as EpochMs)).toBe(true);
      for (const guild of guilds) {
        if (!due.includes(guild)) expect(machine.store.isDue(guild, until as EpochMs)).toBe(false);
      }
      const least = guilds.map((guild) => leastIn(model, guild)).filter((at) => at !== undefined);
      const next = machine.store.nextDueAt();
      if (least.length > 0) expect(next).toBeLessThanOrEqual(Math.min(...least));
    }
    for (const guild of guilds) {
      const state = states.of(guild);
      expect(state.dueAt).toBe(leastIn(model, guild));
      for (const name of ['scores', 'rounds'] as const) {
        const board = state.top(collections[name], 'score', 0, 100);
        expect(board).toEqual(boardIn(model, guild, name));
        for (const [place, [key, score]] of board.entries()) {
          expect(state.place(collections[name], 'score', score, key)).toBe(place);
        }
      }
    }
    expect(machine.errors).toEqual([]);
    await machine.store.shutdown();
  },
);

test('of many due guilds each gets its turn, and what is not due costs no guild its place in memory', async () => {
  const disk = emptyDisk();
  const machine = await openOn(disk);
  const many = Array.from({ length: 2_500 }, (_, index) => guildId(String(400_000_000_000_000_000n + BigInt(index))));
  for (const [index, guild] of many.entries()) {
    const state = machine.store.open(guild);
    await apply(machine.store, state, [['clocks', 'a', { at: index < 2_000 ? 5 : 50 }]]);
    machine.store.close(state);
  }
  await machine.store.snapshot();
  expect(machine.store.figures().guildsInMemory).toBe(0);
  const seen = new Set<GuildId>();
  for (let turn = 0; turn < 25; turn += 1)
    for (const guild of machine.store.dueGuilds(5 as EpochMs, 100)) seen.add(guild);
  expect(seen.size).toBe(2_000);
  expect(machine.store.figures().guildsInMemory).toBe(0);
  expect(machine.store.nextDueAt()).toBe(5);
});

test('guilds that are let go of, and alarms that are moved, leave nothing in memory until their time comes', async () => {
  const { store } = await openOn(emptyDisk());
  const busy = store.open(guilds[0] ?? expect.unreachable());
  for (let at = 1; at <= 3_000; at += 1) await apply(store, busy, [['clocks', 'a', { at: 9_000 - at }]]);
  expect(store.figures().alarmsInMemory).toBeLessThan(300);
  const many = Array.from({ length: 1_000 }, (_, index) => guildId(String(400_000_000_000_000_000n + BigInt(index))));
  for (const [index, guild] of many.entries()) {
    const state = store.open(guild);
    await apply(store, state, [['clocks', 'a', { at: 7_000 + index }]]);
    store.close(state);
  }
  await store.snapshot();
  for (let round = 1; round <= 3; round += 1) for (const guild of many) store.close(store.open(guild));
  expect(store.figures()).toMatchObject({ guildsInMemory: 1 });
  expect(store.figures().alarmsInMemory).toBeLessThan(300);
  // Nobody's alarm went with those.
  expect(store.dueGuilds(6_000 as EpochMs, 10)).toEqual([guilds[0]]);
  expect(store.dueGuilds(8_000 as EpochMs, 2_000)).toHaveLength(1_001);
  await store.shutdown();
});

test('an alarm is what it was when the operation that moved it is lost', async () => {
  const disk = emptyDisk();
  const { store } = await openOn(disk);
  const state = store.open(guilds[0] ?? expect.unreachable());
  await apply(store, state, [['clocks', 'a', { at: 5 }]]);
  expect(store.dueGuilds(5 as EpochMs, 10)).toEqual([guilds[0]]);
  disk.files.failSync(1, 'EIO');
  await apply(store, state, [['clocks', 'a', { at: 9 }]]);
  expect(store.failed).toBeDefined();
  expect(state.dueAt).toBe(5);
  expect(store.dueGuilds(5 as EpochMs, 10)).toEqual([guilds[0]]);
  expect(store.nextDueAt()).toBe(5);
  await store.shutdown();
});
