import { crc32 } from 'node:zlib';
import { DamagedStoreError, type Journal, type JournalEntry, type Position, type ReplayedEntry } from './ports.ts';

/**
 * A guild's entries that are in no snapshot, of a guild nobody has opened yet: where they are, not what they say. After
 * an unclean stop there may be a million of them.
 */
export class Tail {
  readonly #positions: Position[] = [];
  readonly #offsets: number[] = [];
  readonly #lengths: number[] = [];
  readonly #checksums: number[] = [];

  add({ position, offset, bytes }: ReplayedEntry): void {
    this.#positions.push(position);
    this.#offsets.push(offset);
    this.#lengths.push(bytes.length);
    this.#checksums.push(crc32(bytes));
  }

  /** The entries, oldest first, read one at a time. Throws `DamagedStoreError` where one is not what it was. */
  *entries(journal: Journal, guild: JournalEntry['guild']): Generator<JournalEntry> {
    for (const [index, position] of this.#positions.entries()) {
      const bytes = journal.read({
        position,
        offset: this.#offsets[index] as number,
        length: this.#lengths[index] as number,
      });
      if (crc32(bytes) !== this.#checksums[index]) {
        throw new DamagedStoreError(
          `the journal's entry ${position} of guild ${guild} was changed while it was in use`,
        );
      }
      yield { guild, position, bytes };
    }
  }
}
