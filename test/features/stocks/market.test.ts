import { describe, expect, test } from 'vitest';
import { stocks } from '../../../src/features/stocks/index.ts';
import { closes, companies, points } from '../../../src/features/stocks/market/state.ts';
import { listings } from '../../../src/features/stocks/symbols.ts';
import { history, quotes } from '../../../src/features/stocks/worlds.ts';
import { epochMs } from '../../../src/kernel/ids.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import { createTable, dayMs, startOfTime } from '../table.ts';
import { createMarket, type Market, tickMs } from './market.ts';

const quotesOf = (market: Market) => quotes.schema.parse(market.published().get(quotes.name)?.value).quotes;
const historyOf = (market: Market) => history.schema.parse(market.published().get(history.name)?.value);
const versionOf = (market: Market): number => market.published().get(quotes.name)?.version ?? 0;
const companyOf = (market: Market, symbol: string) =>
  market.realm.state.row(companies, encodeKey(companies.key, [symbol])) as ReturnType<
    (typeof companies)['schema']['parse']
  >;
const put = (market: Market, symbol: string, change: object): void => {
  const key = encodeKey(companies.key, [symbol]);
  market.realm.state.rows(companies).set(key, { ...companyOf(market, symbol), ...change });
};

describe('opening', () => {
  test('publishes the base prices as the first version, with a point and a close', () => {
    const market = createMarket();
    market.open();
    expect(versionOf(market)).toBe(1);
    expect(quotesOf(market).map(({ symbol, price }) => [symbol, price])).toEqual(
      listings
        .map(({ symbol, base }) => [symbol, base])
        .sort(([left], [right]) => (String(left) < String(right) ? -1 : 1)),
    );
    const { times, closeTimes, companies: shown } = historyOf(market);
    expect([times, closeTimes]).toEqual([[startOfTime], [startOfTime]]);
    expect(shown.find(({ symbol }) => symbol === 'TECH')).toEqual({
      symbol: 'TECH',
      points: [15_000],
      closes: [15_000],
    });
  });

  test('a second time changes nothing', () => {
    const market = createMarket();
    market.open();
    const { commits } = market.realm.state;
    market.open();
    expect(market.realm.state.commits).toBe(commits);
  });

  test('with another list of companies publishes anew: new ones at their base, old ones at their last price', () => {
    const market = createMarket();
    market.open();
    market.tick();
    const rows = market.realm.state.rows(companies);
    rows.delete(encodeKey(companies.key, ['BANK']));
    rows.set(encodeKey(companies.key, ['OLD']), { ...companyOf(market, 'TECH'), price: 777 });
    market.open();
    const found = new Map(quotesOf(market).map((quote) => [quote.symbol, quote]));
    expect(versionOf(market)).toBe(3);
    expect(found.get('BANK')).toMatchObject({ price: 8_000, listed: true });
    expect(found.get('OLD')).toMatchObject({ price: 777, listed: false });
    market.tick();
    expect(quotesOf(market).find(({ symbol }) => symbol === 'OLD')).toMatchObject({ price: 777, listed: false });
    // The one that came later has fewer prices, which belong to the last times.
    const { times, companies: shown } = historyOf(market);
    expect(times).toHaveLength(3);
    expect(shown.find(({ symbol }) => symbol === 'OLD')?.points).toEqual([777]);
    expect(shown.find(({ symbol }) => symbol === 'TECH')?.points).toHaveLength(3);
  });

  test('a company that comes back goes on where it stood', () => {
    const market = createMarket();
    market.open();
    put(market, 'TECH', { listed: false, price: 14_000 });
    market.open();
    expect(quotesOf(market).find(({ symbol }) => symbol === 'TECH')).toMatchObject({ price: 14_000, listed: true });
  });
});

describe('a tick', () => {
  test('moves every price, remembers the one before, and is one version', () => {
    const market = createMarket();
    market.open();
    market.tick();
    expect(versionOf(market)).toBe(2);
    for (const { symbol, price, previous } of quotesOf(market)) {
      expect(price).not.toBe(previous);
      expect(previous).toBe(listings.find((one) => one.symbol === symbol)?.base);
      expect(Number.isInteger(price)).toBe(true);
    }
  });

  test('opens the market where nothing did before', () => {
    const market = createMarket();
    market.tick();
    expect(versionOf(market)).toBe(1);
    expect(quotesOf(market)).toHaveLength(8);
  });

  test('with the same seeds gives the same prices', () => {
    const run = (): unknown => {
      const market = createMarket();
      market.open();
      for (let count = 0; count < 5; count += 1) market.tick();
      return quotesOf(market);
    };
    expect(run()).toEqual(run());
  });

  test('that stands for missed ones makes up for each of them, in one version', () => {
    const market = createMarket();
    market.open();
    market.tick();
    const before = quotesOf(market);
    market.tick(9);
    expect(versionOf(market)).toBe(3);
    const { times } = historyOf(market);
    expect(times).toHaveLength(12);
    expect(times.slice(-10)).toEqual(
      Array.from({ length: 10 }, (_, index) => market.realm.clock.now - (9 - index) * tickMs),
    );
    // The price before is the one that members saw last.
    expect(quotesOf(market).map(({ previous }) => previous)).toEqual(before.map(({ price }) => price));
  });

  test('after a long gap makes up for a day at most', () => {
    const market = createMarket();
    market.open();
    market.tick(500);
    expect(market.realm.state.rows(points).size).toBe(1 + 96);
    expect(historyOf(market).times).toHaveLength(96);
  });

  test('knows the price of a day ago, exactly', () => {
    const market = createMarket();
    market.open();
    market.tick();
    const first = quotesOf(market);
    for (let count = 0; count < 95; count += 1) market.tick();
    expect(quotesOf(market).map(({ dayAgo }) => dayAgo)).toEqual(first.map(({ previous }) => previous));
    market.tick();
    expect(quotesOf(market).map(({ dayAgo }) => dayAgo)).toEqual(first.map(({ price }) => price));
  });

  test('outside of the market’s realm does nothing', () => {
    const table = createTable();
    const { commits } = table.state;
    table.runTask('market.tick', { date: '2026-08-01', dueAt: startOfTime, missed: 3 });
    table.runTask('market.open', {});
    table.runTask('market.demand', { symbol: 'TECH', coins: 5 });
    expect(table.state.commits).toBe(commits);
  });
});

