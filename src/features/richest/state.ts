import { z } from 'zod';
import { collection } from '../../kernel/collection.ts';
import { dateSchema, timeSchema } from '../../kernel/schemas.ts';

/** Most members of a guild that can stand on the board: as many as can have an account. */
const membersMax = 2_000_000;

/** What each member is worth, as last reckoned; only those who are worth anything. */
export const netWorths = collection({
  name: 'economy.net-worth',
  version: 1,
  key: ['member'],
  schema: z.strictObject({ coins: z.int().positive() }),
  initial: { coins: 1 },
  upgrades: [],
  rowsMax: membersMax,
  orderings: { worth: ({ coins }) => coins },
  totals: {},
  forget: 'key',
});

/** When the net worths were reckoned: one row. */
export const reckonings = collection({
  name: 'economy.net-worth-date',
  version: 1,
  key: ['text'],
  schema: z.strictObject({
    /** UTC day of the last reckoning, and when it ended. */
    last: z.strictObject({ date: dateSchema, at: timeSchema }).optional(),
    /** UTC day on which somebody had the first one begun. */
    begun: dateSchema.optional(),
  }),
  initial: {},
  upgrades: [],
  rowsMax: 1,
  orderings: {},
  totals: {},
  forget: 'no member',
});

/** The one key of `reckonings`. */
export const reckoningKey = ['all'] as const;
