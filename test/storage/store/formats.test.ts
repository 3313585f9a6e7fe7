import { describe, expect, test } from 'vitest';
import type { EpochMs } from '../../../src/kernel/ids.ts';
import { pack, unpack } from '../../../src/storage/codec.ts';
import type { Commit } from '../../../src/storage/contract.ts';
import { definitionOf } from '../../../src/storage/definition.ts';
import { decodeEntry, encodeEntry } from '../../../src/storage/entry-codec.ts';
import { encodeHead, type Head, readHead } from '../../../src/storage/head.ts';
import {
  decodeDirectory,
  decodePage,
  encodeDirectory,
  encodePage,
} from '../../../src/storage/orderings/board-codec.ts';
import { DamagedStoreError, type Position } from '../../../src/storage/ports.ts';
import { decodeRow, encodeRow, valuesOfRow } from '../../../src/storage/row-codec.ts';
import { headKey } from '../../../src/storage/row-keys.ts';
import { memoryRows } from '../../../src/storage/rows/memory-rows.ts';
import { sums, wallets } from './collections.ts';
import { firstGuild } from './deeds.ts';

// What the first released formats look like. These bytes never change: a store somewhere has them.
const walletHex = '9401d2c46535f9d4000091de0001a46e616d65a56672c3bc68';
const sumHex = '9201de0001a373756dd8420000000c9f2c9cd04674edea40000000';
const entryHex =
  '9901b2313131313131313131313131313131313131cb4278bcfe568000002aa9746573742e64656564b331323334353637383930313233343536373839c4076f7574636f6d65c4030102039293ab746573742e77616c6c6574a4616e6e619401d2c46535f9d4000091de0001a46e616d65a56672c3bc6893a8746573742e73756da36f6e65d40000';
const firstHeadHex =
  '9901cb42700000000000002acb4278bcfe5680000003cb42e000000000000007b3313233343536373839303132333435363738399294a8746573742e73756d01d400009094ab746573742e77616c6c657402ceb2d05e009192a5636f696e73d842fffffffffffffffa9438a1d29cf00000';
const headHex =
  '9a02cb42700000000000002acb4278bcfe5680000003cb42e000000000000007b3313233343536373839303132333435363738399294a8746573742e73756d01d400009094ab746573742e77616c6c657402ceb2d05e009192a5636f696e73d842fffffffffffffffa9438a1d29cf00000cb4278bcfe56801000';
const directoryHex = '96010491039102910591a4616e6e61';
const pageHex = '929205cbc27000000000000092a4616e6e61a362656e';

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytesOf = (hex: string): Uint8Array => Buffer.from(hex, 'hex');

const wallet = definitionOf(wallets, new Map([[1, ['coins', 'debt', 'badges']]]));
const sum = definitionOf(sums, new Map([[1, 'whole']]));
const walletRow = { coins: -1_000_000_007, badges: [{ name: 'früh' }] };
const sumRow = { sum: 10n ** 30n };

const commit: Commit = {
  operation: 'test.deed',
  at: 1_700_000_000_000 as EpochMs,
  sequence: 42,
  changes: [
    { collection: wallets, key: 'anna', before: undefined, after: walletRow },
    { collection: sums, key: 'one', before: sumRow, after: undefined },
  ],
  answered: { request: '1234567890123456789', outcome: Buffer.from('outcome') },
  seed: Buffer.from([1, 2, 3]),
};

const stored = [
  { collection: 'test.wallet', key: 'anna', values: valuesOfRow(wallet, walletRow) },
  { collection: 'test.sum', key: 'one', values: undefined },
];

const head: Head = {
  position: (2 ** 40) as Position,
  sequence: 42,
  lastAt: 1_700_000_000_000 as EpochMs,
  rowCount: 3,
  hash: 2 ** 47,
  nextRingChunk: 7,
  newestAnswered: '1234567890123456789',
  dueAt: 1_700_000_000_001 as EpochMs,
  tables: new Map([
    ['test.sum', { count: 1, fingerprint: undefined, totals: new Map() }],
    ['test.wallet', { count: 2, fingerprint: 3_000_000_000, totals: new Map([['coins', -(10n ** 20n)]]) }],
  ]),
};

const entries = { scores: [5, -(2 ** 40)], keys: ['anna', 'ben'] };
const directory = { nextPage: 4, ids: [3], counts: [2], fromScores: [5], fromKeys: ['anna'] };

type Wrong = readonly (readonly [index: number, ...values: unknown[]])[];

