import type { EpochMs } from '../../src/kernel/ids.ts';
import type { Waits } from '../../src/schedule/waits.ts';
import type { Every } from '../../src/storage/store.ts';
import type { SimulatedClock } from '../clock.ts';
import type { Scheduler } from '../scheduler.ts';

/** A wait this long is one until the next look. */
const lookMs = 100;

/** The alarm's waits. */
export const simulatedWaits = (
  scheduler: Scheduler,
  clock: SimulatedClock,
  nextDueAt: () => EpochMs | undefined,
): Waits => {
  const untilDueMs = (): number => (nextDueAt() ?? Number.POSITIVE_INFINITY) - clock.now();
  return {
    after: (ms, call) => (ms < lookMs ? scheduler.process(ms, call) : scheduler.look(ms, call, untilDueMs)),
    soon: (call) => scheduler.process(0.01, call),
  };
};

/** Calls again and again, until the process is gone. */
export const simulatedEvery =
  (scheduler: Scheduler): Every =>
  (intervalMs, run) => {
    let cancel = (): void => undefined;
    const again = (): void => {
      cancel = scheduler.look(
        intervalMs,
        () => {
          again();
          run();
        },
        () => Number.POSITIVE_INFINITY,
      );
    };
    again();
    return () => cancel();
  };
