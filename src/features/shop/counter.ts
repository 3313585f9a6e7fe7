import { z } from 'zod';
import { customId } from '../../kernel/component.ts';
import type { Query } from '../../kernel/context.ts';
import { controlInput } from '../../kernel/control.ts';
import type { Command } from '../../kernel/feature.ts';
import { form, mutation, query } from '../../kernel/operation.ts';
import { choiceOption, optional, options } from '../../kernel/option.ts';
import { done, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Reply } from '../../kernel/reply.ts';
import { memberSchema } from '../../kernel/schemas.ts';
import type { Text } from '../../kernel/text.ts';
import { type Category, categories, pageOf, refuseOther } from '../items/api.ts';
import { moneyOf } from '../wallet/api.ts';
import {
  boughtReply,
  type Confirmation,
  type ControlIds,
  confirmReply,
  type Front,
  frontReply,
  type Shelf,
  shelfReply,
} from './cards.ts';
import { buyers } from './state.ts';
import { type Offer, offerOf, offersOf } from './stock.ts';
import { type Bought, buy, purchaseNumber } from './trade.ts';
import { countCharactersMax, purchaseMax } from './tuning.ts';

/** Choices that a select takes: Discord's limit. */
const choicesMax = 25;
const pageMax = 100;
/** Characters of an item's key. */
const keyMax = 32;

const buyerOf = (q: Query) => {
  const by = q.actor.member;
  const { wallet, bank } = moneyOf(q, by);
  return { by, wallet, bank };
};

const frontOf = (q: Query): Front => ({
  ...buyerOf(q),
  shelves: categories.map((category) => {
    const prices = offersOf(q, category).map(({ price }) => price);
    const count = prices.length;
    return { category, count, least: count === 0 ? 0 : Math.min(...prices), most: Math.max(...prices, 0) };
  }),
});

const shelfOf = (q: Query, category: Category, page: number): Shelf => ({
  ...buyerOf(q),
  category,
  ...pageOf(offersOf(q, category), page, choicesMax),
});

const confirmationOf = (q: Query, offer: Offer, count: number, changed = false): Confirmation => {
  const buyer = buyerOf(q);
  const number = purchaseNumber(q.get(buyers, [buyer.by]).purchases);
  return { kind: 'confirm', ...buyer, offer, count, number, changed };
};

const confirm = (q: Query, key: string, count: number): Outcome<Confirmation> => {
  const offer = offerOf(q, key);
  return offer ? done(confirmationOf(q, offer, count)) : refuse('economy.shop.not-sold');
};

/** `/shop`: the shelves, or one of them. */
export const shop = query({
  name: 'shop.open',
  version: 1,
  input: options({
    category: optional(
      choiceOption({
        describe: 'economy.shop.category',
        choices: {
          potions: 'economy.shop.category-potions',
          chests: 'economy.shop.category-chests',
          casino: 'economy.shop.category-casino',
          heist: 'economy.shop.category-heist',
        },
      }),
    ),
  }),
  run: (q, { category }): Outcome<{ readonly front: Front } | { readonly shelf: Shelf }> =>
    done<{ readonly front: Front } | { readonly shelf: Shelf }>(
      category ? { shelf: shelfOf(q, category, 1) } : { front: frontOf(q) },
    ),
  view: (value, text) => ('front' in value ? frontReply(value.front, ids, text) : shelfReply(value.shelf, ids, text)),
});

const owner = z.strictObject({ by: memberSchema });
const countSchema = z.int().min(1).max(purchaseMax);
const keySchema = z.string().max(keyMax);

/** Back to the shelves. */
export const showShop = query({
  name: 'shop.front',
  version: 1,
  input: controlInput(owner),
  run: (q, { by }) => refuseOther(q, by) ?? done(frontOf(q)),
  view: (front, text) => ({ ...frontReply(front, ids, text), replaces: true }),
});

/** Shows a shelf. */
export const showCategory = query({
  name: 'shop.shelf',
  version: 1,
  input: controlInput(owner.extend({ category: z.enum(categories), page: z.int().min(1).max(pageMax) })),
  run: (q, { by, category, page }) => refuseOther(q, by) ?? done(shelfOf(q, category, page)),
  view: (shelf, text) => ({ ...shelfReply(shelf, ids, text), replaces: true }),
});

