import { startBenchServer } from '../latency/server.ts';
import type { Plan } from '../plan.ts';
import { populate } from '../populate.ts';
import { type Measured, result } from '../report/result.ts';
import { removeFolder, scratchFolder } from '../scratch.ts';

const idleMs = 1_000;
/** Guilds asked one after another to bring them into memory, before they are let go of again. */
const touchedMost = 20_000;
const quietPollMs = 200;
/** Guilds of the store that a large one is compared with. */
const few = 100;

interface StartRound {
  readonly seconds: number;
  readonly openMs: number;
  readonly residentBytes: number;
  readonly heapBytes: number;
}

const startOnce = async (plan: Plan, folder: string): Promise<StartRound> => {
  const startedMs = performance.now();
  const server = await startBenchServer({ folder, snapshotIntervalMs: plan.snapshotIntervalMs, idleMs });
  await server.ask({ kind: 'balance', guild: 7, member: 0, other: 1 });
  const seconds = (performance.now() - startedMs) / 1000;
  const { openMs, residentBytes, heapBytes } = await server.figures();
  await server.stop();
  return { seconds, openMs, residentBytes, heapBytes };
};

/** What is left in memory of guilds that were asked and let go of: bytes for each. */
const leftOf = async (plan: Plan, folder: string, guilds: number): Promise<number> => {
  const server = await startBenchServer({ folder, snapshotIntervalMs: plan.snapshotIntervalMs, idleMs });
  const touch = async (from: number, to: number): Promise<void> => {
    for (let guild = from; guild < to; guild += 1) await server.ask({ kind: 'balance', guild, member: 0, other: 1 });
    for (;;) {
      const figures = await server.figures();
      // The market's own actor is never idle for long.
      if (figures.actors <= 1 && figures.guildsInMemory <= 1) return;
      await new Promise((resolve) => setTimeout(resolve, quietPollMs));
    }
  };
  const half = Math.floor(guilds / 2);
  // The first half warms code and caches.
  await touch(0, half);
  const before = await server.figures();
  await touch(half, guilds);
  const after = await server.figures();
  await server.stop();
  return (after.heapBytes - before.heapBytes) / (guilds - half);
};

/** From the start of the process to its first answer, and the memory of guilds that nobody asks, with many on disk. */
export const measureStart = async (plan: Plan, folder: string, say: (line: string) => void): Promise<Measured> => {
  const { guilds } = plan.day;
  const many = `${guilds.toLocaleString('en')} guilds`;
  say(`start with ${many} on disk`);
  const small = await scratchFolder();
  await populate(small, [{ guilds: few, membersPerGuild: 3 }]);
  const large: StartRound[] = [];
  const little: StartRound[] = [];
  for (let round = 1; round <= plan.rounds; round += 1) {
    large.push(await startOnce(plan, folder));
    little.push(await startOnce(plan, small));
  }
  const left = await leftOf(plan, folder, Math.min(touchedMost, guilds));
  await removeFolder(small);
  const more = large.map((one, index) => (one.heapBytes - (little[index]?.heapBytes ?? 0)) / guilds);
  return {
    results: [
      result(
        `from start to the first answer, ${many}`,
        's',
        large.map(({ seconds }) => seconds),
      ),
      result(
        `opening the store of ${many}`,
        'ms',
        large.map(({ openMs }) => openMs),
      ),
      result(
        `resident memory after the start, ${many}`,
        'MiB',
        large.map((one) => one.residentBytes / 2 ** 20),
      ),
      result(
        `resident memory after the start, ${few} guilds`,
        'MiB',
        little.map((one) => one.residentBytes / 2 ** 20),
      ),
      result('memory of a guild on disk that nobody asked', 'B', more),
      result('memory of a guild that was asked and let go of', 'B', [left]),
    ],
  };
};
