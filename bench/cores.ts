import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

/** What starts a command on some cores alone; nothing where the system has no `taskset` or there is one core. */
const onCores = (cores: string): readonly string[] => {
  const isThere = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0;
  return isThere ? ['taskset', '--cpu-list', cores] : [];
};

const last = availableParallelism() - 1;

/**
 * Who asks at given times has a core of their own, and who answers all others: on a core that both share the one who
 * asks would be late, and a run at which that happens counts for nothing.
 */
export const generatorCore = onCores(String(last));

/** The cores of who answers. */
export const serverCores = onCores(last === 1 ? '0' : `0-${last - 1}`);
