import type { Coins, EpochMs } from '../../kernel/ids.ts';
import { addCoins, coins, leastCoins, noCoins, shareOf, shareUnits } from '../../kernel/money.ts';
import type { Random } from '../../kernel/random.ts';
import {
  interestBankMin,
  robChanceMax,
  robChanceMin,
  robCoinsMin,
  robPointsMax,
  streakBonusMax,
  streakGraceDays,
  streakStep,
} from './tuning.ts';

const dayMs = 24 * 60 * 60_000;

/** The UTC day of a time, as `2026-08-01`. Days compare as text. */
export const utcDay = (at: EpochMs): string => new Date(at).toISOString().slice(0, 10);

/** When the next UTC day begins. */
export const nextUtcDay = (at: EpochMs): EpochMs => ((Math.floor(at / dayMs) + 1) * dayMs) as EpochMs;

/** Days from one date to another; negative where the other is before. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayMs);

/** The streak after a claim on `day`, given the last claim's day and streak: 1 for a first or a late one. */
export const streakAfter = (
  last: { readonly day: string | undefined; readonly streak: number },
  day: string,
): number => {
  if (last.day === undefined) return 1;
  const missedDays = daysBetween(last.day, day) - 1;
  return missedDays <= streakGraceDays ? last.streak + 1 : 1;
};

/** What a bank's interest is reckoned by: a share in ten-thousandths, and the most it brings a day, 0 for no limit. */
export interface InterestFigures {
  readonly rate: number;
  readonly dailyMax: number;
}

/**
 * What a bank brings in so many days, one step a day upon what the step before left. A step is rounded down; one that
 * would pass the ceiling, and those after it, bring nothing.
 */
export const interestOver = (bank: Coins, days: number, { rate, dailyMax }: InterestFigures): Coins => {
  let balance = bank;
  for (let day = 0; day < days; day += 1) {
    const step = balance < interestBankMin ? noCoins : shareOf(balance, rate);
    const sum = addCoins(balance, dailyMax === 0 ? step : leastCoins(step, coins(dailyMax)));
    if (sum === undefined) break;
    balance = sum;
  }
  return coins(balance - bank);
};

/**
 * What a fortune loses in one run: a share, in ten-thousandths, of what lies above `free`, rounded down. Exact also
 * where wallet and bank together are more than one account may hold.
 */
export const decayOf = (
  wallet: Coins,
  bank: Coins,
  { rate, free }: { readonly rate: number; readonly free: number },
): Coins => {
  const above = BigInt(wallet) + BigInt(bank) - BigInt(free);
  return above <= 0n ? noCoins : coins(Number((above * BigInt(rate)) / BigInt(shareUnits)));
};

/** What a streak adds to the daily amount, in ten-thousandths: nothing on its first day. */
export const streakBonus = (streak: number): number => Math.min((streak - 1) * streakStep, streakBonusMax);

/** The figures a robbery is decided by: shares in ten-thousandths. */
export interface RobFigures {
  readonly success: number;
  readonly maxSteal: number;
  readonly fine: number;
}

/**
 * The chance of a robbery with what bears upon it, in ten-thousandths: what helps adds 50 points at most, and all in all
 * it stays between 5 and 80 %.
 */
export const robChance = (success: number, all: readonly { readonly points: number }[]): number => {
  const helping = all.reduce((sum, { points }) => sum + Math.max(points, 0), 0);
  const hindering = all.reduce((sum, { points }) => sum + Math.min(points, 0), 0);
  return Math.max(robChanceMin, Math.min(success + Math.min(helping, robPointsMax) + hindering, robChanceMax));
};

/** How much a successful robbery of a wallet takes: any whole number from `least` to `most`, each equally likely. */
export const robSpan = (wallet: Coins, figures: RobFigures): { readonly least: Coins; readonly most: Coins } => {
  const most = Math.max(1, shareOf(wallet, figures.maxSteal));
  return { least: coins(Math.min(robCoinsMin, most)), most: coins(most) };
};

/** What a failed robbery of a wallet costs. */
export const robFineOf = (wallet: Coins, figures: RobFigures): Coins => shareOf(wallet, figures.fine);

/** How an attempt went, and the coins stolen or to be paid as a fine. */
export interface RobResult {
  readonly succeeded: boolean;
  readonly coins: Coins;
}

/** Draws an attempt on a wallet. */
export const attemptRob = (random: Random, wallet: Coins, figures: RobFigures): RobResult => {
  if (random.int(shareUnits) >= figures.success) return { succeeded: false, coins: robFineOf(wallet, figures) };
  const { least, most } = robSpan(wallet, figures);
  return { succeeded: true, coins: coins(least + random.int(most - least + 1)) };
};

/** What an attempt on a wallet brings on average, in coins; negative where the fine outweighs the loot. */
export const robAverage = (wallet: Coins, figures: RobFigures): number => {
  const { least, most } = robSpan(wallet, figures);
  const won = (figures.success * (least + most)) / 2;
  return (won - (shareUnits - figures.success) * robFineOf(wallet, figures)) / shareUnits;
};
