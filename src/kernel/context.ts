import type { Collection, Key, Kinds } from './collection.ts';
import type { Effect, Following } from './effect.ts';
import type { Event } from './event.ts';
import type { ExtensionPoint } from './extension.ts';
import type { ChannelId, EpochMs, Frozen, GuildId, MemberId, RowId } from './ids.ts';
import type { Operation } from './operation.ts';
import type { Random } from './random.ts';
import type { Setting } from './setting.ts';
import type { World, WorldView } from './world.ts';

/** Who asks, and where: the member, the channel and the permission bits there, as Discord sent them. */
export interface Asker {
  readonly member: MemberId;
  readonly permissions: bigint;
  /** Absent where nobody asks, as in a task. */
  readonly channel?: ChannelId | undefined;
}

/** A page of rows in key order. `from` fixes the first parts of the key; `after` goes on behind a key already seen. */
export interface PageRequest<K extends Kinds> {
  readonly from?: Partial<Key<K>> | undefined;
  readonly after?: Key<K> | undefined;
  readonly newestFirst?: boolean | undefined;
  /** Most rows to give, 1 to 200. */
  readonly limit: number;
}

/** What an operation that only reads may do. Reads see the guild's rows and nothing of any other guild. */
export interface Query {
  /** The guild's time; it never falls. */
  readonly now: EpochMs;
  readonly guild: GuildId;
  readonly actor: Asker;
  /** The row, or the collection's `initial`. */
  get<V, K extends Kinds, O extends string, T extends string>(rows: Collection<V, K, O, T>, key: Key<K>): Frozen<V>;
  /** The row, or `undefined`. */
  find<V, K extends Kinds, O extends string, T extends string>(
    rows: Collection<V, K, O, T>,
    key: Key<K>,
  ): Frozen<V> | undefined;
  /** Rows in key order. */
  page<V, K extends Kinds, O extends string, T extends string>(
    rows: Collection<V, K, O, T>,
    request: PageRequest<K>,
  ): readonly (readonly [Key<K>, Frozen<V>])[];
  /** Keys and scores of a board from place `from` (0 is the highest), at most `limit` (1 to 200). */
  top<V, K extends Kinds, O extends string, T extends string>(
    rows: Collection<V, K, O, T>,
    ordering: NoInfer<O>,
    from: number,
    limit: number,
  ): readonly (readonly [Key<K>, number])[];
  /** The place of a key on a board, 0 the highest; `undefined` when it is not on it. */
  rank<V, K extends Kinds, O extends string, T extends string>(
    rows: Collection<V, K, O, T>,
    ordering: NoInfer<O>,
    key: Key<K>,
  ): number | undefined;
  /** A sum over all rows of the guild. */
  total<V, K extends Kinds, O extends string, T extends string>(
    rows: Collection<V, K, O, T>,
    total: NoInfer<T>,
  ): bigint;
  /** How many rows the guild has in a collection. */
  count<V, K extends Kinds, O extends string, T extends string>(rows: Collection<V, K, O, T>): number;
  /** The guild's value of a setting, or the built-in one. */
  setting<V>(setting: Setting<V>): V;
  /** The newest version of a world that reached this guild. */
  world<W>(world: World<W>): WorldView<W>;
  /** What the other features answer at an extension point, in declared order; those with nothing to say are left out. */
  extensions<S, A>(point: ExtensionPoint<S, A>, subject: NoInfer<S>): readonly A[];
}

/** What an operation that changes rows may do besides reading. All of it happens, or none. */
export interface Mutation extends Query {
  /** Draws from this operation's own seed. */
  readonly random: Random;
  /** A fresh id of this guild. */
  newId(): RowId;
  put<V, K extends Kinds, O extends string, T extends string>(
    rows: Collection<V, K, O, T>,
    key: Key<K>,
    row: NoInfer<Frozen<V>>,
  ): void;
  remove<V, K extends Kinds, O extends string, T extends string>(rows: Collection<V, K, O, T>, key: Key<K>): void;
  /** Runs the pack's reactions to the event inside this operation, in declared order. */
  emit<P>(event: Event<P>, payload: NoInfer<P>): void;
  /**
   * Runs a task at a time, or at once when that has passed; the same task and key again moves it. A key has 1 to 200
   * characters. What is set here falls after a restart as well, and once.
   */
  wake<I>(task: Operation<I>, key: string, at: EpochMs, input: NoInfer<I>): void;
  /** Takes back what `wake` set; nothing happens where there is none. */
  cancel<I>(task: Operation<I>, key: string): void;
  /** Has something done outside once this operation is durable. Its end comes back as an operation, if one is named. */
  perform<P, R, I>(effect: Effect<P, R>, payload: NoInfer<P>, following?: Following<NoInfer<R>, I>): void;
  /** Publishes the next version of a world to all guilds. In the market's realm only. */
  publish<W>(world: World<W>, value: NoInfer<Frozen<W>>): void;
}
