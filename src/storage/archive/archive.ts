import { mkdir, readdir, rename, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../folders.ts';
import type { RetiredSegment } from '../journal/segments.ts';

/** A segment that the journal needs no more. */
export interface ArchivedSegment {
  readonly path: string;
  readonly first: number;
  /** When it was archived: no entry in it is later. */
  readonly at: number;
  readonly bytes: number;
}

const archivedName = /^(\d{16})-(\d{13,14})\.journal$/;

/** Where a data folder keeps its history. */
export const archiveFolder = (dataFolder: string): string => join(dataFolder, 'archive');

/**
 * Moves retired segments of a journal to the archive instead of removing them, without the zeros that were written
 * ahead. The names say when, so that a segment's age is that of the bot's own clock.
 */
export const archiveSegments =
  (parts: { readonly journal: string; readonly archive: string; readonly now: () => number }) =>
  async ({ name, end, first }: RetiredSegment): Promise<void> => {
    const { journal, archive, now } = parts;
    await mkdir(archive, { recursive: true });
    await truncate(join(journal, name), end);
    await rename(join(journal, name), join(archive, `${String(first).padStart(16, '0')}-${now()}.journal`));
    await syncFolder(archive);
  };

const entriesOf = async (folder: string): Promise<readonly string[]> => {
  try {
    return await readdir(folder);
  } catch (failure) {
    if (failure instanceof Error && 'code' in failure && failure.code === 'ENOENT') return [];
    throw failure;
  }
};

/** The segments of an archive, oldest first. */
export const listArchive = async (folder: string): Promise<readonly ArchivedSegment[]> => {
  const found: ArchivedSegment[] = [];
  for (const name of (await entriesOf(folder)).toSorted()) {
    const [, first, at] = archivedName.exec(name) ?? [];
    if (first === undefined || at === undefined) continue;
    const path = join(folder, name);
    found.push({ path, first: Number(first), at: Number(at), bytes: (await stat(path)).size });
  }
  return found;
};

/** Removes segments that were archived before a time. Gives how many. */
export const expireArchive = async (folder: string, before: number): Promise<number> => {
  const outdated = (await listArchive(folder)).filter(({ at }) => at < before);
  for (const { path } of outdated) await rm(path, { force: true });
  return outdated.length;
};
