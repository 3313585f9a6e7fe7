import { z } from 'zod';
import type { EpochMs, GuildId } from '../kernel/ids.ts';
import { pack, unpack } from './codec.ts';
import { DamagedStoreError, noPosition, type Position, type Rows } from './ports.ts';
import { headKey } from './row-keys.ts';

/** The format written. Heads of the first one, without alarms, stay readable. */
const headFormat = 2;

/** What is stored about one collection's rows in a guild beside the rows. */
export interface StoredTable {
  readonly count: number;
  /** Of the definition that orderings and totals were derived under; `undefined` when they must be derived anew. */
  readonly fingerprint: number | undefined;
  readonly totals: ReadonlyMap<string, bigint>;
}

/** A guild's snapshot in short. */
export interface Head {
  /** Entries up to here are in the rows. */
  readonly position: Position;
  readonly sequence: number;
  readonly lastAt: EpochMs;
  /** Rows of features, and the sum of their checksums. */
  readonly rowCount: number;
  readonly hash: number;
  /** Number of the next row of answered interactions. */
  readonly nextRingChunk: number;
  /** The newest interaction among them, or the empty text. */
  readonly newestAnswered: string;
  readonly tables: ReadonlyMap<string, StoredTable>;
  /** The guild's least alarm. */
  readonly dueAt: EpochMs | undefined;
}

const whole = z.int().nonnegative();

const commonParts = [
  whole,
  whole,
  whole,
  whole,
  whole,
  whole,
  z.string(),
  z.array(z.tuple([z.string(), whole, whole.optional(), z.array(z.tuple([z.string(), z.bigint()]))])),
] as const;

const headSchema = z.union([
  z.tuple([z.literal(headFormat), ...commonParts, whole.optional()]),
  z.tuple([z.literal(1), ...commonParts]),
]);

/** The head of a guild nothing was stored of. */
export const emptyHead: Head = {
  position: noPosition,
  sequence: 0,
  lastAt: 0 as EpochMs,
  rowCount: 0,
  hash: 0,
  nextRingChunk: 0,
  newestAnswered: '',
  tables: new Map(),
  dueAt: undefined,
};

/** A head as it is stored. */
export const encodeHead = (head: Head): Uint8Array =>
  pack([
    headFormat,
    head.position,
    head.sequence,
    head.lastAt,
    head.rowCount,
    head.hash,
    head.nextRingChunk,
    head.newestAnswered,
    [...head.tables].map(([name, table]) => [name, table.count, table.fingerprint, [...table.totals]]),
    head.dueAt,
  ]);

/** The guild's stored head, `undefined` without one. Throws `DamagedStoreError` when it is none. */
export const readHead = (rows: Rows, guild: GuildId): Head | undefined => {
  const bytes = rows.get(headKey(guild));
  if (bytes === undefined) return undefined;
  const what = `the head of guild ${guild}`;
  const parsed = headSchema.safeParse(unpack(bytes, what));
  if (!parsed.success) throw new DamagedStoreError(`${what} has an unknown form`, { cause: parsed.error });
  const [, position, sequence, lastAt, rowCount, hash, nextRingChunk, newestAnswered, tables, dueAt] = parsed.data;
  return {
    position: position as Position,
    sequence,
    lastAt: lastAt as EpochMs,
    rowCount,
    hash,
    nextRingChunk,
    newestAnswered,
    dueAt: dueAt as EpochMs | undefined,
    tables: new Map(
      tables.map(([name, count, fingerprint, totals]) => [name, { count, fingerprint, totals: new Map(totals) }]),
    ),
  };
};
