import type { Coins, EpochMs } from '../../../kernel/ids.ts';
import { epochMs } from '../../../kernel/ids.ts';
import { coins, coinsMax } from '../../../kernel/money.ts';
import type { Random } from '../../../kernel/random.ts';

/** Multipliers are in hundredths: 1.00 to 100.00. */
export const multiplierMin = 100;
export const multiplierMax = 10_000;
/** The least multiplier that somebody can have paid by itself. */
export const targetMin = 101;

const drawn = 2 ** 48;
/** 0.96 of what a fair game would pay, in hundredths. */
const keptShare = 96n;

/** Where a curve ends: max(1.00, floor(100 × 0.96 / (1 − u)) / 100), at most 100.00, for u = draw / 2^48. */
export const crashPoint = (random: Random): number => {
  const left = BigInt(drawn - random.int(drawn));
  const point = (keptShare * BigInt(drawn)) / left;
  return Math.min(Math.max(Number(point), multiplierMin), multiplierMax);
};

/** The chance that the curve reaches a multiplier above 1.00: of 2^48 draws, those with 2^48 − draw ≤ 96 × 2^48 / it. */
export const reachChance = (multiplier: number): number =>
  Number((keptShare * BigInt(drawn)) / BigInt(multiplier)) / drawn;

/** The curve's growth: e^(0.0768 t) after t seconds, which is 100 at a minute. */
const growthPerMs = 0.0768 / 1000;

/** The multiplier after a time, rounded down. */
export const multiplierAt = (elapsedMs: number): number =>
  Math.min(Math.max(Math.floor(100 * Math.exp(growthPerMs * elapsedMs)), multiplierMin), multiplierMax);

/** When a curve that began at a time first shows a multiplier. */
export const reachedAt = (startedAt: EpochMs, multiplier: number): EpochMs =>
  epochMs(startedAt + Math.ceil(Math.log(multiplier / 100) / growthPerMs));

/** What a stake pays at a multiplier, rounded down; at most what an account can hold. */
export const crashPaid = (stake: Coins, multiplier: number): Coins =>
  coins(Math.min(Number((BigInt(stake) * BigInt(multiplier)) / 100n), coinsMax));