/** Asks whether to buy what was chosen. */
export const showItem = query({
  name: 'shop.item',
  version: 1,
  input: controlInput(owner.extend({ chosen: keySchema })),
  run: (q, { by, chosen }) => refuseOther(q, by) ?? confirm(q, chosen, 1),
  view: (confirmation, text) => ({ ...confirmReply(confirmation, ids, text), replaces: true }),
});

/** Asks the same about another number. */
export const showCount = query({
  name: 'shop.count',
  version: 1,
  input: controlInput(owner.extend({ item: keySchema, count: countSchema })),
  run: (q, { by, item, count }) => refuseOther(q, by) ?? confirm(q, item, count),
  view: (confirmation, text) => ({ ...confirmReply(confirmation, ids, text), replaces: true }),
});

/** Reads a number that was typed: digits alone, and from 1 to the most there may be. */
const countOfText = (typed: string): number | undefined => {
  const count = /^\d{1,3}$/.test(typed.trim()) ? Number(typed.trim()) : 0;
  return count >= 1 && count <= purchaseMax ? count : undefined;
};

/** Asks about a number that was typed. */
export const typeCount = query({
  name: 'shop.typed',
  version: 1,
  input: controlInput(owner.extend({ item: keySchema, count: z.string() })),
  run: (q, { by, item, count: typed }) => {
    const refused = refuseOther(q, by);
    if (refused) return refused;
    const count = countOfText(typed);
    return count === undefined ? refuse('economy.shop.no-count', { most: purchaseMax }) : confirm(q, item, count);
  },
  view: (confirmation, text) => ({ ...confirmReply(confirmation, ids, text), replaces: true }),
});

/** Asks how many. */
export const countForm = form({
  name: 'shop.count-form',
  version: 1,
  input: controlInput(owner.extend({ item: keySchema })),
  run: (q, { by, item }) => refuseOther(q, by) ?? done({ by, item }),
  view: ({ by, item }, text) => ({
    modal: {
      title: text('economy.shop.title'),
      customId: customId(typeCount, { by, item }),
      fields: [
        {
          name: 'count',
          label: text('economy.shop.count-label', { most: purchaseMax }),
          charactersMax: countCharactersMax,
          required: true,
        },
      ],
    },
  }),
});

interface Done {
  readonly kind: 'bought';
  readonly bought: Bought;
}

/**
 * Buys. The button says what the price was when it was shown and which of the member's purchases it is, in letters, as
 * an id has little room: where the price is another one by now it is asked again, and a button that was pressed already
 * buys nothing.
 */
export const confirmBuy = mutation({
  name: 'shop.buy',
  version: 1,
  input: controlInput(
    owner.extend({
      i: keySchema,
      n: countSchema,
      p: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
      t: z.int().nonnegative(),
    }),
  ),
  run: (m, { by, i: key, n: count, p: price, t: number }): Outcome<Confirmation | Done> => {
    const refused = refuseOther(m, by);
    if (refused) return refused;
    if (purchaseNumber(m.get(buyers, [by]).purchases) !== number) return refuse('economy.shop.pressed');
    const offer = offerOf(m, key);
    if (!offer) return refuse('economy.shop.not-sold');
    if (offer.price !== price) return done<Confirmation | Done>(confirmationOf(m, offer, count, true));
    const bought = buy(m, offer, count);
    return 'item' in bought ? done<Confirmation | Done>({ kind: 'bought', bought }) : bought;
  },
  view: (value, text): Reply => ({ ...buyReply(value, text), replaces: true }),
});

const buyReply = (value: Confirmation | Done, text: Text): Reply =>
  value.kind === 'bought' ? boughtReply(value.bought, ids, text) : confirmReply(value, ids, text);

const ids: ControlIds = {
  front: (by) => customId(showShop, { by }),
  shelf: (by, category, page) => customId(showCategory, { by, category, page }),
  item: (by) => customId(showItem, { by }),
  count: (by, item, count) => customId(showCount, { by, item, count }),
  countForm: (by, item) => customId(countForm, { by, item }),
  buy: ({ by, offer, count, number }) =>
    customId(confirmBuy, { by, i: offer.item.key, n: count, p: offer.price, t: number }),
};

export const shopCommand: Command = {
  path: 'shop',
  describe: 'economy.shop.describe',
  operation: shop,
  visibility: 'private',
  explain: { text: 'economy.shop.explain', figures: () => ({ most: purchaseMax }) },
};
