// The process's timers under a test's hand: nothing waits, and time is what the test says.
import type { Waits } from '../../src/schedule/waits.ts';

/** Node's bound: beyond it a timer fires at once. */
const nodeTimerMsMax = 2 ** 31 - 1;

interface Waiting {
  readonly atMs: number;
  readonly order: number;
  readonly call: () => void;
}

export interface FakeWaits extends Waits {
  /** Milliseconds since the fake's start. */
  readonly nowMs: () => number;
  /** Runs everything that comes in the next `ms` milliseconds; gives how many calls there were. */
  readonly pass: (ms: number) => number;
  /** Runs the next call that needs no time to pass; `false` when there is none. */
  readonly step: () => boolean;
}

export const fakeWaits = (): FakeWaits => {
  let nowMs = 0;
  let order = 0;
  const waiting = new Set<Waiting>();
  const add = (ms: number, call: () => void): (() => void) => {
    order += 1;
    const one = { atMs: nowMs + (ms > nodeTimerMsMax ? 0 : Math.max(0, ms)), order, call };
    waiting.add(one);
    return () => waiting.delete(one);
  };
  const runNext = (untilMs: number): boolean => {
    const [next] = [...waiting].toSorted((a, b) => a.atMs - b.atMs || a.order - b.order);
    if (!next || next.atMs > untilMs) return false;
    waiting.delete(next);
    nowMs = Math.max(nowMs, next.atMs);
    next.call();
    return true;
  };
  return {
    nowMs: () => nowMs,
    after: add,
    soon: (call) => add(0, call),
    pass: (ms) => {
      const untilMs = nowMs + ms;
      let calls = 0;
      while (runNext(untilMs)) {
        calls += 1;
        if (calls > 100_000) throw new Error('the timers spin');
      }
      nowMs = untilMs;
      return calls;
    },
    step: () => runNext(nowMs),
  };
};
