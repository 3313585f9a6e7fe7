import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collector: (() => void) | undefined;

const garbageCollector = (): (() => void) => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
};

/** Collects this process's garbage; no flag on the command line is needed. What buffers hold goes in a later turn. */
export const collect = (): void => {
  collector ??= garbageCollector();
  collector();
};

/** The same, with what buffers held outside of the heap. */
export const collectWithBuffers = async (): Promise<void> => {
  collect();
  await new Promise((resolve) => setImmediate(resolve));
  collect();
};
