import { assert } from '../kernel/assert.ts';
import type { GuildId } from '../kernel/ids.ts';
import { type EncodedKey, keySeparator } from '../kernel/key.ts';
import type { Definition } from './definition.ts';
import type { StoredTable } from './head.ts';
import { type Board, moveOnBoard, storedBoard } from './orderings/board.ts';
import type { Rows } from './ports.ts';
import { decodeRow } from './row-codec.ts';
import { boardPrefix, collectionPrefix, keysUnder } from './row-keys.ts';
import { assertKey } from './rows/key-encoding.ts';
import { addKey, type SortedKeys, sortedKeys } from './sorted-keys.ts';

/** Most rows kept in memory beside those not in a snapshot yet. */
const cleanRowsMax = 2_000;
/** After so many reads of rows that are not there, the greatest key is looked up: it answers most such reads. */
const absentReadsBeforeLookup = 4;

/** Rows that differ from those on disk, removed ones among them. */
export interface Unwritten {
  /** `undefined` where a row was removed. Rows are never changed. */
  readonly rows: Map<EncodedKey, unknown>;
  /** The keys of `rows` in order, perhaps with others. */
  readonly keys: SortedKeys;
}

/** One collection's rows in one guild. */
export interface Table {
  readonly definition: Definition;
  readonly rows: Rows;
  readonly guild: GuildId;
  /** Of the keys of its rows on disk. */
  readonly prefix: string;
  /** All unwritten rows, rows read lately, and `undefined` where it is known that there is none. */
  readonly known: Map<EncodedKey, unknown>;
  unwritten: Unwritten;
  /** What a snapshot under way took; older than `unwritten`. */
  taken: Unwritten | undefined;
  /** Whether count, totals and boards are those of the rows; otherwise they are derived anew before they are read. */
  sound: boolean;
  count: number;
  readonly totals: bigint[];
  readonly boards: readonly Board[];
  /** Members whose rows are on no board; `undefined` where rows are not keyed first by a member. */
  readonly hidden: ReadonlySet<string> | undefined;
  /** Keys of stored rows of orderings nobody declares any more. */
  obsolete: string[];
  /** No key is greater; `undefined` as long as nobody looked. */
  greatestKey: EncodedKey | undefined;
  absentReads: number;
  /** The row used last: an operation reads and writes the same row several times running. */
  recentKey: EncodedKey | undefined;
  recentRow: unknown;
}

/** How to take back a change. */
export interface Undo {
  readonly table: Table;
  readonly key: EncodedKey;
  readonly before: unknown;
  readonly after: unknown;
  /** Whether the row before was unwritten itself. */
  readonly wasUnwritten: boolean;
}

/** No unwritten rows. */
export const nothingUnwritten = (): Unwritten => ({ rows: new Map(), keys: sortedKeys() });

/** A collection's rows as on disk. `stored` is what the guild's head says of them; unsound rows are derived anew. */
export const storedTable = (
  rows: Rows,
  guild: GuildId,
  definition: Definition,
  stored: StoredTable | undefined,
  sound: boolean,
  hidden: ReadonlySet<string> | undefined,
): Table => ({
  definition,
  rows,
  guild,
  prefix: collectionPrefix(guild, definition.name),
  known: new Map(),
  unwritten: nothingUnwritten(),
  taken: undefined,
  sound: sound && (stored === undefined || stored.fingerprint === definition.fingerprint),
  count: stored?.count ?? 0,
  totals: definition.totals.map(({ name }) => stored?.totals.get(name) ?? 0n),
  boards: definition.orderings.map(({ name }) => storedBoard(rows, boardPrefix(guild, definition.name, name))),
  hidden,
  obsolete: [],
  greatestKey: undefined,
  absentReads: 0,
  recentKey: undefined,
  recentRow: undefined,
});

/** Lets go of rows that can be read from disk again, when they are many. */
export const trimRows = (table: Table): void => {
  const { known, unwritten, taken } = table;
  if (known.size - unwritten.rows.size - (taken?.rows.size ?? 0) <= cleanRowsMax) return;
  for (const key of known.keys()) {
    if (!unwritten.rows.has(key) && taken?.rows.has(key) !== true) known.delete(key);
  }
};

const greatestKeyOf = ({ rows, prefix, known }: Table): EncodedKey => {
  const [last] = rows.range({ ...keysUnder(prefix), reverse: true, limit: 1 });
  let greatest = last === undefined ? '' : last[0].slice(prefix.length);
  for (const [key, row] of known) if (row !== undefined && key > greatest) greatest = key;
  return greatest;
};

