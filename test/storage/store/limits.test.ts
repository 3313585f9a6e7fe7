import { describe, expect, test } from 'vitest';
import { openSegmentJournal } from '../../../src/storage/journal/segment-journal.ts';
import { memoryRows } from '../../../src/storage/rows/memory-rows.ts';
import { openStore } from '../../../src/storage/store.ts';
import { verifyGuild } from '../../../src/storage/verify.ts';
import { histories, wallets } from './collections.ts';
import { firstGuild, guilds } from './deeds.ts';
import { commit, type Disk, emptyDisk, openStates, start, turns } from './machine.ts';
import { check, type Deed, modelOf } from './model.ts';

const pay = (at: number, guild = firstGuild): Deed => ({
  guild,
  at,
  changes: [{ collection: 'wallet', key: `member ${at}`, after: { coins: at, badges: [] } }],
  request: undefined,
});

describe('what is in no snapshot', () => {
  test('makes the store full beyond its limit, until three quarters of it are left', async () => {
    const disk = emptyDisk();
    const { store, errors, tick } = await start(disk, { unsnapshottedBytesMax: 2_000, sliceRowsMax: 5 });
    const states = openStates(store);
    for (let nth = 1; nth <= 3; nth += 1) disk.rows.failWrite(nth, 'ENOSPC');
    let at = 0;
    while (!store.full) {
      at += 1;
      const state = states.of(guilds[at % 3] ?? firstGuild);
      await commit(store, state, pay(at, state.guild), state.sequence);
    }
    expect(store.figures().unsnapshottedBytes).toBeGreaterThan(2_000);
    await turns(10);
    // Beyond half of the limit a snapshot was tried without waiting for the interval: once.
    expect(errors).toHaveLength(1);
    tick();
    await turns(10);
    expect(errors).toHaveLength(2);
    expect(store.full).toBe(true);
    tick();
    await turns(10);
    tick();
    await turns(30);
    expect(errors.map(String)).toEqual(Array.from({ length: 3 }, () => expect.stringContaining('ENOSPC')));
    expect(store.full).toBe(false);
    expect(store.figures().unsnapshottedBytes).toBe(0);
    for (const guild of guilds) {
      check(states.of(guild), modelOf(guild, deedsTo(at)));
    }
  });

  test('is counted again after a start', async () => {
    const disk = emptyDisk();
    const first = await start(disk);
    const state = first.store.open(firstGuild);
    for (let at = 1; at <= 20; at += 1) await commit(first.store, state, pay(at), at - 1);
    const { unsnapshottedBytes } = first.store.figures();
    const { store } = await start(disk, { unsnapshottedBytesMax: unsnapshottedBytes });
    // What nobody has opened is in the journal alone.
    expect(store.figures().unsnapshottedBytes).toBe(0);
    const again = store.open(firstGuild);
    expect(store.figures().unsnapshottedBytes).toBe(unsnapshottedBytes);
    expect(store.full).toBe(false);
    store.commit(again, { ...emptyCommit, at: again.lastAt, sequence: again.sequence }, () => undefined);
    expect(store.full).toBe(true);
  });
});

const emptyCommit = { operation: 'test.nothing', changes: [], answered: undefined, seed: undefined } as const;
const deedsTo = (count: number): readonly Deed[] =>
  Array.from({ length: count }, (_, index) => pay(index + 1, guilds[(index + 1) % 3]));

describe('snapshots', () => {
  test('come by themselves, one at a time, and not when there is nothing to write', async () => {
    const disk = emptyDisk();
    const { store, tick } = await start(disk);
    const state = store.open(firstGuild);
    await commit(store, state, pay(1), 0);
    disk.rows.holdWrites();
    tick();
    tick();
    await turns(5);
    disk.rows.releaseWrites();
    await turns(10);
    expect(store.figures().snapshots).toBe(1);
    tick();
    await turns(10);
    expect(store.figures().snapshots).toBe(1);
  });

  test('asked for while one is under way follow it, so that they hold what was there', async () => {
    const disk = emptyDisk();
    const { store } = await start(disk);
    const state = store.open(firstGuild);
    await commit(store, state, pay(1), 0);
    const first = store.snapshot();
    await commit(store, state, pay(2), 1);
    await Promise.all([store.snapshot(), store.snapshot(), first]);
    expect(state.figures().rowsUnsnapshotted).toBe(0);
    expect(store.figures().snapshots).toBe(2);
  });

  test('come on the system timer too', async () => {
    const disk = emptyDisk();
    const store = await openStore({
      journal: await openSegmentJournal({ folder: 'journal', files: disk.files, durability: 'power' }),
      rows: disk.rows,
      collections: [wallets],
      snapshotIntervalMs: 1,
      onError: (error) => expect.unreachable(String(error)),
    });
    await commit(store, store.open(firstGuild), pay(1), 0);
    while (store.figures().snapshots === 0) await new Promise((resolve) => void setTimeout(resolve, 1));
    await store.shutdown();
    expect(
      verifyGuild(
        disk.rows.afterPowerCut(() => 0),
        firstGuild,
      ).expected.rowCount,
    ).toBe(1);
  });

  test('let go of the rows of a guild that read or wrote many', async () => {
    const { store } = await start(emptyDisk(), {}, 2 ** 22);
    const state = store.open(firstGuild);
    const changes = Array.from({ length: 5_000 }, (_, index) => ({
      collection: 'history' as const,
      key: `member ${index % 50}\u001f${String(index).padStart(4, '0')}`,
      after: { text: `${index}` },
    }));
    const deeds = [{ guild: firstGuild, at: 1, changes, request: undefined }];
    await commit(store, state, deeds[0] ?? expect.unreachable(), 0);
    expect(state.figures()).toMatchObject({ rowsInMemory: 5_000, rowsUnsnapshotted: 5_000 });
    await store.snapshot();
    expect(state.figures()).toMatchObject({ rowsUnsnapshotted: 0 });
    for (const { key, after } of changes) expect(state.row(histories, key)).toEqual(after);
    expect(state.figures().rowsInMemory).toBeLessThanOrEqual(2_001);
    check(state, modelOf(firstGuild, deeds));
  });

  test('do not let go of rows that are in none yet, however many others are read', async () => {
    const disk = emptyDisk();
    const { store } = await start(disk, {}, 2 ** 22);
    const state = store.open(firstGuild);
    const rowsOf = (from: number, text: string) =>
      Array.from({ length: 3_000 }, (_, index) => ({
        collection: 'history' as const,
        key: `member ${(from + index) % 97}\u001f${String(from + index).padStart(5, '0')}`,
        after: { text },
      }));
    const deeds = [rowsOf(0, 'old'), rowsOf(2_000, 'taken'), rowsOf(4_000, 'new')].map((changes, index) => ({
      guild: firstGuild,
      at: index,
      changes,
      request: undefined,
    }));
    const [old, taken, fresh] = deeds;
    await commit(store, state, old ?? expect.unreachable(), 0);
    await store.snapshot();
    await commit(store, state, taken ?? expect.unreachable(), 1);
    disk.rows.holdWrites();
    const snapshot = store.snapshot();
    await turns(5);
    await commit(store, state, fresh ?? expect.unreachable(), 2);
    expect(state.figures().rowsUnsnapshotted).toBe(6_000);
    check(state, modelOf(firstGuild, deeds));
    disk.rows.releaseWrites();
    await snapshot;
    check(state, modelOf(firstGuild, deeds));
  });
});

