import { z } from 'zod';
import { type AnyCollection, collection } from '../../../kernel/collection.ts';
import type { Mutation, Query } from '../../../kernel/context.ts';
import type { Frozen, MemberId } from '../../../kernel/ids.ts';
import { timeSchema } from '../../../kernel/schemas.ts';
import { resetRowsMax } from '../tuning.ts';

/**
 * How far a reset is. `clearing`: what was kept of the one before goes; `pausing`: timers go into keeping; `moving`: so do
 * rows; `banning`: who was banned stays so; `kept`: it is done and can be undone; `stopping`: it is being undone, timers
 * set since go; `wiping`: so do rows; `returning`: rows and timers come back; `expiring`: nobody undid it.
 */
const stageSchema = z.enum([
  'none',
  'clearing',
  'pausing',
  'moving',
  'banning',
  'kept',
  'stopping',
  'wiping',
  'returning',
  'expiring',
]);
export type Stage = z.infer<typeof stageSchema>;

/** The reset of a guild's economy: one row. */
export const resets = collection({
  name: 'economy.reset',
  version: 1,
  key: ['text'],
  schema: z.strictObject({
    /** Counts resets, from 1. */
    number: z.int().nonnegative(),
    stage: stageSchema,
    /** When it was confirmed. */
    at: timeSchema,
    /** The server's own text of the setting that freezes the economy, as it was before. */
    frozenText: z.string().optional(),
    /** Rows seen in this stage so far. */
    rows: z.int().nonnegative(),
    /** Rows that were taken into keeping. */
    taken: z.int().nonnegative(),
    /** Until when it can be undone, once it is done. */
    until: timeSchema.optional(),
  }),
  initial: { number: 0, stage: 'none', at: timeSchema.parse(0), rows: 0, taken: 0 },
  upgrades: [],
  rowsMax: 1,
  orderings: {},
  totals: {},
  forget: 'no member',
});
const resetKey = ['economy'] as const;

/** A reset as rows hold it. */
export type Reset = Frozen<ReturnType<(typeof resets)['schema']['parse']>>;

export const resetOf = (query: Query): Reset => query.get(resets, resetKey);
export const putReset = (m: Mutation, reset: Reset): void => m.put(resets, resetKey, reset);

/** Whether rows are on their way, so that nobody may move coins. */
export const isResetting = (query: Query): boolean => {
  const { stage } = resetOf(query);
  return stage !== 'none' && stage !== 'kept' && stage !== 'expiring';
};

const partSchema = z.union([z.string(), z.number()]);

/**
 * A row in keeping: of which collection, under which key, of which version. It is keyed by the member whose it was, or
 * by nobody, and an id: so whoever leaves is found, and a member's rows come back together.
 */
export const keptRowSchema = z.strictObject({
  collection: z.string(),
  key: z.array(partSchema),
  version: z.int().positive(),
  row: z.unknown(),
});

/** Whether a text in a value, however deep, holds a member's id. */
const names = (value: unknown, member: MemberId): boolean =>
  typeof value === 'object' && value !== null
    ? Object.values(value).some((inner) => names(inner, member))
    : typeof value === 'string' && value.includes(member);

/** Rows that a reset took, until it is undone or expires. `collections` are those it takes rows of. */
export const keptRowsOf = (collections: () => readonly AnyCollection[]) =>
  collection({
    name: 'economy.reset-row',
    version: 1,
    key: ['member', 'id'],
    schema: keptRowSchema,
    initial: { collection: '', key: [], version: 1, row: undefined },
    upgrades: [],
    rowsMax: resetRowsMax,
    orderings: {},
    totals: {},
    forget: (kept, member) => {
      const declared = collections().find(({ name }) => name === kept.collection);
      if (kept.key.includes(member)) return 'remove';
      // A timer, or a collection that is no more: what names the member goes whole.
      if (typeof declared?.forget !== 'function') return names(kept.row, member) ? 'remove' : kept;
      // A row of an older version is forgotten as a whole: its form is not the one that the function knows.
      if (declared.version !== kept.version) return 'remove';
      const row = declared.forget(kept.row as never, member);
      return row === 'remove' ? 'remove' : { ...kept, row };
    },
  });
export type KeptRows = ReturnType<typeof keptRowsOf>;
