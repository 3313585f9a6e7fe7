import { z } from 'zod';
import { collection } from './collection.ts';
import type { Mutation, Query } from './context.ts';
import { event } from './event.ts';
import type { MemberId, Schema } from './ids.ts';
import { timeSchema } from './schemas.ts';

/** Members who left and whose rows are still there. While a member's row is here they are on no board. */
export const departures = collection({
  name: 'core.departure',
  version: 1,
  key: ['member'],
  schema: z.strictObject({ at: timeSchema, eraseAt: timeSchema }),
  initial: { at: timeSchema.parse(0), eraseAt: timeSchema.parse(0) },
  upgrades: [],
  rowsMax: 1_000_000,
  orderings: {},
  totals: {},
  forget: 'key',
});

/**
 * Told right before a member's rows are erased: features settle what is open, hand over what is shared, and burn what
 * is left with an entry of their own. Rows that name the member go in the same and the following operations.
 */
export const memberErasing = event<{ readonly member: MemberId }>('core.member-erasing');

/**
 * What a feature keeps of an erased member for 90 days under a keyed hash, so that leaving and coming back mints
 * nothing: claim days, a start grant taken, a debt. Of no use to learn who it was.
 */
export interface Remembrance<R> {
  /** One lower-case word, different from every other feature's. */
  readonly name: string;
  readonly schema: Schema<R>;
  /** What to keep; `undefined` when there is nothing. Called before `memberErasing` is told. */
  readonly keep: (query: Query, member: MemberId) => R | undefined;
  /** The member is back. Called before anything else is done with them. */
  readonly restore: (mutation: Mutation, member: MemberId, kept: R) => void;
}

/** A remembrance whose type has been forgotten. */
export interface AnyRemembrance {
  readonly name: string;
  readonly schema: Schema<unknown>;
  readonly keep: (query: Query, member: MemberId) => unknown;
  readonly restore: (mutation: Mutation, member: MemberId, kept: never) => void;
}
