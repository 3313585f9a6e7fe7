/** Hands out start times such that no window of time holds more than so many starts. */
export interface Bucket {
  /**
   * Reserves the next start, first come first served, and gives its time: `nowMs` when there is room, later when there
   * is none. Gives `undefined`, and reserves nothing, when the wait would be longer than `waitMsMax`.
   */
  reserve(nowMs: number): number | undefined;
}

/** A bucket of `starts` (at least 1) in any `windowMs` milliseconds. Times are monotonic milliseconds. */
export const createBucket = (spec: {
  readonly starts: number;
  readonly windowMs: number;
  readonly waitMsMax: number;
}): Bucket => {
  const latest = new Float64Array(spec.starts).fill(Number.NEGATIVE_INFINITY);
  let oldest = 0;
  return {
    reserve: (nowMs) => {
      const startMs = Math.max(nowMs, (latest[oldest] ?? 0) + spec.windowMs);
      if (startMs - nowMs > spec.waitMsMax) return undefined;
      latest[oldest] = startMs;
      oldest = (oldest + 1) % latest.length;
      return startMs;
    },
  };
};
