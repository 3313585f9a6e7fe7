import { assert } from '../../kernel/assert.ts';
import type { EncodedKey } from '../../kernel/key.ts';
import type { Rows } from '../ports.ts';
import { sortableNumber } from '../row-keys.ts';
import { type Directory, decodeDirectory, decodePage, encodeDirectory, encodePage } from './board-codec.ts';
import { type Page, type PageEntries, pageEntriesMax, shiftEntry, slotOf, standsBefore } from './page.ts';

/** Pages with fewer entries are joined with a neighbour, if both together leave room to grow. */
const pageEntriesMin = pageEntriesMax / 4;
const joinedEntriesMax = (pageEntriesMax * 3) / 4;
/** Boards of so many pages stay in memory as long as their guild does. */
const pagesKept = 8;

/**
 * Keys sorted by score, highest first, in pages of which a directory knows the counts: the top and the place of a
 * score take the directory and one or two pages, however long the board is. Pages are read when first needed.
 */
export interface Board {
  readonly rows: Rows;
  readonly prefix: string;
  directory: Directory | undefined;
  directoryChanged: boolean;
  /** Keys of stored rows that stand for nothing any more. */
  obsolete: string[];
}

/** A row of a board for a snapshot; encoded when its turn comes, as of the moment it was taken. */
export interface DerivedWrite {
  readonly key: string;
  readonly encode: () => Uint8Array | undefined;
}

const directoryKeyOf = (prefix: string): string => `${prefix}pages`;
const pageKeyOf = (prefix: string, id: number): string => `${prefix}page-${sortableNumber(id)}`;

/** A board as it is on disk, empty if it is not there. Reads nothing yet. */
export const storedBoard = (rows: Rows, prefix: string): Board => ({
  rows,
  prefix,
  directory: undefined,
  directoryChanged: false,
  obsolete: [],
});

const directoryOf = (board: Board): Directory => {
  if (board.directory !== undefined) return board.directory;
  const key = directoryKeyOf(board.prefix);
  const bytes = board.rows.get(key);
  board.directory = bytes === undefined ? { nextPage: 0, pages: [] } : decodeDirectory(bytes, key);
  return board.directory;
};

const entriesOf = (board: Board, page: Page): PageEntries => {
  if (page.entries !== undefined) return page.entries;
  const key = pageKeyOf(board.prefix, page.id);
  page.entries = decodePage(board.rows.get(key), page.count, key);
  return page.entries;
};

/** The entries of a page about to change. */
const ownEntriesOf = (board: Board, page: Page): PageEntries => {
  let entries = entriesOf(board, page);
  if (page.shared) {
    entries = { scores: entries.scores.slice(), keys: entries.keys.slice() };
    page.entries = entries;
    page.shared = false;
  }
  page.changed = true;
  return entries;
};

/** The index of the page a score and key are in or belong into; 0 when there is none. */
const pageIndexOf = (pages: readonly Page[], score: number, key: EncodedKey): number => {
  let low = 1;
  let high = pages.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const page = pages[middle];
    if (page !== undefined && standsBefore(score, key, page.fromScore, page.fromKey)) high = middle;
    else low = middle + 1;
  }
  return low - 1;
};

const addPage = (board: Board, at: number, entries: PageEntries): void => {
  const { nextPage, pages } = directoryOf(board);
  pages.splice(at, 0, {
    id: nextPage,
    fromScore: entries.scores[0] ?? 0,
    fromKey: entries.keys[0] ?? '',
    count: entries.scores.length,
    entries,
    changed: true,
    shared: false,
  });
  board.directory = { nextPage: nextPage + 1, pages };
};

const dropPage = (board: Board, at: number): void => {
  for (const page of directoryOf(board).pages.splice(at, 1)) board.obsolete.push(pageKeyOf(board.prefix, page.id));
};

const joinWithNext = (board: Board, at: number): void => {
  const { pages } = directoryOf(board);
  const page = pages[at];
  const next = pages[at + 1];
  if (page === undefined || next === undefined || page.count + next.count > joinedEntriesMax) return;
  // Read both before either changes: a damaged page must leave the board as it was.
  const { scores, keys } = entriesOf(board, next);
  const entries = ownEntriesOf(board, page);
  entries.scores.push(...scores);
  entries.keys.push(...keys);
  page.count = entries.scores.length;
  dropPage(board, at + 1);
};

const insert = (board: Board, score: number, key: EncodedKey): void => {
  const { pages } = directoryOf(board);
  const at = pageIndexOf(pages, score, key);
  const page = pages[at];
  board.directoryChanged = true;
  if (page === undefined) {
    addPage(board, 0, { scores: [score], keys: [key] });
    return;
  }
  const { scores, keys } = ownEntriesOf(board, page);
  const slot = slotOf({ scores, keys }, score, key);
  scores.splice(slot, 0, score);
  keys.splice(slot, 0, key);
  if (scores.length > pageEntriesMax) {
    const half = pageEntriesMax >>> 1;
    addPage(board, at + 1, { scores: scores.splice(half), keys: keys.splice(half) });
  }
  page.count = scores.length;
};

const remove = (board: Board, score: number, key: EncodedKey): void => {
  const { pages } = directoryOf(board);
  const at = pageIndexOf(pages, score, key);
  const page = pages[at];
  assert(page !== undefined, 'what leaves a board was on it');
  const slot = slotOf(entriesOf(board, page), score, key);
  const { scores, keys } = ownEntriesOf(board, page);
  assert(keys[slot] === key && scores[slot] === score, 'what leaves a board was on it');
  scores.splice(slot, 1);
  keys.splice(slot, 1);
  page.count = scores.length;
  board.directoryChanged = true;
  if (page.count === 0) dropPage(board, at);
  else if (page.count < pageEntriesMin) {
    joinWithNext(board, at);
    if (at > 0) joinWithNext(board, at - 1);
  }
};

