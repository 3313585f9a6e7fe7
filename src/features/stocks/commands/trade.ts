import { unreachable } from '../../../kernel/assert.ts';
import type { Mutation } from '../../../kernel/context.ts';
import type { Command } from '../../../kernel/feature.ts';
import { mutation } from '../../../kernel/operation.ts';
import { amountOption, optional, options, textOption } from '../../../kernel/option.ts';
import { done, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Reply } from '../../../kernel/reply.ts';
import type { Text } from '../../../kernel/text.ts';
import { begin, coinsField, colors } from '../../wallet/api.ts';
import { companyOption, companySelect, readTradeCard, tradeCardReply, tradeReply } from '../dealing.ts';
import { placedReply } from '../order-card.ts';
import { type Placed, parsePrice, placeOrder } from '../orders.ts';
import { positionsOf, worthOfAll } from '../positions.ts';
import { type Moved, type Side, type Traded, trade } from '../trade.ts';
import type { TradeCard } from '../trade-card.ts';
import { clockTime } from '../words.ts';
import { type Market, marketOf } from '../worlds.ts';

/** Companies to pick one of: those that can be bought, or those of which the asker holds shares. */
interface Picker {
  readonly kind: 'picker';
  readonly side: Side;
  readonly market: Market;
  readonly symbols: readonly string[];
  readonly wallet: number;
  readonly bank: number;
  readonly worth: number;
}

type Answer = Picker | { readonly kind: 'card'; readonly card: TradeCard } | Moved | Traded | Placed;

/** Characters that are read of a typed price. */
const limitCharacters = 20;

/** Choices of a select, at most. */
const choicesMax = 25;

const readPicker = (m: Mutation, side: Side): Outcome<Answer> => {
  const market = marketOf(m);
  if (market.version === 0) return refuse('economy.stocks.closed');
  const positions = positionsOf(m, m.actor.member, market);
  if (side === 'sell' && positions.length === 0) return refuse('economy.stocks.sell.empty');
  const { wallet, bank } = begin(m);
  const symbols =
    side === 'sell'
      ? positions.map(({ symbol }) => symbol)
      : market.quotes.filter(({ listed }) => listed).map(({ symbol }) => symbol);
  return done<Answer>({
    kind: 'picker',
    side,
    market,
    symbols: symbols.slice(0, choicesMax),
    wallet,
    bank,
    worth: worthOfAll(positions),
  });
};

/** `/stocks buy` and `/stocks sell`: a select of companies, the card of one, or the trade itself. */
const tradeOperation = (side: Side) =>
  mutation({
    name: `stocks.${side}`,
    version: 1,
    input: options({
      symbol: optional(companyOption(`economy.stocks.${side}.symbol`)),
      shares: optional(amountOption({ describe: `economy.stocks.${side}.shares` })),
      limit: optional(textOption({ describe: `economy.stocks.${side}.limit`, charactersMax: limitCharacters })),
    }),
    run: (m, { symbol, shares, limit: typed }): Outcome<Answer> => {
      if (symbol === undefined) {
        return shares === undefined && typed === undefined ? readPicker(m, side) : refuse('economy.stocks.which');
      }
      if (typed !== undefined) {
        const limit = parsePrice(typed);
        if (limit === undefined) return refuse('economy.stocks.order.no-price');
        return shares === undefined
          ? refuse('economy.stocks.order.how-many')
          : placeOrder(m, { side, symbol, shares, limit });
      }
      if (shares !== undefined) return trade(m, { side, symbol, shares, version: undefined, trade: undefined });
      const card = readTradeCard(m, symbol);
      return 'symbol' in card ? done<Answer>({ kind: 'card', card }) : card;
    },
    view: (answer, text) => {
      switch (answer.kind) {
        case 'picker':
          return pickerReply(answer, text);
        case 'card':
          return tradeCardReply(answer.card, text);
        case 'placed':
          return placedReply(answer, text);
        case 'moved':
        case 'traded':
          return tradeReply(answer, text);
        default:
          return unreachable(answer);
      }
    },
  });

const pickerReply = ({ side, market, symbols, wallet, bank, worth }: Picker, text: Text): Reply => ({
  private: true,
  embeds: [
    {
      title: text(`economy.stocks.${side}.title`),
      description: [
        text(`economy.stocks.${side}.pick`),
        text('economy.stocks.market.since', { at: clockTime(market.at) }),
      ].join('\n'),
      color: colors.money,
      fields: [
        coinsField('economy.field.wallet', wallet, text),
        coinsField('economy.field.bank', bank, text),
        coinsField('economy.field.total', wallet + bank, text),
        coinsField('economy.field.stocks-worth', worth, text),
      ],
    },
  ],
  rows: [[companySelect(market, symbols, text)]],
});

export const buy = tradeOperation('buy');
export const sell = tradeOperation('sell');

export const buyCommand: Command = {
  path: 'stocks buy',
  describe: 'economy.stocks.buy.describe',
  operation: buy,
  visibility: 'private',
};

export const sellCommand: Command = {
  path: 'stocks sell',
  describe: 'economy.stocks.sell.describe',
  operation: sell,
  visibility: 'private',
};
