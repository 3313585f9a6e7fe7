import { z } from 'zod';
import { customId } from '../../../kernel/component.ts';
import type { Query } from '../../../kernel/context.ts';
import { controlInput } from '../../../kernel/control.ts';
import type { Command } from '../../../kernel/feature.ts';
import type { MemberId } from '../../../kernel/ids.ts';
import { query } from '../../../kernel/operation.ts';
import { choiceOption, integerOption, optional, options } from '../../../kernel/option.ts';
import { done, type Outcome } from '../../../kernel/outcome.ts';
import type { Button, Reply } from '../../../kernel/reply.ts';
import { memberSchema } from '../../../kernel/schemas.ts';
import type { Text } from '../../../kernel/text.ts';
import { colors } from '../../wallet/api.ts';
import { refuseOther } from '../cards.ts';
import { slots } from '../kinds.ts';
import { type Owned, ownedBy } from '../owning.ts';
import { type Page, pageOf } from '../paging.ts';
import { type Bag, bagOf } from '../state.ts';
import { inventoryLines } from '../tuning.ts';
import { activeText, itemText, rarityMark } from '../words.ts';

const filters = ['all', 'consumables', 'equipment', 'chests'] as const;
type Filter = (typeof filters)[number];

const kindsShown: Readonly<Record<Filter, readonly (string | undefined)[]>> = {
  all: ['potion', 'chest', 'shield', 'gear', undefined],
  consumables: ['potion', 'shield'],
  equipment: ['gear'],
  chests: ['chest'],
};

const pageMax = 1_000;

interface Shown extends Page<Owned> {
  readonly by: MemberId;
  readonly filter: Filter;
  readonly worn: Bag['worn'];
  readonly active: readonly (readonly [string, number | undefined])[];
}

const read = (q: Query, filter: Filter, page: number): Outcome<Shown> => {
  const by = q.actor.member;
  const { worn, active } = bagOf(q, by);
  const owned = ownedBy(q, by).filter(({ item }) => kindsShown[filter].includes(item?.kind));
  const working = Object.entries(active).flatMap(([key, { until }]): (readonly [string, number | undefined])[] =>
    until === undefined || until > q.now ? [[key, until]] : [],
  );
  return done({ by, filter, worn, active: working, ...pageOf(owned, page, inventoryLines) });
};

/** `/inventory`: what one wears, what works, and what one owns. */
export const inventory = query({
  name: 'items.inventory',
  version: 1,
  input: options({
    filter: optional(
      choiceOption({
        describe: 'economy.inventory.filter',
        choices: {
          all: 'economy.inventory.filter-all',
          consumables: 'economy.inventory.filter-consumables',
          equipment: 'economy.inventory.filter-equipment',
          chests: 'economy.inventory.filter-chests',
        },
      }),
    ),
    page: optional(integerOption({ describe: 'economy.inventory.page', min: 1, max: pageMax })),
  }),
  run: (q, { filter = 'all', page = 1 }) => read(q, filter, page),
  view: (shown, text) => card(shown, text),
});

/** Turns the page. */
export const turnInventory = query({
  name: 'items.inventory.turn',
  version: 1,
  input: controlInput(z.strictObject({ by: memberSchema, filter: z.enum(filters), page: z.int().min(1).max(pageMax) })),
  run: (q, { by, filter, page }) => refuseOther(q, by) ?? read(q, filter, page),
  view: (shown, text) => ({ ...card(shown, text), replaces: true }),
});

/** Shows another kind of things. */
export const filterInventory = query({
  name: 'items.inventory.filter',
  version: 1,
  input: controlInput(z.strictObject({ by: memberSchema, chosen: z.enum(filters) })),
  run: (q, { by, chosen }) => refuseOther(q, by) ?? read(q, chosen, 1),
  view: (shown, text) => ({ ...card(shown, text), replaces: true }),
});

const ownedLine = ({ key, item, count }: Owned, text: Text): string =>
  item
    ? text('economy.inventory.line', {
        item: itemText(key, text),
        count,
        mark: rarityMark(item.rarity),
        rarity: text(`economy.item.rarity-${item.rarity}`),
      })
    : text('economy.inventory.unknown', { key, count });

const turnButton = ({ by, filter, pages }: Shown, label: string, page: number): Button => ({
  kind: 'button',
  label,
  style: 'secondary',
  // A button that leads nowhere still needs an id of its own.
  customId: customId(turnInventory, { by, filter, page: Math.max(1, page) }),
  disabled: page < 1 || page > pages,
});

const card = (shown: Shown, text: Text): Reply => {
  const { by, filter, rows, page, pages, worn, active } = shown;
  const wornLines = slots.flatMap((slot) => {
    const key = worn[slot];
    return key === undefined
      ? []
      : [text('economy.inventory.worn', { slot: text(`economy.item.slot-${slot}`), item: itemText(key, text) })];
  });
  return {
    private: true,
    embeds: [
      {
        title: text('economy.inventory.title', { filter: text(`economy.inventory.filter-${filter}`) }),
        description:
          rows.length > 0 ? rows.map((row) => ownedLine(row, text)).join('\n') : text('economy.inventory.empty'),
        color: colors.money,
        fields: [
          ...(wornLines.length > 0 ? [{ name: text('economy.inventory.wearing'), value: wornLines.join('\n') }] : []),
          ...(active.length > 0
            ? [
                {
                  name: text('economy.inventory.active'),
                  value: active.map(([key, until]) => activeText(key, until, text)).join('\n'),
                },
              ]
            : []),
        ],
        footer: text('economy.page', { page, pages }),
      },
    ],
    rows: [
      [
        {
          kind: 'select',
          placeholder: text('economy.inventory.filter'),
          customId: customId(filterInventory, { by }),
          choices: filters.map((one) => ({ label: text(`economy.inventory.filter-${one}`), value: one })),
        },
      ],
      ...(pages > 1
        ? [
            [
              turnButton(shown, text('economy.inventory.before'), page - 1),
              turnButton(shown, text('economy.inventory.after'), page + 1),
            ],
          ]
        : []),
    ],
  };
};

export const inventoryCommand: Command = {
  path: 'inventory',
  describe: 'economy.inventory.describe',
  operation: inventory,
  visibility: 'private',
};
