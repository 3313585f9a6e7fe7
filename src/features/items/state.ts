import { z } from 'zod';
import { collection } from '../../kernel/collection.ts';
import type { Mutation, Query } from '../../kernel/context.ts';
import type { Frozen, MemberId } from '../../kernel/ids.ts';
import { timeSchema } from '../../kernel/schemas.ts';
import { slots } from './kinds.ts';
import { itemCountMax, ownersMax } from './tuning.ts';

/** Any key of an item, also of one that is there no more. */
const keySchema = z.string().regex(/^[a-z][a-z0-9_]{0,31}$/);

const bagSchema = z.strictObject({
  /** What the member has, without what they wear. */
  counts: z.record(keySchema, z.int().min(1).max(itemCountMax)),
  worn: z.partialRecord(z.enum(slots), keySchema),
  /** What they drank and still works, as far as it does. */
  active: z.record(keySchema, z.strictObject({ until: timeSchema.optional() })),
});

/** A member's things as rows hold them. */
export type Bag = Frozen<z.infer<typeof bagSchema>>;

/** Different items of a member, worn ones among them. */
const kindsOf = ({ counts, worn }: Bag): number => new Set([...Object.keys(counts), ...Object.values(worn)]).size;

/** What each member owns, wears and drank: one row a member. */
export const bags = collection({
  name: 'items.bag',
  version: 1,
  key: ['member'],
  schema: bagSchema,
  initial: { counts: {}, worn: {}, active: {} },
  upgrades: [],
  rowsMax: ownersMax,
  orderings: { kinds: (bag) => kindsOf(bag) || undefined },
  totals: {},
  forget: 'key',
});

/** The member's things. */
export const bagOf = (query: Query, member: MemberId): Bag => query.get(bags, [member]);

/** Puts a member's things, without what works no more; a row with nothing in it goes. */
export const putBag = (m: Mutation, member: MemberId, { counts, worn, active }: Bag): void => {
  const still = Object.entries(active).filter(([, { until }]) => until === undefined || until > m.now);
  const bag: Bag = { counts, worn, active: Object.fromEntries(still) };
  const isEmpty = [counts, worn, bag.active].every((part) => Object.keys(part).length === 0);
  if (!isEmpty) m.put(bags, [member], bag);
  else if (m.find(bags, [member])) m.remove(bags, [member]);
};
