import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { addKey, keysBetween, sortedKeys } from '../../../src/storage/sorted-keys.ts';

const key = fc.nat(3_000).map((number) => number.toString(36).padStart(3, '0'));
const question = fc.record({
  from: fc.oneof(fc.constant(''), key),
  to: fc.option(key, { nil: undefined }),
  reverse: fc.boolean(),
  limit: fc.integer({ min: 1, max: 700 }),
});
const batch = fc.oneof(
  fc.array(key, { maxLength: 50 }),
  fc.tuple(key, fc.nat(1_500)).map(([start, count]) => {
    const first = Number.parseInt(start, 36);
    return Array.from({ length: count }, (_, index) => (first + index).toString(36).padStart(3, '0'));
  }),
);

describe('sorted keys', () => {
  test.prop([fc.array(fc.tuple(batch, question), { maxLength: 12 })], { numRuns: 200 })(
    'are a sorted set, in every direction',
    (steps) => {
      const keys = sortedKeys();
      const all = new Set<string>();
      for (const [added, { from, to, reverse, limit }] of steps) {
        for (const one of added) {
          addKey(keys, one);
          all.add(one);
        }
        const expected = [...all].sort().filter((one) => one >= from && (to === undefined || one < to));
        if (reverse) expected.reverse();
        expect(keysBetween(keys, from, to, reverse, limit)).toEqual(expected.slice(0, limit));
      }
    },
  );
});
