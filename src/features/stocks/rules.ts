import type { Coins } from '../../kernel/ids.ts';
import { coins, shareOf } from '../../kernel/money.ts';

/** What a trade comes to, in coins. */
export interface Bill {
  /** What the shares are worth, before the fee. */
  readonly value: Coins;
  readonly fee: Coins;
  /** What is paid for a purchase, or received for a sale. */
  readonly total: Coins;
}

const hundred = 100;

/** The fee on a value: a share in ten-thousandths, rounded down, at least one coin. */
const feeOf = (value: Coins, fee: number): Coins => coins(Math.max(1, shareOf(value, fee)));

/** What buying costs: the value rounded up, and the fee on top. `price` is in hundredths. */
export const purchaseBill = (shares: number, price: number, fee: number): Bill => {
  const value = coins(Math.ceil((shares * price) / hundred));
  const due = feeOf(value, fee);
  return { value, fee: due, total: coins(value + due) };
};

/** What selling brings: the value rounded down, less the fee, which never takes more than there is. */
export const saleBill = (shares: number, price: number, fee: number): Bill => {
  const value = coins(Math.floor((shares * price) / hundred));
  const due = coins(Math.min(value, feeOf(value, fee)));
  return { value, fee: due, total: coins(value - due) };
};

/** What shares are worth, rounded down, without a fee. */
export const worthOf = (shares: number, price: number): Coins => coins(Math.floor((shares * price) / hundred));

/** The part of a holding's cost that goes with shares sold out of it, rounded down; all of it with the last share. */
export const costSold = (holding: { readonly shares: number; readonly cost: number }, sold: number): Coins =>
  coins(Number((BigInt(holding.cost) * BigInt(sold)) / BigInt(holding.shares)));

/** The most shares, up to `most`, whose purchase costs no more than `funds`. */
export const sharesFor = (
  funds: number,
  terms: { readonly price: number; readonly fee: number; readonly most: number },
): number => {
  let least = 0;
  let over = terms.most + 1;
  // The total never falls as shares are added, so the border is found by halving.
  while (over - least > 1) {
    const middle = Math.floor((least + over) / 2);
    if (purchaseBill(middle, terms.price, terms.fee).total <= funds) least = middle;
    else over = middle;
  }
  return least;
};

/** A change between two prices, in percent. */
export const changePercent = (from: number, to: number): number => ((to - from) / from) * hundred;
