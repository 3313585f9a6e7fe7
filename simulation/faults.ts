import type { Chance } from './chance.ts';

/** Everything that can go wrong, with the probability it has, in the middle, each time it could. */
const usualRates = {
  'interaction dropped': 0.01,
  'interaction doubled': 0.03,
  'interaction reordered': 0.03,
  'interaction delayed': 0.02,
  'flood of one guild': 0.0002,
  'gateway outage': 0.0003,
  'member leaves': 0.004,
  'member comes back': 0.006,
  'bot sent away': 0.0004,
  'membership event lost': 0.05,
  'member lookup fails': 0.1,
  'process killed': 0.000_12,
  'power cut': 0.000_12,
  'crash during start': 0.01,
  'clean restart': 0.000_1,
  'journal EIO': 0.000_2,
  'journal ENOSPC': 0.000_2,
  'rows EIO': 0.01,
  'rows ENOSPC': 0.01,
  'slow sync': 0.003,
  'slow rows': 0.02,
  'clock put forward': 0.000_1,
  'clock put back': 0.000_1,
  'publication lost': 0.05,
  'publication doubled': 0.05,
  'publication reordered': 0.05,
  'effect refused': 0.1,
  'effect rate-limited': 0.1,
  'effect timed out': 0.1,
  'row version upgraded': 0.5,
  'guilds evicted': 0.01,
} as const;

/** What befalls a run, without being drawn for itself: it follows from what is. */
const consequences = [
  'unsynced bytes lost',
  'write torn',
  'bytes garbled',
  'names lost',
  'rows batch lost',
  'answered busy',
  'reply lost in a crash',
  'effect end lost in a crash',
  'journal failed',
  'interaction while down',
  'member erased',
  'server erased',
] as const;

export type Fault = keyof typeof usualRates;
export type Consequence = (typeof consequences)[number];

/** All faults, in a fixed order. */
export const faultNames = Object.keys(usualRates) as readonly Fault[];
const allNames: readonly (Fault | Consequence)[] = [...faultNames, ...consequences];

/** The faults of one run: each has a rate of its own, and some never happen in it. */
export interface Faults {
  /** Whether it happens now; counts it. `weight` is of how many times it could. */
  readonly fires: (fault: Fault, weight?: number) => boolean;
  /** Counts what followed. */
  readonly count: (what: Fault | Consequence, times?: number) => void;
  readonly counts: () => Readonly<Record<string, number>>;
  /** Nothing goes wrong any more. */
  readonly calm: () => void;
  readonly isCalm: () => boolean;
}

interface Odds {
  readonly fires: (weight: number) => boolean;
}

/** Draws not for each time that something could happen, but how many times it does not until it does. */
const oddsOf = (chance: Chance, rate: number): Odds => {
  const drawGap = (): number =>
    rate === 0 ? Number.POSITIVE_INFINITY : Math.log(1 - chance.next()) / Math.log(1 - rate);
  let left = drawGap();
  return {
    fires: (weight) => {
      left -= weight;
      if (left > 0) return false;
      left = drawGap();
      return true;
    },
  };
};

/**
 * Draws the rates of a run: half of the faults are in it, from a third to three times as often as usual. `off` are left
 * out, whatever was drawn, and leave all other draws as they are; `wanted` have the rates given.
 */
export const drawFaults = (
  chance: Chance,
  off: ReadonlySet<string>,
  wanted: Readonly<Partial<Record<Fault, number>>> = {},
): Faults => {
  const odds = new Map<Fault, Odds>();
  const counts = new Map<string, number>(allNames.map((name) => [name, 0]));
  let calm = false;
  for (const name of faultNames) {
    const own = chance.fork(name);
    const rate = own.happens(0.6) ? usualRates[name] * 3 ** own.between(-1, 1) : 0;
    odds.set(name, oddsOf(own, off.has(name) ? 0 : (wanted[name] ?? rate)));
  }
  const count = (name: string, times = 1): void => void counts.set(name, (counts.get(name) ?? 0) + times);
  return {
    fires: (fault, weight = 1) => {
      if (calm || odds.get(fault)?.fires(weight) !== true) return false;
      count(fault);
      return true;
    },
    count,
    counts: () => Object.fromEntries(counts),
    calm: () => {
      calm = true;
    },
    isCalm: () => calm,
  };
};
