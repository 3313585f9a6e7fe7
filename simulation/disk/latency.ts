import type { Chance } from '../chance.ts';
import type { Faults } from '../faults.ts';
import type { Scheduler } from '../scheduler.ts';

/** What the disks of a simulation share. */
export interface DiskParts {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly faults: Faults;
  /** Milliseconds between two things that people do, in the middle: a slow disk is one that keeps many of them waiting. */
  readonly gapMs: number;
  /** The least and the most that a flush usually takes. */
  readonly flushMs: readonly [least: number, most: number];
}

/** Milliseconds that an access takes: mostly a fraction of one, now and then many. */
export const accessMs = ({ chance }: DiskParts): number => chance.between(0.02, 0.3);

const slowMsMax = 20_000;

/** Milliseconds until a write is safe. */
export const syncMs = ({ chance, faults, gapMs, flushMs }: DiskParts, slow: 'slow sync' | 'slow rows'): number =>
  faults.fires(slow) ? Math.min(slowMsMax, 20 + gapMs * 10 ** chance.between(0.5, 2.7)) : chance.between(...flushMs);
