import type { Coins } from '../../kernel/ids.ts';
import type { Game } from '../casino/api.ts';

/** The shelves of the shop, in the order they are shown. */
export const categories = ['potions', 'chests', 'casino', 'heist'] as const;
export type Category = (typeof categories)[number];

export const rarities = ['common', 'rare', 'epic', 'legendary'] as const;
export type Rarity = (typeof rarities)[number];

/** Where gear is worn, one piece each. The last three are for items of before. */
export const slots = ['head', 'feet', 'back', 'accessory', 'tool', 'weapon', 'armor', 'pet'] as const;
export type Slot = (typeof slots)[number];

/** What an item can change about a heist. */
export const heistTraits = [
  'stealth',
  'speed',
  'detection',
  'security',
  'tech',
  'escape',
  'noise',
  'lockpick',
  'progress',
  'evasion',
  'forgiveness',
  'answer-time',
] as const;
export type HeistTrait = (typeof heistTraits)[number];

/** What can be paid with a bonus of an item. */
export type Payout = 'daily' | 'weekly' | 'chest' | 'heist';

/** What an item does. All shares and points are in ten-thousandths. */
export interface Works {
  /** At a game, or at all of them: see `GameEffect` of the casino, which cuts it back. */
  readonly game?: {
    readonly at: Game | 'all';
    readonly profit?: number;
    readonly insurance?: number;
    readonly chance?: number;
    readonly hint?: true;
  };
  /** Added to what is paid, as a share of it and at most so much. */
  readonly reward?: { readonly on: readonly Payout[]; readonly share: number; readonly most?: Coins };
  /** Added to one's own chance of robbing. */
  readonly rob?: number;
  /** Taken from the chance of being robbed; `blocks` lets nobody take anything. */
  readonly guard?: { readonly points: number; readonly blocks?: true };
  /** Added to the interest of one's bank. */
  readonly interest?: number;
  readonly heist?: Readonly<Partial<Record<HeistTrait, number>>>;
  /** Added to what a won bet on a race brings above its stake. */
  readonly race?: number;
  /** Blocks a mimic, and is used up by it. */
  readonly mimic?: true;
}

/** Something a member can own. */
export interface Item {
  /** Stable: rows hold it. */
  readonly key: string;
  readonly picture: string;
  /** Coins, before the server's own prices; 0 for what was never sold. */
  readonly price: Coins;
  readonly rarity: Rarity;
  readonly category: Category;
  readonly kind: 'potion' | 'chest' | 'shield' | 'gear';
  /** Of gear. */
  readonly slot?: Slot;
  /** How long a potion works at most, once drunk. */
  readonly lastsMs?: number;
  /** Whether a potion is used up by the first thing it does; else it works until its time is over. */
  readonly once?: true;
  readonly works: Works;
  /** Sold no more; there are still some. */
  readonly legacy?: true;
  /** What is given in its place. */
  readonly givenAs?: string;
}
