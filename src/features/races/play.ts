import { z } from 'zod';
import type { Mutation, Query } from '../../kernel/context.ts';
import { event } from '../../kernel/event.ts';
import { type EpochMs, epochMs } from '../../kernel/ids.ts';
import { type Operation, task } from '../../kernel/operation.ts';
import { done, type Outcome, refuse } from '../../kernel/outcome.ts';
import { newServerSeed } from '../casino/api.ts';
import { begin, ensureAccount } from '../wallet/api.ts';
import { clientSeedOf, raceOf } from './draws.ts';
import { oddsOf } from './odds.ts';
import { drawRats, type Race } from './rules.ts';
import { bettingSeconds, raceChannel, racesEnabled } from './settings.ts';
import { payBets, refundBets } from './settle.ts';
import { type ShownRace, shownRace } from './shown.ts';
import { idSchema, pastRaces, type RaceRow, races } from './state.ts';
import { editMs, lateMs, racesKept, turnMs } from './tuning.ts';

/** Where a race is: the server's channel for them, or the one it was asked for in. One race is open in each place. */
export const placeOfRaces = (query: Query): string => query.setting(raceChannel) || query.actor.channel || 'server';

/** Which race is meant. */
export const raceSchema = z.strictObject({
  at: z
    .string()
    .min(1)
    .max(20)
    .regex(/^[a-z0-9]+$/),
  race: idSchema,
});
export type RaceKey = z.infer<typeof raceSchema>;

/**
 * When a race has to be looked after next. A lobby: when it starts, or its card is due to be edited. One that runs: each
 * turn where it is posted, else when all is over.
 */
const nextLook = (race: RaceRow, now: EpochMs): EpochMs => {
  const { startedAt, startsAt, stale, shownAt = 0 } = race;
  if (startedAt === undefined) {
    return stale && race.message !== undefined ? epochMs(Math.min(startsAt, shownAt + editMs)) : startsAt;
  }
  const endsAt = startedAt + raceOf(race).turns.length * turnMs;
  if (race.message === undefined) return epochMs(endsAt);
  return epochMs(Math.min(endsAt, startedAt + (Math.floor((now - startedAt) / turnMs) + 1) * turnMs));
};

/** A race of a place is another than before, or looks another than before. */
export const raceChanged = event<{ readonly at: string; readonly opened: boolean }>('races.changed');

/** Has the timer of a race that is open fall when it has to be looked after next. */
export const wakeRace = (m: Mutation, at: string, race: RaceRow): void => {
  if (race.phase !== 'lobby' && race.phase !== 'running') return;
  m.wake(turnRace, at, nextLook(race, m.now), { at, race: race.id });
};

/**
 * Writes a race that looks another than its card, and has that show it where it is posted: once in `editMs` however many
 * bet, or at once where the race has come to another phase. Gives the row as it is kept.
 */
export const keepRace = (m: Mutation, at: string, race: RaceRow, opened = false): RaceRow => {
  const { stale: _, ...others } = race;
  const isDue = race.message !== undefined && m.now >= (race.shownAt ?? 0) + editMs;
  const isShown = opened || race.phase !== 'lobby' || isDue;
  const kept: RaceRow = isShown ? { ...others, shownAt: m.now } : { ...others, stale: true };
  m.put(races, [at], kept);
  if (isShown) m.emit(raceChanged, { at, opened });
  wakeRace(m, at, kept);
  return kept;
};

/** Closes a race without running it; every stake goes back. */
export const cancelRace = (m: Mutation, at: string, race: RaceRow): RaceRow => {
  m.cancel(turnRace, at);
  return keepRace(m, at, { ...race, phase: 'cancelled', bets: refundBets(m, race) });
};

const startRace = (m: Mutation, at: string, lobby: RaceRow): RaceRow => {
  // Whoever bet has long gone, as the bot was down: nobody would see it.
  if (lobby.bets.length === 0 || m.now > lobby.startsAt + lateMs) return cancelRace(m, at, lobby);
  return keepRace(m, at, { ...lobby, phase: 'running', startedAt: m.now, clientSeed: clientSeedOf(lobby.bets) });
};

