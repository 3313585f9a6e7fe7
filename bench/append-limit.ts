import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { removeFolder, scratchFolder } from './house.ts';
import { closedLoop, numbers, zipf } from './load.ts';

/**
 * The limit of what can be durable: a plain reducer over a map of balances, each pay a record of `recordBytes` in an
 * append-only file, one write and one fdatasync for all that gathered meanwhile. No actors, no rows on disk, no
 * deduplication. Gives pays a second.
 */
export const appendLimitRound = async (
  durationMs: number,
  outstanding: number,
  recordBytes: number,
  seed: number,
): Promise<number> => {
  const folder = await scratchFolder();
  const file = await open(join(folder, 'log'), 'w');
  const next = numbers(seed);
  const pickGuild = zipf(10_000, next);
  const balances = new Map<number, number>();
  let gathering: Buffer[] = [];
  let waiters: (() => void)[] = [];
  let writing = false;
  let offset = 0;
  const flush = async (): Promise<void> => {
    writing = true;
    while (gathering.length > 0) {
      const block = Buffer.concat(gathering);
      const released = waiters;
      gathering = [];
      waiters = [];
      await file.write(block, 0, block.length, offset);
      await file.datasync();
      offset += block.length;
      for (const release of released) release();
    }
    writing = false;
  };
  const pay = (): Promise<void> => {
    const guild = pickGuild();
    const from = guild * 20 + Math.floor(next() * 20);
    const to = guild * 20 + Math.floor(next() * 20);
    const held = balances.get(from) ?? 100;
    if (held > 0 && from !== to) {
      balances.set(from, held - 1);
      balances.set(to, (balances.get(to) ?? 100) + 1);
    }
    const record = Buffer.alloc(recordBytes, 1);
    record.writeUInt32LE(from, 0);
    record.writeUInt32LE(to, 4);
    gathering.push(record);
    return new Promise((resolve) => {
      waiters.push(resolve);
      if (!writing) {
        writing = true;
        setImmediate(() => void flush());
      }
    });
  };
  await closedLoop(outstanding, 500, pay);
  const perSecond = await closedLoop(outstanding, durationMs, pay);
  await file.close();
  await removeFolder(folder);
  return perSecond;
};
