import { chanceOf } from './chance.ts';
import { type RunOptions, type RunResult, run, runOperationsMax } from './runner.ts';

/** What many runs came to together. */
export interface Simulation {
  readonly runs: readonly RunResult[];
  readonly operations: number;
  readonly answered: number;
  readonly committed: number;
  readonly processes: number;
  readonly virtualMs: number;
  readonly counts: Readonly<Record<string, number>>;
  /** Of the hashes of all runs. */
  readonly hash: string;
  /** The run that found something; it was the last. */
  readonly failed: RunResult | undefined;
}

/** The seed of each run: the first is the simulation's own, so that one run is repeated by its seed alone. */
export const seedOfRun = (seed: string, index: number): string =>
  index === 0 ? seed : String(1_000_000 + chanceOf(`${seed} run ${index}`).int(2 ** 32));

const added = (
  one: Readonly<Record<string, number>>,
  other: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.keys({ ...one, ...other }).map((name) => [name, (one[name] ?? 0) + (other[name] ?? 0)]));

const sum = (runs: readonly RunResult[], of: (one: RunResult) => number): number =>
  runs.reduce((total, one) => total + of(one), 0);

/**
 * Runs so many operations as runs of at most 20,000, each with its own servers, disks and faults, until one finds
 * something. `onRun` hears of each.
 */
export const simulate = async (
  options: RunOptions,
  onRun: (result: RunResult) => void = () => undefined,
): Promise<Simulation> => {
  const runs: RunResult[] = [];
  for (let left = options.operations; left > 0; left -= runOperationsMax) {
    const seed = seedOfRun(options.seed, runs.length);
    const result = await run({ ...options, seed, operations: Math.min(left, runOperationsMax) });
    runs.push(result);
    onRun(result);
    if (result.violation !== undefined) break;
  }
  return {
    runs,
    operations: sum(runs, ({ operations }) => operations),
    answered: sum(runs, ({ answered }) => answered),
    committed: sum(runs, ({ committed }) => committed),
    processes: sum(runs, ({ processes }) => processes),
    virtualMs: sum(runs, ({ virtualMs }) => virtualMs),
    counts: runs.reduce<Readonly<Record<string, number>>>((counts, one) => added(counts, one.counts), {}),
    hash: runs.length === 1 ? (runs[0]?.hash ?? '') : combined(runs),
    failed: runs.find(({ violation }) => violation !== undefined),
  };
};

const combined = (runs: readonly RunResult[]): string =>
  chanceOf(runs.map(({ hash }) => hash).join())
    .int(2 ** 32)
    .toString(16)
    .padStart(8, '0');
