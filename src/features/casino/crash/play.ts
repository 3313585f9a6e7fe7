import { z } from 'zod';
import type { Amount } from '../../../kernel/amount.ts';
import type { Mutation } from '../../../kernel/context.ts';
import type { EpochMs, MemberId } from '../../../kernel/ids.ts';
import { coins, noCoins } from '../../../kernel/money.ts';
import { task } from '../../../kernel/operation.ts';
import { done, type Outcome, refuse } from '../../../kernel/outcome.ts';
import { memberSchema } from '../../../kernel/schemas.ts';
import { type FirstSeeds, isOpened, makeBet, openBet } from '../bet.ts';
import { type Round, roundOf } from '../fairness/rounds.ts';
import { roundDraws } from '../fairness/seeds.ts';
import { type Settled, settle } from '../settle.ts';
import { refuseSeated } from './channel/seats.ts';
import { crashPaid, crashPoint, multiplierAt, multiplierMax, reachedAt } from './rules.ts';
import { type Flight, flights } from './state.ts';

/** A curve on its way. */
export interface Flying {
  readonly kind: 'flying';
  readonly by: MemberId;
  readonly round: number;
  readonly stake: number;
  readonly startedAt: EpochMs;
  readonly target: number;
  /** Where it is now, in hundredths. */
  readonly multiplier: number;
}
/** A curve that is over. */
export interface Landed {
  readonly kind: 'landed';
  readonly point: number;
  /** Where it was paid; 0 where it was not. */
  readonly at: number;
  readonly target: number;
  readonly settled: Settled;
}
/** A press that came when it was over already. */
export interface Past {
  readonly kind: 'past';
  readonly round: Pick<Round, 'nonce' | 'stake' | 'paid'> | undefined;
}
export interface First {
  readonly kind: 'first';
  readonly first: FirstSeeds;
  readonly bet: number;
  readonly target: number;
}

const pointOf = (m: Mutation, by: MemberId, flight: Flight): number => crashPoint(roundDraws(m, by, 'crash', flight));

/** Ends a curve: paid at a multiplier, or not at all where that is 0. */
const land = (m: Mutation, by: MemberId, flight: Flight, point: number, at: number): Landed => {
  m.remove(flights, [by]);
  m.cancel(endCrash, by);
  const { seed, nonce, target } = flight;
  const stake = coins(flight.stake);
  const paid = at > 0 ? crashPaid(stake, at) : noCoins;
  const settled = settle(m, by, { play: { game: 'crash', at }, ticket: { seed, nonce }, stake, paid });
  return { kind: 'landed', point, at, target, settled };
};

/** A curve as it is at a time: over, or on its way. The multiplier of a curve that is over is where it ended. */
const stateAt = (
  { startedAt, target }: Flight,
  point: number,
  now: EpochMs,
): { readonly over: boolean; readonly multiplier: number } => {
  const multiplier = multiplierAt(now - startedAt);
  const end = Math.min(point, target);
  // It ends with the first moment at which it shows its end.
  return multiplier >= end ? { over: true, multiplier: end } : { over: false, multiplier };
};

const finish = (m: Mutation, by: MemberId, flight: Flight, point: number): Landed =>
  land(m, by, flight, point, point >= flight.target ? flight.target : 0);

/** Ends a curve that nobody stopped: paid at its target where it came so far. */
export const endCrash = task({
  name: 'casino.crash.end',
  version: 1,
  input: z.strictObject({ by: memberSchema, nonce: z.int().nonnegative() }),
  run: (m, { by, nonce }) => {
    const flight = m.find(flights, [by]);
    if (flight?.nonce === nonce) finish(m, by, flight, pointOf(m, by, flight));
    return done();
  },
});

/** Why the member who acts can begin no other curve: their own is on its way. One that is over is ended here. */
export const refuseFlying = (m: Mutation): Outcome<never> | undefined => {
  const { member } = m.actor;
  const before = m.find(flights, [member]);
  if (before === undefined) return undefined;
  const point = pointOf(m, member, before);
  if (!stateAt(before, point, m.now).over) return refuse('economy.casino.crash.open');
  // Its timer has not fallen yet.
  finish(m, member, before, point);
  return undefined;
};

/** Starts a curve for the member who acts. */
export const start = (
  m: Mutation,
  amount: Amount,
  target: number = multiplierMax,
): Outcome<Flying | Landed | First> => {
  const { member } = m.actor;
  const occupied = refuseFlying(m) ?? refuseSeated(m);
  if (occupied) return occupied;
  const opened = openBet(m, 'crash', amount);
  if (!isOpened(opened)) return opened;
  if (opened.kind === 'first') {
    return done<Flying | Landed | First>({ kind: 'first', first: opened, bet: opened.stake, target });
  }
  const { stake, split, ticket } = opened;
  const refused = makeBet(m, 'crash', stake, split);
  if (refused) return refused;
  const flight: Flight = { ...ticket, stake, startedAt: m.now, target };
  const point = pointOf(m, member, flight);
  m.put(flights, [member], flight);
  m.wake(endCrash, member, reachedAt(m.now, Math.min(point, target)), { by: member, nonce: ticket.nonce });
  return done<Flying | Landed | First>(look(m, member, flight, point));
};

const look = (m: Mutation, by: MemberId, flight: Flight, point: number): Flying | Landed => {
  const { over, multiplier } = stateAt(flight, point, m.now);
  if (over) return finish(m, by, flight, point);
  const { nonce, stake, startedAt, target } = flight;
  return { kind: 'flying', by, round: nonce, stake, startedAt, target, multiplier };
};

/**
 * Stops the curve of the member who acts, or looks at it. What counts is the guild's time when the press is taken up:
 * where the curve has reached its end by then, it has ended there.
 */
export const press = (m: Mutation, round: number, wish: 'stop' | 'look'): Outcome<Flying | Landed | Past> => {
  const by = m.actor.member;
  const flight = m.find(flights, [by]);
  if (flight?.nonce !== round) return done<Flying | Landed | Past>({ kind: 'past', round: roundOf(m, by, round) });
  const point = pointOf(m, by, flight);
  const { over, multiplier } = stateAt(flight, point, m.now);
  if (over || wish === 'look') return done<Flying | Landed | Past>(look(m, by, flight, point));
  return done<Flying | Landed | Past>(land(m, by, flight, point, multiplier));
};
