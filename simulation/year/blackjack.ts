import { pips, worthOf } from '../../src/features/casino/blackjack/rules.ts';

type Move = 'H' | 'S' | 'D';

const between = (value: number, least: number, most: number): boolean => value >= least && value <= most;

const softMove = (total: number, dealer: number): Move => {
  if (total >= 19) return 'S';
  return total === 18 && between(dealer, 2, 8) ? 'S' : 'H';
};

const hardMove = (total: number, dealer: number): Move => {
  if (total >= 17) return 'S';
  if (total >= 13) return between(dealer, 2, 6) ? 'S' : 'H';
  if (total === 12) return between(dealer, 4, 6) ? 'S' : 'H';
  if (total === 11) return 'D';
  if (total === 10) return between(dealer, 2, 9) ? 'D' : 'H';
  return 'H';
};

/**
 * How somebody plays who knows the usual table for one deck and a dealer who stands on 17, without splitting. `dealer` is
 * the open card. Where there is no second card to double on any more, doubling becomes drawing.
 */
export const moveBy = (player: readonly number[], dealer: number): Move => {
  const { total, soft } = worthOf(player);
  const open = pips(dealer) === 1 ? 11 : pips(dealer);
  const move = soft ? softMove(total, open) : hardMove(total, open);
  return move === 'D' && player.length > 2 ? 'H' : move;
};
