import { assert, InvariantError } from '../kernel/assert.ts';
import type { After } from '../kernel/clock.ts';
import type { AnyCollection } from '../kernel/collection.ts';
import { leastAlarm, trackAlarms } from './alarms.ts';
import { openCatalogue, readTrimmed } from './catalogue.ts';
import type { Commit, GuildState, Released, Store } from './contract.ts';
import { trackDurability } from './durability.ts';
import { readDurable } from './durable-mark.ts';
import { type EntryChange, encodeEntry } from './entry-codec.ts';
import { applyOperation, type Guild, type RowChange, takeBack } from './guild.ts';
import { openGuildState } from './guild-state.ts';
import { guildInMemory, type Memory, maybeForget, mayHaveRows } from './memory.ts';
import { orphansOf } from './orphans.ts';
import { openPace } from './pace.ts';
import { type Claim, DamagedStoreError, type Journal, JournalFailedError, type Rows } from './ports.ts';
import { gatherTails } from './recovery.ts';
import { valuesOfRow } from './row-codec.ts';
import { type SnapshotParts, writeLongTails, writeSnapshot } from './snapshot.ts';
import { storedGuilds } from './stored-guilds.ts';

/** Below this part of the limit a full store takes operations again. */
const fullUntil = 0.75;
/** From this part of the limit on, a snapshot does not wait for its interval. */
const hurryFrom = 0.5;
const unsnapshottedBytesMaxDefault = 256 * 1024 * 1024;
const sliceRowsMaxDefault = 1_000;
/** The part of the interval that a snapshot rests between its slices, all rests together. */
const restShare = 0.5;
const tailEntriesMaxDefault = 10_000;

/** Calls `run` again and again; the function it gives ends that. */
export type Every = (intervalMs: number, run: () => void) => () => void;

/** What a store is opened with. */
export interface StoreOptions {
  readonly journal: Journal;
  readonly rows: Rows;
  readonly collections: readonly AnyCollection[];
  readonly snapshotIntervalMs: number;
  /** Boards scored by minus the time at which their guild is to be woken; none unless said. */
  readonly alarms?: readonly { readonly collection: AnyCollection; readonly ordering: string }[];
  /** While a member's row is in it, rows keyed first by the member are on no board. */
  readonly hides?: AnyCollection;
  /** Most bytes of operations that are in no snapshot, beyond which the store is `full`; 256 MiB unless said. */
  readonly unsnapshottedBytesMax?: number;
  /** Most rows of a snapshot written at once; 1,000 unless said. */
  readonly sliceRowsMax?: number;
  /** Most entries in no snapshot that a guild is left with when the store is opened; 10,000 unless said. */
  readonly tailEntriesMax?: number;
  /** Hears of failures nobody waits for: of a snapshot (which is tried again), of a callback. */
  readonly onError: (error: unknown) => void;
  /** The timer of snapshots; the system's unless said. */
  readonly every?: Every;
  /** Runs something after some milliseconds; a timer of the system's unless said. */
  readonly after?: After;
}

const everyBySystem: Every = (intervalMs, run) => {
  const timer = setInterval(run, intervalMs);
  timer.unref();
  return () => clearInterval(timer);
};

const afterBySystem: After = (ms, run) => setTimeout(run, ms).unref();

interface Opening {
  readonly guild: Guild;
  readonly claim: Claim;
}

const entryChanges = ({ catalogue }: Memory, { changes }: Commit): readonly EntryChange[] =>
  changes.map(({ collection: { name }, key, after }) => {
    const definition = catalogue.get(name);
    if (definition?.collection === undefined) throw new InvariantError(`the store was opened without ${name}`);
    return { collection: name, key, values: after === undefined ? undefined : valuesOfRow(definition, after) };
  });

const gather = ({ journal, rows, tails }: Memory): void => {
  const trimmed = readTrimmed(rows);
  const known = Math.max(trimmed, readDurable(rows));
  if (journal.durablePosition < known) {
    throw new DamagedStoreError(
      `the journal ends at ${journal.durablePosition}, the rows go on to ${known}: they do not belong together. ` +
        'Put back a backup: npm run guildhall -- restore',
    );
  }
  gatherTails(journal, trimmed, tails);
};

