import type { Query } from '../../kernel/context.ts';
import type { Coins } from '../../kernel/ids.ts';
import { type Category, type Item, itemOf, priceOf, shopItems } from '../items/api.ts';
import { disabledItems } from './settings.ts';

/** Something the shop sells, at what it costs now. */
export interface Offer {
  readonly item: Item;
  readonly price: Coins;
}

/** Whether the server's shop sells an item. */
const isSold = (query: Query, { key, category, legacy }: Item): boolean => {
  const disabled = query.setting(disabledItems);
  return legacy === undefined && !disabled.includes(key) && !disabled.includes(category);
};

/** What is sold of a category. */
export const offersOf = (query: Query, category: Category): readonly Offer[] =>
  shopItems
    .filter((item) => item.category === category && isSold(query, item))
    .map((item) => ({ item, price: priceOf(query, item) }));

/** The offer of an item; `undefined` where it is not sold, or there is no such item. */
export const offerOf = (query: Query, key: string): Offer | undefined => {
  const item = itemOf(key);
  return item && isSold(query, item) ? { item, price: priceOf(query, item) } : undefined;
};
