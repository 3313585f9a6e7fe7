import { fc, test } from '@fast-check/vitest';
import { afterEach, beforeEach, describe, expect } from 'vitest';
import type { RowRange, Rows, RowWrite } from '../../../src/storage/ports.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (value: Uint8Array | undefined): string | undefined =>
  value === undefined ? undefined : new TextDecoder().decode(value);
const texts = (found: readonly (readonly [string, Uint8Array])[]): readonly (readonly [string, string | undefined])[] =>
  found.map(([key, value]) => [key, text(value)]);

const everything: RowRange = { from: '', to: '\uffff', reverse: false, limit: 1_000_000 };

/** Keys as the store makes them, and worse: separators, accents, characters above U+FFFF, halves of those. */
export const anyKey = fc
  .array(fc.constantFrom('0', '7', 'a', 'Z', '\u001f', 'é', 'ж', '\ufffd', '\uffee', '😀', '𐀀', '\ud83d', '\udc00'), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(''));

const anyBatch: fc.Arbitrary<RowWrite[]> = fc.array(
  fc.record({ key: anyKey, value: fc.option(fc.uint8Array({ maxLength: 40 }), { nil: undefined }) }),
  { maxLength: 12 },
);

const applied = (batches: readonly (readonly RowWrite[])[]): Map<string, Uint8Array> => {
  const rows = new Map<string, Uint8Array>();
  for (const { key, value } of batches.flat()) {
    if (value === undefined) rows.delete(key);
    else rows.set(key, value);
  }
  return rows;
};

const clear = async (rows: Rows): Promise<void> => {
  await rows.write(rows.range(everything).map(([key]) => ({ key, value: undefined })));
};

