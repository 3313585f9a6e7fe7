import type { Feature } from '../../kernel/feature.ts';
import {
  confirmBuy,
  countForm,
  shop as openShop,
  shopCommand,
  showCategory,
  showCount,
  showItem,
  showShop,
  typeCount,
} from './counter.ts';
import { sellCommand, sellItem } from './sell.ts';
import { settings } from './settings.ts';
import { buyers } from './state.ts';
import { messages } from './text.ts';

/** Items for coins, and coins for items where the server likes. */
export const shop: Feature = {
  name: 'shop',
  pack: 'economy',
  commands: [shopCommand, sellCommand],
  operations: [openShop, showShop, showCategory, showItem, showCount, countForm, typeCount, confirmBuy, sellItem],
  collections: [buyers],
  reactions: [],
  settings,
  invariants: [],
  messages,
};
