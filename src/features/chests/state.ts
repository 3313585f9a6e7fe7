import { z } from 'zod';
import { assert } from '../../kernel/assert.ts';
import { collection } from '../../kernel/collection.ts';
import type { Mutation, Query } from '../../kernel/context.ts';
import type { EpochMs } from '../../kernel/ids.ts';
import { coinsMax, shareUnits } from '../../kernel/money.ts';
import { timeSchema } from '../../kernel/schemas.ts';
import { isLootTable, type LootTable, lootTables, type Tier, tiers } from './tables.ts';
import { openersMax } from './tuning.ts';

const chanceSchema = z.int().min(0).max(shareUnits);
const coinsSchema = z.int().min(0).max(coinsMax);

/** Loot tables that the server has set, by tier. */
export const ownTables = collection({
  name: 'chests.table',
  version: 1,
  key: ['text'],
  schema: z.strictObject({
    mimic: chanceSchema,
    coin: chanceSchema,
    item: chanceSchema,
    least: coinsSchema,
    most: coinsSchema,
  }),
  initial: lootTables.common,
  upgrades: [],
  rowsMax: tiers.length,
  orderings: {},
  totals: {},
  forget: 'no member',
});

/** The table of a tier in the guild: its own, or the built-in one. */
export const lootTableOf = (query: Query, tier: Tier): LootTable => query.find(ownTables, [tier]) ?? lootTables[tier];

/** Sets the guild's table of a tier, or takes it back. Throws on one that `isLootTable` does not take. */
export const setLootTable = (m: Mutation, tier: Tier, table: LootTable | undefined): void => {
  if (table === undefined) {
    if (m.find(ownTables, [tier])) m.remove(ownTables, [tier]);
    return;
  }
  assert(isLootTable(table), 'a loot table adds up');
  m.put(ownTables, [tier], table);
};

/** When each member last opened chests. */
export const openers = collection({
  name: 'chests.opener',
  version: 1,
  key: ['member'],
  schema: z.strictObject({ at: timeSchema }),
  initial: { at: 0 as EpochMs },
  upgrades: [],
  rowsMax: openersMax,
  orderings: {},
  totals: {},
  forget: 'key',
});
