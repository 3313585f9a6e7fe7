// The end of a run: nothing goes wrong any more, and everything has to come to its end.
import type { SimulatedClock } from './clock.ts';
import type { JournalDisk } from './disk/journal-disk.ts';
import type { RowsDisk } from './disk/rows-disk.ts';
import type { Faults } from './faults.ts';
import type { Machine } from './machine.ts';
import type { JournalOracle } from './oracles/journal.ts';
import { checkQuiet } from './oracles/quiet.ts';
import type { Reference } from './oracles/reference.ts';
import type { Effects } from './outside/effects.ts';
import type { People } from './outside/people.ts';
import type { Server } from './outside/servers.ts';
import type { Life } from './process/life.ts';
import type { Scheduler } from './scheduler.ts';
import { Violation } from './violation.ts';

/** Longer than the alarm sleeps. */
const restMs = 400;
const dayMs = 86_400_000;
/** When faults have stopped, everything is done within this time. */
const quietMsMax = 8 * dayMs;
/** Time that passes at the end: jobs of every six hours and many deadlines lie within. */
const lastHoursMs = 13 * 3_600_000;

/** What comes to rest. */
export interface RestParts {
  readonly scheduler: Scheduler;
  readonly clock: SimulatedClock;
  readonly faults: Faults;
  readonly files: JournalDisk;
  readonly rows: RowsDisk;
  readonly machine: Machine;
  readonly journal: JournalOracle;
  readonly reference: Reference;
  readonly people: People;
  readonly effects: Effects;
  readonly servers: readonly Server[];
  /** Runs tasks until a condition, watched all the time. */
  readonly go: (until: () => boolean) => Promise<void>;
}

/** Stops the process as it is asked to, and resolves when the next one runs. */
const restart = async ({ scheduler, machine, go }: RestParts): Promise<void> => {
  let stopped = false;
  const before = machine.processes();
  scheduler.outside(0, () => {
    void machine.stop().then(() => {
      stopped = true;
    });
  });
  await go(() => stopped || machine.processes() > before);
  await go(() => machine.processes() > before && machine.life() !== undefined);
};

/** Resolves when the process has nothing to do, as a bot's `settled` does. */
const settle = async ({ scheduler, clock, machine, go }: RestParts, what: string): Promise<void> => {
  const deadline = scheduler.nowMs() + quietMsMax;
  const late = (): boolean => scheduler.nowMs() > deadline;
  let settled: Life | undefined;
  let begun: Life | undefined;
  const begin = async (one: Life): Promise<void> => {
    do {
      await scheduler.wait(restMs);
      await one.memberships.idle();
      await one.directory.settled();
      // Not as the alarm has it: while the clock is behind the newest time seen, it takes more for due than guilds do.
    } while (one.store.dueGuilds(clock.now(), 1).length > 0);
    settled = one;
  };
  await go(() => {
    const now = machine.life();
    if (now !== undefined && begun !== now && now.store.failed === undefined) {
      begun = now;
      void begin(now);
    }
    return late() || (now !== undefined && settled === now);
  });
  if (late()) throw new Violation('liveness', `${what} does not come to an end`);
};

/** Ends all faults and waits for everything to end, over two restarts. Throws a `Violation` for what does not. */
export const comeToRest = async (parts: RestParts): Promise<void> => {
  const { scheduler, clock, faults, machine, journal, reference, people, effects, servers, go } = parts;
  faults.calm();
  parts.files.mend();
  parts.rows.mend();
  await go(
    () =>
      machine.life() !== undefined &&
      people.onTheirWay() === 0 &&
      servers.every(({ hasBot, inOutage }) => hasBot && !inOutage) &&
      clock.skewMs() === 0,
  );
  await settle(parts, 'what was begun');
  if (people.outstanding() > 0) throw new Violation('liveness', `${people.outstanding()} are never answered`);
  // The next start hears of everything that was missed.
  await restart(parts);
  await settle(parts, 'what a start begins');
  const deadline = scheduler.nowMs() + quietMsMax;
  await go(() => effects.pending() === 0 || scheduler.nowMs() > deadline);
  if (effects.pending() > 0) throw new Violation('liveness', `${effects.pending()} effects never end`);
  // Who is not in memory is woken all the same.
  machine.life()?.directory.evictIdle(0);
  const until = scheduler.nowMs() + lastHoursMs;
  scheduler.outside(lastHoursMs, () => undefined);
  await go(() => scheduler.nowMs() >= until);
  await settle(parts, 'what was due');
  reference.fold(journal.durable());
  if (machine.life() === undefined) throw new Violation('liveness', 'there is no process');
  machine.compare(reference.guilds());
  checkQuiet({ reference, servers, now: clock.now(), registry: machine.registry() });
  await restart(parts);
};
