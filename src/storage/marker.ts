import { z } from 'zod';
import type { GuildId } from '../kernel/ids.ts';
import { pack, unpack } from './codec.ts';
import { DamagedStoreError, type Position, type Rows, type RowWrite } from './ports.ts';
import { markerKey } from './row-keys.ts';

const markerSchema = z.tuple([z.int().nonnegative()]);

/** Says that the disk has some of a guild's rows as of an operation, and not all. */
export const markerRow = (guild: GuildId, mixedUpTo: Position): RowWrite => ({
  key: markerKey(guild),
  value: pack([mixedUpTo]),
});

/** The operation that some of a guild's rows on disk are of, and not all; `undefined` when they belong together. */
export const readMarker = (rows: Rows, guild: GuildId): Position | undefined => {
  const key = markerKey(guild);
  const bytes = rows.get(key);
  if (bytes === undefined) return undefined;
  const parsed = markerSchema.safeParse(unpack(bytes, key));
  if (!parsed.success) throw new DamagedStoreError(`${key} has an unknown form`, { cause: parsed.error });
  return parsed.data[0] as Position;
};