describe('the stored form', () => {
  test('of rows', () => {
    expect(hexOf(encodeRow(wallet, walletRow))).toBe(walletHex);
    expect(decodeRow(wallet, bytesOf(walletHex), 'row')).toEqual(walletRow);
    expect(hexOf(encodeRow(sum, sumRow))).toBe(sumHex);
    expect(decodeRow(sum, bytesOf(sumHex), 'row')).toEqual(sumRow);
  });

  test('of entries in the journal', () => {
    expect(hexOf(encodeEntry(firstGuild, commit, stored))).toBe(entryHex);
    const entry = decodeEntry({ guild: firstGuild, position: 1 as Position, bytes: bytesOf(entryHex) });
    expect(entry).toEqual({
      at: commit.at,
      sequence: 42,
      answered: commit.answered,
      changes: stored,
    });
  });

  test('of entries alone: whatever else a checksum may cover is refused', () => {
    const whole = unpack(bytesOf(entryHex), 'entry') as readonly unknown[];
    const read = (value: unknown) => decodeEntry({ guild: firstGuild, position: 1 as Position, bytes: pack(value) });
    expect(read(whole).sequence).toBe(42);
    const wrong: Wrong = [
      [0, 2, '1'],
      [1, 7, undefined],
      [2, -1, 0.5, '1'],
      [3, -1, undefined],
      [4, 3, undefined],
      [5, 3],
      [6, 'text', 3],
      [7, 'text', 3],
      [8, undefined, 'text', [1], [['a', 'b']], [['a', 1, []]], [[1, 'a', []]], [['a', 'b', 'values']]],
    ];
    for (const [index, ...values] of wrong) {
      for (const value of values) expect(() => read(whole.with(index, value)), `${index}`).toThrow('unknown form');
    }
    for (const other of [undefined, 3, {}, whole.slice(1), [...whole, 1]]) {
      expect(() => read(other)).toThrow('unknown form');
    }
  });

  test('of heads', async () => {
    expect(hexOf(encodeHead(head))).toBe(headHex);
    const rows = memoryRows();
    await rows.write([{ key: headKey(firstGuild), value: bytesOf(headHex) }]);
    expect(readHead(rows, firstGuild)).toEqual(head);
    await rows.write([{ key: headKey(firstGuild), value: bytesOf(firstHeadHex) }]);
    expect(readHead(rows, firstGuild)).toEqual({ ...head, dueAt: undefined });
  });

  test('of boards', () => {
    expect(hexOf(encodeDirectory(directory))).toBe(directoryHex);
    expect(decodeDirectory(bytesOf(directoryHex), 'board')).toEqual(directory);
    expect(hexOf(encodePage(entries))).toBe(pageHex);
    expect(decodePage(bytesOf(pageHex), 2, 'page')).toEqual(entries);
  });

  test('of boards alone: whatever else a checksum may cover is refused', () => {
    const refuses = (read: (bytes: Uint8Array) => unknown, whole: readonly unknown[], wrong: Wrong): void => {
      expect(read(pack(whole))).toBeDefined();
      for (const [index, ...values] of wrong) {
        for (const value of values) {
          expect(() => read(pack(whole.with(index, value))), `${index}: ${String(value)}`).toThrow(DamagedStoreError);
        }
      }
      for (const other of [undefined, 3, {}, [], whole.slice(1), whole.slice(0, -1), [...whole, 1]]) {
        expect(() => read(pack(other))).toThrow('unknown form');
      }
    };
    refuses((bytes) => decodeDirectory(bytes, 'board'), unpack(bytesOf(directoryHex), 'board') as readonly unknown[], [
      [0, 2, '1'],
      [1, -1, 0.5, '1', undefined],
      [2, [], [3, 4], [-1], ['3'], [undefined], 3, undefined],
      [3, [], [2, 2], [-1], [0.5], ['2'], 2],
      [4, [], [5, 5], ['5'], [Number.NaN], [undefined], 5],
      [5, [], ['anna', 'ben'], [5], [undefined], 'a', undefined],
    ]);
    refuses((bytes) => decodePage(bytes, 2, 'page'), unpack(bytesOf(pageHex), 'page') as readonly unknown[], [
      [0, [5], [5, 4, 3], ['5', '4'], [5, Number.POSITIVE_INFINITY], [5, undefined], 'xy'],
      [1, ['anna'], ['anna', 'ben', 'cara'], ['anna', 5], 'xy', undefined],
    ]);
  });

  test('holds no name of a property', () => {
    expect(Buffer.from(bytesOf(walletHex)).includes('coins')).toBe(false);
  });

  test('takes no property that the schema does not name, and no entry of another guild', () => {
    expect(() => encodeRow(wallet, { ...walletRow, extra: 1 })).toThrow('no property its schema does not name');
    const stray = { guild: firstGuild, position: 1 as Position, bytes: bytesOf(entryHex) };
    expect(() => decodeEntry({ ...stray, guild: '999999999999999999' as never })).toThrow('was written by guild');
    expect(() => decodeEntry({ ...stray, bytes: bytesOf(entryHex).slice(0, -1) })).toThrow('cannot be decoded');
  });
});
