import type { EpochMs, GuildId } from '../kernel/ids.ts';
import type { EncodedKey } from '../kernel/key.ts';
import type { Catalogue } from './catalogue.ts';
import { Cell } from './cell.ts';
import { addAnswer, type Ring, removeAnswer, storedRing } from './deduplication.ts';
import type { Definition } from './definition.ts';
import type { Head, StoredTable } from './head.ts';
import { followsMembers, hiddenBy, setHidden } from './hidden.ts';
import { DamagedStoreError, type Position, type Rows } from './ports.ts';
import { deriveAnew } from './rebuild.ts';
import { ringPrefix } from './row-keys.ts';
import { cellOf, changeRow, emptyTable, memberOf, storedTable, type Table, type Undo, undoChange } from './table.ts';

/** What the disk has of a guild, as of the last batch written. */
export interface OnDisk {
  readonly rowCount: number;
  readonly hash: number;
}

/** Collections whose rows mean something to the store itself. */
export interface Watched {
  /** Boards scored by minus a time: the greatest of their times of all is when the guild is to be woken. */
  readonly alarms: readonly { readonly collection: string; readonly ordering: string }[];
  /** While a member's row is in it, rows keyed first by the member are on no board. */
  readonly hides: string | undefined;
}

/** One guild in memory, whoever has it open. */
export interface Guild {
  readonly id: GuildId;
  readonly watched: Watched;
  /** Members whose rows are on no board. */
  readonly hidden: Set<string>;
  /** When the guild is to be woken. */
  dueAt: EpochMs | undefined;
  /** What the disk says of that. */
  dueOnDisk: EpochMs | undefined;
  readonly rows: Rows;
  readonly catalogue: Catalogue;
  /** Those of others are empty ones, for reading. */
  readonly tables: Map<string, Table>;
  /** What the head says of tables nobody has touched yet. */
  readonly stored: ReadonlyMap<string, StoredTable>;
  readonly ring: Ring;
  sequence: number;
  lastAt: EpochMs;
  /** Of the newest operation. */
  position: Position;
  /** Of the newest operation in a snapshot. */
  snapshotPosition: Position;
  onDisk: OnDisk;
  /** The disk has some rows as of this operation, and not all: a snapshot was cut short, or is half written. */
  mixedUpTo: Position | undefined;
  /** The disk had such rows when the guild was read: what is derived from rows is derived anew. */
  readonly distrusted: boolean;
  /** Keys of entries that were kept aside and are applied now. */
  aside: readonly string[];
  /** Of the operations in no snapshot. */
  unsnapshottedBytes: number;
  /** A snapshot took it and is not through. */
  taken: boolean;
  /** How many have it open; only the newest may commit. */
  openings: number;
  /** Stays in memory though nobody has it open. */
  pinned: boolean;
  /** The newest operation that is not durable, as long as there is one. */
  newest: Pending | undefined;
}

/** One row's new state. */
export interface RowChange {
  readonly collection: { readonly name: string };
  readonly key: EncodedKey;
  readonly after: unknown;
  /** Where the guild's state holds the row, if it is known. */
  readonly cell?: unknown;
}

/** What an operation changes in a guild. */
export interface Application {
  readonly at: EpochMs;
  readonly sequence: number;
  readonly answered: { readonly request: string; readonly outcome: Uint8Array } | undefined;
  readonly changes: readonly RowChange[];
}

/** An operation in memory, and how to take it back. */
export interface Applied {
  readonly guild: Guild;
  readonly undo: readonly Undo[];
  readonly request: string | undefined;
  /** The newest interaction before. */
  readonly newestBefore: string;
  readonly sequenceBefore: number;
  readonly lastAtBefore: EpochMs;
}

/** An operation that waits for the disk. */
export interface Pending {
  readonly applied: Applied;
  readonly position: Position;
  readonly positionBefore: Position;
  readonly released: (result: 'durable' | 'lost') => void;
  /** Who read its outcome and waits with it. */
  readers: ((result: 'durable' | 'lost') => void)[] | undefined;
}

/** A guild as its head and rows on disk are. */
export const storedGuild = (
  rows: Rows,
  catalogue: Catalogue,
  watched: Watched,
  id: GuildId,
  head: Head,
  mixedUpTo: Position | undefined,
): Guild => {
  const guild: Guild = guildOfHead(rows, catalogue, watched, id, head, mixedUpTo);
  const { hides } = watched;
  if (hides === undefined) return guild;
  const stored = head.tables.get(hides);
  // A count that has to be derived anew, as after a snapshot that was cut short, may say none where there are some.
  const isCounted = !guild.distrusted && (stored === undefined || stored.fingerprint !== undefined);
  if (isCounted && (stored?.count ?? 0) === 0) return guild;
  for (const member of hiddenBy(tableOf(guild, hides))) guild.hidden.add(member);
  return guild;
};

