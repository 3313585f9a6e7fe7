import type { Command } from '../../../kernel/feature.ts';
import type { Dotted } from '../../../kernel/ids.ts';
import { coinsMax, shareUnits } from '../../../kernel/money.ts';
import { mutation } from '../../../kernel/operation.ts';
import { choiceOption, InputError, integerOption, type Option, options } from '../../../kernel/option.ts';
import { done, refuse } from '../../../kernel/outcome.ts';
import { chestReturn, isLootTable, type LootTable, lootTableOf, setLootTable, type Tier } from '../../chests/api.ts';
import { itemOf, itemText } from '../../items/api.ts';
import { colors } from '../../wallet/api.ts';
import { record } from '../record.ts';
import { undoButton } from '../undo.ts';

/** How far the three chances together may be from one, in ten-thousandths. */
const roundingMax = 100;

/** A chance of 0 to 1 as `0.85` or `85%`, in ten-thousandths. */
const chanceOption = (describe: Dotted): Option<number> => ({
  type: 'text',
  required: true,
  describe,
  max: 8,
  parse: (input) => {
    const match = typeof input === 'string' ? /^(\d{1,3}(?:\.\d{1,4})?)(%?)$/.exec(input.trim()) : null;
    const units = Math.round(Number(match?.[1] ?? Number.NaN) * (match?.[2] === '%' ? shareUnits / 100 : shareUnits));
    if (!(units >= 0 && units <= shareUnits)) throw new InputError('economy.staff.loot.no-chance');
    return units;
  },
});

/** What a chest costs and what protects from it, by their keys. */
const chestOf = (tier: Tier): string => `${tier}_chest`;
const shieldKey = 'mimic_protection';

/** A table in one line, for the audit: chances in percent, and the coins. */
const lineOf = ({ coin, item, mimic, least, most }: LootTable): string =>
  `${coin / 100}% ${least}–${most}, ${item / 100}%, ${mimic / 100}%`;

/** What comes back of a chest's price on average, in percent, at the built-in prices. */
const returnOf = (tier: Tier, table: LootTable): { readonly bare: number; readonly shielded: number } => {
  const price = itemOf(chestOf(tier))?.price ?? 1;
  const { bare, shielded } = chestReturn(tier, table, { price, shield: itemOf(shieldKey)?.price ?? 0 });
  return { bare: bare * 100, shielded: shielded * 100 };
};

/** Sets what lies in the chests of a tier. */
export const lootTable = mutation({
  name: 'economy.staff.loot-table',
  version: 1,
  who: 'staff',
  input: options({
    chest: choiceOption({
      describe: 'economy.staff.loot.chest',
      choices: {
        common: 'economy.item-name.common-chest',
        rare: 'economy.item-name.rare-chest',
        epic: 'economy.item-name.epic-chest',
        legendary: 'economy.item-name.legendary-chest',
      },
    }),
    coin_chance: chanceOption('economy.staff.loot.coin'),
    item_chance: chanceOption('economy.staff.loot.item'),
    mimic_chance: chanceOption('economy.staff.loot.mimic'),
    min: integerOption({ describe: 'economy.staff.loot.min', min: 0, max: coinsMax }),
    max: integerOption({ describe: 'economy.staff.loot.max', min: 0, max: coinsMax }),
  }),
  run: (m, { chest: tier, coin_chance: coin, item_chance: item, mimic_chance: mimic, min: least, max: most }) => {
    const sum = coin + item + mimic;
    if (Math.abs(sum - shareUnits) > roundingMax) return refuse('economy.staff.loot.sum', { percent: sum / 100 });
    if (least > most) return refuse('economy.staff.loot.order');
    // What was lost by rounding goes to the likelier of coins and items.
    const rest = shareUnits - sum;
    const after: LootTable =
      coin >= item ? { mimic, coin: coin + rest, item, least, most } : { mimic, coin, item: item + rest, least, most };
    if (!isLootTable(after)) return refuse('economy.staff.loot.sum', { percent: sum / 100 });
    const before = lootTableOf(m, tier);
    setLootTable(m, tier, after);
    const deed = { kind: 'loot', tier, before, after } as const;
    const id = record(m, { before: lineOf(before), after: lineOf(after), deed });
    return done({ id, tier, before: lineOf(before), after: lineOf(after), ...returnOf(tier, after) });
  },
  view: ({ id, tier, before, after, bare, shielded }, text) => ({
    private: false,
    embeds: [
      {
        title: itemText(chestOf(tier), text),
        description: [
          text('economy.staff.loot.changed', { before, after }),
          text('economy.staff.loot.return', { bare, shielded }),
          ...(Math.max(bare, shielded) >= 100 ? [text('economy.staff.loot.warning')] : []),
        ].join('\n'),
        color: Math.max(bare, shielded) >= 100 ? colors.loss : colors.gold,
      },
    ],
    rows: [[undoButton(id, text)]],
  }),
});

export const lootTableCommand: Command = {
  path: 'eco loot-table',
  describe: 'economy.staff.loot.describe',
  operation: lootTable,
  visibility: 'public',
  explain: { text: 'economy.staff.loot.explain', figures: () => ({}) },
};
