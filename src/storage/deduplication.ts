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
  readonly request: string;
  readonly at: number;
  readonly outcome: StoredOutcome;
}

/** What came between two snapshots. */
interface Answers {
  readonly byRequest: Map<string, Answer>;
  /** The same as they will be stored: cut up as they come, since a snapshot finds tens of thousands in a busy guild. */
  readonly parts: Answer[][];
  /** None of them is newer. */
  newest: string;
}

/** Of all guilds that were asked nothing; never changed. */
const noAnswers: Answers = { byRequest: new Map(), parts: [], newest: '' };

/** One stored row of answers. It is written once, and removed as a whole. */
interface Chunk {
  readonly number: number;
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
  read: ReadonlyMap<string, Answer> | undefined;
  /** What the last snapshot wrote. */
  settled: Pick<Answers, 'byRequest' | 'newest'>;
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
  settled: noAnswers,
  taken: noAnswers,
  added: noAnswers,
  newestOnDisk: newest,
  newest,
});

/** Whether a Discord id was made after another: ids grow with time. */
const isNewer = (request: string, other: string): boolean =>
  request.length === other.length ? request > other : request.length > other.length;

const newerOf = (request: string, other: string): string => (isNewer(request, other) ? request : other);

const keyOf = ({ prefix }: Ring, number: number): string => prefix + sortableNumber(number);

const chunkOf = (number: number, answers: readonly Answer[]): Chunk => ({
  number,
  count: answers.length,
  at: answers.at(-1)?.at ?? 0,
  madeAt: snowflakeTime(answers.reduce((newest, { request }) => newerOf(request, newest), '')),
});

const readStored = (ring: Ring): { readonly answers: ReadonlyMap<string, Answer>; readonly chunks: Chunk[] } => {
  const answers = new Map<string, Answer>();
  const chunks: Chunk[] = [];
  const { to, ...start } = keysUnder(ring.prefix);
  let { from } = start;
  for (;;) {
    const found = ring.rows.range({ from, to, reverse: false, limit: chunksReadMax });
    for (const [key, bytes] of found) {
      const parsed = chunkSchema.safeParse(unpack(bytes, key));
      if (!parsed.success) throw new DamagedStoreError(`${key} has an unknown form`, { cause: parsed.error });
      const part = parsed.data.map(([request, at, outcome]): Answer => ({ request, at, outcome }));
      for (const answer of part) answers.set(answer.request, answer);
      const number = fromSortable(key.slice(ring.prefix.length));
      chunks.push(chunkOf(number, part));
      from = justBehind(key);
      // A snapshot that was cut short has written rows its head does not know of.
      ring.nextChunk = Math.max(ring.nextChunk, number + 1);
    }
    if (found.length < chunksReadMax) return { answers, chunks };
  }
};

const lookUp = (ring: Ring, request: string): Answer | undefined => {
  if (isNewer(request, ring.newest)) return undefined;
  const { added, taken, settled } = ring;
  const inMemory = added.byRequest.get(request) ?? taken.byRequest.get(request) ?? settled.byRequest.get(request);
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

const add = (ring: Ring, answer: Answer): void => {
  if (ring.added === noAnswers) ring.added = { byRequest: new Map(), parts: [], newest: '' };
  const { byRequest, parts } = ring.added;
  byRequest.set(answer.request, answer);
  const part = parts.at(-1);
  if (part === undefined || part.length === chunkAnswersMax) parts.push([answer]);
  else part.push(answer);
  ring.added.newest = newerOf(answer.request, ring.added.newest);
};

/** Remembers an answer given at `at`. */
export const addAnswer = (ring: Ring, request: string, at: number, outcome: StoredOutcome): void => {
  add(ring, { request, at, outcome });
  ring.newest = newerOf(request, ring.newest);
};

/** Takes back the answer added last, which is in no snapshot yet; `newestBefore` was the ring's newest before it. */
export const removeAnswer = (ring: Ring, request: string, newestBefore: string): void => {
  const { added, taken } = ring;
  if (added.byRequest.delete(request)) {
    const part = added.parts.at(-1);
    part?.pop();
    if (part?.length === 0) added.parts.pop();
  }
  taken.byRequest.delete(request);
  ring.newest = newestBefore;
};

const outdatedChunks = (ring: Ring, chunks: readonly Chunk[], now: number): ReadonlySet<Chunk> => {
  const outdated = new Set<Chunk>();
  let answers = ring.taken.byRequest.size;
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
  ring.added = noAnswers;
  const chunks: Chunk[] = [];
  const writes: DerivedWrite[] = [];
  for (const part of ring.taken.parts) {
    const number = ring.nextChunk;
    ring.nextChunk += 1;
    chunks.push(chunkOf(number, part));
    writes.push({
      key: keyOf(ring, number),
      encode: () => pack(part.map(({ request, at, outcome }) => [request, at, outcome])),
    });
  }
  const removed = outdatedChunks(ring, ring.chunks, now);
  for (const { number } of removed) writes.push({ key: keyOf(ring, number), encode: () => undefined });
  return { writes, chunks, removed };
};

/** The changes are on disk. */
export const settleRing = (ring: Ring, { chunks, removed }: RingChanges): void => {
  ring.chunks = (ring.chunks ?? []).filter((chunk) => !removed.has(chunk)).concat(chunks);
  ring.newestOnDisk = newerOf(ring.settled.newest, ring.newestOnDisk);
  ring.read = undefined;
  const { byRequest, newest } = ring.taken;
  ring.settled = { byRequest, newest };
  ring.taken = noAnswers;
};

/** Lets go of what the last snapshot wrote: it is read from disk if somebody asks. */
export const forgetSettled = (ring: Ring): void => {
  ring.newestOnDisk = newerOf(ring.settled.newest, ring.newestOnDisk);
  ring.settled = noAnswers;
};

/** The changes are not on disk: the next snapshot takes them again. */
export const returnRing = (ring: Ring): void => {
  const { taken, added } = ring;
  ring.added = noAnswers;
  ring.taken = noAnswers;
  for (const answer of [...taken.byRequest.values(), ...added.byRequest.values()]) add(ring, answer);
};
