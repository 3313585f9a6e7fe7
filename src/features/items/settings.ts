import { shareUnits } from '../../kernel/money.ts';
import { shareSetting } from '../../kernel/setting.ts';

/** What the server asks for items, as a share of what they cost at first. */
export const priceShare = shareSetting({
  key: 'shop.price',
  describe: 'economy.setting.shop-price',
  initial: shareUnits,
  min: shareUnits / 10,
  max: shareUnits * 5,
});

/** All settings of items. */
export const settings = [priceShare];
