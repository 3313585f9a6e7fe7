import { z } from 'zod';
import { type AnyCollection, collection } from '../../../src/kernel/collection.ts';

/** Two boards, one of which most rows are off, and a total; a property that may be absent and one that is nested. */
export const wallets = collection({
  name: 'test.wallet',
  version: 1,
  key: ['member'],
  schema: z.strictObject({
    coins: z.int(),
    debt: z.int().optional(),
    badges: z.array(z.object({ name: z.string() })),
  }),
  initial: { coins: 0, badges: [] },
  upgrades: [],
  rowsMax: 1_000_000,
  orderings: { coins: (row) => row.coins, debt: (row) => row.debt },
  totals: { coins: (row) => row.coins, debts: (row) => row.debt ?? 0 },
  forget: 'key',
});

/** A history: long keys, nothing derived but the count. */
export const histories = collection({
  name: 'test.history',
  version: 1,
  key: ['member', 'int'],
  schema: z.strictObject({ text: z.string() }),
  initial: { text: '' },
  upgrades: [],
  rowsMax: 1_000_000,
  orderings: {},
  totals: {},
  forget: 'key',
});

/** No object of fixed properties: stored whole. Bigints of any size. */
export const sums = collection({
  name: 'test.sum',
  version: 1,
  key: ['text'],
  schema: z.union([z.object({ sum: z.bigint() }), z.object({ parts: z.record(z.string(), z.number()) })]),
  initial: { sum: 0n },
  upgrades: [],
  rowsMax: 100,
  orderings: { size: (row) => ('sum' in row ? Number(BigInt.asIntN(32, row.sum)) : undefined) },
  totals: {},
  forget: 'no member',
});

const byName = { wallet: wallets, history: histories, sum: sums };
export type CollectionName = keyof typeof byName;

export const collections: readonly AnyCollection[] = Object.values(byName);
export const collectionOf = (name: CollectionName): AnyCollection => byName[name];
