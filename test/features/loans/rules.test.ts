import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import {
  afterMissing,
  averageOf,
  instalmentOf,
  isLost,
  limitOf,
  type Terms,
} from '../../../src/features/loans/rules.ts';
import type { Coins } from '../../../src/kernel/ids.ts';

const terms = (original: number, more: Partial<Record<keyof Terms, number>> = {}): Terms =>
  ({ original, outstanding: original, paid: 0, missed: 0, ...more }) as Terms;

describe('the limit', () => {
  test.each([
    { worth: 0, limit: 0 },
    { worth: -5_000, limit: 0 },
    { worth: 1, limit: 1 },
    { worth: 9, limit: 9 },
    { worth: 10, limit: 11 },
    { worth: 91, limit: 100 },
    { worth: 1_000, limit: 1_100 },
    { worth: 1_005, limit: 1_105 },
    { worth: 909_091, limit: 1_000_000 },
    { worth: 10 ** 15 * 2, limit: 1_000_000 },
  ])('of $worth is $limit', ({ worth, limit }) => expect(limitOf(worth, 1_000_000 as Coins)).toBe(limit));

  test.each([
    { worths: [7, 7, 7, 7, 7, 7, 7], average: 7 },
    { worths: [0, 0, 0, 0, 0, 0, 1_000_000], average: 142_857 },
    { worths: [1, 0, 0, 0, 0, 0, 0], average: 0 },
    { worths: [-1, 0, 0, 0, 0, 0, 0], average: -1 },
    { worths: [-7, 0, 0, 0, 0, 0, 0], average: -1 },
    { worths: Array.from({ length: 7 }, () => 2 * 10 ** 15), average: 2 * 10 ** 15 },
  ])('is by the average of $worths: $average', ({ worths, average }) => expect(averageOf(worths)).toBe(average));
});

/** What a loan's instalments are when each is paid as it comes. */
const instalmentsOf = (original: number): readonly number[] => {
  const paid: number[] = [];
  let outstanding = original;
  while (outstanding > 0 && paid.length < 10) {
    const part = instalmentOf(terms(original, { outstanding, paid: paid.length }));
    paid.push(part);
    outstanding -= part;
  }
  return paid;
};

describe('instalments', () => {
  test.each([
    { original: 100, parts: [25, 25, 25, 25] },
    { original: 101, parts: [26, 26, 26, 23] },
    { original: 102, parts: [26, 26, 26, 24] },
    { original: 103, parts: [26, 26, 26, 25] },
    { original: 1_000_001, parts: [250_001, 250_001, 250_001, 249_998] },
  ])('of $original are $parts', ({ original, parts }) => expect(instalmentsOf(original)).toEqual(parts));

  property.prop([fc.integer({ min: 100, max: 10 ** 12 })])('are four and sum exactly', (original) => {
    const parts = instalmentsOf(original);
    expect(parts.length).toBe(4);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(original);
    for (const part of parts) expect(part).toBeGreaterThan(0);
  });

  test('are never more than is outstanding, and the last is all of it', () => {
    expect(instalmentOf(terms(1_000, { outstanding: 7 }))).toBe(7);
    expect(instalmentOf(terms(1_000, { outstanding: 400, paid: 3 }))).toBe(400);
  });
});

describe('a missed week', () => {
  test.each([
    { weeks: -1, outstanding: 1_000, missed: 0 },
    { weeks: 0, outstanding: 1_000, missed: 0 },
    { weeks: 1, outstanding: 1_150, missed: 1 },
    { weeks: 2, outstanding: 1_322, missed: 2 },
    { weeks: 3, outstanding: 1_520, missed: 3 },
    // A loan that is lost grows no more, however late that is seen.
    { weeks: 300, outstanding: 1_520, missed: 3 },
  ])('adds 15 %: $weeks weeks overdue come to $outstanding', ({ weeks, ...after }) =>
    expect(afterMissing(terms(1_000), weeks, 1_500)).toMatchObject(after),
  );

  test.each([
    { original: 1_000, outstanding: 1_499, lost: false },
    { original: 1_000, outstanding: 1_500, lost: true },
    { original: 1_001, outstanding: 1_501, lost: false },
    { original: 1_001, outstanding: 1_502, lost: true },
  ])('$outstanding of $original: lost is $lost', ({ original, outstanding, lost }) =>
    expect(isLost(terms(original, { outstanding }))).toBe(lost),
  );

  property.prop([
    fc.integer({ min: 100, max: 10 ** 12 }),
    fc.integer({ min: 0, max: 5_000 }),
    fc.array(fc.integer({ min: 0, max: 10 }), { maxLength: 6 }),
  ])('counts once, however often it is looked at', (original, rate, steps) => {
    const last = Math.max(0, ...steps);
    let loan = terms(original);
    for (const step of steps.toSorted((left, right) => left - right)) loan = afterMissing(loan, step, rate);
    expect(loan).toEqual(afterMissing(terms(original), last, rate));
  });

  test('of a rate of nothing costs nothing, after a thousand years too', () => {
    expect(afterMissing(terms(1_000), 52_000, 0)).toMatchObject({ outstanding: 1_000, missed: 52_000 });
  });
});
