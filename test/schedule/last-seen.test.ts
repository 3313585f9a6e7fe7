import { mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { epochMs } from '../../src/kernel/ids.ts';
import { readLastSeen, writeLastSeen } from '../../src/schedule/last-seen.ts';

const freshFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'guildhall-last-seen-'));

test('what was kept is read, the newest only, and nothing else is left', async () => {
  const folder = await freshFolder();
  expect(await readLastSeen(folder)).toBeUndefined();
  await writeLastSeen(folder, epochMs(1_000));
  await writeLastSeen(folder, epochMs(2_000));
  expect(await readLastSeen(folder)).toBe(2_000);
  expect(await readdir(folder)).toEqual(['last-seen']);
});

test.each(['', '12', 'soon\n', '12.5\n'])('what is no time counts as none: %j', async (text) => {
  const folder = await freshFolder();
  await writeFile(join(folder, 'last-seen'), text);
  expect(await readLastSeen(folder)).toBeUndefined();
});

test('a draft that was never finished does not count', async () => {
  const folder = await freshFolder();
  await writeLastSeen(folder, epochMs(1_000));
  await writeFile(join(folder, 'last-seen.new'), '2');
  expect(await readLastSeen(folder)).toBe(1_000);
});