/** Bounds of pages name nobody who is not on the board: who left it may be erased next, and would stay in the directory. */
const moveBounds = (board: Board, key: EncodedKey): void => {
  for (const page of directoryOf(board).pages) {
    if (page.fromKey !== key) continue;
    const { scores, keys } = entriesOf(board, page);
    page.fromScore = scores[0] ?? 0;
    page.fromKey = keys[0] ?? '';
    board.directoryChanged = true;
  }
};

/**
 * Takes a key from one score to another; `undefined` stands for off the board. Throws `DamagedStoreError` when a page
 * cannot be read; the board may then be half changed and must be made anew.
 */
export const moveOnBoard = (
  board: Board,
  key: EncodedKey,
  before: number | undefined,
  after: number | undefined,
): void => {
  if (before === after) return;
  if (before !== undefined && after !== undefined) {
    const { pages } = directoryOf(board);
    const at = pageIndexOf(pages, before, key);
    const page = pages[at];
    if (page !== undefined && at === pageIndexOf(pages, after, key)) {
      const entries = ownEntriesOf(board, page);
      const from = slotOf(entries, before, key);
      assert(entries.keys[from] === key && entries.scores[from] === before, 'what moves on a board was on it');
      const to = slotOf(entries, after, key);
      shiftEntry(entries, from, from < to ? to - 1 : to, after);
      return;
    }
  }
  if (before !== undefined) remove(board, before, key);
  if (after === undefined) moveBounds(board, key);
  else insert(board, after, key);
};

/** How many entries stand before a score and key. */
export const placeOnBoard = (board: Board, score: number, key: EncodedKey): number => {
  const { pages } = directoryOf(board);
  const at = pageIndexOf(pages, score, key);
  const page = pages[at];
  if (page === undefined) return 0;
  let place = slotOf(entriesOf(board, page), score, key);
  for (let index = 0; index < at; index += 1) place += pages[index]?.count ?? 0;
  return place;
};

/** At most `limit` keys and scores from place `from` on. */
export const topOfBoard = (board: Board, from: number, limit: number): readonly (readonly [EncodedKey, number])[] => {
  const found: (readonly [EncodedKey, number])[] = [];
  let skip = from;
  for (const page of directoryOf(board).pages) {
    if (found.length >= limit) break;
    if (skip >= page.count) {
      skip -= page.count;
      continue;
    }
    const { scores, keys } = entriesOf(board, page);
    for (let slot = skip; slot < page.count && found.length < limit; slot += 1) {
      found.push([keys[slot] ?? '', scores[slot] ?? 0]);
    }
    skip = 0;
  }
  return found;
};

/** Replaces the board by these entries. `stored` are the keys of whatever rows of a board there may be on disk. */
export const refillBoard = (
  board: Board,
  entries: readonly (readonly [EncodedKey, number])[],
  stored: readonly string[],
): void => {
  const sorted = [...entries].sort((one, other) => {
    if (one[1] !== other[1]) return other[1] - one[1];
    return one[0] < other[0] ? -1 : 1;
  });
  board.obsolete = [...stored];
  board.directory = { nextPage: 0, pages: [] };
  board.directoryChanged = true;
  for (let at = 0; at < sorted.length; at += joinedEntriesMax) {
    const page = sorted.slice(at, at + joinedEntriesMax);
    const content = { scores: page.map(([, score]) => score), keys: page.map(([key]) => key) };
    addPage(board, board.directory.pages.length, content);
  }
};

const takePages = (board: Board, pages: readonly Page[]): readonly DerivedWrite[] => {
  const writes: DerivedWrite[] = [];
  for (const page of pages) {
    const { entries } = page;
    if (!page.changed || entries === undefined) continue;
    page.changed = false;
    page.shared = true;
    writes.push({ key: pageKeyOf(board.prefix, page.id), encode: () => encodePage(entries) });
  }
  return writes;
};

/**
 * What has to be written so that the disk has the board as it is now. The board counts as unchanged from here on; call
 * `returnBoardChanges` with the result when it did not get there.
 */
export const takeBoardChanges = (board: Board): readonly DerivedWrite[] => {
  const { directory, prefix } = board;
  if (directory === undefined) return [];
  const pages = takePages(board, directory.pages);
  // Entries that moved within their pages leave the directory as it is.
  if (!board.directoryChanged) return pages;
  const directoryKey = directoryKeyOf(prefix);
  const current = new Set([directoryKey, ...directory.pages.map((page) => pageKeyOf(prefix, page.id))]);
  const removed = board.obsolete.filter((key) => !current.has(key));
  board.obsolete = [];
  board.directoryChanged = false;
  const bytes = encodeDirectory(directory);
  return [
    ...removed.map((key) => ({ key, encode: () => undefined })),
    ...pages,
    { key: directoryKey, encode: () => bytes },
  ];
};

/** Makes changes that were taken and not written count as changes again. */
export const returnBoardChanges = (board: Board, writes: readonly DerivedWrite[]): void => {
  if (writes.length === 0) return;
  const keys = new Set(writes.map(({ key }) => key));
  for (const page of board.directory?.pages ?? []) {
    if (keys.has(pageKeyOf(board.prefix, page.id))) page.changed = true;
  }
  board.obsolete.push(...keys);
  board.directoryChanged = true;
};

/** Lets go of pages that can be read from disk again, when they are many. Not while changes are on their way. */
export const forgetPages = (board: Board): void => {
  const pages = board.directory?.pages ?? [];
  if (pages.length <= pagesKept) return;
  for (const page of pages) if (!page.changed) page.entries = undefined;
};
