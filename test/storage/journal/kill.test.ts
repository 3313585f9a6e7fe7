import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { openSegmentJournal } from '../../../src/storage/journal/segment-journal.ts';
import { noPosition } from '../../../src/storage/ports.ts';

const child = new URL('kill.child.ts', import.meta.url).pathname;
const entriesPerLife = 3_000;

/** Appends in a process of its own, kills it after some thousand entries, and gives the last position it said. */
const appendUntilKilled = async (folder: string, durability: string, first: number): Promise<number> => {
  const writer = spawn(process.execPath, [child, folder, durability], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(writer, 'close');
  let last = 0;
  for await (const line of createInterface({ input: writer.stdout })) {
    last = Number(line);
    if (last >= first + entriesPerLife) writer.kill('SIGKILL');
  }
  await closed;
  return last;
};

test.each(['power', 'process'] as const)('kill -9 loses no entry that was told durable: %s', async (durability) => {
  const folder = await mkdtemp(join(tmpdir(), 'guildhall-kill-'));
  let stored = 0;
  for (let life = 0; life < 3; life += 1) {
    const durable = await appendUntilKilled(folder, durability, stored);
    const journal = await openSegmentJournal({ folder, durability, segmentBytesMax: 400_000 });
    stored = 0;
    for (const { position, bytes } of journal.replay(noPosition)) {
      stored += 1;
      expect(position).toBe(stored);
      expect(Number.parseInt(Buffer.from(bytes).toString('latin1'), 10)).toBe(stored);
    }
    expect(stored).toBeGreaterThanOrEqual(durable);
    await journal.close();
  }
  await rm(folder, { recursive: true });
});
