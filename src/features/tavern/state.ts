import { z } from 'zod';
import { collection } from '../../kernel/collection.ts';
import type { EpochMs } from '../../kernel/ids.ts';
import { timeSchema } from '../../kernel/schemas.ts';
import { guestsMax } from './tuning.ts';

/** In which order the lines are said in the server, and how many of them were: one row. */
export const turns = collection({
  name: 'tavern.turn',
  version: 1,
  key: ['text'],
  schema: z.strictObject({
    /** What the order follows from: 32 hexadecimal digits. */
    seed: z.string().regex(/^[0-9a-f]{32}$/),
    said: z.int().nonnegative(),
    /** The line said last, so that a new order does not begin with it. */
    last: z.int().nonnegative().optional(),
  }),
  initial: { seed: '', said: 0 },
  upgrades: [],
  rowsMax: 1,
  orderings: {},
  totals: {},
  forget: 'no member',
});

/** The one key of `turns`. */
export const turnKey = ['lines'] as const;

/** When each member last cracked the whip. */
export const guests = collection({
  name: 'tavern.guest',
  version: 1,
  key: ['member'],
  schema: z.strictObject({ at: timeSchema }),
  initial: { at: 0 as EpochMs },
  upgrades: [],
  rowsMax: guestsMax,
  orderings: {},
  totals: {},
  forget: 'key',
});
