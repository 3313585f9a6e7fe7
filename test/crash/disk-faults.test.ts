// The real processes on a disk that waits or fails, by way of strace: what the operating system says is all they know.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type Answered, freshFolder, Guildhall } from '../end-to-end/guildhall.ts';
import { noStrace, type Tampering, tamper } from './strace.ts';

const delayMs = 300;

interface Scene {
  readonly folder: string;
  readonly hall: Guildhall;
  readonly guild: string;
  readonly owner: string;
  readonly payer: string;
  readonly receiver: string;
  readonly journal: string;
  readonly rows: string;
}

let hall: Guildhall | undefined;
let tampering: Tampering | undefined;
afterEach(async () => {
  await tampering?.end();
  tampering = undefined;
  await hall?.killAll();
  hall = undefined;
});

const start = async (folder: string, environment: Readonly<Record<string, string>>): Promise<Guildhall> => {
  hall = await Guildhall.start(folder, { GUILDHALL_LOG: 'error', ...environment });
  return hall;
};

/** The payer has 90 and the receiver 110, answered. */
const begin = async (environment: Readonly<Record<string, string>>): Promise<Scene> => {
  const folder = await freshFolder();
  const started = await start(folder, environment);
  const [server] = (await started.state()).guilds;
  const [payer = '', receiver = ''] =
    server?.members.filter(({ bot, id }) => !bot && id !== server.ownerId).map(({ id }) => id) ?? [];
  const guild = server?.id ?? '';
  await started.balance(guild, receiver);
  const name = readdirSync(join(folder, 'journal')).find((one) => one.endsWith('.journal')) ?? '';
  const scene = {
    folder,
    hall: started,
    guild,
    owner: server?.ownerId ?? '',
    payer,
    receiver,
    journal: join(folder, 'journal', name),
    rows: join(folder, 'rows/data.mdb'),
  };
  await pay(scene, 10);
  return scene;
};

const pay = ({ hall: asked, guild, payer, receiver }: Scene, amount: number): Promise<Answered> =>
  asked.command(guild, payer, 'pay', { member: receiver, amount });
const said = ({ message }: Answered): string => JSON.stringify([message?.content, message?.embeds]);
const wallets = async ({ hall: asked, guild, payer, receiver }: Scene): Promise<readonly number[]> => [
  (await asked.balance(guild, payer)).wallet,
  (await asked.balance(guild, receiver)).wallet,
];
const debug = async ({ hall: asked, guild, owner }: Scene): Promise<Readonly<Record<string, string>>> => {
  const { message } = await asked.command(guild, owner, 'debug actor');
  return Object.fromEntries((message?.embeds[0]?.fields ?? []).map(({ name, value }) => [name, value]));
};

/** Everything is killed and started again, on a disk that works. */
const again = async (scene: Scene): Promise<Scene> => {
  await tampering?.end();
  tampering = undefined;
  await scene.hall.killAll();
  return { ...scene, hall: await start(scene.folder, {}) };
};

/** What the log says of a file that failed: one line each, with what the system said. */
const linesAbout = ({ hall: { output } }: Scene, code: string): readonly string[] =>
  output()
    .split('\n')
    .filter((line) => line.includes(code));

describe.skipIf(noStrace !== undefined)(`a disk that ${noStrace ?? 'waits'}`, () => {
  test('no answer to a change, and none that shows one, comes before the journal is on disk', async () => {
    const scene = await begin({ GUILDHALL_SNAPSHOT_SECONDS: '3600' });
    tampering = await tamper(scene.folder, scene.journal, `pwrite64:delay_exit=${delayMs * 1_000}`);
    for (let count = 0; count < 3; count += 1) {
      const from = performance.now();
      const times: [string, number][] = [];
      const timed = async (name: string, asking: Promise<unknown>): Promise<void> => {
        await asking;
        times.push([name, performance.now() - from]);
      };
      const { hall: asked, guild, receiver, payer } = scene;
      const paying = timed('pay', pay(scene, 1));
      // What promises nothing does not wait.
      const suggesting = timed(
        'suggestion',
        asked.post(`/sim/guilds/${guild}/autocomplete`, {
          user: payer,
          command: 'stocks buy',
          options: { symbol: 'T' },
          focused: 'symbol',
        }),
      );
      const looking = timed('balance', asked.command(guild, receiver, 'bank history'));
      await Promise.all([paying, suggesting, looking]);
      expect(times[0]?.[0]).toBe('suggestion');
      expect(times.find(([name]) => name === 'pay')?.[1]).toBeGreaterThanOrEqual(delayMs);
    }
    expect(await wallets(await again(scene))).toEqual([87, 113]);
  });
});

