import { z } from 'zod';
import { collection } from '../../kernel/collection.ts';
import type { EpochMs } from '../../kernel/ids.ts';
import { coinsMax } from '../../kernel/money.ts';
import { snowflakeSchema, timeSchema } from '../../kernel/schemas.ts';
import { fillsKept, guildOrdersMax, sharesMax, symbolsMax, tradersMax, tradesAnHour } from './tuning.ts';
import { priceSchema, symbolSchema } from './worlds.ts';

const sharesSchema = z.int().min(1).max(sharesMax);
const coinsSchema = z.int().min(0).max(coinsMax);
const sideSchema = z.enum(['buy', 'sell']);

/** Shares of one company that a member holds. There is no row where there are none. */
export const holdings = collection({
  name: 'stocks.holding',
  version: 1,
  key: ['member', 'text'],
  schema: z.strictObject({
    shares: z.int().min(1).max(sharesMax),
    /** Coins paid for these shares, fees with them. */
    cost: z.int().min(0).max(coinsMax),
    /** The price in hundredths when the member last bought: what a share brings if the market knows it no more. */
    knownPrice: priceSchema,
  }),
  initial: { shares: 1, cost: 0, knownPrice: 1 },
  upgrades: [],
  rowsMax: tradersMax * symbolsMax,
  orderings: {},
  totals: {},
  forget: 'key',
});

/** How often a member has traded. */
export const traders = collection({
  name: 'stocks.trader',
  version: 2,
  key: ['member'],
  schema: z.strictObject({
    /** Trades ever: what tells the second press of a button from the first. */
    trades: z.int().nonnegative(),
    /** When the trades of the last hour were, oldest first. */
    recent: z.array(timeSchema).max(tradesAnHour),
    /** What all sales brought above what the shares had cost; missing where nothing was sold. */
    profit: z.int().optional(),
    /** The last limit orders that were carried out, oldest first. */
    fills: z
      .array(
        z.strictObject({
          side: sideSchema,
          symbol: symbolSchema,
          shares: sharesSchema,
          price: priceSchema,
          at: timeSchema,
        }),
      )
      .max(fillsKept)
      .optional(),
  }),
  initial: { trades: 0, recent: [] },
  // Version 2 has two more fields, which may be missing.
  upgrades: [(row) => row],
  rowsMax: tradersMax,
  orderings: { profit: (trader) => trader.profit },
  totals: {},
  forget: 'key',
});

/**
 * Shares that somebody wants to buy at a price or below, or to sell at one or above. The coins of a purchase are burned
 * while it waits, so that nobody can spend, rob or tax them; shares that wait to be sold are in no holding.
 */
export const orders = collection({
  name: 'stocks.order',
  version: 1,
  key: ['member', 'id'],
  schema: z.strictObject({
    side: sideSchema,
    symbol: symbolSchema,
    shares: sharesSchema,
    /** The worst price in hundredths. */
    price: priceSchema,
    /** Of a purchase: the coins set aside, a fee with them. Of a sale: what its shares had cost. */
    coins: coinsSchema,
    /** Of a sale: the price that the holding knew. */
    knownPrice: priceSchema,
    until: timeSchema,
  }),
  initial: { side: 'buy' as const, symbol: 'NONE', shares: 1, price: 1, coins: 0, knownPrice: 1, until: 0 as EpochMs },
  upgrades: [],
  rowsMax: 2 * guildOrdersMax,
  orderings: {},
  totals: {},
  forget: 'key',
});

/** Why the market's day is posted no more: one row at most. */
export const feedNotices = collection({
  name: 'stocks.feed-notice',
  version: 1,
  key: ['text'],
  schema: z.strictObject({ channel: snowflakeSchema, failure: z.enum(['gone', 'forbidden']), at: timeSchema }),
  initial: { channel: '', failure: 'gone' as const, at: 0 as EpochMs },
  upgrades: [],
  rowsMax: 1,
  orderings: {},
  totals: {},
  forget: 'no member',
});

/** The one key of `feedNotices`. */
export const feedNoticeKey = ['market'] as const;
