import { createHash, createHmac, randomBytes } from 'node:crypto';
import { type FileHandle, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { MemberHash } from './remembrance.ts';

const keyName = 'installation.key';
const keyBytes = 32;
const format = /^guildhall key 1 ([0-9a-f]{64}) ([0-9a-f]{8})\n$/;

/** The key of the installation cannot be used. The message is one line for people. */
export class InstallationKeyError extends Error {
  override readonly name = 'InstallationKeyError';
}

const checkOf = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 8);

const readKey = async (path: string): Promise<Buffer | undefined> => {
  let text: string;
  try {
    text = await readFile(path, 'latin1');
  } catch (failure) {
    if (failure instanceof Error && 'code' in failure && failure.code === 'ENOENT') return undefined;
    throw new InstallationKeyError(`The key ${path} cannot be read: ${String(failure)}`, { cause: failure });
  }
  const [, key = '', check] = format.exec(text) ?? [];
  if (check === undefined || checkOf(key) !== check) {
    throw new InstallationKeyError(
      `The key ${path} is damaged: put it back from a backup, or delete it, and those who left may get once more what is given once.`,
    );
  }
  return Buffer.from(key, 'hex');
};

const withFile = async (opening: Promise<FileHandle>, use: (file: FileHandle) => Promise<void>): Promise<void> => {
  const file = await opening;
  try {
    await use(file);
  } finally {
    await file.close();
  }
};

/** Either the whole key is there under its name, on the disk, or none: a half one would refuse every later start. */
const writeKey = async (folder: string, path: string, key: Buffer): Promise<void> => {
  const text = key.toString('hex');
  const draft = `${path}.new`;
  await withFile(open(draft, 'w', 0o600), async (file) => {
    // A draft left by a crash keeps the mode it had.
    await file.chmod(0o600);
    await file.writeFile(`guildhall key 1 ${text} ${checkOf(text)}\n`);
    await file.sync();
  });
  await rename(draft, path);
  await withFile(open(folder, 'r'), (opened) => opened.sync());
};

/**
 * The 32-byte key of an installation, in its data folder, which is this process's own; made at the first start. Rejects
 * with `InstallationKeyError` when it is damaged or cannot be read.
 */
export const loadInstallationKey = async (folder: string): Promise<Uint8Array> => {
  const path = join(folder, keyName);
  const known = await readKey(path);
  if (known !== undefined) return known;
  const key = randomBytes(keyBytes);
  await writeKey(folder, path, key);
  return key;
};

/** The keyed hash of members: HMAC-SHA-256 over guild and member, as 43 characters of base64url. */
export const memberHash =
  (key: Uint8Array): MemberHash =>
  (guild, member) =>
    createHmac('sha256', key).update(`${guild} ${member}`).digest('base64url');
