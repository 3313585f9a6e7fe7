import { assert } from '../kernel/assert.ts';
import type { GuildId } from '../kernel/ids.ts';
import { type EncodedKey, keySeparator } from '../kernel/key.ts';
import { Cell, type Generation, newGeneration, noChanges, notChanged, notOnDisk } from './cell.ts';
import type { Definition } from './definition.ts';
import type { StoredTable } from './head.ts';
import { type Board, moveOnBoard, storedBoard } from './orderings/board.ts';
import type { Rows } from './ports.ts';
import { decodeRow } from './row-codec.ts';
import { boardPrefix, collectionPrefix, keysUnder } from './row-keys.ts';
import { assertKey } from './rows/key-encoding.ts';

/** Most rows kept in memory beside those not in a snapshot yet. */
const cleanRowsMax = 2_000;
/** After so many reads of rows that are not there, the greatest key is looked up: it answers most such reads. */
const absentReadsBeforeLookup = 4;

/** One collection's rows in one guild. */
export interface Table {
  readonly definition: Definition;
  readonly rows: Pick<Rows, 'get' | 'range'>;
  readonly guild: GuildId;
  /** Of the keys of its rows on disk. */
  readonly prefix: string;
  /** All unwritten rows, rows read lately, and cells without a row where it is known that there is none. */
  readonly known: Map<EncodedKey, Cell>;
  /** What no snapshot has taken. */
  unwritten: Generation;
  /** What a snapshot under way took: the generation before. */
  taken: Generation | undefined;
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
}

/** How to take back a change. */
export interface Undo {
  readonly table: Table;
  readonly cell: Cell;
  readonly before: unknown;
  readonly after: unknown;
}

/** A collection's rows as on disk. `stored` is what the guild's head says of them; unsound rows are derived anew. */
export const storedTable = (
  rows: Table['rows'],
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
  unwritten: noChanges,
  taken: undefined,
  sound: sound && (stored === undefined || stored.fingerprint === definition.fingerprint),
  count: stored?.count ?? 0,
  totals: definition.totals.map(({ name }) => stored?.totals.get(name) ?? 0n),
  boards: definition.orderings.map(({ name }) => storedBoard(rows, boardPrefix(guild, definition.name, name))),
  hidden,
  obsolete: [],
  greatestKey: undefined,
  absentReads: 0,
});

const noRows: Table['rows'] = { get: () => undefined, range: () => [] };
/** No guild has this id, and none has a longer one: too long a key is found as in the table of a guild. */
const noGuild = '99999999999999999999' as GuildId;
const emptyTables = new WeakMap<Definition, Table>();

/**
 * A collection without rows, to be read and never written: one for all guilds that have none, which is most guilds for
 * most of what is asked of a member.
 */
export const emptyTable = (definition: Definition): Table => {
  const known = emptyTables.get(definition);
  if (known !== undefined) return known;
  const table = storedTable(noRows, noGuild, definition, undefined, true, undefined);
  emptyTables.set(definition, table);
  return table;
};

/** Lets go of rows that can be read from disk again, when they are many. */
const trimCells = (table: Table): void => {
  const { known, unwritten, taken } = table;
  if (known.size - unwritten.cells.length - (taken?.cells.length ?? 0) <= cleanRowsMax) return;
  for (const cell of known.values()) if (cell.generation === undefined) known.delete(cell.key);
};

const greatestKeyOf = ({ rows, prefix, known }: Table): EncodedKey => {
  const [last] = rows.range({ ...keysUnder(prefix), reverse: true, limit: 1 });
  let greatest = last === undefined ? '' : last[0].slice(prefix.length);
  for (const [key, { row }] of known) if (row !== undefined && key > greatest) greatest = key;
  return greatest;
};

const readFromDisk = (table: Table, key: EncodedKey): Cell => {
  const fullKey = table.prefix + key;
  // Most guilds have no rows of most kinds, and what is asked of a member is asked of all kinds.
  const isEmpty = table.sound && table.count === 0;
  if (isEmpty || (table.greatestKey !== undefined && key > table.greatestKey)) {
    assertKey(fullKey);
    return new Cell(key, undefined, notOnDisk);
  }
  const bytes = table.rows.get(fullKey);
  if (bytes === undefined) {
    table.absentReads += 1;
    if (table.absentReads === absentReadsBeforeLookup) table.greatestKey = greatestKeyOf(table);
  }
  const row = bytes === undefined ? undefined : decodeRow(table.definition, bytes, fullKey);
  trimCells(table);
  const cell = new Cell(key, row, bytes === undefined ? notOnDisk : undefined);
  table.known.set(key, cell);
  return cell;
};

