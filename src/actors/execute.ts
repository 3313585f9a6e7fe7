import { assert, InvariantError } from '../kernel/assert.ts';
import type { Clock } from '../kernel/clock.ts';
import { type EpochMs, epochMs, snowflakeTime } from '../kernel/ids.ts';
import { type Completion, InputError } from '../kernel/option.ts';
import { openOutcome } from '../kernel/outcome.ts';
import type { SeedSource } from '../kernel/random.ts';
import type { Registry } from '../kernel/registry.ts';
import type { WorldView } from '../kernel/world.ts';
import type { Commit, GuildState } from '../storage/contract.ts';
import { allows } from './authority.ts';
import type { Answer, Origin, Request, SuggestionRequest } from './request.ts';
import { loadOutcome, refusal, storeOutcome } from './stored-outcome.ts';
import { refusalBehind, Transaction } from './transaction.ts';

/** What all guilds' actors share. */
export interface Runtime {
  readonly registry: Registry;
  readonly clock: Clock;
  readonly seeds: SeedSource;
  /** The newest version of each world. */
  readonly worlds: ReadonlyMap<string, WorldView<unknown>>;
  /** Operators of this bot, by user id. */
  readonly owners: ReadonlySet<string>;
  /** Deep-freezes rows handed to handlers. For tests. */
  readonly freezeRows: boolean;
}

/** How long an interaction can be delivered again, and so how long outcomes are kept. Source: Discord's token life. */
export const redeliveryWindowMs = 15 * 60_000;

/** What running a request came to: an answer, and what is to be committed before it may be given. */
export interface Execution {
  readonly answer: Answer;
  readonly commit: Commit | undefined;
}

const begin = (state: GuildState, now: EpochMs, { member, permissions }: Origin, runtime: Runtime): Transaction =>
  new Transaction(state, {
    now,
    actor: { member, permissions },
    seeds: runtime.seeds,
    reactions: runtime.registry.reactions,
    world: ({ name, initial }) => runtime.worlds.get(name) ?? { version: 0, at: epochMs(0), value: initial },
    freeze: runtime.freezeRows,
  });

const guildTime = (state: GuildState, runtime: Runtime): EpochMs =>
  epochMs(Math.max(runtime.clock.now(), state.lastAt));

/**
 * Runs one request against a guild's rows, changing nothing: the caller commits. An interaction answered before gets
 * its stored answer again; one older than the redelivery window is refused. Throws only on bugs of the handler.
 */
export const execute = (state: GuildState, request: Request, runtime: Runtime): Execution => {
  const { operation } = request;
  const now = guildTime(state, runtime);
  if (operation.kind === 'mutation') {
    const answered = state.answered(request.id);
    if (answered) return { answer: loadOutcome(answered), commit: undefined };
    // By the clock, not the guild's time: that may have run ahead, and must not lock everybody out.
    if (runtime.clock.now() - snowflakeTime(request.id) > redeliveryWindowMs) {
      return { answer: refusal('core.too-late'), commit: undefined };
    }
  }
  if (!allows(operation.who, request, runtime.owners)) {
    return { answer: refusal(`core.only.${operation.who}`), commit: undefined };
  }
  const transaction = begin(state, now, request, runtime);
  const answer = run(transaction, request);
  if (operation.kind !== 'mutation') return { answer, commit: undefined };
  const refused = 'refused' in answer;
  const changes = refused ? [] : transaction.changes();
  // A mutation that changed nothing writes nothing. A refusal is kept: delivered again, it must not turn into a deed.
  if (changes.length === 0 && !refused) return { answer, commit: undefined };
  checkInvariants(transaction, new Set(changes.map((change) => change.collection.name)), runtime);
  return {
    answer,
    commit: {
      operation: operation.name,
      at: now,
      sequence: refused ? state.sequence : transaction.sequence,
      changes,
      answered: { request: request.id, outcome: storeOutcome(answer) },
      seed: refused ? undefined : transaction.seed,
    },
  };
};

const run = (transaction: Transaction, request: Request): Answer => {
  const { operation } = request;
  try {
    const input = operation.input.parse(request.input);
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

const checkInvariants = (transaction: Transaction, touched: ReadonlySet<string>, runtime: Runtime): void => {
  for (const invariant of runtime.registry.invariants) {
    if (!invariant.watches.some((name) => touched.has(name))) continue;
    if (!invariant.holds(transaction)) throw new InvariantError(`broken rule: ${invariant.name}`);
  }
};

/** Suggestions for an option, read from the guild's rows. */
export const suggest = (state: GuildState, request: SuggestionRequest, runtime: Runtime): readonly Completion[] =>
  request.complete(begin(state, guildTime(state, runtime), request, runtime), request.typed);
