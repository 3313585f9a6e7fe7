import { z } from 'zod';
import { collection } from './collection.ts';
import { timeSchema } from './schemas.ts';

/**
 * What errands with an id came to, so that the same one again does nothing. Ids are texts of who sends them, in no
 * order of time, which is why they are not kept with the interactions'. An id names no member.
 */
export const errands = collection({
  name: 'core.errand',
  version: 1,
  key: ['text'],
  schema: z.strictObject({
    at: timeSchema,
    /** The stored outcome in base64. */
    outcome: z.string(),
  }),
  initial: { at: timeSchema.parse(0), outcome: '' },
  upgrades: [],
  rowsMax: 100_000,
  orderings: { age: (errand) => 0 - errand.at },
  totals: {},
  forget: 'no member',
});
