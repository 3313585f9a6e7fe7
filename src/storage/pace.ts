import type { After } from '../kernel/clock.ts';

/** How a snapshot is spread over time. */
export interface Pace {
  /** Resolves after this part (0 to 1) of the time that a whole snapshot may rest; at once where it is in a hurry. */
  readonly rest: (share: number) => Promise<void>;
  /** Nothing rests from now on, and what rests goes on. It is so from the beginning. */
  readonly hurry: () => void;
  /** A snapshot that nobody waits for begins. */
  readonly relax: () => void;
}

/**
 * A pace at which a snapshot rests `restMs` milliseconds in all. Written in one go it takes a processor and the disk for as
 * long as it lasts, and whoever asks meanwhile waits for both; in slices with time between them hardly anybody does.
 */
export const openPace = (restMs: number, after: After): Pace => {
  /** What is left to rest, as a part. */
  let left = 0;
  let wake: (() => void) | undefined;
  return {
    rest: (share) => {
      if (left === 0 || share === 0) return Promise.resolve();
      const part = Math.min(share, left);
      left -= part;
      return new Promise((resolve) => {
        wake = resolve;
        after(restMs * part, resolve);
      });
    },
    hurry() {
      left = 0;
      wake?.();
    },
    relax() {
      left = 1;
    },
  };
};
