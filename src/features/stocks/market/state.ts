import { z } from 'zod';
import { collection } from '../../../kernel/collection.ts';
import { timeSchema } from '../../../kernel/schemas.ts';
import { sectors } from '../symbols.ts';
import { closesKept, pointsKeptMs, stepsMax, symbolsMax, tickMs } from '../tuning.ts';
import { priceSchema, symbolSchema } from '../worlds.ts';

/** The most coins that the demand of one tick is counted to, either way: far beyond what is felt. */
export const demandMax = 1_000_000_000_000;

/** Where each company's price stands. A row of the market's realm, as are all here. */
export const companies = collection({
  name: 'market.company',
  version: 1,
  key: ['text'],
  schema: z.strictObject({
    sector: z.enum(sectors),
    listed: z.boolean(),
    /** See `Walk`. */
    log: z.int(),
    impact: z.int(),
    price: priceSchema,
    previous: priceSchema,
    /** Coins for which shares were bought, less those for which they were sold, since the last tick. */
    demand: z.int().min(-demandMax).max(demandMax),
  }),
  initial: { sector: 'technology' as const, listed: false, log: 0, impact: 0, price: 1, previous: 1, demand: 0 },
  upgrades: [],
  rowsMax: symbolsMax,
  orderings: {},
  totals: {},
  forget: 'no member',
});

const pricesSchema = z.record(symbolSchema, priceSchema);

/** The prices of each tick, by its time. */
export const points = collection({
  name: 'market.point',
  version: 1,
  key: ['int'],
  schema: z.strictObject({ prices: pricesSchema }),
  initial: { prices: {} },
  upgrades: [],
  rowsMax: 2 * (pointsKeptMs / tickMs + stepsMax),
  orderings: {},
  totals: {},
  forget: 'no member',
});

/** The last prices of each UTC day, by its date. */
export const closes = collection({
  name: 'market.close',
  version: 1,
  key: ['text'],
  schema: z.strictObject({ at: timeSchema, prices: pricesSchema }),
  initial: { at: timeSchema.parse(0), prices: {} },
  upgrades: [],
  rowsMax: 2 * closesKept,
  orderings: {},
  totals: {},
  forget: 'no member',
});
