import { deployedIdleMs } from '../../src/schedule/eviction.ts';
import type { Plan } from '../plan.ts';
import { populate } from '../populate.ts';
import { type LatencyLine, type Measured, type Result, result } from '../report/result.ts';
import { removeFolder, scratchFolder } from '../scratch.ts';
import type { Traffic } from './generator.ts';
import { capacityOf, latencyLine, openLoop, warmUp } from './load-runs.ts';
import { startBenchServer } from './server.ts';

/** Of the capacity, in percent. */
const loads: readonly number[] = [10, 50, 80, 95];

/** Latency of a pay at several loads, from when it was meant to be sent. */
export const measureLatency = async (plan: Plan, say: (line: string) => void): Promise<Measured> => {
  say('latency of /pay from its intended start, at several loads');
  const { guilds, membersPerGuild, outstanding } = plan.pays;
  const folder = await scratchFolder();
  await populate(folder, [{ guilds, membersPerGuild }]);
  const { snapshotIntervalMs } = plan;
  const server = await startBenchServer({ folder, snapshotIntervalMs, idleMs: deployedIdleMs });
  const trafficOf = (seed: number): Traffic => ({
    seed,
    mix: { pay: 1 },
    firstGuild: 0,
    guilds,
    exponent: 1,
    membersPerGuild,
  });
  await warmUp(server, trafficOf(0), plan);
  const capacities: number[] = [];
  const lines: LatencyLine[] = [];
  for (let round = 1; round <= plan.rounds; round += 1) {
    const traffic = trafficOf(round);
    const capacity = await capacityOf(server, traffic, outstanding, plan.latencyMs);
    capacities.push(capacity);
    for (const capacityPercent of loads) {
      const rate = Math.round((capacity * capacityPercent) / 100);
      const generated = await openLoop(server, traffic, rate, plan.latencyMs);
      const line = latencyLine('/pay', { round, rate, capacityPercent }, generated.all, generated);
      lines.push(line);
      say(
        `round ${round}, ${capacityPercent} % (${rate}/s): p99 ${line.p99Ms} ms${line.void ? `; void: ${line.void}` : ''}`,
      );
    }
  }
  await server.stop();
  await removeFolder(folder);
  const sound = lines.filter((line) => line.void === undefined);
  const results = loads.flatMap((load): readonly Result[] => {
    const runs = sound.filter(({ capacityPercent }) => capacityPercent === load);
    if (runs.length === 0) return [];
    return [
      result(
        `/pay p50 at ${load} % load`,
        'ms',
        runs.map(({ p50Ms }) => p50Ms),
      ),
      result(
        `/pay p99 at ${load} % load`,
        'ms',
        runs.map(({ p99Ms }) => p99Ms),
      ),
    ];
  });
  return { results: [result('capacity of /pay behind a socket', 'op/s', capacities), ...results], latencies: lines };
};
