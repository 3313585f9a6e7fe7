import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DamagedStoreError, NewerStoreError } from '../ports.ts';

/** The format written. */
const backupFormat = 1;
export const manifestName = 'manifest.json';
/** The files of a backup beside the manifest and the journal's segments. */
export const rowsName = 'rows.guildhall';
export const journalFolderName = 'journal';
export const keyName = 'installation.key';

/** Backups cannot be used: the message is one line for people. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

const whole = z.int().nonnegative();
const fileSchema = z.strictObject({ path: z.string(), bytes: whole, sha256: z.string() });
const manifestSchema = z.strictObject({
  format: z.literal(backupFormat),
  /** When the rows were looked at, and up to when the journal tells what followed. */
  rowsAt: whole,
  at: whole,
  /** The installation's history the positions belong to. */
  history: z.string(),
  version: z.string(),
  guilds: whole,
  rows: whole,
  /** Entries up to here are in the rows. */
  rowsPosition: whole,
  /** The last entry in the journal. */
  journalPosition: whole,
  files: z.array(fileSchema),
});
/** What a backup is made of. */
export type Manifest = Readonly<Omit<z.infer<typeof manifestSchema>, 'format'>>;
type BackedUpFile = Manifest['files'][number];

/** A finished backup. */
export interface Backup {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly bytes: number;
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Length and SHA-256 of a file. */
export const describeFile = async (folder: string, path: string): Promise<BackedUpFile> => {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of createReadStream(join(folder, path))) {
    bytes += (chunk as Buffer).length;
    hash.update(chunk as Buffer);
  }
  return { path, bytes, sha256: hash.digest('hex') };
};

/** Writes the manifest, the last file of a backup. */
export const writeManifest = async (folder: string, manifest: Manifest): Promise<void> => {
  const text = JSON.stringify({ format: backupFormat, ...manifest });
  await writeFile(join(folder, manifestName), `${text}\n${digest(text)}\n`, { flush: true });
};

const refuse = (folder: string, what: string, cause?: unknown): BackupError =>
  new BackupError(`${folder} ${what}. Nothing was changed.`, { cause });

const parse = (folder: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw refuse(folder, 'is a damaged backup: its manifest cannot be read', cause);
  }
};

/** Reads a backup's manifest; `undefined` in a folder without one. Throws `BackupError` on a damaged one. */
export const readBackup = async (folder: string): Promise<Backup | undefined> => {
  let text: string;
  try {
    text = await readFile(join(folder, manifestName), 'utf8');
  } catch (failure) {
    if (failure instanceof Error && 'code' in failure && failure.code === 'ENOENT') return undefined;
    throw refuse(folder, 'cannot be read', failure);
  }
  const [body = '', check] = text.split('\n');
  if (digest(body) !== check) throw refuse(folder, 'is a damaged backup: its manifest was changed');
  const values = parse(folder, body);
  const format = z.object({ format: whole }).safeParse(values);
  if (format.success && format.data.format > backupFormat) {
    throw new NewerStoreError(`${folder} is a backup of a newer version of Guildhall. Nothing was changed.`);
  }
  const parsed = manifestSchema.safeParse(values);
  if (!parsed.success) throw refuse(folder, 'is a damaged backup: its manifest has an unknown form', parsed.error);
  const { format: _, ...manifest } = parsed.data;
  return { folder, manifest, bytes: manifest.files.reduce((sum, { bytes }) => sum + bytes, 0) };
};

/** Compares every file with the manifest. Throws `BackupError` with the first that is not what was written. */
export const checkBackup = async ({ folder, manifest }: Backup): Promise<void> => {
  for (const { path, bytes, sha256 } of manifest.files) {
    let found: BackedUpFile;
    try {
      found = await describeFile(folder, path);
    } catch (failure) {
      throw refuse(folder, `is a damaged backup: ${path} cannot be read`, failure);
    }
    if (found.bytes !== bytes) {
      throw refuse(folder, `is a damaged backup: ${path} has ${found.bytes} bytes instead of ${bytes}`);
    }
    if (found.sha256 !== sha256) throw refuse(folder, `is a damaged backup: ${path} was changed`);
  }
};

/** The finished backups in a folder, oldest first, and how many folders look like one and cannot be used. */
export const listBackups = async (
  folder: string,
): Promise<{ readonly backups: readonly Backup[]; readonly damaged: readonly string[] }> => {
  const backups: Backup[] = [];
  const damaged: string[] = [];
  const names = await readdir(folder).catch((failure: unknown) => {
    if (failure instanceof Error && 'code' in failure && failure.code === 'ENOENT') return [];
    throw failure;
  });
  for (const name of names) {
    const path = join(folder, name);
    if (!isBackupName(name) || !(await stat(path)).isDirectory()) continue;
    try {
      const backup = await readBackup(path);
      if (backup === undefined) damaged.push(path);
      else backups.push(backup);
    } catch (failure) {
      if (!(failure instanceof BackupError || failure instanceof DamagedStoreError)) throw failure;
      damaged.push(path);
    }
  }
  backups.sort((one, other) => one.manifest.at - other.manifest.at);
  return { backups, damaged };
};

const namePattern = /^backup-\d{8}T\d{9}Z$/;

/** The name of a backup's folder. */
export const nameOfBackup = (at: number): string => `backup-${new Date(at).toISOString().replaceAll(/[-:.]/g, '')}`;

const isBackupName = (name: string): boolean => namePattern.test(name);

/** What a backup's folder is called until it is finished. */
export const unfinishedSuffix = '.unfinished';

/** Whether a folder is one that a backup was cut short in. */
export const isUnfinishedName = (name: string): boolean =>
  name.endsWith(unfinishedSuffix) && isBackupName(name.slice(0, -unfinishedSuffix.length));
