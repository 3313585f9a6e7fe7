import type { Mutation, Query } from '../../kernel/context.ts';
import type { MemberId } from '../../kernel/ids.ts';
import { coinsMax } from '../../kernel/money.ts';
import { type Outcome, refuse } from '../../kernel/outcome.ts';
import { itemOf, items } from './catalogue.ts';
import type { Item } from './kinds.ts';
import { type Bag, bagOf, putBag } from './state.ts';
import { itemCountMax } from './tuning.ts';

/** Counts with a different number of one item; none of it has no entry. */
export const withCount = (counts: Bag['counts'], key: string, count: number): Bag['counts'] => {
  const { [key]: _, ...others } = counts;
  return count === 0 ? others : { ...others, [key]: count };
};

/** How many of an item a member has, without one they wear. */
export const countOf = (query: Query, member: MemberId, key: string): number => bagOf(query, member).counts[key] ?? 0;

/** Why a member cannot be given so many of an item. */
export const refuseMore = (query: Query, member: MemberId, key: string, count: number): Outcome<never> | undefined =>
  countOf(query, member, key) + count > itemCountMax ? refuse('economy.item.full', { most: itemCountMax }) : undefined;

/**
 * Gives a member 1 to 1,000,000 of an item, or of what is given in its place. Refuses what is no item, and more than a
 * member can hold; the caller returns the refusal.
 */
export const giveItem = (m: Mutation, member: MemberId, key: string, count: number): Outcome<never> | undefined => {
  const item = itemOf(key);
  if (item === undefined || !Number.isSafeInteger(count) || count < 1) return refuse('economy.item.unknown');
  const given = item.givenAs ?? item.key;
  const refused = refuseMore(m, member, given, count);
  if (refused) return refused;
  const bag = bagOf(m, member);
  putBag(m, member, { ...bag, counts: withCount(bag.counts, given, (bag.counts[given] ?? 0) + count) });
  return undefined;
};

/** Takes up to so many of an item from a member, what is worn last, and gives how many that were: never more than they have. */
export const takeItem = (m: Mutation, member: MemberId, key: string, count: number): number => {
  const bag = bagOf(m, member);
  const held = bag.counts[key] ?? 0;
  const taken = Math.max(0, Math.min(held, count));
  const wornAt = Object.entries(bag.worn).find(([, worn]) => worn === key)?.[0];
  const takesWorn = wornAt !== undefined && taken < count;
  if (taken === 0 && !takesWorn) return 0;
  const worn = Object.fromEntries(Object.entries(bag.worn).filter(([slot]) => !(takesWorn && slot === wornAt)));
  putBag(m, member, { ...bag, counts: withCount(bag.counts, key, held - taken), worn });
  return taken + Number(takesWorn);
};

/** Something a member has. */
export interface Owned {
  readonly key: string;
  /** `undefined` where nobody knows the key any more. */
  readonly item: Item | undefined;
  readonly count: number;
}

/** What a member has, without what they wear: in the catalogue's order, then what nobody knows any more. */
export const ownedBy = (query: Query, member: MemberId): readonly Owned[] => {
  const { counts } = bagOf(query, member);
  const known = items.map(({ key }) => key).filter((key) => counts[key] !== undefined);
  const unknown = Object.keys(counts)
    .filter((key) => itemOf(key) === undefined)
    .sort();
  return [...known, ...unknown].map((key) => ({ key, item: itemOf(key), count: counts[key] ?? 0 }));
};

/** What all things of a member cost at first, worn ones among them: their part in what the member is worth. */
export const itemsValue = (query: Query, member: MemberId): number => {
  const { counts, worn } = bagOf(query, member);
  let sum = 0;
  for (const [key, count] of Object.entries(counts)) sum += (itemOf(key)?.price ?? 0) * count;
  for (const key of Object.values(worn)) sum += itemOf(key)?.price ?? 0;
  return Math.min(sum, coinsMax);
};
