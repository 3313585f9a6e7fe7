import { type EpochMs, epochMs } from './ids.ts';

/** The only source of time. `now` is the wall clock, `monotonicMs` never steps and measures spans. */
export interface Clock {
  readonly now: () => EpochMs;
  readonly monotonicMs: () => number;
}

/** Calls something once, so many milliseconds from now at the earliest. */
export type After = (ms: number, call: () => void) => unknown;

/** The machine's clock, moved by `offsetMs()` milliseconds (the local Discord lets a person advance time). */
export const systemClock = (offsetMs: () => number = () => 0): Clock => ({
  now: () => epochMs(Date.now() + offsetMs()),
  monotonicMs: () => performance.now(),
});