describe('what is kept', () => {
  test('points of seven days, a close for each UTC date, and no more than fits into a version', () => {
    const market = createMarket();
    market.open();
    for (let day = 0; day < 12; day += 1) market.tick(95);
    const kept = [...market.realm.state.rows(points).keys()].length;
    expect(kept).toBeLessThanOrEqual(7 * 96 + 1);
    expect(kept).toBeGreaterThanOrEqual(7 * 96);
    const dates = [...market.realm.state.rows(closes).keys()].sort();
    expect(dates).toEqual(Array.from({ length: 13 }, (_, index) => `2026-08-${String(index + 1).padStart(2, '0')}`));
    const { times, closeTimes } = historyOf(market);
    expect(times).toHaveLength(96);
    expect(closeTimes).toHaveLength(13);
    // A close is the last price of its date.
    expect(closeTimes[0]).toBe(Date.UTC(2026, 7, 1, 23, 45));
  });

  test('730 closes, the oldest of which go', () => {
    const market = createMarket();
    market.open();
    const rows = market.realm.state.rows(closes);
    const old = rows.get('2026-08-01');
    for (let day = 1; day <= 800; day += 1) {
      rows.set(new Date(startOfTime - day * dayMs).toISOString().slice(0, 10), old);
    }
    market.tick();
    expect(rows.size).toBe(730);
    expect(rows.has('2026-08-01')).toBe(true);
    expect(historyOf(market).closeTimes).toHaveLength(30);
  });

  test('a version is small enough to be read by many', () => {
    const market = createMarket();
    market.open();
    for (let day = 0; day < 31; day += 1) market.tick(95);
    const size = JSON.stringify([...market.published().values()]).length;
    expect(size).toBeLessThan(16_384);
  });
});

describe('demand', () => {
  test('is felt by the next tick, 0.01 % for 1,000 coins, and then fades', () => {
    const priceAfter = (...coins: readonly number[]): number => {
      const market = createMarket();
      market.open();
      for (const one of coins) market.realm.runTask('market.demand', { symbol: 'TECH', coins: one });
      expect(companyOf(market, 'TECH').demand).toBe(coins.reduce((sum, one) => sum + one, 0));
      market.tick();
      expect(companyOf(market, 'TECH').demand).toBe(0);
      return companyOf(market, 'TECH').price;
    };
    const calm = priceAfter();
    expect(Math.abs(priceAfter(50_000) / calm - Math.exp(0.005))).toBeLessThan(1e-4);
    expect(priceAfter(20_000, 30_000)).toBe(priceAfter(50_000));
    expect(Math.abs(priceAfter(-50_000) / calm - Math.exp(-0.005))).toBeLessThan(1e-4);
    expect(priceAfter(40_000, -40_000)).toBe(calm);
    // Bounded at a hundredth.
    expect(priceAfter(1e9)).toBe(priceAfter(100_000));
  });

  test('for what nobody knows, or what is traded no more, is not heard', () => {
    const market = createMarket();
    market.open();
    put(market, 'OLD', { ...companyOf(market, 'TECH'), listed: false });
    const { commits } = market.realm.state;
    market.realm.runTask('market.demand', { symbol: 'NOBODY', coins: 5 });
    market.realm.runTask('market.demand', { symbol: 'OLD', coins: 5 });
    expect(market.realm.state.commits).toBe(commits);
  });

  test('sums stay within what is counted', () => {
    const market = createMarket();
    market.open();
    for (let count = 0; count < 3; count += 1) market.realm.runTask('market.demand', { symbol: 'TECH', coins: 1e12 });
    expect(companyOf(market, 'TECH').demand).toBe(1e12);
  });
});

test('the job is every quarter of an hour in UTC, in the market’s realm, made up for after a gap', () => {
  expect(stocks.jobs?.find(({ realm }) => realm === 'market')).toMatchObject({
    pattern: '*/15 * * * *',
    zone: 'UTC',
    once: 'each time',
    missed: 'once',
  });
});

test('nobody reaches the market’s operations', () => {
  const table = createTable();
  for (const name of ['market.tick', 'market.open', 'market.demand', 'stocks.post-day', 'stocks.feed-posted']) {
    const operation = table.registry.operations.get(name);
    expect(operation?.who).toBe('runtime');
    expect(operation && table.perform('200000000000000099' as never, operation, {}, { permissions: ~0n }).refused).toBe(
      'core.only.runtime',
    );
  }
  expect(epochMs(table.clock.now)).toBe(startOfTime);
});
