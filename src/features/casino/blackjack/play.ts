import { z } from 'zod';
import type { Amount } from '../../../kernel/amount.ts';
import type { Mutation } from '../../../kernel/context.ts';
import { type Coins, type EpochMs, epochMs, type MemberId } from '../../../kernel/ids.ts';
import { coins, noCoins } from '../../../kernel/money.ts';
import { task } from '../../../kernel/operation.ts';
import { done, type Outcome, refuse } from '../../../kernel/outcome.ts';
import { memberSchema } from '../../../kernel/schemas.ts';
import { relativeTime } from '../../wallet/api.ts';
import { burnStake, type FirstSeeds, fundsFor, isOpened, makeBet, openBet } from '../bet.ts';
import { wantedEffects } from '../edge.ts';
import { type Round, roundOf } from '../fairness/rounds.ts';
import { roundDraws } from '../fairness/seeds.ts';
import { countToday, refuseStake } from '../limits.ts';
import { gameEffects } from '../points.ts';
import { type Settled, settle } from '../settle.ts';
import { handIdleMs } from '../tuning.ts';
import {
  type Card,
  canDouble,
  canSplit,
  type Hand,
  type Hint,
  hintOf,
  insuranceOf,
  type Move,
  playHand,
  roundPaid,
  showsAce,
  shuffle,
  stakedOn,
} from './rules.ts';
import { hands, type OpenHand } from './state.ts';

/** A hand that waits for its player. */
export interface Dealt {
  readonly kind: 'dealt';
  readonly by: MemberId;
  readonly round: number;
  readonly stake: number;
  readonly hand: Hand;
  /** Of what kind the hidden card is, for who is told. */
  readonly hint: Hint | undefined;
  readonly step: number;
  readonly mayInsure: boolean;
  readonly deadline: EpochMs;
}
/** A hand that is over. */
export interface Ended {
  readonly kind: 'ended';
  readonly hand: Hand;
  readonly bet: number;
  readonly settled: Settled;
}
/** A press that came when the hand was over already: what it came to. */
export interface Past {
  readonly kind: 'past';
  readonly by: MemberId;
  readonly round: Pick<Round, 'nonce' | 'stake' | 'paid'> | undefined;
}
/** The member has their first seeds and no hand yet. */
export interface First {
  readonly kind: 'first';
  readonly first: FirstSeeds;
  readonly bet: number;
}

type Deck = readonly Card[];

/** The deck of a hand, shuffled anew: an operation does it once and hands it on. */
const deckOf = (m: Mutation, by: MemberId, { seed, nonce }: OpenHand): Deck =>
  shuffle(roundDraws(m, by, 'blackjack', { seed, nonce }));

/** Whether a hand may be insured: before its first move, below an ace, by who is not told of the card in question. */
const canInsure = ({ moves, stake, hinted }: OpenHand, { dealer }: Hand): boolean =>
  moves.length === 0 && hinted === undefined && showsAce(dealer) && insuranceOf(coins(stake)) > 0;

/** Keeps a hand that goes on until its new deadline, or pays it out. */
const carryOn = (m: Mutation, by: MemberId, open: OpenHand, deck: Deck): Dealt | Ended => {
  const hand = playHand(deck, open.moves);
  if (hand.result === undefined) {
    const deadline = epochMs(m.now + handIdleMs);
    m.put(hands, [by], { ...open, deadline });
    m.wake(standIdle, by, deadline, { by, nonce: open.nonce });
    const { nonce, stake, moves, hinted } = open;
    const hint = hinted ? hintOf(hand.dealer[0] as Card) : undefined;
    return {
      kind: 'dealt',
      by,
      round: nonce,
      stake,
      hand,
      hint,
      step: moves.length,
      mayInsure: canInsure(open, hand),
      deadline,
    };
  }
  m.remove(hands, [by]);
  m.cancel(standIdle, by);
  const { seed, nonce, moves, hinted } = open;
  const bet = coins(open.stake);
  const settled = settle(m, by, {
    play: { game: 'blackjack', moves, ...(hinted && { hinted }) },
    ticket: { seed, nonce },
    stake: stakedOn(bet, hand),
    paid: roundPaid(bet, hand, { hinted }),
  });
  return { kind: 'ended', hand, bet, settled };
};

const stood = (open: OpenHand): OpenHand => ({ ...open, moves: [...open.moves, 'S'] });

