import { copyFile, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { marketRealm } from '../../kernel/ids.ts';
import { keySeparator } from '../../kernel/key.ts';
import { readTrimmed } from '../catalogue.ts';
import type { FrozenStore, Store } from '../contract.ts';
import { nextTurn, syncFolder } from '../folders.ts';
import { type HeldSegment, noPosition, type Position, type RowsView } from '../ports.ts';
import { isAnswerKey, justBehind, storeKey } from '../row-keys.ts';
import {
  type Backup,
  BackupError,
  checkBackup,
  describeFile,
  isUnfinishedName,
  journalFolderName,
  keyName,
  type Manifest,
  nameOfBackup,
  readBackup,
  rowsName,
  unfinishedSuffix,
  writeManifest,
} from './manifest.ts';
import { readRowFile, writeRowFile } from './row-file.ts';

/** Rows copied in one turn of the event loop: some milliseconds. */
const rowsATurn = 200;
const pieceBytes = 256 * 1024;
/** Behind every key there is. */
const behindAll = '\uffff';

/** What a backup is taken of, and where to. */
export interface BackupParts {
  readonly store: Pick<Store, 'freeze'>;
  readonly dataFolder: string;
  /** The folder that backups are put in, one folder each. */
  readonly to: string;
  readonly now: () => number;
  /** The installation's history, from `readHistoryId`. */
  readonly history: string;
  readonly version: string;
  /** When it is aborted, the backup ends unfinished. */
  readonly signal?: AbortSignal | undefined;
}

const copyRows = async (
  view: RowsView,
  path: string,
  signal: AbortSignal | undefined,
): Promise<{ readonly rows: number; readonly guilds: number }> => {
  const file = await writeRowFile(path);
  try {
    let from = '';
    let guild = '';
    let guilds = 0;
    for (;;) {
      signal?.throwIfAborted();
      const found = view.range({ from, to: behindAll, reverse: false, limit: rowsATurn });
      for (const [key, value] of found) {
        from = justBehind(key);
        // Answers that interactions got in the last minutes: nobody asks for them after a restore.
        if (isAnswerKey(key)) continue;
        await file.add(key, value);
        const owner = key.slice(0, Math.max(key.indexOf(keySeparator), 0));
        if (owner !== guild && /^\d+$/.test(owner) && owner !== marketRealm) guilds += 1;
        guild = owner;
      }
      if (found.length < rowsATurn) return { rows: await file.finish(), guilds };
      await nextTurn();
    }
  } catch (failure) {
    await file.abandon().catch(() => undefined);
    throw failure;
  }
};

const copySegment = async (segment: HeldSegment, path: string, signal: AbortSignal | undefined): Promise<void> => {
  const file = await open(path, 'wx', 0o600);
  try {
    const piece = Buffer.allocUnsafe(pieceBytes);
    for (let offset = 0; offset < segment.bytes; ) {
      signal?.throwIfAborted();
      const read = segment.read(offset, piece.subarray(0, Math.min(pieceBytes, segment.bytes - offset)));
      if (read === 0) throw new BackupError(`${segment.name} of the journal ended before its last entry`);
      await file.writeFile(piece.subarray(0, read));
      offset += read;
      await nextTurn();
    }
    await file.sync();
  } finally {
    await file.close();
  }
};

const copyKey = async (dataFolder: string, folder: string): Promise<readonly string[]> => {
  try {
    await copyFile(join(dataFolder, keyName), join(folder, keyName));
  } catch (failure) {
    if (failure instanceof Error && 'code' in failure && failure.code === 'ENOENT') return [];
    throw failure;
  }
  return [keyName];
};

const trimmedIn = (view: RowsView): Position => {
  const [found] = view.range({ from: storeKey, to: `${storeKey} `, reverse: false, limit: 1 });
  return found === undefined ? noPosition : readTrimmed({ get: () => found[1] });
};

const fill = async (frozen: FrozenStore, folder: string, parts: BackupParts): Promise<Manifest> => {
  const { now, signal, history, version } = parts;
  const rowsAt = now();
  const rowsPosition = trimmedIn(frozen.rows);
  const { rows, guilds } = await copyRows(frozen.rows, join(folder, rowsName), signal);
  // After the rows, so that the backup is as of its end. Nothing above the position of the rows is missing.
  const at = now();
  const segments = await frozen.segments();
  await mkdir(join(folder, journalFolderName));
  for (const segment of segments) await copySegment(segment, join(folder, journalFolderName, segment.name), signal);
  const key = await copyKey(parts.dataFolder, folder);
  const paths = [rowsName, ...segments.map(({ name }) => join(journalFolderName, name)), ...key];
  const files: Manifest['files'] = [];
  for (const path of paths) files.push(await describeFile(folder, path));
  const journalPosition = (segments.at(-1)?.next ?? 1) - 1;
  return { rowsAt, at, history, version, guilds, rows, rowsPosition, journalPosition, files };
};

/** Removes what backups left that were cut short. Not while one is being taken. */
export const removeUnfinished = async (to: string): Promise<void> => {
  const names = await readdir(to).catch((failure: unknown) => {
    if (failure instanceof Error && 'code' in failure && failure.code === 'ENOENT') return [];
    throw failure;
  });
  for (const name of names) {
    if (isUnfinishedName(name)) await rm(join(to, name), { recursive: true, force: true });
  }
};

const checkRows = async ({ folder, manifest }: Backup): Promise<void> => {
  let rows = 0;
  for await (const block of readRowFile(join(folder, rowsName))) rows += block.length;
  if (rows !== manifest.rows) throw new BackupError(`${folder} has ${rows} rows instead of ${manifest.rows}`);
};

/**
 * Backs a store up while it goes on: its rows as of one time, then the journal, which keeps everything meanwhile. What
 * was written is read again and compared. The backup has its name when it is complete; one that is cut short has not.
 * Rejects with what the system says, or with `BackupError`.
 */
export const takeBackup = async (parts: BackupParts): Promise<Backup> => {
  const { store, to, now } = parts;
  await mkdir(to, { recursive: true });
  await removeUnfinished(to);
  const finished = join(to, nameOfBackup(now()));
  const folder = `${finished}${unfinishedSuffix}`;
  await mkdir(folder, { mode: 0o700 });
  try {
    const frozen = store.freeze();
    let manifest: Manifest;
    try {
      manifest = await fill(frozen, folder, parts);
    } finally {
      frozen.close();
    }
    await writeManifest(folder, manifest);
    const backup = await readBackup(folder);
    if (backup === undefined) throw new BackupError(`${folder} has no manifest`);
    await checkBackup(backup);
    await checkRows(backup);
    await syncFolder(join(folder, journalFolderName));
    await syncFolder(folder);
    await rename(folder, finished);
    await syncFolder(to);
    return { ...backup, folder: finished };
  } catch (failure) {
    await rm(folder, { recursive: true, force: true });
    throw failure;
  }
};
