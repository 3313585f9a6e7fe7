import { assert } from '../../kernel/assert.ts';
import type { Mutation } from '../../kernel/context.ts';
import type { Coins, MemberId } from '../../kernel/ids.ts';
import { coins, coinsMax, leastCoins, noCoins, shareOf } from '../../kernel/money.ts';
import { addCounters, countBet, countToday, raceBonus } from '../casino/api.ts';
import { book, give, moneyOf, serveIncome } from '../wallet/api.ts';
import { entries } from './entries.ts';
import { placeOf, type Race } from './rules.ts';
import { type Bet, bettors, type RaceRow } from './state.ts';
import { bonusShareMax, factorUnits } from './tuning.ts';

/** What a stake pays by a factor in thousandths, rounded down; at most what an account can hold. */
export const paidBy = (stake: Coins, factor: number): Coins =>
  coins(Math.min(Number((BigInt(stake) * BigInt(factor)) / BigInt(factorUnits)), coinsMax));

/** What was counted here before the casino counted races moves there. Whether a stake came back was not noted then. */
const moveOldCount = (m: Mutation, member: MemberId): void => {
  const old = m.find(bettors, [member]);
  if (old === undefined) return;
  const { raced, won, staked, paid } = old;
  m.remove(bettors, [member]);
  addCounters(m, member, 'ratrace', { played: raced, won, lost: raced - won, pushed: 0, staked, paid, biggestWin: 0 });
};

/**
 * Pays a bet whose race is over. What it brings above its stake is an income and serves debts first. It never refuses, as
 * the race must end: what a wallet has no room for is not paid.
 */
const payBet = (m: Mutation, bet: Bet, factor: number): Coins => {
  const { member, stake } = bet;
  const won = paidBy(stake, factor);
  const wanted = m.extensions(raceBonus, { member }).reduce((sum, share) => sum + share, 0);
  const profit = coins(Math.max(0, won - stake));
  const bonus = shareOf(profit, Math.max(0, Math.min(wanted, bonusShareMax)));
  const room = coins(coinsMax - moneyOf(m, member).wallet);
  const paid = leastCoins(coins(Math.min(won + bonus, coinsMax)), room);
  const { booking } = serveIncome(m, member, { coins: coins(Math.max(0, paid - stake)), entry: entries.payout });
  const returned = leastCoins(paid, stake);
  const own = returned > 0 ? [give(member, 'wallet', returned, { entry: entries.payout })] : [];
  const refused = book(m, { postings: [...booking.postings, ...own], burned: booking.burned, minted: paid });
  assert(refused === undefined, 'what is paid has room');
  moveOldCount(m, member);
  countBet(m, member, 'ratrace', { stake, paid, extra: 0 });
  return paid;
};

/** Pays every bet of a race, and gives them with what they came to. */
export const payBets = (m: Mutation, { bets, factors }: RaceRow, race: Race): readonly Bet[] =>
  bets.map((bet) => {
    const place = placeOf(race, bet.rat);
    const factor = place === undefined ? 0 : (factors[bet.rat]?.[place] ?? 0);
    return { ...bet, paid: payBet(m, bet, factor) };
  });

/** Gives every stake back: to the wallet, and to the bank what has no room there. */
export const refundBets = (m: Mutation, { bets }: RaceRow): readonly Bet[] =>
  bets.map((bet) => {
    const { member, stake } = bet;
    const { wallet, bank } = moneyOf(m, member);
    const toWallet = leastCoins(stake, coins(coinsMax - wallet));
    const toBank = leastCoins(coins(stake - toWallet), coins(coinsMax - bank));
    const as = { entry: entries.refund };
    const postings = [
      ...(toWallet > 0 ? [give(member, 'wallet', toWallet, as)] : []),
      ...(toBank > 0 ? [give(member, 'bank', toBank, as)] : []),
    ];
    const paid = coins(toWallet + toBank);
    const refused = book(m, { postings, minted: paid > 0 ? paid : noCoins });
    assert(refused === undefined, 'what comes back has room');
    countToday(m, member, paid);
    return { ...bet, paid };
  });
