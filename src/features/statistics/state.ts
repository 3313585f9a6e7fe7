import { z } from 'zod';
import { collection } from '../../kernel/collection.ts';
import type { EpochMs } from '../../kernel/ids.ts';
import { timeSchema } from '../../kernel/schemas.ts';
import { reminderRowsMax } from './tuning.ts';

/** What members want to be told of when it is ready: by member and the name of the cooldown, once each. */
export const reminders = collection({
  name: 'statistics.reminder',
  version: 1,
  key: ['member', 'text'],
  schema: z.strictObject({ at: timeSchema }),
  initial: { at: 0 as EpochMs },
  upgrades: [],
  rowsMax: reminderRowsMax,
  orderings: {},
  totals: {},
  forget: 'key',
});
