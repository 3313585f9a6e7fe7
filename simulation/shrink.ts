import { faultNames } from './faults.ts';
import { type RunOptions, type RunResult, run } from './runner.ts';

/** The shortest run that still fails: fewer operations, fewer faults. */
export interface Shrunk {
  readonly options: RunOptions;
  readonly result: RunResult;
  readonly tries: number;
}

/**
 * Cuts a failing run down. First the operations, as a run's beginning is the same however long it goes on; then faults
 * are switched off one by one; then the operations once more. What is found may change on the way: any violation counts.
 */
export const shrink = async (
  failing: RunOptions,
  first: RunResult,
  onTry: (options: RunOptions, failed: boolean) => void = () => undefined,
): Promise<Shrunk> => {
  let options = failing;
  let result = first;
  let tries = 0;

  const attempt = async (next: RunOptions): Promise<boolean> => {
    tries += 1;
    const tried = await run(next);
    const failed = tried.violation !== undefined;
    onTry(next, failed);
    if (failed) {
      result = tried;
      options = { ...next, operations: Math.min(next.operations, Math.max(1, tried.operations)) };
    }
    return failed;
  };

  /** The least number of operations by bisection, as if a longer run failed wherever a shorter one does. */
  const cutOperations = async (): Promise<void> => {
    let low = 1;
    while (low < options.operations) {
      const middle = (low + options.operations) >> 1;
      if (!(await attempt({ ...options, operations: middle }))) low = middle + 1;
    }
  };

  options = { ...failing, operations: Math.min(failing.operations, Math.max(1, first.operations)) };
  await cutOperations();
  for (const fault of faultNames) {
    const fired = (result.counts[fault] ?? 0) > 0;
    if (fired) await attempt({ ...options, off: new Set([...(options.off ?? []), fault]) });
  }
  await cutOperations();
  return { options, result, tries };
};
