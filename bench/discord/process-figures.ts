import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { assert } from '../../src/kernel/assert.ts';

/** What Linux counts processor time in, for every program. */
const ticksPerSecond = 100;
const pollMs = 20;
const quietLookMs = 1_000;
/** A process that takes less of a core is quiet. */
const quietShare = 0.2;

/** Processor time that a process has taken so far, all its threads together, in microseconds. */
export const cpuUsOf = async (pid: number): Promise<number> => {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // After the name, which may have spaces in it: state, then eleven more fields, then user and system time.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1_000_000) / ticksPerSecond;
};

/** Memory of a process that the machine holds for it, in MiB. */
export const residentMiB = async (pid: number): Promise<number> => {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
};

/** Resolves when a process has little to do, or when it has not come to that in `patienceMs`. */
export const untilQuiet = async (pid: number, patienceMs: number): Promise<void> => {
  const untilMs = performance.now() + patienceMs;
  for (let before = await cpuUsOf(pid); performance.now() < untilMs; ) {
    await sleep(quietLookMs);
    const now = await cpuUsOf(pid);
    if (now - before < quietLookMs * 1000 * quietShare) return;
    before = now;
  }
};

/** What a process holds after a garbage collection, in MiB: of the machine, and of its own in the heap and beside it. */
export interface Held {
  readonly residentMiB: number;
  readonly heapMiB: number;
}

/** The environment of a process that can be asked what it holds. */
export const probed = (folder: string): Readonly<Record<string, string>> => ({
  NODE_OPTIONS: `--import=${join(import.meta.dirname, 'memory-probe.child.ts')}`,
  BENCH_MEMORY_FOLDER: folder,
});

/** Asks a process that was started with `probed` what it holds. */
export const heldBy = async (pid: number, folder: string): Promise<Held> => {
  const file = join(folder, `${pid}.json`);
  process.kill(pid, 'SIGUSR2');
  while (!existsSync(file)) await sleep(pollMs);
  const { rss, heapUsed, external } = JSON.parse(await readFile(file, 'utf8')) as NodeJS.MemoryUsage;
  await rm(file);
  return { residentMiB: rss / 2 ** 20, heapMiB: (heapUsed + external) / 2 ** 20 };
};

/** The id of a process that was started. */
export const pidOf = (pid: number | undefined): number => {
  assert(pid !== undefined, 'a process that was started has an id');
  return pid;
};
