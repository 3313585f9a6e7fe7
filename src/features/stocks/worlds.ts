import { z } from 'zod';
import type { Query } from '../../kernel/context.ts';
import type { EpochMs, Frozen } from '../../kernel/ids.ts';
import { timeSchema } from '../../kernel/schemas.ts';
import { world } from '../../kernel/world.ts';
import { listings, sectors } from './symbols.ts';
import { chartCloses, chartPoints, symbolsMax } from './tuning.ts';

/** What a company is called: 1 to 12 capital letters, so that a button has room for it. */
export const symbolSchema = z.string().regex(/^[A-Z]{1,12}$/);

/** A price in hundredths of a coin. */
export const priceSchema = z.int().min(1).max(1_000_000_000);

const quoteSchema = z.strictObject({
  symbol: symbolSchema,
  sector: z.enum(sectors),
  price: priceSchema,
  /** The price of the version before. */
  previous: priceSchema,
  /** The price a day ago, or the oldest there is. */
  dayAgo: priceSchema,
  /** Whether shares can be bought. What is not listed any more keeps its last price. */
  listed: z.boolean(),
});

/** What one company's share costs. */
export type Quote = Frozen<z.infer<typeof quoteSchema>>;

/** The prices in force: each version is a tick. */
export const quotes = world({
  name: 'market.quotes',
  schema: z.strictObject({ quotes: z.array(quoteSchema).max(symbolsMax) }),
  initial: {
    quotes: listings.map(({ symbol, sector, base }) => ({
      symbol,
      sector,
      price: base,
      previous: base,
      dayAgo: base,
      listed: true,
    })),
  },
});

const pricesSchema = (most: number) => z.array(priceSchema).max(most);

/**
 * What charts show. The times are the same for all companies; one that was listed later has fewer prices, which belong
 * to the last of the times.
 */
export const history = world({
  name: 'market.history',
  schema: z.strictObject({
    times: z.array(timeSchema).max(chartPoints),
    closeTimes: z.array(timeSchema).max(chartCloses),
    companies: z
      .array(
        z.strictObject({
          symbol: symbolSchema,
          points: pricesSchema(chartPoints),
          closes: pricesSchema(chartCloses),
        }),
      )
      .max(symbolsMax),
  }),
  initial: { times: [], closeTimes: [], companies: [] },
});

/** The market as an operation of a guild sees it: all of one version. */
export interface Market {
  /** 0 while nothing was published, when nothing can be traded. */
  readonly version: number;
  readonly at: EpochMs;
  readonly quotes: readonly Quote[];
}

/** The prices in force in the guild. */
export const marketOf = (query: Query): Market => {
  const { version, at, value } = query.world(quotes);
  return { version, at, quotes: value.quotes };
};

/** The quote of a company; `undefined` for one that the market does not know. */
export const quoteOf = (market: Market, symbol: string): Quote | undefined =>
  market.quotes.find((quote) => quote.symbol === symbol);
