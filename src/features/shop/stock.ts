import type { Query } from '../../kernel/context.ts';
import type { Coins } from '../../kernel/ids.ts';
import { coins, shareOf, shareUnits } from '../../kernel/money.ts';
import { type Category, type Item, itemOf, priceOf, shopItems } from '../items/api.ts';
import { shopDiscounts } from './points.ts';
import { disabledItems } from './settings.ts';

/** Something the shop sells, at what it costs who asks now. */
export interface Offer {
  readonly item: Item;
  readonly price: Coins;
}

/** Whether the server's shop sells an item. */
const isSold = (query: Query, { key, category, legacy }: Item): boolean => {
  const disabled = query.setting(disabledItems);
  return legacy === undefined && !disabled.includes(key) && !disabled.includes(category);
};

/** Ten-thousandths of its price that who asks pays of what is not among chests: those would return more than they cost. */
const shareToPay = (query: Query): number => {
  const { member } = query.actor;
  const discount = query.extensions(shopDiscounts, { member }).reduce((sum, one) => sum + one, 0);
  return Math.max(0, shareUnits - discount);
};

/** What is left of a price, rounded up. */
const priceFor = (query: Query, item: Item, share: number): Coins => {
  const price = priceOf(query, item);
  return item.category === 'chests' ? price : coins(price - shareOf(price, shareUnits - share));
};

/** What is sold of a category. */
export const offersOf = (query: Query, category: Category): readonly Offer[] => {
  const share = shareToPay(query);
  return shopItems
    .filter((item) => item.category === category && isSold(query, item))
    .map((item) => ({ item, price: priceFor(query, item, share) }));
};

/** The offer of an item; `undefined` where it is not sold, or there is no such item. */
export const offerOf = (query: Query, key: string): Offer | undefined => {
  const item = itemOf(key);
  return item && isSold(query, item) ? { item, price: priceFor(query, item, shareToPay(query)) } : undefined;
};
