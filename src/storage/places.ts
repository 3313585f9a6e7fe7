import { assert } from '../kernel/assert.ts';
import type { EntryPlace, Position } from './ports.ts';

/** Position, offset, length, checksum, and the next one of the same guild. */
const numbersAPlace = 5;
const placesAChunk = 8_192;
const chunkBits = Math.log2(placesAChunk);
const greatest = 2 ** 32 - 1;

/** A place with the checksum of what stood there. */
export interface CheckedPlace extends EntryPlace {
  readonly checksum: number;
}

/**
 * Places of entries of all guilds: after an unclean stop there may be a million. 20 bytes each, in pieces that are never
 * copied to grow; lists of their own for each guild would be garbage as large as they are.
 */
export class Places {
  readonly #after: Position;
  readonly #chunks: Uint32Array[] = [];
  #count = 0;

  /** Of entries above a position. */
  constructor(after: Position) {
    this.#after = after;
  }

  /** Adds one behind `before` of the same guild, and gives its number. */
  add({ position, offset, length, checksum }: CheckedPlace, before: number | undefined): number {
    const number = this.#count;
    const above = position - this.#after;
    assert(Math.max(above, offset, length, number) < greatest, 'a journal is not as long as that');
    this.#count += 1;
    if (number % placesAChunk === 0) this.#chunks.push(new Uint32Array(placesAChunk * numbersAPlace));
    const chunk = this.#chunkOf(number);
    const at = this.#at(number);
    chunk[at] = above;
    chunk[at + 1] = offset;
    chunk[at + 2] = length;
    chunk[at + 3] = checksum;
    if (before !== undefined) this.#chunkOf(before)[this.#at(before) + 4] = number;
    return number;
  }

  position(number: number): Position {
    return (this.#after + (this.#chunkOf(number)[this.#at(number)] ?? 0)) as Position;
  }

  of(number: number): CheckedPlace {
    const chunk = this.#chunkOf(number);
    const at = this.#at(number);
    const [offset = 0, length = 0, checksum = 0] = [chunk[at + 1], chunk[at + 2], chunk[at + 3]];
    return { position: this.position(number), offset, length, checksum };
  }

  /** The number of the guild's next one; of the last there is none. */
  next(number: number): number {
    return this.#chunkOf(number)[this.#at(number) + 4] ?? 0;
  }

  #chunkOf(number: number): Uint32Array {
    const chunk = this.#chunks[number >>> chunkBits];
    assert(chunk !== undefined, 'a place that was added is asked for');
    return chunk;
  }

  #at(number: number): number {
    return (number % placesAChunk) * numbersAPlace;
  }
}
