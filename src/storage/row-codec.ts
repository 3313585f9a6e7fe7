import { assert } from '../kernel/assert.ts';
import { pack, unpack } from './codec.ts';
import type { Definition } from './definition.ts';
import { DamagedStoreError } from './ports.ts';
import type { RowForm } from './row-form.ts';

/** A row of the present version in the form it is stored in: the version, then its values without their names. */
export const valuesOfRow = ({ forms, version }: Definition, row: unknown): readonly unknown[] => {
  const form = forms.get(version);
  assert(form !== undefined, 'rows of a declared collection have a layout');
  return form.valuesOf(row);
};

/** A row as it is stored. One of a collection that no feature declares is its stored bytes already. */
export const encodeRow = (definition: Definition, row: unknown): Uint8Array =>
  definition.collection === undefined ? (row as Uint8Array) : pack(valuesOfRow(definition, row));

const formOf = (definition: Definition, version: number, what: string): RowForm => {
  const form = definition.forms.get(version);
  if (form !== undefined) return form;
  const problem = version > definition.version ? 'is of a newer version of the program' : 'has an unknown version';
  throw new DamagedStoreError(`${what} ${problem}: ${version}`);
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
  let row = formOf(definition, version, what).rowOf(values);
  try {
    for (const upgrade of collection.upgrades.slice(version - 1)) row = upgrade(row);
    return collection.schema.parse(row);
  } catch (cause) {
    throw new DamagedStoreError(`${what} does not fit its schema`, { cause });
  }
};
