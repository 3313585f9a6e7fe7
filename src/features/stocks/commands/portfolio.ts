import type { Command } from '../../../kernel/feature.ts';
import { mutation } from '../../../kernel/operation.ts';
import { options } from '../../../kernel/option.ts';
import { done } from '../../../kernel/outcome.ts';
import type { Field } from '../../../kernel/reply.ts';
import type { Text } from '../../../kernel/text.ts';
import { begin, coinsField, colors } from '../../wallet/api.ts';
import { companySelect } from '../dealing.ts';
import { type Position, positionsOf, worthOfAll } from '../positions.ts';
import { changePercent } from '../rules.ts';
import { clockTime, inCoins, inline } from '../words.ts';
import { marketOf } from '../worlds.ts';

/** Holdings shown at most: with the sums above them, as many as a card has room for. */
const positionsShown = 20;

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

/** What the asker has, holding by holding. Profit is before the fee of a sale. */
export const portfolio = mutation({
  name: 'stocks.portfolio',
  version: 1,
  input: options({}),
  run: (m) => {
    const { wallet, bank } = begin(m);
    const market = marketOf(m);
    return done({ market, cash: wallet + bank, positions: positionsOf(m, m.actor.member, market) });
  },
  view: ({ market, cash, positions }, text) => {
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
          ],
          ...(missing > 0 && { footer: text('economy.stocks.portfolio.more', { count: missing }) }),
        },
      ],
      ...(market.version > 0 &&
        shown.length > 0 && {
          rows: [
            [
              companySelect(
                market,
                shown.map(({ symbol }) => symbol),
                text,
              ),
            ],
          ],
        }),
    };
  },
});

export const portfolioCommand: Command = {
  path: 'stocks portfolio',
  describe: 'economy.stocks.portfolio.describe',
  operation: portfolio,
  visibility: 'private',
};
