import { rmSync } from 'node:fs';
import { cp, mkdtemp, open, readdir, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders = new Set<string>();
/** What statfs calls a file system that is memory. */
const memoryFileSystems: ReadonlySet<number> = new Set([0x01021994, 0x858458f6]);

/** A folder for one measurement, where the machine keeps temporary files. */
export const scratchFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'guildhall-bench-'));
  folders.add(folder);
  return folder;
};

/**
 * Waits until the files of a folder are on the disk: by itself the system takes half a minute for it, and a flush of
 * what is measured meanwhile waits for some of that.
 */
export const settleFolder = async (folder: string): Promise<void> => {
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = await open(join(entry.parentPath, entry.name), 'r');
    try {
      await file.sync();
    } finally {
      await file.close();
    }
  }
};

/** Copies what a folder holds, to the disk. */
export const copyFolder = async (from: string, to: string): Promise<void> => {
  await cp(from, to, { recursive: true });
  await settleFolder(to);
};

/** Removes a scratch folder. */
export const removeFolder = async (folder: string): Promise<void> => {
  await rm(folder, { recursive: true, force: true });
  folders.delete(folder);
};

// However this process ends; not by SIGKILL, though.
process.on('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Throws where temporary files are kept in memory: a sync means nothing there, and so no figure does. */
export const assertOnDisk = async (): Promise<void> => {
  const { type } = await statfs(tmpdir());
  if (!memoryFileSystems.has(type)) return;
  throw new Error(
    'temporary files are kept in memory here, where nothing is durable: set TMPDIR to a folder on a disk',
  );
};
