// A snapshot that nobody waits for leaves time between its slices; one that somebody waits for does not.
import { beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../src/storage/contract.ts';
import { verifyGuild } from '../../../src/storage/verify.ts';
import { firstGuild, guilds } from './deeds.ts';
import { commit, type Disk, emptyDisk, openStates, start, turns } from './machine.ts';

const snapshotIntervalMs = 1_000;
const sliceRowsMax = 5;

describe('a snapshot by the timer', () => {
  let disk: Disk;
  let store: Store;
  let tick: () => void;
  let rests: { readonly ms: number; readonly run: () => void }[];

  const openWith = async (unsnapshottedBytesMax: number): Promise<void> => {
    disk = emptyDisk();
    rests = [];
    const after = (ms: number, run: () => void): unknown => rests.push({ ms, run });
    ({ store, tick } = await start(disk, { snapshotIntervalMs, sliceRowsMax, unsnapshottedBytesMax, after }, 2 ** 20));
  };
  let deeds = 0;
  /** Changes so many rows, of all guilds in turn or of one. */
  const work = async (where: 'all guilds' | 'one guild', count: number): Promise<void> => {
    const states = openStates(store);
    for (let nth = 0; nth < count; nth += 1) {
      deeds += 1;
      const guild = where === 'all guilds' ? (guilds[nth % guilds.length] ?? firstGuild) : firstGuild;
      const state = states.of(guild);
      const row = { collection: 'wallet' as const, key: `member ${nth}`, after: { coins: nth, badges: [] } };
      await commit(store, state, { guild, at: deeds, changes: [row], request: undefined }, state.sequence);
    }
  };
  const rowsOnDisk = (guild = firstGuild): number =>
    verifyGuild(
      disk.rows.afterPowerCut(() => 0),
      guild,
    ).expected.rowCount;

  beforeEach(() => openWith(2 ** 20));

  test.each(['all guilds', 'one guild'] as const)(
    'rests between slices, half of the interval in all: %s',
    async (where) => {
      await work(where, 60);
      tick();
      await turns(10);
      expect(rests).toHaveLength(1);
      expect(store.figures().snapshots).toBe(0);
      for (let nth = 0; nth < rests.length; nth += 1) {
        rests[nth]?.run();
        await turns(10);
      }
      // What is settled at the end takes its turns too.
      await turns(40);
      expect(store.figures().snapshots).toBe(1);
      expect(store.figures().unsnapshottedBytes).toBe(0);
      expect(rests.length).toBeGreaterThan(2);
      const restedMs = rests.reduce((sum, { ms }) => sum + ms, 0);
      // The last slice needs no rest.
      expect(restedMs).toBeLessThan(snapshotIntervalMs / 2);
      expect(restedMs).toBeGreaterThan(snapshotIntervalMs / 4);
    },
  );

  test('takes in what is changed while it rests, in itself or in the next', async () => {
    await work('one guild', 20);
    tick();
    await turns(10);
    await work('one guild', 40);
    for (let nth = 0; store.figures().snapshots === 0; nth += 1) {
      rests[nth]?.run();
      await turns(40);
    }
    await store.snapshot();
    expect(rowsOnDisk()).toBe(40);
  });

  test('goes on at once when somebody waits for one', async () => {
    await work('all guilds', 60);
    tick();
    await turns(10);
    expect(rests).toHaveLength(1);
    await store.snapshot();
    expect(rests).toHaveLength(1);
    expect(store.figures().unsnapshottedBytes).toBe(0);
  });

  test('goes on at once when the store is closed', async () => {
    await work('one guild', 60);
    tick();
    await turns(10);
    await store.shutdown();
    expect(rests).toHaveLength(1);
    expect(rowsOnDisk()).toBe(60);
  });

  test('does not rest when much is in no snapshot', async () => {
    await openWith(4_000);
    await work('all guilds', 30);
    await turns(100);
    expect(store.figures().snapshots).toBeGreaterThan(0);
    expect(rests).toEqual([]);
  });

  test('rests again at the next interval', async () => {
    await work('all guilds', 60);
    await store.snapshot();
    expect(rests).toEqual([]);
    await work('all guilds', 60);
    tick();
    await turns(10);
    expect(rests).toHaveLength(1);
  });
});
