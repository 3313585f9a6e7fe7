import { type Amount, resolveAmount } from '../../kernel/amount.ts';
import type { Mutation, Query } from '../../kernel/context.ts';
import { tellMarket } from '../../kernel/effect.ts';
import type { Coins, EpochMs, MemberId } from '../../kernel/ids.ts';
import { coins } from '../../kernel/money.ts';
import { openOperation } from '../../kernel/operation.ts';
import { done, type Outcome, refuse } from '../../kernel/outcome.ts';
import { begin, book, give, relativeTime, serveIncome, splitFunds, takeFunds } from '../wallet/api.ts';
import { entries } from './entries.ts';
import { type Demand, demand } from './market/demand.ts';
import { coinsLeftFor, refuseBeyond } from './position-limit.ts';
import { roomFor } from './positions.ts';
import { type Bill, costSold, purchaseBill, saleBill, sharesFor } from './rules.ts';
import { tradeFee } from './settings.ts';
import { holdings, traders } from './state.ts';
import { hourMs, sharesMax, tradesAnHour } from './tuning.ts';
import { type Market, marketOf, type Quote, quoteOf } from './worlds.ts';

/** Which way a trade goes. */
export type Side = 'buy' | 'sell';

/** What somebody wants to trade. */
export interface Order {
  readonly side: Side;
  readonly symbol: string;
  readonly shares: Amount;
  /** The version whose price the asker saw; `undefined` takes the one in force. */
  readonly version: number | undefined;
  /** The token of when the button was shown, for a button that trades by itself: its second press is told from it. */
  readonly trade: number | undefined;
}

interface Priced {
  readonly side: Side;
  readonly symbol: string;
  readonly shares: number;
  /** Hundredths. */
  readonly price: number;
  readonly bill: Bill;
  /** When the price came to be. */
  readonly at: EpochMs;
  /** Whether a button that trades by itself was pressed: its message is done with. */
  readonly pressed: boolean;
}

/** The price is another than the asker saw: what the same shares come to now. Nothing was traded. */
export interface Moved extends Priced {
  readonly kind: 'moved';
  readonly version: number;
  readonly trade: number;
}

/** What a trade came to. */
export interface Traded extends Priced {
  readonly kind: 'traded';
  readonly wallet: number;
  readonly bank: number;
  /** Shares held now. */
  readonly held: number;
  /** Of a sale: what it brought above what the shares had cost; below 0 for a loss. */
  readonly profit: number;
  readonly debtPaid: number;
}

export interface Terms {
  readonly symbol: string;
  readonly price: number;
  readonly quote: Quote | undefined;
  readonly market: Market;
}

const normal = (symbol: string): string => symbol.trim().toUpperCase();

/** The shares of a symbol that a member holds. Anything may be typed for a symbol. */
export const holdingOf = (query: Query, typed: string) => {
  const symbol = normal(typed);
  return /^[A-Z]{1,12}$/.test(symbol) ? query.find(holdings, [query.actor.member, symbol]) : undefined;
};

/** What can be traded under a symbol as it was typed: what the market quotes, and what the asker still holds. */
export const termsOf = (query: Query, typed: string): Terms | Outcome<never> => {
  const market = marketOf(query);
  if (market.version === 0) return refuse('economy.stocks.closed');
  const symbol = normal(typed);
  const quote = quoteOf(market, symbol);
  const price = quote?.price ?? holdingOf(query, symbol)?.knownPrice;
  return price === undefined ? refuse('economy.stocks.unknown') : { symbol, price, quote, market };
};

/** How many trades a button can tell apart: six digits fit into its id. */
const tradeTokens = 1_000_000;

/** Tells whether the asker has traded since a button was shown. */
const tradeToken = (query: Query): number => query.get(traders, [query.actor.member]).trades % tradeTokens;

/** Buys or sells at the price in force, or says what it is now where the asker saw another. */
export const trade = (m: Mutation, order: Order): Outcome<Moved | Traded> => {
  const terms = termsOf(m, order.symbol);
  if (!('market' in terms)) return terms;
  const token = tradeToken(m);
  if (order.trade !== undefined && order.trade !== token) return refuse('economy.stocks.again');
  const shares = sharesMeant(m, order, terms);
  if (typeof shares !== 'number') return shares;
  const { symbol, price, market } = terms;
  const { side } = order;
  const fee = m.setting(tradeFee);
  const bill = side === 'buy' ? purchaseBill(shares, price, fee) : saleBill(shares, price, fee);
  const priced: Priced = { side, symbol, shares, price, bill, at: market.at, pressed: order.trade !== undefined };
  if (order.version !== undefined && order.version !== market.version) {
    return done<Moved | Traded>({ kind: 'moved', ...priced, version: market.version, trade: token });
  }
  const refused = countTrade(m, m.actor.member);
  if (refused) return refused;
  return side === 'buy' ? buyShares(m, priced) : sellShares(m, priced, terms.quote);
};

