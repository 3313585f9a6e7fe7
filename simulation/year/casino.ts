// Rounds at the casino's games as members play them, and what became of each.
import type { Hand } from '../../src/features/casino/blackjack/rules.ts';
import { coinflipReturn } from '../../src/features/casino/coinflip/rules.ts';
import { pockets } from '../../src/features/casino/roulette/rules.ts';
import { slotsReturn } from '../../src/features/casino/slots/rules.ts';
import { returned } from '../../src/features/races/tuning.ts';
import { moveBy } from './blackjack.ts';
import type { Hour } from './hour.ts';

/** What members bet at, races with it. */
export const games = ['slots', 'coinflip', 'roulette', 'blackjack', 'crash', 'races'] as const;
export type GameName = (typeof games)[number];

const evenPayout = 19_600;
const crashReturn = 0.96;
/** By the table of `blackjack.ts`: 99.60 % ± 0.09 over six million hands drawn. The best play without splitting returns 99.67 %. */
const blackjackByTable = 0.996;
const thousandths = 1_000;

/** What each game returns of a bet on average by its rules; the test of each stands beside the game. */
export const computedReturns: Readonly<Record<GameName, number>> = {
  slots: slotsReturn().total,
  coinflip: coinflipReturn(evenPayout),
  roulette: (pockets - 1) / pockets,
  blackjack: blackjackByTable,
  crash: crashReturn,
  races: returned / thousandths,
};

/** What was bet at a game, and what came of it. */
export interface Tally {
  rounds: number;
  bet: number;
  /** Paid less staked. */
  net: number;
  /** The sum of (net − bet × (computed return − 1))². */
  squares: number;
}

export type Tallies = Readonly<Record<GameName, Tally>>;

/** Nothing was bet yet. */
export const noTallies = (): Tallies =>
  Object.fromEntries(games.map((game) => [game, { rounds: 0, bet: 0, net: 0, squares: 0 }])) as unknown as Tallies;

const count = (tallies: Tallies, game: GameName, bet: number, net: number): void => {
  const tally = tallies[game];
  const beside = net - bet * (computedReturns[game] - 1);
  tally.rounds += 1;
  tally.bet += bet;
  tally.net += net;
  tally.squares += beside * beside;
};

interface Settled {
  readonly stake: number;
  readonly paid: number;
}
interface Round {
  readonly kind: string;
  readonly settled?: Settled;
  readonly round?: number | Settled;
  readonly step?: number;
  readonly hand?: Hand;
}

/** Asks; a member's first bet only gives them seeds, so that they bet again. */
const begin = async (hour: Hour, operation: string, input: object): Promise<Round | undefined> => {
  const first = await hour.act<Round>(operation, input);
  return first?.kind === 'first' ? hour.act<Round>(operation, input) : first;
};

const instant = async (hour: Hour, game: GameName, operation: string, input: object, bet: number): Promise<void> => {
  const round = await begin(hour, operation, { ...input, bet: String(bet) });
  if (round?.settled) count(hour.tallies, game, bet, round.settled.paid - round.settled.stake);
};

const playBlackjack = async (hour: Hour, bet: number): Promise<void> => {
  let now = await begin(hour, 'casino.blackjack', { bet: String(bet) });
  while (now?.kind === 'dealt' && now.hand !== undefined) {
    const { round, step, hand } = now;
    const wanted = moveBy(hand.player, hand.dealer[1] ?? 0);
    const press = { by: hour.member, round, step };
    const next: Round | undefined = await hour.act<Round>('casino.blackjack.move', { ...press, move: wanted });
    // Who cannot pay for a double draws.
    now = next ?? (await hour.act<Round>('casino.blackjack.move', { ...press, move: 'H' }));
  }
  if (now?.settled) count(hour.tallies, 'blackjack', bet, now.settled.paid - now.settled.stake);
};

/** A curve with a target that is reached within 30 seconds, if at all. */
const playCrash = async (hour: Hour, bet: number): Promise<void> => {
  const auto = hour.chance.pick(['1.20', '1.50', '2.00', '3.00', '5.00']);
  const round = await begin(hour, 'casino.crash', { bet: String(bet), auto });
  let settled = round?.settled;
  if (settled === undefined && typeof round?.round === 'number') {
    await hour.wait(30_000);
    const after = await hour.act<Round>('casino.crash.press', { by: hour.member, round: round.round, wish: 'look' });
    if (typeof after?.round === 'object') settled = after.round;
  }
  if (settled) count(hour.tallies, 'crash', bet, settled.paid - settled.stake);
};

interface Race {
  readonly at: string;
  readonly race: string;
  readonly phase: string;
  readonly bets: readonly { readonly member: string; readonly paid?: number }[];
}

const playRace = async (hour: Hour, bet: number): Promise<void> => {
  const opened = await hour.act<{ readonly race: Race }>('races.open', {});
  if (opened === undefined) return;
  const { at, race } = opened.race;
  const rat = hour.chance.int(6);
  if ((await hour.act('races.bet', { at, race, rat, amount: String(bet) })) === undefined) return;
  // To the start, which falls when its time has come, and then to the end.
  await hour.wait(31_000);
  await hour.wait(150_000);
  const over = await hour.act<Race>('races.look', { at, race });
  const own = over?.bets.find(({ member }) => member === hour.member);
  if (over?.phase === 'over' && own) count(hour.tallies, 'races', bet, (own.paid ?? 0) - bet);
};

/** Plays a round of a game to its end. Bets are multiples of 50, so that no rounding is part of a return. */
export const playRound = async (hour: Hour, game: GameName, bet: number): Promise<void> => {
  switch (game) {
    case 'slots':
      return instant(hour, game, 'casino.slots', {}, bet);
    case 'coinflip':
      return instant(hour, game, 'casino.coinflip', { side: hour.chance.pick(['heads', 'tails']) }, bet);
    case 'roulette':
      return instant(hour, game, 'casino.roulette', { on: hour.chance.pick(['red', 'even', '17', 'low']) }, bet);
    case 'blackjack':
      return playBlackjack(hour, bet);
    case 'crash':
      return playCrash(hour, bet);
    case 'races':
      return playRace(hour, bet);
  }
};