/** The cell of a key, from memory or disk. Throws `DamagedStoreError` when a row is stored and cannot be read. */
export const cellOf = (table: Table, key: EncodedKey): Cell => table.known.get(key) ?? readFromDisk(table, key);

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
  // By index: with each row put, what iterators make of entries would be the most of all that is made here.
  const listed = isHidden(table, key) ? 0 : boards.length;
  for (let index = 0; index < listed; index += 1) {
    const board = boards[index];
    const ordering = definition.orderings[index];
    if (board === undefined || ordering === undefined) continue;
    moveOnBoard(board, key, scoreOf(ordering.score, before), scoreOf(ordering.score, after));
  }
  for (let index = 0; index < definition.totals.length; index += 1) {
    const term = definition.totals[index]?.term;
    if (term === undefined) continue;
    const termBefore = termOf(term, before);
    const termAfter = termOf(term, after);
    // Not the difference as a number: that of two safe integers need not be one.
    if (termBefore !== termAfter) totals[index] = (totals[index] ?? 0n) + BigInt(termAfter) - BigInt(termBefore);
  }
  if (before === undefined) table.count += 1;
  if (after === undefined) table.count -= 1;
  table.sound = true;
};

/** Puts a cell among those that no snapshot has taken. */
const addUnwritten = (table: Table, cell: Cell): void => {
  if (table.unwritten === noChanges) table.unwritten = newGeneration();
  cell.generation = table.unwritten;
  table.unwritten.cells.push(cell);
};

const setRow = (table: Table, cell: Cell, row: unknown): void => {
  if (cell.generation !== table.unwritten) {
    // Its row is on its way to the disk.
    if (cell.generation !== undefined) {
      cell.takenRow = cell.row;
    }
    addUnwritten(table, cell);
    // Also one that nobody found by its key so far, or that was let go of since it was looked up.
    table.known.set(cell.key, cell);
  }
  cell.row = row;
};

/** Puts or removes a row in memory. Throws, with no row changed, when a board cannot be read. */
export const changeRow = (table: Table, cell: Cell, after: unknown): Undo => {
  const { key, row: before } = cell;
  derive(table, key, before, after);
  setRow(table, cell, after);
  if (table.greatestKey !== undefined && key > table.greatestKey) table.greatestKey = key;
  return { table, cell, before, after };
};

/**
 * Takes back the newest change of a row, which stays unwritten: the disk may get the same row once more. A throw leaves
 * the rows right, and what is derived from them to be derived anew.
 */
export const undoChange = ({ table, cell, before, after }: Undo): void => {
  setRow(table, cell, before);
  derive(table, cell.key, after, before);
};

/** Hands all unwritten rows to a snapshot. */
export const takeGeneration = (table: Table): Generation => {
  const taken = table.unwritten;
  table.taken = taken;
  table.unwritten = noChanges;
  return taken;
};

/**
 * What the snapshot took is on disk. Rows that nobody read since the one before are let go of. Stops after each
 * `cellsMax` rows, so that others get their turn: operations may go on in between.
 */
export const settleGeneration = function* (table: Table, taken: Generation, cellsMax: number): Generator<void, void> {
  let settled = 0;
  for (const cell of taken.cells) {
    if (settled > 0 && settled % cellsMax === 0) yield;
    settled += 1;
    cell.takenRow = notChanged;
    if (cell.generation !== taken) continue;
    cell.generation = undefined;
    if (cell.read) cell.read = false;
    else table.known.delete(cell.key);
  }
  table.taken = undefined;
  trimCells(table);
};

/** What the snapshot took did not get to the disk, or only in part: it is unwritten again. */
export const returnGeneration = (table: Table, taken: Generation): void => {
  table.taken = undefined;
  for (const cell of taken.cells) {
    cell.takenRow = notChanged;
    cell.diskHash = undefined;
    if (cell.generation === taken) addUnwritten(table, cell);
  }
};
