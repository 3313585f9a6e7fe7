import { readdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { readHistoryId } from '../storage/archive/history-id.ts';
import { type Backup, checkBackup, isUnfinishedName, listBackups, readBackup } from '../storage/backup/manifest.ts';
import { CommandError } from './errors.ts';
import { timeText } from './words.ts';

const isFolder = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
};

const bytesUnder = async (path: string): Promise<number> => {
  let bytes = 0;
  for (const entry of await readdir(path, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    // What goes meanwhile takes no room.
    bytes += await stat(join(entry.parentPath, entry.name)).then(
      ({ size }) => size,
      () => 0,
    );
  }
  return bytes;
};

/** Bytes of all files in a folder; 0 where there is none. */
export const folderBytes = async (path: string): Promise<number> => ((await isFolder(path)) ? bytesUnder(path) : 0);

/** Throws `CommandError` unless there is a folder. */
export const requireFolder = async (path: string): Promise<string> => {
  const folder = resolve(path);
  if (!(await isFolder(folder))) throw new CommandError(`${folder} is no folder. Nothing was changed.`);
  return folder;
};

/** Throws `CommandError` where a folder can neither be nor be made. */
export const requireFolderOrNothing = async (path: string): Promise<string> => {
  const folder = resolve(path);
  const found = await stat(folder).catch(() => undefined);
  if (found !== undefined && !found.isDirectory()) {
    throw new CommandError(`${folder} is no folder. Nothing was changed.`);
  }
  return folder;
};

/** Throws `CommandError` unless there is a store in the folder. */
export const requireStore = async (path: string): Promise<string> => {
  const folder = await requireFolder(path);
  for (const part of ['journal', 'rows']) {
    if (!(await isFolder(join(folder, part)))) {
      throw new CommandError(`${folder} has no store of Guildhall in it. Nothing was changed.`);
    }
  }
  return folder;
};

const newestBefore = (folder: string, backups: readonly Backup[], at: number | undefined): Backup => {
  const [oldest] = backups;
  if (oldest === undefined) throw new CommandError(`${folder} has no backup in it. Nothing was changed.`);
  const chosen = backups.findLast(({ manifest }) => at === undefined || manifest.rowsAt <= at);
  if (chosen !== undefined) return chosen;
  throw new CommandError(
    `the time is outside history: the oldest backup in ${folder} is of ${timeText(oldest.manifest.rowsAt)}. Nothing was changed.`,
  );
};

/**
 * The backup in a folder, or the newest before a time of those in it; every byte of it is what was written. Throws
 * `CommandError` or `BackupError`.
 */
export const chooseBackup = async (path: string, at: number | undefined): Promise<Backup> => {
  const folder = await requireFolder(path);
  if (isUnfinishedName(folder.split('/').at(-1) ?? '')) {
    throw new CommandError(`${folder} is a backup that was cut short. Nothing was changed.`);
  }
  const own = await readBackup(folder);
  const { backups } = own === undefined ? await listBackups(folder) : { backups: [own] };
  const chosen = newestBefore(folder, backups, at);
  await checkBackup(chosen);
  return chosen;
};

/** The data folder whose history goes on from a backup: one that is named, or the one that the backup is in. */
export const historyFolder = async (backup: Backup, named: string | undefined): Promise<string | undefined> => {
  const candidate = named === undefined ? dirname(dirname(backup.folder)) : await requireStore(named);
  const id = await readHistoryId(candidate);
  if (id === backup.manifest.history) return candidate;
  if (named === undefined) return undefined;
  throw new CommandError(
    `the history in ${candidate} is not the one that ${backup.folder} belongs to. Nothing was changed.`,
  );
};
