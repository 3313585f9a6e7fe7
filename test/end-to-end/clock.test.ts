import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Answered, freshFolder, Guildhall } from './guildhall.ts';

const deadlines = ({ message }: Answered): string | undefined =>
  message?.embeds[0]?.fields?.find(({ name }) => name === 'Deadlines')?.value;

test('a start long after the newest time seen holds deadlines until an owner of the bot lets them fall', async () => {
  const folder = await freshFolder();
  const first = await Guildhall.start(folder);
  const [guild] = (await first.state()).guilds;
  if (!guild) throw new Error('the first world has a server');
  const { id, ownerId } = guild;
  const look = async (hall: Guildhall, options = {}): Promise<string | undefined> =>
    deadlines(await hall.command(id, ownerId, 'debug timers', options));
  expect(await look(first)).toBe('fall when they are due');
  expect(await first.stop()).toBe(0);

  await writeFile(join(folder, 'last-seen'), '1000000000000\n');
  const second = await Guildhall.start(folder, { GUILDHALL_OWNERS: ownerId, GUILDHALL_CLOCK_GRACE_SECONDS: '86400' });
  expect(second.output().match(/deadlines are held/g)).toHaveLength(1);
  expect(await look(second)).toMatch(/^are held/);
  await second.post('/sim/clock', { advanceMs: 3_600_000 });
  await second.post('/sim/settle', {});
  const market = async (): Promise<string> => JSON.stringify(await second.command(id, ownerId, 'debug market'));
  const held = await market();
  expect(await look(second, { release: true })).toMatch(/^fall again/);
  await second.post('/sim/settle', {});
  expect(await look(second)).toBe('fall when they are due');
  const version = (text: string): number => Number(/market\.quotes: version (\d+)/.exec(text)?.[1]);
  expect(version(await market())).toBeGreaterThan(version(held));
  await second.killAll();
});
