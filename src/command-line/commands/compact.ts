import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { nextTurn, syncFolder } from '../../storage/folders.ts';
import { lockFolder } from '../../storage/owner-lock.ts';
import type { RowWrite } from '../../storage/ports.ts';
import { isAnswerKey, justBehind } from '../../storage/row-keys.ts';
import { dataFileName } from '../../storage/rows/lmdb-file.ts';
import { openLmdbRows } from '../../storage/rows/lmdb-rows.ts';
import { folderBytes, requireStore } from '../folders.ts';
import type { CommandParts } from '../parts.ts';
import { withWorkFolder } from '../service/service.ts';
import { bytesText, countText, spanText } from '../words.ts';

const rowsAtOnce = 2_000;
const behindAll = '\uffff';

const copyRows = async (from: string, to: string): Promise<number> => {
  const source = await openLmdbRows({ folder: from });
  const target = await openLmdbRows({ folder: to });
  let count = 0;
  try {
    let first = '';
    for (;;) {
      const found = source.range({ from: first, to: behindAll, reverse: false, limit: rowsAtOnce });
      const kept = found.filter(([key]) => !isAnswerKey(key));
      await target.write(kept.map(([key, value]): RowWrite => ({ key, value })));
      count += kept.length;
      first = justBehind(found.at(-1)?.[0] ?? '');
      if (found.length < rowsAtOnce) return count;
      await nextTurn();
    }
  } finally {
    await target.close();
    await source.close();
  }
};

/**
 * Writes the rows anew, row by row: LMDB keeps bytes of rows that are gone in pages it has not used again. Only while
 * no bot runs; the new file takes the place of the old one at once.
 */
export const compact = async (parts: CommandParts, { data }: { readonly data: string }): Promise<void> => {
  const startedMs = parts.monotonicMs();
  const folder = await requireStore(data);
  const lock = await lockFolder(folder);
  try {
    const rows = join(folder, 'rows');
    const before = await folderBytes(rows);
    // A newer store is refused, and a tail in the journal brought into the rows, before anything is replaced.
    const { registry } = await parts.declare(folder);
    await (await parts.openData(registry, folder)).shutdown();
    const count = await withWorkFolder(folder, async (work) => {
      const copied = await copyRows(rows, join(work, 'rows'));
      await rename(join(work, 'rows', dataFileName), join(rows, dataFileName));
      await rm(join(rows, 'lock.mdb'), { force: true });
      await syncFolder(rows);
      return copied;
    });
    const after = await folderBytes(rows);
    parts.say(
      `Compacted ${countText(count, 'row')} from ${bytesText(before)} to ${bytesText(after)} in ${spanText(parts.monotonicMs() - startedMs)}.`,
    );
  } finally {
    await lock.release();
  }
};
