import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The contents of attachments, by attachment id. */
export interface Files {
  readonly put: (id: string, bytes: Uint8Array) => Promise<void>;
  /** `undefined` when it was forgotten or never was there. */
  readonly get: (id: string) => Promise<Uint8Array | undefined>;
}

const keptBytesMax = 64 * 1024 * 1024;

/** Keeps the newest 64 MiB in memory and, given a folder, everything there. */
export const createFiles = (folder: string | undefined): Files => {
  const kept = new Map<string, Uint8Array>();
  let keptBytes = 0;
  return {
    put: async (id, bytes) => {
      kept.set(id, bytes);
      keptBytes += bytes.byteLength;
      for (const [oldest, content] of kept) {
        if (keptBytes <= keptBytesMax) break;
        kept.delete(oldest);
        keptBytes -= content.byteLength;
      }
      if (folder === undefined) return;
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, id), bytes);
    },
    get: async (id) => {
      const inMemory = kept.get(id);
      if (inMemory !== undefined || folder === undefined || !/^\d+$/.test(id)) return inMemory;
      try {
        return await readFile(join(folder, id));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
  };
};
