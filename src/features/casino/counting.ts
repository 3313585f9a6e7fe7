import type { Mutation, Query } from '../../kernel/context.ts';
import type { Frozen, MemberId } from '../../kernel/ids.ts';
import { countToday } from './limits.ts';
import { type Counters, capped, noCounters, players } from './state.ts';
import type { CountedGame } from './tuning.ts';

/** What a member did at a game. */
export const countersOf = (query: Query, member: MemberId, game: CountedGame): Frozen<Counters> =>
  query.get(players, [member]).games[game] ?? noCounters;

/** Adds to what a member did at a game. The best win is the better of both. */
export const addCounters = (
  m: Mutation,
  member: MemberId,
  game: CountedGame,
  more: Omit<Frozen<Counters>, 'lastAt'>,
): void => {
  const player = m.get(players, [member]);
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
  m.put(players, [member], { ...player, games: { ...player.games, [game]: counters } });
};

/** What a bet came to, in coins: `extra` is what the member's things added. */
export interface BetEnd {
  readonly stake: number;
  readonly paid: number;
  readonly extra: number;
}

/** Counts a bet of a member's that is over: at its game, and what it brought on their day. */
export const countBet = (m: Mutation, member: MemberId, game: CountedGame, { stake, paid, extra }: BetEnd): void => {
  countToday(m, member, paid + extra);
  addCounters(m, member, game, {
    played: 1,
    won: Number(paid > stake),
    lost: Number(paid < stake),
    pushed: Number(paid === stake),
    staked: stake,
    paid: paid + extra,
    biggestWin: Math.max(0, paid + extra - stake),
  });
};
