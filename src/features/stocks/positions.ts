import type { Query } from '../../kernel/context.ts';
import type { MemberId } from '../../kernel/ids.ts';
import { worthOf } from './rules.ts';
import { holdings, orders } from './state.ts';
import { ordersMax, sharesMax } from './tuning.ts';
import { type Market, marketOf, type Quote, quoteOf } from './worlds.ts';

/** Rows of a member that are read at most: an import may bring symbols that the market never knew. */
const positionsMax = 100;

/** Shares that a member holds, at the version of the market that the guild sees. */
export interface Position {
  readonly symbol: string;
  readonly shares: number;
  readonly cost: number;
  /** Hundredths: the quote's, or the last one known. */
  readonly price: number;
  /** Coins, rounded down. */
  readonly worth: number;
  readonly quote: Quote | undefined;
}

/** A member's shares in order of their symbols. */
export const positionsOf = (query: Query, member: MemberId, market: Market): readonly Position[] =>
  query.page(holdings, { from: [member], limit: positionsMax }).map(([[, symbol], { shares, cost, knownPrice }]) => {
    const quote = quoteOf(market, symbol);
    const price = quote?.price ?? knownPrice;
    return { symbol, shares, cost, price, worth: worthOf(shares, price), quote };
  });

/** What positions are worth together, in coins. */
export const worthOfAll = (positions: readonly Position[]): number =>
  positions.reduce((sum, { worth }) => sum + worth, 0);

/** A member's limit orders, the oldest first. */
export const ordersOf = (query: Query, member: MemberId) =>
  query.page(orders, { from: [member], limit: ordersMax }).map(([[, id], order]) => ({ id, ...order }));

/** Shares of a company that a member may still buy or offer to buy: what waits to be bought or sold counts as held. */
export const roomFor = (query: Query, member: MemberId, symbol: string): number =>
  ordersOf(query, member).reduce(
    (room, order) => room - (order.symbol === symbol ? order.shares : 0),
    sharesMax - (query.find(holdings, [member, symbol])?.shares ?? 0),
  );

/**
 * What a member's shares are worth at the prices in force, in coins, each holding rounded down, without fees; with what
 * limit orders hold of coins and shares.
 */
export const holdingsValue = (query: Query, member: MemberId): number => {
  const market = marketOf(query);
  const waiting = ordersOf(query, member).reduce((sum, { side, symbol, shares, coins, knownPrice }) => {
    const worth = worthOf(shares, quoteOf(market, symbol)?.price ?? knownPrice);
    return sum + (side === 'buy' ? coins : worth);
  }, 0);
  return worthOfAll(positionsOf(query, member, market)) + waiting;
};
