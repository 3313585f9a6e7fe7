import { mkdir, open as openFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { type Database, open, type RootDatabase, type RootDatabaseOptionsWithPath, type Transaction } from 'lmdb';
import { assert } from '../../kernel/assert.ts';
import {
  DamagedStoreError,
  type RowRange,
  type Rows,
  RowsUnusableError,
  RowsWriteError,
  type RowWrite,
} from '../ports.ts';
import { assertKey, readKey, writeKey } from './key-encoding.ts';
import { dataFileName, ensureRoomForFiles, isUsableFile } from './lmdb-file.ts';
import { checksumOf, openValue, sealValue } from './sealed-value.ts';

/** What lmdb rejects a failed commit with: the reason comes in a promise of its own. */
interface CommitFailure {
  readonly commitError?: Promise<never>;
}

/**
 * Why a commit failed. lmdb keeps the reason in a second promise that rejects too; unless somebody waits for it, Node
 * takes it for an unhandled rejection and ends the process.
 */
const reasonOf = async (failure: unknown): Promise<unknown> => {
  const reason = (failure as CommitFailure).commitError;
  if (reason === undefined) return failure;
  return reason.catch((cause: unknown) => cause);
};

/**
 * LMDB's number for a batch that it gave up because its list of free pages did not look right to it. lmdb 3.5.6 takes it for
 * wrong by mistake now and then: `mdb_freelist_save` looks at the size of a record before it looks whether there is
 * one. With the batch it forgets the list, and the next one begins with what is on disk.
 */
const gaveUpCode = -30782;

const hasGivenUp = (cause: unknown): boolean => cause instanceof Error && 'code' in cause && cause.code === gaveUpCode;

const messageOf = (failure: unknown): string => (failure instanceof Error ? failure.message : String(failure));

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await openFile(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const damaged = (folder: string, what: string, cause?: unknown): DamagedStoreError =>
  new DamagedStoreError(
    `${join(folder, dataFileName)} is damaged: ${what}. Stop the bot and put back a backup: npm run guildhall -- restore`,
    { cause },
  );

/**
 * How LMDB says that a write of the page that ends a commit has failed, and that this process must not go on with the
 * file. It has a number for that, which lmdb does not hand on.
 */
const hasPanicked = (failure: Error): boolean => failure.message.includes('MDB_PANIC');

/** What LMDB throws while reading comes from a file that cannot be right, or that it has given up. */
const reading = <Result>(folder: string, read: () => Result): Result => {
  try {
    return read();
  } catch (failure) {
    // Errors of LMDB carry its number; all others are mistakes of ours.
    if (!(failure instanceof Error && 'code' in failure && typeof failure.code === 'number')) throw failure;
    if (!hasPanicked(failure)) throw damaged(folder, failure.message, failure);
    throw new RowsUnusableError(
      `${join(folder, dataFileName)} could not be written in a way that LMDB cannot go on from. ` +
        'Nothing that was answered is lost: see to the disk and start the bot again',
      { cause: failure },
    );
  }
};

const openDatabase = async (folder: string): Promise<RootDatabase<Buffer, string>> => {
  if (!(await isUsableFile(join(folder, dataFileName))))
    throw damaged(folder, 'pages of LMDB are missing or overwritten');
  await ensureRoomForFiles(folder);
  // lmdb's types leave out the key encoder, which its documentation has.
  const options: RootDatabaseOptionsWithPath & { readonly keyEncoder: object } = {
    path: folder,
    noSubdir: false,
    encoding: 'binary',
    keyEncoder: { writeKey, readKey },
    // With overlapping syncs a commit is readable before it is on disk, and stays so when it fails.
    overlappingSync: false,
    // A batch of each turn of the event loop would add a promise that nobody holds: when its commit fails, it rejects
    // unhandled and ends the process.
    eventTurnBatching: false,
  };
  return open<Buffer, string>(options);
};

/** A key that may be read at any time. */
const probeKey = '~';

/** Writes a batch. Gives why it could not be written, with nothing changed; `undefined` when it was. */
const attemptBatch = async (database: Database<Buffer, string>, batch: readonly RowWrite[]): Promise<unknown> => {
  try {
    await database.batch(() => {
      for (const { key, value, checksum } of batch) {
        // What the calls inside return says nothing; the batch's own promise tells the outcome.
        if (value === undefined) void database.remove(key);
        else void database.put(key, sealValue(value, checksum ?? checksumOf(key, value)));
      }
    });
    return undefined;
  } catch (failure) {
    return reasonOf(failure);
  }
};

/** The same, once more where LMDB has given up by mistake. */
const writeBatch = async (database: Database<Buffer, string>, batch: readonly RowWrite[]): Promise<unknown> => {
  const cause = await attemptBatch(database, batch);
  return hasGivenUp(cause) ? attemptBatch(database, batch) : cause;
};

/**
 * Opens the rows kept by LMDB in `folder`, which is made if it is not there. One process may have it open.
 *
 * Throws `DamagedStoreError` when the file cannot be right; `get` and `range` do so where LMDB finds that out later. `write` rejects with `RowsWriteError` when the disk is
 * full or broken; the rows are then as before the batch, and a later `write` may be tried, unless it is a
 * `RowsUnusableError`, which all that comes later throws too.
 */
export const openLmdbRows = async (options: { readonly folder: string }): Promise<Rows> => {
  const folder = resolve(options.folder);
  await mkdir(folder, { recursive: true });
  const database = await openDatabase(folder);
  // A new file that its folder has not got on disk would be gone after a power cut, with all its commits.
  await syncFolder(folder);
  await syncFolder(dirname(folder));

  let writing: Promise<unknown> | undefined;
  let closed = false;
  const assertOpen = (): void => assert(!closed, 'closed rows are not used');

  const opened = (key: string, stored: Buffer): Uint8Array => {
    const value = openValue(key, stored);
    if (value === undefined) throw damaged(folder, `what stands under ${JSON.stringify(key)} is not what was written`);
    return value;
  };

  const rangeIn = (
    { from, to, reverse, limit }: RowRange,
    transaction?: Transaction,
  ): readonly (readonly [string, Uint8Array])[] => {
    assertOpen();
    if (from >= to || limit <= 0) return [];
    assertKey(to);
    if (from !== '') assertKey(from);
    const first = from === '' ? undefined : from;
    const bounds = reverse
      ? { start: to, exclusiveStart: true, end: first, inclusiveEnd: true }
      : { start: first, end: to };
    const found: (readonly [string, Uint8Array])[] = [];
    const lmdbRange: object = { ...bounds, reverse, limit, ...(transaction && { transaction }) };
    reading(folder, () =>
      database.getRange(lmdbRange).forEach(({ key, value }) => found.push([key, opened(key, value)])),
    );
    return found;
  };

  return {
    get(key) {
      assertOpen();
      assertKey(key);
      // Not `getBinaryFast`: its buffer is overwritten by the next read.
      const stored = reading(folder, () => database.getBinary(key));
      return stored && opened(key, stored);
    },
    range: (wanted) => rangeIn(wanted),
    async write(batch) {
      assertOpen();
      assert(writing === undefined, 'rows are written one batch at a time');
      for (const { key } of batch) assertKey(key);
      if (batch.length === 0) return;
      writing = writeBatch(database, batch);
      const cause = await writing;
      writing = undefined;
      if (cause === undefined) return;
      // Throws where LMDB has given up the file, which only a new look at it tells.
      database.resetReadTxn();
      reading(folder, () => database.getBinary(probeKey));
      throw new RowsWriteError(`the rows in ${folder} could not be written: ${messageOf(cause)}`, { cause });
    },
    view() {
      assertOpen();
      const transaction = database.useReadTransaction();
      let isOpen = true;
      return {
        range: (wanted) => {
          assert(isOpen, 'a closed view is not used');
          return rangeIn(wanted, transaction);
        },
        close: () => {
          if (isOpen) transaction.done();
          isOpen = false;
        },
      };
    },
    async close() {
      if (closed) return;
      closed = true;
      // A batch on its way has its own caller to tell of a failure.
      await writing;
      await database.close();
    },
  };
};
