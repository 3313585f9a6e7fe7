import type { Block } from './block.ts';

/**
 * Blocks on their way at once: each is a thread of the process's pool for as long as the disk takes, and the pool has
 * four. What else needs a thread waits for one flush at most.
 */
const flightsMax = 4;
/** A disk that takes less is best used by one block at a time: more of them would only be smaller. */
const slowMs = 0.7;
const durationsKept = 8;

/** A block on its way to the disk. */
export interface Flight {
  readonly block: Block;
  readonly bytes: number;
  readonly begunMs: number;
  landed: boolean;
}

/** The blocks that are on their way, the oldest first. */
export interface Flights {
  readonly count: () => number;
  /** Entries in all of them. */
  readonly entries: () => number;
  /** Whether the disk is one on which blocks overlap. */
  readonly isSlow: () => boolean;
  /** Milliseconds until another block may set out; `undefined` where it has to wait for one to land. */
  readonly waitMs: () => number | undefined;
  readonly begin: (block: Block, bytes: number) => Flight;
  /** Notes that a block is on the disk. */
  readonly land: (flight: Flight) => void;
  /** Takes the oldest out, if it has landed: what is behind a block counts for nothing before it does. */
  readonly takeLanded: () => Flight | undefined;
}

/**
 * Where a flush takes milliseconds, whoever comes just after one has begun would wait for nearly two. So several blocks
 * are on their way, begun evenly over the time that one takes. `nowMs` is monotonic.
 */
export const openFlights = (nowMs: () => number): Flights => {
  const flights: Flight[] = [];
  let durations: number[] = [];
  let begunMs = Number.NEGATIVE_INFINITY;
  /** The least of late: what it takes when the process looks at once. */
  const flushMs = (): number => (durations.length < durationsKept ? 0 : Math.min(...durations));
  let flush = 0;

  return {
    count: () => flights.length,
    entries: () => flights.reduce((sum, { block }) => sum + block.count, 0),
    isSlow: () => flush >= slowMs,
    waitMs: () => {
      if (flights.length === 0) return 0;
      if (flights.length === flightsMax || flush < slowMs) return undefined;
      return Math.max(0, flush / flightsMax - (nowMs() - begunMs));
    },
    begin: (block, bytes) => {
      begunMs = nowMs();
      const flight = { block, bytes, begunMs, landed: false };
      flights.push(flight);
      return flight;
    },
    land: (flight) => {
      flight.landed = true;
      durations = [...durations.slice(1 - durationsKept), nowMs() - flight.begunMs];
      flush = flushMs();
    },
    takeLanded: () => (flights[0]?.landed === true ? flights.shift() : undefined),
  };
};
