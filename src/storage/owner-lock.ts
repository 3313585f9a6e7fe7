import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The data folder belongs to another process. The message is one line for people. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
}

/** The right to use a data folder. */
export interface FolderLock {
  /** Gives the folder back. May be called twice. */
  release(): Promise<void>;
}

const busyCode = 5;
const lockName = 'owner.lock';
const ownerName = 'owner.txt';

const isBusy = (failure: unknown): boolean =>
  failure instanceof Error && 'errcode' in failure && failure.errcode === busyCode;

/** Who says to own the folder; only for the message, the lock alone decides. */
const ownerText = async (folder: string): Promise<string> => {
  try {
    return (await readFile(join(folder, ownerName), 'utf8')).trim();
  } catch (failure) {
    // The owner may hold the lock and not have written its name yet.
    if (failure instanceof Error && 'code' in failure && failure.code === 'ENOENT') return 'a process just starting';
    throw failure;
  }
};

/**
 * Makes this process the one owner of a data folder, which is made if it is not there. Rejects with `FolderInUseError`
 * when another process, or this one, already is.
 *
 * The lock is the operating system's: SQLite, which is part of Node, takes an exclusive lock on an empty file
 * (`fcntl`, on Windows `LockFileEx`). The system gives it back when the process ends, however it ends, so there is no
 * stale lock and no process id to believe in. Unlike a socket name it also holds between containers that share a
 * folder. The file itself stays: removing it would let two processes lock two files of one name.
 */
export const lockFolder = async (path: string): Promise<FolderLock> => {
  const folder = resolve(path);
  await mkdir(folder, { recursive: true });
  const lock = new DatabaseSync(join(folder, lockName), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (failure) {
    lock.close();
    if (!isBusy(failure)) throw failure;
    throw new FolderInUseError(
      `The data folder ${folder} is in use by ${await ownerText(folder)}: stop it, or set GUILDHALL_DATA to another folder.`,
      { cause: failure },
    );
  }
  try {
    await writeFile(join(folder, ownerName), `process ${process.pid} on ${hostname()}\n`);
  } catch (failure) {
    lock.close();
    throw failure;
  }
  return {
    async release() {
      if (lock.isOpen) lock.close();
    },
  };
};
