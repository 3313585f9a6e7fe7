import { describe, expect, test } from 'vitest';
import { type Listing, listings } from '../../../src/features/stocks/symbols.ts';
import {
  logUnits,
  normalDraw,
  priceBounds,
  priceOf,
  stepWalk,
  type Walk,
  walkAtBase,
} from '../../../src/features/stocks/walk.ts';
import { type Random, seededRandom } from '../../../src/kernel/random.ts';

const seeded = (number: number): Random => {
  const seed = new Uint8Array(16);
  new DataView(seed.buffer).setUint32(0, number);
  return seededRandom(seed);
};

/** Draws that come to one deviate: the first uniform gives its size, the second its sign. */
const always = (deviate: number): Random => {
  let second = true;
  return {
    int: (below) => {
      second = !second;
      if (second) return deviate < 0 ? below / 2 : 0;
      return Math.round(Math.exp(-(deviate ** 2) / 2) * below) - 1;
    },
  };
};

const still: Random = always(0);
const tech = listings[0] as Listing;
const at = (hundredths: number, impact = 0): Walk => ({ log: Math.round(Math.log(hundredths) * logUnits), impact });

describe('one step', () => {
  test('without chance, a price closes a hundredth of its distance to the base, in logarithms', () => {
    for (const start of [5_000, 15_000, 40_000]) {
      const { log } = stepWalk(at(start), tech, 0, still);
      const expected = Math.log(start) + 0.01 * (Math.log(15_000) - Math.log(start));
      expect(Math.abs(log / logUnits - expected)).toBeLessThan(1e-8);
    }
  });

  test('chance moves the logarithm by an eighth of the volatility times the deviate', () => {
    const { log } = stepWalk(walkAtBase(tech), tech, 0, always(2));
    expect(log / logUnits).toBeCloseTo(Math.log(15_000) + (2 * 0.15) / 8, 6);
  });

  test.each([
    { demand: 1_000, impact: 0.000_1 },
    { demand: -1_000, impact: -0.000_1 },
    { demand: 55_000, impact: 0.005_5 },
    { demand: 100_000, impact: 0.01 },
    { demand: 10 ** 12, impact: 0.01 },
    { demand: -(10 ** 12), impact: -0.01 },
  ])('a demand of $demand coins adds $impact, within bounds', ({ demand, impact }) => {
    const walk = stepWalk(walkAtBase(tech), tech, demand, still);
    expect(walk.impact / logUnits).toBeCloseTo(impact, 9);
    expect(priceOf(walk, tech)).toBe(Math.round(15_000 * Math.exp(impact)));
  });

  test('an impact fades with the same pull', () => {
    let walk = stepWalk(walkAtBase(tech), tech, 100_000, still);
    for (let step = 0; step < 100; step += 1) walk = stepWalk(walk, tech, 0, still);
    expect(walk.impact / logUnits).toBeCloseTo(0.01 * 0.99 ** 100, 7);
  });

  test('pushing a price down, buying, pushing it up and selling does not pay the fee of both', () => {
    const pushed = (impact: number): number => Math.exp(impact);
    expect(pushed(0.01) * 0.99).toBeLessThan(pushed(-0.01) * 1.01);
  });

  test.each(listings)('$symbol stays from a quarter to four times its base', (listing) => {
    const { least, most } = priceBounds(listing);
    expect([least, most]).toEqual([listing.base / 4, listing.base * 4]);
    let up = walkAtBase(listing);
    let down = up;
    for (let step = 0; step < 500; step += 1) {
      up = stepWalk(up, listing, 10 ** 9, always(6));
      down = stepWalk(down, listing, -(10 ** 9), always(-6));
    }
    expect(priceOf(up, listing)).toBe(most);
    expect(priceOf(down, listing)).toBe(least);
  });
});

describe('chance', () => {
  test('draws are normal: mean, deviation, and the shares within one, two and three deviations', () => {
    const random = seeded(7);
    const count = 40_000;
    const draws = Array.from({ length: count }, () => normalDraw(random));
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / count;
    const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / count;
    // Five standard errors of each.
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(count));
    expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(2 / count));
    for (const [within, share] of [
      [1, 0.682_689],
      [2, 0.954_5],
      [3, 0.997_3],
    ] as const) {
      const found = draws.filter((draw) => Math.abs(draw) < within).length / count;
      expect(Math.abs(found - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / count));
    }
  });

  test('no draw is infinite, at the ends of what is drawn', () => {
    expect(normalDraw({ int: () => 0 })).toBeCloseTo(8.157, 3);
    expect(normalDraw({ int: (below) => below - 1 })).toBeCloseTo(0, 12);
  });

  test('the same seed gives the same prices, another one others', () => {
    const walk = (seed: number): readonly number[] => {
      const random = seeded(seed);
      let one = walkAtBase(tech);
      return Array.from({ length: 50 }, () => {
        one = stepWalk(one, tech, 0, random);
        return priceOf(one, tech);
      });
    };
    expect(walk(1)).toEqual(walk(1));
    expect(walk(1)).not.toEqual(walk(2));
  });

  test('in the long run, logarithms are around the base with the variance of the process', () => {
    const random = seeded(11);
    const count = 60_000;
    const sigma = 0.15 / 8;
    let walk = walkAtBase(tech);
    const distances: number[] = [];
    for (let step = 0; step < count; step += 1) {
      walk = stepWalk(walk, tech, 0, random);
      distances.push(walk.log / logUnits - Math.log(15_000));
    }
    const mean = distances.reduce((sum, one) => sum + one, 0) / count;
    const variance = distances.reduce((sum, one) => sum + one ** 2, 0) / count;
    // x ← 0.99 x + σ ε has the variance σ² / (1 - 0.99²); the mean of n of them deviates by σ / (0.01 √n). The bounds at
    // four times and a quarter of the base, ten deviations off, are not met.
    expect(Math.abs(mean)).toBeLessThan((5 * sigma) / (0.01 * Math.sqrt(count)));
    const theory = sigma ** 2 / (1 - 0.99 ** 2);
    // A variance estimated from n steps with correlation 0.99 deviates by about √(2 · 100 / n) of itself.
    expect(Math.abs(variance / theory - 1)).toBeLessThan(5 * Math.sqrt(200 / count));
  });
});
