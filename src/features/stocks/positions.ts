import type { Query } from '../../kernel/context.ts';
import type { MemberId } from '../../kernel/ids.ts';
import { worthOf } from './rules.ts';
import { holdings } from './state.ts';
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

/** What a member's shares are worth at the prices in force, in coins, each holding rounded down; without fees. */
export const holdingsValue = (query: Query, member: MemberId): number =>
  worthOfAll(positionsOf(query, member, marketOf(query)));
