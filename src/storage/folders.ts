import { open } from 'node:fs/promises';

/** Names in the folder survive a power cut when it resolves. */
export const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** The rest of this turn of the event loop is others'. */
export const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    globalThis.setImmediate(resolve);
  });
