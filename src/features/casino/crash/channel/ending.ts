import { assert } from '../../../../kernel/assert.ts';
import type { Mutation } from '../../../../kernel/context.ts';
import { coins, coinsMax, leastCoins, noCoins } from '../../../../kernel/money.ts';
import { book, give, moneyOf } from '../../../wallet/api.ts';
import { crashRefund } from '../../entries.ts';
import { countToday } from '../../limits.ts';
import { type Settled, settle } from '../../settle.ts';
import { crashPaid } from '../rules.ts';
import { type ChannelBet, crashSeats } from './state.ts';

/** Ends a bet that is in: paid at a multiplier, or not at all where that is 0. */
export const endBet = (
  m: Mutation,
  bet: ChannelBet,
  at: number,
): { readonly bet: ChannelBet; readonly settled: Settled } => {
  const { member, stake } = bet;
  m.remove(crashSeats, [member]);
  const paid = at > 0 ? crashPaid(stake, at) : noCoins;
  const settled = settle(m, member, { play: { game: 'crash', at }, stake, paid });
  return { bet: { ...bet, end: { at, paid: settled.paid } }, settled };
};

/** Gives a stake back: to the wallet, and to the bank what has no room there. It counts as no bet. */
export const refundBet = (m: Mutation, bet: ChannelBet): ChannelBet => {
  const { member, stake } = bet;
  m.remove(crashSeats, [member]);
  const { wallet, bank } = moneyOf(m, member);
  const toWallet = leastCoins(stake, coins(coinsMax - wallet));
  const toBank = leastCoins(coins(stake - toWallet), coins(coinsMax - bank));
  const as = { entry: crashRefund };
  const postings = [
    ...(toWallet > 0 ? [give(member, 'wallet', toWallet, as)] : []),
    ...(toBank > 0 ? [give(member, 'bank', toBank, as)] : []),
  ];
  const paid = coins(toWallet + toBank);
  const refused = book(m, { postings, minted: paid });
  assert(refused === undefined, 'what comes back has room');
  countToday(m, member, paid);
  return { ...bet, end: { at: 0, paid } };
};
