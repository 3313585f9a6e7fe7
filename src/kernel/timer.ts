import { z } from 'zod';
import { collection } from './collection.ts';
import { timeSchema } from './schemas.ts';

/** Runs of a timer's operation that may fail before it is parked for an operator to look at. */
export const timerAttemptsMax = 5;

/**
 * What is to be run later in a guild, by operation and key: setting a timer of the same operation and key again moves
 * it. Changed in the same commit as what it serves, so neither outlives the other. A parked one is on no board.
 */
export const timers = collection({
  name: 'core.timer',
  version: 1,
  key: ['text', 'text'],
  schema: z.strictObject({
    at: timeSchema,
    /** The version of the operation whose input this is. */
    version: z.int().positive(),
    input: z.unknown(),
    /** Runs that failed. */
    attempts: z.int().nonnegative(),
  }),
  initial: { at: timeSchema.parse(0), version: 1, input: undefined, attempts: 0 },
  upgrades: [],
  rowsMax: 1_000_000,
  orderings: { due: (timer) => (timer.attempts < timerAttemptsMax ? 0 - timer.at : undefined) },
  totals: {},
  forget: 'no member',
});
