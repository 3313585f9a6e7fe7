import { assert } from '../../kernel/assert.ts';
import type { Mutation } from '../../kernel/context.ts';
import type { Coins, Frozen, MemberId, RowId } from '../../kernel/ids.ts';
import { coins, coinsMax, leastCoins } from '../../kernel/money.ts';
import { book, give, moneyOf } from '../wallet/api.ts';
import { entries } from './entries.ts';
import { holdings, orders } from './state.ts';
import type { Side } from './trade.ts';

/** A limit order as rows hold it. */
export type LimitOrder = Frozen<ReturnType<(typeof orders)['schema']['parse']>>;

/** What was taken back of a limit order. */
export interface Returned {
  readonly side: Side;
  readonly symbol: string;
  readonly shares: number;
  readonly coins: number;
}

/** Gives coins that were set aside back: to the wallet, and to the bank what has no room there. */
export const returnCoins = (m: Mutation, member: MemberId, amount: Coins): void => {
  const { wallet, bank } = moneyOf(m, member);
  const toWallet = leastCoins(amount, coins(coinsMax - wallet));
  const toBank = leastCoins(coins(amount - toWallet), coins(coinsMax - bank));
  const as = { entry: entries.order };
  const postings = [
    ...(toWallet > 0 ? [give(member, 'wallet', toWallet, as)] : []),
    ...(toBank > 0 ? [give(member, 'bank', toBank, as)] : []),
  ];
  const refused = book(m, { postings, minted: coins(toWallet + toBank) });
  assert(refused === undefined, 'what comes back has room');
};

/** Puts shares into a member's holding with what they had cost. */
export const addShares = (
  m: Mutation,
  member: MemberId,
  symbol: string,
  added: { readonly shares: number; readonly cost: number; readonly knownPrice: number },
): number => {
  const before = m.find(holdings, [member, symbol]);
  const shares = (before?.shares ?? 0) + added.shares;
  const cost = Math.min((before?.cost ?? 0) + added.cost, coinsMax);
  m.put(holdings, [member, symbol], { shares, cost, knownPrice: added.knownPrice });
  return shares;
};

/** Takes an order off, and gives back what it had set aside. */
export const returnOrder = (m: Mutation, member: MemberId, id: RowId, order: LimitOrder): Returned => {
  const { side, symbol, shares, coins: aside, knownPrice } = order;
  m.remove(orders, [member, id]);
  if (side === 'buy') returnCoins(m, member, coins(aside));
  else addShares(m, member, symbol, { shares, cost: aside, knownPrice });
  return { side, symbol, shares, coins: side === 'buy' ? aside : 0 };
};
