import type { EncodedKey } from '../../kernel/key.ts';
import { pack, unpack } from '../codec.ts';
import { DamagedStoreError } from '../ports.ts';
import type { PageEntries } from './page.ts';

const boardFormat = 1;
/** Values of a stored directory, and of a stored page. */
const directoryParts = 6;
const pageParts = 2;

/**
 * Which pages a board has, in order, as they are stored: side by side, as a long board has many pages of which few are
 * looked at.
 */
export interface Directory {
  nextPage: number;
  readonly ids: number[];
  readonly counts: number[];
  /** No entry of a page stands before this place, none of the page before it stands behind it. */
  readonly fromScores: number[];
  readonly fromKeys: EncodedKey[];
}

/*
 * By hand and in place: a schema copies each list and makes an object for each of its entries, a megabyte and a half for
 * the directory of a board with 100,000 entries, which is read whenever its guild comes back to memory.
 */
const isWhole = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isNumber = (value: unknown): value is number => Number.isFinite(value);
const isText = (value: unknown): value is string => typeof value === 'string';

const isListOf = <Entry>(
  value: unknown,
  count: number,
  isEntry: (entry: unknown) => entry is Entry,
): value is Entry[] => Array.isArray(value) && value.length === count && value.every(isEntry);

/** A directory as it is stored. */
export const encodeDirectory = ({ nextPage, ids, counts, fromScores, fromKeys }: Directory): Uint8Array =>
  pack([boardFormat, nextPage, ids, counts, fromScores, fromKeys]);

/** The directory behind stored bytes. Throws `DamagedStoreError`, naming `what`. */
export const decodeDirectory = (bytes: Uint8Array, what: string): Directory => {
  const stored = unpack(bytes, what);
  if (!Array.isArray(stored) || stored.length !== directoryParts || stored[0] !== boardFormat) {
    throw new DamagedStoreError(`${what} has an unknown form`);
  }
  const [, nextPage, ids, counts, fromScores, fromKeys] = stored as readonly unknown[];
  const count = Array.isArray(ids) ? ids.length : 0;
  if (
    !isWhole(nextPage) ||
    !isListOf(ids, count, isWhole) ||
    !isListOf(counts, count, isWhole) ||
    !isListOf(fromScores, count, isNumber) ||
    !isListOf(fromKeys, count, isText)
  ) {
    throw new DamagedStoreError(`${what} has an unknown form`);
  }
  return { nextPage, ids, counts, fromScores, fromKeys };
};

/** A page's entries as they are stored. */
export const encodePage = ({ scores, keys }: PageEntries): Uint8Array => pack([scores, keys]);

/** The entries behind stored bytes. Throws `DamagedStoreError`, naming `what`, unless there are `count`. */
export const decodePage = (bytes: Uint8Array | undefined, count: number, what: string): PageEntries => {
  if (bytes === undefined) throw new DamagedStoreError(`${what} is missing`);
  const stored = unpack(bytes, what);
  if (!Array.isArray(stored) || stored.length !== pageParts) {
    throw new DamagedStoreError(`${what} has an unknown form`);
  }
  const [scores, keys] = stored as readonly unknown[];
  if (!isListOf(scores, count, isNumber) || !isListOf(keys, count, isText)) {
    throw new DamagedStoreError(`${what} has not the ${count} entries it should`);
  }
  return { scores, keys };
};
