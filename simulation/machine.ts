// The machine the bot runs on: one process after another on its disks, and what makes them end.
import type { EpochMs, GuildId } from '../src/kernel/ids.ts';
import type { Registry } from '../src/kernel/registry.ts';
import type { DebugSubject } from '../src/operator/debug.ts';
import type { GuildState, Store } from '../src/storage/contract.ts';
import type { Chance } from './chance.ts';
import type { SimulatedClock } from './clock.ts';
import type { JournalDisk } from './disk/journal-disk.ts';
import type { RowsDisk } from './disk/rows-disk.ts';
import type { Fault, Faults } from './faults.ts';
import type { RunFigures } from './figures.ts';
import type { JournalOracle } from './oracles/journal.ts';
import type { Reference } from './oracles/reference.ts';
import type { Tape } from './oracles/tape.ts';
import { compareGuild } from './oracles/whole.ts';
import type { Effects } from './outside/effects.ts';
import type { Server } from './outside/servers.ts';
import type { Plant } from './plants/plant.ts';
import { type Life, type Opening, openLife } from './process/life.ts';
import { programOf } from './process/program.ts';
import type { Committed } from './process/recorder.ts';
import type { Scheduler } from './scheduler.ts';
import type { Trace } from './trace.ts';
import type { TrialVersion } from './trial/state.ts';
import { type Findings, Violation } from './violation.ts';

/** What a machine stands on. */
export interface MachineParts {
  readonly scheduler: Scheduler;
  readonly clock: SimulatedClock;
  readonly faults: Faults;
  readonly trace: Trace;
  readonly findings: Findings;
  /** When things befall it, and for how long. */
  readonly fate: Chance;
  readonly seeds: Chance;
  readonly files: JournalDisk;
  readonly rows: RowsDisk;
  readonly tape: Tape;
  readonly journal: JournalOracle;
  readonly reference: Reference;
  readonly committed: Committed;
  readonly effects: Effects;
  readonly servers: readonly Server[];
  readonly owners: ReadonlySet<string>;
  readonly figures: RunFigures;
  readonly plant: Plant;
  /** A process is gone; nobody is answered by it any more. */
  readonly onCrash: () => void;
}

/** Where processes run, one at a time. */
export interface Machine {
  /** Starts the first process. Those after it start by themselves. */
  readonly begin: () => void;
  /** The process that runs, also while it stops. */
  readonly life: () => Life | undefined;
  /** The process, as long as it takes what comes from Discord. */
  readonly inService: () => Life | undefined;
  /** How many processes were started. */
  readonly processes: () => number;
  /** Until when there will be no process for certain. */
  readonly downUntilMs: () => number;
  /** The program as the reference knows it: without the sabotage. */
  readonly registry: () => Registry;
  /** Lets go wrong what may after a task. */
  readonly befall: () => void;
  /** Asks the process to end; another one starts. */
  readonly stop: () => Promise<void>;
  /** Compares guilds with the reference. Throws a `Violation`; nothing is compared while there is no process. */
  readonly compare: (guilds: readonly GuildId[]) => void;
  /** No process runs any more, nor starts. */
  readonly end: () => void;
}

/** A release of the bot, and what the sabotage makes of it. */
interface Release {
  readonly clean: Registry;
  readonly planted: Registry;
}

