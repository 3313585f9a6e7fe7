import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { type EpochMs, epochMs } from '../kernel/ids.ts';

const fileIn = (folder: string): string => join(folder, 'last-seen');

/** The newest time of the machine's clock kept in a data folder; `undefined` when there is none that can be read. */
export const readLastSeen = async (folder: string): Promise<EpochMs | undefined> => {
  try {
    const text = await readFile(fileIn(folder), 'utf8');
    return /^\d{1,15}\n$/.test(text) ? epochMs(Number(text)) : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};

/** Keeps a time in a data folder: after a power cut the file holds this time or the one before. */
export const writeLastSeen = async (folder: string, at: EpochMs): Promise<void> => {
  const file = fileIn(folder);
  const draft = await open(`${file}.new`, 'w');
  try {
    await draft.writeFile(`${at}\n`);
    await draft.datasync();
  } finally {
    await draft.close();
  }
  await rename(`${file}.new`, file);
};
