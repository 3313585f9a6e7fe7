import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { openSegmentJournal } from '../../../src/storage/journal/segment-journal.ts';
import { type EntryPlace, type Journal, noPosition } from '../../../src/storage/ports.ts';
import { memoryRows } from '../../../src/storage/rows/memory-rows.ts';
import { verifyGuild } from '../../../src/storage/verify.ts';
import { deedOf, firstGuild, guilds, plans } from './deeds.ts';
import { afterCrash, commit, type Disk, emptyDisk, openStates, start, turns } from './machine.ts';
import { check, type Deed, modelOf, requestAt } from './model.ts';

const manyRows = (at: number, from: number, count: number): Deed => ({
  guild: firstGuild,
  at,
  changes: Array.from({ length: count }, (_, index) => ({
    collection: index % 2 === 0 ? 'wallet' : 'history',
    key: index % 2 === 0 ? `member ${from + index}` : `member ${from}\u001f${index}`,
    after: index % 2 === 0 ? { coins: at * index, badges: [] } : { text: `${at}` },
  })),
  request: requestAt(at),
});

/** One guild with many rows and two with few, an earlier snapshot behind them. */
const deeds: readonly Deed[] = [
  manyRows(1, 0, 30),
  { ...manyRows(2, 0, 4), guild: guilds[1] ?? firstGuild },
  manyRows(3, 10, 40),
  {
    ...manyRows(4, 0, 6),
    changes: [0, 2, 4].map((member) => ({ collection: 'wallet', key: `member ${member}`, after: undefined })),
  },
  { ...manyRows(5, 0, 3), guild: guilds[2] ?? firstGuild },
  {
    ...manyRows(6, 100, 20),
    // A collection that the guild has had no row of before.
    changes: [...manyRows(6, 100, 20).changes, { collection: 'sum', key: 'one', after: { sum: 1n } }],
  },
];
const deedsInFirstSnapshot = 1;

const sliceRowsMax = 3;

/** Writes a snapshot of which the `failing`-th batch fails; says whether there were so many. */
const cutSnapshot = async (disk: Disk, failing: number): Promise<boolean> => {
  const { store } = await start(disk, { sliceRowsMax });
  const states = openStates(store);
  for (const [index, deed] of deeds.entries()) {
    const state = states.of(deed.guild);
    await commit(store, state, deed, state.sequence);
    if (index + 1 === deedsInFirstSnapshot) await store.snapshot();
  }
  disk.rows.failWrite(failing, 'EIO');
  try {
    await store.snapshot();
    return false;
  } catch (error) {
    expect(error).toMatchObject({ name: 'RowsWriteError' });
    for (const guild of guilds) check(states.of(guild), modelOf(guild, deeds));
    return true;
  }
};

/** Starts on what the crash left, looks at everything, and stops in order. */
const recover = async (disk: Disk, tailEntriesMax: number): Promise<void> => {
  const { store, errors } = await start(disk, { sliceRowsMax, tailEntriesMax });
  const states = openStates(store);
  for (const guild of guilds) check(states.of(guild), modelOf(guild, deeds));
  await store.snapshot();
  expect(store.figures().unsnapshottedBytes).toBe(0);
  for (const guild of guilds) {
    expect(verifyGuild(disk.rows, guild)).toMatchObject({ sound: true, unfinished: false });
    states.close(guild);
    check(states.of(guild), modelOf(guild, deeds));
  }
  await store.shutdown();
  expect(errors).toEqual([]);
};

describe('a crash between two batches of a snapshot', () => {
  // Whether the tail is applied when a guild is opened, or a part of it already when the store is.
  for (const tailEntriesMax of [1_000, 2, 1]) {
    test(`loses nothing, with tails of ${tailEntriesMax} entries`, async () => {
      let failing = 1;
      for (; ; failing += 1) {
        const disk = emptyDisk();
        const cut = await cutSnapshot(disk, failing);
        await recover(
          afterCrash(disk, 'power', () => 0.999),
          tailEntriesMax,
        );
        if (!cut) break;
      }
      expect(failing).toBeGreaterThan(25);
    });
  }

  test('is made good by the next snapshot of the same process', async () => {
    for (let failing = 1; ; failing += 1) {
      const disk = emptyDisk();
      const { store } = await start(disk, { sliceRowsMax });
      const states = openStates(store);
      for (const deed of deeds) await commit(store, states.of(deed.guild), deed, states.of(deed.guild).sequence);
      disk.rows.failWrite(failing, 'ENOSPC');
      const cut = await store.snapshot().then(
        () => false,
        () => true,
      );
      await store.snapshot();
      for (const guild of guilds) {
        expect(verifyGuild(disk.rows, guild)).toMatchObject({ sound: true, unfinished: false });
        states.close(guild);
        check(states.of(guild), modelOf(guild, deeds));
      }
      if (!cut) break;
    }
  });
});

