import type { Amount } from '../../../../kernel/amount.ts';
import type { Mutation } from '../../../../kernel/context.ts';
import { type Coins, epochMs } from '../../../../kernel/ids.ts';
import { coins } from '../../../../kernel/money.ts';
import { done, type Outcome, refuse } from '../../../../kernel/outcome.ts';
import { moneyOf, refuseAtRest } from '../../../wallet/api.ts';
import { betBounds, checkBet, isStake, makeBet } from '../../bet.ts';
import { newServerSeed } from '../../fairness/draw.ts';
import type { Settled } from '../../settle.ts';
import { crashJoinMs, crashPlayersMax, crashTablesKept, crashTablesMax } from '../../tuning.ts';
import { refuseFlying } from '../play.ts';
import { multiplierAt } from '../rules.ts';
import { advance, closeRound, curveChanged, keepRound } from './advance.ts';
import { endBet } from './ending.ts';
import type { RoundKey } from './key.ts';
import { refuseSeated } from './seats.ts';
import { betOf, type ShownRound, shownPast, shownRound } from './shown.ts';
import { type ChannelBet, type ChannelRound, type CrashTable, crashSeats, crashTables, pastCurves } from './state.ts';

/** A round that was opened, or is open already: nothing was bet. */
export interface Opened {
  readonly kind: 'opened';
  readonly shown: ShownRound;
}
/** Where a member stands in a round: with a bet that is in, or was. */
export interface Seated {
  readonly kind: 'seated';
  readonly shown: ShownRound;
  readonly bet: ChannelBet;
  readonly wallet: Coins;
  readonly bank: Coins;
}
/** A member stopped the curve for themselves. */
export interface Stopped {
  readonly kind: 'stopped';
  readonly at: number;
  readonly settled: Settled;
}

type Running = CrashTable & { readonly round: ChannelRound };
const isRunning = (table: CrashTable | undefined): table is Running => table?.round !== undefined;

const seated = (m: Mutation, shown: ShownRound, bet: ChannelBet): Seated => {
  const { wallet, bank } = moneyOf(m, m.actor.member);
  return { kind: 'seated', shown, bet, wallet, bank };
};

/** Tables of other channels on which nothing is played go, a few at a time, where as many are kept as should be. */
const dropIdle = (m: Mutation): void => {
  if (m.count(crashTables) < crashTablesKept) return;
  const idle = m.page(crashTables, { limit: crashTablesKept }).filter(([, { round }]) => round === undefined);
  for (const [key] of idle.slice(0, 2)) m.remove(crashTables, key);
};

/** Why no round can be opened in a channel that has no table: as many others have one on their way as can. */
const refuseTable = (m: Mutation, table: CrashTable | undefined): Outcome<never> | undefined => {
  if (table !== undefined) return undefined;
  dropIdle(m);
  return m.count(crashTables) >= crashTablesMax ? refuse('economy.casino.crash.many') : undefined;
};

/** Opens a round in a channel where none is on its way, with the seed whose hash the one before it showed. */
const openRound = (m: Mutation, channel: string, before: CrashTable | undefined, offered: Coins): Running => {
  const round: ChannelRound = {
    id: m.newId(),
    phase: 'open',
    offered,
    startsAt: epochMs(m.now + crashJoinMs),
    seenAt: m.now,
    shownAt: m.now,
    serverSeed: before?.nextSeed ?? newServerSeed(m.random),
    bets: [],
  };
  const table = { nextSeed: newServerSeed(m.random), round };
  keepRound(m, channel, table, round, 'as it was');
  m.emit(curveChanged, { shown: shownRound(m.now, channel, table.nextSeed, round), message: undefined, opened: true });
  return table;
};

/** The table of a channel, brought to the present. */
const tableAt = (m: Mutation, channel: string): CrashTable | undefined => {
  const table = m.find(crashTables, [channel]);
  return table && advance(m, channel, table);
};

/** Puts the member who acts into a round that takes bets. */
const join = (m: Mutation, channel: string, table: Running, amount: Amount, target: number): Outcome<Seated> => {
  const { round } = table;
  const occupied = refuseSeated(m) ?? refuseFlying(m);
  if (occupied) return occupied;
  if (round.bets.length >= crashPlayersMax) return refuse('economy.casino.crash.full', { most: crashPlayersMax });
  const checked = checkBet(m, 'crash', amount);
  if (!isStake(checked)) return checked;
  const { stake, split } = checked;
  const refused = makeBet(m, 'crash', stake, split);
  if (refused) return refused;
  const { member } = m.actor;
  m.put(crashSeats, [member], { channel, round: round.id });
  const bet: ChannelBet = { member, stake, target };
  const after = { ...round, bets: [...round.bets, bet] };
  keepRound(m, channel, table, after, 'changed');
  return done(seated(m, shownRound(m.now, channel, table.nextSeed, after), bet));
};

