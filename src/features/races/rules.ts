import type { Random } from '../../kernel/random.ts';
import {
  dropOutFirstTurn,
  dropOutLastTurn,
  dropOutOneIn,
  fields,
  figureMax,
  figureMin,
  places,
  ratCount,
  turnsMax,
} from './tuning.ts';

/** What a rat is like, each figure in hundredths: 40 to 100, and higher is better. */
export interface Rat {
  readonly speed: number;
  readonly stamina: number;
  readonly luck: number;
}

/** The rats of a race, numbered by their place in the list. */
export const drawRats = (random: Random): readonly Rat[] => {
  const figure = (): number => figureMin + random.int(figureMax - figureMin + 1);
  return Array.from({ length: ratCount }, () => ({ speed: figure(), stamina: figure(), luck: figure() }));
};

/** A turn is drawn in thousandths. */
export const turnUnits = 1_000;
/** How many of these let a rat stay: 0.20 × (1.4 − stamina). */
export const stayUnits = ({ stamina }: Rat): number => 2 * (140 - stamina);
/** How many let it take two steps: 0.20 + 0.30 × (speed − 0.4) / 0.6, which is speed / 2. */
export const twoUnits = ({ speed }: Rat): number => 5 * speed;
/** A rat that stays moves one step all the same by a chance of luck × 0.25, drawn in four-hundredths. */
export const luckUnits = 400;

/** The steps of a rat in one turn. */
export const stepsOf = (random: Random, rat: Rat): number => {
  const drawn = random.int(turnUnits);
  if (drawn < stayUnits(rat)) return random.int(luckUnits) < rat.luck ? 1 : 0;
  return drawn >= turnUnits - twoUnits(rat) ? 2 : 1;
};

/** A race from its start to its end. */
export interface Race {
  /** The field of each rat after each turn; one that is home stands on the last field. */
  readonly turns: readonly (readonly number[])[];
  /** Rats in the order they came home, and the turn in which each did. */
  readonly home: readonly { readonly rat: number; readonly turn: number }[];
  /** The rat that dropped out before it was home, and the turn from which it moves no more. */
  readonly dropOut: { readonly rat: number; readonly turn: number } | undefined;
}

/** The list in an order of which each is equally likely. */
const shuffled = <T>(random: Random, list: readonly T[]): readonly T[] => {
  const left = [...list];
  for (let place = left.length - 1; place > 0; place -= 1) {
    const other = random.int(place + 1);
    [left[place], left[other]] = [left[other] as T, left[place] as T];
  }
  return left;
};

/**
 * Runs a race. Who comes home in the same turn is placed by how far beyond the last field they came, and then by chance.
 * It is over with the turn in which the third comes home.
 */
export const runRace = (random: Random, rats: readonly Rat[]): Race => {
  const drops = random.int(dropOutOneIn) === 0;
  const drop = {
    rat: random.int(rats.length),
    turn: dropOutFirstTurn + random.int(dropOutLastTurn - dropOutFirstTurn + 1),
  };
  const turns: (readonly number[])[] = [];
  const home: { rat: number; turn: number }[] = [];
  let dropOut: Race['dropOut'];
  let at = rats.map(() => 0);
  for (let turn = 1; turn <= turnsMax && home.length < places; turn += 1) {
    const arrived: { rat: number; beyond: number }[] = [];
    const before = at;
    at = rats.map((rat, index) => {
      const field = before[index] as number;
      if (field >= fields) return field;
      if (drops && drop.rat === index && turn >= drop.turn) {
        dropOut = drop;
        return field;
      }
      const reached = field + stepsOf(random, rat);
      if (reached >= fields) arrived.push({ rat: index, beyond: reached - fields });
      return Math.min(reached, fields);
    });
    for (const { rat } of shuffled(random, arrived).toSorted((left, right) => right.beyond - left.beyond)) {
      home.push({ rat, turn });
    }
    turns.push(at);
  }
  return { turns, home, dropOut };
};

/** The place of a rat among those that are paid, from 0; `undefined` for the others. */
export const placeOf = ({ home }: Pick<Race, 'home'>, rat: number): number | undefined => {
  const place = home.findIndex((one) => one.rat === rat);
  return place >= 0 && place < places ? place : undefined;
};
