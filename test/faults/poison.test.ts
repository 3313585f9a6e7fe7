import { describe, expect, test } from 'vitest';
import { accounts } from '../../src/features/wallet/state.ts';
import { encodeKey } from '../../src/kernel/key.ts';
import { collectionPrefix, headKey } from '../../src/storage/row-keys.ts';
import { type Disks, freshDisks, type House, openHouse } from '../house/house.ts';
import { alice, ask, bob, carol, elsewhere, home, pay, walletOf } from './people.ts';

// Fault 56 through the directory: one guild's rows or journal entries cannot be read, all others go on.

const quarantined = { refused: 'core.quarantined', with: {} };
const noise = Buffer.from([0x91, 9]);
const rowKey = `${collectionPrefix(home, accounts.name)}${encodeKey(accounts.key, [alice])}`;

/** Alice has 85 and bob 115 in both guilds; the last five are in no snapshot, when `withTail` says so. */
const written = async (withTail: boolean): Promise<Disks> => {
  const disks = freshDisks();
  const house = await openHouse(disks);
  for (const guild of [home, elsewhere]) {
    for (const member of [alice, bob]) await walletOf(house, member, guild);
    await pay(house, '10', guild);
  }
  if (withTail) await house.store.snapshot();
  for (const guild of [home, elsewhere]) await pay(house, '5', guild);
  if (!withTail) await house.store.snapshot();
  return left(disks);
};

const left = ({ files, rows }: Disks): Disks => ({
  files: files.afterPowerCut(() => 0),
  rows: rows.afterPowerCut(() => 0),
});

const expectAlone = async (house: House, reason: RegExp): Promise<void> => {
  expect(await walletOf(house, alice)).toBe('core.quarantined');
  expect(await pay(house, '1')).toEqual(quarantined);
  expect(await ask(house, 'core.leaderboard.open')).toEqual(quarantined);
  const complete = () => [{ name: 'a', value: 'a' }];
  const question = { guild: home, member: alice, permissions: 0n, complete, typed: '' };
  expect(await house.directory.suggest(question)).toEqual([]);
  expect(house.directory.quarantines()).toEqual([
    { guild: home, at: expect.any(Number), reason: expect.stringMatching(reason) },
  ]);
  expect(house.directory.figures(home)).toBeUndefined();
  expect(house.registry.text('en')('core.quarantined')).toContain("operator's attention");

  expect(await walletOf(house, bob, elsewhere)).toBe(115);
  expect(await pay(house, '5', elsewhere)).toMatchObject({ done: { wallet: 80 } });
  await house.store.snapshot();
  house.directory.evictIdle(0);
  expect(await walletOf(house, alice, elsewhere)).toBe(80);
  expect(await walletOf(house, alice)).toBe('core.quarantined');
};

describe('fault 56', () => {
  test.each([
    ['a poison row', rowKey],
    ['a poison head', headKey(home)],
  ])('%s quarantines its guild alone, which is whole again when the row is', async (_name, key) => {
    const disks = await written(true);
    const good = disks.rows.get(key);
    await disks.rows.write([{ key, value: noise }]);
    const house = await openHouse(disks);
    await expectAlone(house, /guild 100000000000000001 cannot be brought up to date/);
    await house.stop();

    // Nothing of the guild was lost meanwhile, though the journal was trimmed.
    const repaired = left(disks);
    await repaired.rows.write([{ key, value: good }]);
    const again = await openHouse(repaired);
    expect(await walletOf(again, alice)).toBe(85);
    expect(await walletOf(again, bob)).toBe(115);
    expect(await pay(again, '85')).toMatchObject({ done: { wallet: 0 } });
    await again.stop();
  });

  test('a poison row that is met by an operation only quarantines its guild alone', async () => {
    const disks = await written(false);
    const house = await openHouse(disks);
    // The guild opens, and then the row is damaged: whoever does not touch it is answered.
    expect(await walletOf(house, bob)).toBe(115);
    await disks.rows.write([{ key: rowKey, value: noise }]);
    const answers = await Promise.all([walletOf(house, alice), walletOf(house, bob), walletOf(house, carol)]);
    expect(answers).toEqual(['core.bug', 'core.quarantined', 'core.quarantined']);
    await expectAlone(house, /economy\.account/);
    await house.stop();
  });
});
