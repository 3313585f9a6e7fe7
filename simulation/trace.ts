import { crc32 } from 'node:zlib';

/** What happened in a run, as one number that any difference changes. */
export interface Trace {
  readonly note: (what: string) => void;
  readonly noteBytes: (bytes: Uint8Array) => void;
  /** Of everything noted so far. */
  readonly hash: () => string;
}

/** An empty trace. `listen` hears every note, for whoever looks for the first difference of two runs. */
export const openTrace = (listen?: (what: string) => void): Trace => {
  let hash = 0;
  let notes = 0;
  return {
    note: (what) => {
      hash = crc32(what, hash);
      notes += 1;
      listen?.(what);
    },
    noteBytes: (bytes) => {
      hash = crc32(bytes, hash);
      notes += 1;
      listen?.(`${bytes.length} bytes, now ${hash}`);
    },
    hash: () => `${hash.toString(16).padStart(8, '0')}-${notes}`,
  };
};
