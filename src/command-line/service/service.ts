import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { erased } from '../../forgetting/state.ts';
import { type EpochMs, type GuildId, marketRealm } from '../../kernel/ids.ts';
import { keySeparator } from '../../kernel/key.ts';
import { departures } from '../../kernel/membership.ts';
import type { Registry } from '../../kernel/registry.ts';
import { beginHistory, readHistoryId } from '../../storage/archive/history-id.ts';
import { readRowFile } from '../../storage/backup/row-file.ts';
import { takeBackup } from '../../storage/backup/take.ts';
import { pack, unpack } from '../../storage/codec.ts';
import type { GuildState } from '../../storage/contract.ts';
import { nextTurn } from '../../storage/folders.ts';
import { entryBytesMax } from '../../storage/journal/format.ts';
import { DamagedStoreError } from '../../storage/ports.ts';
import { CommandError } from '../errors.ts';
import { commitChanges, type StoreParts, withGuild } from './alone.ts';
import {
  type BalanceDifference,
  balancesIn,
  type CollectionDifference,
  countChanges,
  differenceTo,
  rowsIn,
  type StagedRows,
} from './difference.ts';

/** What a backup came to. */
export interface BackupReport {
  readonly folder: string;
  readonly bytes: number;
  readonly rows: number;
  readonly guilds: number;
  readonly tookMs: number;
}

/** What a restore of a server has to know of it as it is. */
export interface GuildPresence {
  readonly lastAt: number;
  /** Members who were erased, as keyed hashes, and those who are being erased now. */
  readonly erased: readonly string[];
  readonly erasing: readonly string[];
}

/** What a restore of a server changes. */
export interface RestoreReport {
  readonly collections: readonly CollectionDifference[];
  readonly balances: readonly BalanceDifference[];
  readonly rows: number;
  readonly tookMs: number;
}

/** What a store does for an operator: in the process of the bot that has it, or in the command's own. */
export interface StoreService {
  readonly backup: (wish: { readonly to?: string | undefined }) => Promise<BackupReport>;
  readonly presence: (wish: { readonly guild: string }) => Promise<GuildPresence>;
  /** Makes a server's rows those of a file of rows; a dry run only says what that changes. */
  readonly restoreGuild: (wish: {
    readonly guild: string;
    readonly rows: string;
    /** Ids up to here are in the rows. */
    readonly sequence: number;
    readonly dryRun: boolean;
  }) => Promise<RestoreReport>;
}

/** What the service stands on. */
export interface ServiceParts extends StoreParts {
  readonly registry: Registry;
  readonly dataFolder: string;
  readonly now: () => number;
  readonly monotonicMs: () => number;
  readonly version: string;
  readonly signal?: AbortSignal | undefined;
}

/** Where backups go unless another folder is named. */
export const backupsFolder = (dataFolder: string): string => join(dataFolder, 'backups');

/** Leaves room for what an entry has beside its rows. */
const changesBytesMax = entryBytesMax - 64 * 1024;

const readStaged = async (path: string): Promise<StagedRows> => {
  const staged = new Map<string, Map<string, unknown>>();
  for await (const block of readRowFile(path)) {
    for (const [name, value] of block) {
      const end = name.indexOf(keySeparator);
      const collection = name.slice(0, end);
      const rows = staged.get(collection) ?? new Map<string, unknown>();
      rows.set(name.slice(end + 1), unpack(value, path));
      staged.set(collection, rows);
    }
    await nextTurn();
  }
  return staged;
};

const presenceOf = (state: GuildState): GuildPresence => ({
  lastAt: state.lastAt,
  erased: rowsIn(state, erased).map(([key]) => key),
  erasing: rowsIn(state, departures)
    .filter(([, row]) => (row as typeof departures.initial).stage !== 'away')
    .map(([key]) => key),
});

/** The service over an open store. */
export const storeService = (parts: ServiceParts): StoreService => {
  const { store, registry, dataFolder, now, monotonicMs } = parts;

  /** Without a bot, the command itself deals with a server that cannot be read. */
  const readable = async <T>(guild: string, use: () => Promise<T>): Promise<T> => {
    try {
      return await use();
    } catch (failure) {
      if (!(failure instanceof DamagedStoreError) || parts.directory === undefined) throw failure;
      throw new CommandError(`server ${guild} cannot be read: stop the bot, then restore it. Nothing was changed.`, {
        cause: failure,
      });
    }
  };

  const onGuild = async <T>(guild: string, run: (state: GuildState) => T): Promise<T> => {
    if (guild === marketRealm) throw new CommandError('the market is no server. Nothing was changed.');
    return readable(guild, async () =>
      withGuild(parts, guild as GuildId, (state) => {
        if (state.lastAt === 0) {
          throw new CommandError(
            `server ${guild} is unknown here: nothing was ever stored of it. Nothing was changed.`,
          );
        }
        return run(state);
      }),
    );
  };

  return {
    backup: async ({ to }) => {
      const startedMs = monotonicMs();
      // What is only in the journal would have to be applied by each restore.
      await store.snapshot();
      const history = (await readHistoryId(dataFolder)) ?? (await beginHistory(dataFolder));
      const { folder, bytes, manifest } = await takeBackup({
        store,
        dataFolder,
        to: to ?? backupsFolder(dataFolder),
        now,
        history,
        version: parts.version,
        signal: parts.signal,
      });
      const tookMs = Math.round(monotonicMs() - startedMs);
      return { folder, bytes, rows: manifest.rows, guilds: manifest.guilds, tookMs };
    },
    presence: ({ guild }) => onGuild(guild, presenceOf),
    restoreGuild: async ({ guild, rows, sequence, dryRun }) => {
      const startedMs = monotonicMs();
      const staged = await readStaged(rows);
      return onGuild(guild, (state) => {
        const changes = differenceTo(registry, state, staged);
        const bytes = changes.reduce((sum, { key, after }) => sum + key.length + pack(after).length + 64, 0);
        if (bytes > changesBytesMax) {
          throw new CommandError(
            `the difference is too large for one operation (${bytes} bytes): restore everything to another folder instead. Nothing was changed.`,
          );
        }
        const report = (): RestoreReport => ({
          collections: countChanges(changes),
          balances: balancesIn(changes),
          rows: changes.length,
          tookMs: Math.round(monotonicMs() - startedMs),
        });
        if (dryRun || changes.length === 0) return Promise.resolve(report());
        const at = Math.max(now(), state.lastAt) as EpochMs;
        // Ids go on from the present: none that was ever drawn is drawn again.
        const drawn = Math.max(sequence, state.sequence);
        const commit = { operation: 'core.restore', at, sequence: drawn, changes } as const;
        return commitChanges(store, state, commit).then(report);
      });
    },
  };
};

const workName = /^work-[0-9a-f-]{36}$/;

/** Whether a folder in a data folder is one that a command works with. */
export const isWorkFolder = (name: string): boolean => workName.test(name);

/** A folder for what a command works with, gone when it is done. */
export const withWorkFolder = async <T>(parent: string, use: (folder: string) => Promise<T>): Promise<T> => {
  const folder = join(parent, `work-${randomUUID()}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
