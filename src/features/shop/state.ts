import { z } from 'zod';
import { collection } from '../../kernel/collection.ts';
import { buyersMax } from './tuning.ts';

/** How many purchases each member made: what tells a button that was pressed already from one that was not. */
export const buyers = collection({
  name: 'shop.buyer',
  version: 1,
  key: ['member'],
  schema: z.strictObject({ purchases: z.int().nonnegative() }),
  initial: { purchases: 0 },
  upgrades: [],
  rowsMax: buyersMax,
  orderings: {},
  totals: {},
  forget: 'key',
});
