import type { Coins } from '../../../kernel/ids.ts';
import { noCoins, shareOf, shareUnits } from '../../../kernel/money.ts';
import type { Random } from '../../../kernel/random.ts';

export const sides = ['heads', 'tails'] as const;
export type Side = (typeof sides)[number];

/** A coin is flipped. */
export const flip = (random: Random): Side => (random.int(sides.length) === 0 ? 'heads' : 'tails');

/**
 * A coin is flipped for somebody whose chance is `boost` ten-thousandths above a half: where it fell on the other side,
 * a draw below 5,000 turns it if it is below the boost.
 */
export const flipBoosted = (
  random: Random,
  { side, boost = 0 }: { readonly side: Side; readonly boost?: number | undefined },
): Side => {
  const fallen = flip(random);
  return boost > 0 && fallen !== side && random.int(shareUnits / sides.length) < boost ? side : fallen;
};

/** What a bet on a side pays, stake and all. `payout` is in ten-thousandths of the stake; rounded down. */
export const coinflipPaid = (
  stake: Coins,
  bet: { readonly side: Side; readonly payout: number },
  fallen: Side,
): Coins => (bet.side === fallen ? shareOf(stake, bet.payout) : noCoins);

/** What comes back of a stake on average, before rounding: one of two sides pays. */
export const coinflipReturn = (payout: number): number => payout / shareUnits / sides.length;
