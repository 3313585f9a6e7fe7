// Forgetting, proven on the bytes: nothing that is kept names somebody who was erased, and no restore brings them back.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accounts, supply, supplyKey } from '../../src/features/wallet/state.ts';
import { erased } from '../../src/forgetting/state.ts';
import { errands } from '../../src/kernel/errand.ts';
import { pack } from '../../src/storage/codec.ts';
import { purse } from '../forgetting/purse.ts';
import {
  dayMs,
  filesWith,
  guild,
  hourMs,
  Installation,
  member,
  moneyAlone,
  type Running,
  rowsOf,
} from './installation.ts';

const home = guild(1);
const [alice, bob, carol] = [1, 2, 3].map(member) as [
  ReturnType<typeof member>,
  ReturnType<typeof member>,
  ReturnType<typeof member>,
];

let house: Installation;
let bot: Running;

beforeEach(async () => {
  house = await Installation.make();
  bot = await house.start();
});
afterEach(async () => {
  await bot.stop();
  await house.remove();
});

const backups = (): string => join(house.data, 'backups');
const pay = (from = alice, to = bob, amount = '10') =>
  bot.ask(home, from, 'economy.pay', { member: { id: to, bot: false, present: true }, amount });
const naming = (who: string): readonly string[] => rowsOf(bot, [home]).filter((row) => row.includes(who));

/** All that a member can leave behind. */
const live = async (): Promise<void> => {
  for (const who of [alice, bob, carol]) await bot.ask(home, who, 'economy.daily');
  await pay();
  await pay(bob, alice);
  await bot.ask(home, alice, 'purse.begin');
  await bot.ask(home, alice, 'purse.give', { member: bob, times: 3 });
  await bot.ask(home, bob, 'purse.give', { member: alice, times: 3 });
  await bot.ask(home, bob, 'purse.poll', { voters: [alice, carol] });
  await bot.ask(home, alice, 'purse.remind');
};
const eraseAlice = async (): Promise<void> => {
  await bot.tell(home, 'core.member-left', { member: alice });
  house.pass(72 * hourMs);
  await bot.fall();
  expect(naming(alice)).toEqual([]);
};
/** So many days, each with its upkeep. */
const pass = async (days: number): Promise<void> => {
  for (let day = 0; day < days; day += 1) {
    house.pass(dayMs);
    await bot.fall();
    await bot.upkeep.run();
  }
};
const heldBy = (who: string): number => {
  bot.directory.evictIdle(0);
  const state = bot.store.open(home);
  const row = state.row(accounts, who) as { wallet: number; bank: number } | undefined;
  bot.store.close(state);
  return row === undefined ? 0 : row.wallet + row.bank;
};
const conserved = (): void => {
  bot.directory.evictIdle(0);
  const state = bot.store.open(home);
  const { minted, burned } = state.row(supply, supplyKey[0]) as { minted: bigint; burned: bigint };
  expect(state.total(accounts, 'held')).toBe(minted - burned);
  bot.store.close(state);
};

