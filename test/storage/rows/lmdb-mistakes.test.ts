import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RootDatabase } from 'lmdb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Rows, RowsWriteError } from '../../../src/storage/ports.ts';
import { openLmdbRows } from '../../../src/storage/rows/lmdb-rows.ts';

/** Batches that are to fail as lmdb lets them fail, and how often it was asked to write one. */
const lmdb = vi.hoisted(() => ({ failing: [] as number[], batches: 0 }));

// The real one, but for batches that are to fail: what makes LMDB give one up could not be brought about.
vi.mock('lmdb', async (original) => {
  const real = await original<typeof import('lmdb')>();
  const open = (options: Parameters<typeof real.open>[0]): RootDatabase => {
    const database = real.open(options);
    const batch = database.batch.bind(database);
    database.batch = (run) => {
      lmdb.batches += 1;
      const code = lmdb.failing.shift();
      if (code === undefined) return batch(run);
      const commitError = Promise.reject(Object.assign(new Error(`number ${code}`), { code }));
      return Promise.reject(Object.assign(new Error('Commit failed'), { commitError }));
    };
    return database;
  };
  return { ...real, open };
});

const gaveUp = -30782;
const diskFull = 28;
const row = { key: 'a', value: new Uint8Array([1]) };

let folder: string;
let rows: Rows;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guildhall-rows-'));
  rows = await openLmdbRows({ folder });
  lmdb.batches = 0;
});
afterEach(async () => {
  await rows.close();
  await rm(folder, { recursive: true });
});

test('a batch that LMDB gave up is written at the second attempt', async () => {
  lmdb.failing = [gaveUp];
  await rows.write([row]);
  expect(lmdb.batches).toBe(2);
  expect([...(rows.get('a') ?? [])]).toEqual([1]);
});

test('one that it gave up twice is not, and a later one is', async () => {
  lmdb.failing = [gaveUp, gaveUp];
  await expect(rows.write([row])).rejects.toThrow(RowsWriteError);
  expect(rows.get('a')).toBeUndefined();
  await rows.write([row]);
  expect([...(rows.get('a') ?? [])]).toEqual([1]);
});

test('a full disk is told at once', async () => {
  lmdb.failing = [diskFull];
  await expect(rows.write([row])).rejects.toThrow(/number 28/);
  expect(lmdb.batches).toBe(1);
});

test('who closes the rows waits for the second attempt', async () => {
  lmdb.failing = [gaveUp];
  const writing = rows.write([row]);
  await rows.close();
  await writing;
  rows = await openLmdbRows({ folder });
  expect([...(rows.get('a') ?? [])]).toEqual([1]);
});
