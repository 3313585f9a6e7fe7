import { expect, test } from 'vitest';
import type { Rows } from '../../../src/storage/ports.ts';
import { ringPrefix } from '../../../src/storage/row-keys.ts';
import { firstGuild } from './deeds.ts';
import { afterCrash, commit, type Disk, emptyDisk, start } from './machine.ts';
import { check, type Deed, modelOf, requestAt } from './model.ts';

const deeds = Array.from(
  { length: 24 },
  (_, index): Deed => ({
    guild: firstGuild,
    at: index + 1,
    changes: [0, 1, 2, 3].map((member) => ({
      collection: 'wallet',
      key: `member ${member}`,
      after: { coins: index, badges: [] },
    })),
    request: requestAt(index + 1),
  }),
);

/** A disk with all deeds in the journal alone, and what a start on it reads and writes. */
const watchedDisk = async () => {
  const before = emptyDisk();
  const { store } = await start(before);
  const state = store.open(firstGuild);
  for (const [sequence, deed] of deeds.entries()) await commit(store, state, deed, sequence);
  const disk: Disk = afterCrash(before, 'kill', () => 0);
  const answersRead: string[] = [];
  const batches: number[] = [];
  const rows: Rows = {
    ...disk.rows,
    range(wanted) {
      if (wanted.from.startsWith(ringPrefix(firstGuild))) answersRead.push(wanted.from);
      return disk.rows.range(wanted);
    },
    write(batch) {
      if (batch.some(({ key }) => key.startsWith(firstGuild))) batches.push(batch.length);
      return disk.rows.write(batch);
    },
  };
  return { disk, rows, answersRead, batches };
};

test('a long tail is written part by part, each in one batch, and what was answered before is read once', async () => {
  const { disk, rows, answersRead, batches } = await watchedDisk();
  const { store, errors } = await start(disk, { rows, tailEntriesMax: 2, sliceRowsMax: 3 });
  expect(errors).toEqual([]);
  expect(batches).toHaveLength(deeds.length / 2);
  expect(answersRead).toHaveLength(1);
  expect(store.figures()).toMatchObject({ guildsInMemory: 0, unsnapshottedBytes: 0 });
  check(store.open(firstGuild), modelOf(firstGuild, deeds));
});

test('a guild whose long tail was written is let go of like any other', async () => {
  const { disk } = await watchedDisk();
  const { store } = await start(disk, { tailEntriesMax: 2 });
  store.close(store.open(firstGuild));
  expect(store.figures().guildsInMemory).toBe(0);
});
