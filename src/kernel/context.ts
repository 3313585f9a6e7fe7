import type { Collection, Key, Kinds } from './collection.ts';
import type { Event } from './event.ts';
import type { EpochMs, Frozen, GuildId, MemberId, RowId } from './ids.ts';
import type { Random } from './random.ts';
import type { Setting } from './setting.ts';

/** Who asks: the member and their permission bits in the channel, as Discord sent them with the interaction. */
export interface Asker {
  readonly member: MemberId;
  readonly permissions: bigint;
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
}
