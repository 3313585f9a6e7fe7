import { assert } from '../../kernel/assert.ts';
import type { Coins } from '../../kernel/ids.ts';
import { coins, leastCoins, shareOf, shareUnits } from '../../kernel/money.ts';
import type { Random } from '../../kernel/random.ts';
import { amountMin, full, phases, shareUnnamed } from './tuning.ts';

// Source of every figure here: the specification of the economy pack, sections 2.12 and 2.13.

/** What members' things come to, by trait of the items, in ten-thousandths. */
export type Gear = Readonly<Record<string, number>>;

const valueOf = (gear: Gear, trait: string): number => gear[trait] ?? 0;
/** floor(scale × trait). */
const scaled = (gear: Gear, trait: string, scale: number): number =>
  Math.floor((scale * valueOf(gear, trait)) / shareUnits);

export const approaches = ['stealth', 'fast', 'tech'] as const;
export type Approach = (typeof approaches)[number];

export const roles = ['leader', 'hacker', 'muscle', 'driver', 'scout'] as const;
export type Role = (typeof roles)[number];

export const taskKinds = ['arithmetic', 'sum', 'lock', 'reaction', 'pattern'] as const;
export type TaskKind = (typeof taskKinds)[number];

/** What each role does, and the trait that makes it better at it; nothing helps who leads. */
export const roleTasks: Readonly<Record<Role, { readonly kind: TaskKind; readonly trait?: string }>> = {
  leader: { kind: 'arithmetic' },
  hacker: { kind: 'sum', trait: 'security' },
  muscle: { kind: 'lock', trait: 'speed' },
  driver: { kind: 'reaction', trait: 'escape' },
  scout: { kind: 'pattern', trait: 'stealth' },
};

/**
 * What a heist is for: half the treasury where nothing is named, and never more than the server's most share of it.
 * `undefined` where that comes to less than the least.
 */
export const amountOf = (named: number, treasury: Coins, most: Coins): Coins | undefined => {
  const wanted = named === 0 ? shareOf(treasury, shareUnnamed) : coins(named);
  const amount = leastCoins(wanted, most);
  return amount < amountMin ? undefined : amount;
};

/** How hard a heist is, in ten-thousandths: 30 % and 0.6 of the share, at most 90 %, less what gear takes off, at least 15 %. */
export const difficultyOf = (amount: Coins, treasury: Coins, gear: Gear): number => {
  assert(treasury > 0, 'there is something to take');
  const share = Number((BigInt(amount) * BigInt(shareUnits)) / BigInt(treasury));
  const base = Math.min(9_000, 3_000 + Math.floor((6 * share) / 10));
  return Math.max(1_500, base - Math.floor(valueOf(gear, 'stealth') / 2) - scaled(gear, 'security', 3_000));
};

export const difficultyClass = (difficulty: number): 'easy' | 'medium' | 'hard' => {
  if (difficulty < 4_000) return 'easy';
  return difficulty < 7_000 ? 'medium' : 'hard';
};

/** What a team's things come to: 0.6 of all members', but at most 1.5 of the best single one. */
export const teamGear = (members: readonly { readonly sum: Gear; readonly best: Gear }[]): Gear => {
  const traits = new Set(members.flatMap(({ sum }) => Object.keys(sum)));
  return Object.fromEntries(
    [...traits].map((trait) => {
      const sum = members.reduce((all, one) => all + valueOf(one.sum, trait), 0);
      const best = Math.max(...members.map((one) => valueOf(one.best, trait)));
      return [trait, Math.min(Math.floor((sum * 6) / 10), Math.floor((best * 3) / 2))];
    }),
  );
};

/** A span of whole numbers, both ends taken. */
export interface Span {
  readonly least: number;
  readonly most: number;
}

/** What a task that was done adds. */
export interface Gain {
  readonly noise: Span;
  readonly progress: Span;
}

const span = (least: number, most: number, more = 0): Span => ({
  least: Math.max(0, least + more),
  most: Math.max(0, most + more),
});

/** Potions add to the progress of each task. */
const hastened = ({ least, most }: Span, gear: Gear): Span => ({
  least: least + scaled(gear, 'progress', least),
  most: most + scaled(gear, 'progress', most),
});

/** What a task adds that somebody does alone. */
export const soloGain = (approach: Approach, gear: Gear): Gain => {
  const spans: Readonly<Record<Approach, Gain>> = {
    stealth: {
      noise: span(5, 15, 0 - scaled(gear, 'stealth', 20)),
      progress: span(15, 25, scaled(gear, 'speed', 10)),
    },
    fast: { noise: span(20, 35, 0 - scaled(gear, 'noise', 15)), progress: span(30, 45, scaled(gear, 'speed', 20)) },
    tech: {
      noise: span(10, 20, 0 - scaled(gear, 'security', 25)),
      progress: span(20, 35, scaled(gear, 'security', 30)),
    },
  };
  const { noise, progress } = spans[approach];
  return { noise, progress: hastened(progress, gear) };
};

/** What a task adds that a member of a team does: progress is their own, noise the team's. */
export const teamGain = (role: Role, own: Gear, team: Gear): Gain => {
  const { trait } = roleTasks[role];
  const bonus = trait === undefined ? 0 : valueOf(own, trait) + Math.floor((3 * valueOf(team, trait)) / 10);
  return {
    noise: span(5, 15, 0 - scaled(own, 'stealth', 20)),
    progress: hastened(span(25, 40, Math.floor((50 * bonus) / shareUnits)), own),
  };
};

/** Draws from a span, each number equally likely. */
export const drawSpan = ({ least, most }: Span, random: Random): number => least + random.int(most - least + 1);

const watchfulness: Readonly<Record<Approach, number>> = { stealth: 39, fast: 70, tech: 54 };
const watchUnits = 1_000;
const unseenMax = 6_000;

/** The share of looks that gear turns away, in ten-thousandths, at most 60 %. Phases are counted from 0. */
export const unseenShare = (gear: Gear, approach: Approach, phase: number): number => {
  const always = Math.floor(valueOf(gear, 'stealth') / 2) + valueOf(gear, 'detection') + valueOf(gear, 'evasion');
  const inVault = phase === 1 ? Math.floor(valueOf(gear, 'security') / 2) : 0;
  const escaping = phase === phases - 1 ? valueOf(gear, 'escape') : 0;
  const technical = approach === 'tech' ? valueOf(gear, 'tech') : 0;
  return Math.min(unseenMax, always + inVault + escaping + technical);
};

/** How many draws of `seenDraws` mean that somebody alone is seen after a task. */
export const seenDraws = full * watchUnits * shareUnits * shareUnits;
export const seenBelow = (step: {
  readonly approach: Approach;
  readonly phase: number;
  readonly noise: number;
  readonly gear: Gear;
  readonly difficulty: number;
}): number => {
  const { approach, phase, noise, gear, difficulty } = step;
  const seen = shareUnits - unseenShare(gear, approach, phase);
  return Math.min(noise, full) * watchfulness[approach] * seen * (shareUnits / 2 + difficulty);
};

/** Which digits of a guess are right in place. */
export const rightPlaces = (code: string, guess: string): readonly boolean[] =>
  Array.from(code, (digit, place) => guess[place] === digit);
