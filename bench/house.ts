// The runtime as it is deployed, without Discord in front: real journal, real LMDB, all features.
import '../src/collector.ts';
import '../src/thread-pool.ts';
import { join } from 'node:path';
import pino, { type Logger } from 'pino';
import { type GuildDirectory, startDirectory } from '../src/actors/directory.ts';
import type { Answer } from '../src/actors/request.ts';
import { startActorSystem } from '../src/actors/system.ts';
import { messages as actorMessages } from '../src/actors/text.ts';
import { features } from '../src/features/index.ts';
import { assert } from '../src/kernel/assert.ts';
import { type Clock, systemClock } from '../src/kernel/clock.ts';
import { outbox } from '../src/kernel/effect.ts';
import type { Feature } from '../src/kernel/feature.ts';
import { type GuildId, guildId, type MemberId, memberId } from '../src/kernel/ids.ts';
import { departures } from '../src/kernel/membership.ts';
import type { AnyOperation } from '../src/kernel/operation.ts';
import { systemSeed } from '../src/kernel/random.ts';
import { registry as collect, type Registry } from '../src/kernel/registry.ts';
import { timers } from '../src/kernel/timer.ts';
import { calendar } from '../src/schedule/cron.ts';
import { lastingAfter } from '../src/schedule/waits.ts';
import type { Commit, Store } from '../src/storage/contract.ts';
import type { JournalFiles } from '../src/storage/journal/files.ts';
import { nodeFiles } from '../src/storage/journal/node-files.ts';
import { openSegmentJournal } from '../src/storage/journal/segment-journal.ts';
import { openLmdbRows } from '../src/storage/rows/lmdb-rows.ts';
import { openStore } from '../src/storage/store.ts';

export interface BenchHouse {
  readonly registry: Registry;
  readonly directory: GuildDirectory;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Logger;
  readonly close: () => Promise<void>;
}

/** What may be other than as deployed. */
export interface HouseOptions {
  /** Features that join the bot's own. */
  readonly more?: readonly Feature[];
  /** Moves the clock. */
  readonly offsetMs?: () => number;
  /** Most bytes of operations that are in no snapshot. */
  readonly unsnapshottedBytesMax?: number;
  /** Puts something between the journal and its files. */
  readonly journalFiles?: (files: JournalFiles) => JournalFiles;
  /** Hears of each operation that is committed, before it is durable. */
  readonly onCommit?: (commit: Commit) => void;
}

/** The same store, whose commits somebody hears of. Its getters stay what they are. */
const heardBy = (store: Store, onCommit: (commit: Commit) => void): Store => {
  const commit: Store['commit'] = (state, one, released) => {
    onCommit(one);
    store.commit(state, one, released);
  };
  return Object.assign(Object.create(store) as Store, { commit });
};

/** Opens a runtime on a folder. */
export const openBenchHouse = async (
  folder: string,
  snapshotIntervalMs: number,
  {
    more = [],
    offsetMs = () => 0,
    unsnapshottedBytesMax,
    journalFiles = (files) => files,
    onCommit,
  }: HouseOptions = {},
): Promise<BenchHouse> => {
  const registry = collect([...features, ...more], [actorMessages]);
  const journal = join(folder, 'journal');
  const files = journalFiles(await nodeFiles(journal));
  const opened = await openStore({
    journal: await openSegmentJournal({ folder: journal, durability: 'power', files }),
    rows: await openLmdbRows({ folder: join(folder, 'rows') }),
    collections: [...registry.collections.values()],
    alarms: [
      { collection: timers, ordering: 'due' },
      { collection: outbox, ordering: 'due' },
    ],
    hides: departures,
    snapshotIntervalMs,
    ...(unsnapshottedBytesMax !== undefined && { unsnapshottedBytesMax }),
    onError: (error) => {
      throw error;
    },
  });
  const store = onCommit ? heardBy(opened, onCommit) : opened;
  const clock = systemClock(offsetMs);
  const log = pino({ level: 'error' }, pino.destination({ dest: 2, sync: true }));
  const directory = startDirectory({
    system: startActorSystem(lastingAfter),
    store,
    log,
    runtime: {
      registry,
      clock,
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
    clock,
    log,
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

/** A fresh interaction id, as Discord would make it now, or at another time. */
export const interactionId = (atMs = Date.now()): string => {
  serial += 1;
  return String((BigInt(atMs - discordEpochMs) << 22n) | BigInt(serial % 2 ** 22));
};

/** Members of the bench may do everything: some of them change settings. */
const administrator = 8n;

/** Has a member say a command, by its operation; with an id of before, it is delivered again. */
export const askAs = (
  house: BenchHouse,
  operation: AnyOperation,
  guild: number,
  member: number,
  input: unknown = {},
  id: string = interactionId(house.clock.now()),
): Promise<Answer> =>
  house.directory.ask({
    id,
    guild: benchGuild(guild),
    member: benchMember(member),
    permissions: administrator,
    operation,
    input,
    deadlineMs: Number.MAX_SAFE_INTEGER,
  });
