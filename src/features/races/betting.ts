import { type Amount, resolveAmount } from '../../kernel/amount.ts';
import type { Mutation } from '../../kernel/context.ts';
import type { Coins } from '../../kernel/ids.ts';
import { coins, coinsMax } from '../../kernel/money.ts';
import { done, type Outcome, refuse } from '../../kernel/outcome.ts';
import { countToday, maxBet, minBet, refuseStake } from '../casino/api.ts';
import { begin, bettingFunds, book, splitFunds, takeFunds } from '../wallet/api.ts';
import { entries } from './entries.ts';
import { cancelRace, findRace, keepRace, type RaceKey } from './play.ts';
import { type ShownRace, shownRace } from './shown.ts';
import type { Bet, RaceRow } from './state.ts';
import { bettorsMax } from './tuning.ts';

/** What a bet shows: to everybody by the race's card, or where that is posted to who bet alone. */
export interface BetMade {
  readonly race: ShownRace;
  readonly posted: boolean;
  readonly rat: number;
  readonly stake: Coins;
  readonly wallet: Coins;
  readonly bank: Coins;
}

/** The race changed meanwhile, so that nothing was done but to show it. */
export interface Changed {
  readonly changed: ShownRace;
}

/** Why the member who acts cannot bet so much, whatever on. */
const refuseBet = (m: Mutation, stake: Coins): Outcome<never> | undefined => {
  const { wallet, bank, walletOnly } = bettingFunds(m);
  const [least, most] = [m.setting(minBet), m.setting(maxBet)];
  if (stake < least) return refuse('economy.races.below', { least, stake });
  if (stake > most) return refuse('economy.races.above', { most, stake });
  const own = refuseStake(m, stake);
  if (own) return own;
  const { missing } = splitFunds({ wallet, bank }, stake);
  if (missing > 0 && walletOnly) return refuse('economy.preference.wallet-only-poor', { wallet, missing });
  return missing > 0 ? refuse('economy.races.poor', { wallet, bank, stake, missing }) : undefined;
};

/** Why the member who acts cannot bet on a race at all. */
const refuseRace = (m: Mutation, { bets }: RaceRow): Outcome<never> | undefined => {
  const own = bets.find(({ member }) => member === m.actor.member);
  if (own) return refuse('economy.races.twice', { rat: own.rat + 1, stake: own.stake });
  return bets.length >= bettorsMax ? refuse('economy.races.full', { most: bettorsMax }) : undefined;
};

/** Takes a stake of the member who acts out of their funds: nothing holds it until the race is over. */
export const placeBet = (m: Mutation, key: RaceKey, rat: number, amount: Amount): Outcome<BetMade | Changed> => {
  const race = findRace(m, key);
  if (!('phase' in race)) return race;
  if (race.phase !== 'lobby') return done<BetMade | Changed>({ changed: shownRace(m.now, key.at, race) });
  const refusedRace = refuseRace(m, race);
  if (refusedRace) return refusedRace;
  const { wallet, bank } = bettingFunds(m);
  const stake = resolveAmount(amount, coins(Math.min(wallet + bank, coinsMax)));
  const refusedBet = refuseBet(m, stake);
  if (refusedBet) return refusedBet;
  const { member } = m.actor;
  const split = splitFunds({ wallet, bank }, stake);
  const refused = book(m, { postings: takeFunds(member, split, { entry: entries.stake }), burned: stake });
  if (refused) return refused;
  countToday(m, member, 0 - stake);
  const bet: Bet = { member, rat, stake };
  const after = keepRace(m, key.at, { ...race, bets: [...race.bets, bet] });
  const left = begin(m);
  return done<BetMade | Changed>({
    race: shownRace(m.now, key.at, after),
    posted: after.message !== undefined,
    rat,
    stake,
    wallet: left.wallet,
    bank: left.bank,
  });
};

/** Shows a race as it is now. */
export const lookAt = (m: Mutation, key: RaceKey): Outcome<ShownRace> => {
  const race = findRace(m, key);
  return 'phase' in race ? done(shownRace(m.now, key.at, race)) : race;
};

/** Calls a race off that has not started: the staff at any time, who opened it as long as nobody else has bet. */
export const callOff = (m: Mutation, key: RaceKey, isStaff: boolean): Outcome<ShownRace> => {
  const race = findRace(m, key);
  if (!('phase' in race)) return race;
  if (race.phase !== 'lobby') return done(shownRace(m.now, key.at, race));
  const { member } = m.actor;
  const alone = race.by === member && race.bets.every((bet) => bet.member === member);
  if (!alone && !isStaff) return refuse('economy.races.not-yours');
  return done(shownRace(m.now, key.at, cancelRace(m, key.at, race)));
};
