import type { After } from '../kernel/clock.ts';

/** Takes back what was to be called. */
export type Cancel = () => void;

/** The process's timers, handed in so that tests can hold them. */
export interface Waits {
  /** Calls once, `ms` milliseconds from now at the earliest; 0 to 2^31 - 1, as beyond that Node calls at once. */
  readonly after: (ms: number, call: () => void) => Cancel;
  /** Calls once, when what came in from outside meanwhile has had its turn. */
  readonly soon: (call: () => void) => Cancel;
}

/** Node's own timers. None of them keeps the process alive. */
export const systemWaits: Waits = {
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
  soon: (call) => {
    const immediate = setImmediate(call);
    return () => clearImmediate(immediate);
  },
};

/** Node's own timer for what somebody waits for: the process does not end before. */
export const lastingAfter: After = (ms, call) => setTimeout(call, ms);
