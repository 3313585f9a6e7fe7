import type { Coins } from '../../kernel/ids.ts';
import { coins, leastCoins, shareOf, shareUnits } from '../../kernel/money.ts';
import { conversionShare, instalments, limitShare, recordDays } from './tuning.ts';

/** What a member may borrow who is worth so much, below 0 where they owe more than they have; `most` is the server's. */
export const limitOf = (worth: number, most: Coins): Coins =>
  leastCoins(shareOf(coins(Math.min(Math.max(0, worth), most)), limitShare), most);

/** The average of so many closing worths, rounded down. Days of which none is known are given as 0. */
export const averageOf = (worths: readonly number[]): number => {
  const sum = worths.reduce((total, worth) => total + BigInt(worth), 0n);
  const days = BigInt(recordDays);
  // Division of whole numbers rounds towards 0.
  return Number(sum >= 0n ? sum / days : (sum - days + 1n) / days);
};

/** A loan, as far as its rules look at it. */
export interface Terms {
  /** What was owed at first, fee and all. */
  readonly original: Coins;
  readonly outstanding: Coins;
  /** Instalments paid. */
  readonly paid: number;
  /** Weeks since the due date that were missed. */
  readonly missed: number;
}

/** What is due of a loan: a quarter of it, rounded up, and with the last instalment all that is left. */
export const instalmentOf = ({ original, outstanding, paid }: Terms): Coins =>
  paid >= instalments - 1 ? outstanding : leastCoins(coins(Math.ceil(original / instalments)), outstanding);

/** Whether so much is outstanding that a loan becomes a debt. */
export const isLost = ({ original, outstanding }: Terms): boolean =>
  BigInt(outstanding) * BigInt(shareUnits) >= BigInt(original) * BigInt(conversionShare);

/**
 * A loan so many weeks past its due date: each that was not counted yet adds the rate (ten-thousandths) of what is
 * outstanding, rounded down, until the loan is lost.
 */
export const afterMissing = <T extends Terms>(loan: T, weeks: number, rate: number): T => {
  let { outstanding, missed } = loan;
  while (missed < weeks && !isLost({ ...loan, outstanding })) {
    outstanding = coins(outstanding + shareOf(outstanding, rate));
    missed += 1;
    // Weeks that add nothing need no counting one by one, however many there are.
    if (rate === 0) missed = weeks;
  }
  return { ...loan, outstanding, missed };
};
