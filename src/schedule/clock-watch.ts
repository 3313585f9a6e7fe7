import type { Logger } from 'pino';
import type { Clock } from '../kernel/clock.ts';
import { type EpochMs, epochMs } from '../kernel/ids.ts';

/** A clock that is put forward by more than this is not believed at once: it may be wrong, and deadlines cannot be called back. */
const jumpMsMax = 5 * 60_000;
/** The newest time is kept this often. */
const keptIntervalMs = 60_000;

/** What the watch stands on. */
export interface ClockWatchParts {
  /** The machine's own clock, without what the local Discord adds to it: a person advancing time there means it. */
  readonly machine: Clock;
  /** The clock that guilds live by. */
  readonly clock: Clock;
  /** The newest time of the machine that was kept; `undefined` at the very first start. */
  readonly lastSeenAt: EpochMs | undefined;
  /** Keeps a time over restarts. */
  readonly keep: (at: EpochMs) => Promise<void>;
  /** Deadlines are held this long after a jump; 0 for not at all. */
  readonly graceMs: number;
  readonly log: Logger;
}

/** Deadlines that wait. */
export interface Hold {
  /** How far the clock jumped. */
  readonly jumpMs: number;
  /** How long deadlines still wait if nobody says otherwise. */
  readonly leftMs: number;
}

/** Says up to when deadlines fall, and holds them after a jump of the machine's clock. */
export interface ClockWatch {
  /** Up to when deadlines fall now; `undefined` while they are held. To be asked often: jumps are seen between two calls. */
  readonly dueUntil: () => EpochMs | undefined;
  readonly hold: () => Hold | undefined;
  /** Lets deadlines fall: the clock is right. `false` when they are not held. */
  readonly release: () => boolean;
  /** Keeps the newest time once more. */
  readonly stop: () => Promise<void>;
}

/**
 * Compares the machine's clock with its monotonic one, and at the start with the newest time kept. A clock that was put
 * back needs no hold, as no guild's time falls; but guilds may stand at up to a minute beyond the newest time kept, so
 * what is due by then is due.
 */
export const watchClock = (parts: ClockWatchParts): ClockWatch => {
  const { machine, clock, log } = parts;
  let seenAt = machine.now();
  let seenMs = machine.monotonicMs();
  let newestAt = Math.max(seenAt, parts.lastSeenAt ?? 0);
  let keptMs = Number.NEGATIVE_INFINITY;
  let keeping: Promise<void> = Promise.resolve();
  let held: { readonly jumpMs: number; readonly untilMs: number } | undefined;

  const keep = (): void => {
    keptMs = seenMs;
    const at = epochMs(newestAt);
    keeping = keeping
      .then(() => parts.keep(at))
      .catch((error: unknown) => log.error({ err: error }, 'the time of the machine could not be kept'));
  };

  const jumped = (jumpMs: number, what: string): void => {
    if (parts.graceMs === 0) return;
    held = { jumpMs, untilMs: seenMs + parts.graceMs };
    const { graceMs } = parts;
    log.warn({ jumpMs, graceMs }, `${what}: deadlines are held for the grace, or until /debug timers release:true`);
  };

  const observe = (): void => {
    const at = machine.now();
    const ms = machine.monotonicMs();
    const jumpMs = Math.round(at - seenAt - (ms - seenMs));
    seenAt = at;
    seenMs = ms;
    if (held && held.jumpMs + jumpMs <= jumpMsMax) {
      held = undefined;
      log.info('the clock was put right: deadlines fall again');
    } else if (held && seenMs >= held.untilMs) {
      held = undefined;
      log.info('deadlines fall again: the grace after the jump of the clock is over');
    } else if (held) held = { ...held, jumpMs: held.jumpMs + jumpMs };
    else if (jumpMs > jumpMsMax) jumped(jumpMs, 'the clock was put forward');
    // A time that is not believed yet is not kept: the next start shall not take it for right either.
    if (held) return;
    newestAt = Math.max(newestAt, seenAt);
    if (seenMs - keptMs >= keptIntervalMs) keep();
  };

  const downMs = seenAt - (parts.lastSeenAt ?? seenAt);
  if (downMs > jumpMsMax) jumped(downMs, 'the bot was down, or the clock was put forward');

  return {
    dueUntil: () => {
      observe();
      if (held) return undefined;
      const behindMs = newestAt - seenAt;
      return epochMs(clock.now() + (behindMs > 0 ? behindMs + keptIntervalMs : 0));
    },
    hold: () => held && { jumpMs: held.jumpMs, leftMs: Math.max(0, held.untilMs - machine.monotonicMs()) },
    release: () => {
      observe();
      if (!held) return false;
      held = undefined;
      log.info('deadlines fall again: an operator said so');
      return true;
    },
    stop: async () => {
      observe();
      if (!held) keep();
      await keeping;
    },
  };
};
