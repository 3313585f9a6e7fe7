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
  readonly rows: Pick<Rows, 'get' | 'range'>;
  readonly prefix: string;
  directory: Directory | undefined;
  /** Its pages, as the directory has them; `undefined` those that are not in memory. */
  pages: (Page | undefined)[];
  directoryChanged: boolean;
  /** Keys of stored rows that stand for nothing any more. */
  obsolete: readonly string[];
}

/** A row of a board for a snapshot; encoded when its turn comes, as of the moment it was taken. */
export interface DerivedWrite {
  readonly key: string;
  readonly encode: () => Uint8Array | undefined;
}

const directoryKeyOf = (prefix: string): string => `${prefix}pages`;
const pageKeyOf = (prefix: string, id: number): string => `${prefix}page-${sortableNumber(id)}`;

/** Of all boards without entries; never changed. */
const emptyDirectory: Directory = { nextPage: 0, ids: [], counts: [], fromScores: [], fromKeys: [] };
const noPages: Board['pages'] = [];
const noKeys: readonly string[] = [];

/** A board as it is on disk, empty if it is not there. Reads nothing yet. */
export const storedBoard = (rows: Board['rows'], prefix: string): Board => ({
  rows,
  prefix,
  directory: undefined,
  pages: noPages,
  directoryChanged: false,
  obsolete: noKeys,
});

const directoryOf = (board: Board): Directory => {
  if (board.directory !== undefined) return board.directory;
  const key = directoryKeyOf(board.prefix);
  const bytes = board.rows.get(key);
  if (bytes === undefined) board.directory = emptyDirectory;
  else {
    board.directory = decodeDirectory(bytes, key);
    board.pages = board.directory.ids.map(() => undefined);
  }
  return board.directory;
};

const countAt = ({ counts }: Directory, at: number): number => counts[at] ?? 0;

const pageAt = (board: Board, at: number): Page => {
  const directory = directoryOf(board);
  const id = directory.ids[at];
  assert(id !== undefined, 'a board has the pages of its directory');
  const known = board.pages[at];
  if (known !== undefined) return known;
  const key = pageKeyOf(board.prefix, id);
  const entries = decodePage(board.rows.get(key), countAt(directory, at), key);
  const page = { entries, changed: false, shared: false };
  board.pages[at] = page;
  return page;
};

/** The entries of a page about to change. */
const ownEntriesAt = (board: Board, at: number): PageEntries => {
  const page = pageAt(board, at);
  if (page.shared) {
    const { scores, keys } = page.entries;
    page.entries = { scores: scores.slice(), keys: keys.slice() };
    page.shared = false;
  }
  page.changed = true;
  return page.entries;
};

/** The index of the page a score and key are in or belong into; 0 when there is none. */
const pageIndexOf = ({ ids, fromScores, fromKeys }: Directory, score: number, key: EncodedKey): number => {
  let low = 1;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (standsBefore(score, key, fromScores[middle] ?? 0, fromKeys[middle] ?? '')) high = middle;
    else low = middle + 1;
  }
  return low - 1;
};

const addPage = (board: Board, at: number, entries: PageEntries): void => {
  const directory = directoryOf(board);
  const id = directory.nextPage;
  const page = { entries, changed: true, shared: false };
  const count = entries.scores.length;
  const fromScore = entries.scores[0] ?? 0;
  const fromKey = entries.keys[0] ?? '';
  if (directory.ids.length === 0) {
    // Not put into empty lists, which then have room for 17 entries: most boards never have a second page.
    board.directory = { nextPage: id + 1, ids: [id], counts: [count], fromScores: [fromScore], fromKeys: [fromKey] };
    board.pages = [page];
    return;
  }
  directory.nextPage += 1;
  directory.ids.splice(at, 0, id);
  directory.counts.splice(at, 0, count);
  directory.fromScores.splice(at, 0, fromScore);
  directory.fromKeys.splice(at, 0, fromKey);
  board.pages.splice(at, 0, page);
};

const dropPage = (board: Board, at: number): void => {
  const { ids, counts, fromScores, fromKeys } = directoryOf(board);
  board.obsolete = [...board.obsolete, ...ids.splice(at, 1).map((id) => pageKeyOf(board.prefix, id))];
  board.pages.splice(at, 1);
  counts.splice(at, 1);
  fromScores.splice(at, 1);
  fromKeys.splice(at, 1);
};

const joinWithNext = (board: Board, at: number): void => {
  const directory = directoryOf(board);
  if (at + 1 >= directory.ids.length) return;
  if (countAt(directory, at) + countAt(directory, at + 1) > joinedEntriesMax) return;
  // Read both before either changes: a damaged page must leave the board as it was.
  const { scores, keys } = pageAt(board, at + 1).entries;
  const entries = ownEntriesAt(board, at);
  entries.scores.push(...scores);
  entries.keys.push(...keys);
  directory.counts[at] = entries.scores.length;
  dropPage(board, at + 1);
};

