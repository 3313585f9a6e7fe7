import { coins } from '../../kernel/money.ts';
import type { Category, Item, Rarity, Slot, Works } from './kinds.ts';
import { legacyItems } from './legacy.ts';

const hourMs = 60 * 60_000;
const points = (percent: number): number => percent * 100;

const potion = (
  key: string,
  picture: string,
  price: number,
  rarity: Rarity,
  works: Works,
  lasts: Pick<Item, 'lastsMs' | 'once'> = { once: true },
): Item => ({ key, picture, price: coins(price), rarity, category: 'potions', kind: 'potion', works, ...lasts });

const chest = (key: string, picture: string, price: number, rarity: Rarity): Item => ({
  key,
  picture,
  price: coins(price),
  rarity,
  category: 'chests',
  kind: 'chest',
  works: {},
});

const gear =
  (category: Category) =>
  (key: string, picture: string, price: number, rarity: Rarity, slot: Slot, works: Works): Item => ({
    key,
    picture,
    price: coins(price),
    rarity,
    category,
    kind: 'gear',
    slot,
    works,
  });
const casinoGear = gear('casino');
const heistGear = gear('heist');

/** What the shop sells. Source: the specification of the economy pack, section 2.7. */
export const shopItems: readonly Item[] = [
  potion(
    'luck_potion',
    '🍀',
    5_000,
    'rare',
    { game: { at: 'all', profit: points(20) }, heist: { evasion: points(20) } },
    { once: true, lastsMs: 24 * hourMs },
  ),
  potion('speed_potion', '💨', 4_000, 'rare', { heist: { progress: points(15) } }),
  potion('stealth_elixir', '🌫️', 6_000, 'epic', { heist: { stealth: points(25) } }),
  potion('fortune_tonic', '🥂', 10_000, 'epic', {
    reward: { on: ['daily', 'weekly', 'chest', 'heist'], share: points(30), most: coins(50_000) },
  }),
  potion('focus_serum', '🧪', 3_500, 'common', { heist: { forgiveness: points(10), 'answer-time': points(10) } }),
  potion(
    'energy_drink',
    '🥤',
    2_000,
    'common',
    {
      game: { at: 'all', profit: points(5) },
      reward: { on: ['daily', 'weekly'], share: points(5) },
      heist: { progress: points(5) },
    },
    { lastsMs: hourMs },
  ),
  chest('common_chest', '📦', 1_000, 'common'),
  chest('rare_chest', '🧰', 5_000, 'rare'),
  chest('epic_chest', '🎁', 15_000, 'epic'),
  chest('legendary_chest', '👑', 50_000, 'legendary'),
  {
    key: 'mimic_protection',
    picture: '🛡️',
    price: coins(2_500),
    rarity: 'rare',
    category: 'chests',
    kind: 'shield',
    works: { mimic: true },
  },
  casinoGear('lucky_charm', '🧿', 25_000, 'epic', 'accessory', { game: { at: 'all', profit: points(5) } }),
  casinoGear('weighted_dice', '🎲', 40_000, 'epic', 'tool', { game: { at: 'blackjack', profit: points(10) } }),
  casinoGear('slot_magnet', '🧲', 35_000, 'epic', 'tool', { game: { at: 'slots', profit: points(8) } }),
  // Four times the stake where 1.96 is paid: 2.92 in the place of 0.96 above it.
  casinoGear('coin_doubler', '🪙', 100_000, 'legendary', 'accessory', { game: { at: 'coinflip', profit: 20_416 } }),
  casinoGear('card_counter', '🃏', 50_000, 'legendary', 'accessory', { game: { at: 'blackjack', hint: true } }),
  heistGear('lockpick_set', '🗝️', 12_000, 'rare', 'tool', { heist: { lockpick: points(10) } }),
  heistGear('silent_shoes', '👟', 15_000, 'rare', 'feet', { heist: { stealth: points(20) } }),
  heistGear('adrenaline_injector', '💉', 18_000, 'rare', 'accessory', { heist: { speed: points(15) } }),
  heistGear('night_vision_goggles', '🥽', 20_000, 'rare', 'head', { heist: { stealth: points(15) } }),
  heistGear('grappling_hook', '🪝', 22_000, 'rare', 'tool', { heist: { escape: points(18) } }),
  heistGear('turbo_boots', '🥾', 25_000, 'epic', 'feet', { heist: { speed: points(20) } }),
  heistGear('thermal_vision', '🌡️', 28_000, 'epic', 'head', { heist: { detection: points(15) } }),
  heistGear('master_keycard', '💳', 30_000, 'epic', 'tool', { heist: { security: points(20) } }),
  heistGear('hacking_kit', '💻', 35_000, 'epic', 'tool', { heist: { tech: points(25) } }),
  heistGear('emp_device', '⚡', 45_000, 'legendary', 'tool', { heist: { security: points(50) } }),
  heistGear('cloaking_device', '🫥', 50_000, 'legendary', 'accessory', { heist: { stealth: points(30) } }),
  heistGear('jetpack', '🎒', 60_000, 'epic', 'back', { heist: { escape: points(25) } }),
];

const allItems: readonly Item[] = [...shopItems, ...legacyItems];
const byKey = new Map(allItems.map((item) => [item.key, item]));

/** Every item there is or was. */
export const items: readonly Item[] = allItems;

/** The item of a key; `undefined` for one that nobody knows any more. */
export const itemOf = (key: string): Item | undefined => byKey.get(key);
