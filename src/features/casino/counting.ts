import type { Mutation, Query } from '../../kernel/context.ts';
import type { EpochMs, Frozen, MemberId } from '../../kernel/ids.ts';
import { withToday } from './limits.ts';
import { type Counters, capped, noCounters, type Player, players } from './state.ts';
import type { CountedGame } from './tuning.ts';

/** What a member did at a game. */
export const countersOf = (query: Query, member: MemberId, game: CountedGame): Frozen<Counters> =>
  query.get(players, [member]).games[game] ?? noCounters;

type Count = Omit<Frozen<Counters>, 'lastAt'>;

const withCount = (player: Player, game: CountedGame, more: Count): Player => {
  const before = player.games[game] ?? noCounters;
  const counters: Counters = {
    played: before.played + more.played,
    won: before.won + more.won,
    lost: before.lost + more.lost,
    pushed: before.pushed + more.pushed,
    staked: capped(before.staked + more.staked),
    paid: capped(before.paid + more.paid),
    biggestWin: Math.max(before.biggestWin, more.biggestWin),
    lastAt: before.lastAt,
  };
  return { ...player, games: { ...player.games, [game]: counters } };
};

/** Adds to what a member did at a game. The best win is the better of both. */
export const addCounters = (m: Mutation, member: MemberId, game: CountedGame, more: Count): void =>
  m.put(players, [member], withCount(m.get(players, [member]), game, more));

const withBet = (player: Player, game: CountedGame, now: EpochMs, stake: number): Player => {
  const counters = player.games[game] ?? noCounters;
  return withToday({ ...player, games: { ...player.games, [game]: { ...counters, lastAt: now } } }, now, 0 - stake);
};

/** Notes that a member bets so much now: for the game's cooldown, and on their day. */
export const noteBet = (m: Mutation, member: MemberId, game: CountedGame, stake: number): void =>
  m.put(players, [member], withBet(m.get(players, [member]), game, m.now, stake));

/** What a bet came to, in coins: `extra` is what the member's things added. */
export interface BetEnd {
  readonly stake: number;
  readonly paid: number;
  readonly extra: number;
  /** It is made only now, so that it was not noted before. */
  readonly isMadeNow?: boolean;
}

/** Counts a bet of a member's that is over: at its game, and what it brought on their day. */
export const countBet = (m: Mutation, member: MemberId, game: CountedGame, end: BetEnd): void => {
  const { stake, paid, extra, isMadeNow = false } = end;
  const before = m.get(players, [member]);
  const noted = isMadeNow ? withBet(before, game, m.now, stake) : before;
  const after = withCount(withToday(noted, m.now, paid + extra), game, {
    played: 1,
    won: Number(paid > stake),
    lost: Number(paid < stake),
    pushed: Number(paid === stake),
    staked: stake,
    paid: paid + extra,
    biggestWin: Math.max(0, paid + extra - stake),
  });
  // All of it in one: each time a row is put it is checked and copied.
  m.put(players, [member], after);
};
