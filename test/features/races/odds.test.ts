import { describe, expect, test } from 'vitest';
import { factorsOf, homeChances, oddsOf, placeChances } from '../../../src/features/races/odds.ts';
import {
  drawRats,
  placeOf,
  type Rat,
  runRace,
  stayUnits,
  stepsOf,
  twoUnits,
} from '../../../src/features/races/rules.ts';
import { type Random, seededRandom } from '../../../src/kernel/random.ts';

/** A fast stream for many draws; its seed is fixed. Source: Vigna's splitmix32 form. */
const fastRandom = (seed: number): Random => {
  let state = seed;
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  return { int: (below) => Math.floor((next() / 2 ** 32) * below) };
};

const best: Rat = { speed: 100, stamina: 100, luck: 100 };
const worst: Rat = { speed: 40, stamina: 40, luck: 40 };
const drawn = Array.from({ length: 40 }, (_, index) => drawRats(fastRandom(index + 1)));
const equal = Array.from({ length: 6 }, () => ({ speed: 70, stamina: 70, luck: 70 }));
const fields = [equal, [best, worst, worst, worst, worst, worst], [worst, best, best, best, best, best], ...drawn];

describe('a turn', () => {
  test.each([
    { speed: 40, stamina: 40, luck: 40, stay: 0.2, two: 0.2 },
    { speed: 100, stamina: 100, luck: 100, stay: 0.08, two: 0.5 },
    { speed: 70, stamina: 70, luck: 70, stay: 0.14, two: 0.35 },
    { speed: 40, stamina: 100, luck: 0, stay: 0.08, two: 0.2 },
  ])('of a rat of $speed, $stamina: stays $stay, two steps $two', ({ stay, two, ...rat }) => {
    expect(stayUnits(rat) / 1_000).toBeCloseTo(stay, 12);
    expect(twoUnits(rat) / 1_000).toBeCloseTo(two, 12);
    // Source: 0.20 × (1.4 − stamina), 0.20 + 0.30 × (speed − 0.4) / 0.6.
    expect(stayUnits(rat) / 1_000).toBeCloseTo(0.2 * (1.4 - rat.stamina / 100), 12);
    expect(twoUnits(rat) / 1_000).toBeCloseTo(0.2 + (0.3 * (rat.speed / 100 - 0.4)) / 0.6, 12);
  });

  test('luck moves a rat that would stay', () => {
    const draws = (...numbers: number[]): Random => ({ int: () => numbers.shift() as number });
    expect(stepsOf(draws(0, 99), best)).toBe(1);
    expect(stepsOf(draws(0, 100), best)).toBe(0);
    expect(stepsOf(draws(79, 100), best)).toBe(0);
    expect(stepsOf(draws(80), best)).toBe(1);
    expect(stepsOf(draws(499), best)).toBe(1);
    expect(stepsOf(draws(500), best)).toBe(2);
  });
});

describe('rats', () => {
  test('are six, of whole figures from 40 to 100', () => {
    const all = Array.from({ length: 500 }, (_, index) => drawRats(fastRandom(index))).flat();
    const figures = all.flatMap(({ speed, stamina, luck }) => [speed, stamina, luck]);
    expect(Math.min(...figures)).toBe(40);
    expect(Math.max(...figures)).toBe(100);
    expect(drawRats(fastRandom(1))).toHaveLength(6);
  });
});

describe('a race', () => {
  test('ends with the third at home; who comes further beyond in a turn is placed first; one drops out at most', () => {
    const random = seededRandom(new Uint8Array(16));
    for (const rats of drawn) {
      for (let run = 0; run < 20; run += 1) {
        const { turns, home, dropOut } = runRace(random, rats);
        expect(home.length).toBeGreaterThanOrEqual(3);
        expect(home.filter(({ turn }) => turn < turns.length).length).toBeLessThan(3);
        expect(home.map(({ turn }) => turn)).toEqual(home.map(({ turn }) => turn).toSorted((a, b) => a - b));
        if (dropOut) {
          expect(home.some(({ rat }) => rat === dropOut.rat)).toBe(false);
          expect(dropOut.turn).toBeGreaterThanOrEqual(3);
          expect(dropOut.turn).toBeLessThanOrEqual(15);
        }
      }
    }
  });

  test('lasts 100 turns at most, whatever is drawn', () => {
    const { turns, home } = runRace({ int: (below) => (below === 1_000 ? 0 : below - 1) }, drawn[0] as Rat[]);
    expect(turns).toHaveLength(100);
    expect(home).toEqual([]);
    expect(placeOf({ home }, 0)).toBeUndefined();
  });
});

