import type { Chance } from '../chance.ts';
import type { Faults } from '../faults.ts';
import type { Scheduler } from '../scheduler.ts';

/** What the disks of a simulation share. */
export interface DiskParts {
  readonly scheduler: Scheduler;
  readonly chance: Chance;
  readonly faults: Faults;
}

/** Milliseconds that an access takes: mostly a fraction of one, now and then many. */
export const accessMs = ({ chance }: DiskParts): number => chance.between(0.02, 0.3);

/** Milliseconds until a write is safe. */
export const syncMs = ({ chance, faults }: DiskParts, slow: 'slow sync' | 'slow rows'): number =>
  faults.fires(slow) ? chance.between(50, 4_000) : chance.between(0.1, 3);
