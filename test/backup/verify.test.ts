// What `verify` finds: nothing in a sound store, and each kind of damage by its name.
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { accounts } from '../../src/features/wallet/state.ts';
import { pack, unpack } from '../../src/storage/codec.ts';
import type { Rows } from '../../src/storage/ports.ts';
import { headKey } from '../../src/storage/row-keys.ts';
import { openLmdbRows } from '../../src/storage/rows/lmdb-rows.ts';
import { hashOf } from '../../src/storage/verify.ts';
import { dayMs, guild, Installation, member } from './installation.ts';

const home = guild(1);
let house: Installation;

beforeEach(async () => {
  house = await Installation.make();
  const bot = await house.start();
  for (const who of [1, 2, 3]) await bot.ask(home, member(who), 'economy.daily');
  // The journal's old segment is history: what is verified is not merely what it tells.
  await bot.upkeep.run();
  house.pass(2 * dayMs);
  await bot.upkeep.run();
  await bot.stop();
});
afterEach(() => house.remove());

const behind: { readonly from: string; readonly to: string } = { from: '', to: '\uffff' };
const tamper = async (change: (rows: Rows) => Promise<void>): Promise<void> => {
  const rows = await openLmdbRows({ folder: join(house.data, 'rows') });
  await change(rows);
  await rows.close();
};
const keyOf = (rows: Rows, part: string): string => {
  const found = rows.range({ ...behind, reverse: false, limit: 10_000 }).find(([key]) => key.includes(part));
  if (found === undefined) throw new Error(`no row of ${part}`);
  return found[0];
};
/** Puts a row in the place of another and has the head count it, as somebody who knows the format would. */
const forge = (rows: Rows, key: string, value: Uint8Array): Promise<void> => {
  const head = unpack(rows.get(headKey(home)) ?? new Uint8Array(), 'head') as unknown[];
  const before = hashOf(key, rows.get(key));
  head[5] = (head[5] as number) - before + hashOf(key, value);
  return rows.write([
    { key, value },
    { key: headKey(home), value: pack(head) },
  ]);
};
const richer = (rows: Rows, key: string, coins = 1_000): Uint8Array => {
  const values = unpack(rows.get(key) ?? new Uint8Array(), key) as unknown[];
  values[1] = (values[1] as number) + coins;
  return pack(values);
};
/** Coins that went from one member to another without a booking: no sum shows it. */
const moveCoins = async (rows: Rows): Promise<void> => {
  for (const [who, coins] of [
    [1, 10],
    [2, -10],
  ] as const) {
    const key = keyOf(rows, `economy.account\u001f${member(who)}`);
    await forge(rows, key, richer(rows, key, coins));
  }
};
const found = async (): Promise<string> => {
  const error = await house.run('verify').catch((reason: unknown) => reason);
  return error instanceof Error ? error.message : 'sound';
};

test('a sound store is sound, and it is said how much was looked at', async () => {
  const said = await house.run('verify');
  expect(said[0]).toMatch(/^Checked \d+ servers? and \d+ rows in [\d.]+ s\.$/);
  expect(said[1]).toMatch(/^Space: rows .*, journal .*, history .*, backups .*\.$/);
});

const account = (rows: Rows): string => keyOf(rows, 'economy.account');
const damages: readonly (readonly [what: string, damage: (rows: Rows) => Promise<void>, said: RegExp])[] = [
  [
    'a row that was changed',
    (rows) => rows.write([{ key: account(rows), value: richer(rows, account(rows)) }]),
    /not those its head counted/,
  ],
  [
    'a row that is gone',
    (rows) => rows.write([{ key: keyOf(rows, 'economy.booking'), value: undefined }]),
    /not those its head counted/,
  ],
  [
    'a balance that was forged, checksums and all',
    (rows) => forge(rows, account(rows), richer(rows, account(rows))),
    /the total held is not the sum of its rows/,
  ],
  ['coins that were moved without a booking', moveCoins, /the balance of \d+ is not what the ledger says/],
  [
    'a row that fits no schema',
    (rows) => forge(rows, account(rows), pack([accounts.version, 'much', 0, 0, 0, 0])),
    /does not fit its schema/,
  ],
  [
    'a board that lost its pages',
    (rows) => rows.write([{ key: keyOf(rows, 'coins\u001fpages'), value: undefined }]),
    /the board coins is not that of its rows/,
  ],
];

for (const [what, damage, said] of damages) {
  test(`${what} is found`, async () => {
    await tamper(damage);
    expect(await found()).toMatch(/^\d+ problems? found/);
    expect(house.said.join('\n')).toMatch(said);
  });
}

test('a snapshot that lost a row is found by the journal, though heads and sums agree', async () => {
  await house.remove();
  house = await Installation.make();
  const bot = await house.start();
  await bot.ask(home, member(1), 'purse.poll', { voters: [member(2)] });
  await bot.stop();
  await tamper(async (rows) => {
    const key = keyOf(rows, 'purse.poll');
    await forge(rows, key, pack([1, member(1), [], 'changed']));
  });
  expect(await found()).toMatch(/^1 problem found/);
  expect(house.said.join('\n')).toMatch(/purse\.poll: a row is not what the journal says/);
});

test('a backup is verified by itself, also while a bot runs', async () => {
  const bot = await house.start();
  await house.run('backup');
  expect((await house.run('verify', '--from', join(house.data, 'backups')))[0]).toMatch(/^Checked/);
  await expect(house.run('verify')).rejects.toThrow(/in use/);
  await bot.stop();
});
