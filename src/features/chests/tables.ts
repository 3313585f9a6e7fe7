import { assert } from '../../kernel/assert.ts';
import type { Coins } from '../../kernel/ids.ts';
import { coinsMax, shareOf, shareUnits } from '../../kernel/money.ts';
import type { Random } from '../../kernel/random.ts';
import { itemOf } from '../items/api.ts';
import { mimicShare } from './tuning.ts';

export const tiers = ['common', 'rare', 'epic', 'legendary'] as const;
export type Tier = (typeof tiers)[number];

/** The item that a chest of a tier is. */
export const chestKey = (tier: Tier): string => `${tier}_chest`;

/** What a chest of a tier can turn out to be: ten-thousandths that come to all, and the coins. */
export interface LootTable {
  readonly mimic: number;
  readonly coin: number;
  readonly item: number;
  /** Whole coins, both taken, each number between them equally likely. */
  readonly least: number;
  readonly most: number;
}

/** Source: the specification of the economy pack, section 2.8, where coins and items are parts of what is no mimic. */
export const lootTables: Readonly<Record<Tier, LootTable>> = {
  common: { mimic: 500, coin: 8_550, item: 950, least: 400, most: 1_000 },
  rare: { mimic: 1_000, coin: 6_750, item: 2_250, least: 2_000, most: 7_500 },
  epic: { mimic: 1_500, coin: 5_950, item: 2_550, least: 7_000, most: 25_000 },
  legendary: { mimic: 2_000, coin: 4_800, item: 3_200, least: 25_000, most: 95_000 },
};

/** The items that lie in chests of a tier, each equally likely. */
export const lootPools: Readonly<Record<Tier, readonly string[]>> = {
  common: ['energy_drink', 'focus_serum'],
  rare: ['focus_serum', 'speed_potion', 'luck_potion', 'mimic_protection'],
  epic: ['stealth_elixir', 'fortune_tonic', 'lockpick_set', 'silent_shoes', 'adrenaline_injector'],
  legendary: [
    'night_vision_goggles',
    'grappling_hook',
    'turbo_boots',
    'lucky_charm',
    'thermal_vision',
    'master_keycard',
    'slot_magnet',
    'hacking_kit',
    'emp_device',
    'cloaking_device',
    'card_counter',
  ],
};

/** Whether a table can be: chances that come to all, some of it no mimic, and coins from the least to the most. */
export const isLootTable = ({ mimic, coin, item, least, most }: LootTable): boolean =>
  [mimic, coin, item, least, most].every((part) => Number.isSafeInteger(part) && part >= 0) &&
  mimic + coin + item === shareUnits &&
  coin + item > 0 &&
  least <= most &&
  most <= coinsMax;

/** What lies in a chest. */
export type Loot = { readonly kind: 'coins'; readonly coins: Coins } | { readonly kind: 'item'; readonly key: string };

/** Whether a chest is a mimic. */
export const isMimic = (random: Random, { mimic }: LootTable): boolean => random.int(shareUnits) < mimic;

/** What lies in a chest that is no mimic, or one that was kept off. */
export const drawLoot = (random: Random, tier: Tier, { coin, item, least, most }: LootTable): Loot => {
  if (random.int(coin + item) < coin) return { kind: 'coins', coins: (least + random.int(most - least + 1)) as Coins };
  const pool = lootPools[tier];
  const key = pool[random.int(pool.length)];
  assert(key !== undefined, 'a pool has items');
  return { kind: 'item', key };
};

/** What a mimic takes beyond the chest, where the wallet holds as much: a share of what the chest costs. */
export const mimicBite = (price: Coins): Coins => shareOf(price, mimicShare);

/**
 * What comes back on average for each coin that a chest costs: alone, and with protection, whose use is paid for and
 * after which a mimic gives its prize. Items count as much as they cost at first, and the wallet holds what a mimic takes.
 */
export const chestReturn = (
  tier: Tier,
  { mimic, coin, item, least, most }: LootTable,
  { price, shield }: { readonly price: number; readonly shield: number },
): { readonly bare: number; readonly shielded: number } => {
  const pool = lootPools[tier].map((key) => itemOf(key)?.price ?? 0);
  const itemWorth = pool.reduce<number>((sum, one) => sum + one, 0) / pool.length;
  const loot = (coin * ((least + most) / 2) + item * itemWorth) / (coin + item);
  const eaten = mimic / shareUnits;
  const bite = mimicBite(price as Coins);
  return { bare: ((1 - eaten) * loot - eaten * bite) / price, shielded: (loot - eaten * shield) / price };
};