/** What both kinds of rows keep; `open` gives empty rows. */
export const rowsContract = (name: string, open: () => Promise<Rows>): void => {
  describe(`rows, ${name}`, () => {
    let rows: Rows;
    beforeEach(async () => {
      rows = await open();
    });
    afterEach(() => rows.close());

    test('a row that was never written is not there', () => {
      expect(rows.get('a')).toBeUndefined();
      expect(rows.range(everything)).toEqual([]);
    });

    test('a batch writes, replaces and removes', async () => {
      await rows.write([
        { key: 'a', value: bytes('1') },
        { key: 'b', value: bytes('2') },
      ]);
      await rows.write([
        { key: 'a', value: undefined },
        { key: 'b', value: bytes('3') },
        { key: 'never there', value: undefined },
      ]);
      expect(texts(rows.range(everything))).toEqual([['b', '3']]);
      expect(text(rows.get('b'))).toBe('3');
    });

    test('the last of two writes of one key in a batch counts', async () => {
      await rows.write([
        { key: 'a', value: bytes('1') },
        { key: 'a', value: undefined },
        { key: 'b', value: undefined },
        { key: 'b', value: bytes('2') },
      ]);
      expect(texts(rows.range(everything))).toEqual([['b', '2']]);
    });

    test('an empty value is a value, and a large one comes back whole', async () => {
      const large = new Uint8Array(300_000).map((_, at) => at % 251);
      await rows.write([
        { key: 'empty', value: new Uint8Array(0) },
        { key: 'large', value: large },
      ]);
      expect(rows.get('empty')).toHaveLength(0);
      expect(Buffer.compare(rows.get('large') ?? bytes(''), large)).toBe(0);
      expect(rows.range(everything).map(([key, value]) => [key, value.length])).toEqual([
        ['empty', 0],
        ['large', 300_000],
      ]);
    });

    test('bytes once read are not changed by later reads and writes', async () => {
      const sizes = [1, 30, 5_000, 100_000];
      await rows.write(sizes.map((size) => ({ key: `k${size}`, value: new Uint8Array(size).fill(size % 255) })));
      const kept = sizes.map((size) => rows.get(`k${size}`));
      const ranged = rows.range(everything);
      await rows.write(sizes.map((size) => ({ key: `k${size}`, value: new Uint8Array(size).fill(7) })));
      for (const size of sizes) rows.get(`k${size}`);
      rows.range(everything);
      for (const [at, size] of sizes.entries()) {
        expect(kept[at]?.every((byte) => byte === size % 255)).toBe(true);
        expect(ranged.find(([key]) => key === `k${size}`)?.[1].every((byte) => byte === size % 255)).toBe(true);
      }
    });

    test('bytes once written do not follow the buffer they came from', async () => {
      const value = bytes('before');
      await rows.write([{ key: 'a', value }]);
      value.fill(0);
      expect(text(rows.get('a'))).toBe('before');
    });

    test('a range includes its first key, leaves out its last and stops at its limit, both ways', async () => {
      await rows.write(['a', 'b', 'c', 'd', 'e'].map((key) => ({ key, value: bytes(key) })));
      const keys = (range: Partial<RowRange>): readonly string[] =>
        rows.range({ ...everything, ...range }).map(([key]) => key);
      expect(keys({ from: 'b', to: 'd' })).toEqual(['b', 'c']);
      expect(keys({ from: 'b', to: 'd', reverse: true })).toEqual(['c', 'b']);
      expect(keys({ from: 'aa', to: 'dd', reverse: true })).toEqual(['d', 'c', 'b']);
      expect(keys({ from: 'b', to: 'e', limit: 2 })).toEqual(['b', 'c']);
      expect(keys({ from: 'b', to: 'e', limit: 2, reverse: true })).toEqual(['d', 'c']);
      expect(keys({ limit: 0 })).toEqual([]);
      expect(keys({ from: 'c', to: 'c' })).toEqual([]);
      expect(keys({ from: 'd', to: 'b' })).toEqual([]);
    });

    test('rows come in the order in which texts compare', async () => {
      const keys = ['z', '\uffee', '😀', 'é', 'e', 'Z', '0', 'a\u001f', 'a', 'a0', '\ud83d', '\udc00x', '\ufffd'];
      await rows.write(keys.map((key) => ({ key, value: bytes('') })));
      expect(rows.range(everything).map(([key]) => key)).toEqual(keys.toSorted());
    });

    test('a key out of bounds is refused before anything is written', async () => {
      await expect(
        rows.write([
          { key: 'a', value: bytes('1') },
          { key: '', value: bytes('1') },
        ]),
      ).rejects.toThrow('a row has a key');
      await expect(rows.write([{ key: 'é'.repeat(990), value: bytes('1') }])).rejects.toThrow('at most 1978 bytes');
      expect(rows.range(everything)).toEqual([]);
      await rows.write([{ key: 'é'.repeat(989), value: bytes('1') }]);
      expect(rows.range(everything)).toHaveLength(1);
    });

    test('a second batch at the same time is refused, and the first is written', async () => {
      const first = rows.write([{ key: 'a', value: bytes('1') }]);
      await expect(rows.write([{ key: 'b', value: bytes('1') }])).rejects.toThrow('one batch at a time');
      await first;
      expect(rows.range(everything)).toHaveLength(1);
    });

    test('reads show the rows before a batch until it resolves', async () => {
      const write = rows.write([{ key: 'a', value: bytes('1') }]);
      expect(rows.get('a')).toBeUndefined();
      await write;
      expect(text(rows.get('a'))).toBe('1');
    });

    test('rows that were closed are not used', async () => {
      const other = await open();
      await other.close();
      await other.close();
      expect(() => other.get('a')).toThrow('closed rows');
      expect(() => other.range(everything)).toThrow('closed rows');
      await expect(other.write([])).rejects.toThrow('closed rows');
    });

    test.prop([fc.array(anyBatch, { maxLength: 6 }), anyKey, anyKey, fc.boolean(), fc.integer({ min: 0, max: 9 })])(
      'rows are what a sorted map would be',
      async (batches, from, to, reverse, limit) => {
        await clear(rows);
        for (const batch of batches) await rows.write(batch);
        const model = applied(batches);
        const sorted = [...model].sort(([left], [right]) => (left < right ? -1 : 1));
        expect(rows.range(everything).map(([key, value]) => [key, [...value]])).toEqual(
          sorted.map(([key, value]) => [key, [...value]]),
        );
        for (const [key, value] of sorted) expect([...(rows.get(key) ?? [])]).toEqual([...value]);
        const within = sorted.map(([key]) => key).filter((key) => key >= from && key < to);
        if (reverse) within.reverse();
        expect(rows.range({ from, to, reverse, limit }).map(([key]) => key)).toEqual(within.slice(0, limit));
      },
    );
  });
};
