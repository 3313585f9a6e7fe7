// A whole runtime on simulated disks, for properties: the real actors, transactions, store and journal.
import pino, { type Logger } from 'pino';
import { type GuildDirectory, startDirectory } from '../../src/actors/directory.ts';
import type { Observe } from '../../src/actors/observation.ts';
import type { Performer } from '../../src/actors/performer.ts';
import { type ActorSystem, startActorSystem } from '../../src/actors/system.ts';
import { messages as actorMessages } from '../../src/actors/text.ts';
import { features } from '../../src/features/index.ts';
import type { AnyCollection } from '../../src/kernel/collection.ts';
import { outbox } from '../../src/kernel/effect.ts';
import type { Feature } from '../../src/kernel/feature.ts';
import { type EpochMs, epochMs, type GuildId } from '../../src/kernel/ids.ts';
import { departures } from '../../src/kernel/membership.ts';
import type { SeedSource } from '../../src/kernel/random.ts';
import { registry as collect, type Registry } from '../../src/kernel/registry.ts';
import { timers } from '../../src/kernel/timer.ts';
import type { WorldView } from '../../src/kernel/world.ts';
import { calendar } from '../../src/schedule/cron.ts';
import { lastingAfter } from '../../src/schedule/waits.ts';
import type { Store } from '../../src/storage/contract.ts';
import { type MemoryFiles, memoryFiles } from '../../src/storage/journal/memory-files.ts';
import { openSegmentJournal } from '../../src/storage/journal/segment-journal.ts';
import type { Rows } from '../../src/storage/ports.ts';
import { type MemoryRows, memoryRows } from '../../src/storage/rows/memory-rows.ts';
import { openStore } from '../../src/storage/store.ts';
import { testPerformer } from './performer.ts';

/** The two disks of a house: what survives a crash. */
export interface Disks {
  readonly files: MemoryFiles;
  readonly rows: MemoryRows;
}

export interface House {
  readonly registry: Registry;
  readonly directory: GuildDirectory;
  readonly store: Store;
  readonly clock: { now: EpochMs };
  /** The newest version of each world. */
  readonly worlds: ReadonlyMap<string, WorldView<unknown>>;
  readonly stop: () => Promise<void>;
}

export const freshDisks = (): Disks => ({ files: memoryFiles(), rows: memoryRows() });

/** What a power cut leaves; `chance` (0 to 1, excluded) decides what of the unsynced is there. */
export const reopened = (disks: Disks, chance: () => number = () => 0): Disks => ({
  files: disks.files.afterPowerCut(chance),
  rows: disks.rows.afterPowerCut(chance),
});

export const startOfTime = epochMs(Date.UTC(2026, 0, 15, 12));

/** What a test changes in a house: extra features, or a sabotage that a property must notice. */
export interface Changes {
  readonly features?: readonly Feature[];
  /** Leaves the project's own features out. */
  readonly alone?: boolean;
  readonly sabotageStore?: (store: Store) => Store;
  readonly sabotageRows?: (rows: Rows) => Rows;
  /** What actors run on; nact unless said. */
  readonly system?: ActorSystem;
  readonly sabotageDirectory?: (directory: GuildDirectory) => GuildDirectory;
  readonly withoutInvariants?: boolean;
  /** The market does nothing by itself: worlds come from a tape. */
  readonly withoutMarket?: boolean;
  /** The outside; one where everything succeeds unless said. */
  readonly performer?: Performer;
  /** Where operations get their seeds; every seed is the same unless said. */
  readonly seeds?: SeedSource;
  /** When the clock of the house starts; `startOfTime` unless said. */
  readonly startAt?: EpochMs;
  readonly log?: Logger;
  /** Hears what the actors do. */
  readonly observe?: Observe;
  /** Hears of the store's failures, which otherwise end the test. */
  readonly onError?: (error: unknown) => void;
}

export const openHouse = async (disks: Disks, changes: Changes = {}): Promise<House> => {
  const declared = collect([...(changes.alone ? [] : features), ...(changes.features ?? [])], [actorMessages]);
  const registry = {
    ...declared,
    invariants: changes.withoutInvariants ? [] : declared.invariants,
    jobs: declared.jobs.filter(({ realm }) => realm === 'guilds' || !changes.withoutMarket),
    marketStarts: changes.withoutMarket ? [] : declared.marketStarts,
  };
  const journal = await openSegmentJournal({
    folder: 'journal',
    durability: 'power',
    segmentBytesMax: 16_384,
    files: disks.files,
  });
  const opened = await openStore({
    journal,
    rows: changes.sabotageRows?.(disks.rows) ?? disks.rows,
    collections: [...registry.collections.values()],
    alarms: [
      { collection: timers, ordering: 'due' },
      { collection: outbox, ordering: 'due' },
    ],
    hides: departures,
    snapshotIntervalMs: 3_600_000,
    onError:
      changes.onError ??
      ((error) => {
        throw error;
      }),
  });
  const store = changes.sabotageStore?.(opened) ?? opened;
  const clock = { now: changes.startAt ?? startOfTime };
  const worlds = new Map<string, WorldView<unknown>>();
  let monotonicMs = 0;
  const started = startDirectory({
    system: changes.system ?? startActorSystem(lastingAfter),
    store,
    log: changes.log ?? pino({ level: 'silent' }),
    runtime: {
      registry,
      clock: {
        now: () => clock.now,
        monotonicMs: () => {
          monotonicMs += 0.01;
          return monotonicMs;
        },
      },
      calendar,
      perform: changes.performer ?? testPerformer(),
      // The same draws in every guild: an interleaving of guilds cannot change them.
      seeds: changes.seeds ?? (() => new Uint8Array(16)),
      owners: new Set(),
      worlds,
      ...(changes.observe && { observe: changes.observe }),
      freezeRows: true,
    },
  });
  const directory = changes.sabotageDirectory?.(started) ?? started;
  return {
    registry,
    directory,
    store,
    clock,
    worlds,
    stop: async () => {
      await directory.stop();
      await store.shutdown();
    },
  };
};

/** Every row of a guild, and every board, total and count, as plain data. The guild must not be in memory. */
export const dumpGuild = (house: House, guild: GuildId): Record<string, unknown> => {
  const state = house.store.open(guild);
  const dump: Record<string, unknown> = { sequence: state.sequence };
  for (const collection of house.registry.collections.values())
    dump[collection.name] = dumpCollection(state, collection);
  house.store.close(state);
  return dump;
};

const everything = 100_000;

const dumpCollection = (state: ReturnType<Store['open']>, collection: AnyCollection): unknown => ({
  rows: state.scan(collection, { prefix: '', after: undefined, reverse: false, limit: everything }),
  boards: Object.keys(collection.orderings).map((name) => state.top(collection, name, 0, everything)),
  totals: Object.keys(collection.totals).map((name) => state.total(collection, name)),
  count: state.count(collection),
});
