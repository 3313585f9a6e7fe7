import { crc32 } from 'node:zlib';
import type { GuildId } from '../kernel/ids.ts';
import type { Places } from './places.ts';
import { DamagedStoreError, type Journal, type JournalEntry, type Position, type ReplayedEntry } from './ports.ts';

/**
 * What the journal has of a guild that nobody has opened yet: where it stands, not what it says.
 */
export class Tail {
  readonly #guild: GuildId;
  readonly #places: Places;
  #first = 0;
  #last = 0;
  #length = 0;

  /** An empty one; its places are among those of all guilds. */
  constructor(guild: GuildId, places: Places) {
    this.#guild = guild;
    this.#places = places;
  }

  get length(): number {
    return this.#length;
  }

  add({ position, offset, bytes }: ReplayedEntry): void {
    const place = { position, offset, length: bytes.length, checksum: crc32(bytes) };
    this.#last = this.#places.add(place, this.#length === 0 ? undefined : this.#last);
    if (this.#length === 0) this.#first = this.#last;
    this.#length += 1;
  }

  /** The first entries as a tail of their own: at most `count`, and no more than `bytesMax` of them unless it is one. */
  front(count: number, bytesMax: number): Tail {
    const front = new Tail(this.#guild, this.#places);
    front.#first = this.#first;
    let number = this.#first;
    let bytes = 0;
    while (front.#length < Math.min(count, this.#length)) {
      if (front.#length > 0) number = this.#places.next(number);
      bytes += this.#places.of(number).length;
      if (front.#length > 0 && bytes > bytesMax) break;
      front.#last = number;
      front.#length += 1;
    }
    return front;
  }

  /** Takes the first `count` entries off. */
  drop(count: number): void {
    if (count < this.#length) this.#first = this.#skip(count);
    this.#length = Math.max(this.#length - count, 0);
  }

  /** Whether there is an entry above a position. */
  goesBeyond(position: Position): boolean {
    return this.#length > 0 && this.#places.position(this.#last) > position;
  }

  /**
   * The entries above a position, oldest first, read one at a time: each is good until the next is asked for. Throws
   * `DamagedStoreError` where one was changed.
   */
  *entries(journal: Journal, after: Position): Generator<JournalEntry> {
    let number = this.#first;
    for (let index = 0; index < this.#length; index += 1) {
      if (index > 0) number = this.#places.next(number);
      const { checksum, ...place } = this.#places.of(number);
      const { position } = place;
      if (position <= after) continue;
      const bytes = journal.read(place);
      if (crc32(bytes) !== checksum) {
        throw new DamagedStoreError(
          `the journal's entry ${position} of guild ${this.#guild} was changed while it was in use`,
        );
      }
      yield { guild: this.#guild, position, bytes };
    }
  }

  /** The number of the place that is `count` behind the first. */
  #skip(count: number): number {
    let number = this.#first;
    for (let step = 0; step < count; step += 1) number = this.#places.next(number);
    return number;
  }
}
