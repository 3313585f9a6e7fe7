import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type AnyCollection, collection } from '../../../src/kernel/collection.ts';
import type { EpochMs } from '../../../src/kernel/ids.ts';
import { pack } from '../../../src/storage/codec.ts';
import type { GuildState, Store } from '../../../src/storage/contract.ts';
import { catalogueKey, storeKey } from '../../../src/storage/row-keys.ts';
import { firstGuild } from './deeds.ts';
import { type Disk, emptyDisk, start } from './machine.ts';

const base = { name: 'test.pet', key: ['member'], rowsMax: 100, forget: 'key' } as const;

const petsOfVersion1 = collection({
  ...base,
  version: 1,
  schema: z.strictObject({ name: z.string(), age: z.int() }),
  initial: { name: '', age: 0 },
  upgrades: [],
  orderings: { age: (pet) => pet.age },
  totals: { ages: (pet) => pet.age },
});

const petsOfVersion3 = collection({
  ...base,
  version: 3,
  schema: z.strictObject({ months: z.int(), title: z.string(), tame: z.boolean() }),
  initial: { months: 0, title: '', tame: false },
  upgrades: [
    (row) => {
      const { name, age } = row as { name: string; age: number };
      return { title: name, months: age * 12 };
    },
    (row) => ({ ...(row as object), tame: true }),
  ],
  orderings: { months: (pet) => pet.months, youth: (pet) => -pet.months },
  totals: { months: (pet) => pet.months },
});

const put = (store: Store, state: GuildState, pets: AnyCollection, key: string, after: unknown): Promise<void> =>
  new Promise((resolve) => {
    const change = { collection: pets, key, before: state.row(pets, key), after };
    const at = (state.lastAt + 1) as EpochMs;
    const rest = { operation: 'test.put', answered: undefined, seed: undefined } as const;
    store.commit(state, { ...rest, at, sequence: state.sequence + 1, changes: [change] }, () => resolve());
  });

const all = { prefix: '', after: undefined, reverse: false, limit: 100 };

const fillVersion1 = async (disk: Disk, snapshot: boolean): Promise<void> => {
  const { store } = await start(disk, { collections: [petsOfVersion1] });
  const state = store.open(firstGuild);
  await put(store, state, petsOfVersion1, 'anna', { name: 'Rex', age: 3 });
  await put(store, state, petsOfVersion1, 'ben', { name: 'Mimi', age: 5 });
  if (snapshot) await store.snapshot();
};

const everythingIn = ({ rows }: Disk) => rows.range({ from: '', to: '\uffff', reverse: false, limit: 1_000 });

describe('rows of an earlier version', () => {
  for (const snapshot of [true, false]) {
    test(`are upgraded when read from ${snapshot ? 'the rows' : 'the journal'}, and stored when put again`, async () => {
      const disk = emptyDisk();
      await fillVersion1(disk, snapshot);
      const { store } = await start(disk, { collections: [petsOfVersion3] });
      const state = store.open(firstGuild);
      expect(state.row(petsOfVersion3, 'anna')).toEqual({ months: 36, title: 'Rex', tame: true });
      expect(state.top(petsOfVersion3, 'months', 0, 5)).toEqual([
        ['ben', 60],
        ['anna', 36],
      ]);
      expect(state.top(petsOfVersion3, 'youth', 0, 1)).toEqual([['anna', -36]]);
      expect([state.total(petsOfVersion3, 'months'), state.count(petsOfVersion3)]).toEqual([96n, 2]);
      await put(store, state, petsOfVersion3, 'anna', { months: 37, title: 'Rex', tame: false });
      await store.snapshot();
      // Rows of orderings that are gone went with them.
      expect(everythingIn(disk).some(([key]) => key.includes('\u001fage\u001f'))).toBe(false);
      store.close(state);
      const again = store.open(firstGuild);
      expect(again.scan(petsOfVersion3, all)).toEqual([
        ['anna', { months: 37, title: 'Rex', tame: false }],
        ['ben', { months: 60, title: 'Mimi', tame: true }],
      ]);
      expect(again.total(petsOfVersion3, 'months')).toBe(97n);
      expect(again.top(petsOfVersion3, 'months', 1, 1)).toEqual([['anna', 37]]);
    });
  }

  test('put before anybody reads what is derived from them, leave it to be derived', async () => {
    const disk = emptyDisk();
    await fillVersion1(disk, true);
    const { store } = await start(disk, { collections: [petsOfVersion3] });
    const state = store.open(firstGuild);
    await put(store, state, petsOfVersion3, 'cleo', { months: 1, title: 'Tom', tame: true });
    await store.snapshot();
    store.close(state);
    const again = store.open(firstGuild);
    expect([again.count(petsOfVersion3), again.total(petsOfVersion3, 'months')]).toEqual([3, 97n]);
    expect(again.place(petsOfVersion3, 'months', 1, 'cleo')).toBe(2);
  });
});

