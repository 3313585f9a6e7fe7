import { z } from 'zod';
import type { Mutation } from '../../kernel/context.ts';
import type { MemberId, RowId } from '../../kernel/ids.ts';
import { departures } from '../../kernel/membership.ts';
import { type Operation, task } from '../../kernel/operation.ts';
import { done, type Outcome, refuse } from '../../kernel/outcome.ts';
import { memberSchema } from '../../kernel/schemas.ts';
import { findClan, membershipOf } from '../clans/api.ts';
import { accountOf, isFrozen } from '../wallet/api.ts';
import { closeRecord, heistChanged, keepHeist } from './keep.ts';
import { endHeist } from './settle.ts';
import { type ShownHeist, shownHeist } from './shown.ts';
import { type CrewMember, type HeistRow, heistRows, idSchema, pastHeists } from './state.ts';
import { full, lateMs, mistakeNoise, phaseMs, phases, stepMs, teamMin } from './tuning.ts';

/** A heist brought to the present: still under way, or over or never begun, as it is to be shown. */
export type Present = { readonly row: HeistRow } | { readonly shown: ShownHeist };

/** Whether a heist is still under way. */
export const isOpen = <P extends object>(present: P): present is Extract<P, { readonly row: HeistRow }> =>
  'row' in present;

/** Forgets a heist that was not started: it cost nothing. */
export const cancelHeist = (m: Mutation, id: RowId, heist: HeistRow): ShownHeist => {
  m.remove(heistRows, [id]);
  m.cancel(endStage, id);
  closeRecord(m, heist.attacker);
  const shown = { heist: id, state: 'cancelled', attacker: findClan(m, heist.attacker)?.name ?? '' } as const;
  const { channel, message } = heist;
  m.emit(heistChanged, { shown, channel, message, opened: false });
  return shown;
};

/** Ends a heist that was started, its timers included. */
export const finish = (
  m: Mutation,
  id: RowId,
  heist: HeistRow,
  how: Parameters<typeof endHeist>[3],
): { readonly shown: ShownHeist } => {
  m.cancel(endStage, id);
  for (const { member, task: open } of heist.crew) if (open !== undefined) m.cancel(lapse, lapseKey(id, member));
  return { shown: endHeist(m, id, heist, how) };
};

const stageInput = z.strictObject({ h: idSchema });
const lapseInput = z.strictObject({ h: idSchema, m: memberSchema });
const lapseKey = (id: RowId, member: MemberId): string => `${id} ${member}`;

/** When a stage of a heist is over. */
export const endStage: Operation<z.infer<typeof stageInput>> = task({
  name: 'heists.end-stage',
  version: 1,
  input: stageInput,
  run: (m, { h }) => {
    const heist = m.find(heistRows, [h]);
    if (heist !== undefined) advance(m, h, heist);
    return done();
  },
});

/** When the time for a member's task is over. */
export const lapse: Operation<z.infer<typeof lapseInput>> = task({
  name: 'heists.lapse',
  version: 1,
  input: lapseInput,
  run: (m, { h }) => {
    const heist = m.find(heistRows, [h]);
    if (heist !== undefined) advance(m, h, heist);
    return done();
  },
});

/** Has the timer of a heist's stage fall at its end. */
export const wakeStage = (m: Mutation, id: RowId, { endsAt }: HeistRow): void =>
  m.wake(endStage, id, endsAt, { h: id });

/** Has the timer of a member's task fall at its end. */
export const wakeLapse = (m: Mutation, id: RowId, { member, task: open }: CrewMember): void => {
  if (open !== undefined) m.wake(lapse, lapseKey(id, member), open.expiresAt, { h: id, m: member });
};

/** Takes the task of a member away, done or not. */
export const closeTask = (m: Mutation, id: RowId, one: CrewMember): CrewMember => {
  const { task: _, ...rest } = one;
  m.cancel(lapse, lapseKey(id, one.member));
  return rest;
};

/** Whether somebody can play for a clan: in it, in the server, and not banned from moving coins. */
export const canPlay = (m: Mutation, clan: RowId, member: MemberId): boolean =>
  membershipOf(m, member)?.clan === clan &&
  m.find(departures, [member]) === undefined &&
  accountOf(m, member)?.bannedAt === undefined;

/** Notes who cannot play any more: nobody waits for them, and what they put at stake stays there. */
const withoutGone = (m: Mutation, id: RowId, heist: HeistRow): HeistRow => {
  const leave = ({ gone, member }: CrewMember): boolean => !gone && !canPlay(m, heist.attacker, member);
  if (!heist.crew.some(leave)) return heist;
  return { ...heist, crew: heist.crew.map((one) => (leave(one) ? { ...closeTask(m, id, one), gone: true } : one)) };
};

/** A phase in which everybody who is there has done their part is over; the next begins with half the noise. */
export const withPhase = (m: Mutation, id: RowId, heist: HeistRow): HeistRow | 'won' => {
  if (!heist.crew.every(({ gone, progress }) => gone || progress >= full)) return heist;
  if (heist.phase === phases - 1) return 'won';
  const crew = heist.crew.map((one) => ({ ...closeTask(m, id, one), progress: 0 }));
  const noise = Math.floor(heist.noise / 2);
  const endsAt = heist.mode === 'team' ? { endsAt: later(m, phaseMs) } : {};
  return { ...heist, crew, noise, phase: heist.phase + 1, mistakes: 0, ...endsAt };
};

const later = (m: Mutation, ms: number): HeistRow['endsAt'] => (m.now + ms) as HeistRow['endsAt'];

