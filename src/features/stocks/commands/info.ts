import type { Command } from '../../../kernel/feature.ts';
import { query } from '../../../kernel/operation.ts';
import { options } from '../../../kernel/option.ts';
import { done, refuse } from '../../../kernel/outcome.ts';
import type { Embed } from '../../../kernel/reply.ts';
import type { Text } from '../../../kernel/text.ts';
import { chartOf, historyOf, type Points } from '../chart.ts';
import { cardButton, companyOption } from '../dealing.ts';
import { quoteFields, quoteWords } from '../trade-card.ts';
import { trendColor } from '../words.ts';
import { marketOf, quoteOf } from '../worlds.ts';

const chartEmbed = (points: Points, title: string, text: Text): Pick<Embed, 'picture'> =>
  points.length > 0 ? { picture: chartOf(points, title, text) } : {};

/** A company's price, what it did, and its charts: of the last day, and of the last days where there are several. */
export const info = query({
  name: 'stocks.info',
  version: 1,
  input: options({ symbol: companyOption('economy.stocks.info.symbol') }),
  run: (q, { symbol: typed }) => {
    const { version, at, quotes } = marketOf(q);
    const quote = quoteOf({ version, at, quotes }, typed.trim().toUpperCase());
    return quote ? done({ version, at, quote, ...historyOf(q, quote.symbol) }) : refuse('economy.stocks.unknown');
  },
  view: ({ version, at, quote, day, month }, text) => {
    const { symbol, price, dayAgo } = quote;
    const color = trendColor(dayAgo, price);
    return {
      private: true,
      embeds: [
        {
          title: symbol,
          description: version === 0 ? text('economy.stocks.market.closed') : quoteWords(quote, at, text),
          color,
          fields: quoteFields(price, quote, text),
          ...chartEmbed(day, text('economy.stocks.chart.day', { symbol }), text),
        },
        ...(month.length > 2
          ? [{ color, ...chartEmbed(month, text('economy.stocks.chart.month', { symbol }), text) }]
          : []),
      ],
      ...(version > 0 && { rows: [[cardButton(symbol, text('economy.stocks.card.open'))]] }),
    };
  },
});

export const infoCommand: Command = {
  path: 'stocks info',
  describe: 'economy.stocks.info.describe',
  operation: info,
  visibility: 'private',
};
