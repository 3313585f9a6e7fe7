// What each guild should have come to by itself: every operation is run a second time, guild by guild, on rows in plain
// maps, with the times, seeds and worlds it had.
import {
  beginAsNobody,
  type Companion,
  commitOf,
  type ExecutionRuntime,
  execute,
  executeErrand,
  executeTask,
} from '../../src/actors/execute.ts';
import { GuildJobs, realmJobs } from '../../src/actors/jobs.ts';
import type { Answer } from '../../src/actors/request.ts';
import { outbox } from '../../src/kernel/effect.ts';
import { errands } from '../../src/kernel/errand.ts';
import { type GuildId, type RowId, realmOf } from '../../src/kernel/ids.ts';
import { decodeKey, keySeparator } from '../../src/kernel/key.ts';
import type { AnyOperation } from '../../src/kernel/operation.ts';
import type { Registry } from '../../src/kernel/registry.ts';
import { timers } from '../../src/kernel/timer.ts';
import type { WorldView } from '../../src/kernel/world.ts';
import { calendar } from '../../src/schedule/cron.ts';
import type { Change, Commit } from '../../src/storage/contract.ts';
import { shown, Violation } from '../violation.ts';
import { ModelGuild } from './model-guild.ts';
import { same } from './same.ts';
import type { CommitEntry, Delivery, ReadEntry, Tape, TapeEntry } from './tape.ts';
import { checkTraces } from './traces.ts';

/** Answers of the runtime that say nothing of the operation. */
export const passing: ReadonlySet<string> = new Set([
  'core.busy',
  'core.stopping',
  'core.storage-failed',
  'core.quarantined',
  'core.answered-before',
]);

/** What the reference stands on. */
export interface ReferenceParts {
  readonly tape: Tape;
  readonly owners: ReadonlySet<string>;
}

/** The guilds as they should be. */
export interface Reference {
  /** Brings all guilds, or one, up to a position. Throws a `Violation` where what happened could not have. */
  readonly fold: (upTo: number, only?: GuildId) => void;
  readonly stateOf: (guild: GuildId) => ModelGuild;
  readonly guilds: () => readonly GuildId[];
  /** The program as it is from now on; rows of collections with a newer version are brought to it. */
  readonly use: (registry: Registry) => void;
}

interface Replica {
  readonly state: ModelGuild;
  jobs: GuildJobs;
}

const timerIn = ({ commit, given }: CommitEntry): string | undefined =>
  commit.changes.find(
    ({ collection, key, before }) =>
      collection.name === timers.name &&
      key.startsWith(`${commit.operation}${keySeparator}`) &&
      before !== undefined &&
      (before as typeof timers.initial).input === given,
  )?.key;

const effectIn = ({ commit, given }: CommitEntry): string | undefined =>
  commit.changes.find(({ collection, before, after }) => {
    if (collection.name !== outbox.name || after !== undefined) return false;
    const { following } = before as typeof outbox.initial;
    return (
      following?.operation === commit.operation && following.input === (given as { input?: unknown } | null)?.input
    );
  })?.key;

/** Operations of the runtime whose rows follow from what happened outside: what they put is taken over. */
const takenOver: Readonly<Record<string, string>> = {
  'core.timer-failed': timers.name,
  'core.effect-begun': outbox.name,
  'core.effect-later': outbox.name,
  'core.effect-lease': outbox.name,
  'core.effect-ended': outbox.name,
};

const sameChange = (one: Change, other: Change): boolean =>
  one.collection.name === other.collection.name &&
  one.key === other.key &&
  same(one.after, other.after) &&
  same(one.before, other.before);

const difference = (actual: Commit, expected: Commit | undefined): string | undefined => {
  if (expected === undefined) return 'nothing should have been changed';
  if (actual.operation !== expected.operation) return `it should have been ${expected.operation}`;
  if (actual.at !== expected.at) return `its time is ${actual.at}, it should be ${expected.at}`;
  if (actual.sequence !== expected.sequence) return `the sequence is ${actual.sequence}, not ${expected.sequence}`;
  if (!same(actual.seed, expected.seed)) return 'it drew from another seed';
  if (!same(actual.answered, expected.answered)) return 'another outcome is kept';
  if (actual.changes.length !== expected.changes.length) {
    const names = (commit: Commit): string =>
      commit.changes.map((one) => `${one.collection.name} ${one.key}`).join(', ');
    return `it changed ${names(actual)}, and should have changed ${names(expected)}`;
  }
  for (const [index, change] of actual.changes.entries()) {
    const wanted = expected.changes[index] as Change;
    if (sameChange(change, wanted)) continue;
    const told = ({ collection, key, before, after }: Change): string =>
      `${collection.name} ${key} from ${shown(before)} to ${shown(after)}`;
    return `it changed ${told(change)}, and should have changed ${told(wanted)}`;
  }
  return undefined;
};

