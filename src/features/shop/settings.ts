import { shareUnits } from '../../kernel/money.ts';
import { type Setting, shareSetting } from '../../kernel/setting.ts';
import { categories, shopItems } from '../items/api.ts';

const none = 'none';
const known = new Set<string>([...shopItems.map(({ key }) => key), ...categories]);

/** Keys of items, or whole categories, that the shop of the server does not sell: typed with commas between. */
export const disabledItems: Setting<readonly string[]> = {
  key: 'shop.disabled_items',
  describe: 'economy.setting.shop-disabled-items',
  initial: [],
  bounds: `${none}, luck_potion, jetpack, ${categories.join(', ')}, …`,
  show: (keys) => (keys.length === 0 ? none : keys.join(', ')),
  parse: (text) => {
    if (text === none) return [];
    const keys = text.toLowerCase().split(/\s*,\s*/);
    return keys.every((key) => known.has(key)) ? [...new Set(keys)].sort() : undefined;
  },
};

/** What a member gets back for an item, as a share of its price. */
export const resaleShare = shareSetting({
  key: 'shop.resale',
  describe: 'economy.setting.shop-resale',
  initial: 0,
  min: 0,
  max: (shareUnits * 80) / 100,
});

/** All settings of the shop. */
export const settings = [disabledItems, resaleShare];
