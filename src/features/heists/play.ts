import type { Mutation } from '../../kernel/context.ts';
import { type EpochMs, epochMs, type RowId } from '../../kernel/ids.ts';
import { done, type Outcome, refuse } from '../../kernel/outcome.ts';
import { refuseAtRest } from '../wallet/api.ts';
import { advance, closeTask, findHeist, finish, isOpen, wakeLapse, wakeStage, withMistake } from './advance.ts';
import { keepHeist, withCrew } from './keep.ts';
import {
  type Approach,
  drawSpan,
  rightPlaces,
  roleTasks,
  seenBelow,
  seenDraws,
  soloGain,
  type TaskKind,
  teamGain,
} from './rules.ts';
import { noiseOf, type ShownHeist, shownHeist } from './shown.ts';
import type { CrewMember, HeistRow, Task } from './state.ts';
import { drawTask, readAnswer } from './tasks.ts';
import { full, idleMs, lockTries, reactionMs, taskMs } from './tuning.ts';

/** A task as who does it sees it: without its answer. */
export interface ShownTask extends Pick<Task, 'id' | 'kind' | 'given' | 'choices'> {
  readonly expiresAt: EpochMs;
  /** Wrong guesses at a lock, with which of their digits are right in place. */
  readonly guesses: readonly { readonly guess: string; readonly right: readonly boolean[] }[];
  readonly triesLeft: number;
}

/** What the answer before came to. */
export type Result =
  | { readonly what: 'right'; readonly progress: number; readonly phaseOver: boolean }
  | { readonly what: 'wrong' | 'forgiven' | 'guess' | 'past' };

/** What somebody who plays sees of their part. */
export interface Board {
  readonly shown: ShownHeist;
  readonly own: Pick<CrewMember, 'member' | 'role' | 'progress'> | undefined;
  readonly task: ShownTask | undefined;
  readonly result: Result | undefined;
  /** It ended with this very answer, and nothing else tells those who play with them. */
  readonly tellsAll: boolean;
}

const shownTask = ({ id, kind, given, choices, expiresAt, guesses, triesMax, answer }: Task): ShownTask => ({
  id,
  kind,
  given,
  choices,
  expiresAt: epochMs(expiresAt),
  guesses: guesses.map((guess) => ({ guess, right: rightPlaces(answer, guess) })),
  triesLeft: triesMax - guesses.length,
});

const boardOf = (m: Mutation, id: RowId, row: HeistRow, result?: Result): Board => {
  const one = row.crew.find(({ member }) => member === m.actor.member);
  return {
    shown: shownHeist(m, id, row),
    own: one && { member: one.member, role: one.role, progress: one.progress },
    task: one?.task && shownTask(one.task),
    result,
    tellsAll: false,
  };
};

const endedBoard = (shown: ShownHeist, tellsAll: boolean): Board => ({
  shown,
  own: undefined,
  task: undefined,
  result: undefined,
  tellsAll,
});

/** The heist of a control and the part in it of who acts; what is to be shown where it is over. */
const ownPart = (
  m: Mutation,
  id: RowId,
): { readonly row: HeistRow; readonly one: CrewMember } | { readonly over: ShownHeist } | Outcome<never> => {
  const rest = refuseAtRest(m);
  if (rest) return rest;
  const present = findHeist(m, id);
  if (!isOpen(present)) return 'shown' in present ? { over: present.shown } : present;
  const { row } = present;
  if (row.stage !== 'playing') return refuse('economy.heist.not-started');
  const one = row.crew.find(({ member, gone }) => member === m.actor.member && !gone);
  return one === undefined ? refuse('economy.heist.not-in-it') : { row, one };
};

const isPart = (part: ReturnType<typeof ownPart>): part is { readonly row: HeistRow; readonly one: CrewMember } =>
  'one' in part;

/** Shows where it is over what it came to; else the refusal. */
const elsewise = (part: Exclude<ReturnType<typeof ownPart>, { readonly one: CrewMember }>): Outcome<Board> =>
  'over' in part ? done(endedBoard(part.over, false)) : part;

const soloKinds: Readonly<Record<Approach, readonly TaskKind[]>> = {
  stealth: ['pattern'],
  fast: ['reaction'],
  tech: ['sum', 'lock'],
};

/** Gives a member a task: drawn once, and kept until it is answered or its time is over. */
const giveTask = (m: Mutation, id: RowId, heist: HeistRow, one: CrewMember, approach?: Approach): HeistRow => {
  const kinds = approach === undefined ? [roleTasks[one.role ?? 'leader'].kind] : soloKinds[approach];
  const kind = kinds[kinds.length > 1 ? m.random.int(kinds.length) : 0] ?? 'sum';
  const time = kind === 'reaction' ? reactionMs : taskMs;
  const expiresAt = epochMs(m.now + time + Math.floor((time * (one.gear['answer-time'] ?? 0)) / 10_000));
  const drawn = drawTask(kind, m.random);
  const open: Task = {
    ...drawn,
    id: m.newId(),
    guesses: [],
    triesMax: kind === 'lock' ? lockTries + one.lockTries : 1,
    expiresAt,
    ...(approach && { approach }),
  };
  wakeLapse(m, id, { ...one, task: open });
  return withCrew(heist, one.member, (before) => ({ ...before, task: open }));
};

