import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { decodeEntry } from '../entry-codec.ts';
import { emptyScratch } from '../journal/format.ts';
import { nodeFiles } from '../journal/node-files.ts';
import { damaged, readableSegment, type Segment } from '../journal/recovery.ts';
import { readEntry, replaySegments } from '../journal/replay.ts';
import type { EntryPlace, Position, ReplayedEntry } from '../ports.ts';
import { archiveFolder, listArchive } from './archive.ts';

/** Entries of the journal without a gap, from files of several places. */
export interface History {
  /** Entries above a position, in order. May be gone over again. */
  readonly entries: (after: Position) => Iterable<ReplayedEntry>;
  /** The bytes of one of them. */
  readonly read: (place: EntryPlace) => Uint8Array;
  /** Nothing that happened up to this time is missing; `Infinity` when the files go on to the present. */
  readonly until: number;
  /** The last position. */
  readonly last: Position;
  close(): Promise<void>;
}

interface Piece {
  readonly segment: Segment;
  readonly folder: string;
  readonly until: number;
}

const journalName = /^\d{16}\.journal$/;

const isMissing = (failure: unknown): boolean =>
  failure instanceof Error && 'code' in failure && failure.code === 'ENOENT';

const namesIn = async (folder: string): Promise<readonly string[]> => {
  try {
    return (await readdir(folder)).filter((name) => journalName.test(name)).toSorted();
  } catch (failure) {
    if (isMissing(failure)) return [];
    throw failure;
  }
};

const openPiece = async (path: string, until: number): Promise<Piece | undefined> => {
  const folder = dirname(path);
  const files = await nodeFiles(folder);
  try {
    const file = await files.open(basename(path));
    const segment = readableSegment(folder, basename(path), file);
    if (segment !== undefined) return { segment, folder, until };
    await file.close();
    return undefined;
  } catch (failure) {
    // Archived between the look at the folder and now: it is found there.
    if (isMissing(failure)) return undefined;
    throw failure;
  }
};

/** Where entries come from. */
export interface HistorySources {
  /** A backup's journal, and the time up to which it is complete. */
  readonly backup: { readonly folder: string; readonly at: number };
  /** The position above which entries are wanted. */
  readonly after: Position;
  /** A data folder whose archive and journal go on from there, in use or not. */
  readonly dataFolder: string | undefined;
}

/** Goes as far as one file follows on another. What follows behind a gap cannot be used. */
const chain = (pieces: readonly Piece[], after: Position): readonly Piece[] => {
  const chosen: Piece[] = [];
  let next = after + 1;
  const sorted = pieces.toSorted((one, other) => one.segment.first - other.segment.first);
  for (;;) {
    const reaching = sorted.filter(
      (piece) => !chosen.includes(piece) && piece.segment.first <= next && piece.segment.next >= next,
    );
    // Of two copies the longer, then the one known to be complete for longer.
    const [best] = reaching.toSorted((one, other) => other.segment.next - one.segment.next || other.until - one.until);
    if (best === undefined) return chosen;
    if (best.segment.next === next && chosen.some(({ until }) => until >= best.until)) return chosen;
    chosen.push(best);
    next = best.segment.next;
  }
};

const entriesOf = function* (pieces: readonly Piece[], after: Position): Generator<ReplayedEntry> {
  let last = after;
  for (const { folder, segment } of pieces) {
    for (const entry of replaySegments(folder, [segment], last)) {
      yield entry;
      last = entry.position;
    }
  }
};

/** Time of the newest entry of a piece: with nothing behind it, no more is known. */
const lastTimeIn = (piece: Piece | undefined): number => {
  let last = Number.NEGATIVE_INFINITY;
  if (piece === undefined || piece.until > last) return last;
  for (const entry of replaySegments(piece.folder, [piece.segment], 0)) last = Math.max(last, decodeEntry(entry).at);
  return last;
};

/**
 * Puts together what a backup's journal, an archive and a live journal have of one history. Throws
 * `DamagedStoreError` when an archived segment is cut off.
 */
export const openHistory = async ({ backup, after, dataFolder }: HistorySources): Promise<History> => {
  const pieces: Piece[] = [];
  const add = async (path: string, until: number): Promise<Piece | undefined> => {
    const piece = await openPiece(path, until);
    if (piece !== undefined) pieces.push(piece);
    return piece;
  };
  for (const name of await namesIn(backup.folder)) await add(join(backup.folder, name), backup.at);
  if (dataFolder !== undefined) {
    // The live journal first: what is retired meanwhile is in the archive by then.
    const live = join(dataFolder, 'journal');
    for (const name of await namesIn(live)) await add(join(live, name), Number.POSITIVE_INFINITY);
    for (const { path, bytes } of await listArchive(archiveFolder(dataFolder))) {
      const piece = await add(path, Number.NEGATIVE_INFINITY);
      if (piece === undefined || piece.segment.end !== bytes)
        throw damaged(dirname(path), basename(path), 0, 'it is cut off');
    }
  }
  const chosen = chain(pieces, after);
  const segments = chosen.map(({ segment }) => segment);
  const scratch = emptyScratch();
  return {
    entries: (from) => entriesOf(chosen, from),
    // Where two have an entry, the first gave it.
    read: (place) => readEntry(segments, place, scratch),
    until: Math.max(backup.at, ...chosen.map(({ until }) => until), lastTimeIn(chosen.at(-1))),
    last: Math.max(after, ...segments.map(({ next }) => next - 1)) as Position,
    close: async () => {
      for (const { segment } of pieces) await segment.file.close();
    },
  };
};
