import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import {
  changePercent,
  costSold,
  purchaseBill,
  saleBill,
  sharesFor,
  worthOf,
} from '../../../src/features/stocks/rules.ts';

const shares = fc.integer({ min: 1, max: 1_000_000 });
const price = fc.oneof(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 1_000_000_000 }));
const fee = fc.integer({ min: 0, max: 1_000 });

describe('a bill', () => {
  test.each([
    // 10 × 150.00 = 1,500; 1 % is 15.
    { shares: 10, price: 15_000, fee: 100, buy: [1_500, 15, 1_515], sell: [1_500, 15, 1_485] },
    // 3 × 33.33 = 99.99: up to 100, down to 99; 1 % of each, rounded down, at least one coin.
    { shares: 3, price: 3_333, fee: 100, buy: [100, 1, 101], sell: [99, 1, 98] },
    { shares: 1, price: 3_500, fee: 100, buy: [35, 1, 36], sell: [35, 1, 34] },
    // 199.99 is 200 to buy and 199 to sell: 2 coins of fee and 1.
    { shares: 1, price: 19_999, fee: 100, buy: [200, 2, 202], sell: [199, 1, 198] },
    { shares: 1, price: 1, fee: 100, buy: [1, 1, 2], sell: [0, 0, 0] },
    { shares: 1, price: 150, fee: 1_000, buy: [2, 1, 3], sell: [1, 1, 0] },
    { shares: 7, price: 10_001, fee: 0, buy: [701, 1, 702], sell: [700, 1, 699] },
    { shares: 1_000_000, price: 60_000, fee: 1_000, buy: [6e8, 6e7, 6.6e8], sell: [6e8, 6e7, 5.4e8] },
  ])('of $shares at $price with a fee of $fee', (given) => {
    const bill = (bills: typeof purchaseBill): readonly number[] => {
      const { value, fee: due, total } = bills(given.shares, given.price, given.fee);
      return [value, due, total];
    };
    expect(bill(purchaseBill)).toEqual(given.buy);
    expect(bill(saleBill)).toEqual(given.sell);
  });

  property.prop([shares, price, fee])('at one price, a purchase costs more than its sale brings', (n, p, f) => {
    expect(purchaseBill(n, p, f).total).toBeGreaterThan(saleBill(n, p, f).total);
  });

  property.prop([fc.array(shares, { minLength: 1, maxLength: 20 }), price, fee])(
    'buying together and selling in parts, or the other way round, gains nothing',
    (parts, p, f) => {
      const all = parts.reduce((sum, part) => sum + part, 0);
      const bought = parts.reduce((sum, part) => sum + purchaseBill(part, p, f).total, 0);
      const sold = parts.reduce((sum, part) => sum + saleBill(part, p, f).total, 0);
      // Both are against the exact worth, so however shares are split, what is bought costs it and more.
      expect(bought).toBeGreaterThan(worthOf(all, p));
      expect(sold).toBeLessThanOrEqual(worthOf(all, p));
    },
  );

  property.prop([shares, price, fee])('is of whole coins that add up', (n, p, f) => {
    const [bought, sold] = [purchaseBill(n, p, f), saleBill(n, p, f)];
    expect(bought.total).toBe(bought.value + bought.fee);
    expect(sold.total).toBe(sold.value - sold.fee);
    expect(bought.value - sold.value).toBe(Number((BigInt(n) * BigInt(p)) % 100n !== 0n));
    expect(sold.total).toBeGreaterThanOrEqual(0);
  });
});

describe('the cost of what is sold', () => {
  test.each([
    { shares: 10, cost: 1_515, sold: 10, part: 1_515 },
    { shares: 10, cost: 1_515, sold: 5, part: 757 },
    { shares: 3, cost: 100, sold: 1, part: 33 },
    { shares: 1_000_000, cost: 1e15, sold: 999_999, part: 999_999_000_000_000 },
    { shares: 5, cost: 0, sold: 2, part: 0 },
  ])('$sold of $shares that cost $cost is $part', ({ shares: held, cost, sold, part }) => {
    expect(costSold({ shares: held, cost }, sold)).toBe(part);
  });

  property.prop([shares, fc.integer({ min: 0, max: 1e15 }), fc.array(fc.integer({ min: 1, max: 400_000 }))])(
    'sold bit by bit, all of it is used up, with the average within a coin a sale',
    (held, cost, sales) => {
      let left = { shares: held, cost };
      let used = 0;
      for (const sale of [...sales, held]) {
        const sold = Math.min(sale, left.shares);
        if (sold === 0) break;
        const part = costSold(left, sold);
        expect(part).toBeLessThanOrEqual(left.cost);
        used += part;
        left = { shares: left.shares - sold, cost: left.cost - part };
        const fair = Number((BigInt(cost) * BigInt(left.shares)) / BigInt(held));
        expect(left.cost).toBeGreaterThanOrEqual(fair);
        expect(left.cost - fair).toBeLessThanOrEqual(sales.length + 1);
      }
      expect(left).toEqual({ shares: 0, cost: 0 });
      expect(used).toBe(cost);
    },
  );
});

describe('the most shares for an amount', () => {
  property.prop([fc.integer({ min: 0, max: 1e12 }), price, fee, fc.integer({ min: 0, max: 1_000_000 })])(
    'can be paid, and one more cannot',
    (funds, p, f, most) => {
      const found = sharesFor(funds, { price: p, fee: f, most });
      expect(found).toBeLessThanOrEqual(most);
      if (found > 0) expect(purchaseBill(found, p, f).total).toBeLessThanOrEqual(funds);
      if (found < most) expect(purchaseBill(found + 1, p, f).total).toBeGreaterThan(funds);
    },
  );
});

test('a change is in percent of where it started', () => {
  expect(changePercent(10_000, 10_150)).toBeCloseTo(1.5, 10);
  expect(changePercent(200, 100)).toBe(-50);
  expect(Object.is(changePercent(7, 7), 0)).toBe(true);
});
