import { type RunResult, run } from '../runner.ts';
import { conditionsFor, plantOf } from './plants.ts';

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
    const conditions = { ...conditionsFor(name), seed: `plant ${seed}`, operations };
    const result = await run({ ...conditions, plant: () => plantOf(name) });
    done += result.operations;
    if (result.violation === undefined) continue;
    // What the run finds without the sabotage as well, is none of its doing.
    const control = await run(conditions);
    if (control.violation === undefined) return { name, by: result, operations: done };
  }
  return { name, by: undefined, operations: done };
};
