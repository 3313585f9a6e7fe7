import { z } from 'zod';
import { assert } from './assert.ts';
import { shownCardSchema } from './card.ts';
import { collection } from './collection.ts';
import type { Dotted, Schema } from './ids.ts';
import type { Operation } from './operation.ts';
import { memberSchema, snowflakeSchema, timeSchema } from './schemas.ts';

declare const sealed: unique symbol;

/**
 * What a second performance does, should the first one's end be unknown (a crash, a lost answer): no harm; harm unless
 * the first is searched for before; harm in any case, so there is none, and the end is `unknown`.
 */
export type Repeat = 'harmless' | 'search first' | 'never';

/** Something to be done outside, once the operation that wants it is durable. */
export interface Effect<P, R> {
  readonly kind: Dotted;
  readonly repeat: Repeat;
  readonly payload: Schema<P>;
  readonly result: Schema<R>;
  readonly [sealed]: 'effect';
}

/**
 * Why an effect came to nothing: what it concerns is not there any more (channel, message, role, member); the bot may
 * not; it was refused as it is; it was tried too often; nobody knows whether it was done.
 */
export type EffectFailure = 'gone' | 'forbidden' | 'rejected' | 'gave up' | 'unknown';

/** How an effect ended. */
export type EffectEnd<R> = { readonly done: R } | { readonly failed: EffectFailure };

/** The operation that hears how an effect ended, with an input of its own. */
export interface Following<R, I> {
  readonly operation: Operation<{ readonly end: EffectEnd<R>; readonly input: I }>;
  readonly input: I;
}

/** Declares a kind of effect. What performs it is handed to the runtime under the same name. */
export const effect = <P, R>(spec: {
  readonly kind: Dotted;
  readonly repeat: Repeat;
  readonly payload: Schema<P>;
  readonly result: Schema<R>;
}): Effect<P, R> => {
  assert(spec.kind.includes('.'), 'an effect has a dotted name');
  return spec as Effect<P, R>;
};

const failureSchema = z.enum(['gone', 'forbidden', 'rejected', 'gave up', 'unknown']);

/** The input of an operation that follows an effect. */
export const followingInput = <P, R, I>(
  of: Effect<P, R>,
  input: Schema<I>,
): Schema<{ readonly end: EffectEnd<R>; readonly input: I }> => {
  const envelope = z.strictObject({
    end: z.union([z.strictObject({ done: z.unknown() }), z.strictObject({ failed: failureSchema })]),
    input: z.unknown(),
  });
  return {
    parse: (given) => {
      const { end, input: carried } = envelope.parse(given);
      return {
        end: 'failed' in end ? { failed: end.failed } : { done: of.result.parse(end.done) },
        input: input.parse(carried),
      };
    },
  };
};

/** Performances that may fail for a passing reason before an effect is given up. */
export const effectAttemptsMax = 8;

/** Effects that are not known to have ended. Rows of a guild, in the order they were asked for. */
export const outbox = collection({
  name: 'core.outbox',
  version: 1,
  key: ['id'],
  schema: z.strictObject({
    kind: z.string(),
    payload: z.unknown(),
    /** As the effect declared it when it was asked for. */
    repeat: z.enum(['harmless', 'search first', 'never']),
    following: z.strictObject({ operation: z.string(), input: z.unknown() }).optional(),
    /** When it is to be tried (again), unless this process is at it. */
    at: timeSchema,
    attempts: z.int().nonnegative(),
    /** Somebody set out to perform it: it may have been done. */
    begun: z.boolean(),
  }),
  initial: { kind: '', payload: undefined, repeat: 'never', at: timeSchema.parse(0), attempts: 0, begun: false },
  upgrades: [],
  rowsMax: 100_000,
  orderings: { due: (row) => 0 - row.at },
  totals: {},
  forget: 'no member',
});

const messageSchema = z.strictObject({ message: snowflakeSchema });
const nothingSchema = z.strictObject({});

/** Posts a card in a channel. */
export const postMessage = effect({
  kind: 'discord.post',
  repeat: 'search first',
  payload: z.strictObject({ channel: snowflakeSchema, card: shownCardSchema }),
  result: messageSchema,
});

/** Puts a card in the place of what the bot posted before. */
export const editMessage = effect({
  kind: 'discord.edit',
  repeat: 'harmless',
  payload: z.strictObject({ channel: snowflakeSchema, message: snowflakeSchema, card: shownCardSchema }),
  result: nothingSchema,
});

/** Sends a card to a member, in their language. Many close their direct messages: then it is `forbidden`. */
export const directMessage = effect({
  kind: 'discord.direct-message',
  repeat: 'never',
  payload: z.strictObject({ member: memberSchema, card: shownCardSchema }),
  result: messageSchema,
});

/** Gives a member a role that stands below the bot's own. */
export const giveRole = effect({
  kind: 'discord.give-role',
  repeat: 'harmless',
  payload: z.strictObject({ member: memberSchema, role: snowflakeSchema, reason: z.string().max(512) }),
  result: nothingSchema,
});

/** Takes a role from a member. */
export const takeRole = effect({
  kind: 'discord.take-role',
  repeat: 'harmless',
  payload: z.strictObject({ member: memberSchema, role: snowflakeSchema, reason: z.string().max(512) }),
  result: nothingSchema,
});

/** Calls a service over HTTPS. The answer's body is text of at most 256 KiB. */
export const callService = effect({
  kind: 'http.call',
  repeat: 'never',
  payload: z.strictObject({
    url: z.url({ protocol: /^https$/ }),
    method: z.enum(['GET', 'POST']),
    headers: z.record(z.string(), z.string()),
    body: z.string().max(65_536).optional(),
    timeoutMs: z.int().min(100).max(30_000),
  }),
  result: z.strictObject({ status: z.int(), body: z.string() }),
});

/** Hands an operation of the market something a guild did; it happens once, whatever the number of performances. */
export const tellMarket = effect({
  kind: 'market.tell',
  repeat: 'harmless',
  payload: z.strictObject({ operation: z.string(), input: z.unknown() }),
  result: nothingSchema,
});
