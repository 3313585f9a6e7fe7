import { z } from 'zod';
import { collection } from '../../../../kernel/collection.ts';
import { type Coins, type EpochMs, type Frozen, isRowId, type RowId } from '../../../../kernel/ids.ts';
import { coinsMax } from '../../../../kernel/money.ts';
import { memberSchema, snowflakeSchema, timeSchema } from '../../../../kernel/schemas.ts';
import { crashPlayersMax, crashRoundsKept, crashTablesMax, playersMax } from '../../tuning.ts';
import { multiplierMax, multiplierMin, targetMin } from '../rules.ts';

export const roundIdSchema = z.custom<RowId>((value) => typeof value === 'string' && isRowId(value));
const stakeSchema = z.custom<Coins>(
  (value) => Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= coinsMax,
);
const hundredthsSchema = z.int().min(multiplierMin).max(multiplierMax);

const betSchema = z.strictObject({
  member: memberSchema,
  stake: stakeSchema,
  /** The multiplier at which it is paid by itself, in hundredths. */
  target: z.int().min(targetMin).max(multiplierMax),
  /** What came of it: where it was paid, 0 where it was not, and the coins. Missing while it is in. */
  end: z
    .strictObject({ at: z.union([z.literal(0), hundredthsSchema]), paid: z.int().nonnegative().max(coinsMax) })
    .optional(),
});

const drawnFields = {
  /** What the curve's end is drawn from: secret until the round is over. */
  serverSeed: z.string(),
  /** What the bets have come to add to it, once they are closed. */
  clientSeed: z.string().optional(),
  bets: z.array(betSchema).max(crashPlayersMax),
};

const roundSchema = z.strictObject({
  id: roundIdSchema,
  phase: z.enum(['open', 'rising']),
  /** The bet of the card's button: what whoever opened the round wanted to bet. */
  offered: stakeSchema,
  startsAt: timeSchema,
  startedAt: timeSchema.optional(),
  /** When the curve was last looked after: members could stop it until then. */
  seenAt: timeSchema,
  /** The card, once it is known where it is, when it was last edited, and whether it has to be again. */
  message: snowflakeSchema.optional(),
  shownAt: timeSchema,
  stale: z.literal(true).optional(),
  ...drawnFields,
});

/** A round of a channel on its way, as rows hold it. */
export type ChannelRound = Frozen<z.infer<typeof roundSchema>>;
export type ChannelBet = ChannelRound['bets'][number];

const withoutMember = <B extends Pick<ChannelBet, 'member'>>(bets: readonly B[], member: string): readonly B[] =>
  bets.filter((bet) => bet.member !== member);

/** Crash in a channel: the seed of its next round, whose hash was shown already, and the round on its way. */
export const crashTables = collection({
  name: 'casino.crash-table',
  version: 1,
  key: ['text'],
  schema: z.strictObject({ nextSeed: z.string(), round: roundSchema.optional() }),
  initial: { nextSeed: '' },
  upgrades: [],
  // Tables on which nothing is played go with new ones, a few at a time.
  rowsMax: crashTablesMax,
  orderings: {},
  totals: {},
  forget: ({ round, ...table }, member) => ({
    ...table,
    ...(round && { round: { ...round, bets: withoutMember(round.bets, member) } }),
  }),
});
export type CrashTable = typeof crashTables.initial & { readonly round?: ChannelRound | undefined };

/** Where each member has a bet that is not over: one at a time. */
export const crashSeats = collection({
  name: 'casino.crash-seat',
  version: 1,
  key: ['member'],
  schema: z.strictObject({ channel: snowflakeSchema, round: roundIdSchema }),
  initial: { channel: '', round: '' as RowId },
  upgrades: [],
  rowsMax: playersMax,
  orderings: {},
  totals: {},
  forget: 'key',
});

/** How a round ended: the curve came to its end, nobody was in any more, the bot was away, or it did not take place. */
const endings = ['crashed', 'left', 'away', 'cancelled'] as const;

/** The last rounds of channels that are over, which can be verified. */
export const pastCurves = collection({
  name: 'casino.crash-past',
  version: 1,
  key: ['id'],
  schema: z.strictObject({
    ending: z.enum(endings),
    at: timeSchema,
    /** Where the curve ended, or would have; 0 where there was none. */
    point: z.union([z.literal(0), hundredthsSchema]),
    /** Where it was left, where it did not come to its end. */
    left: hundredthsSchema.optional(),
    nextHash: z.string(),
    offered: stakeSchema,
    ...drawnFields,
  }),
  initial: {
    ending: 'cancelled' as const,
    at: 0 as EpochMs,
    point: 0 as const,
    nextHash: '',
    offered: 1 as Coins,
    serverSeed: '',
    bets: [],
  },
  upgrades: [],
  rowsMax: crashRoundsKept,
  orderings: {},
  totals: {},
  forget: ({ bets, ...past }, member) => ({ ...past, bets: withoutMember(bets, member) }),
});
export type PastCurve = Frozen<ReturnType<typeof pastCurves.schema.parse>>;
