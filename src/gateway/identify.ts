const windowMs = 3_600_000;
const freeIdentifies = 4;
const firstDelayMs = 5_000;
const delayMsMax = 300_000;

/** Spaces out the logins of shards that keep losing their session. */
export interface IdentifyPacing {
  /** Takes note of a shard's wish to log in and says how long it should wait first, in milliseconds. */
  delayMs(shard: number, nowMs: number): number;
}

/**
 * Discord resets the token of a bot that logs in more than 1,000 times a day. A shard's first four logins within an
 * hour go at once, then the wait doubles from 5 seconds up to 5 minutes.
 */
export const createIdentifyPacing = (): IdentifyPacing => {
  const times = new Map<number, number[]>();
  return {
    delayMs: (shard, nowMs) => {
      const recent = (times.get(shard) ?? []).filter((time) => nowMs - time < windowMs);
      const delayMs =
        recent.length < freeIdentifies ? 0 : Math.min(firstDelayMs * 2 ** (recent.length - freeIdentifies), delayMsMax);
      recent.push(nowMs + delayMs);
      times.set(shard, recent);
      return delayMs;
    },
  };
};
