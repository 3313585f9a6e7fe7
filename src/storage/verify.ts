import type { GuildId } from '../kernel/ids.ts';
import { notOnDisk } from './cell.ts';
import type { OnDisk } from './guild.ts';
import { emptyHead, readHead } from './head.ts';
import { readMarker } from './marker.ts';
import type { Rows } from './ports.ts';
import { featureRows, justBehind } from './row-keys.ts';
import { checksumOf } from './rows/sealed-value.ts';

const hashModulus = 2 ** 48;
const chunkRows = 1_000;

/** The checksum of a row on disk; `notOnDisk` without one. */
export const hashOf = (key: string, bytes: Uint8Array | undefined): number =>
  bytes === undefined ? notOnDisk : checksumOf(key, bytes);

/** What the disk has after a row of a feature was replaced, by the checksums of both. */
export const withRow = ({ rowCount, hash }: OnDisk, before: number, after: number): OnDisk => ({
  rowCount: rowCount - (before === notOnDisk ? 0 : 1) + (after === notOnDisk ? 0 : 1),
  hash: (hash - (before === notOnDisk ? 0 : before) + (after === notOnDisk ? 0 : after) + hashModulus) % hashModulus,
});

/**
 * Counts a guild's stored rows and sums their checksums, some 4 µs a row. A row that cannot be found by its key does not
 * count: where a page of LMDB is damaged, those who read on from row to row may meet rows that nobody else does.
 */
export const recount = (rows: Rows, guild: GuildId): OnDisk => {
  const { to, ...start } = featureRows(guild);
  let { from } = start;
  let onDisk: OnDisk = { rowCount: 0, hash: 0 };
  for (;;) {
    const found = rows.range({ from, to, reverse: false, limit: chunkRows });
    for (const [key, bytes] of found) {
      if (rows.get(key) !== undefined) onDisk = withRow(onDisk, notOnDisk, hashOf(key, bytes));
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