/** The oldest races go where as many are kept as can be. */
const keepPast = (m: Mutation, { id, serverSeed, clientSeed, rats, factors, bets }: RaceRow, { home }: Race): void => {
  if (m.count(pastRaces) >= racesKept) {
    for (const [key] of m.page(pastRaces, { limit: 2 })) m.remove(pastRaces, key);
  }
  m.put(pastRaces, [id], {
    at: m.now,
    home: home.map(({ rat }) => rat),
    serverSeed,
    ...(clientSeed !== undefined && { clientSeed }),
    rats,
    factors,
    bets,
  });
};

const endRace = (m: Mutation, at: string, race: RaceRow): RaceRow => {
  m.cancel(turnRace, at);
  const run = raceOf(race);
  const after: RaceRow = { ...race, phase: 'over', bets: payBets(m, race, run) };
  keepPast(m, after, run);
  return keepRace(m, at, after);
};

/**
 * Brings a race to where it must be by now, and no further: a lobby whose time is up starts, a race whose last turn is run
 * is paid. Called by the timer and by whoever presses before it falls; a second call does nothing.
 */
export const advance = (m: Mutation, at: string, race: RaceRow): RaceRow => {
  if (race.phase === 'lobby' && m.now >= race.startsAt) return startRace(m, at, race);
  const { startedAt } = race;
  if (race.phase !== 'running' || startedAt === undefined) return race;
  return m.now >= startedAt + raceOf(race).turns.length * turnMs ? endRace(m, at, race) : race;
};

/** When a card is due to be edited, a lobby closes, a turn is run, or a race is over. */
export const turnRace: Operation<RaceKey> = task({
  name: 'races.turn',
  version: 1,
  input: raceSchema,
  run: (m, { at, race: id }) => {
    const before = m.find(races, [at]);
    if (before?.id !== id) return done();
    if (advance(m, at, before) !== before) return done();
    if (before.stale) {
      keepRace(m, at, before);
      return done();
    }
    // Between its start and its end a race changes by the time alone.
    if (before.phase === 'running') m.emit(raceChanged, { at, opened: false });
    wakeRace(m, at, before);
    return done();
  },
});

/** Finished races of other places go, a few at a time. */
const dropFinished = (m: Mutation, at: string): void => {
  for (const [[place], { phase }] of m.page(races, { limit: 5 })) {
    if (place !== at && (phase === 'over' || phase === 'cancelled')) m.remove(races, [place]);
  }
};

/** What `/ratrace` shows: a race, and the channel it is posted in where it was opened now. */
export interface Opened {
  readonly race: ShownRace;
  readonly postedIn: string | undefined;
}

/** Opens a lobby, or shows the race that is open in the place already. */
export const openRace = (m: Mutation): Outcome<Opened> => {
  const at = placeOfRaces(m);
  const before = m.find(races, [at]);
  const open = before && advance(m, at, before);
  if (open && (open.phase === 'lobby' || open.phase === 'running')) {
    return done({ race: shownRace(m.now, at, open), postedIn: undefined });
  }
  if (!m.setting(racesEnabled)) return refuse('economy.races.off');
  begin(m);
  // Where coins rest nobody's account is begun, and the race names who opened it.
  ensureAccount(m, m.actor.member);
  dropFinished(m, at);
  const channel = m.setting(raceChannel) || m.actor.channel;
  const rats = drawRats(m.random);
  const race: RaceRow = {
    id: m.newId(),
    phase: 'lobby',
    by: m.actor.member,
    startsAt: epochMs(m.now + m.setting(bettingSeconds) * 1_000),
    serverSeed: newServerSeed(m.random),
    rats,
    factors: oddsOf(rats),
    bets: [],
    ...(channel !== undefined && { channel }),
  };
  keepRace(m, at, race, true);
  return done({ race: shownRace(m.now, at, race), postedIn: channel });
};

/** The race that a control means, brought to the present; refused where it is not kept any more. */
export const findRace = (m: Mutation, { at, race: id }: RaceKey): RaceRow | Outcome<never> => {
  const race = m.find(races, [at]);
  return race?.id === id ? advance(m, at, race) : refuse('economy.races.past');
};
