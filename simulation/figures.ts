import type { Chance } from './chance.ts';
import type { Figures } from './process/life.ts';
import type { Retention } from './process/program.ts';

/** How a run is set up. */
export interface RunFigures extends Figures, Retention {
  /** Between two things that people do, in the middle. */
  readonly gapMs: number;
  /** How likely nobody does anything for a long time after. */
  readonly pause: number;
  readonly servers: number;
  /** The second of those has the journal send several blocks on their way at once. */
  readonly flushMs: readonly [least: number, most: number];
}

/** Draws how a run is set up. */
export const figuresOf = (chance: Chance): RunFigures => {
  const gapMs = 10 ** chance.between(-1.5, 3);
  return {
    gapMs,
    pause: chance.happens(0.6) ? 0.0006 : 0,
    servers: chance.happens(0.7) ? 20 : 4 + chance.int(28),
    flushMs: chance.pick([
      [0.1, 3],
      [1, 8],
    ] as const),
    segmentBytes: chance.pick([4_096, 16_384, 65_536, 262_144]),
    snapshotIntervalMs: Math.min(300_000, Math.max(20, gapMs * 10 ** chance.between(1.3, 3.3))),
    sliceRows: chance.pick([20, 100, 1_000]),
    unsnapshottedBytesMax: chance.happens(0.2) ? 60_000 : 64 * 2 ** 20,
    clockGraceMs: chance.pick([0, 60_000, 600_000]),
    freezesRows: chance.happens(0.1),
    memberHours: chance.pick([0, 1, 72]),
    guildDays: chance.pick([0.25, 2]),
  };
};
