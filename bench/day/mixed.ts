import { capacityOf, latencyLine, openLoop, warmUp } from '../latency/load-runs.ts';
import { startBenchServer } from '../latency/server.ts';
import type { Plan } from '../plan.ts';
import { type LatencyLine, type Measured, type Result, result } from '../report/result.ts';
import { dayTraffic } from './traffic.ts';

const exponents: readonly number[] = [0, 1, 1.5];
const halfPercent = 50;
/**
 * Guilds are let go of so soon that the cold ones do not stay, and not so soon that those go which are asked all the time:
 * drawn evenly, each of these waits five seconds for its next request.
 */
const idleMs = 20_000;

/** Reads, pays, robberies and settings, mixed; snapshots on, cold guilds among them; for three kinds of crowds. */
export const measureMixedDay = async (plan: Plan, folder: string, say: (line: string) => void): Promise<Measured> => {
  const server = await startBenchServer({ folder, snapshotIntervalMs: plan.snapshotIntervalMs, idleMs });
  for (const exponent of exponents) await warmUp(server, dayTraffic(plan, exponent, exponent), plan);
  await server.figures();
  const capacities = new Map<number, number[]>(exponents.map((exponent) => [exponent, []]));
  const latencies: LatencyLine[] = [];
  for (let round = 1; round <= plan.rounds; round += 1) {
    for (const exponent of exponents) {
      const traffic = dayTraffic(plan, exponent, round * 10 + exponent);
      const capacity = await capacityOf(server, traffic, plan.pays.outstanding, plan.latencyMs);
      capacities.get(exponent)?.push(capacity);
      const rate = Math.round(capacity / 2);
      const generated = await openLoop(server, { ...traffic, seed: traffic.seed + 100 }, rate, plan.latencyMs);
      const run = { round, rate, capacityPercent: halfPercent };
      const name = `mixed day, Zipf ${exponent}`;
      const { balance, leaderboard, pay } = generated.kinds;
      latencies.push(latencyLine(name, run, generated.all, generated));
      if (balance) latencies.push(latencyLine(`${name}: /balance`, run, balance, generated));
      if (leaderboard) latencies.push(latencyLine(`${name}: /leaderboard`, run, leaderboard, generated));
      if (pay) latencies.push(latencyLine(`${name}: /pay`, run, pay, generated));
      latencies.push(latencyLine(`${name}: guilds not in memory`, run, generated.cold, generated));
      say(`round ${round}, ${name}: ${Math.round(capacity)} op/s, p99 ${generated.all.p99Ms} ms at half of it`);
    }
  }
  const { notInMemoryShare } = await server.figures();
  await server.stop();
  const names = [...new Set(latencies.map(({ name }) => name))];
  return {
    results: [
      ...exponents.map((exponent) => result(`mixed day, Zipf ${exponent}`, 'op/s', capacities.get(exponent) ?? [])),
      result('mixed day: requests whose guild is not in memory', '%', [notInMemoryShare * 100]),
      ...names.flatMap((name) => halfLoadResults(name, latencies)),
    ],
    latencies,
  };
};

const halfLoadResults = (name: string, latencies: readonly LatencyLine[]): readonly Result[] => {
  const sound = latencies.filter((line) => line.name === name && line.void === undefined);
  return sound.length === 0
    ? []
    : [
        result(
          `${name}, p99 at half load`,
          'ms',
          sound.map(({ p99Ms }) => p99Ms),
        ),
      ];
};
