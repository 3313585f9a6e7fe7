/** Repeatable draws: the same seed and name give the same ones on every machine. */
export interface Chance {
  /** From 0 to 1, excluded. */
  readonly next: () => number;
  /** A whole number from 0 to `below` - 1. */
  readonly int: (below: number) => number;
  /** A number from `min` to `max`, excluded. */
  readonly between: (min: number, max: number) => number;
  /** True with this probability. */
  readonly happens: (probability: number) => boolean;
  readonly pick: <T>(from: readonly T[]) => T;
  readonly bytes: (count: number) => Uint8Array;
  /** Draws of their own for another part, which leave these as they are. */
  readonly fork: (name: string) => Chance;
}

/** Mixes a text into 32 bits. Source: FNV-1a. */
const mix = (text: string): number => {
  let hash = 0x81_1c_9d_c5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01_00_01_93);
  return hash >>> 0;
};

/** Draws from a seed. Source: sfc32 of PractRand, whose state of 128 bits is filled from the seed's text. */
export const chanceOf = (seed: string): Chance => {
  let a = mix(`a${seed}`);
  let b = mix(`b${seed}`);
  let c = mix(`c${seed}`);
  let counter = 1;
  const draw = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round += 1) draw();
  const next = (): number => draw() / 2 ** 32;
  const int = (below: number): number => Math.floor(next() * below);
  return {
    next,
    int,
    between: (min, max) => min + next() * (max - min),
    happens: (probability) => next() < probability,
    pick: <T>(from: readonly T[]): T => from[int(from.length)] as T,
    bytes: (count) => Uint8Array.from({ length: count }, () => draw() & 0xff),
    fork: (name) => chanceOf(`${seed}/${name}`),
  };
};
