import { type Amount, resolveAmount } from '../../kernel/amount.ts';
import { customId } from '../../kernel/component.ts';
import type { Mutation, Query } from '../../kernel/context.ts';
import type { Coins, MemberId } from '../../kernel/ids.ts';
import { coins, coinsMax } from '../../kernel/money.ts';
import type { Operation } from '../../kernel/operation.ts';
import { type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Random } from '../../kernel/random.ts';
import { bettingFunds, book, type FundsSplit, relativeTime, splitFunds, takeFunds } from '../wallet/api.ts';
import { noteBet } from './counting.ts';
import { entries } from './entries.ts';
import { type Commitment, commitmentOf, ensureSeeds, type Ticket, takeRound } from './fairness/seeds.ts';
import { refuseStake } from './limits.ts';
import { gameLimits, maxBet, minBet } from './settings.ts';
import { players } from './state.ts';
import { cooldownsMs, type Game } from './tuning.ts';

/** What may be staked, and out of which purses. */
export interface Stake {
  readonly stake: Coins;
  readonly split: FundsSplit;
}

/** Whether what `checkBet` gave is no refusal. */
export const isStake = (checked: Stake | Outcome<never>): checked is Stake => 'split' in checked;

/** A bet that may be made, with its round's draws. */
export interface Bet extends Stake {
  readonly kind: 'bet';
  readonly ticket: Ticket;
  readonly random: Random;
}

/** Nothing was bet: the member has their first seeds, and is shown what is committed to before anything is drawn. */
export interface FirstSeeds {
  readonly kind: 'first';
  readonly by: MemberId;
  /** What would have been bet. */
  readonly stake: Coins;
  readonly commitment: Commitment;
}

/** The least and the most that may be bet at a game in the guild. */
export const betBounds = (query: Query, game: Game): { readonly least: number; readonly most: number } => ({
  least: query.setting(gameLimits[game].min) || query.setting(minBet),
  most: query.setting(gameLimits[game].max) || query.setting(maxBet),
});

/** The funds that a stake is taken from, wallet first; or why there are too few. */
export const fundsFor = (m: Mutation, stake: Coins): FundsSplit | Outcome<never> => {
  const { wallet, bank, walletOnly } = bettingFunds(m);
  const split = splitFunds({ wallet, bank }, stake);
  const { missing } = split;
  if (missing === 0) return split;
  if (walletOnly) return refuse('economy.preference.wallet-only-poor', { wallet, missing });
  return refuse('economy.casino.poor', { wallet, bank, stake, missing });
};

const stakeMeant = (m: Mutation, game: Game, amount: Amount): Coins | Outcome<never> => {
  const { wallet, bank } = bettingFunds(m);
  const { least, most } = betBounds(m, game);
  const stake = resolveAmount(amount, coins(Math.min(wallet + bank, coinsMax)));
  if (stake < least) return refuse('economy.casino.below', { least, stake });
  return stake > most ? refuse('economy.casino.above', { most, stake }) : stake;
};

/**
 * Reads a bet of the member who acts: within the limits of the server and their own, after the game's cooldown, from
 * their funds. Nothing is taken, and nothing counted yet.
 */
export const checkBet = (m: Mutation, game: Game, amount: Amount): Stake | Outcome<never> => {
  const stake = stakeMeant(m, game, amount);
  if (typeof stake !== 'number') return stake;
  const { lastAt = 0 } = m.get(players, [m.actor.member]).games[game] ?? {};
  const readyAt = lastAt + cooldownsMs[game];
  if (m.now < readyAt) return refuse('economy.casino.cooldown', { at: relativeTime(readyAt) });
  const refused = refuseStake(m, stake);
  if (refused) return refused;
  const split = fundsFor(m, stake);
  return 'missing' in split ? { stake, split } : split;
};

/**
 * Reads a bet on a round of the member's own seed, as `checkBet` does, and takes the round's place in the seed. The bet is
 * noted and its stake taken by `settle` in the same operation, or by `makeBet` where the game goes on. A member without
 * seeds is given some first.
 */
export const openBet = (m: Mutation, game: Game, amount: Amount): Bet | FirstSeeds | Outcome<never> => {
  const checked = checkBet(m, game, amount);
  if (!isStake(checked)) return checked;
  const { stake } = checked;
  const { seed, fresh } = ensureSeeds(m);
  if (fresh) return { kind: 'first', by: m.actor.member, stake, commitment: commitmentOf(seed) };
  return { kind: 'bet', ...checked, ...takeRound(m, game) };
};

/** Whether what `openBet` gave is no refusal. */
export const isOpened = (opened: Bet | FirstSeeds | Outcome<never>): opened is Bet | FirstSeeds => 'kind' in opened;

/**
 * Takes a stake of a game that goes on. It is unmade until the game pays, so that no purse holds it and nobody can
 * spend, rob or tax it meanwhile.
 */
export const burnStake = (m: Mutation, game: Game, stake: Coins, split: FundsSplit): Outcome<never> | undefined =>
  book(m, { postings: takeFunds(m.actor.member, split, { entry: entries[game].stake }), burned: stake });

/** Makes a bet of the member who acts at a game that goes on: its stake is taken as by `burnStake`, and it is noted. */
export const makeBet = (m: Mutation, game: Game, stake: Coins, split: FundsSplit): Outcome<never> | undefined => {
  const refused = burnStake(m, game, stake, split);
  if (refused) return refused;
  noteBet(m, m.actor.member, game, stake);
  return undefined;
};

/** The id of a button that makes a bet of the member who saw it. */
export const betId = <I>(
  operation: Operation<I>,
  by: MemberId,
  input: Readonly<Record<string, string | number>>,
): string => customId(operation, { by, ...input });
