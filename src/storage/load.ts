import type { GuildId } from '../kernel/ids.ts';
import { leastAlarm } from './alarms.ts';
import type { Catalogue } from './catalogue.ts';
import { decodeEntry, type EntryChange } from './entry-codec.ts';
import { applyOperation, type Guild, type RowChange, storedGuild, tableOf, type Watched } from './guild.ts';
import { emptyHead, readHead } from './head.ts';
import { readMarker } from './marker.ts';
import { DamagedStoreError, type JournalEntry, type Rows } from './ports.ts';
import { readAside } from './quarantine.ts';
import { rowOfValues } from './row-codec.ts';
import { quarantinedEntryKey, quarantineKey } from './row-keys.ts';
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

const load = (
  rows: Rows,
  catalogue: Catalogue,
  watched: Watched,
  id: GuildId,
  tail: Iterable<JournalEntry> | undefined,
): Guild => {
  const head = readHead(rows, id) ?? emptyHead;
  const mixedUpTo = readMarker(rows, id);
  const guild = storedGuild(rows, catalogue, watched, id, head, mixedUpTo);
  const aside = readAside(rows, id);
  const asideBehind = aside.filter(({ position }) => position > head.position);
  const isBehind = asideBehind.length > 0 || tail !== undefined;
  if (mixedUpTo !== undefined) guild.onDisk = recount(rows, id);
  // A tail is what an unclean stop leaves; it is also when a disk may have lost something. Few rows are counted always.
  else if ((isBehind || head.rowCount <= countedRowsMax) && !verifyGuild(rows, id).sound) {
    throw new DamagedStoreError(`the rows of guild ${id} are not those its head counted`);
  }
  for (const entry of asideBehind) replay(guild, entry);
  for (const entry of tail ?? []) {
    replay(guild, entry);
    guild.unsnapshottedBytes += entry.bytes.length;
  }
  if (isBehind || guild.distrusted) guild.dueAt = leastAlarm(guild);
  if (aside.length > 0) {
    guild.aside = [quarantineKey(id), ...aside.map(({ position }) => quarantinedEntryKey(id, position))];
  }
  return guild;
};

/**
 * A guild as of its newest operation: what the disk has of it, and `tail`, its entries in no snapshot, applied to that.
 * Without a tail it reads no more than the head, and the rows where they are few. Throws `DamagedStoreError`, whatever
 * cannot be read or applied.
 */
export const loadGuild = (
  rows: Rows,
  catalogue: Catalogue,
  watched: Watched,
  id: GuildId,
  tail: Iterable<JournalEntry> | undefined,
): Guild => {
  try {
    return load(rows, catalogue, watched, id, tail);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new DamagedStoreError(
      `guild ${id} cannot be brought up to date: ${reason}. npm run guildhall -- verify says what is wrong, restore-guild puts it back`,
      { cause },
    );
  }
};
