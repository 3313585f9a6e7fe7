import type { Coins } from '../../../kernel/ids.ts';
import { noCoins, shareOf, shareUnits } from '../../../kernel/money.ts';
import type { Random } from '../../../kernel/random.ts';

export const sides = ['heads', 'tails'] as const;
export type Side = (typeof sides)[number];

/** A coin is flipped. */
export const flip = (random: Random): Side => (random.int(sides.length) === 0 ? 'heads' : 'tails');

/** What a bet on a side pays, stake and all. `payout` is in ten-thousandths of the stake; rounded down. */
export const coinflipPaid = (
  stake: Coins,
  bet: { readonly side: Side; readonly payout: number },
  fallen: Side,
): Coins => (bet.side === fallen ? shareOf(stake, bet.payout) : noCoins);

/** What comes back of a stake on average, before rounding: one of two sides pays. */
export const coinflipReturn = (payout: number): number => payout / shareUnits / sides.length;
