import { z } from 'zod';
import { snowflakeTime } from '../kernel/ids.ts';
import { pack, unpack } from './codec.ts';
import type { StoredOutcome } from './contract.ts';
import type { DerivedWrite } from './orderings/board.ts';
import { DamagedStoreError, type Rows } from './ports.ts';
import { fromSortable, justBehind, keysUnder, sortableNumber } from './row-keys.ts';

/** How long Discord may deliver an interaction again: as long as its token works. */
const answeredMs = 15 * 60_000;
/** Most interactions of one guild kept in its stored rows; then the oldest go. */
const answersMax = 20_000;
/** Most interactions in one stored row. */
const chunkAnswersMax = 64;
const chunksReadMax = 100;

interface Answer {
  readonly at: number;
  readonly outcome: StoredOutcome;
}
type Answers = Map<string, Answer>;

/** One stored row of answers: what came between two snapshots. It is written once, and removed as a whole. */
interface Chunk {
  readonly key: string;
  readonly count: number;
  /** Time of the newest answer in it. */
  readonly at: number;
  /** When Discord made the newest interaction in it. */
  readonly madeAt: number;
}

/**
 * What interactions of the last 15 minutes were answered, by the guild's time and by Discord's. What came since the snapshot before last is
 * in memory; older answers are read from disk in the rare case that somebody asks.
 */
export interface Ring {
  readonly rows: Rows;
  readonly prefix: string;
  nextChunk: number;
  /** The stored rows, oldest first; `undefined` until a snapshot needs them. */
  chunks: Chunk[] | undefined;
  /** Answers read from disk; `undefined` until somebody asks, and again after each snapshot. */
  read: Answers | undefined;
  /** What the last snapshot wrote. */
  settled: Answers;
  /** What a snapshot under way took. */
  taken: Answers;
  /** What is in no snapshot yet. */
  added: Answers;
  /** No interaction that is on disk alone is newer. */
  newestOnDisk: string;
  /** No interaction in the ring is newer. Most that are asked for are, and need not be looked up. */
  newest: string;
}

/** Rows of a ring on their way into a snapshot. */
export interface RingChanges {
  readonly writes: readonly DerivedWrite[];
  readonly chunks: readonly Chunk[];
  readonly removed: ReadonlySet<Chunk>;
}

const chunkSchema = z.array(z.tuple([z.string(), z.number(), z.instanceof(Uint8Array)]));

/** The ring as it is on disk; `newest` is the newest interaction in it, or the empty text. Reads nothing yet. */
export const storedRing = (rows: Rows, prefix: string, nextChunk: number, newest: string): Ring => ({
  rows,
  prefix,
  nextChunk,
  chunks: undefined,
  read: undefined,
  settled: new Map(),
  taken: new Map(),
  added: new Map(),
  newestOnDisk: newest,
  newest,
});

const chunkOf = (key: string, answers: readonly (readonly [request: string, at: number, ...unknown[]])[]): Chunk => ({
  key,
  count: answers.length,
  at: answers.at(-1)?.[1] ?? 0,
  madeAt: answers.reduce((newest, [request]) => Math.max(newest, snowflakeTime(request)), 0),
});

const readStored = (ring: Ring): { readonly answers: Answers; readonly chunks: Chunk[] } => {
  const answers: Answers = new Map();
  const chunks: Chunk[] = [];
  const { to, ...start } = keysUnder(ring.prefix);
  let { from } = start;
  for (;;) {
    const found = ring.rows.range({ from, to, reverse: false, limit: chunksReadMax });
    for (const [key, bytes] of found) {
      const parsed = chunkSchema.safeParse(unpack(bytes, key));
      if (!parsed.success) throw new DamagedStoreError(`${key} has an unknown form`, { cause: parsed.error });
      for (const [request, at, outcome] of parsed.data) answers.set(request, { at, outcome });
      chunks.push(chunkOf(key, parsed.data));
      from = justBehind(key);
      // A snapshot that was cut short has written rows its head does not know of.
      ring.nextChunk = Math.max(ring.nextChunk, fromSortable(key.slice(ring.prefix.length)) + 1);
    }
    if (found.length < chunksReadMax) return { answers, chunks };
  }
};

