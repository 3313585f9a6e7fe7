import { crc32 } from 'node:zlib';
import type { GuildId } from '../kernel/ids.ts';
import { DamagedStoreError, type Journal, type JournalEntry, type Position, type ReplayedEntry } from './ports.ts';

/** Position, offset, length and checksum. */
const numbersAnEntry = 4;

/**
 * What the journal has of a guild that nobody has opened yet: where it stands, not what it says. After an unclean stop
 * there may be a million entries.
 */
export class Tail {
  readonly #guild: GuildId;
  /** All in one array: an object for each entry would be three times as much. */
  #places: number[] = [];

  constructor(guild: GuildId) {
    this.#guild = guild;
  }

  get length(): number {
    return this.#places.length / numbersAnEntry;
  }

  add({ position, offset, bytes }: ReplayedEntry): void {
    this.#places.push(position, offset, bytes.length, crc32(bytes) | 0);
  }

  /** The first `count` entries as a tail of their own. */
  front(count: number): Tail {
    const front = new Tail(this.#guild);
    front.#places = this.#places.slice(0, count * numbersAnEntry);
    return front;
  }

  /** Takes the first `count` entries off. */
  drop(count: number): void {
    this.#places = this.#places.slice(count * numbersAnEntry);
  }

  /** Whether there is an entry above a position. */
  goesBeyond(position: Position): boolean {
    return (this.#places.at(-numbersAnEntry) ?? 0) > position;
  }

  /** The entries above a position, oldest first, read one at a time. Throws `DamagedStoreError` where one was changed. */
  *entries(journal: Journal, after: Position): Generator<JournalEntry> {
    for (let index = 0; index < this.#places.length; index += numbersAnEntry) {
      const [position, offset, length, checksum] = this.#places.slice(index, index + numbersAnEntry) as [
        Position,
        number,
        number,
        number,
      ];
      if (position <= after) continue;
      const bytes = journal.read({ position, offset, length });
      if ((crc32(bytes) | 0) !== checksum) {
        throw new DamagedStoreError(
          `the journal's entry ${position} of guild ${this.#guild} was changed while it was in use`,
        );
      }
      yield { guild: this.#guild, position, bytes };
    }
  }
}
