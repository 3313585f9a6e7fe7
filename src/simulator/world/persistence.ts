import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeGuild, decodeRoot, encodeGuild, encodeRoot } from './codec.ts';
import type { World } from './world.ts';

/** A part of what is saved: `root` is users, commands, direct messages and the clock. */
export type SavedPart = 'root' | 'interactions' | { readonly guildId: string };

/** Saves the parts of the world that changed. */
export interface WorldStore {
  /** Says that a part changed; it is saved a little later. */
  readonly changed: (part: SavedPart) => void;
  /** Resolves when everything that had changed by now is on disk. Rejects when a file cannot be written. */
  readonly flush: () => Promise<void>;
}

const debounceMs = 250;
/** A world of thousands of messages takes long to write; it is written so rarely that this many times as long goes by. */
const restFactor = 20;

/** Writes a file so that a reader finds the old or the new content, never a part. */
const replaceFile = async (path: string, text: string): Promise<void> => {
  await writeFile(`${path}.new`, text);
  await rename(`${path}.new`, path);
};

const readIfThere = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/** The text of the interactions saved in a folder; `undefined` when there are none. */
export const loadInteractions = (folder: string): Promise<string | undefined> =>
  readIfThere(join(folder, 'interactions.json'));

/** Reads the world of a folder; `undefined` when there is none. Rejects on a damaged file. */
export const loadWorld = async (folder: string): Promise<World | undefined> => {
  await mkdir(join(folder, 'guilds'), { recursive: true });
  const rootText = await readIfThere(join(folder, 'world.json'));
  if (rootText === undefined) return undefined;
  const world = decodeRoot(rootText);
  const files = (await readdir(join(folder, 'guilds'))).filter((name) => name.endsWith('.json'));
  for (const name of files.sort()) decodeGuild(world, await readFile(join(folder, 'guilds', name), 'utf8'));
  return world;
};

/** A store for a world without a folder: everything is forgotten at the end. */
export const forgetfulStore: WorldStore = { changed: () => {}, flush: () => Promise.resolve() };

/**
 * A store that saves `world` in `folder`, 250 ms after a change or later where that takes long, and with it the text of the interactions. `failed`
 * hears of a file that cannot be written.
 */
export const createWorldStore = (
  world: World,
  folder: string,
  interactionsText: () => string,
  failed: (error: unknown) => void,
): WorldStore => {
  const dirty = new Set<string>();
  let writing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let writeMs = 0;

  const writePart = async (part: string): Promise<void> => {
    if (part === 'interactions') return replaceFile(join(folder, 'interactions.json'), interactionsText());
    if (part === 'root') return replaceFile(join(folder, 'world.json'), encodeRoot(world));
    const path = join(folder, 'guilds', `${part}.json`);
    const guild = world.guilds.get(part);
    return guild === undefined ? rm(path, { force: true }) : replaceFile(path, encodeGuild(guild));
  };
  const writeAll = async (): Promise<void> => {
    const startedMs = performance.now();
    for (const part of dirty) {
      dirty.delete(part);
      try {
        await writePart(part);
      } catch (error) {
        dirty.add(part);
        throw error;
      }
    }
    writeMs = performance.now() - startedMs;
  };
  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    // One write at a time: the file of a part must not be renamed while the same part is being written again.
    writing = writing.then(writeAll, writeAll);
    return writing;
  };
  return {
    changed: (part) => {
      dirty.add(typeof part === 'string' ? part : part.guildId);
      timer ??= setTimeout(
        () => {
          flush().catch(failed);
        },
        Math.max(debounceMs, writeMs * restFactor),
      );
    },
    flush,
  };
};
