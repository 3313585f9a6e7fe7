// What each game returns, worked out from the rules it is played by and compared with what is promised and shown.
import { describe, expect, test } from 'vitest';
import { blackjackEdge, blackjackReturn } from '../../../src/features/casino/blackjack/return.ts';
import { dealerStands, naturalChance, pips, resultHalves } from '../../../src/features/casino/blackjack/rules.ts';
import { coinflipPaid, coinflipReturn, sides } from '../../../src/features/casino/coinflip/rules.ts';
import { crashPaid, crashPoint, multiplierMax, reachChance } from '../../../src/features/casino/crash/rules.ts';
import { gearReturnMax } from '../../../src/features/casino/edge.ts';
import { pockets, wheelBets, wheelPaid, wheelReturn } from '../../../src/features/casino/roulette/rules.ts';
import {
  bestOf,
  drawReels,
  factorOf,
  freeSpinsOf,
  type Reels,
  reelSizes,
  type Symbol,
  slotsClasses,
  slotsReturn,
  spinPaid,
  symbols,
  weights,
} from '../../../src/features/casino/slots/rules.ts';
import type { Coins } from '../../../src/kernel/ids.ts';
import type { Random } from '../../../src/kernel/random.ts';
import { alice, createTable } from '../table.ts';
import { bestNet, insuranceNet } from './best-play.ts';

const coins = (amount: number): Coins => amount as Coins;

/** Every spin there is, with the number of ways in which the reels show it. */
const everySpin = function* (): Generator<readonly [Reels, bigint]> {
  const step = function* (reels: readonly Symbol[], ways: bigint): Generator<readonly [Reels, bigint]> {
    if (reels.length === reelSizes.length) yield [reels, ways];
    else {
      for (const symbol of symbols) {
        yield* step([...reels, symbol], ways * BigInt(weights[symbol][reels.length] ?? 0));
      }
    }
  };
  yield* step([], 1n);
};

describe('slots', () => {
  test('every spin there is, weighed: 93.67 % a spin, 24.40 % hit, 94.87 % with free spins', () => {
    const all = reelSizes.reduce((product, size) => product * BigInt(size), 1n);
    expect(reelSizes).toEqual([38, 42, 46, 48, 51]);
    let [seen, paid, free, hits] = [0n, 0n, 0n, 0n];
    for (const [reels, ways] of everySpin()) {
      seen += ways;
      paid += ways * BigInt(factorOf(reels));
      free += ways * BigInt(freeSpinsOf(reels));
      if (bestOf(reels)) hits += ways;
    }
    expect(seen).toBe(all);
    const share = (part: bigint): number => Number(part) / Number(all);
    const total = share(paid) * (1 + share(free));
    expect((share(paid) * 100).toFixed(2)).toBe('93.67');
    expect((share(hits) * 100).toFixed(2)).toBe('24.40');
    expect((total * 100).toFixed(2)).toBe('94.87');
    const shown = slotsReturn();
    expect(shown.spin).toBeCloseTo(share(paid), 12);
    expect(shown.hit).toBeCloseTo(share(hits), 12);
    expect(shown.total).toBeCloseTo(total, 12);
  });

  test('each class comes as often as the specification says', () => {
    const percents = slotsClasses().map(
      ({ symbol, count, chance }) => `${symbol} ${count} ${(chance * 100).toFixed(3)}`,
    );
    expect(percents).toEqual(
      expect.arrayContaining([
        'cherry 3 8.804',
        'cherry 4 1.463',
        'cherry 5 0.097',
        'lemon 3 6.002',
        'lemon 4 0.813',
        'lemon 5 0.044',
        'orange 3 3.296',
        'orange 4 0.333',
        'orange 5 0.013',
        'grape 3 2.084',
        'grape 4 0.171',
        'grape 5 0.006',
        'scatter 3 0.597',
        'scatter 4 0.029',
        'star 3 0.490',
        'star 4 0.022',
        'diamond 3 0.132',
        'diamond 4 0.004',
      ]),
    );
  });

  test('every place of every reel is a symbol’s, as often as it weighs', () => {
    const counted = reelSizes.map((size, reel) => {
      const counts: Partial<Record<Symbol, number>> = {};
      for (let place = 0; place < size; place += 1) {
        const symbol = drawReels({ int: (below) => place % below })[reel] as Symbol;
        counts[symbol] = (counts[symbol] ?? 0) + 1;
      }
      return counts;
    });
    expect(counted).toEqual(
      reelSizes.map((_, reel) => Object.fromEntries(symbols.map((symbol) => [symbol, weights[symbol][reel]]))),
    );
  });

  test('free spins are 2, 3 and 5, bring no more, and pay with the spin', () => {
    const scatters = (many: number): Reels => symbolsOf('scatter', many);
    expect([3, 4, 5].map((many) => freeSpinsOf(scatters(many)))).toEqual([2, 3, 5]);
    expect(spinPaid(coins(7), { reels: scatters(3), free: [symbolsOf('cherry', 5), scatters(5)] })).toBe(
      7 * (5 + 15 + 50),
    );
  });
});

const symbolsOf = (symbol: Symbol, many: number): Reels => {
  const others = symbols.filter((one) => one !== symbol);
  return Array.from({ length: 5 }, (_, place) => (place < many ? symbol : (others[place] as Symbol)));
};

