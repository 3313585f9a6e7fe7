import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { processesOn } from '../../crash/processes.ts';
import { startBotChild } from '../../src/local/bot-child.ts';
import { freshFolder, Guildhall } from '../end-to-end/guildhall.ts';

let hall: Guildhall | undefined;
afterEach(async () => {
  await hall?.killAll();
  hall = undefined;
});

test.skipIf(process.platform !== 'linux')(
  'a bot that native code ended is reported in one line, which names the command that puts back a backup',
  async () => {
    const folder = await freshFolder();
    hall = await Guildhall.start(folder, { GUILDHALL_LOG: 'silent' });
    const said = hall.output();
    process.kill(processesOn(folder).get('bot') ?? expect.unreachable(), 'SIGSEGV');
    const news = (): string => hall?.output().slice(said.length) ?? '';
    await expect.poll(news, { timeout: 10_000, interval: 5 }).toContain('The bot ended');
    expect(news().trim().split('\n')).toEqual([
      expect.stringMatching(/^The bot ended \(SIGSEGV, .* damaged .*npm run guildhall -- restore\)/),
    ]);
  },
);

test.skipIf(process.platform === 'win32')('and so is one that did not get as far as being ready', async () => {
  const entry = join(import.meta.dirname, 'abort.child.ts');
  const starting = startBotChild({ entry, api: 'http://127.0.0.1:9', clockOffsetMs: 0 });
  await expect(starting).rejects.toThrow(/while it started \(SIGABRT, .*npm run guildhall -- restore\)/);
});
