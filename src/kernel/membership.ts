import { z } from 'zod';
import { collection } from './collection.ts';
import type { Mutation, Query } from './context.ts';
import { event } from './event.ts';
import type { MemberId, Schema } from './ids.ts';
import { timeSchema } from './schemas.ts';

/**
 * Members who left and whose rows are still there. While a member's row is here they are on no board.
 *
 * Whoever is named by a row that lasts has a row keyed first by them: that is how the runtime knows, without a scan,
 * whether there is something to forget.
 */
export const departures = collection({
  name: 'core.departure',
  version: 1,
  key: ['member'],
  schema: z.strictObject({
    at: timeSchema,
    eraseAt: timeSchema,
    /** Gone, and back at any time; being erased, which goes to its end; or that, and in the server again. */
    stage: z.enum(['away', 'erasing', 'returned']),
  }),
  initial: { at: timeSchema.parse(0), eraseAt: timeSchema.parse(0), stage: 'away' },
  upgrades: [],
  rowsMax: 1_000_000,
  orderings: {},
  totals: {},
  forget: 'key',
});

/** A server that sent the bot away: one row while its rows wait to be erased, and while they are. */
export const removals = collection({
  name: 'core.removal',
  version: 1,
  key: ['text'],
  schema: z.strictObject({ at: timeSchema, eraseAt: timeSchema, erasing: z.boolean() }),
  initial: { at: timeSchema.parse(0), eraseAt: timeSchema.parse(0), erasing: false },
  upgrades: [],
  rowsMax: 1,
  orderings: {},
  totals: {},
  forget: 'no member',
});

/** The one key of `removals`. */
export const removalKey = ['guild'] as const;

/**
 * Told at the beginning of every mutation that a member asks for, before it looks at anything: whoever acts is in the
 * server, whatever the runtime was told. A refusal refuses the operation.
 */
export const memberActing = event<{ readonly member: MemberId }>('core.member-acting');

/**
 * Told right before a member's rows are erased: features settle what is open, hand over what is shared, and burn what
 * is left with an entry of their own. Rows that name the member go in the same and the following operations. Told again
 * when there is more than one operation removes; a reaction never refuses.
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
