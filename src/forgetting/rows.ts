import type { AnyCollection, Collection, Kinds } from '../kernel/collection.ts';
import type { Mutation, Query } from '../kernel/context.ts';
import type { MemberId } from '../kernel/ids.ts';
import { departures } from '../kernel/membership.ts';
import type { Registry } from '../kernel/registry.ts';
import { traced } from './state.ts';

/** Most rows that one operation of forgetting reads or removes: others get their turn between. */
export const stepRowsMax = 200;

/** A key without its types. */
export type Parts = readonly (string | number)[];
/** A collection of any feature, to be read by keys without their types. */
export type OpenCollection = Collection<unknown, Kinds, never, never>;

/** A collection of the registry, opened. */
export const open = (collection: AnyCollection): OpenCollection => collection as unknown as OpenCollection;

/** What forgetting itself keeps by member goes last, by its own hand. */
const isOwn = ({ name }: AnyCollection): boolean => name === departures.name || name === traced.name;

/** All collections that may hold something of a member, without forgetting's own, in the order of their names. */
export const membersCollections = (registry: Registry): readonly OpenCollection[] =>
  [...registry.collections.values()]
    .filter((collection) => !isOwn(collection))
    .sort((left, right) => (left.name < right.name ? -1 : 1))
    .map(open);

/** Those of them whose rows are keyed first by a member. */
export const keyedByMember = (registry: Registry): readonly OpenCollection[] =>
  membersCollections(registry).filter(({ key }) => key[0] === 'member');

const keysOf = (query: Query, rows: OpenCollection, member: MemberId, limit: number): readonly Parts[] => {
  if (rows.key.length === 1) return query.find(rows, [member]) === undefined ? [] : [[member]];
  return query.page(rows, { from: [member], limit }).map(([key]) => key);
};

/** Whether a member has rows of their own. */
export const hasRows = (query: Query, registry: Registry, member: MemberId): boolean =>
  keyedByMember(registry).some((rows) => keysOf(query, rows, member, 1).length > 0);

/** Removes rows keyed first by a member, at most `stepRowsMax`. Whether that was all of them. */
export const removeRows = (mutation: Mutation, registry: Registry, member: MemberId): boolean => {
  let left = stepRowsMax;
  for (const rows of keyedByMember(registry)) {
    const keys = keysOf(mutation, rows, member, left);
    for (const key of keys) mutation.remove(rows, key);
    left -= keys.length;
    if (left === 0) return false;
  }
  return true;
};