const guildOfHead = (
  rows: Rows,
  catalogue: Catalogue,
  watched: Watched,
  id: GuildId,
  head: Head,
  mixedUpTo: Position | undefined,
): Guild => ({
  id,
  watched,
  hidden: new Set(),
  dueAt: head.dueAt,
  dueOnDisk: head.dueAt,
  rows,
  catalogue,
  tables: new Map(),
  stored: head.tables,
  ring: storedRing(rows, ringPrefix(id), head.nextRingChunk, head.newestAnswered),
  sequence: head.sequence,
  lastAt: head.lastAt,
  position: head.position,
  snapshotPosition: head.position,
  onDisk: { rowCount: head.rowCount, hash: head.hash },
  distrusted: mixedUpTo !== undefined,
  mixedUpTo,
  aside: [],
  unsnapshottedBytes: 0,
  taken: false,
  openings: 0,
  pinned: false,
  newest: undefined,
});

const definitionFor = ({ catalogue, id }: Guild, collection: string): Definition => {
  const definition = catalogue.get(collection);
  if (definition === undefined) throw new DamagedStoreError(`guild ${id} has rows of ${collection}, which is unknown`);
  return definition;
};

/** One collection's rows in the guild. Throws `DamagedStoreError` for a collection nobody ever declared. */
export const tableOf = (guild: Guild, collection: string): Table => {
  const known = guild.tables.get(collection);
  if (known?.guild === guild.id) return known;
  const stored = guild.stored.get(collection);
  const definition = definitionFor(guild, collection);
  const hidden = followsMembers(definition) ? guild.hidden : undefined;
  const table = storedTable(guild.rows, guild.id, definition, stored, !guild.distrusted, hidden);
  guild.tables.set(collection, table);
  return table;
};

/** The same, not to be written. */
export const readTableOf = (guild: Guild, collection: string): Table => {
  const known = guild.tables.get(collection);
  if (known !== undefined) return known;
  if (guild.distrusted || guild.stored.has(collection)) return tableOf(guild, collection);
  const table = emptyTable(definitionFor(guild, collection));
  guild.tables.set(collection, table);
  return table;
};

/** The same, with what is derived from its rows derived anew where it has to be. */
export const soundTableOf = (guild: Guild, collection: string): Table => {
  const table = readTableOf(guild, collection);
  if (!table.sound) deriveAnew(table);
  return table;
};

/** Takes a member off the boards, or back, as the row in the hiding collection says. */
const followHiding = (guild: Guild, member: string, hides: boolean): void => {
  const tables: Table[] = [];
  for (const definition of guild.catalogue.values()) {
    if (followsMembers(definition)) tables.push(tableOf(guild, definition.name));
  }
  setHidden(tables, guild.hidden, member, hides);
};

const undoRows = (guild: Guild, undo: readonly Undo[]): readonly unknown[] => {
  const failures: unknown[] = [];
  for (const change of undo.toReversed()) {
    try {
      undoChange(change);
      if (change.table.definition.name === guild.watched.hides) {
        followHiding(guild, memberOf(change.cell.key), change.before !== undefined);
      }
    } catch (failure) {
      failures.push(failure);
    }
  }
  return failures;
};

/**
 * Applies an operation in memory. Throws, with nothing changed, when an old row or a board cannot be read, or when an
 * ordering or a total of a feature fails.
 */
export const applyOperation = (guild: Guild, { at, sequence, answered, changes }: Application): Applied => {
  const undo: Undo[] = [];
  try {
    for (const { collection, key, cell, after } of changes) {
      const table = tableOf(guild, collection.name);
      undo.push(changeRow(table, cell instanceof Cell ? cell : cellOf(table, key), after));
      if (collection.name === guild.watched.hides) followHiding(guild, memberOf(key), after !== undefined);
    }
  } catch (failure) {
    const failures = undoRows(guild, undo);
    if (failures.length === 0) throw failure;
    throw new AggregateError([failure, ...failures], 'taking back a failed operation failed', {
      cause: failure,
    });
  }
  const applied = {
    guild,
    undo,
    request: answered?.request,
    newestBefore: guild.ring.newest,
    sequenceBefore: guild.sequence,
    lastAtBefore: guild.lastAt,
  };
  if (answered !== undefined) addAnswer(guild.ring, answered.request, at, answered.outcome);
  guild.sequence = sequence;
  guild.lastAt = at;
  return applied;
};

/**
 * Takes back the guild's newest operation. Gives what went wrong on the way; the rows are right in any case, and what
 * is derived from them is derived anew where it could not be taken back.
 */
export const takeBack = (applied: Applied): readonly unknown[] => {
  const { guild, undo, request, newestBefore, sequenceBefore, lastAtBefore } = applied;
  if (request !== undefined) removeAnswer(guild.ring, request, newestBefore);
  guild.sequence = sequenceBefore;
  guild.lastAt = lastAtBefore;
  return undoRows(guild, undo);
};
