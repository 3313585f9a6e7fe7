import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { removeFolder, scratchFolder } from './house.ts';
import { numbers } from './load.ts';

/**
 * What the bots this project replaces do: one JSON file of 100 guilds × 1,000 members, loaded, changed and saved for
 * each command. Not even durable, and one command at a time. Gives pays a second.
 */
export const jsonFileRound = async (durationMs: number, seed: number): Promise<number> => {
  const folder = await scratchFolder();
  const path = join(folder, 'data.json');
  const member = (): object => ({
    wallet: 100,
    bank: 0,
    debt: 0,
    lastDaily: null,
    inventory: { rod: 1 },
    history: [{ kind: 'start', coins: 100, at: 1_700_000_000_000 }],
  });
  const members = (): object =>
    Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`20000000000000${index}`, member()]));
  await writeFile(
    path,
    JSON.stringify(
      Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`10000000000000${index}`, members()])),
    ),
  );
  const next = numbers(seed);
  const startedMs = performance.now();
  let count = 0;
  while (performance.now() - startedMs < durationMs) {
    const data = JSON.parse(await readFile(path, 'utf8')) as Record<string, Record<string, { wallet: number }>>;
    const guild = data[`10000000000000${Math.floor(next() * 100)}`];
    const from = guild?.[`20000000000000${Math.floor(next() * 1000)}`];
    const to = guild?.[`20000000000000${Math.floor(next() * 1000)}`];
    if (from && to && from.wallet > 0) {
      from.wallet -= 1;
      to.wallet += 1;
    }
    await writeFile(path, JSON.stringify(data));
    count += 1;
  }
  const perSecond = (count * 1000) / (performance.now() - startedMs);
  await removeFolder(folder);
  return perSecond;
};
