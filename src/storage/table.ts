import { assert } from '../kernel/assert.ts';
import type { GuildId } from '../kernel/ids.ts';
import type { EncodedKey } from '../kernel/key.ts';
import type { Definition } from './definition.ts';
import type { StoredTable } from './head.ts';
import { type Board, moveOnBoard, storedBoard } from './orderings/board.ts';
import type { Rows } from './ports.ts';
import { decodeRow } from './row-codec.ts';
import { boardPrefix, collectionPrefix, keysUnder } from './row-keys.ts';
import { assertKey } from './rows/key-encoding.ts';
import { addKey, type SortedKeys, sortedKeys } from './sorted-keys.ts';

/** Most rows kept in memory beside those not in a snapshot yet. */
const cleanCellsMax = 2_000;
/** After so many reads of rows that are not there, the greatest key is looked up: it answers most such reads. */
const absentReadsBeforeLookup = 4;

/** A row in memory; `value` is `undefined` where there is none. Cells and values are never changed. */
export interface Cell {
  readonly value: unknown;
  /** As stored; kept for rows that are not in a snapshot yet. */
  readonly bytes: Uint8Array | undefined;
}

/** That there is no row. */
export const absent: Cell = { value: undefined, bytes: undefined };

/** Rows that differ from those on disk, removed ones among them. */
export interface Unwritten {
  readonly cells: Map<EncodedKey, Cell>;
  /** The keys of `cells` in order, perhaps with others. */
  readonly keys: SortedKeys;
}

/** One collection's rows in one guild. */
export interface Table {
  readonly definition: Definition;
  readonly rows: Rows;
  readonly guild: GuildId;
  /** Of the keys of its rows on disk. */
  readonly prefix: string;
  /** All unwritten rows, rows read lately, and the knowledge that there is none. */
  readonly cells: Map<EncodedKey, Cell>;
  unwritten: Unwritten;
  /** What a snapshot under way took; older than `unwritten`. */
  taken: Unwritten | undefined;
  /** Whether count, totals and boards are those of the rows; otherwise they are derived anew before they are read. */
  sound: boolean;
  count: number;
  readonly totals: bigint[];
  readonly boards: readonly Board[];
  /** Keys of stored rows of orderings nobody declares any more. */
  obsolete: string[];
  /** No key is greater; `undefined` as long as nobody looked. */
  greatestKey: EncodedKey | undefined;
  absentReads: number;
}

/** How to take back a change. */
export interface Undo {
  readonly table: Table;
  readonly key: EncodedKey;
  readonly before: Cell;
  readonly after: Cell;
  /** What stood for the key in `unwritten`. */
  readonly unwrittenBefore: Cell | undefined;
}

/** No unwritten rows. */
export const nothingUnwritten = (): Unwritten => ({ cells: new Map(), keys: sortedKeys() });

/** A collection's rows as on disk. `stored` is what the guild's head says of them; unsound rows are derived anew. */
export const storedTable = (
  rows: Rows,
  guild: GuildId,
  definition: Definition,
  stored: StoredTable | undefined,
  sound: boolean,
): Table => ({
  definition,
  rows,
  guild,
  prefix: collectionPrefix(guild, definition.name),
  cells: new Map(),
  unwritten: nothingUnwritten(),
  taken: undefined,
  sound: sound && (stored === undefined || stored.fingerprint === definition.fingerprint),
  count: stored?.count ?? 0,
  totals: definition.totals.map(({ name }) => stored?.totals.get(name) ?? 0n),
  boards: definition.orderings.map(({ name }) => storedBoard(rows, boardPrefix(guild, definition.name, name))),
  obsolete: [],
  greatestKey: undefined,
  absentReads: 0,
});

/** Whether a snapshot has something to write. */
export const isUnwritten = (table: Table): boolean => table.unwritten.cells.size > 0;

/** Lets go of rows that can be read from disk again, when they are many. */
export const trimCells = (table: Table): void => {
  const { cells, unwritten, taken } = table;
  if (cells.size - unwritten.cells.size - (taken?.cells.size ?? 0) <= cleanCellsMax) return;
  for (const key of cells.keys()) {
    if (!unwritten.cells.has(key) && taken?.cells.has(key) !== true) cells.delete(key);
  }
};

