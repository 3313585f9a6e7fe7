import { crc32 } from 'node:zlib';
import type { AnyCollection } from '../kernel/collection.ts';
import { type RowForm, rowForm } from './row-form.ts';

/** The properties of a row in the order they are stored in, or that the row is stored as one value. */
export type Layout = readonly string[] | 'whole';

/** What storage knows about a collection: what its feature declares, and the form of rows of every version so far. */
export interface Definition {
  readonly name: string;
  /** `undefined` when no feature declares it any more: its rows are kept, and cannot be read. */
  readonly collection: AnyCollection | undefined;
  readonly version: number;
  readonly layouts: ReadonlyMap<number, Layout>;
  /** The same as what rows are stored and read by; empty where no feature declares the collection. */
  readonly forms: ReadonlyMap<number, RowForm>;
  readonly keyKinds: readonly string[];
  /** `key`, `no member` or `function`. */
  readonly forget: string;
  readonly orderings: readonly { readonly name: string; readonly score: (row: unknown) => number | undefined }[];
  readonly totals: readonly { readonly name: string; readonly term: (row: unknown) => number }[];
  /** Changes when orderings, totals or the version do: what was derived under another one is derived anew. */
  readonly fingerprint: number;
}

/** The order in which rows of the collection's present version are stored. */
export const declaredLayout = (collection: AnyCollection): Layout => {
  const schema: object = collection.schema;
  if (!('shape' in schema) || typeof schema.shape !== 'object' || schema.shape === null) return 'whole';
  return Object.keys(schema.shape);
};

const fingerprintOf = (collection: AnyCollection): number => {
  const derivations = [...Object.entries(collection.orderings), ...Object.entries(collection.totals)];
  // A function's source is the nearest thing to its identity; when only its wording changes, deriving anew does no harm.
  const sources = derivations.map(([name, derive]) => `${name}=${derive.toString()}`);
  return crc32([collection.version, Object.keys(collection.orderings).length, ...sources].join('\n'));
};

/** What storage knows about a collection that a feature declares. */
export const definitionOf = (collection: AnyCollection, layouts: ReadonlyMap<number, Layout>): Definition => ({
  name: collection.name,
  collection,
  version: collection.version,
  layouts,
  forms: new Map([...layouts].map(([version, layout]) => [version, rowForm(version, layout)])),
  keyKinds: collection.key,
  forget: typeof collection.forget === 'function' ? 'function' : collection.forget,
  orderings: Object.entries(collection.orderings).map(([name, score]) => ({
    name,
    score: score as (row: unknown) => number | undefined,
  })),
  totals: Object.entries(collection.totals).map(([name, term]) => ({ name, term: term as (row: unknown) => number })),
  fingerprint: fingerprintOf(collection),
});

/** What storage knows about a collection that only the catalogue remembers. */
export const orphanOf = (
  name: string,
  version: number,
  stored: Pick<Definition, 'layouts' | 'keyKinds' | 'forget'>,
): Definition => ({
  name,
  collection: undefined,
  version,
  layouts: stored.layouts,
  forms: new Map(),
  keyKinds: stored.keyKinds,
  forget: stored.forget,
  orderings: [],
  totals: [],
  fingerprint: 0,
});
