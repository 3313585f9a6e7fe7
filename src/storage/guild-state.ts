import { assert, InvariantError } from '../kernel/assert.ts';
import type { AnyCollection } from '../kernel/collection.ts';
import type { EpochMs, GuildId } from '../kernel/ids.ts';
import type { EncodedKey } from '../kernel/key.ts';
import type { GuildFigures, GuildState, RowCell, ScanRequest, StoredOutcome } from './contract.ts';
import { findAnswer } from './deduplication.ts';
import { type Guild, readTableOf, tableOf } from './guild.ts';
import { type Board, placeOnBoard, topOfBoard } from './orderings/board.ts';
import { deriveAnew } from './rebuild.ts';
import { scanTable } from './scan.ts';
import { cellOf, isHidden, type Table } from './table.ts';

const figuresOf = (guild: Guild): GuildFigures => {
  let rowsInMemory = 0;
  let rowsUnsnapshotted = 0;
  for (const { known, unwritten, taken } of guild.tables.values()) {
    rowsInMemory += known.size;
    rowsUnsnapshotted += unwritten.cells.length + (taken?.cells.length ?? 0);
  }
  const { position, snapshotPosition } = guild;
  return { rowsInMemory, rowsUnsnapshotted, journalPosition: position, snapshotPosition };
};

/**
 * A class, as accessors of an object literal are part of its hidden class: each object with its own would get a hidden
 * class of its own, which keeps the object, and so its guild, from being collected with what is young.
 */
class OpenGuildState implements GuildState {
  readonly #guild: Guild;
  readonly #derived: (guild: Guild) => void;

  constructor(guild: Guild, derived: (guild: Guild) => void) {
    this.#guild = guild;
    this.#derived = derived;
  }

  get guild(): GuildId {
    return this.#guild.id;
  }

  get lastAt(): EpochMs {
    return this.#guild.lastAt;
  }

  get sequence(): number {
    return this.#guild.sequence;
  }

  get dueAt(): EpochMs | undefined {
    return this.#guild.dueAt;
  }

  get newestAnswered(): string {
    return this.#guild.ring.newest;
  }

  isHidden(collection: AnyCollection, key: EncodedKey): boolean {
    // Not by a table for reading: an empty one is that of no guild, and nobody has left it.
    return this.#guild.hidden.size > 0 && isHidden(tableOf(this.#guild, collection.name), key);
  }

  row(collection: AnyCollection, key: EncodedKey): unknown {
    return this.cell(collection, key, true).row;
  }

  cell(collection: AnyCollection, key: EncodedKey, reads: boolean): RowCell {
    const cell = cellOf(this.#table(collection), key);
    if (reads) cell.read = true;
    return cell;
  }

  scan(collection: AnyCollection, request: ScanRequest): readonly (readonly [EncodedKey, unknown])[] {
    return scanTable(this.#table(collection), request);
  }

  top(
    collection: AnyCollection,
    ordering: string,
    from: number,
    limit: number,
  ): readonly (readonly [EncodedKey, number])[] {
    return topOfBoard(this.#board(collection, ordering), from, limit);
  }

  place(collection: AnyCollection, ordering: string, score: number, key: EncodedKey): number {
    return placeOnBoard(this.#board(collection, ordering), score, key);
  }

  total(collection: AnyCollection, total: string): bigint {
    const { definition, totals } = this.#soundTable(collection);
    const sum = totals[definition.totals.findIndex(({ name }) => name === total)];
    assert(sum !== undefined, 'the total is declared');
    return sum;
  }

  count(collection: AnyCollection): number {
    return this.#soundTable(collection).count;
  }

  answered(request: string): StoredOutcome | undefined {
    return findAnswer(this.#guild.ring, request, this.#guild.lastAt);
  }

  figures(): GuildFigures {
    return figuresOf(this.#guild);
  }

  #table(collection: AnyCollection): Table {
    const table = readTableOf(this.#guild, collection.name);
    if (table.definition.collection === undefined) {
      throw new InvariantError(`the store was opened without ${collection.name}`);
    }
    return table;
  }

  #soundTable(collection: AnyCollection): Table {
    const table = this.#table(collection);
    if (!table.sound) {
      deriveAnew(table);
      this.#derived(this.#guild);
    }
    return table;
  }

  #board(collection: AnyCollection, ordering: string): Board {
    const { definition, boards } = this.#soundTable(collection);
    const board = boards[definition.orderings.findIndex(({ name }) => name === ordering)];
    assert(board !== undefined, 'the ordering is declared');
    return board;
  }
}

/**
 * A guild for its actor. `derived` is called when something stored had to be derived anew, which the next snapshot
 * should write.
 */
export const openGuildState = (guild: Guild, derived: (guild: Guild) => void): GuildState =>
  new OpenGuildState(guild, derived);
