import type { Clock } from '../kernel/clock.ts';
import { Queue } from '../kernel/queue.ts';

/** Something that waits for an answer. */
export interface Waiting {
  /** Monotonic milliseconds. */
  readonly receivedMs: number;
  readonly answered: boolean;
}

/** Without an answer after this long, Discord is told to wait. Discord itself gives up after 3 seconds. */
export const deferAfterMs = 1_800;
const sweepMs = 100;

/**
 * Watches interactions in the order of their receipt and calls `onDue` once for each that is unanswered 1.8 to 1.9
 * seconds after it. One timer serves all of them, since a timer each would cost more than most answers.
 */
export const createDeferrals = <T extends Waiting>(clock: Clock, onDue: (waiting: T) => void) => {
  const queue = new Queue<T>();
  let timer: NodeJS.Timeout | undefined;

  const sweep = (): void => {
    const dueMs = clock.monotonicMs() - deferAfterMs;
    for (let first = queue.peek(); first !== undefined; first = queue.peek()) {
      if (!first.answered && first.receivedMs > dueMs) break;
      queue.shift();
      if (!first.answered) onDue(first);
    }
    if (queue.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };

  return {
    /** Begins to watch; to be called in the order of receipt. */
    watch: (waiting: T): void => {
      queue.push(waiting);
      timer ??= setInterval(sweep, sweepMs);
    },
  };
};