/**
 * `/casino crash` in a channel: joins its round, or opens one. The first round ever of a channel takes no bet in the same
 * breath: its seed's hash was shown to nobody yet.
 */
export const sit = (m: Mutation, channel: string, amount: Amount, target: number): Outcome<Opened | Seated> => {
  const rest = refuseAtRest(m);
  if (rest) return rest;
  const before = tableAt(m, channel);
  if (isRunning(before)) {
    return before.round.phase === 'open'
      ? join(m, channel, before, amount, target)
      : refuse('economy.casino.crash.rising');
  }
  const occupied = refuseSeated(m) ?? refuseFlying(m) ?? refuseTable(m, before);
  if (occupied) return occupied;
  const checked = checkBet(m, 'crash', amount);
  if (!isStake(checked)) return checked;
  const table = openRound(m, channel, before, checked.stake);
  if (before !== undefined) return join(m, channel, table, amount, target);
  const shown = shownRound(m.now, channel, table.nextSeed, table.round);
  return done<Opened | Seated>({ kind: 'opened', shown });
};

/** Opens a round in the channel of the press, or shows the one that is on its way there. */
export const openAnother = (m: Mutation, offered: Coins): Outcome<Opened> => {
  const rest = refuseAtRest(m);
  if (rest) return rest;
  const { channel } = m.actor;
  if (channel === undefined) return refuse('economy.casino.crash.nowhere');
  const before = tableAt(m, channel);
  const full = refuseTable(m, before);
  if (full) return full;
  // A bet that nobody may make is offered to nobody.
  const { least, most } = betBounds(m, 'crash');
  const bet = coins(Math.min(Math.max(offered, least), most));
  const { nextSeed, round } = isRunning(before) ? before : openRound(m, channel, before, bet);
  return done({ kind: 'opened', shown: shownRound(m.now, channel, nextSeed, round) });
};

/** What a round that is over came to for the member who acts. */
const past = (m: Mutation, { at, round: id }: RoundKey): Outcome<Seated> => {
  const found = m.find(pastCurves, [id]);
  const bet = found && betOf(found, m.actor.member);
  if (found === undefined) return refuse('economy.casino.crash.long-past');
  return bet ? done(seated(m, shownPast(at, id, found), bet)) : refuse('economy.casino.crash.not-in');
};

/** The round of a key while it is on its way, brought to the present. */
const runningAt = (m: Mutation, { at, round: id }: RoundKey): Running | undefined => {
  if (m.find(crashTables, [at])?.round?.id !== id) return undefined;
  const table = tableAt(m, at);
  return isRunning(table) ? table : undefined;
};

/** Joins a round by a control of its card. */
export const joinRound = (m: Mutation, key: RoundKey, amount: Amount, target: number): Outcome<Seated> => {
  const rest = refuseAtRest(m);
  if (rest) return rest;
  const table = runningAt(m, key);
  if (table === undefined) return past(m, key);
  const own = betOf(table.round, m.actor.member);
  // A second press shows where the first has led.
  if (own) return done(seated(m, shownRound(m.now, key.at, table.nextSeed, table.round), own));
  return table.round.phase === 'open' ? join(m, key.at, table, amount, target) : refuse('economy.casino.crash.rising');
};

/** Shows the member who acts where they stand. */
export const lookAt = (m: Mutation, key: RoundKey): Outcome<Seated> => {
  const rest = refuseAtRest(m);
  if (rest) return rest;
  const table = runningAt(m, key);
  if (table === undefined) return past(m, key);
  const own = betOf(table.round, m.actor.member);
  return own
    ? done(seated(m, shownRound(m.now, key.at, table.nextSeed, table.round), own))
    : refuse('economy.casino.crash.not-in');
};

/**
 * Stops the curve for the member who acts. What counts is the guild's time when the press is taken up. Where nobody is in
 * any more the round is over.
 */
export const cashOut = (m: Mutation, key: RoundKey): Outcome<Seated | Stopped> => {
  const rest = refuseAtRest(m);
  if (rest) return rest;
  const table = runningAt(m, key);
  if (table === undefined) return past(m, key);
  const { round } = table;
  const { startedAt } = round;
  const own = betOf(round, m.actor.member);
  if (own === undefined) return refuse('economy.casino.crash.not-in');
  if (own.end !== undefined || startedAt === undefined) {
    return done<Seated | Stopped>(seated(m, shownRound(m.now, key.at, table.nextSeed, round), own));
  }
  const at = multiplierAt(m.now - startedAt);
  const { bet, settled } = endBet(m, own, at);
  const after = { ...round, bets: round.bets.map((one) => (one === own ? bet : one)) };
  if (after.bets.every(({ end }) => end !== undefined)) {
    closeRound(m, key.at, table, after, { ending: 'left', left: at });
  } else keepRound(m, key.at, table, after, 'changed');
  return done<Seated | Stopped>({ kind: 'stopped', at, settled });
};