describe('a member who was erased', () => {
  test('is in no byte of rows, journal, history or new backups, once history has expired', async () => {
    await live();
    await house.run('backup');
    const before = heldBy(bob);
    await eraseAlice();
    expect(heldBy(bob)).toBe(before);
    await bot.upkeep.run();
    expect((await filesWith(house.data, alice)).length).toBeGreaterThan(0);
    await pass(33);
    await house.run('backup');
    await bot.stop();
    await house.run('compact');
    expect(await filesWith(house.data, alice)).toEqual([]);
    // The search finds what is there.
    expect((await filesWith(house.data, bob)).length).toBeGreaterThan(1);
    bot = await house.start();
    expect(heldBy(bob)).toBe(before);
    conserved();
  });

  test('is in no new backup at once but in its journal, and in none of a day later', async () => {
    await live();
    await eraseAlice();
    await pass(2);
    await rm(backups(), { recursive: true, force: true });
    await house.run('backup');
    expect(await filesWith(backups(), alice)).toEqual([]);
    expect((await filesWith(backups(), bob)).length).toBeGreaterThan(0);
  });

  test('keeps no history where none is wanted', async () => {
    await bot.stop();
    house.historyDays = 0;
    bot = await house.start();
    await live();
    await eraseAlice();
    await pass(2);
    expect(await readdir(house.data)).not.toContain('archive');
    await bot.stop();
    await house.run('compact');
    expect(await filesWith(house.data, alice)).toEqual([]);
    bot = await house.start();
  });

  test('is left out of a restore of the server: what was theirs is burned, the others have what they had', async () => {
    await live();
    await house.run('backup');
    const at = house.at();
    const then = heldBy(bob);
    house.pass(hourMs);
    await pay(bob, carol, '5');
    await eraseAlice();
    const said = await house.run('restore-guild', '--from', backups(), '--guild', home, '--at', at);
    expect(said.at(-1)).toMatch(/without 1 member erased since/);
    expect(naming(alice)).toEqual([]);
    expect(heldBy(bob)).toBe(then);
    conserved();
  });

  test('is left out as well when they came back, with what they have now', async () => {
    await live();
    await house.run('backup');
    const at = house.at();
    await eraseAlice();
    await bot.tell(home, 'core.member-joined', { member: alice });
    await house.run('restore-guild', '--from', backups(), '--guild', home, '--at', at);
    expect(heldBy(alice)).toBe(0);
    conserved();
  });

  test('does not come back with all of a backup either: the first start erases them', async () => {
    await live();
    await house.run('backup');
    await eraseAlice();
    await bot.stop();
    const to = join(house.home, 'restored');
    expect((await house.run('restore', '--from', backups(), '--to', to))[0]).toMatch(/1 member who were erased since/);
    bot = await house.start(to);
    expect(naming(alice).length).toBeGreaterThan(0);
    expect(await pay()).toMatchObject({ refused: 'core.member-erasing' });
    await bot.fall();
    expect(naming(alice)).toEqual([]);
    conserved();
  });

  test('is known as erased by a hash alone, for 90 days', async () => {
    await live();
    await eraseAlice();
    const hashes = rowsOf(bot, [home]).filter((row) => row.includes(` ${erased.name} `));
    expect(hashes).toHaveLength(1);
    expect(hashes[0]).not.toContain(alice);
    house.pass(90 * dayMs);
    await bot.fall();
    expect(rowsOf(bot, [home]).filter((row) => row.includes(` ${erased.name} `))).toEqual([]);
  });
});

describe('rows of a deleted feature', () => {
  test('go with an erased member: those they are the key of, and those that name them where names were in values', async () => {
    await live();
    await bot.stop();
    house.features = moneyAlone;
    bot = await house.start();
    await eraseAlice();
    expect(await filesWith(house.data, 'purse.seat')).not.toEqual([]);
    await pass(2);
    await bot.stop();
    house.features = [...moneyAlone, purse];
    bot = await house.start();
    expect(naming(alice)).toEqual([]);
    expect(rowsOf(bot, [home]).filter((row) => row.includes('purse.gift')).length).toBe(0);
    expect(
      rowsOf(bot, [home]).filter((row) => row.includes('purse.burned') || row.includes('purse.minted')).length,
    ).toBe(1);
  });

  test('of members who stay are left alone', async () => {
    await live();
    const kept = rowsOf(bot, [home]).filter((row) => row.includes(' purse.purse ') && row.includes(bob));
    expect(kept).toHaveLength(1);
    await bot.stop();
    house.features = moneyAlone;
    bot = await house.start();
    await eraseAlice();
    await pass(2);
    await bot.stop();
    house.features = [...moneyAlone, purse];
    bot = await house.start();
    expect(rowsOf(bot, [home])).toEqual(expect.arrayContaining([...kept]));
  });
});

test('what an errand came to names nobody any more, and still does not run twice', async () => {
  await live();
  await bot.directory.settled();
  bot.directory.evictIdle(0);
  const state = bot.store.open(home);
  const outcome = Buffer.from(pack({ done: { to: alice } })).toString('base64');
  await new Promise<void>((resolve) => {
    const change = { collection: errands, key: 'an errand', before: undefined, after: { at: state.lastAt, outcome } };
    const { lastAt: at, sequence } = state;
    const rest = { operation: 'test.errand', at, sequence, answered: undefined, seed: undefined } as const;
    bot.store.commit(state, { ...rest, changes: [change] }, () => resolve());
  });
  bot.store.close(state);
  await eraseAlice();
  bot.directory.evictIdle(0);
  const after = bot.store.open(home);
  const row = after.row(errands, 'an errand') as { outcome: string };
  expect(Buffer.from(row.outcome, 'base64').includes(alice)).toBe(false);
  expect(Buffer.from(row.outcome, 'base64').includes('core.answered-before')).toBe(true);
  bot.store.close(after);
});
