import { z } from 'zod';
import { assert } from '../kernel/assert.ts';
import type { AnyCollection } from '../kernel/collection.ts';
import { pack, unpack } from './codec.ts';
import { type Definition, declaredLayout, definitionOf, type Layout, orphanOf } from './definition.ts';
import { DamagedStoreError, NewerStoreError, noPosition, type Position, type Rows, type RowWrite } from './ports.ts';
import { catalogueKey, storeKey } from './row-keys.ts';

/** The form of everything in the rows. A store of a greater one is refused. */
const storeFormat = 1;

/** Every collection the store ever held rows of, by name. */
export type Catalogue = ReadonlyMap<string, Definition>;

interface StoredCollection {
  readonly keyKinds: readonly string[];
  /** `key`, `no member` or `function`: rows of deleted features can be erased by the first two alone. */
  readonly forget: string;
  readonly layouts: ReadonlyMap<number, Layout>;
}
type StoredCatalogue = ReadonlyMap<string, StoredCollection>;

const whole = z.int().nonnegative();
const storeSchema = z.tuple([whole, whole]);
const layoutSchema = z.union([z.literal('whole'), z.array(z.string())]);
const catalogueSchema = z.array(
  z.tuple([z.string(), z.array(z.string()), z.string(), z.array(z.tuple([whole, layoutSchema]))]),
);

const newerStore = (what: string): NewerStoreError =>
  new NewerStoreError(`${what} is of a newer version of Guildhall. Nothing was changed. Start that version`);

const readStoredCatalogue = (rows: Rows): StoredCatalogue => {
  const bytes = rows.get(catalogueKey);
  if (bytes === undefined) return new Map();
  const parsed = catalogueSchema.safeParse(unpack(bytes, 'the catalogue'));
  if (!parsed.success) throw new DamagedStoreError('the catalogue has an unknown form', { cause: parsed.error });
  return new Map(
    parsed.data.map(([name, keyKinds, forget, layouts]) => [name, { keyKinds, forget, layouts: new Map(layouts) }]),
  );
};

const encodeCatalogue = (catalogue: StoredCatalogue): Uint8Array =>
  pack([...catalogue].map(([name, { keyKinds, forget, layouts }]) => [name, keyKinds, forget, [...layouts]]));

const sameLayout = (one: Layout, other: Layout): boolean => {
  if (one === 'whole' || other === 'whole') return one === other;
  return one.length === other.length && one.every((name) => other.includes(name));
};

const versionOf = (stored: StoredCollection): number => Math.max(...stored.layouts.keys());

/** The collection as it is to be stored: what is stored of it already, and its present version. */
const withDeclared = (collection: AnyCollection, stored: StoredCollection | undefined): StoredCollection => {
  const { name, version } = collection;
  const declared = declaredLayout(collection);
  const known = stored?.layouts.get(version);
  if (stored !== undefined && versionOf(stored) > version) throw newerStore(`collection ${name} in the store`);
  assert(
    known === undefined || sameLayout(known, declared),
    `the properties of ${name} change with its version: version ${version} has other ones in the store`,
  );
  assert(
    stored === undefined || stored.keyKinds.join() === collection.key.join(),
    `the key of ${name} never changes; it is another one in the store`,
  );
  return {
    keyKinds: collection.key,
    forget: typeof collection.forget === 'function' ? 'function' : collection.forget,
    // The stored order of properties goes on when only the order has changed.
    layouts: new Map(stored?.layouts).set(version, known ?? declared),
  };
};

/** Up to where the journal was trimmed. Throws `NewerStoreError` when the store is of a newer version. */
export const readTrimmed = (rows: Pick<Rows, 'get'>): Position => {
  const bytes = rows.get(storeKey);
  if (bytes === undefined) return noPosition;
  const values = unpack(bytes, 'the store');
  if (Array.isArray(values) && typeof values[0] === 'number' && values[0] > storeFormat) throw newerStore('the store');
  const parsed = storeSchema.safeParse(values);
  if (!parsed.success) throw new DamagedStoreError('the store has an unknown form', { cause: parsed.error });
  return parsed.data[1] as Position;
};

/** The row that says up to where the journal is about to be trimmed. */
export const trimmedRow = (trimmed: Position): RowWrite => ({ key: storeKey, value: pack([storeFormat, trimmed]) });

/**
 * What the store knows of its collections and the declared ones together, written to the rows when it is news.
 *
 * Throws `NewerStoreError`, with nothing changed, when a collection is stored in a newer version than declared; and
 * `InvariantError` when a declaration changed its key, or its properties without a new version.
 */
export const openCatalogue = async (rows: Rows, collections: readonly AnyCollection[]): Promise<Catalogue> => {
  const trimmed = readTrimmed(rows);
  const before = readStoredCatalogue(rows);
  const after = new Map(before);
  for (const collection of collections) {
    after.set(collection.name, withDeclared(collection, before.get(collection.name)));
  }
  const bytes = encodeCatalogue(after);
  const stored = rows.get(catalogueKey);
  if (stored === undefined || Buffer.compare(stored, bytes) !== 0) {
    await rows.write([trimmedRow(trimmed), { key: catalogueKey, value: bytes }]);
  }
  const definitions = new Map<string, Definition>();
  for (const [name, collection] of after) {
    definitions.set(name, orphanOf(name, versionOf(collection), collection));
  }
  for (const collection of collections) {
    definitions.set(collection.name, definitionOf(collection, after.get(collection.name)?.layouts ?? new Map()));
  }
  return definitions;
};
