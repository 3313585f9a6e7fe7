// One guild at a table: members say commands, time is moved by hand, and every answer is put into words at once.
import { type ExecutionRuntime, execute, suggest } from '../../src/actors/execute.ts';
import type { Answer } from '../../src/actors/request.ts';
import { messages as runtimeMessages } from '../../src/actors/text.ts';
import { features as allFeatures } from '../../src/features/index.ts';
import { type Account, book, entryKind, give } from '../../src/features/wallet/api.ts';
import { accounts, debts, type Line, ledger, supply, supplyKey } from '../../src/features/wallet/state.ts';
import { parseCustomId } from '../../src/kernel/component.ts';
import type { Mutation } from '../../src/kernel/context.ts';
import type { Feature } from '../../src/kernel/feature.ts';
import { type Coins, epochMs, type GuildId, guildId, type MemberId, memberId, nobody } from '../../src/kernel/ids.ts';
import { decodeKey, encodeKey } from '../../src/kernel/key.ts';
import { departures } from '../../src/kernel/membership.ts';
import { type AnyOperation, mutation } from '../../src/kernel/operation.ts';
import type { Completion, Option } from '../../src/kernel/option.ts';
import { done } from '../../src/kernel/outcome.ts';
import { type Random, seededRandom } from '../../src/kernel/random.ts';
import { registry as collect } from '../../src/kernel/registry.ts';
import type { Modal, Reply } from '../../src/kernel/reply.ts';
import { timers } from '../../src/kernel/timer.ts';
import type { WorldView } from '../../src/kernel/world.ts';
import { featureWith } from '../house/feature.ts';
import { MemoryGuild } from './memory-guild.ts';

export const administrator = 1n << 3n;
export const manager = 1n << 5n;

export const member = (number: number): MemberId => memberId(String(200_000_000_000_000_000n + BigInt(number)));
export const alice = member(1);
export const bob = member(2);
export const carol = member(3);

/** How the gateway hands in somebody named in an option. */
export const person = (id: MemberId, more: { readonly bot?: boolean; readonly present?: boolean } = {}) => ({
  id,
  bot: more.bot ?? false,
  present: more.present ?? true,
});

export const startOfTime = epochMs(Date.UTC(2026, 7, 1, 12));
export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;

const discordEpochMs = 1_420_070_400_000;

const funding = mutation({
  name: 'test.fund',
  version: 1,
  who: 'owner',
  input: { parse: (input) => input as Fund },
  run: (m, { who, wallet, bank }) => {
    const as = { entry: entryKind('test') };
    const postings = [give(who, 'wallet', wallet, as), give(who, 'bank', bank, as)];
    book(m, { postings: postings.filter(({ change }) => change > 0), minted: (wallet + bank) as Coins });
    m.put(accounts, [who], { ...m.get(accounts, [who]), startedAt: m.now, activeAt: m.now });
    return done();
  },
  view: () => ({ private: true }),
});

interface Fund {
  readonly who: MemberId;
  readonly wallet: Coins;
  readonly bank: Coins;
}

/** Gives tests coins, through the same door as everything else. */
export const testFeature = featureWith('test', {
  operations: [funding],
  messages: { 'economy.entry.test': 'Test' },
});

/** What somebody was answered. */
export interface Answered {
  /** The refusal's code, or `undefined` where it was done. */
  readonly refused: string | undefined;
  readonly with: Readonly<Record<string, unknown>>;
  readonly reply: Reply;
  readonly modal: Modal['modal'] | undefined;
  /** All words of the reply. */
  readonly words: string;
}

const wordsOf = (reply: Reply): string => {
  const parts = [reply.content];
  for (const { title, description, fields = [], footer } of reply.embeds ?? []) {
    parts.push(title, description);
    for (const { name, value } of fields) parts.push(name, value);
    parts.push(footer);
  }
  return parts.filter((part) => part !== undefined).join('\n');
};

/** The value of a field of the first card. */
export const field = (answered: Answered, name: string): string | undefined =>
  answered.reply.embeds?.[0]?.fields?.find((one) => one.name === name)?.value;

