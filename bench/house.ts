// The runtime as it is deployed, without Discord in front: real journal, real LMDB, all features.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { type GuildDirectory, startDirectory } from '../src/actors/directory.ts';
import { startActorSystem } from '../src/actors/system.ts';
import { messages as actorMessages } from '../src/actors/text.ts';
import { features } from '../src/features/index.ts';
import { assert } from '../src/kernel/assert.ts';
import { systemClock } from '../src/kernel/clock.ts';
import { outbox } from '../src/kernel/effect.ts';
import { type GuildId, guildId, type MemberId, memberId } from '../src/kernel/ids.ts';
import { departures } from '../src/kernel/membership.ts';
import type { AnyOperation } from '../src/kernel/operation.ts';
import { systemSeed } from '../src/kernel/random.ts';
import { registry as collect, type Registry } from '../src/kernel/registry.ts';
import { timers } from '../src/kernel/timer.ts';
import { calendar } from '../src/schedule/cron.ts';
import type { Store } from '../src/storage/contract.ts';
import { openSegmentJournal } from '../src/storage/journal/segment-journal.ts';
import { openLmdbRows } from '../src/storage/rows/lmdb-rows.ts';
import { openStore } from '../src/storage/store.ts';

export interface BenchHouse {
  readonly registry: Registry;
  readonly directory: GuildDirectory;
  readonly store: Store;
  readonly close: () => Promise<void>;
}

/** A folder for one measurement, where the machine keeps temporary files. */
export const scratchFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'guildhall-bench-'));

/** Removes a scratch folder. */
export const removeFolder = (folder: string): Promise<void> => rm(folder, { recursive: true, force: true });

/** Opens a runtime on a folder. */
export const openBenchHouse = async (folder: string, snapshotIntervalMs: number): Promise<BenchHouse> => {
  const registry = collect(features, [actorMessages]);
  const store = await openStore({
    journal: await openSegmentJournal({ folder: join(folder, 'journal'), durability: 'power' }),
    rows: await openLmdbRows({ folder: join(folder, 'rows') }),
    collections: [...registry.collections.values()],
    alarms: [
      { collection: timers, ordering: 'due' },
      { collection: outbox, ordering: 'due' },
    ],
    hides: departures,
    snapshotIntervalMs,
    onError: (error) => {
      throw error;
    },
  });
  const directory = startDirectory({
    system: startActorSystem(),
    store,
    log: pino({ level: 'silent' }),
    runtime: {
      registry,
      clock: systemClock(),
      calendar,
      seeds: systemSeed,
      owners: new Set(),
      worlds: new Map(),
      perform: { perform: async () => ({ failed: 'rejected' }) },
      freezeRows: false,
    },
  });
  return {
    registry,
    directory,
    store,
    close: async () => {
      await directory.stop();
      await store.shutdown();
    },
  };
};

/** An operation of the features. Throws when there is none of that name. */
export const operationOf = (house: BenchHouse, name: string): AnyOperation => {
  const operation = house.registry.operations.get(name);
  assert(operation !== undefined, `there is an operation ${name}`);
  return operation;
};

/** The id of a bench's guild, by its number. */
export const benchGuild = (index: number): GuildId => guildId(String(100_000_000_000_000_000n + BigInt(index)));

/** The id of a bench's member, by their number. */
export const benchMember = (index: number): MemberId => memberId(String(200_000_000_000_000_000n + BigInt(index)));

const discordEpochMs = 1_420_070_400_000;
let serial = 0;

/** A fresh interaction id, as Discord would make it now. */
export const interactionId = (): string => {
  serial += 1;
  return String((BigInt(Date.now() - discordEpochMs) << 22n) | BigInt(serial % 2 ** 22));
};
