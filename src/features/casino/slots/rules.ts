import type { Coins } from '../../../kernel/ids.ts';
import { coins, coinsMax } from '../../../kernel/money.ts';
import type { Random } from '../../../kernel/random.ts';

export const symbols = ['diamond', 'star', 'scatter', 'grape', 'orange', 'lemon', 'cherry'] as const;
export type Symbol = (typeof symbols)[number];

export const reelsCount = 5;

/** How often each symbol is on each reel. Source: the specification of the economy pack, section 2.9. */
export const weights: Readonly<Record<Symbol, readonly number[]>> = {
  diamond: [2, 2, 2, 3, 3],
  star: [3, 3, 4, 4, 5],
  scatter: [4, 4, 4, 4, 4],
  grape: [5, 6, 6, 7, 8],
  orange: [6, 7, 8, 8, 9],
  lemon: [8, 9, 10, 10, 11],
  cherry: [10, 11, 12, 12, 11],
};

/** Stakes paid for three, four and five of a symbol. */
export const factors: Readonly<Record<Symbol, readonly [number, number, number]>> = {
  diamond: [20, 50, 200],
  star: [10, 25, 100],
  scatter: [5, 15, 50],
  grape: [5, 15, 40],
  orange: [4, 10, 30],
  lemon: [3, 8, 20],
  cherry: [2, 5, 15],
};

/** The least number of equal symbols that pays. */
const payingMin = 3;

/** Free spins for three, four and five scatters. */
type FreeSpins = readonly [number, number, number];
export const freeSpins: FreeSpins = [2, 3, 5];
/** The same where there is a pot, which they are fewer for. */
export const potFreeSpins: FreeSpins = [1, 2, 3];

/** Places on each reel. */
export const reelSizes: readonly number[] = Array.from({ length: reelsCount }, (_, reel) =>
  symbols.reduce((sum, symbol) => sum + (weights[symbol][reel] ?? 0), 0),
);

/** The symbols that a spin shows, from left to right. */
export type Reels = readonly Symbol[];

const drawSymbol = (random: Random, reel: number): Symbol => {
  let place = random.int(reelSizes[reel] ?? 1);
  for (const symbol of symbols) {
    place -= weights[symbol][reel] ?? 0;
    if (place < 0) return symbol;
  }
  throw new RangeError('a place of a reel has a symbol');
};

/** A spin of all reels. */
export const drawReels = (random: Random): Reels => reelSizes.map((_, reel) => drawSymbol(random, reel));

/** The symbol that is there three times or more, anywhere, and how often; `undefined` where none is. */
export const bestOf = (reels: Reels): { readonly symbol: Symbol; readonly count: number } | undefined => {
  for (const symbol of symbols) {
    const count = reels.filter((one) => one === symbol).length;
    // Three of five leave no room for another three.
    if (count >= payingMin) return { symbol, count };
  }
  return undefined;
};

/** Stakes that a spin pays. */
export const factorOf = (reels: Reels): number => {
  const best = bestOf(reels);
  return best ? (factors[best.symbol][best.count - payingMin] ?? 0) : 0;
};

/** Free spins that a paid spin brings. */
export const freeSpinsOf = (reels: Reels, table: FreeSpins = freeSpins): number => {
  const best = bestOf(reels);
  return best?.symbol === 'scatter' ? (table[best.count - payingMin] ?? 0) : 0;
};

/** A paid spin with its free spins, which bring no more of them. */
export interface Spin {
  readonly reels: Reels;
  readonly free: readonly Reels[];
}

/** Draws a paid spin and its free spins. */
export const drawSpin = (random: Random, table: FreeSpins = freeSpins): Spin => {
  const reels = drawReels(random);
  return { reels, free: Array.from({ length: freeSpinsOf(reels, table) }, () => drawReels(random)) };
};

/** What a spin pays, free spins and all, at most what an account can hold. */
export const spinPaid = (stake: Coins, { reels, free }: Spin): Coins => {
  const stakes = [reels, ...free].reduce((sum, one) => sum + factorOf(one), 0);
  return coins(Math.min(stake * stakes, coinsMax));
};

/** A class of spins: so many of a symbol, anywhere. */
export interface SlotsClass {
  readonly symbol: Symbol;
  readonly count: number;
  readonly factor: number;
  readonly free: number;
  /** The chance of exactly so many on a spin. */
  readonly chance: number;
}

/** The chance of exactly each number of a symbol: the product over the reels of (not it + it·x), in whole numbers. */
const countChances = (symbol: Symbol): readonly number[] => {
  let ways = [1n];
  let all = 1n;
  for (const [reel, size] of reelSizes.entries()) {
    const hit = BigInt(weights[symbol][reel] ?? 0);
    const miss = BigInt(size) - hit;
    ways = [...ways, 0n].map((way, count) => way * miss + (ways[count - 1] ?? 0n) * hit);
    all *= BigInt(size);
  }
  return ways.map((way) => Number(way) / Number(all));
};

/** Every class of spins that pays, with its chance. */
export const slotsClasses = (table: FreeSpins = freeSpins): readonly SlotsClass[] =>
  symbols.flatMap((symbol) => {
    const chances = countChances(symbol);
    return factors[symbol].map((factor, place) => ({
      symbol,
      count: place + payingMin,
      factor,
      free: symbol === 'scatter' ? (table[place] ?? 0) : 0,
      chance: chances[place + payingMin] ?? 0,
    }));
  });

/** What comes back of a stake on average: of the paid spin alone, and with the free spins it brings. */
export const slotsReturn = (
  table: FreeSpins = freeSpins,
): { readonly spin: number; readonly total: number; readonly hit: number } => {
  const classes = slotsClasses(table);
  const spin = classes.reduce((sum, { factor, chance }) => sum + factor * chance, 0);
  const free = classes.reduce((sum, one) => sum + one.free * one.chance, 0);
  return { spin, total: spin * (1 + free), hit: classes.reduce((sum, { chance }) => sum + chance, 0) };
};
