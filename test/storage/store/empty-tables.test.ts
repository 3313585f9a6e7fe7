// Collections that a guild has no rows of are read from one empty table for all guilds: nobody may see through it what
// another guild has.
import { expect, test } from 'vitest';
import { guildId } from '../../../src/kernel/ids.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import { verifyGuild } from '../../../src/storage/verify.ts';
import { histories, wallets } from './collections.ts';
import { firstGuild } from './deeds.ts';
import { emptyDisk, start } from './machine.ts';

const guild = firstGuild;
const other = guildId('999999999999999999');
const key = encodeKey(wallets.key, ['1']);
const row = { coins: 5, badges: [] };
const nothing = { row: undefined, count: 0, total: 0n, top: [], place: 0, rows: [] };

type State = ReturnType<Awaited<ReturnType<typeof start>>['store']['open']>;

const shown = (state: State) => ({
  row: state.row(wallets, key),
  count: state.count(wallets),
  total: state.total(wallets, 'coins'),
  top: state.top(wallets, 'coins', 0, 10),
  place: state.place(wallets, 'coins', 0, ''),
  rows: state.scan(wallets, { prefix: '', after: undefined, reverse: false, limit: 10 }),
});

test('what one guild puts where it had read nothing is in no other guild', async () => {
  const disk = emptyDisk();
  const { store } = await start(disk);
  const states = [store.open(guild), store.open(other)] as const;
  for (const state of states) expect(shown(state)).toEqual(nothing);
  const [state] = states;
  const cell = state.cell(wallets, key, true);
  const change = { collection: wallets, key, before: undefined, after: row, cell };
  const commit = {
    operation: 'test.put',
    at: state.lastAt,
    sequence: 1,
    answered: undefined,
    seed: undefined,
  } as const;
  await new Promise((resolve) => store.commit(state, { ...commit, changes: [change] }, resolve));
  const filled = { row, count: 1, total: 5n, top: [[key, 5]], place: 1, rows: [[key, row]] };
  const check = (one: State, two: State): void => {
    expect(shown(one)).toEqual(filled);
    expect(shown(two)).toEqual(nothing);
  };
  check(...states);
  await store.snapshot();
  check(...states);
  expect(verifyGuild(disk.rows, guild).sound).toBe(true);
  const { store: again } = await start(disk);
  check(again.open(guild), again.open(other));
});

test('a key that is too long is found when it is looked up, also where there are no rows', async () => {
  const { store } = await start(emptyDisk());
  expect(() => store.open(guild).row(wallets, 'm'.repeat(1_950))).toThrow('a key has at most 1978 bytes');
});

test('a member who left is hidden where no member has a row yet', async () => {
  const disk = emptyDisk();
  const { store } = await start(disk, { hides: histories });
  const state = store.open(guild);
  const left = encodeKey(histories.key, ['1', 0]);
  expect([state.count(wallets), state.isHidden(wallets, key)]).toEqual([0, false]);
  const change = { collection: histories, key: left, before: undefined, after: { text: '' } };
  const commit = {
    operation: 'test.leave',
    at: state.lastAt,
    sequence: 1,
    answered: undefined,
    seed: undefined,
  } as const;
  store.commit(state, { ...commit, changes: [change] }, () => undefined);
  expect(state.isHidden(wallets, key)).toBe(true);
  expect(store.open(other).isHidden(wallets, key)).toBe(false);
  await store.snapshot();
  const { store: again } = await start(disk, { hides: histories });
  expect([guild, other].map((id) => again.open(id).isHidden(wallets, key))).toEqual([true, false]);
});
