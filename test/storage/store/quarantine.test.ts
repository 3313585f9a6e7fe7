import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { AnyCollection } from '../../../src/kernel/collection.ts';
import { openSegmentJournal } from '../../../src/storage/journal/segment-journal.ts';
import { headKey, quarantineKey } from '../../../src/storage/row-keys.ts';
import { verifyGuild } from '../../../src/storage/verify.ts';
import { collections, histories, wallets } from './collections.ts';
import { firstGuild, guilds } from './deeds.ts';
import { afterCrash, commit, type Disk, emptyDisk, openStates, start } from './machine.ts';
import { check, type Deed, modelOf, requestAt } from './model.ts';

const pay = (guild: Deed['guild'], at: number): Deed => ({
  guild,
  at,
  changes: [{ collection: 'wallet', key: `member ${at}`, after: { coins: at, badges: [] } }],
  request: requestAt(at),
});

const healthy = guilds.slice(1);
const deeds = Array.from({ length: 40 }, (_, index) => pay(guilds[index % 3] ?? firstGuild, index + 1));

/** Half of the deeds in a snapshot, the others in the journal. */
const written = async (): Promise<Disk> => {
  const disk = emptyDisk();
  const { store } = await start(disk);
  const states = openStates(store);
  for (const [index, deed] of deeds.entries()) {
    const state = states.of(deed.guild);
    await commit(store, state, deed, state.sequence);
    if (index === 20) await store.snapshot();
  }
  return afterCrash(disk, 'kill', () => 0);
};

/** Opening the first guild fails, the others work and go on working through stops. */
const expectAlone = async (disk: Disk, declared: readonly AnyCollection[], message: string): Promise<Disk> => {
  const { store, errors } = await start(disk, { collections: declared });
  expect(() => store.open(firstGuild)).toThrow(expect.objectContaining({ name: 'DamagedStoreError' }));
  expect(() => store.open(firstGuild)).toThrow(message);
  for (const guild of healthy) check(store.open(guild), modelOf(guild, deeds));
  await store.snapshot();
  expect(store.figures().unsnapshottedBytes).toBe(0);
  expect(() => store.open(firstGuild)).toThrow(message);
  await store.shutdown();
  expect(errors).toEqual([]);
  return { files: disk.files, rows: disk.rows.afterPowerCut(() => 0) };
};

const walletShape = { coins: z.int(), debt: z.int().optional(), badges: z.array(z.any()) };

/** A program with a bug: it cannot read the row that the operation of a time left. */
const withBugAt = (at: number): readonly AnyCollection[] =>
  collections.map((one) =>
    one === wallets ? { ...one, schema: z.object(walletShape).refine(({ coins }) => coins !== at) } : one,
  );
/** Of the first guild's first operation behind its snapshot. */
const buggy = withBugAt(22);

describe('a guild whose stored data cannot be used', () => {
  test('is alone in that; its entries are kept aside, and applied when the program can', async () => {
    const disk = await expectAlone(await written(), buggy, `guild ${firstGuild} cannot be`);
    const journal = await openSegmentJournal({ folder: 'journal', durability: 'power', files: disk.files });
    const left = [...journal.replay(0 as never)].filter(({ guild }) => guild === firstGuild);
    await journal.close();
    expect(left.length).toBeLessThan(13);
    expect(disk.rows.get(quarantineKey(firstGuild))).toBeDefined();
    // Again with the bug: nothing gets lost by a second start.
    const still = await expectAlone(disk, buggy, `guild ${firstGuild} cannot be`);
    const { store } = await start(still);
    check(store.open(firstGuild), modelOf(firstGuild, deeds));
    const state = store.open(firstGuild);
    await commit(store, state, pay(firstGuild, 50), state.sequence);
    await store.snapshot();
    expect(still.rows.get(quarantineKey(firstGuild))).toBeUndefined();
    expect(verifyGuild(still.rows, firstGuild).sound).toBe(true);
    store.close(state);
    check(store.open(firstGuild), modelOf(firstGuild, [...deeds, pay(firstGuild, 50)]));
  });

  test('keeps its entries aside until all of them are in a snapshot', async () => {
    const aside = await expectAlone(await written(), buggy, `guild ${firstGuild} cannot be`);
    for (let failing = 1, cut = true; cut; failing += 1) {
      const disk: Disk = { files: aside.files, rows: aside.rows.afterPowerCut(() => 0) };
      const { store } = await start(disk, { sliceRowsMax: 3 });
      check(store.open(firstGuild), modelOf(firstGuild, deeds));
      disk.rows.failWrite(failing, 'EIO');
      cut = await store.snapshot().then(
        () => false,
        () => true,
      );
      const again = await start({ files: aside.files, rows: disk.rows.afterPowerCut(() => 0) });
      check(again.store.open(firstGuild), modelOf(firstGuild, deeds));
    }
  });

  test('is alone in that when it is part by part brought to the disk at the start', async () => {
    // Its operations behind the snapshot are 22, 25, 28 and so on up to 40: in the second part the second fails.
    const disk = await written();
    const { store, errors } = await start(disk, { collections: withBugAt(31), tailEntriesMax: 2 });
    expect(store.figures()).toMatchObject({ guildsInMemory: 0, unsnapshottedBytes: 0 });
    expect(() => store.open(firstGuild)).toThrow(`guild ${firstGuild} cannot be`);
    for (const guild of healthy) check(store.open(guild), modelOf(guild, deeds));
    await store.shutdown();
    expect(errors).toEqual([]);
    const left: Disk = { files: disk.files, rows: disk.rows.afterPowerCut(() => 0) };
    expect(verifyGuild(left.rows, firstGuild).sound).toBe(true);
    const again = await start(left);
    check(again.store.open(firstGuild), modelOf(firstGuild, deeds));
  });

  test('is alone in that when its head is damaged', async () => {
    const disk = await written();
    await disk.rows.write([{ key: headKey(firstGuild), value: Buffer.from([1, 2, 3]) }]);
    await expectAlone(disk, collections, 'head');
  });

  test('is alone in that when a row has vanished, as a flipped byte can make it', async () => {
    const disk = await written();
    await disk.rows.write([{ key: `${firstGuild}\u001f${wallets.name}\u001fmember 1`, value: undefined }]);
    expect(verifyGuild(disk.rows, firstGuild)).toMatchObject({ sound: false, unfinished: false });
    await expectAlone(disk, collections, 'not those its head counted');
  });

  test('opens, and throws where the damage is read, when it came to be after anybody looked', async () => {
    const disk = emptyDisk();
    const first = await start(disk);
    const states = openStates(first.store);
    for (const deed of deeds) await commit(first.store, states.of(deed.guild), deed, states.of(deed.guild).sequence);
    await first.store.snapshot();
    const { rows, files } = afterCrash(disk, 'kill', () => 0);
    const { store } = await start({ rows, files });
    const state = store.open(firstGuild);
    await rows.write([{ key: `${firstGuild}\u001f${wallets.name}\u001fmember 1`, value: Buffer.from([0x91, 9]) }]);
    expect(state.count(histories)).toBe(0);
    expect(() => state.row(wallets, 'member 1')).toThrow(expect.objectContaining({ name: 'DamagedStoreError' }));
    expect(state.row(wallets, 'member 4')).toEqual({ coins: 4, badges: [] });
    const scan = { prefix: '', after: undefined, reverse: false, limit: 10 };
    expect(() => state.scan(wallets, scan)).toThrow('newer version of the program: 9');
  });
});
