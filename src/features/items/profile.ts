import { profileSection } from '../../kernel/profile.ts';
import { slots } from './kinds.ts';
import { bagOf } from './state.ts';
import { profileItems } from './tuning.ts';
import { itemText } from './words.ts';

/** What `/profile` shows of what a member wears. */
export const itemsSection = profileSection({
  name: 'items',
  order: 500,
  title: 'economy.inventory.wearing',
  read: (query, member) => {
    const { worn } = bagOf(query, member);
    const shown = slots.flatMap((slot) => {
      const key = worn[slot];
      return key === undefined ? [] : [{ slot, key }];
    });
    return shown.length === 0 ? undefined : shown.slice(0, profileItems);
  },
  view: (shown, text) => ({
    fields: shown.map(({ slot, key }) => ({
      name: text(`economy.item.slot-${slot}`),
      value: itemText(key, text),
      inline: true,
    })),
  }),
});
