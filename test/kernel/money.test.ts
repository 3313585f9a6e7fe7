import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { parseAmount, resolveAmount } from '../../src/kernel/amount.ts';
import { addCoins, coins, coinsMax, shareOf, takeCoins } from '../../src/kernel/money.ts';

describe('amounts as typed', () => {
  test.each([
    ['250', 250],
    [' 7 ', 7],
    ['007', 7],
    ['1,000', 1000],
    ['1000000000000000', 1e15],
  ])('%j is %d coins', (typed, expected) => {
    expect(parseAmount(typed)).toEqual({ kind: 'exact', coins: expected });
  });

  test.each([
    ['all', 1001],
    ['MAX', 1001],
    ['half', 500],
    ['25%', 250],
    ['100%', 1001],
    ['1%', 10],
  ])('%j of 1001 is %d', (typed, expected) => {
    const amount = parseAmount(typed);
    expect(amount && resolveAmount(amount, coins(1001))).toBe(expected);
  });

  // Faults 1, 3, 4, 5, 6 and 7: nothing but plain digits, never a guess, never NaN.
  test.each([
    ...'0 -0 -5 +5 5abc -6abc -.6 .5 1.5 1e3 1e-37 1e999 Infinity NaN 0x10 ٣ ½ ² １２ 1_000 10,00 1,0000 ,1'.split(' '),
    ...'0% 101% -1% 1.5% % 1000000000000001 9999999999999999 alles null __proto__'.split(' '),
    '',
    ' ',
    '1 000',
    '1'.repeat(17),
    `1${'0'.repeat(400)}`,
  ])('%j is refused', (typed) => {
    expect(parseAmount(typed)).toBeUndefined();
  });

  property.prop([fc.string({ unit: 'binary' })])('any text is refused or a whole number in bounds', (typed) => {
    const amount = parseAmount(typed);
    if (!amount) return;
    const value = resolveAmount(amount, coinsMax);
    expect(Number.isSafeInteger(value) && value >= 1 && value <= coinsMax).toBe(true);
  });
});

describe('arithmetic', () => {
  const anyCoins = fc.integer({ min: 0, max: coinsMax }).map(coins);

  property.prop([anyCoins, anyCoins])('a sum is exact or refused, never clamped (faults 7, 8)', (left, right) => {
    const sum = addCoins(left, right);
    expect(sum).toBe(BigInt(left) + BigInt(right) > BigInt(coinsMax) ? undefined : left + right);
  });

  property.prop([anyCoins, anyCoins])('what is taken is there, or nothing is taken', (from, amount) => {
    expect(takeCoins(from, amount)).toBe(amount > from ? undefined : from - amount);
  });

  property.prop([anyCoins, fc.integer({ min: 0, max: 10_000 })])(
    'a share is floored in exact arithmetic',
    (amount, share) => {
      expect(BigInt(shareOf(amount, share))).toBe((BigInt(amount) * BigInt(share)) / 10_000n);
    },
  );

  test('coins are whole and bounded', () => {
    for (const bad of [-1, 0.5, Number.NaN, coinsMax + 1]) expect(() => coins(bad)).toThrow('broken rule');
  });
});