test('a disk that takes no more when long tails are written leaves them in the journal', async () => {
  const full: unknown[] = [];
  for (let failing = 1; failing < 12; failing += 1) {
    const before = emptyDisk();
    const { store } = await start(before, { sliceRowsMax });
    const states = openStates(store);
    for (const deed of deeds) await commit(store, states.of(deed.guild), deed, states.of(deed.guild).sequence);
    const disk = afterCrash(before, 'kill', () => 0);
    disk.rows.failWrite(failing, 'ENOSPC');
    const after = await start(disk, { sliceRowsMax: 1, tailEntriesMax: 1 }).catch(() => undefined);
    // The first write is the store's own of what it knows of collections.
    if (after === undefined) continue;
    const again = openStates(after.store);
    for (const guild of guilds) check(again.of(guild), modelOf(guild, deeds));
    full.push(...after.errors);
    await after.store.snapshot();
    expect(after.store.figures().unsnapshottedBytes).toBe(0);
    await recover(
      afterCrash(disk, 'kill', () => 0),
      1_000,
    );
  }
  expect(full.length).toBeGreaterThan(3);
});

test('a journal whose oldest file is gone, before the rows have what stood in it, is refused', async () => {
  const disk = emptyDisk();
  const { store } = await start(disk);
  const states = openStates(store);
  for (const deed of deeds) await commit(store, states.of(deed.guild), deed, states.of(deed.guild).sequence);
  const left = afterCrash(disk, 'kill', () => 0);
  const [oldest, ...others] = (await left.files.list()).toSorted();
  expect(others.length).toBeGreaterThan(0);
  await left.files.remove(oldest ?? expect.unreachable());
  await expect(start(left)).rejects.toThrow(
    /the journal goes on at \d+, and the rows end before 1: a file of it is missing/,
  );
});

test('an entry that is not what it was when the store was opened is not applied', async () => {
  const disk = emptyDisk();
  const { store } = await start(disk);
  const states = openStates(store);
  for (const deed of deeds) await commit(store, states.of(deed.guild), deed, states.of(deed.guild).sequence);
  const left = afterCrash(disk, 'kill', () => 0);
  const stored = await openSegmentJournal({ folder: 'journal', files: left.files, durability: 'power' });
  const changed = [...stored.replay(noPosition)].find(({ guild }) => guild === firstGuild);
  const journal: Journal = Object.assign(Object.create(stored) as Journal, {
    read: (place: EntryPlace) => {
      const bytes = stored.read(place);
      if (place.position === changed?.position) bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
      return bytes;
    },
  });
  const after = await start(left, { journal });
  expect(() => after.store.open(firstGuild)).toThrow(/was changed while it was in use/);
  for (const guild of guilds.slice(1)) check(after.store.open(guild), modelOf(guild, deeds));
  // What cannot be read again must not be forgotten either.
  await expect(after.store.snapshot()).rejects.toThrow(/was changed while it was in use/);
  expect(journal.firstPosition).toBe(1);
});

describe('snapshots and the journal', () => {
  const scenario = fc.array(fc.record({ plan: plans(6), snapshot: fc.nat(4), turns: fc.nat(2) }), {
    minLength: 1,
    maxLength: 40,
  });

  property.prop([scenario], { numRuns: 100 })('a snapshot and its tail are a full replay', async (steps) => {
    const disk = emptyDisk();
    // Its journal is a single file, so that trimming leaves it whole.
    const { store } = await start(disk, { sliceRowsMax }, 2 ** 20);
    const states = openStates(store);
    const done: Deed[] = [];
    for (const { plan, snapshot, turns: pause } of steps) {
      const deed = deedOf(plan, done);
      const state = states.of(deed.guild);
      void commit(store, state, deed, state.sequence);
      done.push(deed);
      if (snapshot === 0) await store.snapshot();
      await turns(pause);
    }
    await turns(5);
    const crashed = afterCrash(disk, 'kill', () => 0.999);
    const tail = openStates((await start(crashed, {}, 2 ** 20)).store);
    const replayed = openStates((await start({ files: crashed.files, rows: memoryRows() }, {}, 2 ** 20)).store);
    for (const guild of guilds) {
      check(tail.of(guild), modelOf(guild, done));
      check(replayed.of(guild), modelOf(guild, done));
    }
  });
});
