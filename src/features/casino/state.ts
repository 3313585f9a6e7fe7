import { z } from 'zod';
import { collection } from '../../kernel/collection.ts';
import type { EpochMs, Frozen } from '../../kernel/ids.ts';
import { coinsMax } from '../../kernel/money.ts';
import { dateSchema, snowflakeSchema, timeSchema } from '../../kernel/schemas.ts';
import { countedGames, playersMax } from './tuning.ts';

const sumSchema = z.int().nonnegative();

const countersSchema = z.strictObject({
  /** Rounds that are over: `won`, `lost` and `pushed` together. */
  played: sumSchema,
  won: sumSchema,
  lost: sumSchema,
  /** The stake came back and nothing more. */
  pushed: sumSchema,
  /** Coins, over all rounds that are over. */
  staked: sumSchema,
  paid: sumSchema,
  /** The most coins that a round brought above its stake. */
  biggestWin: sumSchema,
  /** When the last bet was made. */
  lastAt: timeSchema,
});

/** What a member did at one game: the same for all games. */
export type Counters = z.infer<typeof countersSchema>;

/** Counters before anything was played. */
export const noCounters: Counters = {
  played: 0,
  won: 0,
  lost: 0,
  pushed: 0,
  staked: 0,
  paid: 0,
  biggestWin: 0,
  lastAt: 0 as EpochMs,
};

const limitSchema = z.int().min(1).max(coinsMax);

const limitFields = {
  /** Coins the member wants to lose on a UTC day at most. */
  lossLimit: limitSchema.optional(),
  /** A looser limit, or none, and when it counts. */
  nextLimit: z.strictObject({ limit: limitSchema.optional(), at: timeSchema }).optional(),
  /** Until then the member wants to stay out. */
  outUntil: timeSchema.optional(),
};
const careSchema = z.strictObject(limitFields);

/** How far a member lets themselves go. */
export type Care = Frozen<z.infer<typeof careSchema>>;

const playerSchema = z.strictObject({
  games: z.partialRecord(z.enum(countedGames), countersSchema),
  /** Coins paid less coins staked on a UTC day. */
  day: z.strictObject({ date: dateSchema, net: z.int() }).optional(),
  /** Coins that the member's things added to rounds on a UTC day. */
  gear: z.strictObject({ date: dateSchema, used: sumSchema }).optional(),
  // Members' own limits were kept here once. They stand until `care` has a row of the member's.
  ...limitFields,
});

/** A member of the casino as rows hold them. */
export type Player = Frozen<z.infer<typeof playerSchema>>;

const sumOf = (player: Player, term: (counters: Frozen<Counters>) => number): number =>
  capped(countedGames.reduce((sum, game) => sum + (player.games[game] ? term(player.games[game]) : 0), 0));

/** Sums over years of play stop at what a whole number can hold. */
export const capped = (sum: number): number =>
  Math.max(Number.MIN_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, sum));

/** Rounds a member has played. */
export const roundsOf = (player: Player): number => sumOf(player, ({ played }) => played);
/** Rounds a member has won. */
export const winsOf = (player: Player): number => sumOf(player, ({ won }) => won);
/** Rounds a member has lost. */
export const lostOf = (player: Player): number => sumOf(player, ({ lost }) => lost);
/** Coins paid less coins staked. */
export const netOf = (player: Player): number => sumOf(player, ({ paid, staked }) => paid - staked);

/** What each member did in the casino. */
export const players = collection({
  name: 'casino.player',
  version: 3,
  key: ['member'],
  schema: playerSchema,
  initial: { games: {} },
  // Version 2 has one more field and version 3 counts one more game; both may be missing.
  upgrades: [(row) => row, (row) => row],
  rowsMax: playersMax,
  orderings: {
    net: (player) => (roundsOf(player) > 0 ? netOf(player) : undefined),
    wins: (player) => winsOf(player) || undefined,
    games: (player) => roundsOf(player) || undefined,
  },
  totals: {},
  forget: 'key',
});

/**
 * How far each member lets themselves go. Rows of their own, since a reset of the economy and the end of a season leave
 * them: nobody but the member lifts what they set to protect themselves.
 */
export const care = collection({
  name: 'casino.care',
  version: 1,
  key: ['member'],
  schema: careSchema,
  initial: {},
  upgrades: [],
  rowsMax: playersMax,
  orderings: {},
  totals: {},
  forget: 'key',
});

/** Why big wins are announced no more: one row at most. */
export const feedNotices = collection({
  name: 'casino.feed-notice',
  version: 1,
  key: ['text'],
  schema: z.strictObject({ channel: snowflakeSchema, failure: z.enum(['gone', 'forbidden']), at: timeSchema }),
  initial: { channel: '', failure: 'gone' as const, at: 0 as EpochMs },
  upgrades: [],
  rowsMax: 1,
  orderings: {},
  totals: {},
  forget: 'no member',
});

/** The one key of `feedNotices`. */
export const feedNoticeKey = ['casino'] as const;
