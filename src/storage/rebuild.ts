import type { EncodedKey } from '../kernel/key.ts';
import { refillBoard } from './orderings/board.ts';
import { boardsPrefix, justBehind, keysUnder } from './row-keys.ts';
import { scanTable } from './scan.ts';
import { isHidden, scoreOf, type Table, termOf } from './table.ts';

const chunkRows = 1_000;

const storedBoardKeys = ({ rows, guild, definition }: Table): readonly string[] => {
  const { to, ...start } = keysUnder(boardsPrefix(guild, definition.name));
  const keys: string[] = [];
  let { from } = start;
  for (;;) {
    const chunk = rows.range({ from, to, reverse: false, limit: chunkRows });
    keys.push(...chunk.map(([key]) => key));
    const last = keys.at(-1);
    if (last === undefined || chunk.length < chunkRows) return keys;
    from = justBehind(last);
  }
};

/**
 * Derives count, totals and boards of a table from all its rows: after a snapshot that was cut short, or when a new
 * version of the program derives something else. Takes about 5 µs a row. Throws `DamagedStoreError` when a row cannot
 * be read.
 */
export const deriveAnew = (table: Table): void => {
  const { orderings, totals } = table.definition;
  const entries: (readonly [EncodedKey, number])[][] = orderings.map(() => []);
  const sums = totals.map(() => 0n);
  let count = 0;
  let after: EncodedKey | undefined;
  for (;;) {
    const chunk = scanTable(table, { prefix: '', after, reverse: false, limit: chunkRows });
    for (const [key, row] of chunk) {
      for (const [index, { score }] of orderings.entries()) {
        const value = isHidden(table, key) ? undefined : scoreOf(score, row);
        if (value !== undefined) entries[index]?.push([key, value]);
      }
      for (const [index, { term }] of totals.entries()) {
        sums[index] = (sums[index] ?? 0n) + BigInt(termOf(term, row));
      }
      count += 1;
    }
    after = chunk.at(-1)?.[0];
    if (chunk.length < chunkRows) break;
  }
  const stored = storedBoardKeys(table);
  const { boards } = table;
  for (const [index, board] of boards.entries()) {
    const own = stored.filter((key) => key.startsWith(board.prefix));
    refillBoard(board, entries[index] ?? [], own);
  }
  table.obsolete = stored.filter((key) => !boards.some(({ prefix }) => key.startsWith(prefix)));
  table.count = count;
  for (const [index, sum] of sums.entries()) table.totals[index] = sum;
  table.sound = true;
};