/** A machine that is switched off, with empty disks. */
export const openMachine = (parts: MachineParts): Machine => {
  const { scheduler, clock, faults, trace, findings, fate, files, rows, tape, journal } = parts;
  const { reference, committed, effects, servers, figures, plant } = parts;
  const lastSeen: { at: EpochMs | undefined } = { at: undefined };

  let subject: DebugSubject | undefined;
  const lookAt = (): DebugSubject => {
    if (subject === undefined) throw new Error('the runtime runs before it is looked at');
    return subject;
  };
  const releases = new Map<TrialVersion, Release>();
  const releaseOf = (version: TrialVersion): Release => {
    const known = releases.get(version);
    if (known !== undefined) return known;
    const release = {
      clean: programOf(version, lookAt, figures),
      planted: programOf(version, lookAt, figures, plant.feature),
    };
    releases.set(version, release);
    return release;
  };

  /** The program that the reference knows, and the newest that ever started: no older one starts after it. */
  let version: TrialVersion = 1;
  let newestStarted: TrialVersion = 1;
  let opening: Opening | undefined;
  let life: Life | undefined;
  let processes = 0;
  let crashedStarts = 0;
  let downUntilMs = 0;
  let isStopping = false;
  let ended = false;

  const withState = (store: Store, guild: GuildId, look: (state: GuildState) => void): void => {
    const known = life?.recorder.states.get(guild);
    if (known !== undefined) {
      look(known);
      return;
    }
    const state = store.open(guild);
    look(state);
    store.close(state);
  };

  const compareIn = (store: Store, guilds: readonly GuildId[]): void => {
    const registry = releaseOf(version).planted;
    for (const guild of guilds) {
      withState(store, guild, (state) => compareGuild(state, reference.stateOf(guild), registry));
    }
  };

  /** While it is down, or out of order, some dozen things happen. */
  const shortly = (): number => 10 + figures.gapMs * 10 ** fate.between(0, 2);

  const endProcess = (restartMs: number): void => {
    opening?.letGo();
    opening = undefined;
    life = undefined;
    isStopping = false;
    parts.onCrash();
    effects.crashed();
    rows.crash();
    scheduler.endLife();
    downUntilMs = scheduler.nowMs() + restartMs;
    if (!ended) scheduler.outside(restartMs, start);
  };
  const kill = (restartMs: number): void => {
    endProcess(restartMs);
    files.kill();
  };
  const cutPower = (restartMs: number): void => {
    endProcess(restartMs);
    files.cutPower();
  };

  const stop = async (): Promise<void> => {
    if (life === undefined || isStopping) return;
    isStopping = true;
    await life.stop();
    trace.note('stopped');
    kill(shortly());
  };

  const recovered = (store: Store, durable: number, nextVersion: TrialVersion): void => {
    journal.restarted(durable, files.cutIsSafe());
    for (const { commit } of tape.restart(durable)) {
      if (commit.answered !== undefined) committed.delete(commit.answered.request);
    }
    effects.restarted(durable);
    reference.fold(Number.POSITIVE_INFINITY);
    version = nextVersion;
    reference.use(releaseOf(version).clean);
    compareIn(store, reference.guilds());
    trace.note(`recovered ${durable} at ${Math.round(scheduler.nowMs())}`);
  };

  const greet = ({ memberships }: Life): void => {
    const listed = new Set(servers.filter(({ hasBot }) => hasBot).map(({ guild }) => guild));
    memberships.onShardReady(listed, () => true);
    for (const { guild, hasBot, inOutage } of servers) {
      if (!hasBot) continue;
      memberships.onGuildSeen(guild, 'listed');
      if (!inOutage) memberships.onGuildSeen(guild, 'available');
    }
  };

  function start(): void {
    processes += 1;
    if (newestStarted === 1 && processes > 1 && faults.fires('row version upgraded')) newestStarted = 2;
    const nextVersion = newestStarted;
    if (processes === 1) reference.use(releaseOf(version).clean);
    trace.note(`start ${processes} at ${Math.round(scheduler.nowMs())}`);
    opening = openLife({
      scheduler,
      clock,
      faults,
      trace,
      findings,
      journalDisk: files,
      rowsDisk: rows,
      tape,
      journal,
      committed,
      onCommit: (guild, commit, position, given) => {
        effects.changed(guild, commit.changes, position, given);
        if (commit.operation === 'core.erase-member') faults.count('member erased');
        if (commit.operation === 'core.erase-guild') faults.count('server erased');
      },
      perform: effects.perform,
      seeds: plant.seeds(() => parts.seeds.bytes(16)),
      figures,
      plant,
      registry: releaseOf(nextVersion).planted,
      owners: parts.owners,
      lastSeen,
      membersPresent: async (guild, members) => {
        await scheduler.wait(fate.between(5, 300));
        if (faults.fires('member lookup fails')) return undefined;
        const present = servers.find((server) => server.guild === guild)?.present;
        return new Set(members.filter((member) => present?.has(member)));
      },
      onJournalFailed: () => {
        faults.count('journal failed');
        tape.setAside(journal.durable());
        scheduler.outside(shortly(), () => {
          if (life?.store.failed === undefined) return;
          if (fate.happens(0.5)) kill(shortly());
          else void stop();
        });
      },
      onSubject: (known) => {
        subject = known;
      },
      recovered: (store, durable) => recovered(store, durable, nextVersion),
      checksBeforeSnapshot: fate.happens(0.5),
    });
    opening.life.then(
      (started) => {
        life = started;
        crashedStarts = 0;
        greet(started);
      },
      (error: unknown) => {
        const isDisk = error instanceof Error && ('code' in error || error.name === 'RowsWriteError');
        if (!isDisk || error instanceof Violation) throw error;
        kill(shortly());
      },
    );
  }

  const restartMs = (): number => (fate.happens(0.05) ? 10 ** fate.between(1, 7.3) : shortly());
  const fires = (fault: Fault, weight = 1): boolean => {
    if (!faults.fires(fault, weight)) return false;
    trace.note(`${fault} at ${scheduler.steps()}`);
    return true;
  };

  const befall = (): void => {
    if (opening === undefined) return;
    if (life === undefined) {
      // However often it crashes while it starts, it comes up in the end.
      if (!fires('crash during start', 8 ** -crashedStarts)) return;
      crashedStarts += 1;
      if (fate.happens(0.5)) kill(shortly());
      else cutPower(shortly());
      return;
    }
    // Rather in the middle of something than between two things.
    const weight = files.isBusy() || rows.isBusy() ? 3 : 0.3;
    if (fires('process killed', weight)) kill(restartMs());
    if (life !== undefined && fires('power cut', weight)) cutPower(restartMs());
    if (life !== undefined && fires('clean restart')) void stop();
  };

  return {
    begin: () => void scheduler.outside(0, start),
    life: () => life,
    inService: () => (isStopping ? undefined : life),
    processes: () => processes,
    downUntilMs: () => downUntilMs,
    registry: () => releaseOf(version).clean,
    befall,
    stop,
    compare: (guilds) => {
      if (life !== undefined) compareIn(life.store, guilds);
    },
    end: () => {
      ended = true;
      opening?.letGo();
      scheduler.endLife();
    },
  };
};
