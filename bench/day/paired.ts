import { assert } from '../../src/kernel/assert.ts';
import { deployedIdleMs } from '../../src/schedule/eviction.ts';
import { capacityOf, latencyLine, openLoop, warmUp } from '../latency/load-runs.ts';
import { type BenchServer, startBenchServer } from '../latency/server.ts';
import type { Plan } from '../plan.ts';
import { type LatencyLine, type Measured, result } from '../report/result.ts';
import { quietTraffic } from './traffic.ts';

/** What quiet guilds ask for while another one is flooded, as a part of the capacity. */
const quietShare = 0.2;
const halfShare = 0.5;
/** No snapshot, however long it goes on and however much is written. */
const noSnapshots = { snapshotIntervalMs: 2 ** 30, unsnapshottedBytesMax: 16 * 2 ** 30 };

/** Two ways to measure the same thing, one after the other in each round. */
interface Pair {
  readonly name: string;
  readonly ratio: string;
  readonly with: () => Promise<LatencyLine>;
  readonly without: () => Promise<LatencyLine>;
}

/** The ratio is the median of those of the rounds: whatever else went on went on in both halves of a round. */
const measurePair = async (rounds: readonly Pair[], say: (line: string) => void): Promise<Measured> => {
  const latencies: LatencyLine[] = [];
  const pairs: (readonly [number, number])[] = [];
  for (const [index, pair] of rounds.entries()) {
    // Each half is first in every other round.
    const first = index % 2 === 0 ? await pair.without() : await pair.with();
    const second = index % 2 === 0 ? await pair.with() : await pair.without();
    const [without, withIt] = index % 2 === 0 ? [first, second] : [second, first];
    latencies.push(without, withIt);
    say(`${pair.name}, round ${index + 1}: p99 ${withIt.p99Ms} ms with, ${without.p99Ms} ms without`);
    if (without.void === undefined && withIt.void === undefined) pairs.push([withIt.p99Ms, without.p99Ms]);
  }
  const [{ name, ratio } = { name: '', ratio: '' }] = rounds;
  if (pairs.length === 0) return { results: [], latencies };
  const quotient = result(
    ratio,
    '×',
    pairs.map(([one, other]) => one / other),
  );
  return {
    results: [
      result(
        `${name}, p99 with`,
        'ms',
        pairs.map(([one]) => one),
      ),
      result(
        `${name}, p99 without`,
        'ms',
        pairs.map(([, other]) => other),
      ),
      quotient,
    ],
    ratios: { [ratio]: quotient.value },
    latencies,
  };
};

const run = async (
  server: BenchServer,
  plan: Plan,
  name: string,
  { round, rate, capacityPercent }: { readonly round: number; readonly rate: number; readonly capacityPercent: number },
): Promise<LatencyLine> => {
  const generated = await openLoop(server, quietTraffic(plan, round), rate, plan.latencyMs);
  return latencyLine(name, { round, rate, capacityPercent }, generated.all, generated);
};

const roundsOf = (plan: Plan, pair: (round: number) => Pair): readonly Pair[] =>
  Array.from({ length: plan.rounds }, (_, index) => pair(index + 1));

/** Pays in quiet guilds, while the inbox of another guild is kept full all the time, and while it is not. */
export const measureFlood = async (plan: Plan, folder: string, say: (line: string) => void): Promise<Measured> => {
  const { snapshotIntervalMs } = plan;
  const server = await startBenchServer({ folder, snapshotIntervalMs, idleMs: deployedIdleMs });
  await warmUp(server, quietTraffic(plan, 98), plan);
  const capacity = await capacityOf(server, quietTraffic(plan, 99), plan.pays.outstanding, plan.latencyMs);
  const rate = Math.round(capacity * quietShare);
  const flooded = { guild: 0, member: 0, other: 1 };
  const measured = await measurePair(
    roundsOf(plan, (round) => ({
      name: 'quiet guilds beside a flooded one',
      ratio: 'quiet guilds p99, one flooded / none',
      with: async () => {
        await server.ask({ ...flooded, kind: 'flood' });
        const line = await run(server, plan, 'quiet guilds, one flooded', {
          round,
          rate,
          capacityPercent: quietShare * 100,
        });
        await server.ask({ ...flooded, kind: 'calm' });
        return line;
      },
      without: () =>
        run(server, plan, 'quiet guilds, none flooded', { round, rate, capacityPercent: quietShare * 100 }),
    })),
    say,
  );
  await server.stop();
  return measured;
};

/** Pays at half of the capacity, with a snapshot every few seconds and without any. */
export const measureSnapshots = async (
  plan: Plan,
  folders: readonly [string, string],
  say: (line: string) => void,
): Promise<Measured> => {
  const [one, other] = folders;
  const { snapshotIntervalMs } = plan;
  const taking = await startBenchServer({ folder: one, snapshotIntervalMs, idleMs: deployedIdleMs });
  const none = await startBenchServer({ folder: other, ...noSnapshots, idleMs: deployedIdleMs });
  for (const server of [taking, none]) await warmUp(server, quietTraffic(plan, 98), plan);
  const capacity = await capacityOf(taking, quietTraffic(plan, 99), plan.pays.outstanding, plan.latencyMs);
  await capacityOf(none, quietTraffic(plan, 99), plan.pays.outstanding, plan.latencyMs);
  const rate = Math.round(capacity * halfShare);
  const measured = await measurePair(
    roundsOf(plan, (round) => ({
      name: 'pays at half load, snapshots',
      ratio: 'p99 at half load, snapshots / none',
      with: () => run(taking, plan, 'half load, snapshots', { round, rate, capacityPercent: 50 }),
      without: () => run(none, plan, 'half load, no snapshots', { round, rate, capacityPercent: 50 }),
    })),
    say,
  );
  assert((await taking.figures()).snapshots > 0, 'snapshots were taken');
  assert((await none.figures()).snapshots === 0, 'no snapshot was taken');
  await taking.stop();
  await none.stop();
  return measured;
};
