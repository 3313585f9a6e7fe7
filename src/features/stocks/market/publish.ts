import type { Mutation, Query } from '../../../kernel/context.ts';
import { type EpochMs, epochMs, type Frozen } from '../../../kernel/ids.ts';
import { listings } from '../symbols.ts';
import { chartCloses, chartPoints, closesKept, pointsKeptMs, symbolsMax } from '../tuning.ts';
import { walkAtBase } from '../walk.ts';
import { history, type Quote, quotes } from '../worlds.ts';
import { closes, companies, points } from './state.ts';

/** A company as rows hold it. */
export type Company = Frozen<ReturnType<(typeof companies)['schema']['parse']>>;

/** All companies by symbol, delisted ones with them. */
export const companiesOf = (query: Query): ReadonlyMap<string, Company> =>
  new Map(query.page(companies, { limit: symbolsMax }).map(([[symbol], company]) => [symbol, company]));

/**
 * Makes the rows of the companies agree with the list of this release: new ones start at their base, those that are
 * gone keep their last price. Gives whether anything changed.
 */
export const enlist = (m: Mutation): boolean => {
  const known = companiesOf(m);
  const listed = new Set(listings.map(({ symbol }) => symbol));
  let changed = false;
  const put = (symbol: string, company: Company): void => {
    changed = true;
    m.put(companies, [symbol], company);
  };
  for (const [symbol, company] of known) {
    if (company.listed && !listed.has(symbol)) put(symbol, { ...company, listed: false, demand: 0 });
  }
  for (const listing of listings) {
    const { symbol, sector, base } = listing;
    const company = known.get(symbol);
    if (company === undefined) {
      put(symbol, { sector, listed: true, ...walkAtBase(listing), price: base, previous: base, demand: 0 });
    } else if (!company.listed) put(symbol, { ...company, listed: true });
  }
  return changed;
};

const pricesOf = (all: ReadonlyMap<string, Company>): Readonly<Record<string, number>> =>
  Object.fromEntries([...all].map(([symbol, { price }]) => [symbol, price]));

/** The UTC date of a time. */
const dateOf = (at: EpochMs): string => new Date(at).toISOString().slice(0, 10);

/** Writes down what all companies cost at a time. */
export const recordPrices = (m: Mutation, at: EpochMs, all: ReadonlyMap<string, Company>): void => {
  const prices = pricesOf(all);
  m.put(points, [at], { prices });
  m.put(closes, [dateOf(at)], { at, prices });
};

/** Rows a pruning takes at most; it happens with each tick, which adds fewer. */
const pruneMax = 200;

/** Removes what is older than is kept. */
export const prune = (m: Mutation): void => {
  const isOld = (at: number): boolean => at < m.now - pointsKeptMs;
  // Most ticks find nothing old, or one point: a look at the first costs less than a page.
  const [oldest] = m.page(points, { limit: 1 });
  if (oldest !== undefined && isOld(oldest[0][0])) {
    for (const [[at]] of m.page(points, { limit: pruneMax })) {
      if (!isOld(at)) break;
      m.remove(points, [at]);
    }
  }
  const over = Math.min(pruneMax, m.count(closes) - closesKept);
  if (over <= 0) return;
  for (const [key] of m.page(closes, { limit: over })) m.remove(closes, key);
};

/** Publishes what the rows hold as the next version of both worlds. */
export const publishMarket = (m: Mutation): void => {
  const all = companiesOf(m);
  // One more than charts show: the one that is a whole day old.
  const newest = m.page(points, { newestFirst: true, limit: chartPoints + 1 }).map(([[at], { prices }]) => ({
    at: epochMs(at),
    prices,
  }));
  const dayAgo = newest.at(-1)?.prices ?? {};
  m.publish(quotes, {
    quotes: [...all].map(
      ([symbol, { sector, price, previous, listed }]): Quote => ({
        symbol,
        sector,
        price,
        previous,
        dayAgo: dayAgo[symbol] ?? price,
        listed,
      }),
    ),
  });
  const shown = newest.slice(0, chartPoints).toReversed();
  const days = m
    .page(closes, { newestFirst: true, limit: chartCloses })
    .map(([, close]) => close)
    .toReversed();
  const pricesIn = (rows: readonly { readonly prices: Readonly<Record<string, number>> }[], symbol: string) =>
    rows.map(({ prices }) => prices[symbol]).filter((price) => price !== undefined);
  m.publish(history, {
    times: shown.map(({ at }) => at),
    closeTimes: days.map(({ at }) => at),
    companies: [...all.keys()].map((symbol) => ({
      symbol,
      points: pricesIn(shown, symbol),
      closes: pricesIn(days, symbol),
    })),
  });
};
