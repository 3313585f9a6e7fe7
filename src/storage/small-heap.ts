import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * How much larger V8 makes the room for young objects whenever as much as it holds has outlived collections. It is read
 * each time, so it may change while the process runs.
 */
export const youngGrowth = { flag: '--semi-space-growth-factor', usually: 2, small: 1 };

const setYoungGrowth = (factor: number): void => setFlagsFromString(`${youngGrowth.flag}=${factor}`);

const garbageCollector = (): (() => void) => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  return collect;
};

/**
 * Runs something that makes much garbage, while nobody waits for this process to answer: the room for what is young does
 * not grow, and `run` is given what collects the rest, to call it when little is alive. By itself V8 lets garbage come to
 * several times of that. Afterwards all is as usual; a growth that an operator has set is lost.
 */
export const withSmallHeap = async (run: (collect: () => void) => Promise<void>): Promise<void> => {
  let collector: (() => void) | undefined;
  setYoungGrowth(youngGrowth.small);
  try {
    await run(() => (collector ??= garbageCollector())());
  } finally {
    setYoungGrowth(youngGrowth.usually);
  }
};
