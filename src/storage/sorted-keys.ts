import type { EncodedKey } from '../kernel/key.ts';

/** Most keys in a page; a full one is cut in two. */
const pageKeysMax = 512;

/**
 * A set of keys that can be read in order. Adding costs nothing but memory until somebody reads: most collections are
 * written far more often than scanned, and keys added since the last reading are put in their places then.
 */
export interface SortedKeys {
  readonly pages: EncodedKey[][];
  readonly added: EncodedKey[];
}

/** An empty set. */
export const sortedKeys = (): SortedKeys => ({ pages: [], added: [] });

/** The first index from which on `is` holds; it must not hold before. */
const firstWhere = (length: number, is: (index: number) => boolean): number => {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (is(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
};

const slotIn = (page: readonly EncodedKey[], key: EncodedKey): number =>
  firstWhere(page.length, (index) => (page[index] ?? '') >= key);

/** The page a key is in or belongs into: the last one that starts at or before it. */
const pageFor = (pages: readonly (readonly EncodedKey[])[], key: EncodedKey): number =>
  Math.max(firstWhere(pages.length, (index) => (pages[index]?.[0] ?? '') > key) - 1, 0);

const place = ({ pages }: SortedKeys, key: EncodedKey): void => {
  const at = pageFor(pages, key);
  const page = pages[at];
  if (page === undefined) {
    pages.push([key]);
    return;
  }
  const slot = slotIn(page, key);
  if (page[slot] === key) return;
  page.splice(slot, 0, key);
  // A page cut at its end stays full when keys come in order, as those of histories do.
  if (page.length > pageKeysMax) {
    pages.splice(at + 1, 0, page.splice(slot === pageKeysMax ? pageKeysMax : pageKeysMax >>> 1));
  }
};

/** Adds a key; one that is there already changes nothing. */
export const addKey = ({ added }: SortedKeys, key: EncodedKey): void => {
  added.push(key);
};

/** At most `limit` keys from `from` (included) to `to` (excluded; `undefined` for the end), or backwards from `to`. */
export const keysBetween = (
  keys: SortedKeys,
  from: EncodedKey,
  to: EncodedKey | undefined,
  reverse: boolean,
  limit: number,
): readonly EncodedKey[] => {
  for (const key of keys.added) place(keys, key);
  keys.added.length = 0;
  const { pages } = keys;
  const found: EncodedKey[] = [];
  if (reverse) {
    for (let at = to === undefined ? pages.length - 1 : pageFor(pages, to); at >= 0 && found.length < limit; at -= 1) {
      const page = pages[at] ?? [];
      for (let slot = (to === undefined ? page.length : slotIn(page, to)) - 1; slot >= 0; slot -= 1) {
        const key = page[slot];
        if (key === undefined || key < from || found.length === limit) return found;
        found.push(key);
      }
    }
    return found;
  }
  for (let at = pageFor(pages, from); at < pages.length && found.length < limit; at += 1) {
    const page = pages[at] ?? [];
    for (let slot = slotIn(page, from); slot < page.length; slot += 1) {
      const key = page[slot];
      if (key === undefined || (to !== undefined && key >= to) || found.length === limit) return found;
      found.push(key);
    }
  }
  return found;
};
