import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../folders.ts';

const fileName = 'history.id';

/** The history a data folder's positions belong to; `undefined` where it has none. */
export const readHistoryId = async (folder: string): Promise<string | undefined> => {
  try {
    return (await readFile(join(folder, fileName), 'utf8')).trim();
  } catch (failure) {
    if (failure instanceof Error && 'code' in failure && failure.code === 'ENOENT') return undefined;
    throw failure;
  }
};

/**
 * Begins a history in a data folder. A restored store begins one of its own: its positions go on from an earlier time,
 * and segments of what was undone must never be taken for its own.
 */
export const beginHistory = async (folder: string): Promise<string> => {
  const id = randomUUID();
  const draft = join(folder, `${fileName}.new`);
  await writeFile(draft, `${id}\n`, { flush: true });
  await rename(draft, join(folder, fileName));
  await syncFolder(folder);
  return id;
};
