import type { Command } from '../../kernel/feature.ts';
import { shareUnits } from '../../kernel/money.ts';
import { mutation } from '../../kernel/operation.ts';
import { integerOption, optional, options } from '../../kernel/option.ts';
import { isOwned, itemCountMax, itemOption, itemText } from '../items/api.ts';
import { coinsField, colors } from '../wallet/api.ts';
import { resaleShare } from './settings.ts';
import { sell } from './trade.ts';

/** `/item sell`: the shop takes items back, where the server lets it. */
export const sellItem = mutation({
  name: 'shop.sell',
  version: 1,
  input: options({
    item: itemOption({ describe: 'economy.shop.sell.item', among: isOwned }),
    count: optional(integerOption({ describe: 'economy.shop.sell.count', min: 1, max: itemCountMax })),
  }),
  run: (m, { item, count = 1 }) => sell(m, item, count),
  view: ({ item, count, proceeds, debtPaid, wallet, left }, text) => ({
    private: true,
    embeds: [
      {
        title: text('economy.shop.sold', { item: itemText(item.key, text), count }),
        color: colors.money,
        fields: [
          coinsField('economy.field.received', proceeds, text),
          ...(debtPaid > 0 ? [coinsField('economy.field.debt-paid', debtPaid, text)] : []),
          coinsField('economy.field.wallet', wallet, text),
        ],
        footer: text('economy.item.left', { count: left }),
      },
    ],
  }),
});

export const sellCommand: Command = {
  path: 'item sell',
  describe: 'economy.shop.sell.describe',
  operation: sellItem,
  visibility: 'private',
  explain: {
    text: 'economy.shop.sell.explain',
    figures: (query) => ({ percent: (query.setting(resaleShare) * 100) / shareUnits }),
  },
};
