import { expect, test } from 'vitest';
import { readBlock, segmentHeaderBytes } from '../../../src/storage/journal/format.ts';
import { firstGuild, guilds } from './deeds.ts';
import { afterCrash, commit, type Disk, emptyDisk, start } from './machine.ts';
import { type Deed, requestAt } from './model.ts';

const deedAt = (at: number): Deed => ({
  guild: firstGuild,
  at,
  changes: [{ collection: 'wallet', key: `member ${at}`, after: { coins: at, badges: [] } }],
  request: requestAt(at),
});

const oneSegment = 1_000_000;
const deedsBefore = 3;
const deedsBetween = 4;
const deedsAfter = 2;

/**
 * Three deeds and their snapshot, four of which a snapshot was cut short after all rows, two that only the journal has:
 * killed. Each deed is a block.
 */
const killedDisk = async (): Promise<Disk> => {
  const disk = emptyDisk();
  const { store } = await start(disk, {}, oneSegment);
  const state = store.open(firstGuild);
  let at = 0;
  const deeds = async (count: number): Promise<void> => {
    for (let index = 0; index < count; index += 1) {
      at += 1;
      expect(await commit(store, state, deedAt(at), state.sequence)).toBe('durable');
    }
  };
  await deeds(deedsBefore);
  await store.snapshot();
  await deeds(deedsBetween);
  // The rows are the first batch, what the journal may forget is the second.
  disk.rows.failWrite(2, 'EIO');
  await expect(store.snapshot()).rejects.toMatchObject({ name: 'RowsWriteError' });
  await deeds(deedsAfter);
  return afterCrash(disk, 'kill', () => 0.999);
};

/** The disk with a journal that ends behind its first `blocks` blocks, as if there had never been more. */
const cutBehind = async (disk: Disk, blocks: number): Promise<Disk> => {
  const copy = afterCrash(disk, 'kill', () => 0.999);
  const name = (await copy.files.list()).find((one) => one.endsWith('.journal')) ?? '';
  const file = await copy.files.open(name);
  let end = segmentHeaderBytes;
  for (let block = 0; block < blocks; block += 1) end += readBlock(file, end)?.bytes ?? Number.NaN;
  copy.files.replace(name, copy.files.contentOf(name).subarray(0, end));
  return copy;
};

test('a journal cut between two blocks is refused as long as rows know of more', async () => {
  const disk = await killedDisk();
  const all = deedsBefore + deedsBetween + deedsAfter;
  for (let blocks = 0; blocks <= all; blocks += 1) {
    const cut = await cutBehind(disk, blocks);
    const begun = start(cut, {}, oneSegment);
    if (blocks < deedsBefore + deedsBetween) {
      await expect(begun, `${blocks} blocks`).rejects.toThrow(
        `the journal ends at ${blocks}, the rows go on to ${deedsBefore + deedsBetween}: they do not belong together`,
      );
      continue;
    }
    // Nothing was written after these: whoever never did the later deeds left the same bytes.
    const { store, errors } = await begun;
    expect(store.open(firstGuild).sequence, `${blocks} blocks`).toBe(blocks);
    expect(store.open(guilds[1] ?? firstGuild).sequence).toBe(0);
    expect(errors).toEqual([]);
    await store.shutdown();
  }
});
