import { assert } from '../../kernel/assert.ts';
import { type RowRange, type Rows, RowsWriteError, type RowWrite } from '../ports.ts';
import { assertKey } from './key-encoding.ts';

/** Rows in memory that fail, wait and lose power when told to. */
export interface MemoryRows extends Rows {
  /** The `nth` write from now on (1 is the next) fails with this system error code; the rows stay as they were. */
  failWrite(nth: number, code: 'EIO' | 'ENOSPC'): void;
  /** Writes from now on stay on their way to the disk until `releaseWrites`. */
  holdWrites(): void;
  releaseWrites(): void;
  /**
   * What a process finds that starts after a power cut or a kill: every finished batch, and the one on its way whole
   * or not at all, as `chance` (0 to 1, excluded) falls.
   */
  afterPowerCut(chance: () => number): MemoryRows;
}

interface Pending {
  readonly batch: readonly RowWrite[];
  readonly settle: () => void;
}

const applyBatch = (rows: Map<string, Uint8Array>, batch: readonly RowWrite[]): void => {
  for (const { key, value } of batch) {
    if (value === undefined) rows.delete(key);
    else rows.set(key, Uint8Array.from(value));
  }
};

/** The first place among sorted keys whose key is not before another. */
const placeOf = (keys: readonly string[], key: string): number => {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as string) < key) low = middle + 1;
    else high = middle;
  }
  return low;
};

const readRange = (
  rows: ReadonlyMap<string, Uint8Array>,
  sorted: readonly string[],
  { from, to, reverse, limit }: RowRange,
): readonly (readonly [string, Uint8Array])[] => {
  const [first, end, most] = [placeOf(sorted, from), placeOf(sorted, to), Math.max(limit, 0)];
  const keys = reverse
    ? sorted.slice(Math.max(first, end - most), Math.max(first, end)).toReversed()
    : sorted.slice(first, Math.min(end, first + most));
  return keys.map((key) => [key, Uint8Array.from(rows.get(key) ?? [])] as const);
};

const fromRows = (rows: Map<string, Uint8Array>): MemoryRows => {
  const failures = new Map<number, string>();
  let writes = 0;
  let held = false;
  let closed = false;
  let pending: Pending | undefined;
  /** The keys in order, until they change: between two snapshots they are read many times. */
  let sorted: readonly string[] | undefined;
  const keysInOrder = (): readonly string[] => (sorted ??= [...rows.keys()].sort());
  const assertOpen = (): void => assert(!closed, 'closed rows are not used');

  const finish = (): void => {
    if (held) return;
    const settle = pending?.settle;
    pending = undefined;
    settle?.();
  };

  const write = (batch: readonly RowWrite[]): Promise<void> => {
    const code = failures.get((writes += 1));
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        if (code === undefined) {
          applyBatch(rows, batch);
          sorted = undefined;
          resolve();
        } else reject(new RowsWriteError(`the rows in memory could not be written: ${code}`));
      };
      pending = { batch: code === undefined ? batch : [], settle };
      // A disk answers in a later turn; read from the global so that a simulation can decide when.
      globalThis.setImmediate(finish);
    });
  };

  return {
    get(key) {
      assertOpen();
      assertKey(key);
      const value = rows.get(key);
      return value === undefined ? undefined : Uint8Array.from(value);
    },
    range(range) {
      assertOpen();
      if (range.from >= range.to) return [];
      assertKey(range.to);
      if (range.from !== '') assertKey(range.from);
      return readRange(rows, keysInOrder(), range);
    },
    async write(batch) {
      assertOpen();
      assert(pending === undefined, 'rows are written one batch at a time');
      for (const { key } of batch) assertKey(key);
      if (batch.length > 0) await write(batch);
    },
    view() {
      assertOpen();
      const seen = new Map(rows);
      const keys = keysInOrder();
      return { range: (range) => readRange(seen, keys, range), close: () => undefined };
    },
    async close() {
      closed = true;
      held = false;
      finish();
    },
    failWrite: (nth, code) => void failures.set(writes + nth, code),
    holdWrites() {
      held = true;
    },
    releaseWrites() {
      held = false;
      finish();
    },
    afterPowerCut(chance) {
      const survivors = new Map(rows);
      if (pending !== undefined && chance() < 0.5) applyBatch(survivors, pending.batch);
      return fromRows(survivors);
    },
  };
};

/** Empty rows in memory: the double of `openLmdbRows`, kept to the same contract by the same tests. */
export const memoryRows = (): MemoryRows => fromRows(new Map());
