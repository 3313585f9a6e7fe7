import type { Mutation, Query } from '../../kernel/context.ts';
import { reaction } from '../../kernel/event.ts';
import { type EpochMs, epochMs, type MemberId } from '../../kernel/ids.ts';
import { done, type Outcome, refuse } from '../../kernel/outcome.ts';
import { economyLeaving, relativeTime, utcDay } from '../wallet/api.ts';
import { type Care, capped, care, type Player, players } from './state.ts';

/** How far a member lets themselves go; from the row that it was kept in once, where there is none of its own yet. */
export const careOf = (query: Query, member: MemberId): Care => {
  const own = query.find(care, [member]);
  if (own !== undefined) return own;
  const { lossLimit, nextLimit, outUntil } = query.get(players, [member]);
  return {
    ...(lossLimit !== undefined && { lossLimit }),
    ...(nextLimit !== undefined && { nextLimit }),
    ...(outUntil !== undefined && { outUntil }),
  };
};

/** The most a member lets themselves lose a day, as it counts now. */
export const lossLimitOf = ({ lossLimit, nextLimit }: Care, now: number): number | undefined =>
  nextLimit !== undefined && nextLimit.at <= now ? nextLimit.limit : lossLimit;

/** Coins a member has lost today; below 0 where they have won. */
export const lostToday = (query: Query, { day }: Player): number => (day?.date === utcDay(query.now) ? 0 - day.net : 0);

/** Why the limits that the member who acts has set themselves keep them from staking so much now. */
export const refuseStake = (query: Query, stake: number): Outcome<never> | undefined => {
  const { member } = query.actor;
  const own = careOf(query, member);
  const { outUntil = 0 } = own;
  if (query.now < outUntil) return refuse('economy.casino.limits.out', { at: relativeTime(outUntil) });
  const limit = lossLimitOf(own, query.now);
  if (limit === undefined) return undefined;
  const left = Math.max(0, limit - lostToday(query, query.get(players, [member])));
  return stake > left ? refuse('economy.casino.limits.reached', { limit, left }) : undefined;
};

/** The row in which limits were kept once is about to be taken by a reset: they move to where they last. */
export const keepCare = reaction(economyLeaving, (m, { member }) => {
  const own = careOf(m, member);
  if (m.find(care, [member]) === undefined && Object.keys(own).length > 0) m.put(care, [member], own);
  return done();
});

/** A member with coins counted to their day that they got from the casino now, or below 0 gave to it. */
export const withToday = (player: Player, now: EpochMs, change: number): Player => {
  const date = utcDay(now);
  const net = player.day?.date === date ? player.day.net : 0;
  return { ...player, day: { date, net: capped(net + change) } };
};

/** Counts coins that a member got from the casino, or below 0 gave to it, to their day. */
export const countToday = (m: Mutation, member: MemberId, change: number): void =>
  m.put(players, [member], withToday(m.get(players, [member]), m.now, change));

const hourMs = 60 * 60_000;

/** A time some hours from now. */
export const hoursFromNow = (query: Query, hours: number) => epochMs(query.now + hours * hourMs);
