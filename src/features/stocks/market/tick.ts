import type { Mutation } from '../../../kernel/context.ts';
import { epochMs, realmOf } from '../../../kernel/ids.ts';
import { type Job, type JobRun, jobRunSchema } from '../../../kernel/job.ts';
import { task } from '../../../kernel/operation.ts';
import { done } from '../../../kernel/outcome.ts';
import { listings } from '../symbols.ts';
import { stepsMax, tickMs } from '../tuning.ts';
import { priceOf, stepWalk } from '../walk.ts';
import { type Company, companiesOf, enlist, prune, publishMarket, recordPrices } from './publish.ts';
import { companies } from './state.ts';

/** Each listed company one step on; demand is felt in the first step after it and is then used up. */
const step = (m: Mutation, all: ReadonlyMap<string, Company>): ReadonlyMap<string, Company> => {
  const next = new Map(all);
  for (const listing of listings) {
    const company = all.get(listing.symbol);
    if (company === undefined) continue;
    const walk = stepWalk(company, listing, company.demand, m.random);
    next.set(listing.symbol, { ...company, ...walk, price: priceOf(walk, listing), demand: 0 });
  }
  return next;
};

/**
 * The market's tick. After a gap the missed ticks are made up for, at most a day of them, as one version: nobody could
 * trade in between. `previous` is then the price of the last version.
 */
export const tick = task<JobRun>({
  name: 'market.tick',
  version: 1,
  input: jobRunSchema,
  run: (m, { dueAt, missed }) => {
    if (realmOf(m.guild) !== 'market') return done();
    enlist(m);
    const before = companiesOf(m);
    let all = before;
    for (let left = Math.min(missed, stepsMax - 1); left >= 0; left -= 1) {
      all = step(m, all);
      recordPrices(m, epochMs(Math.max(0, dueAt - left * tickMs)), all);
    }
    for (const [symbol, company] of all) {
      m.put(companies, [symbol], { ...company, previous: before.get(symbol)?.price ?? company.price });
    }
    prune(m);
    publishMarket(m);
    return done();
  },
});

/** Every quarter of an hour, on the clock of UTC. */
export const tickJob: Job = {
  operation: tick,
  pattern: '*/15 * * * *',
  zone: 'UTC',
  realm: 'market',
  once: 'each time',
  missed: 'once',
};
