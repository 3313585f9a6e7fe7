import { unreachable } from '../../kernel/assert.ts';
import { shareUnits } from '../../kernel/money.ts';
import { blackjackEdge } from './blackjack/return.ts';
import { multiplierMax } from './crash/rules.ts';
import type { Play } from './fairness/rounds.ts';
import type { GameEffect } from './points.ts';
import { parseWheelBet, pockets } from './roulette/rules.ts';
import { potReturnMax } from './slots/pot.ts';
import { slotsReturn } from './slots/rules.ts';

/** What comes back of a stake on average, and of what parts that is; all in stakes, without any effect. */
export interface Edge {
  readonly returns: number;
  /** What won rounds bring above their stake. */
  readonly profit: number;
  /** What lost rounds cost. */
  readonly loss: number;
}

/** The most that comes back of a stake on average, whatever a member has on and drinks: the house keeps 0.1 %. */
export const gearReturnMax = 0.999;

/** A coin that falls on the chosen side with a chance in ten-thousandths and pays so many ten-thousandths of the stake. */
export const coinEdge = (payout: number, chance: number): Edge => {
  const won = chance / shareUnits;
  return { returns: (won * payout) / shareUnits, profit: won * (payout / shareUnits - 1), loss: 1 - won };
};

const coinChance = shareUnits / 2;

/** Ten-thousandths by which a coin's chance may be higher without its return passing the most there may be. */
export const coinBoost = (payout: number, wanted: number): number => {
  const chanceMax = Math.floor((gearReturnMax * shareUnits * shareUnits) / payout);
  return Math.max(0, Math.min(wanted, chanceMax - coinChance));
};

const crashReturn = 0.96;
/** Effects weigh most upon a curve that is to go to its end. */
const crashEdge: Edge = {
  returns: crashReturn,
  profit: crashReturn * (1 - 100 / multiplierMax),
  loss: 1 - (crashReturn * 100) / multiplierMax,
};

/** The edge of what was played: exact, or where it depends on how the member plays, the one nearest to the most. */
export const edgeOf = (play: Play): Edge => {
  switch (play.game) {
    case 'slots': {
      // Whatever pays, pays more than its stake.
      const { total, hit } = slotsReturn();
      // A pot is taken to be as full as it can count: what others put in lifts nobody above the most there may be.
      const returns = play.pot === undefined ? total : potReturnMax();
      return { returns, profit: returns - hit, loss: 1 - hit };
    }
    case 'coinflip':
      return coinEdge(play.payout, coinChance + (play.boost ?? 0));
    case 'roulette': {
      const covered = parseWheelBet(play.on)?.numbers.length ?? 0;
      return {
        returns: (pockets - 1) / pockets,
        profit: (pockets - 1 - covered) / pockets,
        loss: 1 - covered / pockets,
      };
    }
    case 'blackjack':
      return blackjackEdge;
    case 'crash':
      return crashEdge;
    default:
      return unreachable(play);
  }
};

/** What effects would add, in ten-thousandths. */
export interface WantedEffects {
  readonly profit: number;
  readonly insurance: number;
  readonly chance: number;
  readonly hint: boolean;
}

/** The sum of effects. */
export const wantedEffects = (effects: readonly GameEffect[]): WantedEffects => {
  const sum = (term: (effect: GameEffect) => number | undefined): number =>
    effects.reduce((total, effect) => total + (term(effect) ?? 0), 0);
  return {
    profit: sum(({ profit }) => profit),
    insurance: Math.min(
      sum(({ insurance }) => insurance),
      shareUnits,
    ),
    chance: sum(({ chance }) => chance),
    hint: effects.some(({ hint }) => hint),
  };
};

/**
 * What is left of effects on profits and losses so that no more than `gearReturnMax` comes back on average: all of it,
 * or the same part of each, rounded down. Nothing where the game returns as much by itself.
 */
export const cutBack = (
  edge: Edge,
  { profit, insurance }: Pick<WantedEffects, 'profit' | 'insurance'>,
): { readonly profit: number; readonly insurance: number } => {
  const room = Math.max(0, gearReturnMax - edge.returns);
  const wanted = (profit * edge.profit + insurance * edge.loss) / shareUnits;
  if (wanted <= room) return { profit, insurance };
  const part = room / wanted;
  return { profit: Math.floor(profit * part), insurance: Math.floor(insurance * part) };
};

/** What comes back of a stake on average with effects, cut back as they are. */
export const gearedReturn = (edge: Edge, wanted: Pick<WantedEffects, 'profit' | 'insurance'>): number => {
  const { profit, insurance } = cutBack(edge, wanted);
  return edge.returns + (profit * edge.profit + insurance * edge.loss) / shareUnits;
};
