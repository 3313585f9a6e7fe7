// What backups need of storage: views that stay, a journal that is held, renewed and archived, and files of rows.
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fc, test as property } from '@fast-check/vitest';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { archiveSegments, expireArchive, listArchive } from '../../src/storage/archive/archive.ts';
import { openHistory } from '../../src/storage/archive/history.ts';
import { readRowFile, writeRowFile } from '../../src/storage/backup/row-file.ts';
import { openSegmentJournal, type SegmentJournal } from '../../src/storage/journal/segment-journal.ts';
import { noPosition, type Position, type Rows } from '../../src/storage/ports.ts';
import { openLmdbRows } from '../../src/storage/rows/lmdb-rows.ts';
import { memoryRows } from '../../src/storage/rows/memory-rows.ts';
import { anyKey } from '../storage/rows/contract.ts';
import { guild } from './installation.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guildhall-backup-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const all = { from: '', to: '\uffff', reverse: false, limit: 100_000 };
const bytes = (text: string): Buffer => Buffer.from(text);

const kinds: readonly (readonly [string, () => Promise<Rows>])[] = [
  ['LMDB', () => openLmdbRows({ folder: join(folder, 'rows') })],
  ['memory', () => Promise.resolve(memoryRows())],
];
describe.each(kinds)('a view of rows in %s', (_, open) => {
  test('stays as it was, whatever is written, and two views differ', async () => {
    const rows = await open();
    await rows.write([{ key: 'a', value: bytes('1') }]);
    const first = rows.view();
    await rows.write([
      { key: 'a', value: bytes('2') },
      { key: 'b', value: bytes('3') },
    ]);
    const second = rows.view();
    await rows.write([{ key: 'a', value: undefined }]);
    const told = (view: Pick<Rows, 'range'>) =>
      view.range(all).map(([key, value]) => key + Buffer.from(value).toString());
    expect([told(first), told(second), told(rows)]).toEqual([['a1'], ['a2', 'b3'], ['b3']]);
    first.close();
    expect(told(second)).toEqual(['a2', 'b3']);
    second.close();
    await rows.close();
  });
});

test('the file stops growing when a view is closed', async () => {
  const rows = await openLmdbRows({ folder: join(folder, 'rows') });
  const size = async (): Promise<number> => (await stat(join(folder, 'rows', 'data.mdb'))).size;
  const rewrite = async (times: number): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      await rows.write(
        Array.from({ length: 200 }, (_, row) => ({ key: `row ${row}`, value: Buffer.alloc(1_000, time) })),
      );
    }
  };
  await rewrite(10);
  const view = rows.view();
  await rewrite(20);
  const held = await size();
  view.close();
  await rewrite(10);
  const after = await size();
  await rewrite(60);
  expect(await size()).toBe(after);
  expect(after - held).toBeLessThan(held);
  await rows.close();
});

describe('a journal', () => {
  let journal: SegmentJournal;
  let now = 1_000_000_000_000;
  const path = (): string => join(folder, 'journal');
  const archive = (): string => join(folder, 'archive');
  const open = (): Promise<SegmentJournal> =>
    openSegmentJournal({
      folder: path(),
      durability: 'process',
      segmentBytesMax: 4_096,
      retire: archiveSegments({ journal: path(), archive: archive(), now: () => now }),
    });
  const append = (count: number): void => {
    const claim = journal.claim(guild(1));
    for (let entry = 0; entry < count; entry += 1) journal.append(claim, bytes(`entry ${entry}`));
  };
  beforeEach(async () => {
    now = 1_000_000_000_000;
    journal = await open();
  });
  afterEach(() => journal.close());

  test('renewed, forgets all that was in it, also when nothing follows', async () => {
    append(3);
    await journal.sync();
    await journal.renew();
    await journal.trim(journal.durablePosition);
    expect((await readdir(path())).filter((name) => name.endsWith('.journal'))).toEqual(['0000000000000004.journal']);
    append(1);
    await journal.sync();
    expect(journal.durablePosition).toBe(4);
    await journal.close();
    journal = await open();
    expect([...journal.replay(noPosition)].map(({ position }) => position)).toEqual([4]);
  });

  test('renewed while it is written loses nothing and keeps the order', async () => {
    for (let round = 0; round < 20; round += 1) {
      append(5);
      const renewed = journal.renew();
      append(5);
      await renewed;
    }
    await journal.sync();
    await journal.close();
    journal = await open();
    expect([...journal.replay(noPosition)].map(({ position }) => position)).toEqual(
      Array.from({ length: 200 }, (_, at) => at + 1),
    );
  });

  test('held, forgets nothing, and what it gives to copy is whole', async () => {
    append(200);
    await journal.sync();
    append(200);
    await journal.sync();
    const held = journal.hold();
    await journal.renew();
    await journal.trim(journal.durablePosition);
    const segments = held.segments();
    expect(segments[0]?.first).toBe(1);
    expect(segments.at(-1)?.next).toBe(401);
    held.release();
    held.release();
    await journal.trim(journal.durablePosition);
    expect(journal.hold().segments()).toHaveLength(1);
  });

  test('leaves to its archive what history needs, without zeros, until it expires', async () => {
    append(3);
    await journal.sync();
    await journal.renew();
    await journal.trim(journal.durablePosition);
    now += 5_000;
    append(3);
    await journal.sync();
    await journal.renew();
    await journal.trim(journal.durablePosition);
    const archived = await listArchive(archive());
    expect(archived.map(({ first, at }) => [first, at])).toEqual([
      [1, 1_000_000_000_000],
      [4, 1_000_000_005_000],
    ]);
    expect(archived[0]?.bytes).toBeLessThan(300);
    expect(await expireArchive(archive(), 1_000_000_005_000)).toBe(1);
    expect(await listArchive(archive())).toHaveLength(1);
  });

  test('and its archive are one history', async () => {
    append(3);
    await journal.sync();
    await journal.renew();
    await journal.trim(journal.durablePosition);
    append(2);
    await journal.sync();
    const backup = { folder: join(folder, 'none'), at: 0 };
    const history = await openHistory({ backup, after: 1 as Position, dataFolder: folder });
    expect([...history.entries(1 as Position)].map(({ position }) => position)).toEqual([2, 3, 4, 5]);
    expect([history.until, history.last]).toEqual([Number.POSITIVE_INFINITY, 5]);
    await history.close();
  });
});

const anyRows = fc.array(fc.tuple(anyKey, fc.uint8Array({ maxLength: 2_000 })), { maxLength: 40 });

describe('a file of rows', () => {
  property.prop([anyRows, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })], { numRuns: 60 })(
    'gives back what was written, and is refused when it was cut off or changed anywhere',
    async (rows, place) => {
      const path = join(folder, `${Math.random()}.rows`);
      const file = await writeRowFile(path);
      for (const [key, value] of rows) await file.add(key, value);
      expect(await file.finish()).toBe(rows.length);
      const read = async (): Promise<unknown[]> => {
        const found: unknown[] = [];
        for await (const block of readRowFile(path)) {
          found.push(...block.map(([key, value]) => [key, Uint8Array.from(value)]));
        }
        return found;
      };
      expect(await read()).toEqual(rows);
      const good = await readFile(path);
      const at = Math.floor(place * good.length);
      await writeFile(path, good.subarray(0, at));
      await expect(read()).rejects.toThrow(/damaged/);
    },
  );
});
