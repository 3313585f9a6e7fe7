import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { removeUnfinished } from '../../storage/backup/take.ts';
import { FolderInUseError, lockFolder } from '../../storage/owner-lock.ts';
import { CommandError } from '../errors.ts';
import { backupsFolder, isWorkFolder, type StoreService } from './service.ts';

/*
 * A command asks a running bot through files in the data folder: `ID.request`, which the bot renames to `ID.taken`
 * and answers with `ID.answer`. Whoever may write to the folder may ask, and nobody else.
 */
const pollMs = 200;
/** A bot that did not take a request for so long is not going to. */
const takenWithinMs = 20_000;
/** How often it is looked whether the bot is still there. */
const ownerCheckMs = 2_000;
const requestName = /^([0-9a-f-]{36})\.request$/;

/** Where requests are left in a data folder. */
export const requestsFolder = (dataFolder: string): string => join(dataFolder, 'requests');

const requestSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('backup'), wish: z.strictObject({ to: z.string().optional() }) }),
  z.strictObject({ do: z.literal('presence'), wish: z.strictObject({ guild: z.string() }) }),
  z.strictObject({
    do: z.literal('restoreGuild'),
    wish: z.strictObject({
      guild: z.string(),
      rows: z.string(),
      sequence: z.int().nonnegative(),
      dryRun: z.boolean(),
    }),
  }),
]);
type Request = z.infer<typeof requestSchema>;
const answerSchema = z.union([z.strictObject({ done: z.unknown() }), z.strictObject({ failed: z.string() })]);

const oneLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll(/\s*\n\s*/g, ' ');

const perform = (service: StoreService, request: Request): Promise<unknown> => {
  if (request.do === 'backup') return service.backup(request.wish);
  if (request.do === 'presence') return service.presence(request.wish);
  return service.restoreGuild(request.wish);
};

/** The file has all of its content when it has its name. */
const writeWhole = async (path: string, value: unknown): Promise<void> => {
  await writeFile(`${path}.draft`, JSON.stringify(value), { mode: 0o600 });
  await rename(`${path}.draft`, path);
};

/** Answers commands for as long as the bot runs. */
export interface RequestServer {
  /** Takes nothing any more and resolves when what was taken is answered. */
  readonly stop: () => Promise<void>;
}

/** Removes what commands and backups left that were killed: it names members, and would never expire. */
const clearLeftovers = async (dataFolder: string): Promise<void> => {
  for (const name of await readdir(dataFolder)) {
    if (isWorkFolder(name)) await rm(join(dataFolder, name), { recursive: true, force: true });
  }
  await removeUnfinished(backupsFolder(dataFolder));
};

/** Serves what is asked through a data folder, which is this process's own; what was asked of an earlier one goes. */
export const serveRequests = async (dataFolder: string, service: StoreService): Promise<RequestServer> => {
  const folder = requestsFolder(dataFolder);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
  await clearLeftovers(dataFolder);
  const stopping = new AbortController();

  const answer = async (id: string): Promise<void> => {
    const taken = join(folder, `${id}.taken`);
    await rename(join(folder, `${id}.request`), taken);
    let result: unknown;
    try {
      const request = requestSchema.parse(JSON.parse(await readFile(taken, 'utf8')));
      result = { done: await perform(service, request) };
    } catch (error) {
      result = { failed: oneLine(error) };
    }
    await writeWhole(join(folder, `${id}.answer`), result);
    await rm(taken, { force: true });
  };
  const serve = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      for (const name of await readdir(folder).catch(() => [])) {
        const [, id] = requestName.exec(name) ?? [];
        // A command that was ended meanwhile took its request away.
        if (id !== undefined && !stopping.signal.aborted) await answer(id).catch(() => undefined);
      }
      await sleep(pollMs, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    }
  };
  const serving = serve();
  return {
    stop: () => {
      stopping.abort();
      return serving;
    },
  };
};

const exists = async (folder: string, name: string): Promise<boolean> => (await readdir(folder)).includes(name);

/** Whether nobody has the folder. */
const isFree = async (dataFolder: string): Promise<boolean> => {
  try {
    await (await lockFolder(dataFolder)).release();
    return true;
  } catch (failure) {
    if (failure instanceof FolderInUseError) return false;
    throw failure;
  }
};

const ask = async (dataFolder: string, request: Request): Promise<unknown> => {
  const folder = requestsFolder(dataFolder);
  const id = randomUUID();
  const path = (ending: string): string => join(folder, `${id}.${ending}`);
  const inUse = `The data folder ${dataFolder} is in use by a process that does not answer: stop it, and try again. Nothing was changed.`;
  try {
    await writeWhole(path('request'), request);
  } catch (cause) {
    throw new CommandError(inUse, { cause });
  }
  try {
    for (let waitedMs = 0; !(await exists(folder, `${id}.answer`)); waitedMs += pollMs) {
      if (waitedMs >= takenWithinMs && (await exists(folder, `${id}.request`))) throw new CommandError(inUse);
      if (waitedMs % ownerCheckMs === 0 && waitedMs > 0 && (await isFree(dataFolder))) {
        throw new CommandError('the bot ended before it answered: try again.');
      }
      await sleep(pollMs);
    }
    const answer = answerSchema.parse(JSON.parse(await readFile(path('answer'), 'utf8')));
    if ('failed' in answer) throw new CommandError(answer.failed);
    return answer.done;
  } finally {
    for (const ending of ['request', 'answer']) await rm(path(ending), { force: true }).catch(() => undefined);
  }
};

/** The service of the bot that has a data folder. */
export const remoteService = (dataFolder: string): StoreService => ({
  backup: (wish) => ask(dataFolder, { do: 'backup', wish }) as ReturnType<StoreService['backup']>,
  presence: (wish) => ask(dataFolder, { do: 'presence', wish }) as ReturnType<StoreService['presence']>,
  restoreGuild: (wish) => ask(dataFolder, { do: 'restoreGuild', wish }) as ReturnType<StoreService['restoreGuild']>,
});
