import { z } from 'zod';
import { collection } from '../../../kernel/collection.ts';
import type { EpochMs, Frozen } from '../../../kernel/ids.ts';
import { coinsMax } from '../../../kernel/money.ts';
import { timeSchema } from '../../../kernel/schemas.ts';
import { playersMax } from '../tuning.ts';
import { multiplierMax, targetMin } from './rules.ts';

const flightSchema = z.strictObject({
  /** The place of the round in the member's seed, which the crash point follows from. */
  seed: z.int().nonnegative(),
  nonce: z.int().nonnegative(),
  stake: z.int().min(1).max(coinsMax),
  startedAt: timeSchema,
  /** The multiplier at which it is paid by itself, in hundredths. */
  target: z.int().min(targetMin).max(multiplierMax),
});

/** A curve that somebody has a stake on, as rows hold it: one a member. */
export type Flight = Frozen<z.infer<typeof flightSchema>>;

/** Curves that are not over. Their stakes are burned; the end mints what is paid. */
export const flights = collection({
  name: 'casino.crash',
  version: 1,
  key: ['member'],
  schema: flightSchema,
  initial: { seed: 0, nonce: 0, stake: 1, startedAt: 0 as EpochMs, target: targetMin },
  upgrades: [],
  rowsMax: playersMax,
  orderings: {},
  totals: {},
  forget: 'key',
});
