// Run by full-disk.test.ts under a limit of file sizes: fills the rows until a write fails, and reports what is left.
import { type Rows, RowsWriteError } from '../../../src/storage/ports.ts';
import { openLmdbRows } from '../../../src/storage/rows/lmdb-rows.ts';

const rowsPerBatch = 200;
const batches = 12;
const folder = process.argv[2] ?? '';

const batch = (number: number) =>
  Array.from({ length: rowsPerBatch }, (_, at) => ({ key: `${number} ${at}`, value: new Uint8Array(3_000) }));
const counts = (rows: Rows): readonly number[] =>
  Array.from(
    { length: batches },
    (_, number) => rows.range({ from: `${number} `, to: `${number} ~`, reverse: false, limit: 999 }).length,
  );

const rows = await openLmdbRows({ folder });
const outcomes: string[] = [];
for (let number = 0; number < batches; number += 1) {
  try {
    await rows.write(batch(number));
    outcomes.push('written');
  } catch (error) {
    if (!(error instanceof RowsWriteError)) throw error;
    outcomes.push('refused');
  }
}
const readable = counts(rows);
await rows.close();
const reopened = await openLmdbRows({ folder });
const stored = counts(reopened);
await reopened.write(batch(0).map(({ key }) => ({ key, value: undefined })));
const afterRemoval = counts(reopened)[0];
await reopened.close();
process.stdout.write(JSON.stringify({ outcomes, readable, stored, afterRemoval }));