describe('the chances of places', () => {
  test('sum to one over the rats, for each place, and over the moments of each rat', () => {
    for (const rats of fields) {
      const chances = placeChances(rats);
      for (const place of [0, 1, 2]) {
        expect(chances.reduce((sum, rat) => sum + (rat[place] as number), 0)).toBeCloseTo(1, 12);
      }
      for (const rat of rats) expect(homeChances(rat).reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12);
    }
  });

  test('are the same for equal rats', () => {
    for (const chances of placeChances(equal)) for (const chance of chances) expect(chance).toBeCloseTo(1 / 6, 12);
  });

  const races = 150_000;
  test.each([
    ['a drawn field', drawn[0] as Rat[]],
    ['another', drawn[7] as Rat[]],
    ['one good rat', fields[1] as Rat[]],
    ['one bad rat', fields[2] as Rat[]],
    ['equal rats', equal],
  ])(`are those of ${races} races: %s`, (_, rats) => {
    const random = fastRandom(2026);
    const counts = rats.map(() => [0, 0, 0]);
    let dropped = 0;
    for (let run = 0; run < races; run += 1) {
      const race = runRace(random, rats);
      dropped += Number(race.dropOut !== undefined);
      for (const [place, { rat }] of race.home.slice(0, 3).entries()) {
        const own = counts[rat] as number[];
        own[place] = (own[place] as number) + 1;
      }
    }
    // A fifth of the races, less those whose rat was home before its turn.
    expect(dropped / races).toBeGreaterThan(0.17);
    expect(dropped / races).toBeLessThan(0.203);
    for (const [rat, chances] of placeChances(rats).entries()) {
      for (const [place, chance] of chances.entries()) {
        const deviation = Math.sqrt((chance * (1 - chance)) / races);
        const found = (counts[rat]?.[place] as number) / races;
        expect(Math.abs(found - chance) / deviation, `rat ${rat}, place ${place}`).toBeLessThan(4.5);
      }
    }
  });
});

/** What a rat returns of a stake, by its factors and chances. */
const returns = (factors: readonly number[], chances: readonly number[]): number =>
  factors.reduce((sum, factor, place) => sum + (factor / 1_000) * (chances[place] as number), 0);

describe('the factors', () => {
  test('have each rat of every field return 95 %, rounded down by a thousandth of the stake at most', () => {
    for (const rats of fields) {
      const chances = placeChances(rats);
      for (const [rat, factors] of oddsOf(rats).entries()) {
        const back = returns(factors, chances[rat] as number[]);
        expect(back).toBeLessThanOrEqual(0.95 + 1e-12);
        expect(back).toBeGreaterThan(0.948);
        const [win, second, third] = factors;
        if (second === 0) expect(third).toBe(0);
        else {
          expect(third).toBeGreaterThanOrEqual(1_000);
          expect(win / second).toBeCloseTo(2.5, 2);
          expect(win / third).toBeCloseTo(10 / 3, 2);
        }
        expect(win).toBeGreaterThan(1_000);
      }
    }
  });

  test.each([
    { chances: [0.1, 0.1, 0.1], factors: [5_588, 2_235, 1_676] },
    { chances: [0.2, 0.2, 0.2], factors: [4_750, 0, 0] },
    { chances: [0.16, 0.16, 0.16], factors: [3_492, 1_397, 1_047] },
    { chances: [0.873, 0.075, 0.016], factors: [1_088, 0, 0] },
    { chances: [0.0009, 0.0028, 0.0076], factors: [220_930, 88_372, 66_279] },
  ])('of $chances are $factors', ({ chances, factors }) => expect(factorsOf(chances)).toEqual(factors));

  test('a bonus on the profit of all that members can have returns less than the stake', () => {
    for (const rats of fields) {
      const chances = placeChances(rats);
      for (const [rat, factors] of oddsOf(rats).entries()) {
        const bonus = factors.map((factor) => (factor > 1_000 ? factor + (factor - 1_000) * 0.05 : factor));
        expect(returns(bonus, chances[rat] as number[])).toBeLessThan(1);
      }
    }
  });
});
