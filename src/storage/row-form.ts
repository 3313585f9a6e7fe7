import { assert } from '../kernel/assert.ts';
import { atFirstUse, functionOf } from '../kernel/source.ts';
import type { Layout } from './definition.ts';

/** How rows of one version of a collection become the values they are stored as, and back. */
export interface RowForm {
  /** The version, then the row's values without their names. Throws on a property that the layout does not name. */
  readonly valuesOf: (row: unknown) => readonly unknown[];
  /** The row behind such values, unchecked. */
  readonly rowOf: (values: readonly unknown[]) => unknown;
}

const valuesSource = (version: number, keys: readonly string[]): string => `(row) => {
  const values = [${[version, ...keys.map((key) => `row[${key}]`)].join(', ')}];
  let named = 0, all = 0;
  ${keys.map((key, index) => `if (values[${index + 1}] !== undefined || ${key} in row) named += 1;`).join('\n  ')}
  for (const _ in row) all += 1;
  assert(all === named, 'a row has no property its schema does not name');
  return values;
}`;

const rowSource = (keys: readonly string[]): string => `(values) => {
  const row = {};
  let value;
  ${keys.map((key, index) => `value = values[${index + 1}]; if (value !== undefined) row[${key}] = value;`).join('\n  ')}
  return row;
}`;

/**
 * Made as code of its own for each layout, as readers of schemas are (`kernel/schema-code.ts`): it names each property,
 * where a loop over the names of all kinds of rows takes several times as long.
 */
export const rowForm = (version: number, layout: Layout): RowForm => {
  if (layout === 'whole') return { valuesOf: (row) => [version, row], rowOf: (values) => values[1] };
  const keys = layout.map((name) => {
    assert(!(name in Object.prototype), `no property of a row has a name that every object has: ${name}`);
    return JSON.stringify(name);
  });
  return {
    valuesOf: atFirstUse(() => functionOf(valuesSource(version, keys), { assert })),
    rowOf: atFirstUse(() => functionOf(rowSource(keys), {})),
  };
};
