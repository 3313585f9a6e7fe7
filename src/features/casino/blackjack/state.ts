import { z } from 'zod';
import { collection } from '../../../kernel/collection.ts';
import type { EpochMs, Frozen } from '../../../kernel/ids.ts';
import { coinsMax } from '../../../kernel/money.ts';
import { timeSchema } from '../../../kernel/schemas.ts';
import { playersMax } from '../tuning.ts';
import { moves } from './rules.ts';

/** More moves than a hand can have: insuring, and the smallest eleven cards of a deck, which come to 21. */
const movesMax = 13;

const handSchema = z.strictObject({
  /** The place of the hand in the member's seed, which the deck follows from. */
  seed: z.int().nonnegative(),
  nonce: z.int().nonnegative(),
  /** Coins of the bet, as it was before a double. */
  stake: z.int().min(1).max(coinsMax),
  moves: z.array(z.enum(moves)).max(movesMax),
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
  version: 3,
  key: ['member'],
  schema: handSchema,
  initial: { seed: 0, nonce: 0, stake: 1, moves: [], deadline: 0 as EpochMs },
  // Version 2 has one more field, which may be missing; version 3 more kinds of moves.
  upgrades: [(row) => row, (row) => row],
  rowsMax: playersMax,
  orderings: {},
  totals: {},
  forget: 'key',
});
