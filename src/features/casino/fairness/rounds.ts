import { z } from 'zod';
import { collection } from '../../../kernel/collection.ts';
import type { Mutation, Query } from '../../../kernel/context.ts';
import type { EpochMs, Frozen, MemberId } from '../../../kernel/ids.ts';
import { timeSchema } from '../../../kernel/schemas.ts';
import { moves } from '../blackjack/rules.ts';
import { playersMax, roundsKept } from '../tuning.ts';

/** What a member chose at a game: with the draws of the round, all that its result follows from. */
export const playSchema = z.discriminatedUnion('game', [
  z.strictObject({
    game: z.literal('slots'),
    /** What the pot pays, 0 where it is not won; missing where there was none. */
    pot: z.int().nonnegative().optional(),
  }),
  z.strictObject({
    game: z.literal('coinflip'),
    side: z.enum(['heads', 'tails']),
    payout: z.int().nonnegative(),
    boost: z.int().positive().optional(),
  }),
  z.strictObject({ game: z.literal('roulette'), on: z.string() }),
  z.strictObject({
    game: z.literal('blackjack'),
    moves: z.array(z.enum(moves)),
    hinted: z.literal(true).optional(),
  }),
  z.strictObject({ game: z.literal('crash'), at: z.int().nonnegative() }),
]);
export type Play = Frozen<z.infer<typeof playSchema>>;

const roundSchema = z.strictObject({
  nonce: z.int().nonnegative(),
  /** The number of the seed. */
  seed: z.int().nonnegative(),
  at: timeSchema,
  /** Coins, all of them: of a doubled hand twice the bet. */
  stake: z.int().nonnegative(),
  paid: z.int().nonnegative(),
  play: playSchema,
});
export type Round = Frozen<z.infer<typeof roundSchema>>;

/** The last rounds of a member that are over, in a ring. */
export const rounds = collection({
  name: 'casino.round',
  version: 3,
  key: ['member', 'int'],
  schema: roundSchema,
  initial: { nonce: 0, seed: 0, at: 0 as EpochMs, stake: 0, paid: 0, play: { game: 'slots' } },
  // Versions 2 and 3 have more fields, all of which may be missing.
  upgrades: [(row) => row, (row) => row],
  rowsMax: playersMax * roundsKept,
  orderings: {},
  totals: {},
  forget: 'key',
});

/** Keeps a round of a member that is over. */
export const keepRound = (m: Mutation, member: MemberId, round: Round): void =>
  m.put(rounds, [member, round.nonce % roundsKept], round);

/** A round of a member that is over, while it is kept. */
export const roundOf = (query: Query, member: MemberId, nonce: number): Round | undefined => {
  const found = query.find(rounds, [member, nonce % roundsKept]);
  return found?.nonce === nonce ? found : undefined;
};
