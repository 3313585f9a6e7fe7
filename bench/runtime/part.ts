import type { Plan } from '../plan.ts';
import { type Measured, type Result, result } from '../report/result.ts';
import { broadcastRounds } from './broadcast.ts';
import { coldRounds } from './cold.ts';
import { type DueJobsRound, dueJobsRounds } from './due-jobs.ts';
import { pendingTimersRound } from './pending-timers.ts';

/** Each guild has several jobs: the time of so many of them is what is to be reached. */
const comparedJobs = 100_000;
/** A night of many guilds takes long. */
const nightsMost = 3;

/** First commands of guilds that are not in memory. */
export const measureCold = async (plan: Plan, say: (line: string) => void): Promise<Measured> => {
  say(`first /balance of cold guilds of 1,000 members, with ${plan.coldGuilds.toLocaleString('en')} guilds on disk`);
  const rounds = await coldRounds(plan.coldGuilds, plan.coldLargeGuilds, plan.rounds);
  return {
    results: [
      result(
        'cold /balance p50',
        'ms',
        rounds.map((one) => one.p50Ms),
      ),
      result(
        'cold /balance p99',
        'ms',
        rounds.map((one) => one.p99Ms),
      ),
      result(
        'opening the store',
        'ms',
        rounds.map((one) => one.startMs),
      ),
    ],
  };
};

/** Jobs, timers and ticks of the market. */
export const measureTime = async (plan: Plan, say: (line: string) => void): Promise<Measured> => {
  say(`jobs of ${plan.dueGuilds.toLocaleString('en')} guilds on disk, all due at once, with people asking meanwhile`);
  const nights = await dueJobsRounds(plan.dueGuilds, Math.min(plan.rounds, nightsMost));
  const ofNights = (name: string, unit: string, of: (night: DueJobsRound) => number): Result =>
    result(name, unit, nights.map(of));
  say(`a tick of the market on its way to ${plan.liveGuilds.toLocaleString('en')} live guilds`);
  const ticks = await broadcastRounds(plan.liveGuilds, plan.broadcasts);
  say(`${plan.timers.toLocaleString('en')} timers pending`);
  const timers = await pendingTimersRound(plan.timers);
  return {
    results: [
      ofNights('jobs due at once', '', ({ jobs }) => jobs),
      ofNights('jobs due at once: all run after', 's', ({ seconds }) => seconds),
      ofNights('100,000 jobs due at once: run in', 's', ({ jobs, seconds }) => (seconds * comparedJobs) / jobs),
      ofNights('guilds in memory at most, while due jobs run', '', ({ guildsInMemoryMost }) => guildsInMemoryMost),
      ofNights('/pay p50 while due jobs run', 'ms', ({ p50Ms }) => p50Ms),
      ofNights('/pay p99 while due jobs run', 'ms', ({ p99Ms }) => p99Ms),
      result(
        'tick, asked for to heard by all live guilds',
        'ms',
        ticks.map(({ tickMs }) => tickMs),
      ),
      result(
        'tick, the telling alone',
        'ms',
        ticks.map(({ tellMs }) => tellMs),
      ),
      result('timers pending', '', [timers.timers]),
      result('timers set', '1/s', [timers.setPerSecond]),
      result('memory of a pending timer', 'B', [timers.bytesEach]),
      result('look for the next timer', 'µs', [timers.lookUs]),
      result('timers fallen', '1/s', [timers.fallPerSecond]),
    ],
  };
};
