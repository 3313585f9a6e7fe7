// Run by kill.test.ts: writes batch after batch and says each that is on disk, until it is killed.
import { openLmdbRows } from '../../../src/storage/rows/lmdb-rows.ts';

const [, , folder = '', first = '0', rowCount = '1'] = process.argv;
const rows = await openLmdbRows({ folder });
for (let number = Number(first); ; number += 1) {
  const value = new TextEncoder().encode(String(number).padEnd(300, '.'));
  await rows.write(Array.from({ length: Number(rowCount) }, (_, at) => ({ key: `row ${at}`, value })));
  process.stdout.write(`${number}\n`);
}
