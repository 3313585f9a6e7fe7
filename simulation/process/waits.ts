import type { EpochMs } from '../../src/kernel/ids.ts';
import type { Waits } from '../../src/schedule/waits.ts';
import type { Every } from '../../src/storage/store.ts';
import type { SimulatedClock } from '../clock.ts';
import type { Scheduler } from '../scheduler.ts';

/** A wait this long is one until somebody looks again, and may be longer where nothing happens. */
const idleMs = 100;

/**
 * The alarm's waits. Where nothing at all is to happen before the next alarm, one of its looks stands for all that would
 * see the same: so a quiet day costs nothing.
 */
export const simulatedWaits = (
  scheduler: Scheduler,
  clock: SimulatedClock,
  nextDueAt: () => EpochMs | undefined,
): Waits => {
  const quietMs = (): number => {
    const due = nextDueAt();
    const untilDue = due === undefined ? Number.POSITIVE_INFINITY : due - clock.now();
    const untilNext = (scheduler.nextAt() ?? scheduler.nowMs() + idleMs) - scheduler.nowMs();
    return Math.min(untilDue, untilNext);
  };
  return {
    after: (ms, call) => {
      let cancel = scheduler.process(ms, () => {
        const quiet = ms < idleMs ? 0 : quietMs();
        if (quiet <= ms) call();
        else cancel = scheduler.process(quiet, call);
      });
      return () => cancel();
    },
    soon: (call) => scheduler.process(0.01, call),
  };
};

/** Calls again and again, until the process is gone. */
export const simulatedEvery =
  (scheduler: Scheduler): Every =>
  (intervalMs, run) => {
    let cancel = (): void => undefined;
    const again = (): void => {
      cancel = scheduler.process(intervalMs, () => {
        again();
        run();
      });
    };
    again();
    return () => cancel();
  };
