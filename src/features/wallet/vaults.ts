import { assert } from '../../kernel/assert.ts';
import type { Mutation, Query } from '../../kernel/context.ts';
import type { Coins, RowId } from '../../kernel/ids.ts';
import { coins, coinsMax, leastCoins, noCoins } from '../../kernel/money.ts';
import { type Outcome, refuse } from '../../kernel/outcome.ts';
import type { EntryKind } from './entries.ts';
import { type VaultLine, vaults } from './state.ts';

/** One change of a purse that belongs to no one member. */
export interface VaultPosting {
  readonly vault: RowId;
  /** Whole coins, signed. */
  readonly change: number;
  readonly entry: EntryKind;
}

/** Opens an empty vault under an id that whoever opens it has drawn for its owner. The house's own are not ranked. */
export const openVault = (
  mutation: Mutation,
  vault: RowId,
  { ranked = true }: { readonly ranked?: boolean } = {},
): void => {
  assert(mutation.find(vaults, [vault]) === undefined, 'a vault is opened once');
  mutation.put(vaults, [vault], { ...vaults.initial, ...(ranked ? { lowest: noCoins } : { unranked: true }) });
};

/** The least a vault held since it was marked, or opened; nothing where it is not watched. */
export const lowestOfVault = (query: Query, vault: RowId): Coins => query.get(vaults, [vault]).lowest ?? noCoins;

/** Marks a vault: what it held least is counted from what is in it now. */
export const markVault = (mutation: Mutation, vault: RowId): void => {
  const before = mutation.get(vaults, [vault]);
  if (before.lowest !== undefined) mutation.put(vaults, [vault], { ...before, lowest: before.coins });
};

/** The place of a vault by the least it held since it was marked, 0 the most; `undefined` where that is nothing. */
export const placeBySteadiness = (query: Query, vault: RowId): number | undefined =>
  query.rank(vaults, 'lowest', [vault]);

/** The vault that never held less than each other did, since they were marked; of equal ones the older. */
export const steadiestVault = (query: Query): RowId | undefined => query.top(vaults, 'lowest', 0, 1)[0]?.[0][0];

/** Takes an empty vault away. Throws while there are coins in it. */
export const closeVault = (mutation: Mutation, vault: RowId): void => {
  assert(mutation.get(vaults, [vault]).coins === 0, 'a vault that is closed is empty');
  mutation.remove(vaults, [vault]);
};

/** Whether a vault is open. */
export const isVault = (query: Query, vault: RowId): boolean => query.find(vaults, [vault]) !== undefined;

/** What is in a vault; nothing where there is none. */
export const coinsOfVault = (query: Query, vault: RowId): Coins => query.get(vaults, [vault]).coins;

/** Vaults and what is in them from place `from` (0 is the fullest; of equal ones the older first), at most 200. */
export const richestVaults = (
  query: Query,
  from: number,
  limit: number,
): readonly { readonly vault: RowId; readonly coins: number }[] =>
  query.top(vaults, 'coins', from, limit).map(([[vault], held]) => ({ vault, coins: held }));

/** The place of a vault among all by what is in it, 0 the fullest; `undefined` where there is none. */
export const placeOfVault = (query: Query, vault: RowId): number | undefined => query.rank(vaults, 'coins', [vault]);

/**
 * Changes the vaults of a booking and adds its lines; for `book` alone. Refuses when one would pass the ceiling; throws
 * when one would fall below zero or is not open.
 */
export const bookVaults = (
  mutation: Mutation,
  postings: readonly VaultPosting[],
  booking: RowId,
  lines: VaultLine[],
): Outcome<never> | undefined => {
  for (const { vault, change, entry } of postings) {
    const before = mutation.find(vaults, [vault]);
    assert(before !== undefined, 'coins go into vaults that are open');
    const after = before.coins + change;
    if (after > coinsMax) return refuse('economy.money.vault-full');
    const lowest = before.lowest && leastCoins(before.lowest, coins(after));
    mutation.put(vaults, [vault], {
      ...before,
      coins: coins(after),
      newest: booking,
      ...(lowest !== undefined && { lowest }),
    });
    lines.push([vault, entry, change, coins(after), before.newest ?? null]);
  }
  return undefined;
};
