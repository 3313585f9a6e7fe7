// A run: servers full of people, one process after another, and what goes wrong between them.
import { type EpochMs, epochMs, type GuildId } from '../src/kernel/ids.ts';
import type { Registry } from '../src/kernel/registry.ts';
import type { DebugSubject } from '../src/operator/debug.ts';
import type { Store } from '../src/storage/contract.ts';
import { type Chance, chanceOf } from './chance.ts';
import { simulatedClock } from './clock.ts';
import { journalDisk } from './disk/journal-disk.ts';
import { rowsDisk } from './disk/rows-disk.ts';
import { drawFaults, type Fault } from './faults.ts';
import { journalOracle } from './oracles/journal.ts';
import { checkQuiet } from './oracles/quiet.ts';
import { openReference } from './oracles/reference.ts';
import { openTape } from './oracles/tape.ts';
import { compareGuild } from './oracles/whole.ts';
import { openEffects } from './outside/effects.ts';
import { openPeople } from './outside/people.ts';
import { openServers } from './outside/servers.ts';
import { openWeather } from './outside/weather.ts';
import { noPlant, type Plant } from './plants/plant.ts';
import { type Figures, type Life, type Opening, openLife } from './process/life.ts';
import { programOf, type Retention } from './process/program.ts';
import type { Committed } from './process/recorder.ts';
import { openScheduler } from './scheduler.ts';
import { openTrace } from './trace.ts';
import type { TrialVersion } from './trial/state.ts';
import { openFindings, Violation } from './violation.ts';

/** Operations of one run at most: longer simulations are several runs, each with faults of its own. */
export const runOperationsMax = 20_000;
/** Longer than the alarm sleeps. */
const restMs = 400;
/** Things done in vain before people wait for the bot to be back. */
const patience = 50;
const wholeEvery = 1_000;
/** Operations that guilds run, asked for or not: something that goes round in circles lets nobody ask. */
const wholeEveryCommits = 5_000;
/** Guilds that are looked at as a whole each time; all of them at each crash. */
const wholeGuilds = 4;
const dayMs = 86_400_000;
/** When faults have stopped, everything is done within this time. */
const quietMsMax = 8 * dayMs;
/** Time that passes at the end: jobs of every six hours and many deadlines lie within. */
const lastHoursMs = 13 * 3_600_000;
const startOfTime = epochMs(Date.UTC(2026, 0, 15, 12));

/** What is run. */
export interface RunOptions {
  readonly seed: string;
  readonly operations: number;
  /** Faults that are left out. */
  readonly off?: ReadonlySet<string>;
  /** Rates of faults that are not left to the draw. */
  readonly rates?: Readonly<Partial<Record<Fault, number>>>;
  readonly plant?: () => Plant;
  /** Hears all that enters the trace. */
  readonly listen?: (what: string) => void;
}

/** What a run came to. */
export interface RunResult {
  readonly seed: string;
  readonly operations: number;
  readonly answered: number;
  /** Operations that guilds ran and that changed something, asked for or not. */
  readonly committed: number;
  readonly processes: number;
  readonly hash: string;
  readonly virtualMs: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly violation: Violation | undefined;
}

/** How a run is set up. */
interface RunFigures extends Figures, Retention {
  /** Between two things that people do, in the middle. */
  readonly gapMs: number;
  /** How likely nobody does anything for a long time after. */
  readonly pause: number;
  readonly servers: number;
  /** The second of those has the journal send several blocks on their way at once. */
  readonly flushMs: readonly [least: number, most: number];
}

