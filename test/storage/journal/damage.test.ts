import { crc32 } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { type MemoryFiles, memoryFiles } from '../../../src/storage/journal/memory-files.ts';
import { DamagedStoreError, NewerStoreError } from '../../../src/storage/ports.ts';
import { appendBlocks, everything, openOn, segmentsIn, storedIn, type Told } from './stored.ts';

const texts = Array.from({ length: 9 }, (_, at) => `entry ${at} `.padEnd(230 + at, '#'));

/** A copy with one file replaced. */
const withFile = (files: MemoryFiles, name: string, bytes: Uint8Array): MemoryFiles => {
  const copy = files.afterKill(() => 0);
  copy.replace(name, bytes);
  return copy;
};

const nameAt = (names: readonly string[], at: number): string => names.at(at) ?? expect.unreachable();

/** Headers keep their layout for ever: another format number with a right checksum. */
const withFormat = (bytes: Uint8Array, start: number, at: number, checksumAt: number, end: number): Uint8Array => {
  const changed = Buffer.from(bytes);
  changed.writeUInt16LE(2, start + at);
  changed.writeUInt32LE(crc32(changed.subarray(start + checksumAt + 4, end)), start + checksumAt);
  return Uint8Array.from(changed);
};

describe.each([{ preallocates: false }, { preallocates: true }])('stored damage, $preallocates', (options) => {
  let files: MemoryFiles;
  let all: readonly Told[];
  let names: readonly string[];
  let lastBlockAt: number;

  beforeEach(async () => {
    files = memoryFiles(options);
    const journal = await openOn(files);
    all = await appendBlocks(journal, texts);
    await journal.close();
    names = await segmentsIn(files);
    expect(names.length).toBeGreaterThan(2);
    lastBlockAt = Buffer.from(files.contentOf(nameAt(names, -1))).indexOf('entry 8') - 44;
  });

  test('a changed bit anywhere is refused, or costs no more than the last block, or was in unused bytes', async () => {
    for (const name of names) {
      const content = files.contentOf(name);
      const end = Buffer.from(content).lastIndexOf('#') + 1;
      for (let at = 0; at < content.length; at += 1) {
        const changed = Uint8Array.from(content);
        changed[at] = (content[at] ?? 0) ^ (1 << (at % 8));
        const copy = withFile(files, name, changed);
        const isLast = name === names.at(-1);
        if (isLast && at >= end) expect(await storedIn(copy)).toEqual(all);
        else if (isLast && at >= lastBlockAt) expect(await storedIn(copy)).toEqual(all.slice(0, -1));
        else {
          await expect(openOn(copy)).rejects.toThrow(DamagedStoreError);
          expect(Buffer.compare(copy.contentOf(name), changed)).toBe(0);
        }
      }
    }
  });

  test('the last file cut at any length gives a beginning of the entries, and goes on from there', async () => {
    const name = nameAt(names, -1);
    const content = files.contentOf(name);
    let least = all.length;
    for (let length = content.length; length >= 0; length -= 1) {
      const copy = withFile(files, name, content.subarray(0, length));
      const journal = await openOn(copy);
      const stored = everything(journal);
      expect(stored).toEqual(all.slice(0, stored.length));
      expect(stored.length).toBeLessThanOrEqual(least);
      least = stored.length;
      const more = await appendBlocks(journal, ['more']);
      await journal.close();
      expect(await storedIn(copy)).toEqual([...stored, ...more]);
    }
  });

  test('an earlier file that is short, or gone, is refused', async () => {
    const name = nameAt(names, -2);
    const content = files.contentOf(name);
    const end = Buffer.from(content).lastIndexOf('#') + 1;
    for (const length of [0, 10, 32, 100, end - 1])
      await expect(openOn(withFile(files, name, content.subarray(0, length)))).rejects.toThrow(DamagedStoreError);
    const without = files.afterKill(() => 0);
    await without.remove(name);
    await expect(openOn(without)).rejects.toThrow(/it begins with entry \d+, and \d+ is the next/);
  });

  test('a tail of zeros or noise is cut, and what follows is stored behind the last whole block', async () => {
    const name = nameAt(names, -1);
    const content = Buffer.from(files.contentOf(name));
    const end = content.lastIndexOf('#') + 1;
    const tails = [Buffer.alloc(300), Buffer.alloc(300, 7), Buffer.concat([Buffer.alloc(200), Buffer.alloc(99, 1)])];
    for (const tail of tails) {
      const copy = withFile(files, name, Buffer.concat([content.subarray(0, end), tail]));
      const journal = await openOn(copy);
      expect(everything(journal)).toEqual(all);
      expect(journal.tornBytes).toBe(tail.lastIndexOf(tail.at(-1) === 0 ? 99 : (tail.at(-1) ?? 0)) + 1);
      const more = await appendBlocks(journal, ['more']);
      await journal.close();
      expect(await storedIn(copy)).toEqual([...all, ...more]);
    }
  });

  test('a file or a block of a newer format is refused, and nothing is changed', async () => {
    const name = nameAt(names, -1);
    const content = files.contentOf(name);
    const end = Buffer.from(content).lastIndexOf('#') + 1;
    for (const changed of [withFormat(content, 0, 12, 8, 32), withFormat(content, lastBlockAt, 12, 4, end)]) {
      const copy = withFile(files, name, changed);
      await expect(openOn(copy)).rejects.toThrow(NewerStoreError);
      await expect(openOn(copy)).rejects.toThrow('format 2');
      expect(Buffer.compare(copy.contentOf(name), changed)).toBe(0);
    }
  });

  test('a file that was not finished is removed, and files of others are left alone', async () => {
    files.replace('next.unfinished', new Uint8Array(100));
    files.replace('notes.txt', new Uint8Array(3));
    expect(await storedIn(files)).toEqual(all);
    expect(await segmentsIn(files)).toEqual([...names, 'notes.txt']);
  });
});
