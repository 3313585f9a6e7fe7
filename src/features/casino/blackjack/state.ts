import { z } from 'zod';
import { collection } from '../../../kernel/collection.ts';
import type { EpochMs, Frozen } from '../../../kernel/ids.ts';
import { coinsMax } from '../../../kernel/money.ts';
import { timeSchema } from '../../../kernel/schemas.ts';
import { playersMax } from '../tuning.ts';

/** More moves than a hand can have: the smallest eleven cards of a deck come to 21. */
const movesMax = 12;

const handSchema = z.strictObject({
  /** The place of the hand in the member's seed, which the deck follows from. */
  seed: z.int().nonnegative(),
  nonce: z.int().nonnegative(),
  /** Coins of the bet, as it was before a double. */
  stake: z.int().min(1).max(coinsMax),
  moves: z.array(z.enum(['H', 'S', 'D'])).max(movesMax),
  /** Whether the player is told of what kind the hidden card is; fixed when it is dealt. */
  hinted: z.literal(true).optional(),
  /** When it stands by itself. */
  deadline: timeSchema,
});

/** A hand that is not over, as rows hold it: one a member. */
export type OpenHand = Frozen<z.infer<typeof handSchema>>;

/** Hands that are not over. Their stakes are burned; the end of the hand mints what it pays. */
export const hands = collection({
  name: 'casino.hand',
  version: 2,
  key: ['member'],
  schema: handSchema,
  initial: { seed: 0, nonce: 0, stake: 1, moves: [], deadline: 0 as EpochMs },
  // Version 2 has one more field, which may be missing.
  upgrades: [(row) => row],
  rowsMax: playersMax,
  orderings: {},
  totals: {},
  forget: 'key',
});
