import type { Clock } from '../src/kernel/clock.ts';
import { type EpochMs, epochMs } from '../src/kernel/ids.ts';
import type { Scheduler } from './scheduler.ts';

/** What reading the monotonic clock costs: so a drain comes to the end of its millisecond. */
const readMs = 0.004;

/** The machine's clock, which may be wrong, and the time it should show. */
export interface SimulatedClock extends Clock {
  /** The time as Discord has it. */
  readonly trueNow: () => EpochMs;
  /** How far the machine's clock is ahead. */
  readonly skewMs: () => number;
  readonly skew: (ms: number) => void;
}

/** A clock over simulated time. Within one task it stands still, as it does for a handler. */
export const simulatedClock = (scheduler: Scheduler, startAt: EpochMs): SimulatedClock => {
  let skewMs = 0;
  let step = -1;
  let frozenMs = 0;
  const elapsedMs = (): number => {
    if (step !== scheduler.steps()) {
      step = scheduler.steps();
      frozenMs = Math.floor(scheduler.nowMs());
    }
    return frozenMs;
  };
  return {
    now: () => epochMs(startAt + elapsedMs() + skewMs),
    trueNow: () => epochMs(startAt + elapsedMs()),
    monotonicMs: () => {
      scheduler.spend(readMs);
      return scheduler.nowMs();
    },
    skewMs: () => skewMs,
    skew: (ms) => {
      skewMs = ms;
    },
  };
};