/** Somebody alone has the same time to think again after each press. */
const rested = (m: Mutation, id: RowId, heist: HeistRow): HeistRow => {
  if (heist.mode !== 'solo') return heist;
  const after = { ...heist, endsAt: epochMs(m.now + idleMs) };
  wakeStage(m, id, after);
  return after;
};

/** Shows who acts their part: the task that is open, a new one where there is none, or what to choose from. */
export const play = (m: Mutation, id: RowId): Outcome<Board> => {
  const part = ownPart(m, id);
  if (!isPart(part)) return elsewise(part);
  const { row, one } = part;
  if (one.task !== undefined || row.mode === 'solo' || one.progress >= full) return done(boardOf(m, id, row));
  const after = giveTask(m, id, row, one);
  keepHeist(m, id, after);
  return done(boardOf(m, id, after));
};

/** Has who plays alone go about the next task in a way of theirs. */
export const approach = (m: Mutation, id: RowId, way: Approach): Outcome<Board> => {
  const part = ownPart(m, id);
  if (!isPart(part)) return elsewise(part);
  const { row, one } = part;
  if (row.mode !== 'solo') return refuse('economy.heist.not-solo');
  // A task that is open is done before another is chosen.
  if (one.task !== undefined) return done(boardOf(m, id, row));
  const after = rested(m, id, giveTask(m, id, row, one, way));
  keepHeist(m, id, after);
  return done(boardOf(m, id, after));
};

/** A task was done: progress is the member's, noise is everybody's, and somebody alone may be seen. */
const succeed = (m: Mutation, id: RowId, heist: HeistRow, one: CrewMember, open: Task): Outcome<Board> => {
  const way = open.approach ?? 'stealth';
  const gain = heist.mode === 'solo' ? soloGain(way, one.gear) : teamGain(one.role ?? 'leader', one.gear, heist.team);
  const noise = Math.min(heist.noise + drawSpan(gain.noise, m.random), full * heist.size);
  const gained = drawSpan(gain.progress, m.random);
  const after: HeistRow = {
    ...withCrew(heist, one.member, (before) => ({
      ...closeTask(m, id, before),
      progress: Math.min(full, before.progress + gained),
    })),
    noise,
  };
  if (heist.mode === 'team' && noise >= full * heist.size) return lose(m, id, after, 'noise');
  const step = {
    approach: way,
    phase: heist.phase,
    noise: noiseOf(after),
    gear: one.gear,
    difficulty: heist.difficulty,
  };
  if (heist.mode === 'solo' && m.random.int(seenDraws) < seenBelow(step)) return lose(m, id, after, 'seen');
  const result = { what: 'right', progress: gained, phaseOver: false } as const;
  return carryOn(m, id, rested(m, id, after), result);
};

const lose = (m: Mutation, id: RowId, heist: HeistRow, reason: 'mistakes' | 'noise' | 'seen'): Outcome<Board> =>
  done(endedBoard(finish(m, id, heist, { outcome: 'lost', reason }).shown, heist.channel === undefined));

/** Keeps a heist after an answer, and ends the phase or the heist where that was the last there was to do. */
const carryOn = (m: Mutation, id: RowId, heist: HeistRow, result: Result): Outcome<Board> => {
  keepHeist(m, id, heist);
  const present = advance(m, id, heist);
  if (!isOpen(present)) return done(endedBoard(present.shown, heist.channel === undefined));
  const { row } = present;
  const phaseOver = row.phase !== heist.phase;
  return done(boardOf(m, id, row, result.what === 'right' ? { ...result, phaseOver } : result));
};

const fail = (m: Mutation, id: RowId, heist: HeistRow, one: CrewMember): Outcome<Board> => {
  const { heist: after, forgiven, lost } = withMistake(m, heist, one);
  if (lost !== undefined) return lose(m, id, after, lost);
  const closed = withCrew(after, one.member, (before) => closeTask(m, id, before));
  return carryOn(m, id, rested(m, id, closed), { what: forgiven ? 'forgiven' : 'wrong' });
};

/**
 * Takes the answer of who acts to the task that a control means: that one alone, and once. What can be no answer is
 * refused and costs nothing but time.
 */
export const answer = (m: Mutation, id: RowId, taskId: RowId, typed: string): Outcome<Board> => {
  const part = ownPart(m, id);
  if (!isPart(part)) return elsewise(part);
  const { row, one } = part;
  const open = one.task;
  if (open?.id !== taskId) return done(boardOf(m, id, row, { what: 'past' }));
  const read = readAnswer(open, typed);
  if (read === undefined) return refuse(`economy.heist.no-answer-${open.kind === 'lock' ? 'lock' : 'number'}`);
  if (read === open.answer) return succeed(m, id, row, one, open);
  const guesses = [...open.guesses, read];
  if (guesses.length >= open.triesMax) return fail(m, id, row, one);
  const after = withCrew(row, one.member, (before) => ({ ...before, task: { ...open, guesses } }));
  keepHeist(m, id, after);
  return done(boardOf(m, id, after, { what: 'guess' }));
};
