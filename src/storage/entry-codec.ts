import type { EpochMs, GuildId } from '../kernel/ids.ts';
import type { EncodedKey } from '../kernel/key.ts';
import { packBriefly, unpackCopied } from './codec.ts';
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

/**
 * An operation as the journal keeps it: rows and all in one encoding, since each costs more than its bytes. They are good
 * until something else is encoded.
 */
export const encodeEntry = (guild: GuildId, commit: Commit, changes: readonly EntryChange[]): Uint8Array =>
  packBriefly([
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

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isText = (value: unknown): value is string => typeof value === 'string';
const isBytes = (value: unknown): value is Uint8Array => value instanceof Uint8Array;

const changeOf = (stored: unknown): EntryChange | undefined => {
  if (!Array.isArray(stored) || stored.length !== 3) return undefined;
  const [collection, key, values] = stored as readonly unknown[];
  if (!isText(collection) || !isText(key) || !(values === undefined || Array.isArray(values))) return undefined;
  return { collection, key, values };
};

const changesOf = (stored: unknown): readonly EntryChange[] | undefined => {
  if (!Array.isArray(stored)) return undefined;
  const changes: EntryChange[] = [];
  for (const one of stored) {
    const change = changeOf(one);
    if (change === undefined) return undefined;
    changes.push(change);
  }
  return changes;
};

/** By hand and not by a schema: after a crash there may be a million of them, and this takes a tenth of the time. */
const readEntry = (stored: unknown): { readonly owner: string; readonly entry: Entry } | undefined => {
  if (!Array.isArray(stored) || stored.length !== 9 || stored[0] !== entryFormat) return undefined;
  const [, owner, at, sequence, operation, request, outcome, seed, rows] = stored as readonly unknown[];
  const changes = changesOf(rows);
  if (!isText(owner) || !isCount(at) || !isCount(sequence) || !isText(operation) || changes === undefined) {
    return undefined;
  }
  if (!(request === undefined || isText(request)) || !(outcome === undefined || isBytes(outcome))) return undefined;
  if (!(seed === undefined || isBytes(seed))) return undefined;
  const answered = request === undefined || outcome === undefined ? undefined : { request, outcome };
  return { owner, entry: { at: at as EpochMs, sequence, answered, changes } };
};

/** The operation behind an entry, whose bytes need not last. Throws `DamagedStoreError` when it is none, or another guild's. */
export const decodeEntry = ({ guild, position, bytes }: JournalEntry): Entry => {
  const what = `the journal's entry ${position} of guild ${guild}`;
  const read = readEntry(unpackCopied(bytes, what));
  if (read === undefined) throw new DamagedStoreError(`${what} has an unknown form`);
  if (read.owner !== guild) throw new DamagedStoreError(`${what} was written by guild ${read.owner}`);
  return read.entry;
};
