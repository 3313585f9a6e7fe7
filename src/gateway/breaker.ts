/** Counts what Discord calls invalid requests; 10,000 of them in ten minutes are a ban of the address. */
export interface Breaker {
  /** Takes note of a response. */
  note(status: number, nowMs: number): void;
  /** Whether a request may be sent now. What answers a member may be sent longer than the rest. */
  allows(kind: 'work' | 'answer', nowMs: number): boolean;
  /** Invalid requests of the last ten minutes. */
  count(nowMs: number): number;
}

const windowMs = 600_000;
const slots = 60;
const slotMs = windowMs / slots;

/** From this many invalid requests in ten minutes on, only answers to members are sent. A tenth of Discord's limit. */
export const workStopsAt = 1_000;
/** From this many on nothing is sent, until enough of them are ten minutes old. */
export const answersStopAt = 5_000;

/** A breaker over a sliding window of ten minutes, in steps of ten seconds. Times are monotonic milliseconds. */
export const createBreaker = (): Breaker => {
  const counts = new Uint32Array(slots);
  let slot = 0;
  let total = 0;

  const advance = (nowMs: number): void => {
    const current = Math.floor(nowMs / slotMs);
    for (let step = Math.max(slot + 1, current - slots + 1); step <= current; step += 1) {
      total -= counts[step % slots] ?? 0;
      counts[step % slots] = 0;
    }
    slot = Math.max(slot, current);
  };

  return {
    note: (status, nowMs) => {
      if (status !== 401 && status !== 403 && status !== 429) return;
      advance(nowMs);
      counts[slot % slots] = (counts[slot % slots] ?? 0) + 1;
      total += 1;
    },
    allows: (kind, nowMs) => {
      if (total < workStopsAt) return true;
      advance(nowMs);
      return total < (kind === 'work' ? workStopsAt : answersStopAt);
    },
    count: (nowMs) => {
      advance(nowMs);
      return total;
    },
  };
};