const greatestKeyOf = ({ rows, prefix, cells }: Table): EncodedKey => {
  const [last] = rows.range({ ...keysUnder(prefix), reverse: true, limit: 1 });
  let greatest = last === undefined ? '' : last[0].slice(prefix.length);
  for (const [key, { value }] of cells) if (value !== undefined && key > greatest) greatest = key;
  return greatest;
};

const readFromDisk = (table: Table, key: EncodedKey): Cell => {
  const fullKey = table.prefix + key;
  if (table.greatestKey !== undefined && key > table.greatestKey) {
    assertKey(fullKey);
    return absent;
  }
  const bytes = table.rows.get(fullKey);
  if (bytes === undefined) {
    table.absentReads += 1;
    if (table.absentReads === absentReadsBeforeLookup) table.greatestKey = greatestKeyOf(table);
  }
  const cell = bytes === undefined ? absent : { value: decodeRow(table.definition, bytes, fullKey), bytes: undefined };
  trimCells(table);
  table.cells.set(key, cell);
  return cell;
};

/** The row of a key, from memory or disk. Throws `DamagedStoreError` when it is stored and cannot be read. */
export const cellOf = (table: Table, key: EncodedKey): Cell => table.cells.get(key) ?? readFromDisk(table, key);

const assertScore = (table: Table, score: number | undefined): number | undefined => {
  assert(score === undefined || Number.isSafeInteger(score), `scores of ${table.definition.name} are safe integers`);
  return score;
};

/** A row's term of a total, 0 without the row. */
export const termOf = (table: Table, term: (row: unknown) => number, row: unknown): number => {
  const value = row === undefined ? 0 : term(row);
  assert(Number.isSafeInteger(value), `terms of ${table.definition.name} are safe integers`);
  return value;
};

/** A row's score, `undefined` when it is not on the board or not there. */
export const scoreOf = (table: Table, score: (row: unknown) => number | undefined, row: unknown): number | undefined =>
  row === undefined ? undefined : assertScore(table, score(row));

/** Brings count, totals and boards from one row of a key to another. On a throw they have to be derived anew. */
const derive = (table: Table, key: EncodedKey, before: unknown, after: unknown): void => {
  if (!table.sound) return;
  const { definition, totals, boards } = table;
  table.sound = false;
  for (const [index, board] of boards.entries()) {
    const ordering = definition.orderings[index];
    if (ordering !== undefined) {
      moveOnBoard(board, key, scoreOf(table, ordering.score, before), scoreOf(table, ordering.score, after));
    }
  }
  for (const [index, { term }] of definition.totals.entries()) {
    const change = termOf(table, term, after) - termOf(table, term, before);
    if (change !== 0) totals[index] = (totals[index] ?? 0n) + BigInt(change);
  }
  if (before === undefined) table.count += 1;
  if (after === undefined) table.count -= 1;
  table.sound = true;
};

const setUnwritten = (table: Table, key: EncodedKey, cell: Cell): void => {
  const { cells, keys } = table.unwritten;
  const before = cells.size;
  cells.set(key, cell);
  if (cells.size !== before) addKey(keys, key);
};

/** Puts or removes a row in memory. Throws, having changed no row, when the old one or a board cannot be read. */
export const changeCell = (table: Table, key: EncodedKey, after: Cell): Undo => {
  const before = cellOf(table, key);
  derive(table, key, before.value, after.value);
  const undo = { table, key, before, after, unwrittenBefore: table.unwritten.cells.get(key) };
  table.cells.set(key, after);
  setUnwritten(table, key, after);
  if (table.greatestKey !== undefined && key > table.greatestKey) table.greatestKey = key;
  return undo;
};

/** Takes back the newest change of a row. A throw leaves the rows right, and what is derived from them to be derived anew. */
export const undoChange = ({ table, key, before, after, unwrittenBefore }: Undo): void => {
  table.cells.set(key, before);
  if (unwrittenBefore === undefined) table.unwritten.cells.delete(key);
  else setUnwritten(table, key, unwrittenBefore);
  derive(table, key, after.value, before.value);
};
