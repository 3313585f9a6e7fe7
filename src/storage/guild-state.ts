import { assert, InvariantError } from '../kernel/assert.ts';
import type { AnyCollection } from '../kernel/collection.ts';
import type { EncodedKey } from '../kernel/key.ts';
import type { GuildFigures, GuildState } from './contract.ts';
import { findAnswer } from './deduplication.ts';
import { type Guild, tableOf } from './guild.ts';
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
 * A guild for its actor. `derived` is called when something stored had to be derived anew, which the next snapshot
 * should write.
 */
export const openGuildState = (guild: Guild, derived: (guild: Guild) => void): GuildState => {
  const tableFor = (collection: AnyCollection): Table => {
    const table = tableOf(guild, collection.name);
    if (table.definition.collection === undefined) {
      throw new InvariantError(`the store was opened without ${collection.name}`);
    }
    return table;
  };
  const soundTable = (collection: AnyCollection): Table => {
    const table = tableFor(collection);
    if (!table.sound) {
      deriveAnew(table);
      derived(guild);
    }
    return table;
  };
  const boardFor = (collection: AnyCollection, ordering: string): Board => {
    const { definition, boards } = soundTable(collection);
    const board = boards[definition.orderings.findIndex(({ name }) => name === ordering)];
    assert(board !== undefined, 'the ordering is declared');
    return board;
  };
  return {
    guild: guild.id,
    get lastAt() {
      return guild.lastAt;
    },
    get sequence() {
      return guild.sequence;
    },
    get dueAt() {
      return guild.dueAt;
    },
    isHidden: (collection, key) => guild.hidden.size > 0 && isHidden(tableFor(collection), key),
    row(collection, key) {
      return this.cell(collection, key, true).row;
    },
    cell(collection, key, reads) {
      const cell = cellOf(tableFor(collection), key);
      if (reads) cell.read = true;
      return cell;
    },
    scan: (collection, request) => scanTable(tableFor(collection), request),
    top: (collection, ordering, from, limit) => topOfBoard(boardFor(collection, ordering), from, limit),
    place: (collection, ordering, score: number, key: EncodedKey) =>
      placeOnBoard(boardFor(collection, ordering), score, key),
    total(collection, total) {
      const { definition, totals } = soundTable(collection);
      const sum = totals[definition.totals.findIndex(({ name }) => name === total)];
      assert(sum !== undefined, 'the total is declared');
      return sum;
    },
    count: (collection) => soundTable(collection).count,
    answered: (request) => findAnswer(guild.ring, request, guild.lastAt),
    get newestAnswered() {
      return guild.ring.newest;
    },
    figures: () => figuresOf(guild),
  };
};
