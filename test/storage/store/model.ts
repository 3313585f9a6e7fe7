import { expect } from 'vitest';
import type { AnyCollection } from '../../../src/kernel/collection.ts';
import type { EpochMs, GuildId } from '../../../src/kernel/ids.ts';
import type { EncodedKey } from '../../../src/kernel/key.ts';
import type { Commit, GuildState } from '../../../src/storage/contract.ts';
import { type CollectionName, collectionOf, collections } from './collections.ts';

/** One operation as the tests make it up. */
export interface Deed {
  readonly guild: GuildId;
  readonly at: number;
  readonly changes: readonly {
    readonly collection: CollectionName;
    readonly key: EncodedKey;
    readonly after: unknown;
  }[];
  readonly request: string | undefined;
}

/** What a guild's rows are to be after some operations, derived the slow and simple way. */
export interface GuildModel {
  readonly rows: ReadonlyMap<string, ReadonlyMap<EncodedKey, unknown>>;
  readonly deeds: readonly Deed[];
}

/** The id of an interaction that Discord made at a time, in milliseconds of its own epoch. */
export const requestAt = (ms: number): string => String(BigInt(ms) << 22n);

const madeAt = (request: string): number => Number(BigInt(request) >> 22n);

export const outcomeOf = (request: string): Buffer => Buffer.from(`outcome of ${request}`);

/** The guild after those of the deeds that are its own. */
export const modelOf = (guild: GuildId, deeds: readonly Deed[]): GuildModel => {
  const rows = new Map(collections.map(({ name }) => [name as string, new Map<EncodedKey, unknown>()]));
  const own = deeds.filter((deed) => deed.guild === guild);
  for (const { changes } of own) {
    for (const { collection, key, after } of changes) {
      const table = rows.get(collectionOf(collection).name);
      if (after === undefined) table?.delete(key);
      else table?.set(key, after);
    }
  }
  return { rows, deeds: own };
};

/** The deed as the store is asked for it, when `sequence` deeds of its guild came before. */
export const commitOf = (state: GuildState, deed: Deed, sequence: number): Commit => ({
  operation: 'test.deed',
  at: deed.at as EpochMs,
  sequence: sequence + 1,
  changes: deed.changes.map(({ collection: name, key, after }) => {
    const collection = collectionOf(name);
    return { collection, key, before: state.row(collection, key), after };
  }),
  answered: deed.request === undefined ? undefined : { request: deed.request, outcome: outcomeOf(deed.request) },
  seed: undefined,
});

const byKey = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : 1;

const boardOf = (rows: ReadonlyMap<EncodedKey, unknown>, score: (row: never) => number | undefined) =>
  [...rows]
    .map(([key, row]) => [key, score(row as never)] as const)
    .filter((entry): entry is readonly [EncodedKey, number] => entry[1] !== undefined)
    .sort((one, other) => other[1] - one[1] || byKey(one, other));

const checkScans = (state: GuildState, collection: AnyCollection, sorted: readonly (readonly [string, unknown])[]) => {
  const all = { prefix: '', after: undefined, limit: sorted.length + 5 };
  expect(state.scan(collection, { ...all, reverse: false })).toEqual(sorted);
  expect(state.scan(collection, { ...all, reverse: true })).toEqual(sorted.toReversed());
  const middle = sorted[sorted.length >>> 1]?.[0];
  if (middle === undefined) return;
  const after = { prefix: '', after: middle, limit: 3 };
  const behind = sorted.filter(([key]) => key > middle);
  const before = sorted.filter(([key]) => key < middle).toReversed();
  expect(state.scan(collection, { ...after, reverse: false })).toEqual(behind.slice(0, 3));
  expect(state.scan(collection, { ...after, reverse: true })).toEqual(before.slice(0, 3));
  const prefix = middle.split('\u001f')[0] ?? '';
  const own = sorted.filter(([key]) => key.split('\u001f')[0] === prefix);
  expect(state.scan(collection, { prefix, after: undefined, reverse: true, limit: 2 })).toEqual(
    own.toReversed().slice(0, 2),
  );
  expect(state.scan(collection, { prefix, after: undefined, reverse: false, limit: 100 })).toEqual(own);
};

const checkBoards = (state: GuildState, collection: AnyCollection, rows: ReadonlyMap<EncodedKey, unknown>): void => {
  for (const [ordering, score] of Object.entries(collection.orderings)) {
    const board = boardOf(rows, score);
    expect(state.top(collection, ordering, 0, board.length + 5)).toEqual(board);
    const half = board.length >>> 1;
    expect(state.top(collection, ordering, half, 2)).toEqual(board.slice(half, half + 2));
    for (const [place, [key, value]] of board.entries()) {
      expect(state.place(collection, ordering, value, key)).toBe(place);
    }
    expect(state.place(collection, ordering, -Infinity, 'nobody')).toBe(board.length);
    expect(state.place(collection, ordering, Infinity, 'nobody')).toBe(0);
  }
};

/** Compares all that can be read of a guild with the model. */
export const check = (state: GuildState, { rows, deeds }: GuildModel): void => {
  expect(state.sequence).toBe(deeds.length);
  expect(state.lastAt).toBe(deeds.at(-1)?.at ?? 0);
  for (const collection of collections) {
    const expected = rows.get(collection.name) ?? new Map<EncodedKey, unknown>();
    const sorted = [...expected].sort(byKey);
    expect(state.count(collection)).toBe(sorted.length);
    for (const [key, row] of sorted) expect(state.row(collection, key)).toEqual(row);
    expect(state.row(collection, 'nobody')).toBeUndefined();
    checkScans(state, collection, sorted);
    checkBoards(state, collection, expected);
    for (const [total, term] of Object.entries(collection.totals)) {
      const sum = sorted.reduce((before, [, row]) => before + BigInt(term(row as never)), 0n);
      expect(state.total(collection, total)).toBe(sum);
    }
  }
  const newest = Math.max(...deeds.map(({ request }) => (request === undefined ? 0 : madeAt(request))));
  for (const { request, at } of deeds) {
    if (request === undefined) continue;
    // Outdated by the guild's time and by Discord's.
    const known = at + 15 * 60_000 >= state.lastAt || madeAt(request) + 15 * 60_000 >= newest;
    const outcome = state.answered(request);
    expect(outcome && Buffer.from(outcome)).toEqual(known ? outcomeOf(request) : undefined);
  }
  expect(state.answered('1')).toBeUndefined();
};
