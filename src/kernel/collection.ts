import { assert } from './assert.ts';
import type { Dotted, Frozen, MemberId, RowId, Schema } from './ids.ts';
import { quickSchema } from './quick-schema.ts';

declare const sealed: unique symbol;

/** What a part of a key may be. */
export interface KeyKinds {
  member: MemberId;
  id: RowId;
  text: string;
  int: number;
}
export type Kinds = readonly (keyof KeyKinds)[];
/** A key: a tuple typed by the collection's kinds. */
export type Key<K extends Kinds> = { readonly [Index in keyof K]: KeyKinds[K[Index]] };

/** What a feature declares about one named, versioned set of rows. */
export interface CollectionSpec<V, K extends Kinds, O extends string, T extends string> {
  readonly name: Dotted;
  /** Version of the row's form, from 1; `upgrades[n]` turns a row of version n + 1 into one of version n + 2. */
  readonly version: number;
  readonly key: K;
  readonly schema: Schema<V>;
  /** What `get` gives for a key without a row. */
  readonly initial: Frozen<V>;
  readonly upgrades: readonly ((row: unknown) => unknown)[];
  /** Most rows in one guild; a put beyond it is refused as a bug of the feature, which must prune. */
  readonly rowsMax: number;
  /** Boards kept sorted, highest first; `undefined` keeps a row off the board. Scores are safe integers. */
  readonly orderings: { readonly [Name in O]: (row: Frozen<V>) => number | undefined };
  /** Sums over all rows of a guild, kept with each put. Terms are safe integers. */
  readonly totals: { readonly [Name in T]: (row: Frozen<V>) => number };
  /**
   * How a member is forgotten: rows keyed by the member go, no row names one, or rows keyed by the member go and a
   * function rewrites each of the others.
   */
  readonly forget: 'key' | 'no member' | ((row: Frozen<V>, member: MemberId) => Frozen<V> | 'remove');
}

export interface Collection<V, K extends Kinds, O extends string, T extends string> extends CollectionSpec<V, K, O, T> {
  readonly [sealed]: 'collection';
}

/** A collection whose types have been forgotten: what the runtime handles. */
export interface AnyCollection {
  readonly name: Dotted;
  readonly version: number;
  readonly key: Kinds;
  readonly schema: Schema<unknown>;
  readonly initial: unknown;
  readonly upgrades: readonly ((row: unknown) => unknown)[];
  readonly rowsMax: number;
  readonly orderings: Readonly<Record<string, (row: never) => number | undefined>>;
  readonly totals: Readonly<Record<string, (row: never) => number>>;
  readonly forget: 'key' | 'no member' | ((row: never, member: MemberId) => unknown);
}

const collectionNamePattern = /^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/;

/** Declares a collection. Throws on a name that is not dotted lower case or on a missing upgrade. */
export const collection = <V, const K extends Kinds, const O extends string = never, const T extends string = never>(
  spec: CollectionSpec<V, K, O, T>,
): Collection<V, K, O, T> => {
  assert(collectionNamePattern.test(spec.name), `a collection has a dotted name, not ${spec.name}`);
  assert(spec.upgrades.length === spec.version - 1, `${spec.name} has an upgrade for each earlier version`);
  assert(spec.key.length > 0, `${spec.name} has a key`);
  return { ...spec, schema: quickSchema(spec.schema) } as unknown as Collection<V, K, O, T>;
};