describe('roulette', () => {
  test('the European table: every bet there is', () => {
    const kinds = Object.fromEntries(
      [...Map.groupBy(wheelBets, ({ kind }) => kind)].map(([kind, bets]) => [kind, bets.length]),
    );
    expect(kinds).toEqual({
      colour: 2,
      parity: 2,
      half: 2,
      dozen: 3,
      column: 3,
      'six-line': 11,
      corner: 23,
      street: 14,
      split: 60,
      straight: 37,
    });
    const covered = wheelBets.map(({ numbers }) => numbers.join());
    expect(new Set(covered).size).toBe(wheelBets.length);
  });

  test.each(wheelBets)('$name over all pockets returns 36 of 37 stakes', (bet) => {
    let paid = 0;
    for (let pocket = 0; pocket < pockets; pocket += 1) paid += wheelPaid(coins(1_000), bet, pocket);
    expect(paid).toBe(36_000);
    expect(wheelReturn(bet)).toBeCloseTo(36 / 37, 12);
  });
});

test('coinflip returns 98 % as it is set at first, and never more than 100 %', () => {
  const paid = (payout: number): number =>
    sides.reduce((sum, fallen) => sum + coinflipPaid(coins(1_000), { side: 'heads', payout }, fallen), 0);
  expect(paid(19_600)).toBe(2 * 980);
  expect(coinflipReturn(19_600)).toBe(0.98);
  expect(paid(20_000)).toBe(2 * 1_000);
});

describe('crash', () => {
  const drawn = 2 ** 48;
  const pointAt = (draw: number): number => crashPoint({ int: () => draw } satisfies Random);

  test.each([101, 102, 150, 200, 333, 1_000, 5_000, 9_999, multiplierMax])(
    'comes to %i hundredths for exactly the draws that are counted, and returns at most 96 % there',
    (target) => {
      // The point never falls with the draw, so that the border is found by halving.
      let [below, above] = [-1, drawn];
      while (above - below > 1) {
        const middle = Math.floor((below + above) / 2);
        if (pointAt(middle) >= target) above = middle;
        else below = middle;
      }
      const chance = (drawn - above) / drawn;
      expect(chance).toBe(reachChance(target));
      const returned = (chance * crashPaid(coins(1_000_000), target)) / 1_000_000;
      expect(returned).toBeLessThanOrEqual(0.96);
      expect(returned).toBeGreaterThan(0.96 - 1e-9);
    },
  );

  test('is between 1.00 and 100.00', () => {
    expect(pointAt(0)).toBe(100);
    expect(pointAt(drawn - 1)).toBe(10_000);
  });
});

describe('blackjack', () => {
  test('the best player there can be gets back what is shown, and less than is staked', () => {
    const net = bestNet({ natural: resultHalves.natural / 2 - 1, dealerStands });
    expect(1 + net).toBeCloseTo(blackjackReturn, 12);
    expect((blackjackReturn * 100).toFixed(2)).toBe('99.88');
  });

  test('with split hands that are drawn to, more than is staked would come back: so each gets one card', {
    timeout: 60_000,
  }, () => {
    const rules = { natural: resultHalves.natural / 2 - 1, dealerStands };
    expect(1 + bestNet({ ...rules, splits: 'not at all' })).toBeCloseTo(0.996_665, 6);
    expect(1 + bestNet({ ...rules, splits: 'played on' })).toBeCloseTo(1.000_326, 6);
  });

  test('what is won and lost of it is no more than the casino reckons with when it cuts gear back', {
    timeout: 60_000,
  }, () => {
    const natural = resultHalves.natural / 2 - 1;
    const step = 0.01;
    const plain = bestNet({ natural, dealerStands });
    const profit = (bestNet({ natural: natural * (1 + step), dealerStands, won: 1 + step }) - plain) / step;
    const loss = (bestNet({ natural, dealerStands, lost: 1 - step }) - plain) / step;
    expect(profit).toBeLessThan(blackjackEdge.profit);
    expect(loss).toBeLessThan(blackjackEdge.loss);
  });

  test('insurance is never worth making, whatever two cards are held, and whatever gear adds to it', () => {
    for (let first = 1; first <= 10; first += 1) {
      for (let second = 1; second <= 10; second += 1) {
        expect(insuranceNet(first, second)).toBeLessThan(-0.02);
      }
    }
    // The most that gear gives back of a lost stake is less than a tenth of that.
    expect((gearReturnMax - blackjackReturn) / blackjackEdge.loss).toBeLessThan(0.002);
  });

  test('naturals among all pairs of cards', () => {
    let [pairs, naturals] = [0, 0];
    for (let first = 0; first < 52; first += 1) {
      for (let second = 0; second < first; second += 1) {
        pairs += 1;
        const points = new Set([pips(first), pips(second)]);
        if (points.has(1) && points.has(10)) naturals += 1;
      }
    }
    expect(naturals / pairs).toBe(naturalChance);
  });
});

test.each([
  { game: 'slots', percent: '94.87' },
  { game: 'coinflip', percent: '98.00' },
  { game: 'roulette', percent: '97.30' },
  { game: 'blackjack', percent: '99.88' },
  { game: 'crash', percent: '96.00' },
])('/casino paytable says $percent % for $game', ({ game, percent }) => {
  expect(createTable().say(alice, 'casino paytable', { game }).words).toContain(`${percent}%`);
});
