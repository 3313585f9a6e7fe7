import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { nodeFiles } from '../../../src/storage/journal/node-files.ts';
import { openSegmentJournal } from '../../../src/storage/journal/segment-journal.ts';
import { DamagedStoreError } from '../../../src/storage/ports.ts';
import { journalContract } from './contract.ts';
import { appendBlocks, everything, openOn, segmentBytesMax, segmentsIn } from './stored.ts';

let base: string;
let folders = 0;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'guildhall-journal-'));
});
afterAll(() => rm(base, { recursive: true }));

const freshFolder = (): string => join(base, `journal-${(folders += 1)}`);

journalContract('a real disk', () => nodeFiles(freshFolder()));

describe('the journal in a real folder', () => {
  test('makes its folder, has files of the full length at once, and leaves nothing unfinished', async () => {
    const folder = join(freshFolder(), 'deeper');
    const journal = await openSegmentJournal({ folder, durability: 'power', segmentBytesMax });
    await appendBlocks(journal, ['a'.repeat(700), 'b'.repeat(700), 'c'.repeat(700)]);
    await journal.close();
    const files = await nodeFiles(folder);
    const names = await segmentsIn(files);
    expect(names).toEqual(['0000000000000001.journal', '0000000000000002.journal', '0000000000000003.journal']);
    for (const name of names) expect(await readFile(join(folder, name))).toHaveLength(segmentBytesMax);
  });

  test('cuts a torn tail and refuses a broken middle, on the disk as in memory', async () => {
    const folder = freshFolder();
    const journal = await openOn(await nodeFiles(folder));
    const all = await appendBlocks(journal, ['one', 'two', 'three']);
    await journal.close();
    const path = join(folder, '0000000000000001.journal');
    const whole = await readFile(path);

    await truncate(path, whole.indexOf('three') + 2);
    const cut = await openOn(await nodeFiles(folder));
    expect(everything(cut)).toEqual(all.slice(0, 2));
    expect(cut.tornBytes).toBeGreaterThan(0);
    await cut.close();

    const broken = Buffer.from(whole);
    broken.writeUInt8(0, whole.indexOf('two'));
    await writeFile(path, broken);
    const opened = openOn(await nodeFiles(folder));
    await expect(opened).rejects.toThrow(DamagedStoreError);
    await expect(opened).rejects.toThrow(
      /0000000000000001\.journal is damaged at byte 79: .*Stop the bot and put back a backup/,
    );
    expect(await readFile(path)).toEqual(broken);
  });
});
