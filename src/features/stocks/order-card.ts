import { z } from 'zod';
import { customId } from '../../kernel/component.ts';
import { controlInput } from '../../kernel/control.ts';
import { isRowId, type RowId } from '../../kernel/ids.ts';
import { mutation } from '../../kernel/operation.ts';
import type { Button, Reply } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import { coinsField, colors, relativeTime } from '../wallet/api.ts';
import { cancelOrder, type Placed } from './orders.ts';
import type { LimitOrder } from './set-aside.ts';
import { inCoins } from './words.ts';

const rowIdSchema = z.custom<RowId>((value) => typeof value === 'string' && isRowId(value));

/** Takes back a limit order, by a button of who gave it. */
export const orderCancel = mutation({
  name: 'stocks.order-cancel',
  version: 1,
  input: controlInput(z.strictObject({ order: rowIdSchema })),
  run: (m, { order }) => cancelOrder(m, order),
  view: ({ side, symbol, shares, coins }, text) => ({
    private: true,
    content: text(`economy.stocks.order.back-${side}`, { symbol, shares, coins }),
  }),
});

/** A button that takes an order back. */
export const cancelButton = (id: RowId, label: string): Button => ({
  kind: 'button',
  label,
  style: 'secondary',
  customId: customId(orderCancel, { order: id }),
});

/** An order in a line. */
export const orderLine = ({ side, symbol, shares, price, until }: LimitOrder, text: Text): string =>
  text(`economy.stocks.order.line-${side}`, { symbol, shares, price: inCoins(price), until: relativeTime(until) });

/** What was agreed, with a button that takes it back. */
export const placedReply = (placed: Placed, text: Text): Reply => {
  const { id, side, symbol, shares, limit, price, coins, until, wallet, bank } = placed;
  return {
    private: true,
    embeds: [
      {
        title: text('economy.stocks.order.title'),
        description: text(`economy.stocks.order.placed-${side}`, {
          symbol,
          shares,
          limit: inCoins(limit),
          price: inCoins(price),
          until: relativeTime(until),
        }),
        color: colors.gold,
        fields: [
          ...(side === 'buy' ? [coinsField('economy.field.stocks-aside', coins, text)] : []),
          coinsField('economy.field.wallet', wallet, text),
          coinsField('economy.field.bank', bank, text),
        ],
      },
    ],
    rows: [[cancelButton(id, text('economy.stocks.order.cancel'))]],
  };
};
