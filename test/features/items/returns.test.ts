// What each game returns with every combination of gear and potions there is: never all of it.
import { describe, expect, test } from 'vitest';
import { blackjackEdge, hintedReturn } from '../../../src/features/casino/blackjack/return.ts';
import { dealerStands, hintKept, hintOf, hints } from '../../../src/features/casino/blackjack/rules.ts';
import { multiplierMax, reachChance, targetMin } from '../../../src/features/casino/crash/rules.ts';
import {
  coinBoost,
  cutBack,
  edgeOf,
  gearReturnMax,
  type WantedEffects,
  wantedEffects,
} from '../../../src/features/casino/edge.ts';
import { pockets, wheelBets, wheelFactor } from '../../../src/features/casino/roulette/rules.ts';
import { slotsClasses, slotsReturn } from '../../../src/features/casino/slots/rules.ts';
import type { Game } from '../../../src/features/casino/tuning.ts';
import { items } from '../../../src/features/items/catalogue.ts';
import type { Item } from '../../../src/features/items/kinds.ts';
import { shareUnits } from '../../../src/kernel/money.ts';
import { bestNet } from '../casino/best-play.ts';

const atGames = items.filter(({ works }) => works.game !== undefined);
const wearable = (slot: string): readonly (Item | undefined)[] => [
  undefined,
  ...atGames.filter((item) => item.slot === slot),
];
const potions = atGames.filter(({ kind }) => kind === 'potion');

/** Every set of things that can work at once: one of each slot, and any potions. */
const combinations: readonly (readonly Item[])[] = wearable('accessory').flatMap((accessory) =>
  wearable('tool').flatMap((tool) =>
    Array.from({ length: 2 ** potions.length }, (_, set) =>
      [accessory, tool, ...potions.filter((_item, place) => (set & (1 << place)) !== 0)].filter(
        (item) => item !== undefined,
      ),
    ),
  ),
);

/** What the things of a combination want at a game, each different sum once. */
const wantsAt = (game: Game): readonly WantedEffects[] => {
  const wants = combinations.map((things) =>
    wantedEffects(
      things.flatMap(({ works }) =>
        works.game && (works.game.at === 'all' || works.game.at === game)
          ? [{ ...works.game, label: 'economy.test' as const }]
          : [],
      ),
    ),
  );
  return [...new Map(wants.map((want) => [JSON.stringify(want), want])).values()];
};

const share = (units: number): number => units / shareUnits;

/** The return of a bet that wins `factor` stakes with a chance, else nothing, with what is left of effects. */
const returnOf = (
  bets: readonly { readonly chance: number; readonly factor: number }[],
  { profit, insurance }: { readonly profit: number; readonly insurance: number },
): number => {
  const won = bets.reduce((sum, { chance }) => sum + chance, 0);
  const paid = bets.reduce((sum, { chance, factor }) => sum + chance * (factor + (factor - 1) * share(profit)), 0);
  return paid + (1 - won) * share(insurance);
};

test('the combinations are all there are', () => {
  expect(atGames.filter(({ kind, slot }) => kind === 'gear' && slot !== 'accessory' && slot !== 'tool')).toEqual([]);
  expect(potions.map(({ key }) => key).sort()).toEqual(
    ['energy_drink', 'insurance_scroll', 'jackpot_booster', 'lucky_potion', 'luck_potion', 'mega_lucky_potion'].sort(),
  );
  expect(combinations.length).toBe(6 * 3 * 64);
  expect(gearReturnMax).toBeLessThan(1);
});

