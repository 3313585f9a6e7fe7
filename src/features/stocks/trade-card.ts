import type { EpochMs } from '../../kernel/ids.ts';
import { shareUnits } from '../../kernel/money.ts';
import type { Embed, Field } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import { coinsField, colors } from '../wallet/api.ts';
import type { Moved, Traded } from './trade.ts';
import { changeText, clockTime, inCoins, inline, priceText, sectorText, trendColor } from './words.ts';
import type { Quote } from './worlds.ts';

/** A company as it is shown to somebody who may trade. */
export interface TradeCard {
  readonly symbol: string;
  /** Hundredths. */
  readonly price: number;
  readonly quote: Quote | undefined;
  readonly version: number;
  readonly at: EpochMs;
  /** Ten-thousandths. */
  readonly fee: number;
  readonly wallet: number;
  readonly bank: number;
  readonly shares: number;
  readonly worth: number;
}

/** Price, sector and changes of a company. */
export const quoteFields = (price: number, quote: Quote | undefined, text: Text): readonly Field[] => [
  inline('economy.stocks.field.price', priceText(price, text), text),
  ...(quote
    ? [
        inline('economy.stocks.field.day', changeText(quote.dayAgo, price, text), text),
        inline('economy.stocks.field.tick', changeText(quote.previous, price, text), text),
        inline('economy.stocks.field.sector', sectorText(quote, text), text),
      ]
    : []),
];

/** What is said of a company in a line, and of when its price is. */
export const quoteWords = (quote: Quote | undefined, at: EpochMs, text: Text): string =>
  [
    quote?.listed ? text(`economy.stocks.about.${quote.sector}`) : text('economy.stocks.card.delisted'),
    text('economy.stocks.card.since', { at: clockTime(at) }),
  ].join('\n');

export const tradeCardEmbed = (card: TradeCard, text: Text): Embed => ({
  title: card.symbol,
  description: quoteWords(card.quote, card.at, text),
  color: trendColor(card.quote?.dayAgo ?? card.price, card.price),
  fields: [
    ...quoteFields(card.price, card.quote, text),
    inline(
      'economy.stocks.field.fee',
      text('economy.stocks.field.fee-of', { fee: (card.fee * 100) / shareUnits }),
      text,
    ),
    inline(
      'economy.stocks.field.held',
      text('economy.stocks.field.holding', { shares: card.shares, worth: card.worth }),
      text,
    ),
    coinsField('economy.field.wallet', card.wallet, text),
    coinsField('economy.field.bank', card.bank, text),
  ],
});

export const movedEmbed = (moved: Moved, text: Text): Embed => ({
  title: text('economy.stocks.moved.title'),
  description: text(`economy.stocks.moved.${moved.side}`, {
    symbol: moved.symbol,
    price: inCoins(moved.price),
    at: clockTime(moved.at),
    shares: moved.shares,
    coins: moved.bill.total,
  }),
  color: colors.gold,
});

export const tradedEmbed = (traded: Traded, text: Text): Embed => {
  const { side, symbol, shares, price, at, bill } = traded;
  const bought = side === 'buy';
  return {
    title: symbol,
    description: [
      text(`economy.stocks.${side}.done`, { shares, symbol, price: inCoins(price), at: clockTime(at) }),
      ...(traded.debtPaid > 0 ? [text('economy.stocks.sell.debt', { coins: traded.debtPaid })] : []),
    ].join('\n'),
    color: bought || traded.profit >= 0 ? colors.money : colors.loss,
    fields: [
      coinsField('economy.field.stocks-value', bill.value, text),
      coinsField('economy.field.stocks-fee', bill.fee, text),
      coinsField(bought ? 'economy.field.stocks-paid' : 'economy.field.stocks-received', bill.total, text),
      ...(bought
        ? []
        : [
            inline(
              'economy.stocks.field.profit',
              text('economy.stocks.portfolio.profit', { profit: traded.profit }),
              text,
            ),
          ]),
      inline('economy.stocks.field.held', text('economy.stocks.shares', { shares: traded.held }), text),
      coinsField('economy.field.wallet', traded.wallet, text),
      coinsField('economy.field.bank', traded.bank, text),
    ],
  };
};
