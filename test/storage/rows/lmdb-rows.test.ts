import { mkdtemp, rm, writeFile } from 'node:fs/promises';
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

  test('a file that is none of LMDB’s is refused with the command that helps', async () => {
    const folder = freshFolder();
    const rows = await openLmdbRows({ folder });
    await rows.close();
    await writeFile(join(folder, 'data.mdb'), new Uint8Array(20_000).fill(65));
    const opened = openLmdbRows({ folder });
    await expect(opened).rejects.toThrow(DamagedStoreError);
    await expect(opened).rejects.toThrow(/data\.mdb cannot be opened .*npm run guildhall -- restore/);
  });
});
