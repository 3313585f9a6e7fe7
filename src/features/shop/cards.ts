import type { Coins, MemberId } from '../../kernel/ids.ts';
import type { Button, Reply } from '../../kernel/reply.ts';
import type { Text } from '../../kernel/text.ts';
import {
  type Category,
  categories,
  itemEmbed,
  itemText,
  nameText,
  type Page,
  rarityColor,
  rarityMark,
  rarityText,
  worksLines,
} from '../items/api.ts';
import { coinsField, colors } from '../wallet/api.ts';
import type { Offer } from './stock.ts';
import type { Bought } from './trade.ts';
import { purchaseSteps } from './tuning.ts';

/** The ids of the shop's controls: cards lead to each other in a ring, so they are handed in. */
export interface ControlIds {
  readonly front: (by: MemberId) => string;
  readonly shelf: (by: MemberId, category: Category, page: number) => string;
  readonly item: (by: MemberId) => string;
  readonly count: (by: MemberId, item: string, count: number) => string;
  readonly countForm: (by: MemberId, item: string) => string;
  readonly buy: (confirmation: Confirmation) => string;
}

/** Whose card it is, and what they have. */
interface Buyer {
  readonly by: MemberId;
  readonly wallet: Coins;
  readonly bank: Coins;
}

/** The shelves of the shop. */
export interface Front extends Buyer {
  readonly shelves: readonly {
    readonly category: Category;
    readonly count: number;
    readonly least: number;
    readonly most: number;
  }[];
}

const button = (label: string, id: string, style: Button['style'] = 'secondary', disabled = false): Button => ({
  kind: 'button',
  label,
  style,
  customId: id,
  disabled,
});

const balance = ({ wallet, bank }: Buyer, text: Text) => [
  coinsField('economy.field.wallet', wallet, text),
  coinsField('economy.field.bank', bank, text),
];

/** The first card: what one has, and a button for each shelf. */
export const frontReply = (front: Front, ids: ControlIds, text: Text): Reply => ({
  private: true,
  embeds: [
    {
      title: text('economy.shop.title'),
      description: front.shelves
        .map(({ category, ...shelf }) =>
          text('economy.shop.shelf', { category: text(`economy.shop.category-${category}`), ...shelf }),
        )
        .join('\n'),
      color: colors.money,
      fields: balance(front, text),
    },
  ],
  rows: [
    categories.map((category) =>
      button(
        text(`economy.shop.category-${category}`),
        ids.shelf(front.by, category, 1),
        'primary',
        front.shelves.find((shelf) => shelf.category === category)?.count === 0,
      ),
    ),
  ],
});

/** A shelf of the shop, a page of it. */
export interface Shelf extends Buyer, Page<Offer> {
  readonly category: Category;
}

const offerLine = ({ item, price }: Offer, { wallet, bank }: Buyer, text: Text): string =>
  text('economy.shop.offer', {
    mark: wallet + bank >= price ? '✅' : '▫️',
    item: itemText(item.key, text),
    rarity: rarityText(item.rarity, text),
    price,
    works: worksLines(item, text).join(' '),
  });

/** A shelf with what it holds: whether one can pay for it, how rare it is, what it costs and does. */
export const shelfReply = (shelf: Shelf, ids: ControlIds, text: Text): Reply => {
  const { by, category, rows, page, pages } = shelf;
  const turn = (label: string, to: number): Button =>
    button(label, ids.shelf(by, category, Math.max(1, to)), 'secondary', to < 1 || to > pages);
  return {
    private: true,
    embeds: [
      {
        title: text(`economy.shop.category-${category}`),
        description:
          rows.length === 0
            ? text('economy.shop.empty')
            : rows.map((offer) => offerLine(offer, shelf, text)).join('\n'),
        color: colors.money,
        fields: balance(shelf, text),
        ...(pages > 1 && { footer: text('economy.page', { page, pages }) }),
      },
    ],
    rows: [
      ...(rows.length === 0
        ? []
        : [
            [
              {
                kind: 'select' as const,
                placeholder: text('economy.shop.choose'),
                customId: ids.item(by),
                choices: rows.map(({ item, price }) => ({
                  label: text('economy.shop.choice', { item: nameText(item.key, text), price }),
                  value: item.key,
                  description: `${rarityMark(item.rarity)} ${text(`economy.item.rarity-${item.rarity}`)}`,
                })),
              },
            ],
          ]),
      [
        button(text('economy.shop.back'), ids.front(by)),
        ...(pages > 1
          ? [turn(text('economy.inventory.before'), page - 1), turn(text('economy.inventory.after'), page + 1)]
          : []),
      ],
    ],
  };
};

/** A purchase that waits for a yes. */
export interface Confirmation extends Buyer {
  readonly kind: 'confirm';
  readonly offer: Offer;
  readonly count: number;
  /** The number the purchase would have. */
  readonly number: number;
  /** The price has changed since the card before. */
  readonly changed: boolean;
}

/** What it costs and what one has, with a button that buys. */
export const confirmReply = (confirmation: Confirmation, ids: ControlIds, text: Text): Reply => {
  const { by, offer, count, changed, wallet, bank } = confirmation;
  const { item, price } = offer;
  const total = price * count;
  const missing = Math.max(0, total - wallet - bank);
  const embed = itemEmbed(item, text);
  return {
    private: true,
    embeds: [
      {
        ...embed,
        description: [
          ...(changed ? [text('economy.shop.changed')] : []),
          embed.description,
          text('economy.shop.total', { count, total }),
        ].join('\n'),
        fields: [
          ...embed.fields,
          coinsField('economy.field.price', price, text),
          ...balance(confirmation, text),
          ...(missing > 0 ? [coinsField('economy.field.missing', missing, text)] : []),
        ],
      },
    ],
    rows: [
      [
        button(text('economy.shop.buy', { count, total }), ids.buy(confirmation), 'success', missing > 0),
        button(text('economy.shop.cancel'), ids.shelf(by, item.category, 1)),
      ],
      [
        ...purchaseSteps.map((step) =>
          button(
            text('economy.shop.step', { count: step }),
            ids.count(by, item.key, step),
            'secondary',
            step === count,
          ),
        ),
        button(text('economy.shop.other-count'), ids.countForm(by, item.key)),
      ],
    ],
  };
};

/** What was bought, from where it was paid, what is left and how to use it. */
export const boughtReply = (bought: Bought, ids: ControlIds, text: Text): Reply => {
  const { by, item, count, split, owned } = bought;
  return {
    private: true,
    embeds: [
      {
        title: text('economy.shop.bought', { item: itemText(item.key, text), count }),
        description: [
          text('economy.shop.paid', { wallet: split.fromWallet, bank: split.fromBank }),
          text('economy.shop.owned', { count: owned }),
          text(`economy.shop.how-${item.kind}`),
        ].join('\n'),
        color: rarityColor(item.rarity),
        fields: balance(bought, text),
      },
    ],
    rows: [[button(text('economy.shop.back'), ids.front(by))]],
  };
};