test('totals are exact where sums of numbers are not', async () => {
  const { store } = await start(emptyDisk());
  const state = store.open(firstGuild);
  const deeds = [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 1].map((coins, at) => ({
    guild: firstGuild,
    at,
    changes: ['a', 'b', 'c'].map((key) => ({ collection: 'wallet' as const, key, after: { coins, badges: [] } })),
    request: undefined,
  }));
  for (const [index, deed] of deeds.entries()) {
    await commit(store, state, deed, index);
    check(state, modelOf(firstGuild, deeds.slice(0, index + 1)));
  }
});

describe('a cold guild', () => {
  const filled = async (): Promise<Disk> => {
    const disk = emptyDisk();
    const { store } = await start(disk, { sliceRowsMax: 10_000 }, 2 ** 22);
    const state = store.open(firstGuild);
    const changes = Array.from({ length: 3_000 }, (_, index) => ({
      ...(pay(index).changes[0] ?? expect.unreachable()),
    }));
    await commit(store, state, { guild: firstGuild, at: 1, changes, request: undefined }, 0);
    await store.shutdown();
    return { files: disk.files, rows: disk.rows.afterPowerCut(() => 0) };
  };

  test('is opened by its head, and read by what is asked for', async () => {
    const { files, rows } = await filled();
    let gets = 0;
    let ranges = 0;
    const counted = {
      ...rows,
      get: (key: string) => {
        gets += 1;
        return rows.get(key);
      },
      range: (range: Parameters<typeof rows.range>[0]) => {
        ranges += 1;
        return rows.range(range);
      },
    };
    const { store } = await start({ files, rows: counted });
    gets = 0;
    const state = store.open(firstGuild);
    expect(gets).toBe(3);
    expect(state.count(wallets)).toBe(3_000);
    expect(state.total(wallets, 'coins')).toBe(4_498_500n);
    expect(gets).toBe(3);
    state.top(wallets, 'coins', 0, 10);
    expect(gets).toBe(5);
    state.row(wallets, 'member 7');
    state.row(wallets, 'member 7');
    expect(gets).toBe(6);
    state.row(wallets, 'nobody');
    state.row(wallets, 'nobody');
    expect([gets, ranges]).toEqual([7, 0]);
  });

  test('has no accessors of its own, with which V8 would keep each closed state until a full collection', async () => {
    const { store } = await start(await filled());
    const own = Object.values(Object.getOwnPropertyDescriptors(store.open(firstGuild)));
    expect(own.filter((property) => 'get' in property)).toEqual([]);
  });

  test('of new rows only reads little more for each', async () => {
    const { files, rows } = await filled();
    let gets = 0;
    const counted = {
      ...rows,
      get: (key: string) => {
        gets += 1;
        return rows.get(key);
      },
    };
    const { store } = await start({ files, rows: counted });
    const state = store.open(firstGuild);
    gets = 0;
    for (let index = 0; index < 100; index += 1) expect(state.row(wallets, `new ${index}`)).toBeUndefined();
    expect(gets).toBeLessThan(10);
    expect(state.row(wallets, 'member 9')).toEqual({ coins: 9, badges: [] });
  });
});

test('nothing is stored by opening an empty place twice', async () => {
  const rows = memoryRows();
  const disk = { ...emptyDisk(), rows };
  await start(disk);
  const before = rows.range({ from: '', to: '\uffff', reverse: false, limit: 10 });
  await start(disk);
  expect(rows.range({ from: '', to: '\uffff', reverse: false, limit: 10 })).toEqual(before);
});
