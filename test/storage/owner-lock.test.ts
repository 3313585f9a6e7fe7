import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FolderInUseError, lockFolder } from '../../src/storage/owner-lock.ts';

const child = new URL('owner-lock.child.ts', import.meta.url).pathname;

interface Contender {
  readonly process: ChildProcess;
  /** The one line it says: `owner`, or why not. */
  readonly says: Promise<string>;
}

describe('the lock of a data folder', () => {
  let folder: string;
  let contenders: Contender[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guildhall-lock-'));
    contenders = [];
  });

  const end = async ({ process }: Contender): Promise<void> => {
    if (process.exitCode !== null || process.signalCode !== null) return;
    const ended = once(process, 'exit');
    process.kill('SIGKILL');
    await ended;
  };

  afterEach(async () => {
    await Promise.all(contenders.map(end));
    await rm(folder, { recursive: true });
  });

  const start = (): Contender => {
    const started = spawn(process.execPath, [child, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    const says = once(createInterface({ input: started.stdout }), 'line').then(([line]: string[]) => line ?? '');
    const contender = { process: started, says };
    contenders.push(contender);
    return contender;
  };

  test('makes its folder, keeps the same process out too, and is free again when released', async () => {
    const deeper = join(folder, 'not', 'there');
    const lock = await lockFolder(deeper);
    await expect(lockFolder(deeper)).rejects.toThrow(FolderInUseError);
    await lock.release();
    await lock.release();
    const again = await lockFolder(deeper);
    await again.release();
  });

  test('a second process is told who has the folder, in one line, and the first keeps it', async () => {
    const first = start();
    expect(await first.says).toBe('owner');
    const expected = `The data folder ${folder} is in use by process ${first.process.pid} on `;
    const second = start();
    expect((await second.says).slice(0, expected.length)).toBe(expected);
    await expect(lockFolder(folder)).rejects.toThrow(expected);
    expect(await start().says).not.toBe('owner');
  });

  test('a folder whose owner was killed is free at once, as often as that happens', async () => {
    for (let time = 0; time < 4; time += 1) {
      const owner = start();
      expect(await owner.says).toBe('owner');
      await end(owner);
    }
    const lock = await lockFolder(folder);
    await lock.release();
  });

  test('of processes that start at the same moment exactly one becomes the owner', async () => {
    for (let round = 0; round < 3; round += 1) {
      const racing = [start(), start(), start()];
      const said = await Promise.all(racing.map(({ says }) => says));
      expect(said.filter((line) => line === 'owner')).toHaveLength(1);
      expect(said.filter((line) => line.startsWith(`The data folder ${folder} is in use by `))).toHaveLength(2);
      await Promise.all(racing.map(end));
    }
  });
});
