// What other features may use of chests.
export { chestCooldownSeconds } from './settings.ts';
export { lootTableOf, setLootTable } from './state.ts';
export { chestReturn, isLootTable, type LootTable, lootTables, type Tier, tiers } from './tables.ts';
