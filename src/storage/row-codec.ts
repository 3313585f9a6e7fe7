import { assert } from '../kernel/assert.ts';
import { pack, unpack } from './codec.ts';
import type { Definition, Layout } from './definition.ts';
import { DamagedStoreError } from './ports.ts';

const layoutOf = (definition: Definition, version: number, what: string): Layout => {
  const layout = definition.layouts.get(version);
  if (layout !== undefined) return layout;
  const problem = version > definition.version ? 'is of a newer version of the program' : 'has an unknown version';
  throw new DamagedStoreError(`${what} ${problem}: ${version}`);
};

const propertiesOf = (row: object): number => {
  let count = 0;
  for (const property in row) if (Object.hasOwn(row, property)) count += 1;
  return count;
};

/** A row of the present version in the form it is stored in: the version, then its values without their names. */
export const valuesOfRow = (definition: Definition, row: unknown): readonly unknown[] => {
  const layout = definition.layouts.get(definition.version);
  assert(layout !== undefined, 'rows of a declared collection have a layout');
  if (layout === 'whole') return [definition.version, row];
  const properties = row as Readonly<Record<string, unknown>>;
  const values: unknown[] = [definition.version];
  let stored = 0;
  for (const name of layout) {
    const value = properties[name];
    if (value !== undefined || name in properties) stored += 1;
    values.push(value);
  }
  assert(stored === propertiesOf(properties), 'a row has no property its schema does not name');
  return values;
};

/** A row as it is stored. One of a collection that no feature declares is its stored bytes already. */
export const encodeRow = (definition: Definition, row: unknown): Uint8Array =>
  definition.collection === undefined ? (row as Uint8Array) : pack(valuesOfRow(definition, row));

const withNames = (layout: readonly string[], values: readonly unknown[]): unknown => {
  const row: Record<string, unknown> = {};
  for (const [index, name] of layout.entries()) {
    const value = values[index + 1];
    if (value !== undefined) row[name] = value;
  }
  return row;
};

/**
 * The row behind stored bytes, upgraded to the present version and checked by the schema. The bytes themselves, where
 * no feature declares the collection. Throws `DamagedStoreError`, naming `what`, when it is none or of a newer version.
 */
export const decodeRow = (definition: Definition, bytes: Uint8Array, what: string): unknown =>
  definition.collection === undefined ? bytes : rowOfValues(definition, unpack(bytes, what), what);

/** The row behind its stored values; otherwise as `decodeRow`. */
export const rowOfValues = (definition: Definition, values: unknown, what: string): unknown => {
  const { collection } = definition;
  if (collection === undefined) return pack(values);
  if (!Array.isArray(values) || typeof values[0] !== 'number') throw new DamagedStoreError(`${what} is not a row`);
  const version = values[0];
  const layout = layoutOf(definition, version, what);
  let row: unknown = layout === 'whole' ? values[1] : withNames(layout, values);
  try {
    for (const upgrade of collection.upgrades.slice(version - 1)) row = upgrade(row);
    return collection.schema.parse(row);
  } catch (cause) {
    throw new DamagedStoreError(`${what} does not fit its schema`, { cause });
  }
};
