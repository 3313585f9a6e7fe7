import { z } from 'zod';
import type { EpochMs, GuildId } from '../kernel/ids.ts';
import type { EncodedKey } from '../kernel/key.ts';
import { pack, unpack } from './codec.ts';
import type { Commit } from './contract.ts';
import { DamagedStoreError, type JournalEntry } from './ports.ts';

/** The format written. Entries of every format ever written stay readable: a new one gets a reader beside the others. */
const entryFormat = 1;

/** One row's new values as they are stored, or that it was removed. */
export interface EntryChange {
  readonly collection: string;
  readonly key: EncodedKey;
  readonly values: readonly unknown[] | undefined;
}

/** What is replayed of an operation. */
export interface Entry {
  readonly at: EpochMs;
  readonly sequence: number;
  readonly answered: { readonly request: string; readonly outcome: Uint8Array } | undefined;
  readonly changes: readonly EntryChange[];
}

const bytesSchema = z.instanceof(Uint8Array);

const entrySchema = z.tuple([
  z.literal(entryFormat),
  z.string(),
  z.int().nonnegative(),
  z.int().nonnegative(),
  z.string(),
  z.string().optional(),
  bytesSchema.optional(),
  bytesSchema.optional(),
  z.array(z.tuple([z.string(), z.string(), z.array(z.unknown()).optional()])),
]);

/** An operation as the journal keeps it: rows and all in one encoding, since each costs more than its bytes. */
export const encodeEntry = (guild: GuildId, commit: Commit, changes: readonly EntryChange[]): Uint8Array =>
  pack([
    entryFormat,
    guild,
    commit.at,
    commit.sequence,
    commit.operation,
    commit.answered?.request,
    commit.answered?.outcome,
    commit.seed,
    changes.map(({ collection, key, values }) => [collection, key, values]),
  ]);

/** The operation behind an entry. Throws `DamagedStoreError` when it is none, or another guild's. */
export const decodeEntry = ({ guild, position, bytes }: JournalEntry): Entry => {
  const what = `the journal's entry ${position} of guild ${guild}`;
  const parsed = entrySchema.safeParse(unpack(bytes, what));
  if (!parsed.success) throw new DamagedStoreError(`${what} has an unknown form`, { cause: parsed.error });
  const [, owner, at, sequence, , request, outcome, , changes] = parsed.data;
  if (owner !== guild) throw new DamagedStoreError(`${what} was written by guild ${owner}`);
  return {
    at: at as EpochMs,
    sequence,
    answered: request === undefined || outcome === undefined ? undefined : { request, outcome },
    changes: changes.map(([collection, key, values]) => ({ collection, key, values })),
  };
};
