import type { Block } from './block.ts';

/** Blocks on their way at once: each is a thread of the process's pool for as long as the disk takes. */
export const flightsMax = 8;
/** Fewer leave a slow disk waiting, more are smaller blocks, each of which costs the processor something. */
const flightsLeast = 4;
const flushMsAFlight = 0.65;
/** A disk that takes less is best used by one block at a time: more of them would only be smaller. */
const slowMs = 0.7;
const durationsKept = 8;
/** A block of so many is full enough for a busy process. */
const fullEntries = 24;
/** From one block to the next of a busy process, at the most. */
const fillMs = 3;

/** A block on its way to the disk. */
export interface Flight {
  readonly block: Block;
  readonly bytes: number;
  readonly begunMs: number;
  landed: boolean;
}

const clamp = (value: number, least: number, most: number): number => Math.min(Math.max(value, least), most);

/** The blocks that are on their way, the oldest first. */
export interface Flights {
  readonly count: () => number;
  /** Entries in all of them. */
  readonly entries: () => number;
  /**
   * Milliseconds until another block may set out, where `gathered` entries wait for one; `undefined` where it has to wait
   * for one to land.
   */
  readonly waitMs: (gathered: number) => number | undefined;
  readonly begin: (block: Block, bytes: number) => Flight;
  /** Notes that a block is on the disk. */
  readonly land: (flight: Flight) => void;
  /** Takes the oldest out, if it has landed: what is behind a block counts for nothing before it does. */
  readonly takeLanded: () => Flight | undefined;
}

/**
 * On a fast disk one block is on its way at a time. What a block costs the processor hardly depends on what is in it, so
 * where the process has no time to spare (`isBusy`), the next fills for a moment first.
 *
 * Where a flush takes milliseconds, whoever comes just after one has begun would wait for nearly two. So several blocks
 * are on their way, begun evenly over the time that one takes, or sooner where as much has gathered as the others have
 * each. `nowMs` is monotonic.
 */
export const openFlights = (nowMs: () => number, isBusy: () => boolean): Flights => {
  const flights: Flight[] = [];
  let durations: number[] = [];
  let begunMs = Number.NEGATIVE_INFINITY;
  /** The least of late: what it takes when the process looks at once. */
  const flushMs = (): number => (durations.length < durationsKept ? 0 : Math.min(...durations));
  let flush = 0;
  let flightsMost = 1;
  const entries = (): number => flights.reduce((sum, { block }) => sum + block.count, 0);
  const sinceBegunMs = (): number => nowMs() - begunMs;
  /** The time that a block of `gathered` entries, with none on its way, still has for filling. */
  const fillingMs = (gathered: number): number =>
    flightsMost > 1 || gathered >= fullEntries || !isBusy() ? 0 : Math.max(0, fillMs - sinceBegunMs());

  return {
    count: () => flights.length,
    entries,
    waitMs: (gathered) => {
      if (flights.length === 0) return fillingMs(gathered);
      if (flights.length >= flightsMost) return undefined;
      // As many as the mean of all flights would have. Where all who wait for the disk ask again when they are answered,
      // blocks become equal so, and none of them waits for its time.
      if (gathered * flightsMost >= gathered + entries()) return 0;
      return Math.max(0, flush / flightsMost - sinceBegunMs());
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
      flightsMost = flush < slowMs ? 1 : clamp(Math.round(flush / flushMsAFlight), flightsLeast, flightsMax);
    },
    takeLanded: () => (flights[0]?.landed === true ? flights.shift() : undefined),
  };
};
