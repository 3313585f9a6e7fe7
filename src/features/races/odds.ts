// The chances of each place for each rat, exactly: rats move independently of each other, so each is a Markov chain of
// its own over the fields, and places follow from when each comes home.
import { luckUnits, type Rat, stayUnits, turnUnits, twoUnits } from './rules.ts';
import {
  dropOutFirstTurn,
  dropOutLastTurn,
  dropOutOneIn,
  factorUnits,
  fields,
  payPattern,
  places,
  returned,
  turnsMax,
} from './tuning.ts';

/**
 * Moments of coming home, in their order: two to a turn, since a rat that came beyond the last field stands before one
 * that just came to it.
 */
const moments = turnsMax * 2;

/** The chances that a rat comes home at each moment, if it does not drop out; they sum to all but nothing. */
export const homeChances = (rat: Rat): Float64Array => {
  const two = twoUnits(rat) / turnUnits;
  const stay = (stayUnits(rat) / turnUnits) * (1 - rat.luck / luckUnits);
  const one = 1 - two - stay;
  const chances = new Float64Array(moments);
  let at = new Float64Array(fields);
  at[0] = 1;
  for (let turn = 0; turn < turnsMax; turn += 1) {
    const next = new Float64Array(fields);
    for (let field = 0; field < fields; field += 1) {
      const here = at[field] as number;
      next[field] = (next[field] as number) + here * stay;
      if (field + 1 < fields) next[field + 1] = (next[field + 1] as number) + here * one;
      if (field + 2 < fields) next[field + 2] = (next[field + 2] as number) + here * two;
    }
    const last = at[fields - 1] as number;
    chances[2 * turn] = last * two;
    chances[2 * turn + 1] = last * one + (at[fields - 2] as number) * two;
    at = next;
  }
  return chances;
};

/** Turns of which one is the first that a rat which drops out does not run. */
const dropOutTurns = dropOutLastTurn - dropOutFirstTurn + 1;

/** The same chances for a rat that is to drop out, in one turn or another: what comes before that turn still counts. */
const droppingChances = (chances: Float64Array): Float64Array =>
  chances.map((chance, moment) => {
    const turn = Math.floor(moment / 2) + 1;
    const later = Math.min(Math.max(dropOutLastTurn - turn, 0), dropOutTurns);
    return (chance * later) / dropOutTurns;
  });

/** For each moment, the chance of having come home before it. */
const sumsBefore = (chances: Float64Array): Float64Array => {
  const sums = new Float64Array(chances.length);
  for (let moment = 1; moment < chances.length; moment += 1) {
    sums[moment] = (sums[moment - 1] as number) + (chances[moment - 1] as number);
  }
  return sums;
};

interface Times {
  /** Of coming home at each moment, and before it. */
  readonly at: Float64Array;
  readonly before: Float64Array;
}

const timesOf = (at: Float64Array): Times => ({ at, before: sumsBefore(at) });

/** Moments that are less likely are left out. */
const negligible = 1e-16;

// How the other rats stand to one that comes home at a moment: how many came before (from 3 on it is not paid), how many
// come at the same moment, and whether one of them is the rat that drops out.
const sames = 6;
const standings = places * sames;
const cellOf = (earlier: number, same: number): number => earlier * sames + same;

/** What a cell comes to by one more rat, by its chances of having been before and of coming at the same moment. */
const withRat = (from: Float64Array, early: number, level: number, { before, at }: Times, moment: number): number => {
  const earlier = before[moment] as number;
  const same = at[moment] as number;
  const cell = cellOf(early, level);
  return (
    (from[cell] as number) * (1 - earlier - same) +
    (early > 0 ? (from[cell - sames] as number) * earlier : 0) +
    (level > 0 ? (from[cell - 1] as number) * same : 0)
  );
};

/** The chance of a place, with ties drawn: so many places are shared alike by those who come at the same moment. */
const chanceOfPlace = (standing: Float64Array, place: number): number => {
  let chance = 0;
  for (let early = 0; early <= place; early += 1) {
    for (let level = place - early; level < sames; level += 1) {
      chance += (standing[cellOf(early, level)] as number) / (level + 1);
    }
  }
  return chance;
};

/** For each rat the chances of the places that are paid, the first place first. */
export const placeChances = (rats: readonly Rat[]): readonly (readonly number[])[] => {
  const running = rats.map((rat) => timesOf(homeChances(rat)));
  const dropping = running.map(({ at }) => timesOf(droppingChances(at)));
  const oneDrops = 1 / dropOutOneIn / rats.length;
  const noneDrops = 1 - 1 / dropOutOneIn;
  const standing = { all: new Float64Array(standings), oneDropped: new Float64Array(standings) };
  return rats.map((_, rat) => {
    const own = running[rat] as Times;
    const ownDropping = dropping[rat] as Times;
    const chances: number[] = Array.from({ length: places }, () => 0);
    for (let moment = 0; moment < moments; moment += 1) {
      const here = own.at[moment] as number;
      if (here < negligible) continue;
      stand(standing, running, dropping, rat, moment);
      for (let place = 0; place < places; place += 1) {
        const whole = chanceOfPlace(standing.all, place);
        chances[place] =
          (chances[place] as number) +
          here * (noneDrops * whole + oneDrops * chanceOfPlace(standing.oneDropped, place)) +
          (ownDropping.at[moment] as number) * oneDrops * whole;
      }
    }
    return chances;
  });
};

interface Standings {
  /** Where none of the others drops out. */
  readonly all: Float64Array;
  /** Summed over each of the others dropping out. */
  readonly oneDropped: Float64Array;
}

/** Reckons how all others stand to a rat at a moment, in place: each cell needs its lower neighbours as they were. */
const stand = (
  { all, oneDropped }: Standings,
  running: readonly Times[],
  dropping: readonly Times[],
  rat: number,
  moment: number,
): void => {
  all.fill(0);
  oneDropped.fill(0);
  all[0] = 1;
  for (let other = 0; other < running.length; other += 1) {
    if (other === rat) continue;
    const run = running[other] as Times;
    const drop = dropping[other] as Times;
    for (let early = places - 1; early >= 0; early -= 1) {
      for (let level = sames - 1; level >= 0; level -= 1) {
        const cell = cellOf(early, level);
        oneDropped[cell] = withRat(oneDropped, early, level, run, moment) + withRat(all, early, level, drop, moment);
        all[cell] = withRat(all, early, level, run, moment);
      }
    }
  }
};

/** What each place pays on a rat, in thousandths of the stake; 0 for a place that pays nothing. */
export type Factors = readonly [number, number, number];

/**
 * The factors by which a rat with these chances returns 95 %, in the proportion 5 : 2 : 1.5, rounded down. Where one of
 * them would be below the stake, the rat is bet on to win and for nothing else.
 */
export const factorsOf = (chances: readonly number[]): Factors => {
  const weighed = payPattern.reduce((sum, pays, place) => sum + pays * (chances[place] as number), 0);
  const [win, second, third] = payPattern.map((pays) => Math.floor((pays * returned) / weighed)) as unknown as Factors;
  if (third >= factorUnits) return [win, second, third];
  return [Math.floor(returned / (chances[0] as number)), 0, 0];
};

/** The factors of each rat of a race. */
export const oddsOf = (rats: readonly Rat[]): readonly Factors[] => placeChances(rats).map(factorsOf);