/** How many shares are meant, at a price; or why they cannot be traded. */
export const sharesMeant = (
  m: Mutation,
  { side, shares }: Pick<Order, 'side' | 'shares'>,
  { symbol, price, quote }: Terms,
): number | Outcome<never> => {
  const held = holdingOf(m, symbol)?.shares ?? 0;
  if (side === 'sell') {
    if (held === 0) return refuse('economy.stocks.sell.none', { symbol });
    const sold = resolveAmount(shares, held as Coins);
    if (sold > held) return refuse('economy.stocks.sell.few', { symbol, held });
    return sold === 0 ? refuse('economy.stocks.nothing') : sold;
  }
  if (!quote?.listed) return refuse('economy.stocks.delisted', { symbol });
  const { wallet, bank } = begin(m);
  const room = roomFor(m, m.actor.member, symbol);
  const fee = m.setting(tradeFee);
  const funds = (): number => Math.min(resolveAmount(shares, coins(wallet + bank)), coinsLeftFor(m, symbol));
  const bought = shares.kind === 'exact' ? shares.coins : sharesFor(funds(), { price, fee, most: room });
  if (bought > room) return refuse('economy.stocks.buy.most', { symbol, most: sharesMax, room });
  // A share of the funds that comes to nothing may do so for the limit alone: then one share is beyond it.
  const refused = refuseBeyond(m, symbol, purchaseBill(Math.max(bought, 1), price, fee).total);
  if (refused) return refused;
  return bought === 0 ? refuse('economy.stocks.nothing') : bought;
};

/** Counts a trade of a member, or refuses where there were too many within an hour. */
export const countTrade = (m: Mutation, member: MemberId): Outcome<never> | undefined => {
  const trader = m.get(traders, [member]);
  const { trades, recent } = trader;
  const inHour = recent.filter((at) => at > m.now - hourMs);
  const [oldest] = inHour;
  if (oldest !== undefined && inHour.length >= tradesAnHour) {
    return refuse('economy.stocks.often', { most: tradesAnHour, at: relativeTime(oldest + hourMs) });
  }
  m.put(traders, [member], { ...trader, trades: trades + 1, recent: [...inHour, m.now] });
  return undefined;
};

/** Adds to what a member's sales brought above what the shares had cost. */
export const countProfit = (m: Mutation, member: MemberId, profit: number): void => {
  const trader = m.get(traders, [member]);
  const sum = (trader.profit ?? 0) + profit;
  const most = Number.MAX_SAFE_INTEGER;
  m.put(traders, [member], { ...trader, profit: Math.max(-most, Math.min(most, sum)) });
};

/** Tells the market what a trade was worth. */
export const tell = (m: Mutation, input: Demand): void =>
  m.perform(tellMarket, { operation: openOperation(demand).name, input });

const buyShares = (m: Mutation, priced: Priced): Outcome<Moved | Traded> => {
  const { member } = m.actor;
  const { symbol, shares, price, bill } = priced;
  const split = splitFunds(begin(m), bill.total);
  if (split.missing > 0) return refuse('economy.stocks.buy.poor', { coins: bill.total, missing: split.missing });
  const refused = book(m, { postings: takeFunds(member, split, { entry: entries.purchase }), burned: bill.total });
  if (refused) return refused;
  const before = m.find(holdings, [member, symbol]);
  const held = (before?.shares ?? 0) + shares;
  m.put(holdings, [member, symbol], { shares: held, cost: (before?.cost ?? 0) + bill.total, knownPrice: price });
  tell(m, { symbol, coins: bill.value });
  return traded(m, { ...priced, held, profit: 0, debtPaid: 0 });
};

/** What is earned above what the shares had cost is an income, which serves debts first; the rest was the member's. */
const sellShares = (m: Mutation, priced: Priced, quote: Quote | undefined): Outcome<Moved | Traded> => {
  const { member } = m.actor;
  const { symbol, shares, bill } = priced;
  const before = m.get(holdings, [member, symbol]);
  const cost = costSold(before, shares);
  const profit = bill.total - cost;
  const { booking, debtPaid } = serveIncome(m, member, { coins: coins(Math.max(0, profit)), entry: entries.sale });
  const returned = coins(Math.min(bill.total, cost));
  const own = returned > 0 ? [give(member, 'wallet', returned, { entry: entries.sale })] : [];
  const refused = book(m, { ...booking, postings: [...booking.postings, ...own], minted: bill.total });
  if (refused) return refused;
  const held = before.shares - shares;
  if (held === 0) m.remove(holdings, [member, symbol]);
  else m.put(holdings, [member, symbol], { ...before, shares: held, cost: before.cost - cost });
  countProfit(m, member, profit);
  if (quote?.listed && bill.value > 0) tell(m, { symbol, coins: 0 - bill.value });
  return traded(m, { ...priced, held, profit, debtPaid });
};

const traded = (m: Mutation, report: Omit<Traded, 'kind' | 'wallet' | 'bank'>): Outcome<Moved | Traded> => {
  const { wallet, bank } = begin(m);
  return done<Moved | Traded>({ kind: 'traded', ...report, wallet, bank });
};
