import type { GuildId } from '../kernel/ids.ts';
import { leastAlarm } from './alarms.ts';
import type { Catalogue } from './catalogue.ts';
import { decodeEntry, type EntryChange } from './entry-codec.ts';
import { applyOperation, type Guild, type RowChange, storedGuild, tableOf, type Watched } from './guild.ts';
import { emptyHead, readHead } from './head.ts';
import { readMarker } from './marker.ts';
import { DamagedStoreError, type Journal, type JournalEntry, noPosition, type Position, type Rows } from './ports.ts';
import { newestAside, readAside } from './quarantine.ts';
import { rowOfValues } from './row-codec.ts';
import { quarantinedEntryKey, quarantineKey } from './row-keys.ts';
import type { Tail } from './tail.ts';
import { recount, verifyGuild } from './verify.ts';

const readChange = (guild: Guild, { collection, key, values }: EntryChange): RowChange => {
  const table = tableOf(guild, collection);
  const { definition, prefix } = table;
  const after = values === undefined ? undefined : rowOfValues(definition, values, prefix + key);
  return { collection: { name: collection }, key, after };
};

const replay = (guild: Guild, entry: JournalEntry): void => {
  const { at, sequence, answered, changes } = decodeEntry(entry);
  applyOperation(guild, { at, sequence, answered, changes: changes.map((change) => readChange(guild, change)) });
  guild.position = entry.position;
};

/**
 * Most rows that are counted each time a guild is read, some 4 µs each: a damaged file can hide rows, and nothing else
 * tells that one is missing. In larger guilds that is found by `verify`, and after an unclean stop.
 */
const countedRowsMax = 1_000;

/** Where a guild is read from. */
export interface GuildSource {
  readonly rows: Rows;
  readonly journal: Journal;
  readonly catalogue: Catalogue;
  readonly watched: Watched;
  /** Guilds whose rows were counted since the process began, and that nobody but it has written to. */
  readonly counted: ReadonlySet<GuildId>;
}

/** Up to where the rows have a guild's entries, applied or kept aside. Throws `DamagedStoreError` where they do not say. */
export const coveredPosition = (rows: Rows, id: GuildId): Position => {
  const snapshot = readHead(rows, id)?.position ?? noPosition;
  const aside = newestAside(rows, id);
  return snapshot > aside ? snapshot : aside;
};

/** Applies what a tail has above a position. */
const applyTail = (journal: Journal, guild: Guild, tail: Tail, above: Position): void => {
  for (const entry of tail.entries(journal, above)) {
    replay(guild, entry);
    guild.unsnapshottedBytes += entry.bytes.length;
  }
};

const load = (
  { rows, journal, catalogue, watched, counted }: GuildSource,
  id: GuildId,
  tail: Tail | undefined,
): Guild => {
  const head = readHead(rows, id) ?? emptyHead;
  const mixedUpTo = readMarker(rows, id);
  const guild = storedGuild(rows, catalogue, watched, id, head, mixedUpTo);
  const aside = readAside(rows, id);
  const asideBehind = aside.filter(({ position }) => position > head.position);
  const covered = tail === undefined ? noPosition : coveredPosition(rows, id);
  const isBehind = asideBehind.length > 0 || (tail?.goesBeyond(covered) ?? false);
  if (mixedUpTo !== undefined) guild.onDisk = recount(rows, id);
  // A tail is what an unclean stop leaves; it is also when a disk may have lost something. Few rows are counted always.
  else if (!counted.has(id) && (isBehind || head.rowCount <= countedRowsMax) && !verifyGuild(rows, id).sound) {
    throw new DamagedStoreError(`the rows of guild ${id} are not those its head counted`);
  }
  for (const entry of asideBehind) replay(guild, entry);
  if (tail !== undefined) applyTail(journal, guild, tail, covered);
  if (isBehind || guild.distrusted) guild.dueAt = leastAlarm(guild);
  if (aside.length > 0) {
    guild.aside = [quarantineKey(id), ...aside.map(({ position }) => quarantinedEntryKey(id, position))];
  }
  return guild;
};

const notUpToDate = (id: GuildId, cause: unknown): DamagedStoreError => {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new DamagedStoreError(
    `guild ${id} cannot be brought up to date: ${reason}. npm run guildhall -- verify says what is wrong, restore-guild puts it back`,
    { cause },
  );
};

/**
 * A guild as of its newest operation: what the disk has of it, and what the journal has behind that. Without a tail it
 * reads no more than the head, and the rows where they are few. Throws `DamagedStoreError`, whatever cannot be read or
 * applied.
 */
export const loadGuild = (source: GuildSource, id: GuildId, tail: Tail | undefined): Guild => {
  try {
    return load(source, id, tail);
  } catch (cause) {
    throw notUpToDate(id, cause);
  }
};

/**
 * Goes on with a guild that was loaded with what the journal has before `tail`. Throws `DamagedStoreError` where that
 * cannot be read or applied; the guild has a part of it then, and is not to be used any more.
 */
export const continueGuild = (journal: Journal, guild: Guild, tail: Tail): void => {
  try {
    applyTail(journal, guild, tail, guild.position);
    guild.dueAt = leastAlarm(guild);
  } catch (cause) {
    throw notUpToDate(guild.id, cause);
  }
};
