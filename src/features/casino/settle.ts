import { assert } from '../../kernel/assert.ts';
import type { Mutation } from '../../kernel/context.ts';
import type { Coins, MemberId } from '../../kernel/ids.ts';
import { coins, coinsMax, noCoins } from '../../kernel/money.ts';
import { book, type FundsSplit, give, moneyOf, serveIncome, takeFunds } from '../wallet/api.ts';
import { countBet } from './counting.ts';
import { entries } from './entries.ts';
import { payExtra } from './extra.ts';
import { keepRound, type Play } from './fairness/rounds.ts';
import type { Ticket } from './fairness/seeds.ts';
import { announce, isBig } from './feed.ts';
import { share } from './jackpots/share.ts';
import { type RoundEnd, roundEnded } from './points.ts';
import { movePot } from './slots/pot.ts';
import type { Game } from './tuning.ts';

/** A round that is over, and what its stake came to. */
export interface Settled {
  readonly by: MemberId;
  readonly game: Game;
  /** Its number, by which it can be verified; none where it is a round of several. */
  readonly round?: number;
  readonly stake: Coins;
  readonly paid: Coins;
  /** What the member's things added. */
  readonly extra: Coins;
  /** What of the profit went to debts. */
  readonly debtPaid: Coins;
  /** What was won beyond what an account can hold, and is not paid. */
  readonly unpaid: number;
  readonly wallet: Coins;
  readonly bank: Coins;
}

/** What is to be settled. */
export interface Result {
  readonly play: Play;
  /** Its place in the member's seed; none where the round is drawn from a seed of its own, for several members. */
  readonly ticket?: Ticket;
  readonly stake: Coins;
  readonly paid: Coins;
  /** What of `paid` the slots' pot pays, where the server has one: it is fed by every spin. */
  readonly pot?: Coins;
  /** The stake where it is taken, and the bet noted, only now; without it, both were done before. */
  readonly split?: FundsSplit;
}

/**
 * Pays a round out, counts and keeps it. What it brings above its stake is an income and serves debts first. It never
 * refuses: a deadline must settle, so that what a wallet cannot hold is left unpaid.
 */
export const settle = (m: Mutation, by: MemberId, { play, ticket, stake, paid: won, pot, split }: Result): Settled => {
  const { game } = play;
  const room = coinsMax - moneyOf(m, by).wallet + (split?.fromWallet ?? 0);
  const paid = coins(Math.min(won, room));
  const entry = entries[game].payout;
  const taken = split ? takeFunds(by, split, { entry: entries[game].stake }) : [];
  const { booking, debtPaid } = serveIncome(m, by, { coins: coins(Math.max(0, paid - stake)), entry });
  const returned = coins(Math.min(paid, stake));
  const own = returned > 0 ? [give(by, 'wallet', returned, { entry })] : [];
  // What a wallet has no room for stays in the pot.
  const moved = pot === undefined ? undefined : movePot(m, stake, coins(Math.max(0, pot - (won - paid))));
  const { out = noCoins, made = noCoins, vaults = [] } = moved ?? {};
  const refused = book(m, {
    postings: [...taken, ...booking.postings, ...own],
    vaults,
    minted: coins(paid - out + made),
    burned: coins(booking.burned + (split ? stake : noCoins)),
  });
  assert(refused === undefined, 'what is paid has room');
  const extra = payExtra(m, by, { play, stake, paid });
  countBet(m, by, game, { stake, paid, extra, isMadeNow: split !== undefined });
  if (ticket) keepRound(m, by, { nonce: ticket.nonce, seed: ticket.seed, at: m.now, stake, paid, play });
  announce(m, { by, game, stake, paid });
  share(m, { game, stake, paid }, isBig(m, { stake, paid }));
  const boost = play.game === 'coinflip' ? (play.boost ?? 0) : 0;
  m.emit(roundEnded, { member: by, game, result: resultOf(stake, paid), extra, boost });
  const { wallet, bank } = moneyOf(m, by);
  const result = { by, game, stake, paid, extra, debtPaid, unpaid: won - paid, wallet, bank };
  return ticket ? { ...result, round: ticket.nonce } : result;
};

const resultOf = (stake: Coins, paid: Coins): RoundEnd['result'] => {
  if (paid === stake) return 'pushed';
  return paid > stake ? 'won' : 'lost';
};
