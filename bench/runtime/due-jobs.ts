import { jobStates } from '../../src/kernel/job.ts';
import { startAlarm } from '../../src/schedule/alarm.ts';
import { startEviction } from '../../src/schedule/eviction.ts';
import { systemWaits } from '../../src/schedule/waits.ts';
import { askAs, type BenchHouse, benchGuild, benchMember, openBenchHouse, operationOf } from '../house.ts';
import { percentile } from '../load.ts';
import { removeFolder, scratchFolder } from '../scratch.ts';

const fillAtOnce = 512;
const dayMs = 24 * 60 * 60_000;
const weekMs = 7 * dayMs;
/** When all guilds have the jobs of the night behind them: those at 00:05 and some minutes later, UTC. */
const nightMs = 60 * 60_000;
/** One member asks this often while the jobs run, whether the last one has been answered or not. */
const askEveryMs = 5;
const hotGuilds = 100;

export interface DueJobsRound {
  /** Runs of jobs that were due at once. */
  readonly jobs: number;
  /** Until all of them had run. */
  readonly seconds: number;
  /** From when a member meant to ask to their answer, while the jobs ran. */
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly guildsInMemoryMost: number;
}

const fill = async (house: BenchHouse, guilds: number): Promise<void> => {
  const balance = operationOf(house, 'economy.balance');
  let pending: Promise<unknown>[] = [];
  for (let guild = 0; guild < guilds; guild += 1) {
    pending.push(askAs(house, balance, guild, 0));
    if (pending.length < fillAtOnce) continue;
    await Promise.all(pending);
    pending = [];
    if (guild % 5_000 < fillAtOnce) house.directory.evictIdle(0);
  }
  await Promise.all(pending);
  await house.store.snapshot();
  house.directory.evictIdle(0);
};

/** Asks at fixed times until it is stopped; gives the latencies from the intended times. */
const askSteadily = (house: BenchHouse): (() => Promise<readonly number[]>) => {
  const pay = operationOf(house, 'economy.pay');
  const latencies: number[] = [];
  const pending = new Set<Promise<void>>();
  const startedMs = performance.now();
  let asked = 0;
  const timer = setInterval(() => {
    for (; startedMs + asked * askEveryMs <= performance.now(); asked += 1) {
      const intendedMs = startedMs + asked * askEveryMs;
      const input = { member: { id: benchMember(1), bot: false, present: true }, amount: '1' };
      const one = askAs(house, pay, asked % hotGuilds, 0, input).then(() => {
        latencies.push(performance.now() - intendedMs);
        pending.delete(one);
      });
      pending.add(one);
    }
  }, askEveryMs);
  return async () => {
    clearInterval(timer);
    await Promise.all(pending);
    return latencies;
  };
};

/** Jobs of one guild that ran since a time. */
const ranSince = (house: BenchHouse, guild: number, since: number): number => {
  const state = house.store.open(benchGuild(guild));
  const states = state.scan(jobStates, { prefix: '', after: undefined, reverse: false, limit: 100 });
  house.store.close(state);
  return states.filter(([, row]) => ((row as typeof jobStates.initial).lastDueAt ?? 0) > since).length;
};

/** One night: everything of all guilds is due at once, and people go on asking. */
const night = async (house: BenchHouse, guilds: number, since: number): Promise<DueJobsRound> => {
  const stopAsking = askSteadily(house);
  const startedMs = performance.now();
  const alarm = startAlarm({
    store: house.store,
    directory: house.directory,
    dueUntil: house.clock.now,
    monotonicMs: house.clock.monotonicMs,
    waits: systemWaits,
    log: house.log,
  });
  let guildsInMemoryMost = 0;
  const evictIdle = (idleMs: number, looksMax: number): void => {
    guildsInMemoryMost = Math.max(guildsInMemoryMost, house.directory.actorsInMemory());
    house.directory.evictIdle(idleMs, looksMax);
  };
  const stopEviction = startEviction({ evictIdle }, systemWaits);
  await alarm.settled();
  const seconds = (performance.now() - startedMs) / 1000;
  const latencies = await stopAsking();
  stopEviction();
  alarm.stop();
  const jobs = guilds * ranSince(house, guilds - 1, since);
  return { jobs, seconds, p50Ms: percentile(latencies, 0.5), p99Ms: percentile(latencies, 0.99), guildsInMemoryMost };
};

/**
 * `guilds` guilds that nobody has in memory, whose nightly jobs all fall due at once while people go on asking: a night
 * a round. Nights are a week apart, so that each has the weekly jobs too.
 */
export const dueJobsRounds = async (guilds: number, rounds: number): Promise<readonly DueJobsRound[]> => {
  const folder = await scratchFolder();
  let offsetMs = 0;
  const house = await openBenchHouse(folder, 5_000, { offsetMs: () => offsetMs });
  await fill(house, guilds);
  const nights: DueJobsRound[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const since = house.clock.now();
    const now = Date.now();
    offsetMs = Math.ceil(now / dayMs) * dayMs + nightMs + (round + 1) * weekMs - now;
    nights.push(await night(house, guilds, since));
    house.directory.evictIdle(0);
    await house.store.snapshot();
  }
  await house.close();
  await removeFolder(folder);
  return nights;
};
