import type { Amount } from '../../kernel/amount.ts';
import type { Mutation } from '../../kernel/context.ts';
import { type Coins, type EpochMs, epochMs, type RowId } from '../../kernel/ids.ts';
import { coins } from '../../kernel/money.ts';
import { done, type Outcome, refuse } from '../../kernel/outcome.ts';
import { begin, book, refuseAtRest, splitFunds, takeFunds } from '../wallet/api.ts';
import { entries } from './entries.ts';
import { wakeMatching } from './matching.ts';
import { ordersOf } from './positions.ts';
import { costSold, purchaseBill } from './rules.ts';
import { type Returned, returnOrder } from './set-aside.ts';
import { tradeFee } from './settings.ts';
import { holdings, orders } from './state.ts';
import { type Side, sharesMeant, termsOf } from './trade.ts';
import { guildOrdersMax, orderMs, ordersMax } from './tuning.ts';

/** A limit order that was just given. */
export interface Placed {
  readonly kind: 'placed';
  readonly id: RowId;
  readonly side: Side;
  readonly symbol: string;
  readonly shares: number;
  /** Hundredths. */
  readonly limit: number;
  /** The price in force, in hundredths. */
  readonly price: number;
  /** Coins set aside for a purchase. */
  readonly coins: number;
  readonly until: EpochMs;
  readonly wallet: number;
  readonly bank: number;
}

const priceMax = 1_000_000_000;

/** A typed price, such as 95 or 1,200.50, in hundredths; `undefined` for anything else. */
export const parsePrice = (typed: string): number | undefined => {
  const match = /^(\d{1,3}(?:,\d{3})+|\d{1,8})(?:\.(\d{1,2}))?$/.exec(typed.trim());
  if (!match) return undefined;
  const hundredths = Number((match[1] ?? '').replaceAll(',', '')) * 100 + Number((match[2] ?? '').padEnd(2, '0'));
  return hundredths >= 1 && hundredths <= priceMax ? hundredths : undefined;
};

/** Sets shares of a holding aside, with the part of its cost that goes with them. */
const setAsideShares = (
  m: Mutation,
  symbol: string,
  shares: number,
): { readonly cost: Coins; readonly knownPrice: number } => {
  const key = [m.actor.member, symbol] as const;
  const before = m.get(holdings, key);
  const cost = costSold(before, shares);
  const left = before.shares - shares;
  if (left === 0) m.remove(holdings, key);
  else m.put(holdings, key, { ...before, shares: left, cost: before.cost - cost });
  return { cost, knownPrice: before.knownPrice };
};

/** Sets coins of a purchase aside: they are burned until it is carried out or taken back. */
const setAsideCoins = (m: Mutation, total: Coins): Outcome<never> | undefined => {
  const split = splitFunds(begin(m), total);
  if (split.missing > 0) return refuse('economy.stocks.order.poor', { coins: total, missing: split.missing });
  return book(m, { postings: takeFunds(m.actor.member, split, { entry: entries.order }), burned: total });
};

/** Gives a limit order for the member who acts. One whose price is there already is refused: it can be traded at once. */
export const placeOrder = (
  m: Mutation,
  {
    side,
    symbol: typed,
    shares: amount,
    limit,
  }: { readonly side: Side; readonly symbol: string; readonly shares: Amount; readonly limit: number },
): Outcome<Placed> => {
  const { member } = m.actor;
  const terms = termsOf(m, typed);
  if (!('market' in terms)) return terms;
  const { symbol, price, quote } = terms;
  if (!quote?.listed) return refuse('economy.stocks.delisted', { symbol });
  if (side === 'buy' ? price <= limit : price >= limit)
    return refuse(`economy.stocks.order.now-${side}`, { symbol, price: price / 100 });
  const resting = refuseAtRest(m);
  if (resting) return resting;
  if (ordersOf(m, member).length >= ordersMax) return refuse('economy.stocks.order.many', { most: ordersMax });
  if (m.count(orders) >= guildOrdersMax) return refuse('economy.stocks.order.full', { most: guildOrdersMax });
  const shares = sharesMeant(m, { side, shares: amount }, { ...terms, price: limit });
  if (typeof shares !== 'number') return shares;
  const total = side === 'buy' ? purchaseBill(shares, limit, m.setting(tradeFee)).total : coins(0);
  const refused = side === 'buy' ? setAsideCoins(m, total) : undefined;
  if (refused) return refused;
  const aside = side === 'buy' ? { cost: total, knownPrice: limit } : setAsideShares(m, symbol, shares);
  const until = epochMs(m.now + orderMs);
  const id = m.newId();
  m.put(orders, [member, id], {
    side,
    symbol,
    shares,
    price: limit,
    coins: aside.cost,
    knownPrice: aside.knownPrice,
    until,
  });
  wakeMatching(m);
  const { wallet, bank } = begin(m);
  return done<Placed>({ kind: 'placed', id, side, symbol, shares, limit, price, coins: total, until, wallet, bank });
};

/** Takes back an order of the member who acts: nobody else's is found. */
export const cancelOrder = (m: Mutation, id: RowId): Outcome<Returned> => {
  const { member } = m.actor;
  const order = m.find(orders, [member, id]);
  if (order === undefined) return refuse('economy.stocks.order.gone');
  return refuseAtRest(m) ?? done(returnOrder(m, member, id, order));
};
