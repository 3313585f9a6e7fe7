import type { Mutation, Query } from '../../kernel/context.ts';
import { epochMs, type MemberId } from '../../kernel/ids.ts';
import { type Outcome, refuse } from '../../kernel/outcome.ts';
import { relativeTime, utcDay } from '../wallet/api.ts';
import { capped, type Player, players } from './state.ts';

/** The most a member lets themselves lose a day, as it counts now. */
export const lossLimitOf = ({ lossLimit, nextLimit }: Player, now: number): number | undefined =>
  nextLimit !== undefined && nextLimit.at <= now ? nextLimit.limit : lossLimit;

/** Coins a member has lost today; below 0 where they have won. */
export const lostToday = (query: Query, { day }: Player): number => (day?.date === utcDay(query.now) ? 0 - day.net : 0);

/** Why a member's own limits keep them from betting so much now. */
export const refuseOwnLimits = (query: Query, player: Player, stake: number): Outcome<never> | undefined => {
  const { outUntil = 0 } = player;
  if (query.now < outUntil) return refuse('economy.casino.limits.out', { at: relativeTime(outUntil) });
  const limit = lossLimitOf(player, query.now);
  if (limit === undefined) return undefined;
  const left = Math.max(0, limit - lostToday(query, player));
  return stake > left ? refuse('economy.casino.limits.reached', { limit, left }) : undefined;
};

/** Why the limits that the member who acts has set themselves keep them from staking so much outside the casino. */
export const refuseStake = (query: Query, stake: number): Outcome<never> | undefined =>
  refuseOwnLimits(query, query.get(players, [query.actor.member]), stake);

/** Counts coins that a member got from the casino, or below 0 gave to it, to their day. */
export const countToday = (m: Mutation, member: MemberId, change: number): void => {
  const player = m.get(players, [member]);
  const date = utcDay(m.now);
  const net = player.day?.date === date ? player.day.net : 0;
  m.put(players, [member], { ...player, day: { date, net: capped(net + change) } });
};

const hourMs = 60 * 60_000;

/** A time some hours from now. */
export const hoursFromNow = (query: Query, hours: number) => epochMs(query.now + hours * hourMs);
