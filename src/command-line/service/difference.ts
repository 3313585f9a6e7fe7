import { isDeepStrictEqual } from 'node:util';
import { accounts } from '../../features/wallet/state.ts';
import type { AnyCollection } from '../../kernel/collection.ts';
import type { EncodedKey } from '../../kernel/key.ts';
import type { Registry } from '../../kernel/registry.ts';
import type { Change, GuildState } from '../../storage/contract.ts';
import { restorable, restoredCollections } from './restorable.ts';

/** Rows of one server by collection and key. */
export type StagedRows = ReadonlyMap<string, ReadonlyMap<EncodedKey, unknown>>;

/** How many rows of a collection come, change and go. */
export interface CollectionDifference {
  readonly collection: string;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
}

/** What a member has before and after. */
export interface BalanceDifference {
  readonly member: string;
  readonly before: number;
  readonly after: number;
}

const everything = Number.MAX_SAFE_INTEGER;
const balancesShownMax = 20;

/** All of a collection's rows in a guild. */
export const rowsIn = (
  state: Pick<GuildState, 'scan'>,
  collection: AnyCollection,
): readonly (readonly [EncodedKey, unknown])[] =>
  state.scan(collection, { prefix: '', after: undefined, reverse: false, limit: everything });

/** The changes that make the guild's rows the staged ones, but for those that a restore leaves as they are. */
export const differenceTo = (registry: Registry, state: GuildState, staged: StagedRows): readonly Change[] => {
  const isRestored = restorable(registry);
  const changes: Change[] = [];
  for (const collection of restoredCollections(registry)) {
    const wanted = staged.get(collection.name) ?? new Map<EncodedKey, unknown>();
    const present = new Map(rowsIn(state, collection).filter(([key]) => isRestored(collection, key)));
    for (const [key, before] of present) {
      const row = wanted.get(key);
      if (row === undefined) changes.push({ collection, key, before, after: undefined });
    }
    for (const [key, row] of wanted) {
      if (!isRestored(collection, key)) continue;
      const before = present.get(key);
      const after = collection.schema.parse(row);
      if (!isDeepStrictEqual(before, after)) changes.push({ collection, key, before, after });
    }
  }
  return changes;
};

/** Changes, counted. */
export const countChanges = (changes: readonly Change[]): readonly CollectionDifference[] =>
  [...Map.groupBy(changes, ({ collection }) => collection.name as string)].map(([collection, of]) => ({
    collection,
    added: of.filter(({ before }) => before === undefined).length,
    changed: of.filter(({ before, after }) => before !== undefined && after !== undefined).length,
    removed: of.filter(({ after }) => after === undefined).length,
  }));

const coinsOf = (row: unknown): number => {
  const { wallet = 0, bank = 0 } = (row ?? {}) as { readonly wallet?: number; readonly bank?: number };
  return wallet + bank;
};

/** What the first members whose account changes have before and after. */
export const balancesIn = (changes: readonly Change[]): readonly BalanceDifference[] =>
  changes
    .filter(({ collection }) => collection.name === accounts.name)
    .slice(0, balancesShownMax)
    .map(({ key, before, after }) => ({ member: key, before: coinsOf(before), after: coinsOf(after) }));
