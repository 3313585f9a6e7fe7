import { createHmac, createSecretKey, randomFillSync } from 'node:crypto';
import { assert } from './assert.ts';

/** Draws for one operation. */
export interface Random {
  /** A whole number from 0 to `below` - 1, each equally likely; `below` is 1 to 2^48. */
  readonly int: (below: number) => number;
}

/** Where operations get their seeds; tests hand in a repeatable one. */
export type SeedSource = () => Uint8Array;

const seedBytes = 16;
const pool = new Uint8Array(seedBytes * 256);
let poolUsedBytes = pool.length;

/** A 16-byte seed from the operating system's generator. */
export const systemSeed: SeedSource = () => {
  if (poolUsedBytes === pool.length) {
    randomFillSync(pool);
    poolUsedBytes = 0;
  }
  const seed = pool.slice(poolUsedBytes, poolUsedBytes + seedBytes);
  poolUsedBytes += seedBytes;
  return seed;
};

const drawBytes = 6;
const drawLimit = 2 ** 48;

/**
 * The repeatable stream of draws of a seed: HMAC-SHA-256 over a counter, read 48 bits at a time.
 * A draw above the largest multiple of `below` is thrown away, so that no number is likelier than another.
 */
export const seededRandom = (seed: Uint8Array): Random => {
  // Made once: with the bytes themselves each block takes six times as long.
  const key = createSecretKey(seed);
  let counter = 0;
  let block = Buffer.alloc(0);
  let offset = 0;
  const draw = (): number => {
    if (offset + drawBytes > block.length) {
      block = createHmac('sha256', key).update(String(counter)).digest();
      counter += 1;
      offset = 0;
    }
    const value = block.readUIntBE(offset, drawBytes);
    offset += drawBytes;
    return value;
  };
  return {
    int: (below) => {
      assert(Number.isSafeInteger(below) && below >= 1 && below <= drawLimit, 'a draw is below 1 to 2^48');
      const fair = drawLimit - (drawLimit % below);
      let value = draw();
      while (value >= fair) value = draw();
      return value % below;
    },
  };
};
