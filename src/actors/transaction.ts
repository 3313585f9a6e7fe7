import { assert } from '../kernel/assert.ts';
import type { AnyCollection, Collection, Key, Kinds } from '../kernel/collection.ts';
import type { Asker, Mutation, PageRequest } from '../kernel/context.ts';
import { type Effect, type Following, outbox } from '../kernel/effect.ts';
import type { Event, Reaction } from '../kernel/event.ts';
import type { Extension, ExtensionPoint } from '../kernel/extension.ts';
import { type EpochMs, epochMs, type Frozen, type GuildId, type RowId, realmOf, rowId } from '../kernel/ids.ts';
import { decodeKey, encodeKey } from '../kernel/key.ts';
import { type Operation, openOperation } from '../kernel/operation.ts';
import { openOutcome, type Refusal } from '../kernel/outcome.ts';
import { type Random, type SeedSource, seededRandom } from '../kernel/random.ts';
import { type AnySetting, type Setting, settingOverrides, settingOverridesKey } from '../kernel/setting.ts';
import { timers } from '../kernel/timer.ts';
import { type AnyWorld, type World, type WorldView, worlds } from '../kernel/world.ts';
import type { Change, GuildState } from '../storage/contract.ts';
import { Overlay } from './overlay.ts';

/** Rows a `page` or `top` gives at most. */
const pageRowsMax = 200;
/** Reactions that emit in turn: how deep that may go. */
const emitDepthMax = 8;
/** How long a new effect is left to the process that wants it. After a crash within, it is tried when this is over. */
export const effectLeaseMs = 60_000;

/** Thrown through a handler when a reaction refuses: the whole operation is refused. */
class RefusedByReaction extends Error {
  override readonly name = 'RefusedByReaction';
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.refused);
    this.refusal = refusal;
  }
}

/** What a transaction needs besides the guild's rows. */
export interface TransactionEnvironment {
  readonly now: EpochMs;
  readonly actor: Asker;
  readonly seeds: SeedSource;
  readonly reactions: ReadonlyMap<string, readonly Reaction[]>;
  readonly extensions: ReadonlyMap<string, readonly Extension[]>;
  /** The declared settings, by key. */
  readonly settings: ReadonlyMap<string, AnySetting>;
  /** The newest version of a world that reached the guild. */
  readonly world: (world: AnyWorld) => WorldView<unknown>;
  /** Rows handed out are deep-frozen: a handler that changes one in place fails at once. For tests. */
  readonly freeze: boolean;
}

/**
 * One operation's view of its guild and its write set. Nothing reaches the guild's rows before the runtime commits
 * `changes`, so a throw or a refusal leaves no trace.
 */
export class Transaction implements Mutation {
  readonly now: EpochMs;
  readonly guild: GuildId;
  readonly actor: Asker;
  readonly #overlay: Overlay;
  readonly #environment: TransactionEnvironment;
  #sequence: number;
  #seed: Uint8Array | undefined;
  #random: Random | undefined;
  #emitDepth = 0;

  constructor(state: GuildState, environment: TransactionEnvironment) {
    this.now = environment.now;
    this.guild = state.guild;
    this.actor = environment.actor;
    this.#overlay = new Overlay(state);
    this.#environment = environment;
    this.#sequence = state.sequence;
  }

  /** The row changes so far. */
  changes(): readonly Change[] {
    return this.#overlay.changes();
  }
  /** The guild's sequence after the ids drawn so far. */
  get sequence(): number {
    return this.#sequence;
  }
  /** The seed, once something was drawn. */
  get seed(): Uint8Array | undefined {
    return this.#seed;
  }

  find<V, K extends Kinds, O extends string, T extends string>(
    rows: Collection<V, K, O, T>,
    key: Key<K>,
  ): Frozen<V> | undefined {
    return this.#handOut(this.#overlay.row(erased(rows), encode(rows, key))) as Frozen<V> | undefined;
  }

  get<V, K extends Kinds, O extends string, T extends string>(rows: Collection<V, K, O, T>, key: Key<K>): Frozen<V> {
    return this.find(rows, key) ?? rows.initial;
  }

