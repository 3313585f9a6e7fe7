import { z } from 'zod';
import { collection } from '../kernel/collection.ts';
import { timeSchema } from '../kernel/schemas.ts';

/**
 * An erasure that comes this late is one of a time when the bot was down, and whoever came back meanwhile could not be
 * seen: it waits once more, for the gateway to tell.
 */
export const lateMs = 10 * 60_000;
/** How long it waits then. */
export const secondGraceMs = 60 * 60_000;

/** Members whose own rows are gone and whose names are being taken out of everybody else's. */
export const traced = collection({
  name: 'core.traced',
  version: 1,
  key: ['member'],
  schema: z.strictObject({ since: timeSchema }),
  initial: { since: timeSchema.parse(0) },
  upgrades: [],
  rowsMax: 1_000_000,
  orderings: {},
  totals: {},
  forget: 'key',
});

/** How long it is known that somebody was erased: as long as any history or backup may be kept. */
export const erasedKnownMs = 90 * 24 * 60 * 60_000;

/** That a member was erased, by their keyed hash: a restore of an earlier time leaves them out. */
export const erased = collection({
  name: 'core.erased',
  version: 1,
  key: ['text'],
  schema: z.strictObject({ at: timeSchema }),
  initial: { at: timeSchema.parse(0) },
  upgrades: [],
  rowsMax: 1_000_000,
  orderings: {},
  totals: {},
  forget: 'no member',
});

/** What is kept of erased members, by their keyed hash: nobody without the installation's key can tell whose it is. */
export const remembered = collection({
  name: 'core.remembered',
  version: 1,
  key: ['text'],
  schema: z.strictObject({
    expiresAt: timeSchema,
    /** What features keep, by the names of their remembrances. */
    kept: z.record(z.string(), z.unknown()),
  }),
  initial: { expiresAt: timeSchema.parse(0), kept: {} },
  upgrades: [],
  rowsMax: 1_000_000,
  orderings: {},
  totals: {},
  forget: 'no member',
});
