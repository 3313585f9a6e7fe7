import type { Definition } from './definition.ts';
import { moveOnBoard } from './orderings/board.ts';
import { scanTable } from './scan.ts';
import { cellOf, memberOf, scoreOf, type Table } from './table.ts';

const chunkRows = 1_000;

/** Whether hiding a member concerns rows of this kind: those keyed first by the member, if they are on a board. */
export const followsMembers = ({ collection, orderings }: Definition): boolean =>
  collection?.key[0] === 'member' && orderings.length > 0;

const rowsOf = function* (table: Table, member: string): Generator<readonly [string, unknown]> {
  if (table.definition.collection?.key.length === 1) {
    const { row } = cellOf(table, member);
    if (row !== undefined) yield [member, row];
    return;
  }
  let after: string | undefined;
  for (;;) {
    const found = scanTable(table, { prefix: member, after, reverse: false, limit: chunkRows });
    yield* found;
    after = found.at(-1)?.[0];
    if (found.length < chunkRows) return;
  }
};

/**
 * Takes a member's rows off all boards, or puts them back. On a throw the boards of the table that could not be read
 * have to be derived anew.
 */
export const setHidden = (tables: readonly Table[], hidden: Set<string>, member: string, off: boolean): void => {
  if (hidden.has(member) === off) return;
  if (off) hidden.add(member);
  else hidden.delete(member);
  for (const table of tables) {
    if (!table.sound) continue;
    table.sound = false;
    for (const [key, row] of rowsOf(table, member)) {
      for (const [index, { score }] of table.definition.orderings.entries()) {
        const board = table.boards[index];
        const value = scoreOf(score, row);
        if (board !== undefined) moveOnBoard(board, key, off ? value : undefined, off ? undefined : value);
      }
    }
    table.sound = true;
  }
};

/** The members hidden by rows of a table. */
export const hiddenBy = (table: Table): Set<string> => {
  const hidden = new Set<string>();
  let after: string | undefined;
  for (;;) {
    const found = scanTable(table, { prefix: '', after, reverse: false, limit: chunkRows });
    for (const [key] of found) hidden.add(memberOf(key));
    after = found.at(-1)?.[0];
    if (found.length < chunkRows) return hidden;
  }
};
