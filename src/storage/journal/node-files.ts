import { close, constants, fdatasync, fstatSync, fsync, ftruncate, open, readSync, write } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { JournalFile, JournalFiles } from './files.ts';

const openDescriptor: (path: string, flags: number) => Promise<number> = promisify(open);
const closeDescriptor = promisify(close);
const truncateDescriptor = promisify(ftruncate);
const syncDescriptor = promisify(fsync);

/** Writes all of `bytes`; the system may take them in several pieces. */
const writeAll = (descriptor: number, bytes: Uint8Array, offset: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const step = (from: number): void =>
      write(descriptor, bytes, from, bytes.length - from, offset + from, (error, written) => {
        if (error !== null) reject(error);
        else if (from + written === bytes.length) resolve();
        else if (written === 0) reject(new Error('the system wrote nothing of what it was given'));
        else step(from + written);
      });
    step(0);
  });

const syncData = (descriptor: number): Promise<void> =>
  new Promise((resolve, reject) => {
    fdatasync(descriptor, (error) => (error === null ? resolve() : reject(error)));
  });

/**
 * Whether the system has writes that return when they are on disk. One trip to the thread pool instead of two for a
 * write and an fdatasync: 6,500 instead of 5,600 durable writes of 19 KiB a second where that was measured. Only where
 * it means the same: on macOS fdatasync also empties the drive's own cache, such a write does not.
 */
const hasDurableWrites = process.platform === 'linux';

const openFile = async (path: string, flags: number): Promise<JournalFile> => {
  const descriptor = await openDescriptor(path, flags | constants.O_RDWR);
  const durable = hasDurableWrites ? await openDescriptor(path, constants.O_WRONLY | constants.O_DSYNC) : undefined;
  return {
    size: () => fstatSync(descriptor).size,
    read(offset, into) {
      let filled = 0;
      while (filled < into.length) {
        const read = readSync(descriptor, into, filled, into.length - filled, offset + filled);
        if (read === 0) break;
        filled += read;
      }
      return filled;
    },
    write: (bytes, offset) => writeAll(descriptor, bytes, offset),
    async writeDurably(bytes, offset) {
      await writeAll(durable ?? descriptor, bytes, offset);
      if (durable === undefined) await syncData(descriptor);
    },
    sync: () => syncDescriptor(descriptor),
    truncate: (bytes) => truncateDescriptor(descriptor, bytes),
    async close() {
      await closeDescriptor(descriptor);
      if (durable !== undefined) await closeDescriptor(durable);
    },
  };
};

const syncFolder = async (folder: string): Promise<void> => {
  const descriptor = await openDescriptor(folder, constants.O_RDONLY);
  try {
    await syncDescriptor(descriptor);
  } finally {
    await closeDescriptor(descriptor);
  }
};

/** The files of `folder`, which is made if it is not there. */
export const nodeFiles = async (folder: string): Promise<JournalFiles> => {
  await mkdir(folder, { recursive: true });
  await syncFolder(dirname(folder));
  return {
    preallocates: true,
    list: () => readdir(folder),
    create: (name) => openFile(join(folder, name), constants.O_CREAT | constants.O_TRUNC),
    open: (name) => openFile(join(folder, name), 0),
    rename: (from, to) => rename(join(folder, from), join(folder, to)),
    remove: (name) => rm(join(folder, name)),
    syncFolder: () => syncFolder(folder),
  };
};
