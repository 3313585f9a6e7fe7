import type { Cancel, Waits } from './waits.ts';

/** Guilds that somebody asked stay in memory for this long after. */
export const deployedIdleMs = 10 * 60_000;
/**
 * A few at a time: after a night in which every guild had a job, or an evening on which all were asked, there are as many
 * to let go of as there are guilds, and nobody waits for more than these.
 */
const looksMax = 200;
const pauseMs = 50;

/** What knows the guilds in memory. */
interface IdleGuilds {
  /** Lets go of guilds that nobody asked for `idleMs`; looks at `looksMax`, and at the next ones the next time. */
  readonly evictIdle: (idleMs: number, looksMax: number) => unknown;
}

/**
 * Has guilds leave memory that nobody asked for `idleMs`, and those at once that were only there because something of theirs
 * was due. What it gives ends that.
 */
export const startEviction = (directory: IdleGuilds, waits: Pick<Waits, 'after'>, idleMs = deployedIdleMs): Cancel => {
  let cancel: Cancel;
  const look = (): void => {
    directory.evictIdle(idleMs, looksMax);
    cancel = waits.after(pauseMs, look);
  };
  cancel = waits.after(pauseMs, look);
  return () => cancel();
};
