import { z } from 'zod';
import { collection } from '../../kernel/collection.ts';
import type { EpochMs } from '../../kernel/ids.ts';
import { coinsMax } from '../../kernel/money.ts';
import { snowflakeSchema, timeSchema } from '../../kernel/schemas.ts';
import { sharesMax, symbolsMax, tradersMax, tradesAnHour } from './tuning.ts';
import { priceSchema } from './worlds.ts';

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
  version: 1,
  key: ['member'],
  schema: z.strictObject({
    /** Trades ever: what tells the second press of a button from the first. */
    trades: z.int().nonnegative(),
    /** When the trades of the last hour were, oldest first. */
    recent: z.array(timeSchema).max(tradesAnHour),
  }),
  initial: { trades: 0, recent: [] },
  upgrades: [],
  rowsMax: tradersMax,
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