describe('a changed declaration', () => {
  test('of an ordering or a total alone makes them anew', async () => {
    const disk = emptyDisk();
    await fillVersion1(disk, true);
    const changed = collection({
      ...petsOfVersion1,
      orderings: { age: (pet) => (pet.age > 4 ? undefined : pet.age) },
      totals: { ages: (pet) => pet.age * 2 },
    });
    const { store } = await start(disk, { collections: [changed] });
    const state = store.open(firstGuild);
    expect(state.top(changed, 'age', 0, 5)).toEqual([['anna', 3]]);
    expect(state.total(changed, 'ages')).toBe(16n);
  });

  test('of the order of properties alone changes nothing', async () => {
    const disk = emptyDisk();
    await fillVersion1(disk, true);
    const schema = z.strictObject({ age: z.int(), name: z.string() });
    const { store } = await start(disk, { collections: [{ ...petsOfVersion1, schema }] });
    expect(store.open(firstGuild).row(petsOfVersion1, 'anna')).toEqual({ name: 'Rex', age: 3 });
  });

  const refused: readonly (readonly [string, AnyCollection, string])[] = [
    [
      'of properties without a new version',
      { ...petsOfVersion1, schema: z.strictObject({ name: z.string() }) },
      'test.pet',
    ],
    ['of the key', { ...petsOfVersion1, key: ['text'] }, 'the key of test.pet'],
  ];
  for (const [what, declared, message] of refused) {
    test(`${what} is refused with nothing changed`, async () => {
      const disk = emptyDisk();
      await fillVersion1(disk, true);
      const before = everythingIn(disk);
      await expect(start(disk, { collections: [declared] })).rejects.toThrow(message);
      expect(everythingIn(disk)).toEqual(before);
    });
  }

  test('rows of a feature that is gone stay, also through replay, and are there when it comes back', async () => {
    const disk = emptyDisk();
    await fillVersion1(disk, false);
    const without = await start(disk, { collections: [] });
    without.store.close(without.store.open(firstGuild));
    await without.store.shutdown();
    expect(without.errors).toEqual([]);
    const back: Disk = { files: disk.files, rows: disk.rows.afterPowerCut(() => 0) };
    const { store } = await start(back, { collections: [petsOfVersion1] });
    const state = store.open(firstGuild);
    expect(state.scan(petsOfVersion1, all).map(([key]) => key)).toEqual(['anna', 'ben']);
    expect([state.count(petsOfVersion1), state.total(petsOfVersion1, 'ages')]).toEqual([2, 8n]);
    expect(state.top(petsOfVersion1, 'age', 0, 1)).toEqual([['ben', 5]]);
  });
});

describe('a store of a newer version', () => {
  test('is refused with nothing changed when a collection is newer', async () => {
    const disk = emptyDisk();
    const { store } = await start(disk, { collections: [petsOfVersion3] });
    await put(store, store.open(firstGuild), petsOfVersion3, 'anna', { months: 1, title: 'Rex', tame: true });
    await store.snapshot();
    const before = everythingIn(disk);
    await expect(start(disk, { collections: [petsOfVersion1] })).rejects.toMatchObject({
      name: 'NewerStoreError',
      message: expect.stringContaining('test.pet'),
    });
    expect(everythingIn(disk)).toEqual(before);
  });

  test('is refused with nothing changed when its format is newer', async () => {
    const disk = emptyDisk();
    await disk.rows.write([
      { key: storeKey, value: pack([2, 'whatever comes']) },
      { key: catalogueKey, value: pack('whatever comes') },
    ]);
    const before = everythingIn(disk);
    await expect(start(disk)).rejects.toMatchObject({ name: 'NewerStoreError' });
    expect(everythingIn(disk)).toEqual(before);
  });

  test('and rows without their journal are refused', async () => {
    const disk = emptyDisk();
    await fillVersion1(disk, true);
    const alone: Disk = { ...emptyDisk(), rows: disk.rows };
    await expect(start(alone, { collections: [petsOfVersion1] })).rejects.toThrow('do not belong together');
  });
});
