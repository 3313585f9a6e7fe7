import type { Messages } from '../../kernel/text.ts';

/** Words of the shop. */
export const messages = {
  'economy.shop.describe': 'See what there is to buy, and buy it',
  'economy.shop.explain':
    'Choose a shelf, an item and how many, 1 to {most, number}. It is paid from your wallet first and then from the bank, at the price of the moment you buy; if that has changed you are asked again.',
  'economy.shop.category': 'Which shelf',
  'economy.shop.category-potions': 'Potions',
  'economy.shop.category-chests': 'Chests',
  'economy.shop.category-casino': 'Casino gear',
  'economy.shop.category-heist': 'Heist gear',
  'economy.shop.title': 'Shop',
  'economy.shop.shelf':
    '**{category}**: {count, plural, =0 {nothing} one {# item for {least, number}} other {# items for {least, number} to {most, number}}}',
  'economy.shop.offer': '{mark} **{item}** · {rarity} · {price, number}\n{works}',
  'economy.shop.empty': 'Nothing of this is sold in this server.',
  'economy.shop.choose': 'Look at an item',
  'economy.shop.choice': '{item}: {price, number}',
  'economy.shop.back': 'Shelves',
  'economy.shop.changed': '**The price has changed since that card was shown.** Nothing has been bought yet.',
  'economy.shop.total': '{count, number} of these {count, plural, one {costs} other {cost}} **{total, number}**.',
  'economy.shop.buy': 'Buy {count, number} for {total, number}',
  'economy.shop.cancel': 'Cancel',
  'economy.shop.step': '×{count, number}',
  'economy.shop.other-count': 'Another number',
  'economy.shop.count-label': 'How many, 1 to {most, number}',
  'economy.shop.no-count': 'Please type a whole number from 1 to {most, number}.',
  'economy.shop.not-sold': 'This is not sold in this server.',
  'economy.shop.pressed':
    'That button has done its work, or you have bought something since it was shown. Nothing more was bought: /shop shows the newest.',
  'economy.shop.poor':
    'You have {wallet, number} in your wallet and {bank, number} in the bank, which is {missing, number} too few for {total, number}.',
  'economy.shop.bought': 'You bought {item} ×{count, number}',
  'economy.shop.paid':
    '{bank, plural, =0 {{wallet, number} came from your wallet.} other {{wallet, number} came from your wallet and {bank, number} from the bank.}}',
  'economy.shop.owned': 'You have {count, number} of these.',
  'economy.shop.how-potion': 'Drink it with /item use.',
  'economy.shop.how-chest': 'Open it with /item open.',
  'economy.shop.how-shield': 'It works by itself when you open a chest.',
  'economy.shop.how-gear': 'Put it on with /item equip.',
  'economy.field.missing': 'Too few by',

  'economy.shop.sell.describe': 'Sell items back to the shop, where the server allows it',
  'economy.shop.sell.item': 'Which item',
  'economy.shop.sell.count': 'How many; one if left out',
  'economy.shop.sell.explain':
    '{percent, plural, =0 {The shop of this server takes nothing back.} other {The shop gives {percent, number}% of what an item costs, at most of what it cost at first. What you wear must be taken off before. Debts are served first.}}',
  'economy.shop.sold': 'You sold {item} ×{count, number}',
  'economy.shop.no-resale': 'The shop of this server takes nothing back.',
  'economy.shop.too-few': 'You have {held, number} of these to hand, and cannot sell {count, number}.',
  'economy.shop.worthless': 'The shop gives nothing for this.',

  'economy.entry.purchase': 'Bought at the shop',
  'economy.entry.sale': 'Sold to the shop',

  'economy.setting.shop-disabled-items': 'Items or shelves that the shop does not sell, with commas between',
  'economy.setting.shop-resale': 'What the shop gives for items, as a share of their price; 0 for nothing',
} satisfies Messages;