/**
 * Opens all guilds' rows: reads the journal's tail, and from then on writes a snapshot each `snapshotIntervalMs`.
 *
 * Throws, with nothing changed, `NewerStoreError` when the store is of a newer version, `DamagedStoreError` when journal
 * and rows do not belong together, `InvariantError` when a collection's declaration is not the one rows were stored under.
 */
export const openStore = async (options: StoreOptions): Promise<Store> => {
  const { journal, rows, onError } = options;
  const bytesMax = options.unsnapshottedBytesMax ?? unsnapshottedBytesMaxDefault;
  const guilds: Memory['guilds'] = new Map();
  let unsnapshottedBytes = 0;
  let full = false;
  const count = (bytes: number): void => {
    unsnapshottedBytes += bytes;
    full = unsnapshottedBytes > bytesMax * (full ? fullUntil : 1);
  };
  const memory: Memory = {
    rows,
    journal,
    catalogue: await openCatalogue(rows, options.collections),
    watched: {
      alarms: (options.alarms ?? []).map(({ collection, ordering }) => ({ collection: collection.name, ordering })),
      hides: options.hides?.name,
    },
    alarms: trackAlarms(rows, guilds),
    guilds,
    changed: new Set(),
    tails: new Map(),
    counted: new Set(),
    damaged: new Map(),
    count,
  };
  const durability = trackDurability(journal, (guild) => followAlarm(guild), onError);
  const openings = new WeakMap<GuildState, Opening>();
  let newest = journal.durablePosition;
  let trimmed = readTrimmed(rows);
  let snapshots = 0;
  let running: Promise<void> | undefined;
  let following: Promise<void> | undefined;
  let hurried = false;

  const pace = openPace(options.snapshotIntervalMs * restShare, options.after ?? afterBySystem);
  const { rest } = pace;
  const parts: SnapshotParts = { memory, rest, sliceRowsMax: options.sliceRowsMax ?? sliceRowsMaxDefault };
  gather(memory);
  // Nobody waits for it: what is not written stays in the journal.
  await writeLongTails(parts, options.tailEntriesMax ?? tailEntriesMaxDefault).catch(onError);

  const startSnapshot = async (): Promise<void> => {
    following = undefined;
    const until = newest;
    if (until === trimmed && memory.changed.size === 0) return;
    running = writeSnapshot(parts, until);
    try {
      await running;
      trimmed = until;
      snapshots += 1;
      hurried = false;
    } finally {
      running = undefined;
    }
  };
  const snapshot = (): Promise<void> => {
    if (running === undefined) return startSnapshot();
    // The one under way may have passed what the caller wants written. Its failure is its own caller's matter.
    following ??= Promise.allSettled([running]).then(startSnapshot);
    return following;
  };
  /** For somebody who waits for it. */
  const snapshotSoon = (): Promise<void> => {
    pace.hurry();
    return snapshot();
  };
  const snapshotAlone = (): void => {
    if (running !== undefined || durability.failed() !== undefined) return;
    pace.relax();
    snapshot().catch(onError);
  };
  const stopTimer = (options.every ?? everyBySystem)(options.snapshotIntervalMs, snapshotAlone);
  const maybeHurry = (): void => {
    if (hurried || unsnapshottedBytes < bytesMax * hurryFrom) return;
    // Once: when it fails, the next attempt is the interval's.
    hurried = true;
    snapshotAlone();
    pace.hurry();
  };

  const alarmed = new Set(memory.watched.alarms.map(({ collection }) => collection));
  const followAlarm = (guild: Guild): void => {
    const dueAt = leastAlarm(guild);
    if (dueAt === guild.dueAt) return;
    guild.dueAt = dueAt;
    memory.alarms.note(guild);
  };

  const openingOf = (state: GuildState): Opening => {
    const opening = openings.get(state);
    assert(opening !== undefined, 'a state is used with the store that opened it, until it is closed');
    return opening;
  };
  const failedError = (): JournalFailedError | undefined => {
    const cause = durability.failed();
    return cause && new JournalFailedError('the journal cannot be written: nothing can be changed', { cause });
  };

  /** Applies row changes in memory and appends them, as `entries`, to the journal. */
  const write = (
    state: GuildState,
    commit: Commit,
    changes: readonly RowChange[],
    entries: readonly EntryChange[],
    released: (result: Released) => void,
  ): void => {
    const failure = failedError();
    if (failure !== undefined) throw failure;
    const { guild, claim } = openingOf(state);
    assert(commit.sequence >= guild.sequence && commit.at >= guild.lastAt, 'sequence and time of a guild never fall');
    const { at, sequence, answered } = commit;
    const applied = applyOperation(guild, { at, sequence, answered, changes });
    if (changes.some(({ collection }) => alarmed.has(collection.name))) followAlarm(guild);
    const positionBefore = guild.position;
    let entryBytes: number;
    try {
      // Handed on at once: its bytes are good until something else is encoded.
      const entry = encodeEntry(guild.id, commit, entries);
      entryBytes = entry.length;
      guild.position = journal.append(claim, entry);
    } catch (refused) {
      for (const problem of takeBack(applied)) onError(problem);
      throw refused;
    }
    newest = guild.position;
    guild.unsnapshottedBytes += entryBytes;
    memory.changed.add(guild);
    guild.newest = { applied, position: newest, positionBefore, released, readers: undefined };
    durability.add(guild.newest);
    count(entryBytes);
    maybeHurry();
  };

  return {
    open(id) {
      const guild = guildInMemory(memory, id);
      const state = openGuildState(guild, (changed) => memory.changed.add(changed));
      openings.set(state, { guild, claim: journal.claim(id) });
      guild.openings += 1;
      return state;
    },
    commit(state, commit, released) {
      write(state, commit, commit.changes, entryChanges(memory, commit), released);
    },
    afterDurable(state, released) {
      const { newest: waiting } = openingOf(state).guild;
      if (waiting === undefined) released('durable');
      else (waiting.readers ??= []).push(released);
    },
    close(state) {
      const { guild, claim } = openingOf(state);
      openings.delete(state);
      journal.release(claim);
      guild.openings -= 1;
      maybeForget(memory, guild);
    },
    dueGuilds: (until, limit) => memory.alarms.due(until, limit),
    isDue: (guild, until) => (memory.alarms.of(guild) ?? Number.POSITIVE_INFINITY) <= until,
    nextDueAt: () => memory.alarms.next(),
    storedGuilds: (after, limit) => storedGuilds(rows, after, limit),
    mayHaveRows: (guild, collection) => mayHaveRows(memory, guild, collection?.name),
    get full() {
      return full;
    },
    get failed() {
      return durability.failed();
    },
    snapshot: snapshotSoon,
    async retire() {
      // First, so that the snapshot has all that stands in the segment before.
      await journal.renew();
      await snapshotSoon();
      // A snapshot that found nothing to write has trimmed nothing.
      await journal.trim(trimmed);
    },
    freeze() {
      // Held first: what the rows of a moment later have not is then in the journal for certain.
      const held = journal.hold();
      const view = rows.view();
      return {
        rows: view,
        segments: async () => {
          await journal.sync();
          return held.segments();
        },
        close: () => {
          view.close();
          held.release();
        },
      };
    },
    orphanCollections: [...memory.catalogue.values()]
      .filter(({ collection }) => collection === undefined)
      .map(({ name }) => name),
    orphans: (state, after, limit) => orphansOf(openingOf(state).guild, after, limit),
    removeOrphans(state, orphans, { operation, at }, released) {
      const changes = orphans.map(({ collection, key }) => ({
        collection: { name: collection },
        key,
        after: undefined,
      }));
      const entries = orphans.map(({ collection, key }) => ({ collection, key, values: undefined }));
      const { sequence } = state;
      const commit = { operation, at, sequence, changes: [], answered: undefined, seed: undefined };
      write(state, commit, changes, entries, released);
    },
    figures: () => ({
      guildsInMemory: memory.guilds.size,
      alarmsInMemory: memory.alarms.kept(),
      unsnapshottedBytes,
      durablePosition: journal.durablePosition,
      snapshots,
      failed: durability.failed() !== undefined,
    }),
    async shutdown() {
      stopTimer();
      try {
        if (durability.failed() === undefined) await snapshotSoon();
      } catch (error) {
        // The journal has everything; the next start reads it from there.
        onError(error);
      }
      try {
        await journal.close();
      } finally {
        await rows.close();
      }
    },
  };
};
