import { type RunResult, run } from '../runner.ts';
import { plantOf, ratesFor } from './plants.ts';

/** How long a sabotage is looked for at most. */
export interface Budget {
  readonly seeds: number;
  readonly operations: number;
}

/** What a hunt came to. */
export interface Caught {
  readonly name: string;
  /** The run that noticed; `undefined` where none did. */
  readonly by: RunResult | undefined;
  readonly operations: number;
}

export const usualBudget: Budget = { seeds: 12, operations: 3_000 };

/** Runs seed after seed with a sabotage in the process, until one of them notices. */
export const hunt = async (name: string, { seeds, operations }: Budget = usualBudget): Promise<Caught> => {
  let done = 0;
  for (let seed = 1; seed <= seeds; seed += 1) {
    const result = await run({ seed: `plant ${seed}`, operations, plant: () => plantOf(name), rates: ratesFor(name) });
    done += result.operations;
    if (result.violation === undefined) continue;
    // What the run finds without the sabotage as well, is none of its doing.
    const control = await run({ seed: result.seed, operations, rates: ratesFor(name) });
    if (control.violation === undefined) return { name, by: result, operations: done };
  }
  return { name, by: undefined, operations: done };
};
