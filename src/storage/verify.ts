import { crc32 } from 'node:zlib';
import type { GuildId } from '../kernel/ids.ts';
import type { OnDisk } from './guild.ts';
import { emptyHead, readHead } from './head.ts';
import { readMarker } from './marker.ts';
import type { Rows } from './ports.ts';
import { featureRows, justBehind } from './row-keys.ts';

const hashModulus = 2 ** 48;
const chunkRows = 1_000;

const hashOf = (key: string, bytes: Uint8Array): number => crc32(bytes, crc32(key));

/** What the disk has after a row of a feature was replaced; `undefined` stands for no row. */
export const withRow = (
  { rowCount, hash }: OnDisk,
  key: string,
  before: Uint8Array | undefined,
  after: Uint8Array | undefined,
): OnDisk => {
  const removed = before === undefined ? 0 : hashOf(key, before);
  const added = after === undefined ? 0 : hashOf(key, after);
  return {
    rowCount: rowCount - (before === undefined ? 0 : 1) + (after === undefined ? 0 : 1),
    hash: (hash - removed + added + hashModulus) % hashModulus,
  };
};

/** Counts a guild's stored rows and sums their checksums, some 2 µs a row. */
export const recount = (rows: Rows, guild: GuildId): OnDisk => {
  const { to, ...start } = featureRows(guild);
  let { from } = start;
  let onDisk: OnDisk = { rowCount: 0, hash: 0 };
  for (;;) {
    const found = rows.range({ from, to, reverse: false, limit: chunkRows });
    for (const [key, bytes] of found) {
      onDisk = withRow(onDisk, key, undefined, bytes);
      from = justBehind(key);
    }
    if (found.length < chunkRows) return onDisk;
  }
};

/** What a look at all rows of a guild found. */
export interface Verification {
  readonly found: OnDisk;
  /** What the guild's head says. */
  readonly expected: OnDisk;
  /** A snapshot was cut short: rows and head need not agree, the journal has the rest. */
  readonly unfinished: boolean;
  readonly sound: boolean;
}

/** Compares a guild's stored rows with its head. Throws `DamagedStoreError` when what the guild has
 * beside its rows cannot be read. */
export const verifyGuild = (rows: Rows, guild: GuildId): Verification => {
  const { rowCount, hash } = readHead(rows, guild) ?? emptyHead;
  const found = recount(rows, guild);
  const unfinished = readMarker(rows, guild) !== undefined;
  const sound = unfinished || (found.rowCount === rowCount && found.hash === hash);
  return { found, expected: { rowCount, hash }, unfinished, sound };
};
