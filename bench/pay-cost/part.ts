import { assert } from '../../src/kernel/assert.ts';
import { peerPlan } from '../peers/part.ts';
import { type Ground, neverMs, type PeerRound } from '../peers/peer.ts';
import { peerRunner } from '../peers/run.ts';
import type { Plan } from '../plan.ts';
import { type Measured, type Result, result } from '../report/result.ts';
import { type Cost, costs, figureOf, guildsFigure, type Rung, rungs } from './rungs.ts';

// In each round from the last to the first: it is ours that says how long the records of the logs are.
const asMeasured = rungs.toReversed();

/** A round that goes over snapshots has as many of them in its time as there are in any other. */
const groundOf = (rung: Rung, { payCost, snapshotIntervalMs }: Plan): Partial<Ground> => ({
  ...(rung.snapshots
    ? { durationMs: Math.max(payCost.roundMs, snapshotIntervalMs), snapshotsLeast: 1 }
    : { snapshotIntervalMs: neverMs, snapshotsLeast: 0 }),
  ...rung.ground,
});

const figures: Readonly<Record<Cost, (round: PeerRound) => number>> = {
  operations: ({ perSecond }) => perSecond,
  cpu: ({ figures: { cpuUs = Number.NaN } }) => cpuUs,
  gc: ({ figures: { gcMsPerSecond = Number.NaN } }) => gcMsPerSecond,
};

const resultsOf = ([rung, measured]: readonly [Rung, readonly PeerRound[]]): readonly Result[] =>
  (Object.keys(costs) as Cost[]).map((cost) =>
    result(figureOf(rung, cost), costs[cost].unit, measured.map(figures[cost])),
  );

/** What a durable pay costs, layer by layer: each rung in processes of its own, beside the others in each round. */
export const measurePayCost = async (plan: Plan, say: (line: string) => void): Promise<Measured> => {
  const { rounds, roundMs, guilds } = plan.payCost;
  const runner = await peerRunner({ ...peerPlan(plan), durationMs: roundMs, guilds });
  const measured = new Map<Rung, PeerRound[]>(rungs.map((rung) => [rung, []]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const rung of asMeasured) {
      const one = await runner.round(rung.form, round, { ground: groundOf(rung, plan) });
      // A store that has much to write takes one before its time.
      const sound = rung.snapshots === true || !one.figures['snapshots'];
      assert(sound, `no snapshot is taken while there are to be none: ${rung.name}`);
      measured.get(rung)?.push(one);
      say(`round ${round}, ${rung.name}: ${Math.round(one.perSecond)} op/s, ${figures.cpu(one).toFixed(1)} µs`);
    }
  }
  await runner.close();
  return { results: [...[...measured].flatMap(resultsOf), result(guildsFigure, '', [guilds])] };
};
