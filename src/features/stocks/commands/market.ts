import { permits } from '../../../kernel/authority.ts';
import type { Command } from '../../../kernel/feature.ts';
import { shareUnits } from '../../../kernel/money.ts';
import { mutation } from '../../../kernel/operation.ts';
import { options } from '../../../kernel/option.ts';
import { done } from '../../../kernel/outcome.ts';
import type { Field } from '../../../kernel/reply.ts';
import type { Text } from '../../../kernel/text.ts';
import { begin, coinsField, colors } from '../../wallet/api.ts';
import { companySelect } from '../dealing.ts';
import { feedNoticeOf, feedNoticeText } from '../feed.ts';
import { positionsOf, worthOfAll } from '../positions.ts';
import { changePercent } from '../rules.ts';
import { tradeFee } from '../settings.ts';
import { sharesMax, tradesAnHour } from '../tuning.ts';
import { clockTime, inCoins, sectorText, trendOf } from '../words.ts';
import { marketOf, type Quote } from '../worlds.ts';

const companyField = (quote: Quote, shares: number, text: Text): Field => {
  const { symbol, price, dayAgo } = quote;
  const sector = sectorText(quote, text);
  return {
    name: `${text('economy.stocks.trend', { trend: trendOf(dayAgo, price) })} ${symbol}`,
    value: [
      text('economy.stocks.market.line', { price: inCoins(price), change: changePercent(dayAgo, price) }),
      shares > 0 ? text('economy.stocks.market.held', { sector, shares }) : sector,
    ].join('\n'),
    inline: true,
  };
};

/** All companies, and what the asker has. */
export const market = mutation({
  name: 'stocks.market',
  version: 1,
  input: options({}),
  run: (m) => {
    const { wallet, bank } = begin(m);
    const now = marketOf(m);
    const positions = positionsOf(m, m.actor.member, now);
    const staff = permits('staff', m.actor.permissions);
    return done({
      market: now,
      cash: wallet + bank,
      worth: worthOfAll(positions),
      held: positions.map(({ symbol, shares }) => ({ symbol, shares })),
      notice: staff ? feedNoticeOf(m) : undefined,
    });
  },
  view: ({ market: { version, at, quotes }, cash, worth, held, notice }, text) => {
    const shares = new Map(held.map((one) => [one.symbol, one.shares]));
    // What is not listed any more is shown to those who hold some of it, and twenty fields fit beside the sums.
    const shown = quotes.filter(({ symbol, listed }) => listed || shares.has(symbol)).slice(0, 20);
    return {
      private: true,
      embeds: [
        {
          title: text('economy.stocks.market.title'),
          description: [
            version === 0
              ? text('economy.stocks.market.closed')
              : text('economy.stocks.market.since', { at: clockTime(at) }),
            ...(notice ? [feedNoticeText(notice, text)] : []),
          ].join('\n'),
          color: colors.money,
          fields: [
            coinsField('economy.field.total', cash, text),
            coinsField('economy.field.stocks-worth', worth, text),
            coinsField('economy.field.stocks-wealth', cash + worth, text),
            ...shown.map((quote) => companyField(quote, shares.get(quote.symbol) ?? 0, text)),
          ],
        },
      ],
      ...(version > 0 && {
        rows: [
          [
            companySelect(
              { version, at, quotes },
              shown.map(({ symbol }) => symbol),
              text,
            ),
          ],
        ],
      }),
    };
  },
});

export const marketCommand: Command = {
  path: 'stocks market',
  describe: 'economy.stocks.market.describe',
  operation: market,
  visibility: 'private',
  explain: {
    text: 'economy.stocks.market.explain',
    figures: (query) => ({
      fee: (query.setting(tradeFee) * 100) / shareUnits,
      most: sharesMax,
      trades: tradesAnHour,
    }),
  },
};