/** Compares what somebody was answered with what they should have been. */
export const compareAnswer = ({ interaction, answer, expected }: Delivery): void => {
  if (answer === undefined || expected === undefined) return;
  if ('refused' in answer && passing.has(answer.refused)) return;
  if (same(answer, expected)) return;
  throw new Violation(
    'non-interference',
    `${interaction.operation.name} (${interaction.id}) in guild ${interaction.guild} was answered ${shown(answer)}, and should have been ${shown(expected)}`,
  );
};

/** An empty reference. */
export const openReference = ({ tape, owners }: ReferenceParts): Reference => {
  const replicas = new Map<GuildId, Replica>();
  let registry: Registry | undefined;

  const program = (): Registry => {
    if (registry === undefined) throw new Error('the reference knows its program');
    return registry;
  };
  const jobsOf = (guild: GuildId): GuildJobs =>
    new GuildJobs(realmJobs(realmOf(guild), { registry: program(), calendar }));
  const replicaOf = (guild: GuildId): Replica => {
    const known = replicas.get(guild);
    if (known !== undefined) return known;
    const replica = { state: new ModelGuild(guild), jobs: jobsOf(guild) };
    replicas.set(guild, replica);
    return replica;
  };

  const runtimeOf = ({ clockNow, seed, worlds }: CommitEntry | ReadEntry): ExecutionRuntime => ({
    registry: program(),
    clock: { now: () => clockNow, monotonicMs: () => 0 },
    seeds: () => {
      if (seed === undefined) throw new Violation('non-interference', 'an operation draws that drew nothing before');
      return seed;
    },
    owners,
    freezeRows: false,
    worlds: new Map<string, WorldView<unknown>>(
      Object.entries(worlds).map(([name, version]) => [name, tape.world(name, version).view]),
    ),
  });

  const operationNamed = (name: string): AnyOperation => {
    const operation = program().operations.get(name);
    if (operation === undefined) throw new Violation('non-interference', `nobody declares ${name}, which ran`);
    return operation;
  };

  const requestOf = ({ interaction }: Delivery) => ({
    ...interaction,
    operation: operationNamed(interaction.operation.name),
    deadlineMs: Number.MAX_SAFE_INTEGER,
  });

  /** What an operation that nobody asked for should have changed. */
  const taskCommit = (entry: CommitEntry, { state, jobs }: Replica, runtime: ExecutionRuntime): Commit | undefined => {
    const { commit, given } = entry;
    const companion: Companion = jobs.plan;
    const allowed = takenOver[commit.operation];
    const transaction = beginAsNobody(state, runtime);
    if (commit.operation === 'core.plan-jobs') {
      companion(transaction, []);
      return commitOf(transaction, 'core.plan-jobs', runtime, () => false);
    }
    if (allowed !== undefined) {
      for (const { collection, key, after } of commit.changes) {
        if (collection.name !== allowed) continue;
        const rows = collection as typeof outbox;
        const parts = decodeKey(collection.key, key) as unknown as readonly [RowId];
        if (state.row(collection, key) === undefined) {
          throw new Violation('non-interference', `${commit.operation} changed ${key}, which is not there`);
        }
        if (after === undefined) transaction.remove(rows, parts);
        else transaction.put(rows, parts, after as typeof outbox.initial);
      }
      return commitOf(transaction, commit.operation, runtime, companion);
    }
    const timer = commit.operation === jobs.runJob.name ? jobTimerIn(commit) : timerIn(entry);
    if (timer !== undefined) {
      const row = state.row(timers, timer) as typeof timers.initial | undefined;
      const [name, own] = decodeKey(timers.key, timer) as [string, string];
      if (row === undefined || row.at > commit.at) {
        throw new Violation('timers', `${name} ${own} fell in guild ${state.guild}, and is ${shown(row)}`);
      }
      const operation = name === jobs.runJob.name ? jobs.runJob : operationNamed(name);
      const first = (begun: typeof transaction): void => begun.remove(timers, [name, own]);
      return executeTask(state, { operation, input: row.input, first }, runtime, companion);
    }
    const effect = effectIn(entry);
    if (effect !== undefined) {
      const row = state.row(outbox, effect) as typeof outbox.initial | undefined;
      if (row?.following === undefined) throw new Violation('effects', `${effect} ended, which is not under way`);
      const input = { end: (given as { end: unknown }).end, input: row.following.input };
      const first = (begun: typeof transaction): void => begun.remove(outbox, [effect as RowId]);
      return executeTask(state, { operation: operationNamed(commit.operation), input, first }, runtime, companion);
    }
    const errand = commit.changes.find(
      ({ collection, before, after }) =>
        collection.name === errands.name && before === undefined && after !== undefined,
    );
    return executeErrand(
      state,
      {
        guild: state.guild,
        operation: operationNamed(commit.operation),
        input: given,
        ...(errand && { id: errand.key }),
      },
      runtime,
      companion,
    ).commit;
  };

  const jobTimerIn = ({ operation, changes }: Commit): string | undefined =>
    changes.find(
      ({ collection, key, before }) =>
        collection.name === timers.name && before !== undefined && key.startsWith(`${operation}${keySeparator}`),
    )?.key;

  const answered = (delivery: Delivery, expected: Answer): void => {
    delivery.expected = expected;
    compareAnswer(delivery);
  };

  const foldCommit = (entry: CommitEntry, replica: Replica): void => {
    const { commit, delivery, guild } = entry;
    const runtime = runtimeOf(entry);
    let expected: Commit | undefined;
    if (delivery !== undefined) {
      const execution = execute(replica.state, requestOf(delivery), runtime, replica.jobs.plan);
      expected = execution.commit;
      answered(delivery, execution.answer);
    } else expected = taskCommit(entry, replica, runtime);
    const wrong = difference(commit, expected);
    if (wrong !== undefined || expected === undefined) {
      throw new Violation('non-interference', `${commit.operation} in guild ${guild} at ${entry.position}: ${wrong}`);
    }
    checkTraces(replica.state, expected, entry.position, entry.given);
    replica.state.apply(expected, entry.position);
    if (expected.changes.length > 0) replica.jobs.planned();
  };

  const foldRead = (entry: ReadEntry, replica: Replica): void => {
    const { delivery } = entry;
    const name = delivery.interaction.operation.name;
    // What operators look at is not the guild's rows alone.
    if (name.startsWith('operator.')) return;
    // What it would have changed could not be kept: then nothing was.
    if (delivery.answer !== undefined && 'refused' in delivery.answer && passing.has(delivery.answer.refused)) return;
    const execution = execute(replica.state, requestOf(delivery), runtimeOf(entry), replica.jobs.plan);
    if (execution.commit !== undefined) {
      throw new Violation('non-interference', `${name} in guild ${entry.guild} should have changed something`);
    }
    answered(delivery, execution.answer);
  };

  const foldEntry = (entry: TapeEntry): void => {
    const replica = replicaOf(entry.guild);
    if (entry.kind === 'opened') replica.jobs = jobsOf(entry.guild);
    else if (entry.kind === 'commit') foldCommit(entry, replica);
    else foldRead(entry, replica);
  };

  return {
    fold: (upTo, only) => {
      for (const guild of only === undefined ? tape.guilds() : [only]) {
        for (const entry of tape.take(guild, upTo)) foldEntry(entry);
      }
    },
    stateOf: (guild) => replicaOf(guild).state,
    guilds: () => [...replicas.keys()],
    use: (next) => {
      const before = registry;
      registry = next;
      if (before === undefined || before === next) return;
      for (const collection of next.collections.values()) {
        const known = before.collections.get(collection.name);
        if (known === undefined || known.version === collection.version) continue;
        for (const { state } of replicas.values()) state.upgrade(collection, known.version);
      }
    },
  };
};
