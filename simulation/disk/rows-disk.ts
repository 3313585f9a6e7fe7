import { assert } from '../../src/kernel/assert.ts';
import { type RowRange, type Rows, RowsWriteError, type RowWrite } from '../../src/storage/ports.ts';
import { assertKey } from '../../src/storage/rows/key-encoding.ts';
import { type DiskParts, syncMs } from './latency.ts';

/** Rows on a simulated disk, which outlive every process: batches are there whole or not at all. */
export interface RowsDisk {
  /** As a process opens them. */
  readonly open: () => Rows;
  /** The process is gone: the batch on its way is there, or it is not. */
  readonly crash: () => void;
  /** Whether a batch is on its way. */
  readonly isBusy: () => boolean;
  readonly mend: () => void;
}

/** The index of the first key that is not before `key`. */
const lowerBound = (keys: readonly string[], key: string): number => {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] as string) < key) low = middle + 1;
    else high = middle;
  }
  return low;
};

const merged = (keys: readonly string[], added: readonly string[]): string[] => {
  const all: string[] = [];
  let at = 0;
  for (const key of added) {
    const upTo = lowerBound(keys, key);
    for (; at < upTo; at += 1) all.push(keys[at] as string);
    all.push(key);
  }
  for (; at < keys.length; at += 1) all.push(keys[at] as string);
  return all;
};

const rangeOf = (
  keys: readonly string[],
  values: ReadonlyMap<string, Uint8Array>,
  { from, to, reverse, limit }: RowRange,
): readonly (readonly [string, Uint8Array])[] => {
  if (from >= to) return [];
  const first = lowerBound(keys, from);
  const end = lowerBound(keys, to);
  const found = reverse
    ? keys.slice(Math.max(first, end - limit), end).toReversed()
    : keys.slice(first, Math.min(end, first + Math.max(limit, 0)));
  return found.map((key) => [key, values.get(key) as Uint8Array] as const);
};

/** An empty disk for rows. */
export const rowsDisk = (parts: DiskParts): RowsDisk => {
  const { scheduler, chance, faults } = parts;
  /** Nobody changes bytes that are stored: they are handed out as they are. */
  const values = new Map<string, Uint8Array>();
  let keys: string[] = [];
  let pending: readonly RowWrite[] | undefined;
  let fullUntilMs = 0;

  const apply = (batch: readonly RowWrite[]): void => {
    const added = new Set<string>();
    const removed = new Set<string>();
    for (const { key, value } of batch) {
      if (value === undefined) {
        if (values.delete(key) && !added.delete(key)) removed.add(key);
      } else {
        if (!values.has(key) && !removed.delete(key)) added.add(key);
        values.set(key, Uint8Array.from(value));
      }
    }
    if (removed.size > 0) keys = keys.filter((key) => !removed.has(key));
    if (added.size > 0) keys = merged(keys, [...added].sort());
  };

  const faultOfWrite = (): string | undefined => {
    if (faults.fires('rows ENOSPC')) fullUntilMs = scheduler.nowMs() + 10 ** chance.between(1, 4);
    if (faults.fires('rows EIO')) return 'EIO';
    return scheduler.nowMs() < fullUntilMs ? 'ENOSPC' : undefined;
  };

  const open = (): Rows => {
    let closed = false;
    const assertOpen = (): void => assert(!closed, 'closed rows are not used');
    return {
      get(key) {
        assertOpen();
        assertKey(key);
        return values.get(key);
      },
      range(range) {
        assertOpen();
        return rangeOf(keys, values, range);
      },
      async write(batch) {
        assertOpen();
        assert(pending === undefined, 'rows are written one batch at a time');
        for (const { key } of batch) assertKey(key);
        if (batch.length === 0) return;
        const fault = faultOfWrite();
        pending = fault === undefined ? batch : [];
        await scheduler.wait(syncMs(parts, 'slow rows'));
        pending = undefined;
        if (fault !== undefined) throw new RowsWriteError(`the rows could not be written: ${fault}`);
        apply(batch);
      },
      view() {
        assertOpen();
        const seen = { keys: [...keys], values: new Map(values) };
        return { range: (range) => rangeOf(seen.keys, seen.values, range), close: () => undefined };
      },
      async close() {
        closed = true;
      },
    };
  };

  return {
    open,
    crash: () => {
      const batch = pending;
      pending = undefined;
      if (batch === undefined || batch.length === 0) return;
      if (chance.happens(0.5)) apply(batch);
      else faults.count('rows batch lost');
    },
    isBusy: () => pending !== undefined,
    mend: () => {
      fullUntilMs = 0;
    },
  };
};
