import { z } from 'zod';
import type { GuildId } from '../kernel/ids.ts';
import { pack, unpack } from './codec.ts';
import { DamagedStoreError, type JournalEntry, noPosition, type Position, type Rows, type RowWrite } from './ports.ts';
import {
  fromSortable,
  justBehind,
  keysUnder,
  quarantinedEntryKey,
  quarantineKey,
  quarantinePrefix,
} from './row-keys.ts';

const batchBytesMax = 4 * 1024 * 1024;
const entriesReadMax = 100;

const positionSchema = z.tuple([z.int().nonnegative()]);

/** Position of the newest entry of the guild that was kept aside. Throws `DamagedStoreError` when it is unreadable. */
export const newestAside = (rows: Rows, guild: GuildId): Position => {
  const key = quarantineKey(guild);
  const bytes = rows.get(key);
  if (bytes === undefined) return noPosition;
  const parsed = positionSchema.safeParse(unpack(bytes, key));
  if (!parsed.success) throw new DamagedStoreError(`${key} has an unknown form`, { cause: parsed.error });
  return parsed.data[0] as Position;
};

/** The guild's entries that were kept aside, oldest first. */
export const readAside = (rows: Rows, guild: GuildId): readonly JournalEntry[] => {
  if (newestAside(rows, guild) === noPosition) return [];
  const prefix = quarantinePrefix(guild);
  const { to, ...start } = keysUnder(prefix);
  let { from } = start;
  const entries: JournalEntry[] = [];
  for (;;) {
    const found = rows.range({ from, to, reverse: false, limit: entriesReadMax });
    for (const [key, bytes] of found) {
      entries.push({ guild, position: fromSortable(key.slice(prefix.length)) as Position, bytes });
      from = justBehind(key);
    }
    if (found.length < entriesReadMax) return entries;
  }
};

/** Copies entries that cannot be applied from the journal, which forgets them, to the rows. */
export const keepAside = async (rows: Rows, guild: GuildId, entries: Iterable<JournalEntry>): Promise<void> => {
  let batch: RowWrite[] = [];
  let bytesInBatch = 0;
  let newest: Position | undefined;
  for (const { position, bytes } of entries) {
    newest = position;
    // Entries are good until the next is read.
    batch.push({ key: quarantinedEntryKey(guild, position), value: Uint8Array.from(bytes) });
    bytesInBatch += bytes.length;
    if (bytesInBatch < batchBytesMax) continue;
    await rows.write(batch);
    batch = [];
    bytesInBatch = 0;
  }
  // Last: without this row those above count as not written.
  if (newest !== undefined) await rows.write([...batch, { key: quarantineKey(guild), value: pack([newest]) }]);
};
