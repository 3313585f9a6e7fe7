// What `verify` finds: nothing in a sound store, and each kind of damage by its name.
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
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
const richer = (rows: Rows, key: string): Uint8Array => {
  const values = unpack(rows.get(key) ?? new Uint8Array(), key) as unknown[];
  values[1] = (values[1] as number) + 1_000;
  return pack(values);
};
const found = async (): Promise<readonly string[]> => {
  const error = await house.run('verify').catch((reason: unknown) => reason);
  return [error instanceof Error ? error.message : 'sound'];
};

test('a sound store is sound, and it is said how much was looked at', async () => {
  const said = await house.run('verify');
  expect(said[0]).toMatch(/^Checked \d+ servers? and \d+ rows in [\d.]+ s\.$/);
  expect(said[1]).toMatch(/^Space: rows .*, journal .*, history .*, backups .*\.$/);
});

const damages: readonly (readonly [string, (rows: Rows) => Promise<void>])[] = [
  [
    'a row that was changed',
    (rows) =>
      rows.write([{ key: keyOf(rows, 'economy.account'), value: richer(rows, keyOf(rows, 'economy.account')) }]),
  ],
  ['a row that is gone', (rows) => rows.write([{ key: keyOf(rows, 'economy.booking'), value: undefined }])],
  [
    'a balance that was forged, checksums and all',
    (rows) => forge(rows, keyOf(rows, 'economy.account'), richer(rows, keyOf(rows, 'economy.account'))),
  ],
  ['a row that fits no schema', (rows) => forge(rows, keyOf(rows, 'economy.account'), pack([2, 'much', 0, 0, 0, 0]))],
  ['a board that lost its pages', (rows) => rows.write([{ key: keyOf(rows, 'coins\u001fpages'), value: undefined }])],
];

for (const [what, damage] of damages) {
  test(`${what} is found`, async () => {
    await tamper(damage);
    expect(await found()).toEqual([expect.stringMatching(/^\d+ problems? found/)]);
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
  expect(await found()).toEqual([expect.stringMatching(/^1 problem found/)]);
});

test('a backup is verified by itself, also while a bot runs', async () => {
  const bot = await house.start();
  await house.run('backup');
  expect((await house.run('verify', '--from', join(house.data, 'backups')))[0]).toMatch(/^Checked/);
  await expect(house.run('verify')).rejects.toThrow(/in use/);
  await bot.stop();
});
