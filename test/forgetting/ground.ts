// One guild with forgetting in it: members ask, the gateway tells, time is moved by hand and timers fall.

import { messages as runtimeMessages } from '../../src/actors/text.ts';
import { refusalBehind, Transaction } from '../../src/actors/transaction.ts';
import { exemptErasing } from '../../src/forgetting/guild.ts';
import { forgettingFeature } from '../../src/forgetting/index.ts';
import type { AnyCollection } from '../../src/kernel/collection.ts';
import type { Feature } from '../../src/kernel/feature.ts';
import { type EpochMs, epochMs, guildId, type MemberId, memberId, nobody } from '../../src/kernel/ids.ts';
import { decodeKey } from '../../src/kernel/key.ts';
import { memberActing } from '../../src/kernel/membership.ts';
import type { AnyOperation } from '../../src/kernel/operation.ts';
import { InputError } from '../../src/kernel/option.ts';
import { openOutcome, type Refusal } from '../../src/kernel/outcome.ts';
import { registry as collect, type Registry } from '../../src/kernel/registry.ts';
import { timers } from '../../src/kernel/timer.ts';
import type { Change, Commit } from '../../src/storage/contract.ts';
import { MemoryGuild } from '../features/memory-guild.ts';

export const guild = guildId('100000000000000001');
export const member = (number: number): MemberId => memberId(String(200_000_000_000_000_000n + BigInt(number)));
export const alice = member(1);
export const bob = member(2);
export const carol = member(3);
export const hourMs = 60 * 60_000;
export const dayMs = 24 * hourMs;
export const startOfTime = epochMs(Date.UTC(2026, 7, 1, 12));
export const hash = (_: string, id: string): string => `hash-${BigInt(id) * 7n}`;

type Answer = { readonly done: unknown } | Refusal;

export interface Ground {
  readonly registry: Registry;
  readonly state: MemoryGuild;
  readonly clock: { now: EpochMs };
  /** What somebody asks for, after the timers that are due. */
  readonly ask: (who: MemberId, operation: string, input?: unknown, permissions?: bigint) => Answer;
  /** The same before them. */
  readonly askNow: Ground['ask'];
  /** An operation nobody asks for. Gives what it came to. */
  readonly tell: (operation: string, input?: unknown) => unknown;
  /** Moves time; timers fall in their order. */
  readonly wait: (ms: number) => void;
  /** Lets time pass until nothing is due, at most `steps` timers. */
  readonly fire: (steps?: number) => number;
  /** A row as a test wants it, whoever would have to write it. */
  readonly force: (change: Change) => void;
  /** Every row as text: its collection, its key's parts and its value. */
  readonly rows: () => readonly string[];
  readonly count: (collection: Pick<AnyCollection, 'name'>) => number;
  /** How many rows the largest operation changed since this was last asked. */
  readonly largest: () => number;
}

const asText = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'bigint' ? `${inner}n` : inner));

export interface Wishes {
  readonly seed?: () => Uint8Array;
}

export const ground = (features: readonly Feature[], wishes: Wishes = {}): Ground => {
  const registry: Registry = exemptErasing(
    collect(
      [...features, forgettingFeature({ registry: () => registry, hash, guildRetentionDays: 30 })],
      [runtimeMessages],
    ),
  );
  const state = new MemoryGuild(guild);
  const clock = { now: startOfTime };
  let largest = 0;

  const run = (
    operation: AnyOperation,
    input: unknown,
    who: { readonly member: MemberId; readonly permissions: bigint },
    first: (transaction: Transaction) => void,
  ): { readonly answer: Answer; readonly transaction: Transaction } => {
    const begin = (): Transaction =>
      new Transaction(state, {
        now: epochMs(Math.max(clock.now, state.lastAt)),
        actor: who,
        seeds: wishes.seed ?? (() => new Uint8Array(16)),
        reactions: registry.reactions,
        extensions: registry.extensions,
        settings: registry.settings,
        world: ({ initial }) => ({ version: 0, at: epochMs(0), value: initial }),
        freeze: true,
      });
    let transaction = begin();
    first(transaction);
    let answer: Answer;
    try {
      if (operation.kind === 'mutation' && who.member !== nobody) transaction.emit(memberActing, who);
      const open = openOutcome(operation.run(transaction as never, operation.input.parse(input) as never));
      if (open === undefined) throw new Error(`${operation.name} gave no outcome`);
      answer = open;
    } catch (error) {
      const refused = refusalBehind(error);
      if (error instanceof InputError) answer = { refused: error.code, with: error.args };
      else if (refused) answer = refused;
      else throw error;
    }
    if ('refused' in answer) {
      transaction = begin();
      first(transaction);
    }
    return { answer, transaction };
  };

  const apply = (
    operation: Commit['operation'],
    { now, sequence }: Pick<Transaction, 'now' | 'sequence'>,
    changes: readonly Change[],
  ): void => state.apply({ operation, at: now, sequence, changes, answered: undefined, seed: undefined });

  const perform = (
    operation: AnyOperation,
    input: unknown,
    who: { readonly member: MemberId; readonly permissions: bigint },
    first: (transaction: Transaction) => void = () => undefined,
  ): Answer => {
    const { answer, transaction } = run(operation, input, who, first);
    const changes = operation.kind === 'mutation' ? transaction.changes() : [];
    if (changes.length === 0) return answer;
    const touched = new Set<string>(changes.map(({ collection }) => collection.name));
    for (const { name, watches, holds } of registry.invariants) {
      if (watches.some((watched) => touched.has(watched)) && !holds(transaction)) throw new Error(`broken: ${name}`);
    }
    largest = Math.max(largest, changes.length);
    apply(operation.name, transaction, changes);
    return answer;
  };

  const operationNamed = (name: string): AnyOperation => {
    const operation = registry.operations.get(name);
    if (operation === undefined) throw new Error(`no operation ${name}`);
    return operation;
  };
  const asNobody = { member: nobody, permissions: 0n };

  const fire = (steps = 10_000): number => {
    for (let fired = 0; fired < steps; fired += 1) {
      const [due] = state.top(timers, 'due', 0, 1);
      if (due === undefined || 0 - due[1] > clock.now) return fired;
      const [name, own] = decodeKey(timers.key, due[0]) as [string, string];
      const { input } = state.row(timers, due[0]) as { readonly input: unknown };
      perform(operationNamed(name), input, asNobody, (transaction) => transaction.remove(timers, [name, own]));
    }
    return steps;
  };

  const askNow: Ground['ask'] = (who, operation, input = {}, permissions = 0n) =>
    perform(operationNamed(operation), input, { member: who, permissions });

  return {
    registry,
    state,
    clock,
    ask: (...asked) => {
      fire();
      return askNow(...asked);
    },
    askNow,
    tell: (operation, input = {}) => {
      const answer = perform(operationNamed(operation), input, asNobody);
      if ('refused' in answer) throw new Error(`${operation} refused: ${answer.refused}`);
      return answer.done;
    },
    wait: (ms) => {
      clock.now = epochMs(clock.now + ms);
      fire();
    },
    fire,
    force: (change) => apply('test.force', { now: state.lastAt, sequence: state.sequence }, [change]),
    rows: () =>
      [...registry.collections.values()].flatMap((collection) =>
        [...state.rows(collection)].map(
          ([key, value]) => `${collection.name} ${asText(decodeKey(collection.key, key))} ${asText(value)}`,
        ),
      ),
    count: (collection) => state.rows(collection).size,
    largest: () => {
      const rows = largest;
      largest = 0;
      return rows;
    },
  };
};
