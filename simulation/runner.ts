// A run: servers full of people, one process after another, and what goes wrong between them.
import { epochMs, type GuildId } from '../src/kernel/ids.ts';
import { chanceOf } from './chance.ts';
import { simulatedClock } from './clock.ts';
import { journalDisk } from './disk/journal-disk.ts';
import { rowsDisk } from './disk/rows-disk.ts';
import { drawFaults, type Fault } from './faults.ts';
import { figuresOf, type RunFigures } from './figures.ts';
import { openMachine } from './machine.ts';
import { journalOracle } from './oracles/journal.ts';
import { openReference } from './oracles/reference.ts';
import { openTape } from './oracles/tape.ts';
import { openEffects } from './outside/effects.ts';
import { openPeople } from './outside/people.ts';
import { openServers } from './outside/servers.ts';
import { openWeather } from './outside/weather.ts';
import { noPlant, type Plant } from './plants/plant.ts';
import type { Committed } from './process/recorder.ts';
import { comeToRest } from './rest.ts';
import { openScheduler } from './scheduler.ts';
import { openTrace } from './trace.ts';
import { openFindings, Violation } from './violation.ts';

/** Operations of one run at most: longer simulations are several runs, each with faults of its own. */
export const runOperationsMax = 20_000;
/** Things done in vain before people wait for the bot to be back. */
const patience = 50;
const wholeEvery = 1_000;
/** Operations that guilds run, asked for or not: something that goes round in circles lets nobody ask. */
const wholeEveryCommits = 5_000;
/** Guilds that are looked at as a whole each time; all of them at each crash. */
const wholeGuilds = 4;
const startOfTime = epochMs(Date.UTC(2026, 0, 15, 12));

/** What is run. */
export interface RunOptions {
  readonly seed: string;
  readonly operations: number;
  /** Faults that are left out. */
  readonly off?: ReadonlySet<string>;
  /** Rates of faults that are not left to the draw. */
  readonly rates?: Readonly<Partial<Record<Fault, number>>>;
  /** How the run is set up, where that is not left to the draw. */
  readonly figures?: Partial<RunFigures>;
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

/** Runs so many operations with a seed, then lets everything come to rest, and gives what was found. */
export const run = async (options: RunOptions): Promise<RunResult> => {
  const chance = chanceOf(options.seed);
  const trace = openTrace(options.listen);
  const findings = openFindings();
  const faults = drawFaults(chance.fork('faults'), options.off ?? new Set(), options.rates);
  const figures = { ...figuresOf(chance.fork('figures')), ...options.figures };
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
  const { durable } = journal;
  const effects = openEffects({ scheduler, chance: chance.fork('effects'), faults, trace, findings, durable });
  const fate = chance.fork('fate');
  const machine = openMachine({
    scheduler,
    clock,
    faults,
    trace,
    findings,
    fate,
    seeds: chance.fork('seeds'),
    files,
    rows,
    tape,
    journal,
    reference,
    committed,
    effects,
    servers,
    owners,
    figures,
    plant: options.plant?.() ?? noPlant,
    onCrash: () => people.crashed(),
  });
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
    registry: machine.registry,
    life: machine.inService,
  });
  const weather = openWeather({
    scheduler,
    chance: chance.fork('weather'),
    faults,
    clock,
    tape,
    life: machine.life,
  });

  let operations = 0;
  let checkedAt = 0;
  let checkedPosition = 0;
  let nextWhole = 0;

  /** Everything durable is run once more, guild by guild, and compared as a whole where nothing is under way. */
  const checkWhole = (): void => {
    checkedAt = operations;
    checkedPosition = journal.newest();
    reference.fold(durable());
    const life = machine.life();
    if (life === undefined) return;
    const guilds = reference.guilds();
    const some = guilds.map((_, index) => guilds[(nextWhole + index) % guilds.length] as GuildId).slice(0, wholeGuilds);
    nextWhole += wholeGuilds;
    machine.compare(some.filter((guild) => life.recorder.newestOf(guild) <= durable()));
  };

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
    const downMs = machine.downUntilMs() - scheduler.nowMs() - patience * figures.gapMs;
    if (downMs > 0) {
      scheduler.outside(downMs + 1, act);
      return;
    }
    operations += people.act();
    clockMoves();
    if (faults.fires('guilds evicted')) machine.life()?.directory.evictIdle(0);
    const pauses = fate.happens(figures.pause);
    const pauseMs = 10 ** fate.between(3.5, fate.happens(0.03) ? 8.4 : 7.2);
    scheduler.outside(pauses ? pauseMs : fate.between(0, 2 * figures.gapMs), act);
  };

  const go = async (until: () => boolean): Promise<void> => {
    await scheduler.run(() => {
      if (findings.first() !== undefined) return true;
      machine.befall();
      const isDue = operations - checkedAt >= wholeEvery || journal.newest() - checkedPosition >= wholeEveryCommits;
      if (isDue) checkWhole();
      return until();
    });
    const found = findings.first();
    if (found !== undefined) throw found;
  };

  const result = (violation: Violation | undefined): RunResult => ({
    seed: options.seed,
    operations,
    answered: people.answered(),
    committed: journal.newest(),
    processes: machine.processes(),
    hash: trace.hash(),
    virtualMs: Math.round(scheduler.nowMs()),
    counts: faults.counts(),
    violation,
  });

  machine.begin();
  scheduler.outside(1, act);
  weather.begin();
  try {
    await go(() => operations >= options.operations);
    await comeToRest({
      scheduler,
      clock,
      faults,
      files,
      rows,
      machine,
      journal,
      reference,
      people,
      effects,
      servers,
      go,
    });
    return result(undefined);
  } catch (error) {
    const first = findings.first();
    if (first !== undefined) return result(first);
    if (error instanceof Violation) return result(error);
    return result(new Violation('no throw', error instanceof Error ? (error.stack ?? error.message) : String(error)));
  } finally {
    machine.end();
  }
};