  page<V, K extends Kinds, O extends string, T extends string>(
    rows: Collection<V, K, O, T>,
    request: PageRequest<K>,
  ): readonly (readonly [Key<K>, Frozen<V>])[] {
    checkLimit(request.limit);
    const from = (request.from ?? []) as readonly (string | number)[];
    const found = this.#overlay.scan(erased(rows), {
      prefix: from.length === 0 ? '' : encodeKey(rows.key, from),
      after: request.after && encode(rows, request.after),
      reverse: request.newestFirst ?? false,
      limit: request.limit,
    });
    return found.map(([key, row]) => [decode(rows, key), this.#handOut(row) as Frozen<V>] as const);
  }

  top<V, K extends Kinds, O extends string, T extends string>(
    rows: Collection<V, K, O, T>,
    ordering: NoInfer<O>,
    from: number,
    limit: number,
  ): readonly (readonly [Key<K>, number])[] {
    checkLimit(limit);
    assert(Number.isSafeInteger(from) && from >= 0, 'a place is a whole number from 0');
    return this.#overlay
      .top(erased(rows), ordering, from, limit)
      .map(([key, score]) => [decode(rows, key), score] as const);
  }

  rank<V, K extends Kinds, O extends string, T extends string>(
    rows: Collection<V, K, O, T>,
    ordering: NoInfer<O>,
    key: Key<K>,
  ): number | undefined {
    return this.#overlay.rank(erased(rows), ordering, encode(rows, key));
  }

  total<V, K extends Kinds, O extends string, T extends string>(
    rows: Collection<V, K, O, T>,
    total: NoInfer<T>,
  ): bigint {
    return this.#overlay.total(erased(rows), total);
  }

  count<V, K extends Kinds, O extends string, T extends string>(rows: Collection<V, K, O, T>): number {
    return this.#overlay.count(erased(rows));
  }

  setting<V>(setting: Setting<V>): V {
    // The declared one may have the owner's default in the place of the built-in one.
    const declared = (this.#environment.settings.get(setting.key) ?? setting) as Setting<V>;
    return settingValue(this.get(settingOverrides, settingOverridesKey).texts, declared);
  }

  world<W>(world: World<W>): WorldView<W> {
    return this.#handOut(this.#environment.world(world)) as WorldView<W>;
  }

  extensions<S, A>(point: ExtensionPoint<S, A>, subject: NoInfer<S>): readonly A[] {
    const answers: A[] = [];
    for (const { answer } of this.#environment.extensions.get(point.name) ?? []) {
      const given = answer(this, subject as never) as A | undefined;
      if (given !== undefined) answers.push(given);
    }
    return answers;
  }

  get random(): Random {
    if (!this.#random) {
      this.#seed = this.#environment.seeds();
      this.#random = seededRandom(this.#seed);
    }
    return this.#random;
  }

  newId(): RowId {
    this.#sequence += 1;
    return rowId(this.#sequence);
  }

  put<V, K extends Kinds, O extends string, T extends string>(
    rows: Collection<V, K, O, T>,
    key: Key<K>,
    row: NoInfer<Frozen<V>>,
  ): void {
    // Parsing checks the row and copies it, so that nothing the handler still holds is part of the guild's state.
    this.#overlay.write(erased(rows), encode(rows, key), rows.schema.parse(row));
  }

  remove<V, K extends Kinds, O extends string, T extends string>(rows: Collection<V, K, O, T>, key: Key<K>): void {
    this.#overlay.write(erased(rows), encode(rows, key), undefined);
  }

  emit<P>(event: Event<P>, payload: NoInfer<P>): void {
    const reactions = this.#environment.reactions.get(event.name) ?? [];
    this.#emitDepth += 1;
    assert(this.#emitDepth <= emitDepthMax, `reactions to ${event.name} end`);
    for (const reaction of reactions) {
      const outcome = openOutcome(reaction.run(this, payload as never));
      assert(outcome !== undefined, `a reaction to ${event.name} gives an outcome`);
      if ('refused' in outcome) throw new RefusedByReaction(outcome);
    }
    this.#emitDepth -= 1;
  }

  wake<I>(task: Operation<I>, key: string, at: EpochMs, input: NoInfer<I>): void {
    const { name, version, who } = openOperation(task);
    assert(who === 'runtime', 'only tasks are woken');
    this.put(timers, [name, key], { at: epochMs(at), version, input, attempts: 0 });
  }

  cancel<I>(task: Operation<I>, key: string): void {
    this.remove(timers, [openOperation(task).name, key]);
  }

  perform<P, R, I>(effect: Effect<P, R>, payload: NoInfer<P>, following?: Following<NoInfer<R>, I>): void {
    this.put(outbox, [this.newId()], {
      kind: effect.kind,
      repeat: effect.repeat,
      payload: effect.payload.parse(payload),
      at: epochMs(this.now + effectLeaseMs),
      attempts: 0,
      begun: false,
      ...(following && {
        following: { operation: openOperation(following.operation).name, input: following.input },
      }),
    });
  }

  publish<W>(world: World<W>, value: NoInfer<Frozen<W>>): void {
    assert(realmOf(this.guild) === 'market', 'only the market publishes');
    const { version } = this.get(worlds, [world.name]);
    this.put(worlds, [world.name], { version: version + 1, at: this.now, value: world.schema.parse(value) });
  }

  #handOut(row: unknown): unknown {
    return this.#environment.freeze ? deepFreeze(row) : row;
  }
}

/** The refusal behind what a handler threw, if a reaction's refusal went through it. */
export const refusalBehind = (thrown: unknown): Refusal | undefined =>
  thrown instanceof RefusedByReaction ? thrown.refusal : undefined;

// The overlay handles rows without their types; the signatures above give them back.
const erased = <V, K extends Kinds, O extends string, T extends string>(rows: Collection<V, K, O, T>): AnyCollection =>
  rows;

const encode = <V, K extends Kinds, O extends string, T extends string>(
  rows: Collection<V, K, O, T>,
  key: Key<K>,
): string => {
  const parts = key as readonly (string | number)[];
  assert(parts.length === rows.key.length, 'a key has a part for each of its kinds');
  return encodeKey(rows.key, parts);
};

const decode = <V, K extends Kinds, O extends string, T extends string>(
  rows: Collection<V, K, O, T>,
  key: string,
): Key<K> => decodeKey(rows.key, key) as unknown as Key<K>;

const checkLimit = (limit: number): void =>
  assert(Number.isSafeInteger(limit) && limit >= 1 && limit <= pageRowsMax, 'a page has 1 to 200 rows');

const parsedSettings = new WeakMap<object, Map<string, unknown>>();

/** A guild's value of a setting; texts are parsed once for each stored row. */
const settingValue = <V>(texts: Readonly<Record<string, string>>, setting: Setting<V>): V => {
  if (!Object.hasOwn(texts, setting.key)) return setting.initial;
  let parsed = parsedSettings.get(texts);
  if (!parsed) {
    parsed = new Map();
    parsedSettings.set(texts, parsed);
  }
  if (!parsed.has(setting.key)) parsed.set(setting.key, setting.parse(texts[setting.key] as string) ?? setting.initial);
  return parsed.get(setting.key) as V;
};

const deepFreeze = (value: unknown): unknown => {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
};
