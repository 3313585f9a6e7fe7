import { assert, InvariantError } from '../kernel/assert.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Asker } from '../kernel/context.ts';
import { errands } from '../kernel/errand.ts';
import { type Dotted, type EpochMs, epochMs, nobody, snowflakeTime } from '../kernel/ids.ts';
import type { Calendar } from '../kernel/job.ts';
import { memberActing } from '../kernel/membership.ts';
import type { AnyOperation } from '../kernel/operation.ts';
import { type Completion, InputError } from '../kernel/option.ts';
import { openOutcome } from '../kernel/outcome.ts';
import type { SeedSource } from '../kernel/random.ts';
import type { Registry } from '../kernel/registry.ts';
import type { WorldView } from '../kernel/world.ts';
import type { Change, Commit, GuildState } from '../storage/contract.ts';
import { allows, allowsErrand } from './authority.ts';
import type { Observe } from './observation.ts';
import type { Performer } from './performer.ts';
import type { Answer, Errand, Request, SuggestionRequest } from './request.ts';
import { assertStorable, loadOutcome, refusal, storeOutcome } from './stored-outcome.ts';
import { refusalBehind, Transaction } from './transaction.ts';

/** What all guilds' actors share. */
export interface Runtime {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly calendar: Calendar;
  readonly seeds: SeedSource;
  /** The newest version of each world. The directory keeps it up to date. */
  readonly worlds: Map<string, WorldView<unknown>>;
  /** Does outside what operations want done there. */
  readonly perform: Performer;
  /** Operators of this bot, by user id. */
  readonly owners: ReadonlySet<string>;
  /** Hears what each actor does, where somebody looks at the inside: the local Discord. */
  readonly observe?: Observe;
  /** Deep-freezes rows handed to handlers, and throws on outcomes that are not data. For tests. */
  readonly freezeRows: boolean;
}

/** The part of the runtime that running one operation takes. */
export type ExecutionRuntime = Omit<Runtime, 'calendar' | 'worlds' | 'perform' | 'observe'> & {
  readonly worlds: ReadonlyMap<string, WorldView<unknown>>;
};

/** How long an interaction can be delivered again, and so how long outcomes are kept. Source: Discord's token life. */
export const redeliveryWindowMs = 15 * 60_000;
/** How long outcomes of errands are kept: longer than an effect that hands one over can wait. */
const errandsKeptMs = 30 * 24 * 60 * 60_000;
/** Outcomes of errands a guild keeps, where there are more within that time. */
const errandsMax = 50_000;
/** Outdated errands that go with each new one. */
const errandsPrunedAtOnce = 2;

/** What running an operation came to: an answer, and what is to be committed before it may be given. */
export interface Execution {
  readonly answer: Answer;
  readonly commit: Commit | undefined;
}

/**
 * Adds to an operation that changes something what has to change with it in the same commit, such as the plan of the
 * guild's jobs. Hears of the changes so far and says whether it made any.
 */
export type Companion = (transaction: Transaction, changes: readonly Change[]) => boolean;

const noCompanion: Companion = () => false;

const begin = (state: GuildState, now: EpochMs, actor: Asker, runtime: ExecutionRuntime): Transaction =>
  new Transaction(state, {
    now,
    actor,
    seeds: runtime.seeds,
    reactions: runtime.registry.reactions,
    extensions: runtime.registry.extensions,
    settings: runtime.registry.settings,
    world: ({ name, initial }) => runtime.worlds.get(name) ?? { version: 0, at: epochMs(0), value: initial },
    freeze: runtime.freezeRows,
  });

/** The guild's time: the clock's, unless that has been set back. */
export const guildTime = (state: GuildState, runtime: Pick<Runtime, 'clock'>): EpochMs =>
  epochMs(Math.max(runtime.clock.now(), state.lastAt));

/** Who acts when nobody does. */
const asNobody: Asker = { member: nobody, permissions: 0n };

/** A transaction of the runtime's own. */
export const beginAsNobody = (state: GuildState, runtime: ExecutionRuntime): Transaction =>
  begin(state, guildTime(state, runtime), asNobody, runtime);

/**
 * What is to be committed of a transaction; `undefined` when it changed nothing. Throws when a rule of a feature is
 * broken.
 */
export const commitOf = (
  transaction: Transaction,
  operation: Dotted,
  runtime: ExecutionRuntime,
  companion: Companion,
): Commit | undefined => {
  const own = transaction.changes();
  // What changed nothing writes nothing.
  if (own.length === 0) return undefined;
  const changes = companion(transaction, own) ? transaction.changes() : own;
  checkInvariants(transaction, changes, runtime);
  const { now: at, sequence, seed } = transaction;
  return { operation, at, sequence, changes, answered: undefined, seed };
};

/**
 * Whether an interaction may have been answered before and the outcome be gone already, which takes one that Discord
 * made a window later.
 */
const mayBeForgotten = ({ newestAnswered }: GuildState, id: string): boolean =>
  newestAnswered !== '' && snowflakeTime(newestAnswered) - snowflakeTime(id) > redeliveryWindowMs;

/**
 * Runs one request against a guild's rows, changing nothing: the caller commits. An interaction answered before gets
 * its stored answer again; one older than the redelivery window is refused. Throws only on bugs of the handler.
 */
