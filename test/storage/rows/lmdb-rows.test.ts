import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DamagedStoreError } from '../../../src/storage/ports.ts';
import { openLmdbRows } from '../../../src/storage/rows/lmdb-rows.ts';
import { rowsContract } from './contract.ts';

let base: string;
let folders = 0;
beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'guildhall-rows-'));
});
afterAll(() => rm(base, { recursive: true }));

const freshFolder = (): string => join(base, `rows-${(folders += 1)}`);

rowsContract('in LMDB', () => openLmdbRows({ folder: freshFolder() }));

describe('rows in LMDB', () => {
  test('are there when opened again', async () => {
    const folder = freshFolder();
    const first = await openLmdbRows({ folder });
    await first.write([{ key: 'a', value: new Uint8Array([1, 2]) }]);
    await first.close();
    const second = await openLmdbRows({ folder });
    expect([...(second.get('a') ?? [])]).toEqual([1, 2]);
    await second.close();
  });

  const filled = async (rowCount: number): Promise<{ readonly folder: string; readonly path: string }> => {
    const folder = freshFolder();
    const rows = await openLmdbRows({ folder });
    const value = new Uint8Array(500).fill(1);
    await rows.write(Array.from({ length: rowCount }, (_, at) => ({ key: `row ${at}`, value })));
    await rows.close();
    return { folder, path: join(folder, 'data.mdb') };
  };

  test.each([
    ['text', () => Buffer.alloc(20_000, 65)],
    ['noise for its first page', (whole: Buffer) => Buffer.concat([Buffer.alloc(4_096, 7), whole.subarray(4_096)])],
    ['noise for its second page', (whole: Buffer) => Buffer.from(whole).fill(7, 4_096, 8_192)],
    ['less than two pages', (whole: Buffer) => whole.subarray(0, 5_000)],
    ['half of its rows', (whole: Buffer) => whole.subarray(0, whole.length / 2)],
    ['all but the end', (whole: Buffer) => whole.subarray(0, whole.length - 4_096)],
  ])('a file with %s is refused with the command that helps', async (_, change) => {
    const { folder, path } = await filled(300);
    await writeFile(path, change(await readFile(path)));
    const opened = openLmdbRows({ folder });
    await expect(opened).rejects.toThrow(DamagedStoreError);
    await expect(opened).rejects.toThrow(/data\.mdb is damaged: .*Stop the bot and put back a backup/);
  });

  test.each([0, 8_192])(
    'a file of %d zeros, left by a power cut at the very first start, is begun anew',
    async (size) => {
      const folder = freshFolder();
      await mkdir(folder);
      await writeFile(join(folder, 'data.mdb'), Buffer.alloc(size));
      const rows = await openLmdbRows({ folder });
      await rows.write([{ key: 'a', value: new Uint8Array([1]) }]);
      expect(rows.get('a')).toHaveLength(1);
      await rows.close();
    },
  );

  test('a short file that lacks no row is opened', async () => {
    const { folder, path } = await filled(3);
    const whole = await readFile(path);
    // The last page counts as used one page further on; nothing stands there.
    const newest = whole.readBigUInt64LE(152) > whole.readBigUInt64LE(4_096 + 152) ? 0 : 4_096;
    whole.writeBigUInt64LE(whole.readBigUInt64LE(newest + 144) + 1n, newest + 144);
    await writeFile(path, whole);
    const rows = await openLmdbRows({ folder });
    expect(rows.range({ from: '', to: '~', reverse: false, limit: 9 })).toHaveLength(3);
    await rows.close();
  });

  test('a page that is overwritten is reported where it is read', async () => {
    const { folder, path } = await filled(300);
    const whole = await readFile(path);
    const at = whole.indexOf('row 150') & ~4_095;
    await writeFile(path, whole.fill(0, at, at + 4_096));
    const rows = await openLmdbRows({ folder });
    expect(() => rows.get('row 150')).toThrow(DamagedStoreError);
    expect(() => rows.range({ from: 'row 0', to: 'row 9', reverse: false, limit: 999 })).toThrow(DamagedStoreError);
    await rows.close();
  });
});
