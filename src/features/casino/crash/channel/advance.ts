import type { Mutation } from '../../../../kernel/context.ts';
import { event } from '../../../../kernel/event.ts';
import { type EpochMs, epochMs } from '../../../../kernel/ids.ts';
import { type Operation, task } from '../../../../kernel/operation.ts';
import { done } from '../../../../kernel/outcome.ts';
import { seedHash } from '../../fairness/draw.ts';
import { crashAwayMs, crashEditMs, crashLateMs, crashRoundsKept } from '../../tuning.ts';
import { multiplierAt, reachedAt } from '../rules.ts';
import { channelPoint, clientSeedOf } from './draws.ts';
import { endBet, refundBet } from './ending.ts';
import { keySchema, type RoundKey } from './key.ts';
import { type ShownRound, shownPast, shownRound } from './shown.ts';
import { type ChannelRound, type CrashTable, crashTables, type PastCurve, pastCurves } from './state.ts';

/** The card of a round is to be posted, or to be edited where it is posted. */
export const curveChanged = event<{
  readonly shown: ShownRound;
  readonly message: string | undefined;
  readonly opened: boolean;
}>('casino.crash-changed');

/** Where the curve of a round that rises ends. */
const pointOf = ({ id, serverSeed, clientSeed = '' }: ChannelRound): number =>
  channelPoint({ id, serverSeed, clientSeed });

/** When a round has to be looked after next: it starts, a bet or the curve ends, its card is due to be edited. */
const nextTurn = (round: ChannelRound): EpochMs => {
  const { startedAt, startsAt, stale, shownAt, message } = round;
  const editedAt = shownAt + crashEditMs;
  if (startedAt === undefined) {
    return stale && message !== undefined ? epochMs(Math.min(startsAt, editedAt)) : startsAt;
  }
  const targets = round.bets.filter(({ end }) => end === undefined).map(({ target }) => target);
  return epochMs(Math.min(reachedAt(startedAt, Math.min(pointOf(round), ...targets)), editedAt));
};

/**
 * Writes a round on its way, and has it looked after in time. However many join or stop, its card is edited once in
 * `crashEditMs`, or at once where the round has come to another phase.
 */
export const keepRound = (
  m: Mutation,
  channel: string,
  { nextSeed }: CrashTable,
  round: ChannelRound,
  how: 'as it was' | 'changed' | 'at once',
): CrashTable => {
  const { stale, ...others } = round;
  const isRising = round.phase === 'rising';
  const isStale = how !== 'as it was' || stale === true || isRising;
  const isDue = how === 'at once' || m.now >= round.shownAt + crashEditMs;
  const isShown = isStale && isDue && (round.message !== undefined || isRising);
  const kept: ChannelRound = {
    ...others,
    ...(isRising && { seenAt: m.now }),
    ...(isShown ? { shownAt: m.now } : isStale && { stale: true as const }),
  };
  m.put(crashTables, [channel], { nextSeed, round: kept });
  m.wake(turnCurve, channel, nextTurn(kept), { at: channel, round: kept.id });
  if (isShown && kept.message !== undefined) {
    m.emit(curveChanged, { shown: shownRound(m.now, channel, nextSeed, kept), message: kept.message, opened: false });
  }
  return { nextSeed, round: kept };
};

/** The oldest rounds go where as many are kept as can be. */
const keepPast = (m: Mutation, id: ChannelRound['id'], past: PastCurve): void => {
  if (m.count(pastCurves) >= crashRoundsKept) {
    for (const [key] of m.page(pastCurves, { limit: 2 })) m.remove(pastCurves, key);
  }
  m.put(pastCurves, [id], past);
};

/** Takes a round whose bets have all ended off its table. */
export const closeRound = (
  m: Mutation,
  channel: string,
  { nextSeed }: CrashTable,
  round: ChannelRound,
  end: Pick<PastCurve, 'ending'> & { readonly left?: number },
): CrashTable => {
  const { id, offered, bets, serverSeed, clientSeed, message } = round;
  const past: PastCurve = {
    ...end,
    at: m.now,
    point: end.ending === 'cancelled' ? 0 : pointOf(round),
    nextHash: seedHash(nextSeed),
    offered,
    bets,
    serverSeed,
    ...(clientSeed !== undefined && { clientSeed }),
  };
  m.cancel(turnCurve, channel);
  m.put(crashTables, [channel], { nextSeed });
  // Of a round that nobody bet on there is nothing to verify.
  if (bets.length > 0) keepPast(m, id, past);
  m.emit(curveChanged, { shown: shownPast(channel, id, past), message, opened: false });
  return { nextSeed };
};

/** Ends what has come to its end by now, or all where the bot was away: nobody could stop the curve meanwhile. */
const rise = (m: Mutation, channel: string, table: CrashTable, round: ChannelRound, startedAt: EpochMs): CrashTable => {
  const isAway = m.now - round.seenAt > crashAwayMs;
  const multiplier = multiplierAt((isAway ? round.seenAt : m.now) - startedAt);
  const point = pointOf(round);
  const bets = round.bets.map((bet) => {
    if (bet.end !== undefined) return bet;
    if (isAway) return endBet(m, bet, multiplier).bet;
    if (multiplier < Math.min(point, bet.target)) return bet;
    return endBet(m, bet, bet.target <= point ? bet.target : 0).bet;
  });
  const after = { ...round, bets };
  if (isAway) return closeRound(m, channel, table, after, { ending: 'away', left: multiplier });
  if (multiplier >= point) return closeRound(m, channel, table, after, { ending: 'crashed' });
  if (bets.every(({ end }) => end !== undefined)) {
    return closeRound(m, channel, table, after, { ending: 'left', left: multiplier });
  }
  return bets.some((bet, place) => bet !== round.bets[place]) ? keepRound(m, channel, table, after, 'changed') : table;
};

const start = (m: Mutation, channel: string, table: CrashTable, lobby: ChannelRound): CrashTable => {
  if (lobby.bets.length === 0 || m.now > lobby.startsAt + crashLateMs) {
    const bets = lobby.bets.map((bet) => refundBet(m, bet));
    return closeRound(m, channel, table, { ...lobby, bets }, { ending: 'cancelled' });
  }
  const clientSeed = clientSeedOf(lobby.bets);
  const round: ChannelRound = { ...lobby, phase: 'rising', startedAt: m.now, seenAt: m.now, clientSeed };
  const after = keepRound(m, channel, table, round, 'at once');
  // One in twenty curves is over as it starts.
  return rise(m, channel, after, after.round ?? round, m.now);
};

/**
 * Brings the round of a table to where it must be by now. Called by its timer and by whoever presses before that falls; a
 * second call does nothing.
 */
export const advance = (m: Mutation, channel: string, table: CrashTable): CrashTable => {
  const { round } = table;
  if (round === undefined) return table;
  const { startedAt, startsAt } = round;
  if (startedAt !== undefined) return rise(m, channel, table, round, startedAt);
  return m.now >= startsAt ? start(m, channel, table, round) : table;
};

/** When bets are closed, a bet ends by itself, the card is due to be edited, or the curve comes to its end. */
export const turnCurve: Operation<RoundKey> = task({
  name: 'casino.crash.turn',
  version: 1,
  input: keySchema,
  run: (m, { at, round: id }) => {
    const table = m.find(crashTables, [at]);
    if (table?.round?.id !== id) return done();
    const after = advance(m, at, table);
    if (after === table) keepRound(m, at, table, table.round, 'as it was');
    return done();
  },
});
