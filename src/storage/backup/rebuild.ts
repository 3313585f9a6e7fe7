import { join } from 'node:path';
import type { GuildId } from '../../kernel/ids.ts';
import { keySeparator } from '../../kernel/key.ts';
import type { History } from '../archive/history.ts';
import { replayJournal } from '../archive/replay-journal.ts';
import { decodeEntry } from '../entry-codec.ts';
import { nextTurn } from '../folders.ts';
import { nodeFiles } from '../journal/node-files.ts';
import { beginJournal } from '../journal/segments.ts';
import type { Position, ReplayedEntry, RowWrite } from '../ports.ts';
import { durableKey, systemMark } from '../row-keys.ts';
import { openLmdbRows } from '../rows/lmdb-rows.ts';
import { openStore, type StoreOptions } from '../store.ts';
import { type Backup, rowsName } from './manifest.ts';
import { readRowFile } from './row-file.ts';

const batchRowsMax = 2_000;
const batchBytesMax = 4 * 1024 * 1024;
const neverMs = 2 ** 31 - 1;

/** What a store is put together from. */
export interface RebuildParts {
  readonly backup: Backup;
  readonly history: History;
  /** Entries of later operations are left out. */
  readonly at: number;
  /** The one guild wanted; all of them unless given. */
  readonly guild?: GuildId | undefined;
  /** An empty folder, which becomes a data folder. */
  readonly folder: string;
  readonly declared: Pick<StoreOptions, 'collections' | 'alarms' | 'hides'>;
  /** Hears of guilds that cannot be brought up to date, and the like. */
  readonly onError: (error: unknown) => void;
}

/** What a rebuilt store is made of. */
export interface Rebuilt {
  readonly rows: number;
  readonly entries: number;
}

const isWanted = (guild: GuildId | undefined): ((key: string) => boolean) => {
  if (guild === undefined) return () => true;
  const prefix = `${guild}${keySeparator}`;
  const due = `${systemMark}due${keySeparator}`;
  return (key) => key.startsWith(prefix) || (key.startsWith(systemMark) && !key.startsWith(due));
};

const fillRows = async ({ backup, guild, folder }: RebuildParts): Promise<number> => {
  const rows = await openLmdbRows({ folder: join(folder, 'rows') });
  const wanted = isWanted(guild);
  let batch: RowWrite[] = [];
  let bytes = 0;
  let written = 0;
  const write = async (): Promise<void> => {
    await rows.write(batch);
    written += batch.length;
    batch = [];
    bytes = 0;
  };
  try {
    for await (const block of readRowFile(join(backup.folder, rowsName))) {
      for (const [key, value] of block) {
        // Of a journal that this folder will not have.
        if (!wanted(key) || key === durableKey) continue;
        batch.push({ key, value });
        bytes += value.length;
        if (batch.length >= batchRowsMax || bytes >= batchBytesMax) await write();
      }
      await nextTurn();
    }
    await write();
  } finally {
    await rows.close();
  }
  return written;
};

/**
 * Makes a data folder as of a time: a backup's rows, and what the history has of later operations folded into them. Its
 * journal is empty and goes on behind the last position of the history. Throws what reading the backup throws.
 */
export const rebuild = async (parts: RebuildParts): Promise<Rebuilt> => {
  const { backup, history, guild, at, folder, declared, onError } = parts;
  const after = backup.manifest.rowsPosition as Position;
  const written = await fillRows(parts);
  let entries = 0;
  const wanted = function* (from: Position): Generator<ReplayedEntry> {
    for (const entry of history.entries(from)) {
      if (guild !== undefined && entry.guild !== guild) continue;
      if (decodeEntry(entry).at > at) continue;
      entries += 1;
      yield entry;
    }
  };
  const last = history.last > after ? history.last : after;
  const rows = await openLmdbRows({ folder: join(folder, 'rows') });
  const store = await openStore({
    ...declared,
    // Entries that are not wanted are no gap.
    journal: replayJournal({ firstPosition: (after + 1) as Position, replay: wanted, read: history.read }, last),
    rows,
    snapshotIntervalMs: neverMs,
    every: () => () => undefined,
    onError,
  });
  try {
    await store.snapshot();
  } finally {
    await store.shutdown();
  }
  await beginJournal(await nodeFiles(join(folder, 'journal')), last + 1);
  return { rows: written, entries };
};
