import type { Command } from '../../../kernel/feature.ts';
import { mutation } from '../../../kernel/operation.ts';
import { choiceOption, options } from '../../../kernel/option.ts';
import { colors } from '../../wallet/api.ts';
import { itemEmbed } from '../cards.ts';
import { isOwned, itemOption } from '../option.ts';
import { putOn, takeOff } from '../using.ts';
import { itemText } from '../words.ts';

/** `/item equip`: puts gear on. */
export const equip = mutation({
  name: 'items.equip',
  version: 1,
  input: options({
    item: itemOption({
      describe: 'economy.item.equip.item',
      among: (query, item) => item.kind === 'gear' && isOwned(query, item),
    }),
  }),
  run: (m, { item }) => putOn(m, item),
  view: ({ item, displaced }, text) => {
    const embed = itemEmbed(item, text);
    return {
      private: true,
      embeds: [
        {
          ...embed,
          title: text('economy.item.equip.done', { item: itemText(item.key, text) }),
          ...(displaced !== undefined && {
            footer: text('economy.item.equip.displaced', { item: itemText(displaced, text) }),
          }),
        },
      ],
    };
  },
});

/** `/item unequip`: takes off what is worn in a slot. */
export const unequip = mutation({
  name: 'items.unequip',
  version: 1,
  input: options({
    slot: choiceOption({
      describe: 'economy.item.unequip.slot',
      choices: {
        head: 'economy.item.slot-head',
        feet: 'economy.item.slot-feet',
        back: 'economy.item.slot-back',
        accessory: 'economy.item.slot-accessory',
        tool: 'economy.item.slot-tool',
        weapon: 'economy.item.slot-weapon',
        armor: 'economy.item.slot-armor',
        pet: 'economy.item.slot-pet',
      },
    }),
  }),
  run: (m, { slot }) => takeOff(m, slot),
  view: ({ key, slot }, text) => ({
    private: true,
    embeds: [
      {
        title: text('economy.item.unequip.done', { item: itemText(key, text) }),
        description: text('economy.item.unequip.back', { slot: text(`economy.item.slot-${slot}`) }),
        color: colors.money,
      },
    ],
  }),
});

export const equipCommands: readonly Command[] = [
  { path: 'item equip', describe: 'economy.item.equip.describe', operation: equip, visibility: 'private' },
  { path: 'item unequip', describe: 'economy.item.unequip.describe', operation: unequip, visibility: 'private' },
];