const figuresOf = (chance: Chance): RunFigures => {
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

/** Runs so many operations with a seed, then lets everything come to rest, and gives what was found. */
export const run = async (options: RunOptions): Promise<RunResult> => {
  const chance = chanceOf(options.seed);
  const trace = openTrace(options.listen);
  const findings = openFindings();
  const faults = drawFaults(chance.fork('faults'), options.off ?? new Set(), options.rates);
  const figures = figuresOf(chance.fork('figures'));
  const scheduler = openScheduler(chance.fork('scheduler'));
  const clock = simulatedClock(scheduler, startOfTime);
  const diskParts = { scheduler, chance: chance.fork('disk'), faults, gapMs: figures.gapMs, flushMs: figures.flushMs };
  const files = journalDisk(diskParts, chance.fork('preallocates').happens(0.5));
  const rows = rowsDisk(diskParts);
  const tape = openTape();
  const journal = journalOracle(trace, findings);
  const committed: Committed = new Map();
  const servers = openServers(chance.fork('servers'), figures.servers);
  const owners = new Set<string>([servers[0]?.everybody[0] ?? '']);
  const reference = openReference({ tape, owners });
  const effects = openEffects({
    scheduler,
    chance: chance.fork('effects'),
    faults,
    trace,
    findings,
    durable: journal.durable,
  });
  const plant = options.plant?.() ?? noPlant;
  const seeds = chance.fork('seeds');
  const fate = chance.fork('fate');
  const lastSeen: { at: EpochMs | undefined } = { at: undefined };

  let subject: DebugSubject | undefined;
  const lookAt = (): DebugSubject => {
    if (subject === undefined) throw new Error('the runtime runs before it is looked at');
    return subject;
  };
  const releases = new Map<TrialVersion, { readonly clean: Registry; readonly planted: Registry }>();
  const releaseOf = (version: TrialVersion): { readonly clean: Registry; readonly planted: Registry } => {
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
  let operations = 0;
  let checkedAt = 0;
  let checkedPosition = 0;
  let nextWhole = 0;
  let crashedStarts = 0;
  let downUntilMs = 0;
  let isStopping = false;
  let ended = false;

  const people = openPeople({
    scheduler,
    chance: chance.fork('people'),
    faults,
    trace,
    findings,
    clock,
    servers,
    committed,
    journal,
    registry: () => releaseOf(version).clean,
    life: () => (isStopping ? undefined : life),
  });
  const weather = openWeather({ scheduler, chance: chance.fork('weather'), faults, clock, tape, life: () => life });

  const withState = (store: Store, guild: GuildId, look: (state: ReturnType<Store['open']>) => void): void => {
    const known = life?.recorder.states.get(guild);
    if (known !== undefined) {
      look(known);
      return;
    }
    const state = store.open(guild);
    look(state);
    store.close(state);
  };

  const compareAll = (store: Store, guilds: readonly GuildId[]): void => {
    const registry = releaseOf(version).planted;
    for (const guild of guilds) {
      withState(store, guild, (state) => compareGuild(state, reference.stateOf(guild), registry));
    }
  };

  /** Everything durable is run once more, guild by guild, and compared as a whole where nothing is under way. */
  const checkWhole = (): void => {
    checkedAt = operations;
    checkedPosition = journal.newest();
    reference.fold(journal.durable());
    if (life === undefined) return;
    const { recorder, store } = life;
    const guilds = reference.guilds();
    const some = guilds.map((_, index) => guilds[(nextWhole + index) % guilds.length] as GuildId).slice(0, wholeGuilds);
    nextWhole += wholeGuilds;
    compareAll(
      store,
      some.filter((guild) => recorder.newestOf(guild) <= journal.durable()),
    );
  };

  /** While it is down, or out of order, some dozen things happen. */
  const shortly = (): number => 10 + figures.gapMs * 10 ** fate.between(0, 2);

  const endProcess = (restartMs: number): void => {
    opening?.letGo();
    opening = undefined;
    life = undefined;
    isStopping = false;
    people.crashed();
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
    compareAll(store, reference.guilds());
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
      seeds: plant.seeds(() => seeds.bytes(16)),
      figures,
      plant,
      registry: releaseOf(nextVersion).planted,
      owners,
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

  const clockMoves = (): void => {
    if (faults.fires('clock put forward')) clock.skew(clock.skewMs() + 10 ** fate.between(3, 8));
    else if (faults.fires('clock put back')) clock.skew(clock.skewMs() - 10 ** fate.between(3, 7));
    else return;
    clock.skew(Math.round(clock.skewMs()));
    scheduler.outside(fate.between(1_000, 3_600_000), () => clock.skew(0));
  };

  const act = (): void => {
    if (operations >= options.operations) return;
    // Nobody goes on talking to a bot that is down for hours.
    const downMs = downUntilMs - scheduler.nowMs() - patience * figures.gapMs;
    if (downMs > 0) {
      scheduler.outside(downMs + 1, act);
      return;
    }
    operations += people.act();
    clockMoves();
    if (faults.fires('guilds evicted')) life?.directory.evictIdle(0);
    const pauses = fate.happens(figures.pause);
    const pauseMs = 10 ** fate.between(3.5, fate.happens(0.03) ? 8.4 : 7.2);
    scheduler.outside(pauses ? pauseMs : fate.between(0, 2 * figures.gapMs), act);
  };

  const befall = (): void => {
    const { steps } = scheduler;
    const each = (fault: Fault, happens: () => void, weight = 1): void => {
      if (!faults.fires(fault, weight)) return;
      trace.note(`${fault} at ${steps()}`);
      happens();
    };
    const restartMs = (): number => (fate.happens(0.05) ? 10 ** fate.between(1, 7.3) : shortly());
    if (opening === undefined) return;
    if (life === undefined) {
      const again = (): void => {
        crashedStarts += 1;
        if (fate.happens(0.5)) kill(shortly());
        else cutPower(shortly());
      };
      // However often it crashes while it starts, it comes up in the end.
      each('crash during start', again, 8 ** -crashedStarts);
      return;
    }
    // Rather in the middle of something than between two things.
    const weight = files.isBusy() || rows.isBusy() ? 3 : 0.3;
    each('process killed', () => kill(restartMs()), weight);
    if (life !== undefined) each('power cut', () => cutPower(restartMs()), weight);
    if (life !== undefined) each('clean restart', () => void stop());
  };

  /** Runs tasks until a condition, watched all the time. */
  const go = async (until: () => boolean): Promise<void> => {
    await scheduler.run(() => {
      if (findings.first() !== undefined) return true;
      befall();
      const isDue = operations - checkedAt >= wholeEvery || journal.newest() - checkedPosition >= wholeEveryCommits;
      if (isDue) checkWhole();
      return until();
    });
    const found = findings.first();
    if (found !== undefined) throw found;
  };

  /** Resolves when the process has nothing to do, as a bot's `settled` does. */
  const settle = async (what: string): Promise<void> => {
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
      const now = life;
      if (now !== undefined && begun !== now && now.store.failed === undefined) {
        begun = now;
        void begin(now);
      }
      return late() || (now !== undefined && settled === now);
    });
    if (late()) throw new Violation('liveness', `${what} does not come to an end`);
  };

  const restart = async (): Promise<void> => {
    let stopped = false;
    const before = processes;
    scheduler.outside(0, () => {
      void stop().then(() => {
        stopped = true;
      });
    });
    await go(() => stopped || processes > before);
    await go(() => processes > before && life !== undefined);
  };

  const comeToRest = async (): Promise<void> => {
    faults.calm();
    files.mend();
    rows.mend();
    await go(
      () =>
        life !== undefined &&
        people.onTheirWay() === 0 &&
        servers.every(({ hasBot, inOutage }) => hasBot && !inOutage) &&
        clock.skewMs() === 0,
    );
    await settle('what was begun');
    if (people.outstanding() > 0) throw new Violation('liveness', `${people.outstanding()} are never answered`);
    // The next start hears of everything that was missed.
    await restart();
    await settle('what a start begins');
    const deadline = scheduler.nowMs() + quietMsMax;
    await go(() => effects.pending() === 0 || scheduler.nowMs() > deadline);
    if (effects.pending() > 0) throw new Violation('liveness', `${effects.pending()} effects never end`);
    // Who is not in memory is woken all the same.
    life?.directory.evictIdle(0);
    const until = scheduler.nowMs() + lastHoursMs;
    scheduler.outside(lastHoursMs, () => undefined);
    await go(() => scheduler.nowMs() >= until);
    await settle('what was due');
    reference.fold(journal.durable());
    if (life === undefined) throw new Violation('liveness', 'there is no process');
    compareAll(life.store, reference.guilds());
    checkQuiet({ reference, servers, now: clock.now(), registry: releaseOf(version).clean });
  };

  const result = (violation: Violation | undefined): RunResult => ({
    seed: options.seed,
    operations,
    answered: people.answered(),
    committed: journal.newest(),
    processes,
    hash: trace.hash(),
    virtualMs: Math.round(scheduler.nowMs()),
    counts: faults.counts(),
    violation,
  });

  scheduler.outside(0, start);
  scheduler.outside(1, act);
  weather.begin();
  try {
    await go(() => operations >= options.operations);
    await comeToRest();
    await restart();
    ended = true;
    return result(undefined);
  } catch (error) {
    const first = findings.first();
    if (first !== undefined) return result(first);
    if (error instanceof Violation) return result(error);
    return result(new Violation('no throw', error instanceof Error ? (error.stack ?? error.message) : String(error)));
  } finally {
    ended = true;
    opening?.letGo();
    scheduler.endLife();
  }
};
