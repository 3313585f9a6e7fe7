import type { Query } from '../../kernel/context.ts';
import type { Coins } from '../../kernel/ids.ts';
import { coins, leastCoins, shareOf, shareUnits } from '../../kernel/money.ts';
import type { Item } from './kinds.ts';
import { priceShare } from './settings.ts';

/**
 * What an item costs in the guild, rounded down, at least a coin. Chests and what protects from mimics are never cheaper
 * than at first: what lies in chests does not go down with the prices.
 */
export const priceOf = (query: Query, item: Pick<Item, 'price' | 'category'>): Coins => {
  const share = query.setting(priceShare);
  const price = shareOf(item.price, item.category === 'chests' ? Math.max(share, shareUnits) : share);
  return coins(Math.max(1, price));
};

/** What an item is worth where it is given back: never more than it cost at first, nor than it costs now. */
export const worthOf = (query: Query, item: Pick<Item, 'price' | 'category'>): Coins =>
  leastCoins(item.price, priceOf(query, item));
