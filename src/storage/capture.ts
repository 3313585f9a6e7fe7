import { assert } from '../kernel/assert.ts';
import { type Cell, type Generation, takenRowOf } from './cell.ts';
import { type RingChanges, returnRing, settleRing, takeRingChanges } from './deduplication.ts';
import type { Guild } from './guild.ts';
import { encodeHead, type Head, type StoredTable } from './head.ts';
import { type Board, type DerivedWrite, forgetPages, returnBoardChanges, takeBoardChanges } from './orderings/board.ts';
import type { RowWrite } from './ports.ts';
import { encodeRow } from './row-codec.ts';
import { dueKey, headKey, markerKey } from './row-keys.ts';
import { returnGeneration, settleGeneration, type Table, takeGeneration } from './table.ts';
import { hashOf } from './verify.ts';

interface TakenTable {
  readonly table: Table;
  readonly generation: Generation;
  readonly boards: readonly { readonly board: Board; readonly writes: readonly DerivedWrite[] }[];
  readonly obsolete: readonly string[];
}

/** A guild's changes since its last snapshot, as of one operation, on their way to the disk. */
export interface Capture {
  readonly guild: Guild;
  /** Without what the disk has, which is known when all rows are written. */
  readonly head: Omit<Head, 'rowCount' | 'hash'>;
  readonly tables: readonly TakenTable[];
  readonly ring: RingChanges;
  readonly aside: readonly string[];
  readonly bytes: number;
  /** How many rows it writes. */
  readonly size: number;
}

const summaryOf = ({ count, sound, definition, totals }: Table): StoredTable => ({
  count,
  fingerprint: sound ? definition.fingerprint : undefined,
  totals: new Map(definition.totals.map(({ name }, index) => [name, totals[index] ?? 0n])),
});

const summariesOf = (guild: Guild): ReadonlyMap<string, StoredTable> => {
  const summaries = new Map<string, StoredTable>();
  for (const [name, stored] of guild.stored) {
    summaries.set(name, guild.distrusted ? { ...stored, fingerprint: undefined } : stored);
  }
  for (const [name, table] of guild.tables) {
    if (table.count === 0 && table.sound) summaries.delete(name);
    else summaries.set(name, summaryOf(table));
  }
  return summaries;
};

/** Takes a table's changes, if it has any: most tables of a guild have none, and there are thousands of guilds. */
const takeTable = (table: Table): TakenTable | undefined => {
  const { unwritten, obsolete } = table;
  // Boards that have to be made anew are not worth writing.
  const boards = table.sound
    ? table.boards
        .map((board) => ({ board, writes: takeBoardChanges(board) }))
        .filter(({ writes }) => writes.length > 0)
    : [];
  if (unwritten.cells.length === 0 && obsolete.length === 0 && boards.length === 0) {
    for (const board of table.boards) forgetPages(board);
    return undefined;
  }
  table.obsolete = [];
  return { table, generation: takeGeneration(table), obsolete, boards };
};

const sizeOf = (tables: readonly TakenTable[], ring: RingChanges, aside: readonly string[]): number => {
  let size = ring.writes.length + aside.length + 1;
  for (const { generation, boards, obsolete } of tables) {
    size += generation.cells.length + obsolete.length;
    for (const { writes } of boards) size += writes.length;
  }
  return size;
};

/** Takes all changes of a guild; it goes on changing meanwhile. Ends with `settleCapture` or `returnCapture`. */
export const capture = (guild: Guild): Capture => {
  assert(!guild.taken, 'one snapshot of a guild at a time');
  guild.taken = true;
  const summaries = summariesOf(guild);
  const tables: TakenTable[] = [];
  for (const table of guild.tables.values()) {
    const taken = takeTable(table);
    if (taken !== undefined) tables.push(taken);
  }
  const ring = takeRingChanges(guild.ring, guild.lastAt);
  const { position, sequence, lastAt, aside, unsnapshottedBytes: bytes } = guild;
  guild.unsnapshottedBytes = 0;
  guild.aside = [];
  const head = {
    position,
    sequence,
    lastAt,
    nextRingChunk: guild.ring.nextChunk,
    newestAnswered: guild.ring.newest,
    tables: summaries,
    dueAt: guild.dueAt,
  };
  return { guild, head, tables, ring, aside, bytes, size: sizeOf(tables, ring, aside) };
};