describe('with every combination of things', () => {
  test.each([15_000, 17_500, 19_000, 19_600, 19_900, 19_979, 19_980, 19_999])(
    'a coin that pays %d ten-thousandths returns less than 100 %%',
    (payout) => {
      let most = 0;
      for (const want of wantsAt('coinflip')) {
        const boost = coinBoost(payout, want.chance);
        const play = { game: 'coinflip', side: 'heads', payout, ...(boost > 0 && { boost }) } as const;
        const left = cutBack(edgeOf(play), want);
        most = Math.max(most, returnOf([{ chance: 0.5 + share(boost), factor: share(payout) }], left));
      }
      expect(most).toBeLessThan(1);
      expect(most).toBeGreaterThanOrEqual(share(payout) / 2);
    },
  );

  test('a coin that leaves the house nothing is not lifted by anything', () => {
    for (const want of wantsAt('coinflip')) {
      expect(coinBoost(20_000, want.chance)).toBe(0);
      const left = cutBack(edgeOf({ game: 'coinflip', side: 'heads', payout: 20_000 }), want);
      expect(left).toEqual({ profit: 0, insurance: 0 });
    }
  });

  test('every bet on the wheel returns less than 100 %', () => {
    for (const bet of wheelBets) {
      const bets = [{ chance: bet.numbers.length / pockets, factor: wheelFactor(bet) }];
      for (const want of wantsAt('roulette')) {
        expect(returnOf(bets, cutBack(edgeOf({ game: 'roulette', on: bet.name }), want))).toBeLessThan(1);
      }
    }
  });

  test('a spin returns less than 100 %', () => {
    const { spin } = slotsReturn();
    // What pays, pays more than its stake, so that free spins add to the profit as they are.
    const bets = slotsClasses().map(({ chance, factor, free }) => ({ chance, factor: factor + free * spin }));
    expect(returnOf(bets, { profit: 0, insurance: 0 })).toBeCloseTo(slotsReturn().total, 12);
    for (const want of wantsAt('slots')) {
      expect(returnOf(bets, cutBack(edgeOf({ game: 'slots' }), want))).toBeLessThan(1);
    }
  });

  test('a curve returns less than 100 %, wherever it is stopped', () => {
    for (const want of wantsAt('crash')) {
      const left = cutBack(edgeOf({ game: 'crash', at: 0 }), want);
      for (let multiplier = targetMin; multiplier <= multiplierMax; multiplier += 7) {
        const bets = [{ chance: reachChance(multiplier), factor: multiplier / 100 }];
        expect(returnOf(bets, left)).toBeLessThan(1);
      }
      expect(returnOf([{ chance: reachChance(multiplierMax), factor: 100 }], left)).toBeLessThan(1);
    }
  });

  test('the best player at blackjack gets back less than 100 %, told of the hidden card or not', {
    timeout: 120_000,
  }, () => {
    const room = gearReturnMax - blackjackEdge.returns;
    let [profitMost, insuranceMost] = [0, 0];
    for (const want of wantsAt('blackjack')) {
      const { profit, insurance } = cutBack(blackjackEdge, want);
      expect(share(profit) * blackjackEdge.profit + share(insurance) * blackjackEdge.loss).toBeLessThanOrEqual(room);
      profitMost = Math.max(profitMost, profit);
      insuranceMost = Math.max(insuranceMost, insurance);
    }
    expect(profitMost).toBeGreaterThan(0);
    expect(insuranceMost).toBeGreaterThan(0);
    // The best net is a maximum of sums that are linear in both, so that no mixture of them passes its ends.
    const told = hints.map((hint) => [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].filter((kind) => hintOf(kind - 1) === hint));
    for (const [profit, insurance] of [
      [profitMost, 0],
      [0, insuranceMost],
    ] as const) {
      const up = 1 + share(profit);
      const all = { natural: 1.5 * up, dealerStands, lost: 1 - share(insurance) };
      expect(1 + bestNet({ ...all, won: up })).toBeLessThan(1);
      expect(1 + bestNet({ ...all, won: (1 - share(hintKept)) * up, hints: told })).toBeLessThan(1);
    }
  });
});

test('what is told of the hidden card would return more than 100 % if the house kept nothing for it', {
  timeout: 60_000,
}, () => {
  const told = [
    [2, 3, 4, 5, 6],
    [7, 8, 9],
    [1, 10],
  ];
  expect(1 + bestNet({ natural: 1.5, dealerStands, hints: told })).toBeCloseTo(1.080_908, 6);
  const kept = { natural: 1.5, dealerStands, won: 1 - share(hintKept), hints: told };
  expect(1 + bestNet(kept)).toBeCloseTo(hintedReturn, 11);
});
