import { join } from 'node:path';
import type { Logger } from 'pino';
import { type GuildDirectory, startDirectory } from '../actors/directory.ts';
import { beginAsNobody, type Runtime } from '../actors/execute.ts';
import { startActorSystem } from '../actors/system.ts';
import { idsIn } from '../forgetting/traces.ts';
import { type EpochMs, type GuildId, isSnowflake, type MemberId, memberId } from '../kernel/ids.ts';
import { keySeparator } from '../kernel/key.ts';
import { departures } from '../kernel/membership.ts';
import { systemSeed } from '../kernel/random.ts';
import type { Registry } from '../kernel/registry.ts';
import { calendar } from '../schedule/cron.ts';
import { lastingAfter } from '../schedule/waits.ts';
import type { History } from '../storage/archive/history.ts';
import type { Backup } from '../storage/backup/manifest.ts';
import { rebuild } from '../storage/backup/rebuild.ts';
import { writeRowFile } from '../storage/backup/row-file.ts';
import { pack } from '../storage/codec.ts';
import type { Change, GuildState, Store } from '../storage/contract.ts';
import { openSegmentJournal } from '../storage/journal/segment-journal.ts';
import { openLmdbRows } from '../storage/rows/lmdb-rows.ts';
import { openStore, type StoreOptions } from '../storage/store.ts';
import { CommandError } from './errors.ts';
import { commitChanges } from './service/alone.ts';
import { rowsIn } from './service/difference.ts';
import { restorable, restoredCollections } from './service/restorable.ts';
import type { GuildPresence } from './service/service.ts';

const neverMs = 2 ** 31 - 1;

/** What a server's rows as of a time are put together from. */
export interface StageParts {
  readonly registry: Registry;
  readonly declared: Pick<StoreOptions, 'collections' | 'alarms' | 'hides'>;
  readonly hash: (guild: GuildId, member: MemberId) => string;
  readonly backup: Backup;
  readonly history: History;
  readonly at: number;
  readonly guild: GuildId;
  readonly presence: GuildPresence;
  /** An empty folder to work in. */
  readonly folder: string;
  readonly log: Logger;
}

/** The rows, in a file, and who was left out. */
export interface Staged {
  readonly rows: string;
  readonly sequence: number;
  readonly count: number;
  readonly leftOut: number;
}

/** Everybody whom any row names. */
const namedIn = (state: GuildState, registry: Registry): ReadonlySet<string> => {
  const ids = new Set<string>();
  for (const collection of registry.collections.values()) {
    for (const [key, row] of rowsIn(state, collection)) {
      for (const id of idsIn(key)) ids.add(id);
      for (const id of idsIn(row)) ids.add(id);
    }
  }
  return ids;
};

/** Those who were erased since, or are being erased. */
const whomToLeaveOut = (state: GuildState, { registry, guild, hash, presence }: StageParts): readonly MemberId[] => {
  const erasedHashes = new Set(presence.erased);
  const erasing = new Set(presence.erasing);
  return [...namedIn(state, registry)]
    .filter(isSnowflake)
    .map(memberId)
    .filter((member) => erasing.has(member) || erasedHashes.has(hash(guild, member)));
};

const inState = async <T>(store: Store, guild: GuildId, use: (state: GuildState) => T): Promise<Awaited<T>> => {
  const state = store.open(guild);
  try {
    return await use(state);
  } finally {
    store.close(state);
  }
};

/** What is not restored goes, and who is to be left out is on the way out. */
const prepare = (store: Store, state: GuildState, parts: StageParts, leftOut: readonly MemberId[]): Promise<void> => {
  const isRestored = restorable(parts.registry);
  const changes: Change[] = [];
  const leaving = new Set<string>(leftOut);
  for (const collection of parts.registry.collections.values()) {
    for (const [key, before] of rowsIn(state, collection)) {
      const isLeaving = collection.name === departures.name && leaving.has(key);
      if (!isRestored(collection, key) && !isLeaving) changes.push({ collection, key, before, after: undefined });
    }
  }
  const at = state.lastAt;
  for (const member of leftOut) {
    const after = { at, eraseAt: at, stage: 'erasing' };
    changes.push({ collection: departures, key: member, before: state.row(departures, member), after });
  }
  if (changes.length === 0) return Promise.resolve();
  return commitChanges(store, state, { operation: 'core.stage', at, sequence: state.sequence, changes });
};