describe.skipIf(noStrace !== undefined)('fault 52: a journal that cannot be written', () => {
  test.each([
    ['EIO', 'pwrite64'],
    ['ENOSPC', 'pwrite64'],
    // The disk does not even let what was written be taken back.
    ['EIO', 'pwrite64,ftruncate,fsync'],
  ])('%s on %s: nothing answered is lost, nothing unanswered is seen, all are told', async (code, calls) => {
    const scene = await begin({ GUILDHALL_SNAPSHOT_SECONDS: '3600' });
    tampering = await tamper(scene.folder, scene.journal, `${calls}:error=${code}`);
    const together = await Promise.all([1, 2, 3, 4].map((amount) => pay(scene, amount)));
    for (const answer of together)
      expect(said(answer)).toContain('Nothing was changed: the bot cannot write to its disk');
    expect(await wallets(scene)).toEqual([90, 110]);
    expect(said(await pay(scene, 5))).toContain('Nothing was changed');
    expect(said(await scene.hall.command(scene.guild, scene.owner, 'leaderboard'))).toContain(scene.receiver);
    const figures = await debug(scene);
    expect(figures['Journal position']).toBe(figures['Durable position']);
    expect(JSON.stringify(figures)).toMatch(/fail|cannot/i);
    expect(linesAbout(scene, code)).toEqual([expect.stringMatching(/the journal in .* cannot be written/)]);
    const restarted = await again(scene);
    expect(await wallets(restarted)).toEqual([90, 110]);
    expect(said(await pay(restarted, 5))).toContain('paid');
  });

  test('EIO on the sync that snapshots wait for: what survives the process stays, changes are refused', async () => {
    const scene = await begin({ GUILDHALL_SNAPSHOT_SECONDS: '1', GUILDHALL_DURABILITY: 'process' });
    tampering = await tamper(scene.folder, scene.journal, 'fsync:error=EIO');
    let answered = 0;
    await expect
      .poll(
        async () => {
          const answer = said(await pay(scene, 1));
          if (answer.includes('paid')) answered += 1;
          return answer;
        },
        { timeout: 20_000, interval: 50 },
      )
      .toContain('Nothing was changed');
    expect(await wallets(scene)).toEqual([90 - answered, 110 + answered]);
    expect(linesAbout(scene, 'EIO')[0]).toMatch(/the journal in .* cannot be written/);
    expect(await wallets(await again(scene))).toEqual([90 - answered, 110 + answered]);
  });
});

describe.skipIf(noStrace !== undefined)('fault 52: rows that cannot be written', () => {
  test.each([
    ['EIO', 'writev,pwritev,pwrite64'],
    ['ENOSPC', 'writev,pwritev,pwrite64'],
    ['EIO', 'fdatasync'],
  ])('%s on %s: operations go on, and a later start has everything', async (code, calls) => {
    const scene = await begin({ GUILDHALL_SNAPSHOT_SECONDS: '1' });
    tampering = await tamper(scene.folder, scene.rows, `${calls}:error=${code}`);
    let paid = 0;
    await expect
      .poll(
        async () => {
          expect(said(await pay(scene, 1))).toContain('paid');
          paid += 1;
          return linesAbout(scene, 'could not be written').length;
        },
        { timeout: 20_000, interval: 100 },
      )
      .toBeGreaterThan(1);
    expect(await wallets(scene)).toEqual([90 - paid, 110 + paid]);
    expect(linesAbout(scene, 'could not be written')[0]).toMatch(/the rows in .* could not be written/);
    expect(await debug(scene)).toHaveProperty('Snapshot position');
    const restarted = await again(scene);
    expect(await wallets(restarted)).toEqual([90 - paid, 110 + paid]);
    expect(said(await pay(restarted, 1))).toContain('paid');
  });

  test('EIO on the page that ends a commit, which LMDB does not go on from: the bot ends and says what helps', async () => {
    const scene = await begin({ GUILDHALL_SNAPSHOT_SECONDS: '1' });
    tampering = await tamper(scene.folder, scene.rows, 'pwrite64:error=EIO');
    let paid = 0;
    await expect
      .poll(
        async () => {
          if (said(await pay(scene, 1)).includes('paid')) paid += 1;
          return scene.hall.output();
        },
        { timeout: 20_000, interval: 100 },
      )
      .toContain('The bot ended (code 1)');
    const lines = linesAbout(scene, 'Nothing that was answered is lost');
    expect(lines).toEqual([expect.stringMatching(/rows\/data\.mdb could not be written .* start the bot again/)]);
    expect(scene.hall.output()).not.toMatch(/damaged|quarantine|backup/);
    const [payer, receiver] = await wallets(await again(scene));
    // One more may have been durable and not answered when it ended.
    expect([90 - paid, 89 - paid]).toContain(payer);
    expect((payer ?? 0) + (receiver ?? 0)).toBe(200);
  });
});
