import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { openLmdbRows } from '../../../src/storage/rows/lmdb-rows.ts';

const child = new URL('kill.child.ts', import.meta.url).pathname;

/** Writes batches from this number on in a process of its own, kills it after some, and gives the last it said. */
const writeUntilKilled = async (folder: string, first: number, rowCount: number, batches: number): Promise<number> => {
  const writer = spawn(process.execPath, [child, folder, String(first), String(rowCount)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(writer, 'close');
  let last = first - 1;
  for await (const line of createInterface({ input: writer.stdout })) {
    last = Number(line);
    if (last >= first + batches) writer.kill('SIGKILL');
  }
  await closed;
  return last;
};

test('kill -9 loses no batch that was told written, and leaves none of which only a part is there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'guildhall-kill-'));
  let next = 0;
  for (const [rowCount, batches] of [
    [200, 3],
    [2_500, 2],
    [1, 30],
    [2_500, 4],
  ] as const) {
    const told = await writeUntilKilled(folder, next, rowCount, batches);
    const rows = await openLmdbRows({ folder });
    const found = rows.range({ from: 'row ', to: 'row ~', reverse: false, limit: rowCount });
    const numbers = new Set(
      Array.from({ length: rowCount }, (_, at) => Number.parseInt(new TextDecoder().decode(rows.get(`row ${at}`)), 10)),
    );
    expect(found).toHaveLength(rowCount);
    expect(numbers.size).toBe(1);
    const [stored = -1] = numbers;
    expect(stored).toBeGreaterThanOrEqual(told);
    expect(stored).toBeLessThanOrEqual(told + 1);
    next = stored + 1;
    await rows.write(found.map(([key]) => ({ key, value: undefined })));
    await rows.close();
  }
  await rm(folder, { recursive: true });
});
