import type { Command } from '../../../kernel/feature.ts';
import { query } from '../../../kernel/operation.ts';
import { options } from '../../../kernel/option.ts';
import { done } from '../../../kernel/outcome.ts';
import { coinsField } from '../../wallet/api.ts';
import { itemEmbed } from '../cards.ts';
import { itemOption } from '../option.ts';
import { countOf } from '../owning.ts';
import { priceOf } from '../price.ts';

/** `/item info`: what an item costs and does. */
export const info = query({
  name: 'items.info',
  version: 1,
  input: options({ item: itemOption({ describe: 'economy.item.option' }) }),
  run: (q, { item }) => done({ item, price: priceOf(q, item), owned: countOf(q, q.actor.member, item.key) }),
  view: ({ item, price, owned }, text) => {
    const embed = itemEmbed(item, text);
    return {
      private: true,
      embeds: [
        {
          ...embed,
          description: [
            ...(item.legacy ? [text('economy.item.legacy')] : []),
            embed.description,
            ...(item.works.game ? [text('economy.item.cut-back')] : []),
          ].join('\n'),
          fields: [
            ...(item.legacy ? [] : [coinsField('economy.field.price', price, text)]),
            ...embed.fields,
            {
              name: text('economy.item.field.owned'),
              value: text('economy.item.count', { count: owned }),
              inline: true,
            },
          ],
        },
      ],
    };
  },
});

export const infoCommand: Command = {
  path: 'item info',
  describe: 'economy.item.info.describe',
  operation: info,
  visibility: 'private',
};
