// Pays under a profiler: where the time goes, and what is allocated.
import { writeFile } from 'node:fs/promises';
import { type HeapProfiler, type Profiler, Session } from 'node:inspector/promises';
import { endWithParent, job, say } from '../child-side.ts';
import { closedLoop } from '../load.ts';
import { openOurs } from '../peers/ours.ts';
import { paymentsOf } from '../peers/workload.ts';
import { isNoWork, mostOf, type Profiled, type ProfileJob, placeOf } from './profile.ts';

const cpuIntervalUs = 200;
const heapIntervalBytes = 16_384;
const shownPlaces = 40;

const { ground, file } = job<ProfileJob>();
endWithParent();
const peer = await openOurs(ground);
const next = paymentsOf(ground);
let paid = 0;
const pay = async (): Promise<void> => {
  await peer.pay(next());
  paid += 1;
};

/** Microseconds in each place itself, and in it with all that it calls. */
const timesOf = ({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile) => {
  const own = new Map<string, number>();
  const whole = new Map<string, number>();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  samples.forEach((sample, index) => {
    const spentUs = timeDeltas[index] ?? 0;
    const sampled = byId.get(sample);
    if (sampled === undefined || isNoWork(placeOf(sampled.callFrame))) return;
    const seen = new Set<string>();
    for (let id: number | undefined = sample; id !== undefined; id = parents.get(id)) {
      const node = byId.get(id);
      if (node === undefined) break;
      const place = placeOf(node.callFrame);
      if (id === sample) own.set(place, (own.get(place) ?? 0) + spentUs);
      if (!seen.has(place)) whole.set(place, (whole.get(place) ?? 0) + spentUs);
      seen.add(place);
    }
  });
  return { own, whole };
};

const sumOf = (places: ReadonlyMap<string, number>): number =>
  [...places.values()].reduce((sum, some) => sum + some, 0);

/** Bytes allocated in each place. */
const allocationsOf = (head: HeapProfiler.SamplingHeapProfileNode): Map<string, number> => {
  const places = new Map<string, number>();
  const left = [head];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    const place = placeOf(node.callFrame);
    places.set(place, (places.get(place) ?? 0) + node.selfSize);
    left.push(...node.children);
  }
  return places;
};

await closedLoop(ground.outstanding, ground.warmUpMs, pay);
const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.setSamplingInterval', { interval: cpuIntervalUs });
await session.post('Profiler.start');
paid = 0;
const before = process.cpuUsage();
await closedLoop(ground.outstanding, ground.durationMs, pay);
const { user, system } = process.cpuUsage(before);
const cpuUs = (user + system) / paid;
const { profile } = await session.post('Profiler.stop');
await writeFile(file, JSON.stringify(profile));

paid = 0;
await session.post('HeapProfiler.startSampling', {
  samplingInterval: heapIntervalBytes,
  // What was collected meanwhile was allocated too.
  includeObjectsCollectedByMajorGC: true,
  includeObjectsCollectedByMinorGC: true,
});
await closedLoop(ground.outstanding, ground.durationMs, pay);
const allocations = allocationsOf((await session.post('HeapProfiler.stopSampling')).profile.head);
const bytes = sumOf(allocations);
await peer.close();

const { own, whole } = timesOf(profile);
const allUs = sumOf(own);
await say({
  cpuUs,
  allocatedBytes: bytes / paid,
  own: mostOf(own, allUs, shownPlaces),
  whole: mostOf(whole, allUs, shownPlaces),
  allocations: mostOf(allocations, bytes, shownPlaces),
} satisfies Profiled);
process.exit(0);
