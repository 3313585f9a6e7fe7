import { z } from 'zod';
import { task } from '../../../kernel/operation.ts';
import { done } from '../../../kernel/outcome.ts';
import { symbolSchema } from '../worlds.ts';
import { companies, demandMax } from './state.ts';

const demandSchema = z.strictObject({
  symbol: symbolSchema,
  /** What shares were bought for in a guild; below 0 what they were sold for. */
  coins: z.int().min(-demandMax).max(demandMax),
});

/** What a guild tells the market of one trade. */
export type Demand = z.infer<typeof demandSchema>;

/**
 * Adds a trade to the demand that the next tick feels. Its effect happens once for each trade, so that there is nothing
 * here to tell a repetition by. A company that is not traded any more feels nothing.
 */
export const demand = task({
  name: 'market.demand',
  version: 1,
  input: demandSchema,
  run: (m, { symbol, coins }) => {
    const company = m.find(companies, [symbol]);
    if (!company?.listed) return done();
    const sum = Math.min(Math.max(company.demand + coins, -demandMax), demandMax);
    m.put(companies, [symbol], { ...company, demand: sum });
    return done();
  },
});
