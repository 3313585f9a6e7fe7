import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { messages as actorMessages } from '../src/actors/text.ts';
import { features } from '../src/features/index.ts';
import { outbox } from '../src/kernel/effect.ts';
import { departures } from '../src/kernel/membership.ts';
import { registry as collect } from '../src/kernel/registry.ts';
import { timers } from '../src/kernel/timer.ts';
import type { Store } from '../src/storage/contract.ts';
import { openSegmentJournal } from '../src/storage/journal/segment-journal.ts';
import type { Journal, Rows } from '../src/storage/ports.ts';
import { openLmdbRows } from '../src/storage/rows/lmdb-rows.ts';
import { openStore } from '../src/storage/store.ts';

const run = promisify(execFile);

/** A store that no bot runs on, and what it stands on. */
export interface StoppedStore {
  readonly store: Store;
  readonly rows: Rows;
  readonly journal: Journal;
}

/** Opens the store over a journal and rows as a bot would, but never writes a snapshot by itself. */
export const openStopped = async (journal: Journal, rows: Rows): Promise<StoppedStore> => {
  const { collections } = collect(features, [actorMessages]);
  const store = await openStore({
    journal,
    rows,
    collections: [...collections.values()],
    alarms: [
      { collection: timers, ordering: 'due' },
      { collection: outbox, ordering: 'due' },
    ],
    hides: departures,
    snapshotIntervalMs: 1,
    every: () => () => undefined,
    onError: (error) => {
      throw error;
    },
  });
  return { store, rows, journal };
};

/** Copies journal and rows of a data folder into another, zeros as holes. */
export const copyStore = async (dataFolder: string, to: string): Promise<void> => {
  await run('cp', ['-r', '--sparse=always', join(dataFolder, 'journal'), join(dataFolder, 'rows'), to]);
};

/**
 * Looks at what a killed bot left, on a copy: the next start finds the folder untouched. `look` gets the store as the
 * next start would open it; nothing of it may be used afterwards. Rejects as the start would.
 */
export const withStoppedStore = async <T>(dataFolder: string, look: (stopped: StoppedStore) => T): Promise<T> => {
  const copy = await mkdtemp(join(tmpdir(), 'guildhall-look-'));
  try {
    await copyStore(dataFolder, copy);
    const journal = await openSegmentJournal({ folder: join(copy, 'journal'), durability: 'power' });
    const rows = await openLmdbRows({ folder: join(copy, 'rows') });
    try {
      return look(await openStopped(journal, rows));
    } finally {
      await journal.close();
      await rows.close();
    }
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
};
