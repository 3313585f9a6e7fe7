import type { GuildId } from '../../../src/kernel/ids.ts';
import type { GuildState, Released, Store } from '../../../src/storage/contract.ts';
import { type MemoryFiles, memoryFiles } from '../../../src/storage/journal/memory-files.ts';
import { openSegmentJournal } from '../../../src/storage/journal/segment-journal.ts';
import { type MemoryRows, memoryRows } from '../../../src/storage/rows/memory-rows.ts';
import { openStore, type StoreOptions } from '../../../src/storage/store.ts';
import { collections } from './collections.ts';
import { commitOf, type Deed } from './model.ts';

/** Where a store keeps its data: a simulated disk under the real journal, and rows in memory. */
export interface Disk {
  readonly files: MemoryFiles;
  readonly rows: MemoryRows;
}

export const emptyDisk = (): Disk => ({ files: memoryFiles(), rows: memoryRows() });

/** A store on a disk, with what its callbacks and reports said. */
export interface Machine {
  readonly disk: Disk;
  readonly store: Store;
  readonly errors: unknown[];
  /** Calls the snapshot timer. */
  readonly tick: () => void;
}

export const start = async (
  disk: Disk,
  options: Partial<StoreOptions> = {},
  segmentBytesMax = 1_024,
): Promise<Machine> => {
  const errors: unknown[] = [];
  let tick: () => void = () => undefined;
  const journal = await openSegmentJournal({
    folder: 'journal',
    files: disk.files,
    durability: 'power',
    segmentBytesMax,
  });
  const store = await openStore({
    journal,
    rows: disk.rows,
    collections,
    snapshotIntervalMs: 1_000,
    onError: (error) => errors.push(error),
    every: (_, run) => {
      tick = run;
      return () => undefined;
    },
    after: (_, run) => setImmediate(run),
    ...options,
  });
  return { disk, store, errors, tick: () => tick() };
};

/** What the next process finds when this one ended now. The old one may go on, on a disk of its own. */
export const afterCrash = ({ files, rows }: Disk, how: 'power' | 'kill', chance: () => number): Disk => ({
  files: how === 'power' ? files.afterPowerCut(chance) : files.afterKill(chance),
  rows: rows.afterPowerCut(chance),
});

/** Lets the event loop turn, which is when a simulated disk answers. */
export const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => void setImmediate(resolve));
};

/** Commits a deed; `sequence` deeds of its guild came before. */
export const commit = (store: Store, state: GuildState, deed: Deed, sequence: number): Promise<Released> =>
  new Promise((resolve) => store.commit(state, commitOf(state, deed, sequence), resolve));

/** Draws from 0 to 1, the same for the same seed. */
export const chancesFrom = (seed: number): (() => number) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** Guilds opened when they are first asked for. */
export const openStates = (store: Store) => {
  const states = new Map<GuildId, GuildState>();
  return {
    of(guild: GuildId): GuildState {
      const state = states.get(guild) ?? store.open(guild);
      states.set(guild, state);
      return state;
    },
    close(guild: GuildId): void {
      const state = states.get(guild);
      if (state !== undefined) store.close(state);
      states.delete(guild);
    },
  };
};
