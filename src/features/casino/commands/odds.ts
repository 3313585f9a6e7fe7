import { unreachable } from '../../../kernel/assert.ts';
import type { Query } from '../../../kernel/context.ts';
import { shareUnits } from '../../../kernel/money.ts';
import { blackjackReturn, hintedReturn } from '../blackjack/return.ts';
import { naturalChance, resultHalves } from '../blackjack/rules.ts';
import { coinflipReturn } from '../coinflip/rules.ts';
import { reachChance } from '../crash/rules.ts';
import { coinBoost, edgeOf, gearedReturn, type WantedEffects, wantedEffects } from '../edge.ts';
import type { Play } from '../fairness/rounds.ts';
import { gameEffects } from '../points.ts';
import { betKinds, pockets, wheelBets, wheelFactor, wheelReturn } from '../roulette/rules.ts';
import { coinflipPayout, jackpotEnabled } from '../settings.ts';
import { potOf, potReturn, potReturnMax, potStakesMax } from '../slots/pot.ts';
import { freeSpins, potFreeSpins, type Symbol, slotsClasses, slotsReturn } from '../slots/rules.ts';
import { type Game, slotsBet } from '../tuning.ts';

/** One way in which a stake is paid. */
export interface OddsLine {
  readonly what:
    | { readonly kind: 'side' }
    | { readonly kind: 'symbol'; readonly symbol: Symbol; readonly count: number; readonly free: number }
    | { readonly kind: 'wheel'; readonly bet: (typeof betKinds)[number]; readonly numbers: number }
    | { readonly kind: 'natural' }
    | { readonly kind: 'won' }
    | { readonly kind: 'reached'; readonly multiplier: number };
  /** Stakes paid, the own one with them. */
  readonly pays: number;
  /** 0 to 1; `undefined` where it depends on how the member plays. */
  readonly chance: number | undefined;
}

/** What a game pays and how often, and what comes back of a stake on average. */
export interface Odds {
  readonly game: Game;
  readonly lines: readonly OddsLine[];
  readonly returns: number;
  /** What comes back with what the asker has on and drank. */
  readonly geared: number;
  /** The pot of slots, where there is one; `returns` is then of a bet of so many coins with the pot as it is. */
  readonly pot?: {
    readonly coins: number;
    readonly bet: number;
    readonly stakesMax: number;
    readonly returnMax: number;
  };
}

const multipliers = [1.5, 2, 5, 10, 50, 100];

/** What is played at a game where effects weigh most. */
const weightiest = (query: Query, game: Game, wanted: WantedEffects): Play => {
  switch (game) {
    case 'slots':
      return { game, ...(query.setting(jackpotEnabled) && { pot: 0 }) };
    case 'coinflip': {
      const payout = query.setting(coinflipPayout);
      const boost = coinBoost(payout, wanted.chance);
      return { game, side: 'heads', payout, ...(boost > 0 && { boost }) };
    }
    case 'roulette':
      return { game, on: '0' };
    case 'blackjack':
      return { game, moves: [] };
    case 'crash':
      return { game, at: 0 };
    default:
      return unreachable(game);
  }
};

/** What comes back of a stake of the asker's on average, with all that works for them now. */
const gearedOf = (query: Query, game: Game): number => {
  const wanted = wantedEffects(query.extensions(gameEffects, { member: query.actor.member, game }).flat());
  const edge = edgeOf(weightiest(query, game, wanted));
  const returns = gearedReturn(edge, wanted);
  return game === 'blackjack' && wanted.hint ? returns - blackjackReturn + hintedReturn : returns;
};

/** The odds of a game with the figures in force: worked out from the rules it is played by. */
export const oddsOf = (query: Query, game: Game): Odds => ({
  ...plainOdds(query, game),
  geared: gearedOf(query, game),
});

const plainOdds = (query: Query, game: Game): Omit<Odds, 'geared'> => {
  switch (game) {
    case 'coinflip': {
      const payout = query.setting(coinflipPayout);
      const line: OddsLine = { what: { kind: 'side' }, pays: payout / shareUnits, chance: 1 / 2 };
      return { game, lines: [line], returns: coinflipReturn(payout) };
    }
    case 'slots': {
      const coins = query.setting(jackpotEnabled) ? potOf(query) : undefined;
      const table = coins === undefined ? freeSpins : potFreeSpins;
      const lines = slotsClasses(table).map(
        ({ symbol, count, factor, free, chance }): OddsLine => ({
          what: { kind: 'symbol', symbol, count, free },
          pays: factor,
          chance,
        }),
      );
      if (coins === undefined) return { game, lines, returns: slotsReturn().total };
      const pot = { coins, bet: slotsBet, stakesMax: potStakesMax, returnMax: potReturnMax() };
      return { game, lines, returns: potReturn(coins, slotsBet), pot };
    }
    case 'roulette': {
      const lines = betKinds.flatMap((kind): readonly OddsLine[] => {
        const bet = wheelBets.find((one) => one.kind === kind);
        if (!bet) return [];
        const numbers = bet.numbers.length;
        return [{ what: { kind: 'wheel', bet: kind, numbers }, pays: wheelFactor(bet), chance: numbers / pockets }];
      });
      return { game, lines, returns: Math.min(...wheelBets.map(wheelReturn)) };
    }
    case 'blackjack': {
      const lines: readonly OddsLine[] = [
        { what: { kind: 'natural' }, pays: resultHalves.natural / 2, chance: naturalChance },
        { what: { kind: 'won' }, pays: resultHalves.won / 2, chance: undefined },
      ];
      return { game, lines, returns: blackjackReturn };
    }
    case 'crash': {
      const lines = multipliers.map((multiplier): OddsLine => {
        const chance = reachChance(multiplier * 100);
        return { what: { kind: 'reached', multiplier }, pays: multiplier, chance };
      });
      return { game, lines, returns: Math.max(...lines.map(({ pays, chance = 0 }) => pays * chance)) };
    }
    default:
      return unreachable(game);
  }
};