/** Whether a Discord id was made after another: ids grow with time. */
const isNewer = (request: string, other: string): boolean =>
  request.length === other.length ? request > other : request.length > other.length;

const newerOf = (request: string, other: string): string => (isNewer(request, other) ? request : other);

const lookUp = (ring: Ring, request: string): Answer | undefined => {
  if (isNewer(request, ring.newest)) return undefined;
  const inMemory = ring.added.get(request) ?? ring.taken.get(request) ?? ring.settled.get(request);
  if (inMemory !== undefined || isNewer(request, ring.newestOnDisk)) return inMemory;
  ring.read ??= readStored(ring).answers;
  return ring.read.get(request);
};

/**
 * Whether Discord delivers no interaction of an age again. A clock of ours that jumps forward must not make it seem so,
 * so the guild's time does not say it alone: the newest interaction has to be so much newer too.
 */
const isOutdated = ({ newest }: Ring, { at, madeAt }: Pick<Chunk, 'at' | 'madeAt'>, now: number): boolean =>
  at + answeredMs < now && madeAt + answeredMs < snowflakeTime(newest);

/** What an interaction of the last 15 minutes before `now` was answered. Throws `DamagedStoreError` on stored damage. */
export const findAnswer = (ring: Ring, request: string, now: number): StoredOutcome | undefined => {
  const answer = lookUp(ring, request);
  if (answer === undefined) return undefined;
  return isOutdated(ring, { at: answer.at, madeAt: snowflakeTime(request) }, now) ? undefined : answer.outcome;
};

/** Remembers an answer given at `at`. */
export const addAnswer = (ring: Ring, request: string, at: number, outcome: StoredOutcome): void => {
  ring.added.set(request, { at, outcome });
  ring.newest = newerOf(request, ring.newest);
};

/** Takes back the answer added last, which is in no snapshot yet; `newestBefore` was the ring's newest before it. */
export const removeAnswer = (ring: Ring, request: string, newestBefore: string): void => {
  ring.added.delete(request);
  ring.taken.delete(request);
  ring.newest = newestBefore;
};

const outdatedChunks = (ring: Ring, chunks: readonly Chunk[], now: number): ReadonlySet<Chunk> => {
  const outdated = new Set<Chunk>();
  let answers = ring.taken.size;
  for (const chunk of chunks.toReversed()) {
    answers += chunk.count;
    if (answers > answersMax || isOutdated(ring, chunk, now)) outdated.add(chunk);
  }
  return outdated;
};

/** What has to be written for a snapshot as of `now`. End with `settleRing`, or with `returnRing` if it failed. */
export const takeRingChanges = (ring: Ring, now: number): RingChanges => {
  ring.chunks ??= readStored(ring).chunks;
  ring.taken = ring.added;
  ring.added = new Map();
  const chunks: Chunk[] = [];
  const writes: DerivedWrite[] = [];
  const answers = [...ring.taken];
  for (let from = 0; from < answers.length; from += chunkAnswersMax) {
    const part = answers.slice(from, from + chunkAnswersMax);
    const key = ring.prefix + sortableNumber(ring.nextChunk);
    ring.nextChunk += 1;
    const stored = part.map(([request, { at, outcome }]) => [request, at, outcome] as const);
    chunks.push(chunkOf(key, stored));
    writes.push({ key, encode: () => pack(stored) });
  }
  const removed = outdatedChunks(ring, ring.chunks, now);
  for (const { key } of removed) writes.push({ key, encode: () => undefined });
  return { writes, chunks, removed };
};

/** The changes are on disk. */
export const settleRing = (ring: Ring, { chunks, removed }: RingChanges): void => {
  ring.chunks = [...(ring.chunks ?? []).filter((chunk) => !removed.has(chunk)), ...chunks];
  for (const request of ring.settled.keys()) ring.newestOnDisk = newerOf(request, ring.newestOnDisk);
  ring.read = undefined;
  ring.settled = ring.taken;
  ring.taken = new Map();
};

/** The changes are not on disk: the next snapshot takes them again. */
export const returnRing = (ring: Ring): void => {
  ring.added = new Map([...ring.taken, ...ring.added]);
  ring.taken = new Map();
};
