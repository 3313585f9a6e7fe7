import { type GuildId, guildId } from '../../../src/kernel/ids.ts';
import type { JournalFiles } from '../../../src/storage/journal/files.ts';
import {
  openSegmentJournal,
  type SegmentJournal,
  type SegmentJournalOptions,
} from '../../../src/storage/journal/segment-journal.ts';
import { type Claim, type JournalEntry, noPosition, type Position } from '../../../src/storage/ports.ts';

export const guilds: readonly GuildId[] = ['111111111111111111', '18446744073709551615', '999999999999999999'].map(
  guildId,
);
export const firstGuild = guildId('111111111111111111');

export const segmentBytesMax = 1_024;

/** An entry as the tests compare it. */
export type Told = readonly [position: number, guild: GuildId, text: string];

export const told = ({ position, guild, bytes }: JournalEntry): Told => [
  position,
  guild,
  new TextDecoder('latin1').decode(bytes),
];

export const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** What a journal knows of time and of the process. */
export type Surroundings = Required<Pick<SegmentJournalOptions, 'monotonicMs' | 'after' | 'isBusy'>>;

/** No time passes, and there is some to spare. */
const calm: Surroundings = {
  monotonicMs: () => 0,
  after: (_, run) => setImmediate(run),
  isBusy: () => false,
};

export const openOn = (
  files: JournalFiles,
  durability: 'power' | 'process' = 'power',
  surroundings: Partial<Surroundings> = {},
): Promise<SegmentJournal> =>
  openSegmentJournal({ folder: 'journal', files, durability, segmentBytesMax, ...calm, ...surroundings });

/** By this clock a millisecond passes whenever somebody looks, so that every disk is a slow one. */
export const slowClock = (): (() => number) => {
  let ms = 0;
  return () => {
    ms += 1;
    return ms;
  };
};

/** A process with no time to spare; by its clock time passes only while the journal waits. */
export const busyProcess = (): Surroundings => {
  let nowMs = 0;
  return {
    monotonicMs: () => nowMs,
    after: (ms, run) =>
      setImmediate(() => {
        nowMs += ms;
        run();
      }),
    isBusy: () => true,
  };
};

/** Blocks after which a journal knows how long its disk takes. */
export const blocksUntilKnown = 8;

/** Everything the journal holds. */
export const everything = (journal: SegmentJournal, after: Position = noPosition): readonly Told[] =>
  Array.from(journal.replay(after), told);

/** Opens a journal only to read it. */
export const storedIn = async (files: JournalFiles): Promise<readonly Told[]> => {
  const journal = await openOn(files);
  const entries = everything(journal);
  await journal.close();
  return entries;
};

/** Lets the event loop turn, which is when a simulated disk answers. */
export const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => void setImmediate(resolve));
};

/** Appends entries one block each, so that tests know where blocks end. */
export const appendBlocks = async (journal: SegmentJournal, texts: readonly string[]): Promise<readonly Told[]> => {
  const claim: Claim = journal.claim(firstGuild);
  const entries: Told[] = [];
  for (const text of texts) {
    entries.push([journal.append(claim, bytesOf(text)), firstGuild, text]);
    await journal.sync();
  }
  return entries;
};

/** Names of the segments, the oldest first. */
export const segmentsIn = async (files: JournalFiles): Promise<readonly string[]> => (await files.list()).toSorted();

/** Draws from 0 to 1, the same for the same seed. */
export const chancesFrom = (seed: number): (() => number) => {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** A listener's `failed` where no failure is expected. */
export const neverFailed = (error: Error): never => {
  throw error;
};
