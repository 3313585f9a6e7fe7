import type { EncodedKey } from '../kernel/key.ts';
import type { Generation } from './cell.ts';
import type { ScanRequest } from './contract.ts';
import { decodeRow } from './row-codec.ts';
import { justBehind, keysStartingWith, keysUnder } from './row-keys.ts';
import { addKey, keysBetween, type SortedKeys, sortedKeys } from './sorted-keys.ts';
import type { Table } from './table.ts';

/** Fewest rows asked of the disk at once. */
const chunkRowsMin = 16;

/** From the first key (included) to the last (excluded; `undefined` for the end). */
interface Bounds {
  readonly from: EncodedKey;
  readonly to: EncodedKey | undefined;
}

/** The keys one source has next. There may be more behind the last one when it gave as many as were asked for. */
interface Source {
  readonly keys: readonly EncodedKey[];
  readonly exhausted: boolean;
}

const isBehind = (key: EncodedKey, other: EncodedKey, reverse: boolean): boolean =>
  reverse ? key < other : key > other;

/** How far all sources together are known: the nearest last key of those that may have more. */
const horizonOf = (sources: readonly Source[], reverse: boolean): EncodedKey | undefined => {
  let horizon: EncodedKey | undefined;
  for (const { keys, exhausted } of sources) {
    const last = keys.at(-1);
    if (exhausted || last === undefined) continue;
    if (horizon === undefined || isBehind(horizon, last, reverse)) horizon = last;
  }
  return horizon;
};

const merged = (
  sources: readonly Source[],
  horizon: EncodedKey | undefined,
  reverse: boolean,
): readonly EncodedKey[] => {
  const filled = sources.filter(({ keys }) => keys.length > 0);
  const [only] = filled;
  if (only !== undefined && filled.length === 1) return only.keys;
  const keys = [...new Set(filled.flatMap((source) => source.keys))].sort();
  if (reverse) keys.reverse();
  return horizon === undefined ? keys : keys.filter((key) => !isBehind(key, horizon, reverse));
};

const behind = ({ from, to }: Bounds, key: EncodedKey, reverse: boolean): Bounds => {
  if (reverse) return { from, to: to === undefined || key < to ? key : to };
  const next = justBehind(key);
  return { from: from > next ? from : next, to };
};

/** The keys of a generation, those of its newest cells put in their places. */
const keysOf = (generation: Generation): SortedKeys => {
  generation.keys ??= sortedKeys();
  const { cells, keys } = generation;
  for (; generation.sorted < cells.length; generation.sorted += 1) addKey(keys, cells[generation.sorted]?.key ?? '');
  return keys;
};

/**
 * Rows of a table in key order, those on disk and those in memory. Rows read from disk are not kept in memory: who
 * pages through a history rarely reads it twice. Throws `DamagedStoreError` when a row cannot be read.
 */
export const scanTable = (
  table: Table,
  { prefix, after, reverse, limit }: ScanRequest,
): readonly (readonly [EncodedKey, unknown])[] => {
  const everything = keysUnder(table.prefix);
  let bounds = keysStartingWith(prefix);
  if (after !== undefined) bounds = behind(bounds, after, reverse);
  const memory = [table.unwritten, table.taken]
    .filter((one): one is Generation => (one?.cells.length ?? 0) > 0)
    .map(keysOf);
  const found: (readonly [EncodedKey, unknown])[] = [];
  while (found.length < limit) {
    const { from, to } = bounds;
    if (to !== undefined && from >= to) break;
    const chunk = Math.max(limit - found.length, chunkRowsMin);
    const diskTo = to === undefined ? everything.to : table.prefix + to;
    const disk = table.rows.range({ from: table.prefix + from, to: diskTo, reverse, limit: chunk });
    const onDisk = new Map(disk.map(([key, bytes]) => [key.slice(table.prefix.length), bytes]));
    const sources: Source[] = [{ keys: [...onDisk.keys()], exhausted: disk.length < chunk }];
    for (const keys of memory) {
      const next = keysBetween(keys, from, to, reverse, chunk);
      sources.push({ keys: next, exhausted: next.length < chunk });
    }
    const horizon = horizonOf(sources, reverse);
    for (const key of merged(sources, horizon, reverse)) {
      const bytes = onDisk.get(key);
      const cell = table.known.get(key);
      const value =
        cell === undefined && bytes !== undefined ? decodeRow(table.definition, bytes, table.prefix + key) : cell?.row;
      if (value !== undefined) found.push([key, value]);
      if (found.length === limit) break;
    }
    if (horizon === undefined) break;
    bounds = behind(bounds, horizon, reverse);
  }
  return found;
};
