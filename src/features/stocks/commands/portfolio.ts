import type { Command } from '../../../kernel/feature.ts';
import type { Dotted, Frozen } from '../../../kernel/ids.ts';
import { mutation } from '../../../kernel/operation.ts';
import { options } from '../../../kernel/option.ts';
import { done } from '../../../kernel/outcome.ts';
import type { Button, Field } from '../../../kernel/reply.ts';
import type { Text } from '../../../kernel/text.ts';
import { begin, coinsField, colors, relativeTime } from '../../wallet/api.ts';
import { companySelect } from '../dealing.ts';
import { cancelButton, orderLine } from '../order-card.ts';
import { ordersOf, type Position, positionsOf, worthOfAll } from '../positions.ts';
import { changePercent } from '../rules.ts';
import { traders } from '../state.ts';
import { clockTime, inCoins, inline } from '../words.ts';
import { marketOf } from '../worlds.ts';

/** Holdings shown at most: with the sums above them, as many as a card has room for. */
const positionsShown = 19;

type Fill = NonNullable<Frozen<ReturnType<(typeof traders)['schema']['parse']>>['fills']>[number];

const positionField = ({ symbol, shares, cost, price, worth }: Position, text: Text): Field => ({
  name: text('economy.stocks.portfolio.position', { symbol, shares }),
  value: text('economy.stocks.portfolio.line', {
    price: inCoins(price),
    worth,
    average: cost / shares,
    profit: worth - cost,
    // What an import brought may have cost nothing.
    change: cost === 0 ? 0 : changePercent(cost, worth),
  }),
});

const listField = (name: Dotted, lines: readonly string[], text: Text): readonly Field[] =>
  lines.length === 0 ? [] : [{ name: text(name), value: lines.join('\n') }];

const fillLine = ({ side, symbol, shares, price, at }: Fill, text: Text): string =>
  text(`economy.stocks.order.filled-${side}`, { symbol, shares, price: inCoins(price), at: relativeTime(at) });

/** Buttons in one row of a message. */
const rowButtons = 5;

const cancelRows = (orders: ReturnType<typeof ordersOf>, text: Text): readonly (readonly Button[])[] => {
  const buttons = orders.map(({ id }, index) =>
    cancelButton(id, text('economy.stocks.order.cancel-one', { number: index + 1 })),
  );
  return [buttons.slice(0, rowButtons), buttons.slice(rowButtons)].filter((row) => row.length > 0);
};

/** What the asker has, holding by holding. Profit is before the fee of a sale. */
export const portfolio = mutation({
  name: 'stocks.portfolio',
  version: 1,
  input: options({}),
  run: (m) => {
    const { wallet, bank } = begin(m);
    const market = marketOf(m);
    const { member } = m.actor;
    return done({
      market,
      cash: wallet + bank,
      positions: positionsOf(m, member, market),
      orders: ordersOf(m, member),
      fills: m.get(traders, [member]).fills ?? [],
    });
  },
  view: ({ market, cash, positions, orders, fills }, text) => {
    const worth = worthOfAll(positions);
    const cost = positions.reduce((sum, position) => sum + position.cost, 0);
    const shown = positions.slice(0, positionsShown);
    const missing = positions.length - shown.length;
    return {
      private: true,
      embeds: [
        {
          title: text('economy.stocks.portfolio.title'),
          description:
            positions.length === 0
              ? text('economy.stocks.portfolio.none')
              : text('economy.stocks.market.since', { at: clockTime(market.at) }),
          color: worth < cost ? colors.loss : colors.money,
          fields: [
            coinsField('economy.field.total', cash, text),
            coinsField('economy.field.stocks-worth', worth, text),
            coinsField('economy.field.stocks-wealth', cash + worth, text),
            inline(
              'economy.stocks.field.profit',
              text('economy.stocks.portfolio.profit', { profit: worth - cost }),
              text,
            ),
            ...shown.map((position) => positionField(position, text)),
            ...listField(
              'economy.stocks.order.open',
              orders.map((order, index) => `${index + 1}. ${orderLine(order, text)}`),
              text,
            ),
            ...listField(
              'economy.stocks.order.filled',
              fills.map((fill) => fillLine(fill, text)),
              text,
            ),
          ],
          ...(missing > 0 && { footer: text('economy.stocks.portfolio.more', { count: missing }) }),
        },
      ],
      rows: [
        ...(market.version > 0 && shown.length > 0
          ? [
              [
                companySelect(
                  market,
                  shown.map(({ symbol }) => symbol),
                  text,
                ),
              ],
            ]
          : []),
        ...cancelRows(orders, text),
      ],
    };
  },
});

export const portfolioCommand: Command = {
  path: 'stocks portfolio',
  describe: 'economy.stocks.portfolio.describe',
  operation: portfolio,
  visibility: 'private',
};
