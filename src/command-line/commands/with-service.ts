import { FolderInUseError, lockFolder } from '../../storage/owner-lock.ts';
import { requireStore } from '../folders.ts';
import type { CommandParts } from '../parts.ts';
import { remoteService } from '../service/requests.ts';
import { type StoreService, storeService } from '../service/service.ts';

/** Gives the service of a data folder: the running bot's, or one over the store itself where no bot runs. */
export const withService = async <T>(
  parts: CommandParts,
  path: string,
  use: (service: StoreService, folder: string) => Promise<T>,
): Promise<T> => {
  const folder = await requireStore(path);
  let lock: Awaited<ReturnType<typeof lockFolder>>;
  try {
    lock = await lockFolder(folder);
  } catch (failure) {
    if (failure instanceof FolderInUseError) return use(remoteService(folder), folder);
    throw failure;
  }
  try {
    const { registry } = await parts.declare(folder);
    const store = await parts.openData(registry, folder);
    try {
      return await use(storeService({ ...parts, store, directory: undefined, registry, dataFolder: folder }), folder);
    } finally {
      await store.shutdown();
    }
  } finally {
    await lock.release();
  }
};
