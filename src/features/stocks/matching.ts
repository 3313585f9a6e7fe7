import { z } from 'zod';
import { assert } from '../../kernel/assert.ts';
import type { Mutation } from '../../kernel/context.ts';
import { epochMs, isRowId, type MemberId, type RowId } from '../../kernel/ids.ts';
import { coins, coinsMax } from '../../kernel/money.ts';
import { type Operation, task } from '../../kernel/operation.ts';
import { done } from '../../kernel/outcome.ts';
import { memberSchema } from '../../kernel/schemas.ts';
import { accountOf, book, give, isFrozen, moneyOf, serveIncome } from '../wallet/api.ts';
import { entries } from './entries.ts';
import { purchaseBill, saleBill } from './rules.ts';
import { addShares, type LimitOrder, returnCoins, returnOrder } from './set-aside.ts';
import { tradeFee } from './settings.ts';
import { orders, traders } from './state.ts';
import { countProfit, countTrade, tell } from './trade.ts';
import { fillsKept, matchDelayMs, matchRows, tickMs } from './tuning.ts';
import { marketOf, type Quote, quoteOf } from './worlds.ts';

const cursorSchema = z.strictObject({
  after: z
    .tuple([memberSchema, z.custom<RowId>((value) => typeof value === 'string' && isRowId(value))])
    .readonly()
    .optional(),
});

const remember = (m: Mutation, member: MemberId, { side, symbol, shares }: LimitOrder, price: number): void => {
  const trader = m.get(traders, [member]);
  const fills = [...(trader.fills ?? []), { side, symbol, shares, price, at: m.now }].slice(-fillsKept);
  m.put(traders, [member], { ...trader, fills });
};

/** Buys for an order with what it set aside, and gives back what is left. Waits where a higher fee has made it too little. */
const fillPurchase = (m: Mutation, member: MemberId, id: RowId, order: LimitOrder, price: number): void => {
  const { symbol, shares, coins: aside } = order;
  const bill = purchaseBill(shares, price, m.setting(tradeFee));
  if (bill.total > aside || countTrade(m, member)) return;
  m.remove(orders, [member, id]);
  returnCoins(m, member, coins(aside - bill.total));
  addShares(m, member, symbol, { shares, cost: bill.total, knownPrice: price });
  tell(m, { symbol, coins: bill.value });
  remember(m, member, order, price);
};

/** Sells for an order. Waits where the wallet has no room for what it brings. */
const fillSale = (m: Mutation, member: MemberId, id: RowId, order: LimitOrder, quote: Quote): void => {
  const { symbol, shares, coins: cost } = order;
  const bill = saleBill(shares, quote.price, m.setting(tradeFee));
  if (moneyOf(m, member).wallet + bill.total > coinsMax || countTrade(m, member)) return;
  m.remove(orders, [member, id]);
  const profit = bill.total - cost;
  const { booking } = serveIncome(m, member, { coins: coins(Math.max(0, profit)), entry: entries.sale });
  const returned = coins(Math.min(bill.total, cost));
  const own = returned > 0 ? [give(member, 'wallet', returned, { entry: entries.sale })] : [];
  const refused = book(m, { ...booking, postings: [...booking.postings, ...own], minted: bill.total });
  assert(refused === undefined, 'what a sale brings has room');
  countProfit(m, member, profit);
  if (quote.listed && bill.value > 0) tell(m, { symbol, coins: 0 - bill.value });
  remember(m, member, order, quote.price);
};

const consider = (m: Mutation, member: MemberId, id: RowId, order: LimitOrder, quote: Quote | undefined): void => {
  const delisted = quote?.listed !== true;
  if (m.now >= order.until || (delisted && order.side === 'buy')) returnOrder(m, member, id, order);
  else if (quote === undefined || accountOf(m, member)?.bannedAt !== undefined) return;
  else if (order.side === 'buy' && quote.price <= order.price) fillPurchase(m, member, id, order, quote.price);
  else if (order.side === 'sell' && quote.price >= order.price) fillSale(m, member, id, order, quote);
};

/**
 * Looks at the limit orders after each tick: carries out those whose price is there, at the price in force, and takes
 * off those whose time is over. A hundred a step, so that others get their turn between.
 */
export const matchOrders: Operation<z.infer<typeof cursorSchema>> = task({
  name: 'stocks.match-orders',
  version: 1,
  input: cursorSchema,
  run: (m, { after }) => {
    // A frozen economy stands still: its orders wait.
    const market = marketOf(m);
    const rows = isFrozen(m) || market.version === 0 ? [] : m.page(orders, { after, limit: matchRows });
    for (const [[member, id], order] of rows) consider(m, member, id, order, quoteOf(market, order.symbol));
    const last = rows.at(-1);
    if (last !== undefined && rows.length === matchRows) m.wake(matchOrders, 'step', m.now, { after: last[0] });
    else if (m.count(orders) > 0) wakeMatching(m);
    return done();
  },
});

/** Has the orders looked at after the next tick. */
export const wakeMatching = (m: Mutation): void => {
  const tick = (Math.floor((m.now - matchDelayMs) / tickMs) + 1) * tickMs;
  m.wake(matchOrders, 'next', epochMs(tick + matchDelayMs), {});
};
