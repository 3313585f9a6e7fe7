import { type FileHandle, open, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasAllPages } from './lmdb-tree.ts';

/*
 * What of LMDB's file format is looked at before LMDB sees the file: the first two pages each hold a description of the
 * database, of which the one with the greater transaction counts. Offsets within such a page, little-endian:
 *
 *   18 page flags (2)   24 magic (4)   28 version (4)   48 page size (4)   88 root of the tree of free pages (8)
 *   136 root of the tree of rows (8)   144 last page (8)   152 transaction (8)
 */
const describesDatabase = 8;
const magic = 0xbeefc0de;
const versionMax = 2;
const pageBytesMin = 512;
const pageBytesMax = 65_536;
const descriptionBytes = 160;
/** A file of zeros up to this length is one that LMDB was about to make when the power went. */
const unusedBytesMax = 65_536;

/** The names LMDB gives its files. */
export const dataFileName = 'data.mdb';
const lockFileName = 'lock.mdb';

interface Description {
  readonly pageBytes: number;
  readonly roots: readonly bigint[];
  readonly lastPage: bigint;
  readonly transaction: bigint;
}

type FileState = 'usable' | 'never used' | 'damaged';

const readAt = async (file: FileHandle, offset: number, length: number): Promise<Buffer> => {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, offset);
  return buffer.subarray(0, bytesRead);
};

const readDescription = async (file: FileHandle, offset: number): Promise<Description | undefined> => {
  const page = await readAt(file, offset, descriptionBytes);
  if (page.length < descriptionBytes) return undefined;
  if (page.readUInt16LE(18) !== describesDatabase || page.readUInt32LE(24) !== magic) return undefined;
  if (page.readUInt32LE(28) > versionMax) return undefined;
  const pageBytes = page.readUInt32LE(48);
  if (pageBytes < pageBytesMin || pageBytes > pageBytesMax) return undefined;
  return {
    pageBytes,
    roots: [page.readBigUInt64LE(88), page.readBigUInt64LE(136)],
    lastPage: page.readBigUInt64LE(144),
    transaction: page.readBigUInt64LE(152),
  };
};

const inspect = async (file: FileHandle): Promise<FileState> => {
  const { size } = await file.stat();
  if (size === 0) return 'usable';
  if (size <= unusedBytesMax && (await readAt(file, 0, size)).every((byte) => byte === 0)) return 'never used';
  const first = await readDescription(file, 0);
  const second = first && (await readDescription(file, first.pageBytes));
  if (first === undefined || second === undefined || first.pageBytes !== second.pageBytes) return 'damaged';
  const { lastPage, pageBytes, roots } = first.transaction > second.transaction ? first : second;
  const bytes = (Number(lastPage) + 1) * pageBytes;
  if (size >= bytes) return 'usable';
  // LMDB does not write pages at the end that are free again, so a short file may lack nothing.
  return (await hasAllPages(file, roots, pageBytes, size)) ? 'usable' : 'damaged';
};

/**
 * Looks at LMDB's file before LMDB does, which ends the process (a segmentation fault or a bus error) on a file that is
 * none of its own, or that lacks pages at its end. False for such a file, which is left alone.
 */
export const isUsableFile = async (path: string): Promise<boolean> => {
  let file: FileHandle;
  try {
    file = await open(path, 'r+');
  } catch (failure) {
    if (failure instanceof Error && 'code' in failure && failure.code === 'ENOENT') return true;
    throw failure;
  }
  let state: FileState;
  try {
    state = await inspect(file);
  } finally {
    await file.close();
  }
  if (state === 'never used') await rm(path);
  return state !== 'damaged';
};

const firstFilesBytes = 256 * 2 ** 10;

/**
 * Makes sure that LMDB can make its files in a folder that lacks one: on a full disk it would end the process (a bus
 * error) instead of reporting one. Rejects with what the system says.
 */
export const ensureRoomForFiles = async (folder: string): Promise<void> => {
  const names = await readdir(folder);
  if (names.includes(dataFileName) && names.includes(lockFileName)) return;
  const probe = join(folder, 'room.unfinished');
  try {
    await writeFile(probe, Buffer.alloc(firstFilesBytes), { flush: true });
  } finally {
    await rm(probe, { force: true });
  }
};