const stand = (m: Mutation, by: MemberId, open: OpenHand, deck = deckOf(m, by, open)): Dealt | Ended =>
  carryOn(m, by, stood(open), deck);

/** At its deadline a hand stands and is paid out. Whoever presses its buttons later is told what it came to. */
export const standIdle = task({
  name: 'casino.blackjack.idle',
  version: 1,
  input: z.strictObject({ by: memberSchema, nonce: z.int().nonnegative() }),
  run: (m, { by, nonce }) => {
    const open = m.find(hands, [by]);
    if (open?.nonce === nonce) stand(m, by, open);
    return done();
  },
});

/** Deals a hand to the member who acts. Naturals are paid out at once. */
export const deal = (m: Mutation, amount: Amount): Outcome<Dealt | Ended | First> => {
  const { member } = m.actor;
  const before = m.find(hands, [member]);
  if (before && m.now < before.deadline) {
    return refuse('economy.casino.blackjack.open', { at: relativeTime(before.deadline) });
  }
  // Its deadline has passed and its timer has not fallen yet.
  if (before) stand(m, member, before);
  const opened = openBet(m, 'blackjack', amount);
  if (!isOpened(opened)) return opened;
  if (opened.kind === 'first') return done<Dealt | Ended | First>({ kind: 'first', first: opened, bet: opened.stake });
  const { stake, split, ticket, random } = opened;
  const refused = makeBet(m, 'blackjack', stake, split);
  if (refused) return refused;
  const { hint } = wantedEffects(m.extensions(gameEffects, { member, game: 'blackjack' }).flat());
  const dealt: OpenHand = { ...ticket, stake, moves: [], ...(hint && { hinted: true }), deadline: m.now };
  return done<Dealt | Ended | First>(carryOn(m, member, dealt, shuffle(random)));
};

/** Which button of which hand was pressed, and how many moves the hand had when it was shown. */
export interface Press {
  readonly by: MemberId;
  readonly round: number;
  readonly step: number;
  readonly move: Move;
}

/** Why a move may not be made by the hand as it is. */
const refuseMove = (open: OpenHand, hand: Hand, move: Move): Outcome<never> | undefined => {
  if (move === 'D' && !canDouble(hand.player)) return refuse('economy.casino.blackjack.no-double');
  if (move === 'P' && !canSplit(hand.player)) return refuse('economy.casino.blackjack.no-split');
  return move === 'I' && !canInsure(open, hand) ? refuse('economy.casino.blackjack.no-insurance') : undefined;
};

/** Takes what a move adds to the stake. */
const raise = (m: Mutation, stake: Coins): Outcome<never> | undefined => {
  const { member } = m.actor;
  const split = fundsFor(m, stake);
  if (!('missing' in split)) return split;
  const refused = refuseStake(m, stake) ?? burnStake(m, 'blackjack', stake, split);
  if (refused) return refused;
  countToday(m, member, 0 - stake);
  return undefined;
};

/** Plays the hand of the member who acts on. A second press of a button, or one of an older card, does nothing. */
export const playOn = (m: Mutation, { by, round, step, move }: Press): Outcome<Dealt | Ended | Past> => {
  const open = m.find(hands, [by]);
  if (open?.nonce !== round) return done<Dealt | Ended | Past>({ kind: 'past', by, round: roundOf(m, by, round) });
  if (m.now >= open.deadline) return done<Dealt | Ended | Past>(stand(m, by, open));
  if (open.moves.length !== step) return refuse('economy.casino.blackjack.played');
  const deck = deckOf(m, by, open);
  const hand = playHand(deck, open.moves);
  const barred = refuseMove(open, hand, move);
  if (barred) return barred;
  // The dealer looks below an ace first: nobody doubles or splits against a natural.
  if (move !== 'I' && playHand(deck, stood(open).moves).result === 'dealer-natural') {
    return done<Dealt | Ended | Past>(stand(m, by, open, deck));
  }
  const bet = coins(open.stake);
  const added = { H: noCoins, S: noCoins, D: bet, P: bet, I: insuranceOf(bet) }[move];
  const refused = added > 0 ? raise(m, added) : undefined;
  if (refused) return refused;
  return done<Dealt | Ended | Past>(carryOn(m, by, { ...open, moves: [...open.moves, move] }, deck));
};