const readFromDisk = (table: Table, key: EncodedKey): unknown => {
  const fullKey = table.prefix + key;
  if (table.greatestKey !== undefined && key > table.greatestKey) {
    assertKey(fullKey);
    return undefined;
  }
  const bytes = table.rows.get(fullKey);
  if (bytes === undefined) {
    table.absentReads += 1;
    if (table.absentReads === absentReadsBeforeLookup) table.greatestKey = greatestKeyOf(table);
  }
  const row = bytes === undefined ? undefined : decodeRow(table.definition, bytes, fullKey);
  trimRows(table);
  table.known.set(key, row);
  return row;
};

/** The row of a key, from memory or disk. Throws `DamagedStoreError` when it is stored and cannot be read. */
export const rowOf = (table: Table, key: EncodedKey): unknown => {
  if (key === table.recentKey) return table.recentRow;
  const known = table.known.get(key);
  const row = known !== undefined || table.known.has(key) ? known : readFromDisk(table, key);
  table.recentKey = key;
  table.recentRow = row;
  return row;
};

const assertScore = (score: number | undefined): number | undefined => {
  assert(score === undefined || Number.isSafeInteger(score), 'scores are safe integers');
  return score;
};

/** A row's term of a total, 0 without the row. */
export const termOf = (term: (row: unknown) => number, row: unknown): number => {
  const value = row === undefined ? 0 : term(row);
  assert(Number.isSafeInteger(value), 'terms are safe integers');
  return value;
};

/** A row's score, `undefined` when it is not on the board or not there. */
export const scoreOf = (score: (row: unknown) => number | undefined, row: unknown): number | undefined =>
  row === undefined ? undefined : assertScore(score(row));

/** The member a row is keyed by first. */
export const memberOf = (key: EncodedKey): string => {
  const end = key.indexOf(keySeparator);
  return end < 0 ? key : key.slice(0, end);
};

/** Whether the row of a key is kept off the boards because of whose it is. */
export const isHidden = ({ hidden }: Table, key: EncodedKey): boolean =>
  hidden !== undefined && hidden.size > 0 && hidden.has(memberOf(key));

/** Brings count, totals and boards from one row of a key to another. On a throw they have to be derived anew. */
const derive = (table: Table, key: EncodedKey, before: unknown, after: unknown): void => {
  if (!table.sound) return;
  const { definition, totals, boards } = table;
  table.sound = false;
  const onBoards = !isHidden(table, key);
  for (const [index, board] of boards.entries()) {
    const ordering = definition.orderings[index];
    if (ordering !== undefined && onBoards) {
      moveOnBoard(board, key, scoreOf(ordering.score, before), scoreOf(ordering.score, after));
    }
  }
  for (const [index, { term }] of definition.totals.entries()) {
    const termBefore = termOf(term, before);
    const termAfter = termOf(term, after);
    // Not the difference as a number: that of two safe integers need not be one.
    if (termBefore !== termAfter) totals[index] = (totals[index] ?? 0n) + BigInt(termAfter) - BigInt(termBefore);
  }
  if (before === undefined) table.count += 1;
  if (after === undefined) table.count -= 1;
  table.sound = true;
};

const setKnown = (table: Table, key: EncodedKey, row: unknown): void => {
  table.known.set(key, row);
  table.recentKey = key;
  table.recentRow = row;
};

/** Gives whether it was there before. */
const setUnwritten = (table: Table, key: EncodedKey, row: unknown): boolean => {
  const { rows, keys } = table.unwritten;
  const before = rows.size;
  rows.set(key, row);
  if (rows.size === before) return true;
  addKey(keys, key);
  return false;
};

/** Puts or removes a row in memory. `before` is the row as it is. Throws, with no row changed, when a board cannot be read. */
export const changeRow = (table: Table, key: EncodedKey, before: unknown, after: unknown): Undo => {
  derive(table, key, before, after);
  setKnown(table, key, after);
  const wasUnwritten = setUnwritten(table, key, after);
  if (table.greatestKey !== undefined && key > table.greatestKey) table.greatestKey = key;
  return { table, key, before, after, wasUnwritten };
};

/** Takes back the newest change of a row. A throw leaves the rows right, and what is derived from them to be derived anew. */
export const undoChange = ({ table, key, before, after, wasUnwritten }: Undo): void => {
  setKnown(table, key, before);
  if (wasUnwritten) setUnwritten(table, key, before);
  else table.unwritten.rows.delete(key);
  derive(table, key, after, before);
};
