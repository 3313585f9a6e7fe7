import { describe, expect, test } from 'vitest';
import type { Request } from '../../src/actors/request.ts';
import { type DebugSubject, debugFeature } from '../../src/operator/debug.ts';
import { type Changes, type Disks, freshDisks, type House, openHouse } from '../house/house.ts';
import { alice, ask, bob, carol, elsewhere, home, interaction, pay, person, walletOf } from './people.ts';

// Fault 52 with the real store, journal and actors on a simulated disk.

interface Scene {
  readonly house: House;
  readonly disks: Disks;
  readonly errors: readonly unknown[];
}

const open = async (disks: Disks = freshDisks()): Promise<Scene> => {
  const errors: unknown[] = [];
  let subject: DebugSubject | undefined;
  const debug = debugFeature(() => subject ?? expect.unreachable());
  const changes: Changes = { features: [debug], onError: (error) => void errors.push(error) };
  const house = await openHouse(disks, changes);
  subject = {
    ...house,
    worlds: new Map(),
    deadlines: { hold: () => undefined, release: () => false },
    owners: new Set(),
  };
  return { house, disks, errors };
};

/** What the next start finds when the power fails now. */
const left = ({ files, rows }: Disks): Disks => ({
  files: files.afterPowerCut(() => 0),
  rows: rows.afterPowerCut(() => 0),
});

const notSaved = { refused: 'core.storage-failed', with: {} };

/** Alice has 90 and bob 110, durably, in both guilds. */
const begin = async (): Promise<Scene & { readonly paid: Request }> => {
  const scene = await open();
  const { house } = scene;
  for (const guild of [home, elsewhere]) {
    for (const member of [alice, bob]) await walletOf(house, member, guild);
  }
  await pay(house, '10', elsewhere);
  const paid = interaction(house, 'economy.pay', { member: person(bob), amount: '10' });
  expect(await house.directory.ask(paid)).toMatchObject({ done: { wallet: 90 } });
  return { ...scene, paid };
};

describe.each([
  ['a write that finds the disk full', (disks: Disks) => disks.files.failWrite(1, 'ENOSPC')],
  ['a write that breaks', (disks: Disks) => disks.files.failWrite(1, 'EIO')],
  ['a sync that breaks', (disks: Disks) => disks.files.failSync(1, 'EIO')],
])('fault 52: %s under real actors', (_name, breakDisk) => {
  test('loses nothing answered, shows nothing unanswered, and says so to everybody', async () => {
    const { house, disks, errors, paid } = await begin();
    breakDisk(disks);
    const together = await Promise.all([
      pay(house, '20'),
      // It sees the payment before it, in memory: it may not tell.
      ask(house, 'economy.balance', {}, { member: bob }),
      ask(house, 'core.leaderboard.open'),
      pay(house, '5', elsewhere),
      pay(house, '1'),
    ]);
    expect(together).toEqual(together.map(() => notSaved));
    expect(house.store.failed).toBeDefined();
    // The operator is told, once.
    expect(errors.map(String)).toEqual([expect.stringMatching(/JournalFailedError.*(ENOSPC|EIO)/)]);

    // From now on: what is durable is shown.
    expect(await walletOf(house, alice)).toBe(90);
    expect(await walletOf(house, bob)).toBe(110);
    expect(await walletOf(house, bob, elsewhere)).toBe(110);
    expect(await ask(house, 'core.leaderboard.open')).toMatchObject({
      done: {
        standings: [
          { member: bob, score: 110 },
          { member: alice, score: 90 },
        ],
      },
    });
    expect(await ask(house, 'economy.bank.history')).toMatchObject({ done: { entries: [{ wallet: -10 }, {}] } });
    expect(await house.directory.ask(paid)).toMatchObject({ done: { wallet: 90 } });

    // And nothing can be changed, neither by those who were there nor by newcomers.
    for (const request of [
      interaction(house, 'economy.pay', { member: person(bob), amount: '1' }),
      interaction(house, 'economy.daily'),
      interaction(house, 'economy.balance', {}, { member: carol }),
      interaction(house, 'core.settings.set', { key: 'daily.amount', value: '1' }),
    ]) {
      expect(await house.directory.ask(request)).toEqual(notSaved);
    }
    expect(house.registry.text('en')('core.storage-failed')).toMatch(
      /^Nothing was changed: .* cannot write to its disk/,
    );

    const looked = await ask(house, 'operator.debug.actor');
    expect(looked).toMatchObject({ done: { actor: { inboxDepth: 0 }, store: { failed: true } } });
    const figures = house.directory.figures(home)?.state;
    expect(figures?.journalPosition).toBeLessThanOrEqual(house.store.figures().durablePosition);

    await house.stop();
    // What was told to be lost does not come back, be the machine the same or another power cut later.
    for (const files of [disks.files.afterKill(() => 1), disks.files.afterPowerCut(() => 0)]) {
      const again = await open({ files, rows: left(disks).rows });
      expect(await walletOf(again.house, alice)).toBe(90);
      expect(await walletOf(again.house, bob)).toBe(110);
      expect(await again.house.directory.ask(paid)).toMatchObject({ done: { wallet: 90 } });
      expect(await pay(again.house, '20')).toMatchObject({ done: { wallet: 70 } });
      await again.house.stop();
    }
  });
});

