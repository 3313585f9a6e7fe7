import type { Random } from '../../kernel/random.ts';
import type { Listing } from './symbols.ts';
import { impactMost, impactOfThousand, priceLeast, priceMost, pull, sigmaDivisor } from './tuning.ts';

/** Parts of a logarithm's unit that rows count in, so that they hold whole numbers. */
export const logUnits = 1_000_000_000;

/**
 * Where a price stands: natural logarithms in billionths. `log` walks by chance, `impact` is what demand adds; the price
 * in hundredths is the exponential of their sum.
 */
export interface Walk {
  readonly log: number;
  readonly impact: number;
}

const draws = 2 ** 48;

/**
 * A draw from the normal distribution with mean 0 and deviation 1. Source: Box and Muller, "A note on the generation of
 * random normal deviates", 1958. As draws have 48 bits, it is never beyond ±8.2.
 */
export const normalDraw = (random: Random): number => {
  const radius = Math.sqrt(-2 * Math.log((random.int(draws) + 1) / draws));
  return radius * Math.cos((2 * Math.PI * random.int(draws)) / draws);
};

const toLog = (hundredths: number): number => Math.round(Math.log(hundredths) * logUnits);

const between = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/** The least and the greatest price of a company, in hundredths. */
export const priceBounds = ({ base }: Pick<Listing, 'base'>): { readonly least: number; readonly most: number } => ({
  least: Math.ceil(base * priceLeast),
  most: Math.floor(base * priceMost),
});

/** A company's walk before its first step: at the base. */
export const walkAtBase = ({ base }: Listing): Walk => ({ log: toLog(base), impact: 0 });

/** The price of a walk, in whole hundredths within the bounds. */
export const priceOf = (walk: Walk, listing: Listing): number => {
  const { least, most } = priceBounds(listing);
  return between(Math.round(Math.exp((walk.log + walk.impact) / logUnits)), least, most);
};

/**
 * One tick: ln p ← ln p + pull (ln base − ln p) + σ ε, with σ = volatility / 8. `demand` is what was bought less what
 * was sold since the last tick, in coins; it is felt with 0.01 % for 1,000 coins, within ±`impactMost`, and fades with
 * the same pull.
 */
export const stepWalk = (walk: Walk, listing: Listing, demand: number, random: Random): Walk => {
  const { least, most } = priceBounds(listing);
  const sigma = listing.volatility / 10_000 / sigmaDivisor;
  const base = toLog(listing.base);
  const log = walk.log + pull * (base - walk.log) + sigma * normalDraw(random) * logUnits;
  const impact = walk.impact * (1 - pull) + (demand / 1_000) * impactOfThousand * logUnits;
  const impactBound = impactMost * logUnits;
  return {
    log: Math.round(between(log, toLog(least), toLog(most))),
    impact: Math.round(between(impact, 0 - impactBound, impactBound)),
  };
};
