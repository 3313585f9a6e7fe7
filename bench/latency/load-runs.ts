import type { Plan } from '../plan.ts';
import type { LatencyLine } from '../report/result.ts';
import { type Generated, generate, type Latencies, lagMostMs, type Traffic } from './generator.ts';
import type { BenchServer } from './server.ts';

/** How often a run whose generator lagged is tried again. */
const triesMost = 2;

/** Why a run counts for nothing; `undefined` for one that counts. */
const whyVoid = ({ requests }: Latencies, { lagP99Ms }: Pick<Generated, 'lagP99Ms'>): string | undefined => {
  if (requests === 0) return 'nothing was asked';
  if (lagP99Ms <= lagMostMs) return undefined;
  return `the generator was ${lagP99Ms.toFixed(1)} ms late at the 99th percentile`;
};

/** A line of the report; it says so where the generator lagged, and the run counts for nothing. */
export const latencyLine = (
  name: string,
  run: { readonly round: number; readonly rate: number; readonly capacityPercent?: number },
  latencies: Latencies,
  generated: Pick<Generated, 'lagP99Ms'>,
): LatencyLine => {
  const reason = whyVoid(latencies, generated);
  return { name, ...run, ...latencies, lagP99Ms: generated.lagP99Ms, ...(reason !== undefined && { void: reason }) };
};

/** The capacity is found in less time than a run takes: it is a rate alone. */
const capacityShare = 0.5;

/** Keeps a server that was just started busy until it is as fast as it gets. */
export const warmUp = async (server: BenchServer, traffic: Traffic, plan: Plan): Promise<void> => {
  const pace = { outstanding: plan.pays.outstanding };
  await generate({ socket: server.socket, traffic, pace, durationMs: plan.warmUp.serverMs });
};

/** Requests a second with so many under way all the time. */
export const capacityOf = async (
  server: BenchServer,
  traffic: Traffic,
  outstanding: number,
  durationMs: number,
): Promise<number> => {
  const { perSecond } = await generate({
    socket: server.socket,
    traffic,
    pace: { outstanding },
    durationMs: durationMs * capacityShare,
  });
  return perSecond;
};

/** A run at a rate; where the generator lagged it is tried once more, and then given as it is. */
export const openLoop = async (
  server: BenchServer,
  traffic: Traffic,
  perSecond: number,
  durationMs: number,
): Promise<Generated> => {
  for (let tried = 1; ; tried += 1) {
    const generated = await generate({ socket: server.socket, traffic, pace: { perSecond }, durationMs });
    if (generated.lagP99Ms <= lagMostMs || tried === triesMost) return generated;
  }
};