/** A row of a feature on its way into a snapshot. */
export interface FeatureWrite extends RowWrite {
  /** `notOnDisk` where there is no value. */
  readonly checksum: number;
  readonly cell: Cell;
}

/** The rows of features in a capture. */
export const featureWrites = function* ({ tables }: Capture): Generator<FeatureWrite> {
  for (const { table, generation } of tables) {
    for (const cell of generation.cells) {
      const row = takenRowOf(cell);
      const value = row === undefined ? undefined : encodeRow(table.definition, row);
      const key = table.prefix + cell.key;
      yield { key, value, checksum: hashOf(key, value), cell };
    }
  }
};

/** What is derived from them. */
export const systemWrites = function* ({ tables, ring }: Capture): Generator<RowWrite> {
  for (const { boards, obsolete } of tables) {
    for (const key of obsolete) yield { key, value: undefined };
    for (const { writes } of boards) for (const { key, encode } of writes) yield { key, value: encode() };
  }
  for (const { key, encode } of ring.writes) yield { key, value: encode() };
};

/**
 * Whether the disk has all rows as of one operation when the capture is on it. It has not where a snapshot was cut
 * short and only a part of the journal behind it is applied yet.
 */
const unmixes = ({ guild, head }: Capture): boolean =>
  guild.mixedUpTo !== undefined && head.position >= guild.mixedUpTo;

const noBytes = new Uint8Array([0]);

/** Moves the guild among the stored alarms. */
const dueWrites = ({ guild: { id, dueOnDisk }, head: { dueAt } }: Capture): readonly RowWrite[] => {
  if (dueAt === dueOnDisk) return [];
  return [
    ...(dueOnDisk === undefined ? [] : [{ key: dueKey(dueOnDisk, id), value: undefined }]),
    ...(dueAt === undefined ? [] : [{ key: dueKey(dueAt, id), value: noBytes }]),
  ];
};

/**
 * What ends a capture: the head, and that the rows are not mixed any more. Entries kept aside go here and not before:
 * until the head says that they are applied, they may be needed once more.
 */
export const finalWrites = (taken: Capture, onDisk: Guild['onDisk']): readonly RowWrite[] => [
  ...(unmixes(taken) ? [{ key: markerKey(taken.guild.id), value: undefined }] : []),
  ...taken.aside.map((key) => ({ key, value: undefined })),
  ...dueWrites(taken),
  { key: headKey(taken.guild.id), value: encodeHead({ ...taken.head, ...onDisk }) },
];

/** All of it is on disk. Stops after each `cellsMax` rows of a table: operations may go on in between. */
export const settleCapture = function* (taken: Capture, cellsMax: number): Generator<void, void> {
  const { guild, head, tables, ring } = taken;
  if (unmixes(taken)) guild.mixedUpTo = undefined;
  guild.snapshotPosition = head.position;
  guild.dueOnDisk = head.dueAt;
  settleRing(guild.ring, ring);
  for (const { table, generation } of tables) {
    yield* settleGeneration(table, generation, cellsMax);
    for (const board of table.boards) forgetPages(board);
  }
  guild.taken = false;
};

const returnTable = ({ table, generation, boards, obsolete }: TakenTable): void => {
  returnGeneration(table, generation);
  table.obsolete.push(...obsolete);
  for (const { board, writes } of boards) returnBoardChanges(board, writes);
};

/** It is not all on disk: the next snapshot takes it again, with what has changed since. */
export const returnCapture = ({ guild, tables, aside, bytes }: Capture): void => {
  guild.taken = false;
  guild.unsnapshottedBytes += bytes;
  guild.aside = [...aside, ...guild.aside];
  returnRing(guild.ring);
  for (const taken of tables) returnTable(taken);
};
