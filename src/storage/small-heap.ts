import { setFlagsFromString } from 'node:v8';

/*
 * Both flags are read with each collection, so they may change while the process runs. Usually V8 doubles the room for
 * young objects whenever as much as it holds has outlived collections, and lets the old generation grow to four times
 * of what lived in it before it looks again.
 */
const youngGrowth = { flag: '--semi-space-growth-factor', usually: 2, small: 1 };
const oldGrowth = { flag: '--heap-growing-percent', usually: 0, small: 50 };

/** What V8 has to know, and what it must have for these before, for `withSmallHeap` to do what it says. */
export const smallHeapFlags = [youngGrowth, oldGrowth];

/**
 * Runs something that makes much garbage with little alive at a time, while nobody waits for this process to answer: V8
 * collects more often instead of taking more memory. Afterwards it is as usual. What an operator has set these flags to
 * is lost.
 */
export const withSmallHeap = async (run: () => Promise<void>): Promise<void> => {
  for (const { flag, small } of smallHeapFlags) setFlagsFromString(`${flag}=${small}`);
  try {
    await run();
  } finally {
    for (const { flag, usually } of smallHeapFlags) setFlagsFromString(`${flag}=${usually}`);
  }
};