/**
 * What a task comes to that was not done. Somebody alone is caught, unless a potion forgives it; a team is when it makes
 * more mistakes than the phase allows, or too much noise.
 */
export const withMistake = (
  m: Mutation,
  heist: HeistRow,
  by: CrewMember,
): { readonly heist: HeistRow; readonly forgiven: boolean; readonly lost: 'mistakes' | 'noise' | undefined } => {
  const { mode, noise, mistakes, mistakesMax, size } = heist;
  if (mode === 'solo') {
    const chance = by.gear['forgiveness'] ?? 0;
    const forgiven = chance > 0 && m.random.int(10_000) < chance;
    return { heist, forgiven, lost: forgiven ? undefined : 'mistakes' };
  }
  const after = { ...heist, mistakes: mistakes + 1, noise: Math.min(noise + mistakeNoise * size, full * size) };
  if (after.mistakes > mistakesMax) return { heist: after, forgiven: false, lost: 'mistakes' };
  return { heist: after, forgiven: false, lost: after.noise >= full * size ? 'noise' : undefined };
};

/** Tasks whose time is over count as mistakes, the one that ran out first before. */
const withoutLapsed = (m: Mutation, id: RowId, heist: HeistRow): Present => {
  const lapsed = heist.crew
    .filter(({ task: open }) => open !== undefined && open.expiresAt <= m.now)
    .sort((one, other) => (one.task?.expiresAt ?? 0) - (other.task?.expiresAt ?? 0));
  let row = heist;
  for (const one of lapsed) {
    if (isFrozen(m)) return finish(m, id, row, { outcome: 'void', reason: 'frozen' });
    if (m.now > (one.task?.expiresAt ?? 0) + lateMs) return finish(m, id, row, { outcome: 'void', reason: 'down' });
    const { heist: after, lost } = withMistake(m, row, one);
    if (lost !== undefined) return finish(m, id, after, { outcome: 'lost', reason: lost });
    row = {
      ...after,
      crew: after.crew.map((other) => (other.member === one.member ? closeTask(m, id, other) : other)),
    };
  }
  return { row };
};

/** What became of a heist that is played. */
const advancePlay = (m: Mutation, id: RowId, heist: HeistRow): Present => {
  // A reset that was taken back may have brought a heist back whose clans are no more.
  if (findClan(m, heist.attacker) === undefined || findClan(m, heist.target) === undefined) {
    return finish(m, id, heist, { outcome: 'void', reason: 'ended' });
  }
  const present = withoutLapsed(m, id, withoutGone(m, id, heist));
  if (!isOpen(present)) return present;
  const { row } = present;
  if (row.crew.every(({ gone }) => gone)) return finish(m, id, row, { outcome: 'lost', reason: 'alone' });
  if (m.now >= row.endsAt) {
    if (isFrozen(m)) return finish(m, id, row, { outcome: 'void', reason: 'frozen' });
    const wasDown = m.now > row.endsAt + lateMs;
    return finish(m, id, row, wasDown ? { outcome: 'void', reason: 'down' } : { outcome: 'lost', reason: 'late' });
  }
  const next = withPhase(m, id, row);
  if (next === 'won') return finish(m, id, row, { outcome: 'won', reason: 'done' });
  return { row: next };
};

/** Those who were asked and did not say yes are out. With enough of them the roles are next. */
export const closeAsking = (m: Mutation, id: RowId, heist: HeistRow): Present => {
  const crew = heist.crew.filter(({ answer, member }) => answer === 'accepted' && canPlay(m, heist.attacker, member));
  if (crew.length < teamMin) return { shown: cancelHeist(m, id, heist) };
  return { row: { ...heist, crew, stage: 'roles', endsAt: later(m, stepMs) } };
};

const advanceLobby = (m: Mutation, id: RowId, heist: HeistRow): Present => {
  const { leader, stage, crew } = heist;
  if (leader === undefined || !canPlay(m, heist.attacker, leader)) return { shown: cancelHeist(m, id, heist) };
  const isOver = m.now >= heist.endsAt;
  if (stage !== 'asking') return isOver ? { shown: cancelHeist(m, id, heist) } : { row: heist };
  if (m.now > heist.endsAt + lateMs) return { shown: cancelHeist(m, id, heist) };
  return isOver || crew.every(({ answer }) => answer !== 'asked') ? closeAsking(m, id, heist) : { row: heist };
};

/**
 * Brings a heist to where it must be by now, and keeps it. Called by its timers and by whoever presses before they fall;
 * a second call does nothing.
 */
export const advance = (m: Mutation, id: RowId, heist: HeistRow): Present => {
  const present = heist.stage === 'playing' ? advancePlay(m, id, heist) : advanceLobby(m, id, heist);
  if (!isOpen(present)) return present;
  const { row } = present;
  if (row !== heist) keepHeist(m, id, row);
  if (row.endsAt !== heist.endsAt) wakeStage(m, id, row);
  return present;
};

/** The heist that a control means, brought to the present; refused where nothing is known of it any more. */
export const findHeist = (m: Mutation, id: RowId): Present | Outcome<never> => {
  const heist = m.find(heistRows, [id]);
  if (heist !== undefined) return advance(m, id, heist);
  const past = m.find(pastHeists, [id]);
  return past === undefined ? refuse('economy.heist.gone') : { shown: { heist: id, state: 'over', past } };
};

/** A heist as it is shown, over or not. */
export const shownNow = (m: Mutation, id: RowId, present: Present): ShownHeist =>
  isOpen(present) ? shownHeist(m, id, present.row) : present.shown;
