import type { EncodedKey } from '../../kernel/key.ts';

/** Most entries in a page: a compromise between bytes written for one changed entry and pages in a directory. */
export const pageEntriesMax = 128;

/** Scores and keys, side by side, in the order of the board. */
export interface PageEntries {
  readonly scores: number[];
  readonly keys: EncodedKey[];
}

/** Consecutive entries of a board, in memory. */
export interface Page {
  entries: PageEntries;
  /** Whether it differs from what is on disk, or on its way there. */
  changed: boolean;
  /** A snapshot still reads the entries: they are copied before they change. */
  shared: boolean;
}

/** Whether the first score and key stand before the second: higher scores first, equal scores by key. */
export const standsBefore = (score: number, key: EncodedKey, otherScore: number, otherKey: EncodedKey): boolean =>
  score > otherScore || (score === otherScore && key < otherKey);

/** How many of the entries stand before a score and key. */
export const slotOf = ({ scores, keys }: PageEntries, score: number, key: EncodedKey): number => {
  let low = 0;
  let high = scores.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (standsBefore(scores[middle] ?? 0, keys[middle] ?? '', score, key)) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Moves the entry at slot `from` to slot `to`, with another score, and those between by one. */
export const shiftEntry = ({ scores, keys }: PageEntries, from: number, to: number, score: number): void => {
  const key = keys[from] ?? '';
  const step = from < to ? 1 : -1;
  for (let slot = from; slot !== to; slot += step) {
    scores[slot] = scores[slot + step] ?? 0;
    keys[slot] = keys[slot + step] ?? '';
  }
  scores[to] = score;
  keys[to] = key;
};
