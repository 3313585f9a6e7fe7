import { assert } from './assert.ts';
import type { Coins } from './ids.ts';

/** The most one account may hold: 10^15 coins. */
export const coinsMax = 1_000_000_000_000_000 as Coins;

/** No coins. */
export const noCoins = 0 as Coins;

/** Takes a whole number from 0 to `coinsMax`; throws on anything else. */
export const coins = (amount: number): Coins => {
  assert(Number.isSafeInteger(amount) && amount >= 0 && amount <= coinsMax, 'coins are whole, from 0 to 10^15');
  return amount as Coins;
};

/** The sum, or `undefined` above `coinsMax`. */
export const addCoins = (left: Coins, right: Coins): Coins | undefined => {
  const sum = left + right;
  return sum > coinsMax ? undefined : (sum as Coins);
};

/** What is left, or `undefined` below 0. */
export const takeCoins = (from: Coins, amount: Coins): Coins | undefined =>
  amount > from ? undefined : ((from - amount) as Coins);

/** The smaller of two amounts. */
export const leastCoins = (left: Coins, right: Coins): Coins => (left < right ? left : right);

/** A share of one, in ten-thousandths (0 to 10,000), so that no fraction is ever a float. */
export const shareUnits = 10_000;

/** floor(amount × tenThousandths / 10,000) in exact arithmetic. */
export const shareOf = (amount: Coins, tenThousandths: number): Coins => {
  assert(Number.isSafeInteger(tenThousandths) && tenThousandths >= 0, 'a share is whole ten-thousandths');
  return coins(Number((BigInt(amount) * BigInt(tenThousandths)) / BigInt(shareUnits)));
};