test('fault 52: guilds that were not in memory are read after the disk broke', async () => {
  const { house, disks } = await begin();
  await house.store.snapshot();
  // The two guilds, and the market.
  expect(house.directory.evictIdle(0)).toBe(3);
  disks.files.failWrite(1, 'ENOSPC');
  expect(await pay(house, '20')).toEqual(notSaved);
  expect(house.directory.figures(elsewhere)).toBeUndefined();
  expect(await walletOf(house, bob, elsewhere)).toBe(110);
  expect(await pay(house, '1', elsewhere)).toEqual(notSaved);
  await house.stop();
});

describe('fault 52: rows that cannot be written', () => {
  test.each(['ENOSPC', 'EIO'] as const)('(%s) end no operation, and the next snapshot has everything', async (code) => {
    const { house, disks } = await begin();
    for (let nth = 1; nth <= 3; nth += 1) {
      expect(await pay(house, '1')).toMatchObject({ done: {} });
      disks.rows.failWrite(1, code);
      const snapshot = house.store.snapshot();
      // While it is under way as well.
      const meanwhile = pay(house, '1');
      await expect(snapshot).rejects.toMatchObject({ name: 'RowsWriteError', message: expect.stringContaining(code) });
      expect(await meanwhile).toMatchObject({ done: { wallet: 90 - 2 * nth } });
    }
    const crashed = await open(left(disks));
    expect(await walletOf(crashed.house, alice)).toBe(84);
    expect(await walletOf(crashed.house, bob)).toBe(116);
    await house.store.snapshot();
    expect(house.directory.figures(home)?.state).toMatchObject({ rowsUnsnapshotted: 0 });
    await house.stop();
    const again = await open(left(disks));
    expect(await walletOf(again.house, alice)).toBe(84);
    await again.house.stop();
  });

  test('at every one of its batches lose nothing, whatever comes after', async () => {
    for (let failing = 1, failed = true; failed; failing += 1) {
      const { house, disks } = await begin();
      disks.rows.failWrite(failing, 'ENOSPC');
      failed = await house.store.snapshot().then(
        () => false,
        () => true,
      );
      expect(await pay(house, '30')).toMatchObject({ done: { wallet: 60 } });
      const again = await open(left(disks));
      expect(await walletOf(again.house, alice)).toBe(60);
      expect(await walletOf(again.house, bob, elsewhere)).toBe(110);
      expect(failing).toBeLessThan(20);
    }
  });
});
