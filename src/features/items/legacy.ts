import { coins } from '../../kernel/money.ts';
import type { Item, Slot, Works } from './kinds.ts';

const points = (percent: number): number => percent * 100;

const common = { rarity: 'common', legacy: true } as const;

const potion = (key: string, picture: string, price: number, works: Works): Item => ({
  ...common,
  key,
  picture,
  price: coins(price),
  category: 'potions',
  kind: 'potion',
  once: true,
  works,
});

const chest = (key: string, picture: string, price: number, givenAs: string): Item => ({
  ...common,
  key,
  picture,
  price: coins(price),
  category: 'chests',
  kind: 'chest',
  givenAs,
  works: {},
});

const gear = (
  category: 'casino' | 'heist',
  key: string,
  picture: string,
  price: number,
  slot: Slot,
  works: Works,
): Item => ({ ...common, key, picture, price: coins(price), category, kind: 'gear', slot, works });

const rewards = ['daily', 'weekly'] as const;

/**
 * Items that are sold no more, for inventories from elsewhere. Source: the specification of the economy pack, section
 * 2.7; what is worn stands in a slot that is still there where one fits.
 */
export const legacyItems: readonly Item[] = [
  potion('wealth_potion', '💰', 1_000, { reward: { on: rewards, share: points(100) } }),
  potion('xp_boost', '📈', 750, { reward: { on: rewards, share: points(50) } }),
  potion('lucky_potion', '🌟', 150, { game: { at: 'coinflip', chance: points(20) } }),
  potion('mega_lucky_potion', '🌠', 400, { game: { at: 'coinflip', chance: points(50) } }),
  potion('jackpot_booster', '🎰', 200, { game: { at: 'slots', profit: points(10) } }),
  potion('robbers_mask', '🎭', 250, { rob: points(15) }),
  potion('insurance_scroll', '📜', 300, { game: { at: 'all', insurance: points(50) } }),
  potion('smoke_bomb', '💣', 1_500, { heist: { escape: points(25), stealth: points(10) } }),
  {
    ...common,
    key: 'mimic_repellent',
    picture: '🧴',
    price: coins(500),
    category: 'chests',
    kind: 'shield',
    works: { mimic: true },
  },
  chest('small_chest', '📦', 250, 'common_chest'),
  chest('medium_chest', '📦', 750, 'common_chest'),
  chest('large_chest', '🧰', 2_000, 'rare_chest'),
  gear('casino', 'piggy_bank', '🐷', 2_500, 'accessory', { reward: { on: rewards, share: points(15) } }),
  gear('casino', 'golden_horseshoe', '🐴', 5_000, 'accessory', { rob: points(25) }),
  gear('casino', 'gamblers_charm', '🪬', 400, 'accessory', { game: { at: 'coinflip', chance: points(5) } }),
  gear('casino', 'golden_dice', '🎲', 600, 'accessory', { game: { at: 'slots', profit: points(10) } }),
  gear('casino', 'security_dog', '🐕', 700, 'pet', { guard: { points: 0, blocks: true } }),
  gear('casino', 'vault_key', '🔑', 800, 'accessory', { interest: points(0.25) }),
  gear('casino', 'master_lockpick', '🪛', 750, 'weapon', { rob: points(10) }),
  gear('casino', 'lucky_coin', '🥇', 300, 'accessory', { race: points(5) }),
  gear('casino', 'shadow_cloak', '🧥', 600, 'armor', { guard: { points: points(15) } }),
  // Halving the fee of trades, as it once promised, would make pushing a price up and selling a gain.
  gear('casino', 'traders_monocle', '🧐', 0, 'accessory', {}),
  gear('heist', 'lockpick_pro', '🔓', 3_500, 'tool', { heist: { stealth: points(15), speed: points(10) } }),
  gear('heist', 'master_disguise', '🥸', 5_000, 'head', { heist: { stealth: points(30), detection: points(20) } }),
  gear('heist', 'getaway_car', '🚗', 7_500, 'back', { heist: { escape: points(30), speed: points(15) } }),
  gear('heist', 'hacking_device', '📟', 6_000, 'tool', { heist: { security: points(25), speed: points(10) } }),
  gear('heist', 'thermal_drill', '🔩', 4_500, 'tool', { heist: { speed: points(20), noise: points(10) } }),
];
