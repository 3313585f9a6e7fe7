import type { Ground } from '../peers/peer.ts';

/** What the process is started with. */
export interface ProfileJob {
  readonly ground: Ground;
  /** Where the profile is written, for the developer tools of a browser. */
  readonly file: string;
}

/** A place in the code and its share of everything, in percent. */
export type Place = readonly [place: string, percent: number];

/** Where the time of a pay goes, and what it allocates. */
export interface Profiled {
  /** Processor time of one pay, with the profiler. */
  readonly cpuUs: number;
  readonly allocatedBytes: number;
  readonly own: readonly Place[];
  readonly whole: readonly Place[];
  readonly allocations: readonly Place[];
}

/** Waiting, and the profiler's own start and end. */
export const isNoWork = (place: string): boolean => place === '(idle)' || place.startsWith('post node:inspector');

/** Name, file and line of a function. */
export const placeOf = (frame: {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
}): string => {
  const name = frame.functionName === '' ? 'anonymous' : frame.functionName;
  const file = /(?:^node:.*|(?:node_modules|src|bench)\/.*)$/.exec(frame.url)?.[0];
  return file === undefined ? name : `${name} ${file}:${frame.lineNumber + 1}`;
};

/** The places with the largest shares of `all`. */
export const mostOf = (places: ReadonlyMap<string, number>, all: number, limit: number): readonly Place[] =>
  [...places]
    .filter(([place]) => place !== '(root)')
    .toSorted(([, left], [, right]) => right - left)
    .slice(0, limit)
    .map(([place, value]) => [place, (value * 100) / all]);
