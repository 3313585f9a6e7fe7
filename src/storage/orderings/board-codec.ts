import { z } from 'zod';
import { pack, unpack } from '../codec.ts';
import { DamagedStoreError } from '../ports.ts';
import type { Page, PageEntries } from './page.ts';

const boardFormat = 1;

/** Which pages a board has, in order. */
export interface Directory {
  readonly nextPage: number;
  readonly pages: Page[];
}

const whole = z.int().nonnegative();
const directorySchema = z.tuple([
  z.literal(boardFormat),
  whole,
  z.array(whole),
  z.array(whole),
  z.array(z.number()),
  z.array(z.string()),
]);
const pageSchema = z.tuple([z.array(z.number()), z.array(z.string())]);

/** A directory as it is stored. */
export const encodeDirectory = ({ nextPage, pages }: Directory): Uint8Array =>
  pack([
    boardFormat,
    nextPage,
    pages.map((page) => page.id),
    pages.map((page) => page.count),
    pages.map((page) => page.fromScore),
    pages.map((page) => page.fromKey),
  ]);

/** The directory behind stored bytes, its pages not read yet. Throws `DamagedStoreError`, naming `what`. */
export const decodeDirectory = (bytes: Uint8Array, what: string): Directory => {
  const parsed = directorySchema.safeParse(unpack(bytes, what));
  if (!parsed.success) throw new DamagedStoreError(`${what} has an unknown form`, { cause: parsed.error });
  const [, nextPage, ids, counts, scores, keys] = parsed.data;
  const pages = ids.map((id, index): Page => {
    const count = counts[index];
    const fromScore = scores[index];
    const fromKey = keys[index];
    if (count === undefined || fromScore === undefined || fromKey === undefined) {
      throw new DamagedStoreError(`${what} is cut short`);
    }
    return { id, fromScore, fromKey, count, entries: undefined, changed: false, shared: false };
  });
  return { nextPage, pages };
};

/** A page's entries as they are stored. */
export const encodePage = ({ scores, keys }: PageEntries): Uint8Array => pack([scores, keys]);

/** The entries behind stored bytes. Throws `DamagedStoreError`, naming `what`, unless there are `count`. */
export const decodePage = (bytes: Uint8Array | undefined, count: number, what: string): PageEntries => {
  if (bytes === undefined) throw new DamagedStoreError(`${what} is missing`);
  const parsed = pageSchema.safeParse(unpack(bytes, what));
  if (!parsed.success) throw new DamagedStoreError(`${what} has an unknown form`, { cause: parsed.error });
  const [scores, keys] = parsed.data;
  if (scores.length !== count || keys.length !== count) {
    throw new DamagedStoreError(`${what} has not the ${count} entries it should`);
  }
  return { scores, keys };
};