export const execute = (
  state: GuildState,
  request: Request,
  runtime: ExecutionRuntime,
  companion: Companion = noCompanion,
): Execution => {
  const { operation, id } = request;
  const now = guildTime(state, runtime);
  if (operation.kind === 'mutation') {
    const answered = state.answered(id);
    if (answered) return { answer: loadOutcome(answered), commit: undefined };
    // By the clock, not the guild's time: that may have run ahead, and must not lock everybody out.
    if (runtime.clock.now() - snowflakeTime(id) > redeliveryWindowMs || mayBeForgotten(state, id)) {
      return { answer: refusal('core.too-late'), commit: undefined };
    }
  }
  if (!allows(operation.who, request, runtime.owners)) {
    return { answer: refusal(`core.only.${operation.who}`), commit: undefined };
  }
  const asker = { member: request.member, permissions: request.permissions, channel: request.channel };
  const transaction = begin(state, now, asker, runtime);
  const answer = run(transaction, operation, request.input, () => {
    if (operation.kind === 'mutation') transaction.emit(memberActing, { member: request.member });
  });
  if (operation.kind !== 'mutation') return { answer, commit: undefined };
  if (runtime.freezeRows) assertStorable(answer);
  if ('refused' in answer) {
    // A refusal is kept: delivered again, it must not turn into a deed.
    const answered = { request: id, outcome: storeOutcome(answer) };
    const { sequence } = state;
    const commit = { operation: operation.name, at: now, sequence, changes: [], answered, seed: undefined };
    return { answer, commit };
  }
  const commit = commitOf(transaction, operation.name, runtime, companion);
  if (!commit) return { answer, commit };
  return { answer, commit: { ...commit, answered: { request: id, outcome: storeOutcome(answer) } } };
};

/**
 * Runs an errand as `execute` runs a request. One with an id that was run before gets the stored answer again. Throws
 * only on bugs of the handler.
 */
export const executeErrand = (
  state: GuildState,
  { operation, input, id }: Errand,
  runtime: ExecutionRuntime,
  companion: Companion,
): Execution => {
  if (!allowsErrand(operation.who)) return { answer: refusal(`core.only.${operation.who}`), commit: undefined };
  const transaction = beginAsNobody(state, runtime);
  if (id !== undefined) {
    const before = transaction.find(errands, [id]);
    if (before) return { answer: loadOutcome(Buffer.from(before.outcome, 'base64')), commit: undefined };
  }
  const answer = run(transaction, operation, input);
  const refused = 'refused' in answer;
  const kept = refused ? beginAsNobody(state, runtime) : transaction;
  if (id !== undefined && (refused || kept.changes().length > 0)) rememberErrand(kept, id, answer);
  if (operation.kind !== 'mutation') return { answer, commit: undefined };
  return { answer, commit: commitOf(kept, operation.name, runtime, companion) };
};

const rememberErrand = (transaction: Transaction, id: string, answer: Answer): void => {
  const full = transaction.count(errands) >= errandsMax;
  for (const [key, score] of transaction.top(errands, 'age', 0, errandsPrunedAtOnce)) {
    if (full || transaction.now + score > errandsKeptMs) transaction.remove(errands, key);
  }
  const outcome = Buffer.from(storeOutcome(answer)).toString('base64');
  transaction.put(errands, [id], { at: transaction.now, outcome });
};

/** An operation that a row of the runtime asks for: a timer's, or the one that follows an effect. */
export interface Task {
  readonly operation: AnyOperation;
  readonly input: unknown;
  /** What happens before it runs, and stays when it refuses: the row that asks for it goes. */
  readonly first: (transaction: Transaction) => void;
}

/** Runs a task as `execute` runs a request. Throws only on bugs of the handler. */
export const executeTask = (
  state: GuildState,
  { operation, input, first }: Task,
  runtime: ExecutionRuntime,
  companion: Companion,
): Commit | undefined => {
  let transaction = beginAsNobody(state, runtime);
  first(transaction);
  if ('refused' in run(transaction, operation, input)) {
    transaction = beginAsNobody(state, runtime);
    first(transaction);
  }
  return commitOf(transaction, operation.name, runtime, companion);
};

const run = (
  transaction: Transaction,
  operation: AnyOperation,
  given: unknown,
  first: () => void = () => undefined,
): Answer => {
  try {
    const input = operation.input.parse(given);
    first();
    const outcome = openOutcome(operation.run(transaction as never, input as never));
    assert(outcome !== undefined, `${operation.name} gives an outcome, made by done() or refuse()`);
    return outcome;
  } catch (error) {
    if (error instanceof InputError) return refusal(error.code, error.args);
    const refused = refusalBehind(error);
    if (refused) return refused;
    throw error;
  }
};

const checkInvariants = (
  transaction: Transaction,
  changes: readonly Change[],
  runtime: Pick<Runtime, 'registry'>,
): void => {
  for (const invariant of runtime.registry.invariants) {
    if (!changes.some(({ collection }) => invariant.watches.includes(collection.name))) continue;
    if (!invariant.holds(transaction)) throw new InvariantError(`broken rule: ${invariant.name}`);
  }
};

/** Suggestions for an option, read from the guild's rows. */
export const suggest = (
  state: GuildState,
  request: SuggestionRequest,
  runtime: ExecutionRuntime,
): readonly Completion[] => {
  const asker = { member: request.member, permissions: request.permissions, channel: request.channel };
  return request.complete(begin(state, guildTime(state, runtime), asker, runtime), request.typed);
};
