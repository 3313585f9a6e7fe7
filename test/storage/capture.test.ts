// Which tables of a guild a snapshot takes: those with something to write. Most have nothing, in thousands of guilds.
import { describe, expect, test } from 'vitest';
import type { AnyCollection } from '../../src/kernel/collection.ts';
import type { EpochMs } from '../../src/kernel/ids.ts';
import type { EncodedKey } from '../../src/kernel/key.ts';
import {
  type Capture,
  capture,
  featureWrites,
  finalWrites,
  returnCapture,
  settleCapture,
  systemWrites,
} from '../../src/storage/capture.ts';
import type { Catalogue } from '../../src/storage/catalogue.ts';
import { declaredLayout, definitionOf } from '../../src/storage/definition.ts';
import { applyOperation, type Guild, soundTableOf, storedGuild, tableOf } from '../../src/storage/guild.ts';
import { emptyHead, readHead } from '../../src/storage/head.ts';
import { type MemoryRows, memoryRows } from '../../src/storage/rows/memory-rows.ts';
import { collections, histories, sums, wallets } from './store/collections.ts';
import { firstGuild } from './store/deeds.ts';

const catalogueOf = (declared: readonly AnyCollection[]): Catalogue =>
  new Map(declared.map((one) => [one.name, definitionOf(one, new Map([[one.version, declaredLayout(one)]]))]));

/** A guild as it is in the rows. */
const guildIn = (rows: MemoryRows, declared: readonly AnyCollection[] = collections): Guild => {
  const head = readHead(rows, firstGuild) ?? emptyHead;
  return storedGuild(rows, catalogueOf(declared), { alarms: [], hides: undefined }, firstGuild, head, undefined);
};

/** A guild of which somebody has looked at every collection. */
const readGuild = (rows = memoryRows()): Guild => {
  const guild = guildIn(rows);
  for (const { name } of collections) tableOf(guild, name);
  return guild;
};

const change = (guild: Guild, { name }: AnyCollection, after: unknown): void => {
  const sequence = guild.sequence + 1;
  const changes = [{ collection: { name }, key: 'member 1' as EncodedKey, after }];
  applyOperation(guild, { at: sequence as EpochMs, sequence, answered: undefined, changes });
};

const wallet = { coins: 5, badges: [] };
const tablesIn = ({ tables }: Capture): readonly string[] => tables.map(({ table }) => table.definition.name);
const cellsIn = ({ tables }: Capture): number =>
  tables.reduce((sum, { generation }) => sum + generation.cells.length, 0);

/** Brings a capture to the disk. */
const write = async (taken: Capture): Promise<void> => {
  const { guild } = taken;
  const final = finalWrites(taken, guild.onDisk);
  await guild.rows.write([...featureWrites(taken), ...systemWrites(taken), ...final]);
  for (const _pause of settleCapture(taken, 1_000));
};

describe('a snapshot', () => {
  test('takes the tables with changes, and none that was only read or is on the disk', async () => {
    const guild = readGuild();
    change(guild, wallets, wallet);
    const first = capture(guild);
    expect(tablesIn(first)).toEqual([wallets.name]);
    await write(first);
    change(guild, histories, { text: 'one' });
    change(guild, sums, { sum: 1n });
    const second = capture(guild);
    expect(tablesIn(second)).toEqual([histories.name, sums.name]);
    await write(second);
    expect(tablesIn(capture(guild))).toEqual([]);
  });

  test('takes a table of which a row was removed', async () => {
    const rows = memoryRows();
    const before = readGuild(rows);
    change(before, histories, { text: 'one' });
    await write(capture(before));
    const guild = readGuild(rows);
    change(guild, histories, undefined);
    const taken = capture(guild);
    expect([tablesIn(taken), cellsIn(taken)]).toEqual([[histories.name], 1]);
  });

  test('takes what it took before, where that did not get to the disk', () => {
    const guild = readGuild();
    change(guild, wallets, wallet);
    returnCapture(capture(guild));
    const again = capture(guild);
    expect([tablesIn(again), cellsIn(again)]).toEqual([[wallets.name], 1]);
  });

  test('takes what came to a table that the one under way has left out', async () => {
    const guild = readGuild();
    change(guild, wallets, wallet);
    const underWay = capture(guild);
    change(guild, histories, { text: 'meanwhile' });
    expect(tablesIn(underWay)).toEqual([wallets.name]);
    await write(underWay);
    const next = capture(guild);
    expect([tablesIn(next), cellsIn(next)]).toEqual([[histories.name], 1]);
  });

  test.each([
    { what: 'boards are derived anew', orderings: { coins: ({ coins }: { readonly coins: number }) => -coins } },
    { what: 'boards are declared no more', orderings: {} },
  ])('takes a table without a changed row whose $what', async ({ orderings }) => {
    const rows = memoryRows();
    const before = readGuild(rows);
    change(before, wallets, wallet);
    await write(capture(before));
    const guild = guildIn(rows, [{ ...wallets, orderings }]);
    soundTableOf(guild, wallets.name);
    const taken = capture(guild);
    expect([tablesIn(taken), cellsIn(taken)]).toEqual([[wallets.name], 0]);
    await write(taken);
    expect(tablesIn(capture(guild))).toEqual([]);
  });
});
