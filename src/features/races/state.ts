import { z } from 'zod';
import { collection } from '../../kernel/collection.ts';
import { type Coins, type EpochMs, type Frozen, isRowId, type RowId } from '../../kernel/ids.ts';
import { coinsMax } from '../../kernel/money.ts';
import { memberSchema, snowflakeSchema, timeSchema } from '../../kernel/schemas.ts';
import { bettorRowsMax, bettorsMax, figureMax, figureMin, racesKept, ratCount } from './tuning.ts';

export const idSchema = z.custom<RowId>((value) => typeof value === 'string' && isRowId(value));
const stakeSchema = z.custom<Coins>(
  (value) => Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= coinsMax,
);
const paidSchema = z.custom<Coins>(
  (value) => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= coinsMax,
);
export const ratSchema = z
  .int()
  .min(0)
  .max(ratCount - 1);
const figureSchema = z.int().min(figureMin).max(figureMax);
const factorSchema = z.int().nonnegative();

const betSchema = z.strictObject({
  member: memberSchema,
  rat: ratSchema,
  stake: stakeSchema,
  /** What came of it, once the race is over. */
  paid: paidSchema.optional(),
});

const drawnFields = {
  /** What the race is drawn from: secret until it is over. */
  serverSeed: z.string(),
  /** What the bets have come to add to it. */
  clientSeed: z.string().optional(),
  rats: z.array(z.strictObject({ speed: figureSchema, stamina: figureSchema, luck: figureSchema })).length(ratCount),
  factors: z.array(z.tuple([factorSchema, factorSchema, factorSchema])).length(ratCount),
  bets: z.array(betSchema).max(bettorsMax),
};

const raceSchema = z.strictObject({
  id: idSchema,
  phase: z.enum(['lobby', 'running', 'over', 'cancelled']),
  /** Who opened the lobby; nobody once they are forgotten. */
  by: memberSchema.optional(),
  startsAt: timeSchema,
  startedAt: timeSchema.optional(),
  ...drawnFields,
  /** Where it is posted, and the message once that is known. */
  channel: snowflakeSchema.optional(),
  message: snowflakeSchema.optional(),
  /** When the card last showed the race as it is, and whether bets have come since. */
  shownAt: timeSchema.optional(),
  stale: z.literal(true).optional(),
});

/** A race as rows hold it. */
export type RaceRow = Frozen<z.infer<typeof raceSchema>>;
export type Bet = RaceRow['bets'][number];

/** The last race of each place: a channel, or the server as a whole. Stakes of open ones are burned. */
export const races = collection({
  name: 'races.race',
  version: 2,
  key: ['text'],
  schema: raceSchema,
  initial: {
    id: '' as RowId,
    phase: 'cancelled' as const,
    startsAt: 0 as EpochMs,
    serverSeed: '',
    rats: [],
    factors: [],
    bets: [],
  },
  // Version 2 has two more fields, which may be missing.
  upgrades: [(row) => row],
  // Discord's most channels of a server; finished races elsewhere go with each new one.
  rowsMax: 500,
  orderings: {},
  totals: {},
  forget: ({ by, ...race }, member) => ({
    ...race,
    ...(by !== undefined && by !== member && { by }),
    bets: race.bets.filter((bet) => bet.member !== member),
  }),
});

/** The last races that were run, by their ids: what each can be worked out again from, and the order it was told to end in. */
export const pastRaces = collection({
  name: 'races.past',
  version: 1,
  key: ['id'],
  schema: z.strictObject({ at: timeSchema, home: z.array(ratSchema).max(ratCount), ...drawnFields }),
  initial: { at: 0 as EpochMs, home: [], serverSeed: '', rats: [], factors: [], bets: [] },
  upgrades: [],
  rowsMax: racesKept,
  orderings: {},
  totals: {},
  forget: ({ bets, ...race }, member) => ({ ...race, bets: bets.filter((bet) => bet.member !== member) }),
});
export type PastRace = Frozen<ReturnType<typeof pastRaces.schema.parse>>;

const sumSchema = z.int().nonnegative();

/** What members did at the races before the casino counted it: each row goes there with the member's next race. */
export const bettors = collection({
  name: 'races.bettor',
  version: 1,
  key: ['member'],
  schema: z.strictObject({ raced: sumSchema, won: sumSchema, staked: sumSchema, paid: sumSchema }),
  initial: { raced: 0, won: 0, staked: 0, paid: 0 },
  upgrades: [],
  rowsMax: bettorRowsMax,
  orderings: {},
  totals: {},
  forget: 'key',
});
