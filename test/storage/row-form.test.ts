// Rows as the values they are stored as, by code that is made for each layout.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowForm } from '../../src/storage/row-form.ts';

/** Any names, also such as would end a string or a statement. */
const name = fc
  .oneof(fc.string({ unit: 'binary' }), fc.constantFrom('"]; throw 1; //', '`${1}`', '\u2028'))
  .filter((text) => !(text in Object.prototype));
const layout = fc.uniqueArray(name, { maxLength: 20 });
const value = fc.oneof(fc.integer(), fc.string(), fc.bigInt(), fc.constant(null), fc.array(fc.integer()));
/** A layout, and a row that has some of its properties. */
const stored = layout.chain((names) =>
  fc.record({
    names: fc.constant(names),
    row: fc
      .tuple(...names.map(() => fc.option(value, { nil: undefined })))
      .map((values) =>
        Object.fromEntries(names.map((key, at) => [key, values[at]]).filter(([, one]) => one !== undefined)),
      ),
  }),
);

test('a row becomes its version and its values by the layout, and the same row again', () => {
  fc.assert(
    fc.property(stored, ({ names, row }) => {
      const form = rowForm(3, names);
      const values = form.valuesOf(row);
      const own = (key: string): unknown => (Object.hasOwn(row, key) ? row[key] : undefined);
      expect(values).toEqual([3, ...names.map((key) => own(key))]);
      expect(form.rowOf(values)).toEqual(row);
      // In the layout's order, by which rows are compared with their stored bytes.
      expect(Object.keys(form.rowOf(values) as object)).toEqual(Object.keys(row));
    }),
  );
});

test('a property that the layout does not name is refused, and nothing is lost in silence', () => {
  fc.assert(
    fc.property(stored, name, ({ names, row }, more) => {
      fc.pre(!names.includes(more));
      expect(() => rowForm(1, names).valuesOf({ ...row, [more]: 1 })).toThrow('no property its schema does not name');
    }),
  );
});

test('a layout of old rows has fewer properties, and those that a row lacks stay away', () => {
  expect(rowForm(1, ['a', 'b']).rowOf([1, 7])).toEqual({ a: 7 });
  expect(rowForm(1, 'whole').rowOf([1, 'text'])).toBe('text');
  expect(rowForm(1, 'whole').valuesOf(7)).toEqual([1, 7]);
});

test.each(['constructor', 'toString', '__proto__'])('no property may be called %s', (one) => {
  expect(() => rowForm(1, ['a', one])).toThrow('a name that every object has');
});
