import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryFiles } from '../../../src/storage/journal/memory-files.ts';
import { openSegmentJournal } from '../../../src/storage/journal/segment-journal.ts';
import { openLmdbRows } from '../../../src/storage/rows/lmdb-rows.ts';
import { memoryRows } from '../../../src/storage/rows/memory-rows.ts';
import { storeContract } from './contract.ts';

storeContract('a simulated disk', () => {
  const files = memoryFiles();
  let rows = memoryRows();
  return Promise.resolve({
    openJournal: () => openSegmentJournal({ folder: 'journal', files, durability: 'power' }),
    openRows: () => {
      rows = rows.afterPowerCut(() => 1);
      return Promise.resolve(rows);
    },
    remove: () => Promise.resolve(),
  });
});

storeContract('segments and LMDB in a folder', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'guildhall-store-'));
  return {
    openJournal: () =>
      openSegmentJournal({ folder: join(folder, 'journal'), durability: 'power', segmentBytesMax: 4_096 }),
    openRows: () => openLmdbRows({ folder: join(folder, 'rows') }),
    remove: () => rm(folder, { recursive: true }),
  };
});
