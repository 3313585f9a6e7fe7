import type { Query } from '../../kernel/context.ts';
import type { LineChart } from '../../kernel/picture.ts';
import type { Text } from '../../kernel/text.ts';
import { inCoins } from './words.ts';
import { history } from './worlds.ts';

/** Points of a chart: milliseconds since 1970 and hundredths of a coin, in order of time. */
export type Points = readonly (readonly [atMs: number, price: number])[];

/** A company's prices of the last day, and its daily closes. Either may be empty. */
export const historyOf = (query: Query, symbol: string): { readonly day: Points; readonly month: Points } => {
  const { times, closeTimes, companies } = query.world(history).value;
  const company = companies.find((one) => one.symbol === symbol);
  return { day: aligned(times, company?.points ?? []), month: aligned(closeTimes, company?.closes ?? []) };
};

/** Prices belong to the last of the times. */
const aligned = (times: readonly number[], prices: readonly number[]): Points => {
  const from = times.length - prices.length;
  return prices.map((price, index) => [times[from + index] ?? 0, price]);
};

/** A chart of at least one point. */
export const chartOf = (points: Points, title: string, text: Text): LineChart => {
  const prices = points.map(([, price]) => inCoins(price));
  return {
    kind: 'line-chart',
    title,
    alternative: text('economy.stocks.chart.alternative', {
      first: prices[0] ?? 0,
      last: prices.at(-1) ?? 0,
      least: Math.min(...prices),
      most: Math.max(...prices),
    }),
    points: points.map(([atMs, price]) => [atMs, inCoins(price)]),
    decimals: 2,
  };
};