const insert = (board: Board, score: number, key: EncodedKey): void => {
  const directory = directoryOf(board);
  const at = pageIndexOf(directory, score, key);
  board.directoryChanged = true;
  if (directory.ids.length === 0) {
    addPage(board, 0, { scores: [score], keys: [key] });
    return;
  }
  const { scores, keys } = ownEntriesAt(board, at);
  const slot = slotOf({ scores, keys }, score, key);
  scores.splice(slot, 0, score);
  keys.splice(slot, 0, key);
  if (scores.length > pageEntriesMax) {
    const half = pageEntriesMax >>> 1;
    addPage(board, at + 1, { scores: scores.splice(half), keys: keys.splice(half) });
  }
  directory.counts[at] = scores.length;
};

const remove = (board: Board, score: number, key: EncodedKey): void => {
  const directory = directoryOf(board);
  const at = pageIndexOf(directory, score, key);
  const slot = slotOf(pageAt(board, at).entries, score, key);
  const { scores, keys } = ownEntriesAt(board, at);
  assert(keys[slot] === key && scores[slot] === score, 'what leaves a board was on it');
  scores.splice(slot, 1);
  keys.splice(slot, 1);
  directory.counts[at] = scores.length;
  board.directoryChanged = true;
  if (scores.length === 0) dropPage(board, at);
  else if (scores.length < pageEntriesMin) {
    joinWithNext(board, at);
    if (at > 0) joinWithNext(board, at - 1);
  }
};

/** Bounds of pages name nobody who is not on the board: who left it may be erased next, and would stay in the directory. */
const moveBounds = (board: Board, key: EncodedKey): void => {
  const { fromScores, fromKeys } = directoryOf(board);
  for (let at = fromKeys.indexOf(key); at >= 0; at = fromKeys.indexOf(key, at + 1)) {
    const { scores, keys } = pageAt(board, at).entries;
    fromScores[at] = scores[0] ?? 0;
    fromKeys[at] = keys[0] ?? '';
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
    const directory = directoryOf(board);
    const at = pageIndexOf(directory, before, key);
    if (at === pageIndexOf(directory, after, key)) {
      const entries = ownEntriesAt(board, at);
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
  const directory = directoryOf(board);
  if (directory.ids.length === 0) return 0;
  const at = pageIndexOf(directory, score, key);
  let place = slotOf(pageAt(board, at).entries, score, key);
  for (let index = 0; index < at; index += 1) place += countAt(directory, index);
  return place;
};

/** At most `limit` keys and scores from place `from` on. */
export const topOfBoard = (board: Board, from: number, limit: number): readonly (readonly [EncodedKey, number])[] => {
  const found: (readonly [EncodedKey, number])[] = [];
  let skip = from;
  const directory = directoryOf(board);
  for (let at = 0; at < directory.ids.length && found.length < limit; at += 1) {
    const count = countAt(directory, at);
    if (skip >= count) {
      skip -= count;
      continue;
    }
    const { scores, keys } = pageAt(board, at).entries;
    for (let slot = skip; slot < count && found.length < limit; slot += 1) {
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
  board.directory = emptyDirectory;
  board.pages = noPages;
  board.directoryChanged = true;
  for (let at = 0; at < sorted.length; at += joinedEntriesMax) {
    const page = sorted.slice(at, at + joinedEntriesMax);
    const content = { scores: page.map(([, score]) => score), keys: page.map(([key]) => key) };
    addPage(board, board.pages.length, content);
  }
};

const noWrites: readonly DerivedWrite[] = [];

const takePages = ({ pages, prefix }: Board, { ids }: Directory): readonly DerivedWrite[] => {
  const writes: DerivedWrite[] = [];
  for (const [at, page] of pages.entries()) {
    const id = ids[at];
    if (page === undefined || id === undefined || !page.changed) continue;
    const { entries } = page;
    page.changed = false;
    page.shared = true;
    writes.push({ key: pageKeyOf(prefix, id), encode: () => encodePage(entries) });
  }
  return writes;
};

/** Most boards of most guilds have not changed, and a snapshot asks all of those of each guild that has. */
const hasChanged = ({ directoryChanged, pages }: Board): boolean =>
  directoryChanged || pages.some((page) => page?.changed === true);

/**
 * What has to be written so that the disk has the board as it is now. The board counts as unchanged from here on; call
 * `returnBoardChanges` with the result when it did not get there.
 */
export const takeBoardChanges = (board: Board): readonly DerivedWrite[] => {
  const { directory, prefix } = board;
  if (directory === undefined || !hasChanged(board)) return noWrites;
  const pages = takePages(board, directory);
  // Entries that moved within their pages leave the directory as it is.
  if (!board.directoryChanged) return pages;
  const directoryKey = directoryKeyOf(prefix);
  const current = new Set([directoryKey, ...directory.ids.map((id) => pageKeyOf(prefix, id))]);
  const removed = board.obsolete.filter((key) => !current.has(key));
  board.obsolete = noKeys;
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
  const { ids } = directoryOf(board);
  for (const [at, page] of board.pages.entries()) {
    const id = ids[at];
    if (page !== undefined && id !== undefined && keys.has(pageKeyOf(board.prefix, id))) page.changed = true;
  }
  board.obsolete = [...board.obsolete, ...keys];
  board.directoryChanged = true;
};

/** Lets go of pages that can be read from disk again, when they are many. Not while changes are on their way. */
export const forgetPages = (board: Board): void => {
  const { pages, directory } = board;
  if (directory === undefined || directory.ids.length <= pagesKept) return;
  for (const [at, page] of pages.entries()) if (page?.changed === false) pages[at] = undefined;
};
