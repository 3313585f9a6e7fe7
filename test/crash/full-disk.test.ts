// The real processes on a small disk of memory that is full: what a disk of a machine does when it has no room.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, open, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { fillJournal } from '../../crash/fill-journal.ts';
import { type Answered, EndedEarly, freshFolder, Guildhall } from '../end-to-end/guildhall.ts';

const mount = (folder: string, size: string): boolean =>
  spawnSync('/usr/bin/mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]).status === 0;
const unmount = (folder: string): void => {
  spawnSync('/usr/bin/umount', ['--lazy', folder]);
  rmSync(folder, { recursive: true, force: true });
};

/** Mounting needs a right that many have not. */
const noMount: string | undefined = ((): string | undefined => {
  if (process.platform !== 'linux') return 'mounts a tmpfs, which is Linux';
  const folder = mkdtempSync(join(tmpdir(), 'guildhall-mount-'));
  const mounted = mount(folder, '1m');
  unmount(folder);
  return mounted ? undefined : 'may not mount a tmpfs here';
})();

let hall: Guildhall | undefined;
let mounted: string | undefined;
afterEach(async () => {
  await hall?.killAll();
  hall = undefined;
  if (mounted !== undefined) unmount(mounted);
  mounted = undefined;
});

/** A data folder whose journal and rows are on a disk of this size; the local Discord keeps its world elsewhere. */
const dataOn = async (size: string): Promise<{ readonly data: string; readonly disk: string }> => {
  const disk = mkdtempSync(join(tmpdir(), 'guildhall-full-'));
  mounted = disk;
  expect(mount(disk, size)).toBe(true);
  const data = await freshFolder();
  for (const name of ['journal', 'rows']) {
    await mkdir(join(disk, name));
    await symlink(join(disk, name), join(data, name));
  }
  return { data, disk };
};

/** Takes all the room there is; gives how to give it back. */
const fill = async (disk: string): Promise<() => Promise<void>> => {
  const path = join(disk, 'filler');
  const file = await open(path, 'w');
  const bytes = Buffer.alloc(4_096, 1);
  try {
    for (;;) await file.write(bytes);
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
  } finally {
    await file.close();
  }
  return () => rm(path);
};

const start = async (data: string): Promise<Guildhall> => {
  hall = await Guildhall.start(data, { GUILDHALL_LOG: 'error', GUILDHALL_SNAPSHOT_SECONDS: '1' });
  return hall;
};
const said = ({ message }: Answered): string => JSON.stringify([message?.content, message?.embeds]);

describe.skipIf(noMount !== undefined)(`fault 52: a full disk${noMount === undefined ? '' : ` (${noMount})`}`, () => {
  test('a disk too small to begin on is refused in one line', async () => {
    const error: unknown = await start((await dataOn('8m')).data).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(EndedEarly);
    const { message, code } = error as EndedEarly;
    expect(message.trim().split('\n')).toEqual([expect.stringMatching(/^Guildhall cannot start: .*ENOSPC/)]);
    expect(code).toBe(1);
  });

  test('operations go on while there is room in the journal, then changes are refused; nothing answered is lost', async () => {
    const { data, disk } = await dataOn('180m');
    let running = await start(data);
    const [server] = (await running.state()).guilds;
    const guild = server?.id ?? '';
    const [payer = '', receiver = ''] = server?.members.filter(({ bot }) => !bot).map(({ id }) => id) ?? [];
    const pay = (): Promise<Answered> => running.command(guild, payer, 'pay', { member: receiver, amount: 1 });
    let paid = 0;
    const wallets = async (): Promise<readonly number[]> => [
      (await running.balance(guild, payer)).wallet,
      (await running.balance(guild, receiver)).wallet,
    ];
    await wallets();
    const giveBack = await fill(disk);

    // The journal has its room; the rows have none.
    await expect
      .poll(
        async () => {
          expect(said(await pay())).toContain('paid');
          paid += 1;
          return running.output();
        },
        { timeout: 20_000, interval: 300 },
      )
      .toMatch(/the rows in .* could not be written: .*[Nn]o space left/);
    expect(await wallets()).toEqual([100 - paid, 100 + paid]);

    // Killed and started again with no room at all, and little left in the journal's file.
    await running.killAll();
    await fillJournal(data, 3_000);
    running = await start(data);
    expect(await wallets()).toEqual([100 - paid, 100 + paid]);
    await expect
      .poll(
        async () => {
          const answer = said(await pay());
          if (answer.includes('paid')) paid += 1;
          return answer;
        },
        { timeout: 20_000, interval: 10 },
      )
      .toContain('Nothing was changed: the bot cannot write to its disk');
    expect(await wallets()).toEqual([100 - paid, 100 + paid]);
    expect(running.output()).toMatch(/the journal in .* cannot be written \(ENOSPC/);

    await running.killAll();
    await giveBack();
    running = await start(data);
    expect(await wallets()).toEqual([100 - paid, 100 + paid]);
    expect(said(await pay())).toContain('paid');
  });
});
