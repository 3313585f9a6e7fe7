/** A repeatable source of numbers from 0 to 1 (mulberry32): the same load in every round. */
export const numbers = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
};

/**
 * Picks from 0 to `count` - 1 by Zipf's law: with exponent 1 the first twice as often as the second, with exponent 0 all
 * alike.
 */
export const zipf = (count: number, next: () => number, exponent = 1): (() => number) => {
  const cumulative = new Float64Array(count);
  let sum = 0;
  for (let index = 0; index < count; index += 1) {
    sum += (index + 1) ** -exponent;
    cumulative[index] = sum;
  }
  return () => {
    const wanted = next() * sum;
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((cumulative[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  };
};

/**
 * Keeps `outstanding` calls of `one` under way for `durationMs`, and on until `enough` says so, then waits for the last.
 * Gives calls a second.
 */
export const closedLoop = async (
  outstanding: number,
  durationMs: number,
  one: () => Promise<void>,
  enough: () => boolean = () => true,
): Promise<number> => {
  const startedMs = performance.now();
  const untilMs = startedMs + durationMs;
  let count = 0;
  const loop = async (): Promise<void> => {
    while (performance.now() < untilMs || !enough()) {
      await one();
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: outstanding }, loop));
  return (count * 1000) / (performance.now() - startedMs);
};

/** Runs all of `count` calls, at most `outstanding` under way at once. */
export const runAll = async (
  count: number,
  outstanding: number,
  one: (index: number) => Promise<unknown>,
): Promise<void> => {
  let next = 0;
  const loop = async (): Promise<void> => {
    while (next < count) {
      const index = next;
      next += 1;
      await one(index);
    }
  };
  await Promise.all(Array.from({ length: outstanding }, loop));
};

/** The value below which a share (0 to 1) of the values lies. */
export const percentile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};