export const createTable = (
  features: readonly Feature[] = allFeatures,
  guild: GuildId = guildId('100000000000000001'),
) => {
  const registry = collect([...features, testFeature], [runtimeMessages]);
  const state = new MemoryGuild(guild);
  const worlds = new Map<string, WorldView<unknown>>();
  const clock = { now: startOfTime };
  const operator = member(99);
  let seeds: () => Uint8Array = () => new Uint8Array(16);
  let asked = 0n;
  const runtime: ExecutionRuntime = {
    registry,
    clock: { now: () => clock.now, monotonicMs: () => 0 },
    seeds: () => seeds(),
    owners: new Set([operator]),
    worlds,
    freezeRows: true,
  };
  /** Puts a row as an operation of before would have left it. */
  const put: Mutation['put'] = (rows, key, row): void => {
    const encoded = encodeKey(rows.key, key);
    state.apply({
      operation: 'test.put',
      at: clock.now,
      sequence: state.sequence,
      changes: [{ collection: rows, key: encoded, before: state.row(rows, encoded), after: row }],
      answered: undefined,
      seed: undefined,
    });
  };
  const newId = (): string => {
    asked += 1n;
    return String((BigInt(Math.max(clock.now, state.lastAt) - discordEpochMs) << 22n) + asked);
  };
  const render = (operation: AnyOperation, answer: Answer): Answered => {
    const text = registry.text('en');
    if ('refused' in answer) {
      const reply: Reply = { private: true, content: text(answer.refused, answer.with) };
      return { refused: answer.refused, with: answer.with, reply, modal: undefined, words: wordsOf(reply) };
    }
    const view = operation.view(answer.done as never, text);
    const modal = 'modal' in view ? view.modal : undefined;
    const reply: Reply = 'modal' in view ? { private: true } : view;
    return { refused: undefined, with: {}, reply, modal, words: wordsOf(reply) };
  };
  const perform = (
    who: MemberId,
    operation: AnyOperation,
    input: unknown,
    { permissions = 0n, id = newId() }: { readonly permissions?: bigint; readonly id?: string } = {},
  ): Answered => {
    const request = { guild: state.guild, member: who, permissions, id, operation, input, deadlineMs: 1 };
    const execution = execute(state, request, runtime);
    if (execution.commit) state.apply(execution.commit);
    return render(operation, execution.answer);
  };
  const operationNamed = (name: string): AnyOperation => {
    const operation = registry.operations.get(name);
    if (!operation) throw new Error(`no operation ${name}`);
    return operation;
  };
  const runTask = (name: string, input: unknown): void => {
    const answered = perform(nobody, { ...operationNamed(name), who: 'anyone' }, input);
    if (answered.refused !== undefined) throw new Error(`${name} was refused: ${answered.refused}`);
  };
  const nextDue = () =>
    [...state.rows(timers)]
      .map(([key, row]) => ({ key, ...(row as { readonly at: number; readonly input: unknown }) }))
      .filter(({ at }) => at <= clock.now)
      .sort((left, right) => left.at - right.at)[0];
  return {
    registry,
    state,
    clock,
    /** What the guild sees of each world, by name: tests put versions in. */
    worlds,
    /** Runs a task, as nobody. A refusal is an error. */
    runTask,
    /** Has fall what is due, the earliest first, and gives how much that was. */
    fall: (): number => {
      let fallen = 0;
      for (let due = nextDue(); due; due = nextDue()) {
        state.rows(timers).delete(due.key);
        runTask(decodeKey(timers.key, due.key)[0] as string, due.input);
        fallen += 1;
      }
      return fallen;
    },
    /** Says a command. */
    say: (
      who: MemberId,
      path: string,
      input: Readonly<Record<string, unknown>> = {},
      more: { readonly permissions?: bigint; readonly id?: string } = {},
    ): Answered => {
      const command = registry.commands.get(path);
      if (!command) throw new Error(`no command ${path}`);
      return perform(who, operationNamed(command.operation.name), input, more);
    },
    /** Presses a button or sends a form. */
    press: (
      who: MemberId,
      id: string,
      joined: Readonly<Record<string, unknown>> = {},
      more: { readonly permissions?: bigint } = {},
    ): Answered => {
      const call = parseCustomId(id);
      if (!call) throw new Error(`no control ${id}`);
      return perform(who, operationNamed(call.operation), { ...call.input, ...joined }, more);
    },
    perform,
    /** What is suggested for an option while a member without rights types. */
    suggest: (path: string, option: string, typed: string): readonly Completion[] => {
      const operation = operationNamed(registry.commands.get(path)?.operation.name ?? '');
      const declared = 'options' in operation.input ? (operation.input.options as Record<string, Option<unknown>>) : {};
      const complete = declared[option]?.complete;
      if (!complete) throw new Error(`/${path} suggests nothing for ${option}`);
      return suggest(state, { guild: state.guild, member: alice, permissions: 0n, complete, typed }, runtime);
    },
    fund: (who: MemberId, wallet: number, bank = 0): void => {
      const answered = perform(operator, operationNamed('test.fund'), { who, wallet, bank });
      if (answered.refused !== undefined) throw new Error(answered.refused);
    },
    set: (key: string, value: string): void => {
      const answered = perform(
        operator,
        operationNamed('core.settings.set'),
        { key, value },
        { permissions: administrator },
      );
      if (answered.refused !== undefined) throw new Error(answered.words);
    },
    put,
    /** Somebody leaves the server. */
    leave: (who: MemberId): void => put(departures, [who], departures.initial),
    wait: (ms: number): void => {
      clock.now = epochMs(clock.now + ms);
    },
    draw: (source: () => Uint8Array): void => {
      seeds = source;
    },
    account: (who: MemberId): Account =>
      (state.row(accounts, encodeKey(accounts.key, [who])) ?? accounts.initial) as Account,
    supply: () =>
      (state.row(supply, encodeKey(supply.key, supplyKey)) ?? supply.initial) as { minted: bigint; burned: bigint },
    debtRows: () => [...state.rows(debts).values()],
    ledgerRows: () =>
      [...state.rows(ledger).values()]
        .flatMap((row) => (row as { readonly lines: readonly Line[] }).lines)
        .map(([owner, kind, wallet, bank, debt]) => ({ member: owner, kind, wallet, bank, debt })),
    nextId: newId,
  };
};

export type Table = ReturnType<typeof createTable>;

/** A seed whose stream of draws is as wanted. */
export const seedWhere = (wanted: (random: Random) => boolean): Uint8Array => {
  const seed = new Uint8Array(16);
  const numbers = new DataView(seed.buffer);
  for (let candidate = 0; candidate < 1_000_000; candidate += 1) {
    numbers.setUint32(0, candidate);
    if (wanted(seededRandom(seed))) return seed;
  }
  throw new Error('no seed draws that');
};