const runtimeAt = (at: EpochMs, registry: Registry): Runtime => {
  let monotonicMs = 0;
  return {
    registry,
    clock: { now: () => at, monotonicMs: () => (monotonicMs += 1) },
    calendar,
    seeds: systemSeed,
    owners: new Set(),
    worlds: new Map(),
    // Nothing leaves a staged server: what is wanted outside is no part of a restore.
    perform: { perform: async () => ({ failed: 'gone' }) },
    freezeRows: false,
  };
};

/** Has forgetting's own operations erase members: what they leave behind is settled as it always is. */
const erase = async (store: Store, parts: StageParts, at: EpochMs, leftOut: readonly MemberId[]): Promise<void> => {
  const { registry: full, guild, log } = parts;
  const registry: Registry = { ...full, jobs: [], marketStarts: [] };
  const operation = registry.operations.get('core.erase-member');
  if (operation === undefined) throw new CommandError('nothing can be forgotten here. Nothing was changed.');
  const runtime = runtimeAt(at, registry);
  const directory: GuildDirectory = startDirectory({ system: startActorSystem(lastingAfter), store, runtime, log });
  try {
    for (const member of leftOut) {
      const answer = await directory.run({ guild, operation, input: { member } });
      if ('refused' in answer)
        throw new CommandError(`a member could not be left out: ${answer.refused}. Nothing was changed.`);
    }
    while (store.dueGuilds(at, 1).length > 0) {
      if (!directory.runDue(guild)) throw new CommandError('members could not be left out. Nothing was changed.');
      await directory.settled();
    }
  } finally {
    await directory.stop();
  }
};

const checkRules = (state: GuildState, { registry }: StageParts): void => {
  const query = beginAsNobody(state, runtimeAt(state.lastAt, registry));
  const broken = registry.invariants.filter(({ holds }) => !holds(query)).map(({ name }) => name);
  if (broken.length > 0) {
    throw new CommandError(`the server as of then breaks the rule ${broken.join(', ')}. Nothing was changed.`);
  }
};

const writeRows = async (state: GuildState, { registry, folder }: StageParts): Promise<Staged> => {
  const isRestored = restorable(registry);
  const path = join(folder, 'staged.rows');
  const file = await writeRowFile(path);
  for (const collection of restoredCollections(registry)) {
    for (const [key, row] of rowsIn(state, collection)) {
      if (isRestored(collection, key)) await file.add(`${collection.name}${keySeparator}${key}`, pack(row));
    }
  }
  return { rows: path, sequence: state.sequence, count: await file.finish(), leftOut: 0 };
};

/**
 * A server's rows as of a time, without those of members who were erased since: they are erased once more, in a store
 * that exists for this alone. Rejects with `CommandError` when the server was unknown then.
 */
export const stageGuild = async (parts: StageParts): Promise<Staged> => {
  const { folder, guild, log, declared } = parts;
  const data = join(folder, 'data');
  const onError = (error: unknown): void => log.warn({ err: error }, 'staging');
  await rebuild({ ...parts, folder: data, onError });
  const store = await openStore({
    ...declared,
    journal: await openSegmentJournal({ folder: join(data, 'journal'), durability: 'process' }),
    rows: await openLmdbRows({ folder: join(data, 'rows') }),
    snapshotIntervalMs: neverMs,
    every: () => () => undefined,
    onError,
  });
  try {
    const { leftOut, lastAt } = await inState(store, guild, async (state) => {
      if (state.lastAt === 0) {
        throw new CommandError(`server ${guild} is not in the history as of then. Nothing was changed.`);
      }
      const members = whomToLeaveOut(state, parts);
      await prepare(store, state, parts, members);
      return { leftOut: members, lastAt: state.lastAt };
    });
    if (leftOut.length > 0) await erase(store, parts, lastAt, leftOut);
    return await inState(store, guild, async (state) => {
      checkRules(state, parts);
      return { ...(await writeRows(state, parts)), leftOut: leftOut.length };
    });
  } finally {
    await store.shutdown();
  }
};
