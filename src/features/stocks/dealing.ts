import { customId } from '../../kernel/component.ts';
import type { Mutation } from '../../kernel/context.ts';
import { form, mutation } from '../../kernel/operation.ts';
import { amountOption, integerOption, optional, options, textOption } from '../../kernel/option.ts';
import { done, type Outcome } from '../../kernel/outcome.ts';
import type { Button, Reply, Select } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import { begin } from '../wallet/api.ts';
import { changePercent, worthOf } from './rules.ts';
import { tradeFee } from './settings.ts';
import { holdingOf, type Moved, type Side, type Traded, termsOf, trade } from './trade.ts';
import { movedEmbed, type TradeCard, tradeCardEmbed, tradedEmbed } from './trade-card.ts';
import { inCoins, sectorText } from './words.ts';
import { type Market, marketOf, quoteOf } from './worlds.ts';

/** Characters that are read of a symbol; what is longer is none. */
const symbolCharacters = 32;
/** As many characters as the command's option takes. */
const sharesCharacters = 32;
const versionMax = 999_999_999;
const tradeMax = 999_999;

const symbolOption = textOption({ describe: 'economy.stocks.info.symbol', charactersMax: symbolCharacters });
const versionOption = integerOption({ describe: 'economy.stocks.version', min: 0, max: versionMax });

/** An option for a company, which suggests those that the market quotes and those that the asker holds. */
export const companyOption = (describe: `economy.stocks.${string}`) =>
  textOption({
    describe,
    charactersMax: symbolCharacters,
    complete: (query, typed) =>
      marketOf(query)
        .quotes.filter(({ symbol }) => symbol.startsWith(typed.trim().toUpperCase()))
        .map(({ symbol, price }) => ({ name: `${symbol} ${inCoins(price).toFixed(2)}`, value: symbol })),
  });

/** What is known of a company, and what the asker has of it. */
export const readTradeCard = (m: Mutation, typed: string): TradeCard | Outcome<never> => {
  const terms = termsOf(m, typed);
  if (!('market' in terms)) return terms;
  const { symbol, price, quote, market } = terms;
  const { wallet, bank } = begin(m);
  const shares = holdingOf(m, symbol)?.shares ?? 0;
  return {
    symbol,
    price,
    quote,
    version: market.version,
    at: market.at,
    fee: m.setting(tradeFee),
    wallet,
    bank,
    shares,
    worth: worthOf(shares, price),
  };
};

/** The trading card of a company: for the asker alone, with a button for each way. */
export const openCard = mutation({
  name: 'stocks.card',
  version: 1,
  input: options({ chosen: symbolOption }),
  run: (m, { chosen }) => {
    const card = readTradeCard(m, chosen);
    return 'symbol' in card ? done(card) : card;
  },
  view: (card, text) => ({ ...tradeCardReply(card, text), replaces: true }),
});

const tradeForm = (side: Side) =>
  form({
    name: `stocks.${side}-form`,
    version: 1,
    input: options({ symbol: symbolOption, version: versionOption }),
    run: (_, input) => done(input),
    view: ({ symbol, version }, text) => ({
      modal: {
        title: text(`economy.stocks.${side}.form`, { symbol }),
        customId: customId(dealAt[side], { symbol, version }),
        fields: [
          {
            name: 'shares',
            label: text('economy.stocks.form.shares'),
            placeholder: text('economy.stocks.form.examples'),
            charactersMax: sharesCharacters,
            required: true,
          },
        ],
      },
    }),
  });

/** Asks how many shares to buy. It carries on the version whose price was seen. */
export const buyForm = tradeForm('buy');
/** Asks how many shares to sell. */
export const sellForm = tradeForm('sell');

const tradeAt = (side: Side) =>
  mutation({
    name: `stocks.${side}-at`,
    version: 1,
    input: options({
      symbol: symbolOption,
      version: versionOption,
      shares: amountOption({ describe: `economy.stocks.${side}.shares` }),
      trade: optional(integerOption({ describe: 'economy.stocks.trade', min: 0, max: tradeMax })),
    }),
    run: (m, input) => trade(m, { side, ...input }),
    view: (result, text) => tradeReply(result, text),
  });

/** Buys at the price of a version, and says what the price is now when that is another one. */
export const buyAt = tradeAt('buy');
/** Sells at the price of a version. */
export const sellAt = tradeAt('sell');

const dealAt = { buy: buyAt, sell: sellAt } as const;
const forms = { buy: buyForm, sell: sellForm } as const;

/** A button to a company's card. */
export const cardButton = (symbol: string, label: string): Button => ({
  kind: 'button',
  label,
  style: 'secondary',
  customId: customId(openCard, { chosen: symbol }),
});

const formButton = (side: Side, { symbol, version }: TradeCard, disabled: boolean, text: Text): Button => ({
  kind: 'button',
  label: text(`economy.stocks.${side}.button`),
  style: side === 'buy' ? 'success' : 'danger',
  customId: customId(forms[side], { symbol, version }),
  disabled,
});

/** The card with its buttons. */
export const tradeCardReply = (card: TradeCard, text: Text): Reply => ({
  private: true,
  embeds: [tradeCardEmbed(card, text)],
  rows: [
    [
      formButton('buy', card, card.quote?.listed !== true, text),
      formButton('sell', card, card.shares === 0, text),
      cardButton(card.symbol, text('economy.stocks.card.refresh')),
    ],
  ],
});

/** What a trade came to, or the new price with a button that accepts it. */
export const tradeReply = (result: Moved | Traded, text: Text): Reply => {
  if (result.kind === 'traded') {
    return {
      private: true,
      embeds: [tradedEmbed(result, text)],
      rows: [[cardButton(result.symbol, text('economy.stocks.card.open'))]],
      ...(result.pressed && { replaces: true }),
    };
  }
  const { side, symbol, version, shares, trade: token } = result;
  return {
    private: true,
    embeds: [movedEmbed(result, text)],
    rows: [
      [
        {
          kind: 'button',
          label: text('economy.stocks.moved.accept'),
          style: 'primary',
          customId: customId(dealAt[side], { symbol, version, shares: String(shares), trade: token }),
        },
        cardButton(symbol, text('economy.stocks.card.refresh')),
      ],
    ],
    ...(result.pressed && { replaces: true }),
  };
};

/** A select of companies that leads to their cards. */
export const companySelect = (market: Market, symbols: readonly string[], text: Text): Select => ({
  kind: 'select',
  placeholder: text('economy.stocks.market.pick'),
  customId: customId(openCard),
  choices: symbols.map((symbol) => {
    const quote = quoteOf(market, symbol);
    if (quote === undefined) return { label: symbol, value: symbol };
    return {
      label: text('economy.stocks.market.choice', { symbol, price: inCoins(quote.price) }),
      value: symbol,
      description: text('economy.stocks.market.choice-about', {
        change: changePercent(quote.dayAgo, quote.price),
        sector: sectorText(quote, text),
      }),
    };
  }),
});
