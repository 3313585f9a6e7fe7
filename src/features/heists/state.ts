import { z } from 'zod';
import { collection } from '../../kernel/collection.ts';
import { type Coins, type EpochMs, type Frozen, isRowId, type RowId } from '../../kernel/ids.ts';
import { coinsMax, noCoins, shareUnits } from '../../kernel/money.ts';
import { dateSchema, memberSchema, snowflakeSchema, timeSchema } from '../../kernel/schemas.ts';
import { approaches, roles, taskKinds } from './rules.ts';
import {
  full,
  mistakesAllowedMore,
  notesMax,
  openMax,
  pastMax,
  phases,
  recordsMax,
  robbersMax,
  teamMax,
} from './tuning.ts';

export const idSchema = z.custom<RowId>((value) => typeof value === 'string' && isRowId(value));
const coinsSchema = z.custom<Coins>(
  (value) => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= coinsMax,
);
const gearSchema = z.record(z.string(), z.int().nonnegative());
const noId = '000000000' as RowId;

/** A task of a member: drawn once, and open until its time is over. */
const taskSchema = z.strictObject({
  id: idSchema,
  kind: z.enum(taskKinds),
  /** How somebody alone goes about it. */
  approach: z.enum(approaches).optional(),
  given: z.string().max(64),
  answer: z.string().max(64),
  choices: z.array(z.string().max(16)).max(8),
  /** Wrong guesses at a lock so far. */
  guesses: z.array(z.string().max(8)).max(8),
  triesMax: z.int().min(1).max(8),
  expiresAt: timeSchema,
});
export type Task = Frozen<z.infer<typeof taskSchema>>;

const crewSchema = z.strictObject({
  member: memberSchema,
  /** What they say to being asked; who leads has accepted. */
  answer: z.enum(['asked', 'accepted', 'declined']),
  role: z.enum(roles).optional(),
  /** Of the phase, in percent. */
  progress: z.int().min(0).max(full),
  /** What their things and potions come to, as it was when the heist started. */
  gear: gearSchema,
  /** Guesses that a lock gives beyond the usual. */
  lockTries: z.int().nonnegative(),
  /** What was taken from each purse against the penalty, and what of it they did not have. */
  escrow: z.strictObject({ wallet: coinsSchema, bank: coinsSchema, missing: coinsSchema }),
  task: taskSchema.optional(),
  /** Left the clan or the server, or was banned, while it was played: nobody waits for them. */
  gone: z.literal(true).optional(),
});
export type CrewMember = Frozen<z.infer<typeof crewSchema>>;

export const stages = ['picking', 'asking', 'roles', 'playing'] as const;

const heistSchema = z.strictObject({
  attacker: idSchema,
  target: idSchema,
  mode: z.enum(['solo', 'team']),
  amount: coinsSchema,
  /** What it costs if it fails, for all together. */
  penalty: coinsSchema,
  stage: z.enum(stages),
  /** When the stage is over, whatever comes: a team's phase, the time to think of somebody alone. */
  endsAt: timeSchema,
  startedAt: timeSchema.optional(),
  /** Ten-thousandths. */
  difficulty: z.int().min(0).max(shareUnits),
  phase: z
    .int()
    .min(0)
    .max(phases - 1),
  /** Percent times members: see `noiseOf`. */
  noise: z.int().nonnegative(),
  /** Mistakes of the phase, and how many it allows. */
  mistakes: z.int().nonnegative(),
  mistakesMax: z.int().min(0).max(mistakesAllowedMore),
  /** Members it started with. */
  size: z.int().min(1).max(teamMax),
  team: gearSchema,
  /** Who leads stands first, unless they were forgotten. */
  leader: memberSchema.optional(),
  crew: z.array(crewSchema).max(teamMax),
  /** Where it is posted, and the message once that is known. */
  channel: snowflakeSchema.optional(),
  message: snowflakeSchema.optional(),
  /** It has changed since it was posted, while it was not known where the message is. */
  stale: z.literal(true).optional(),
});
/** A heist that is planned or played, as rows hold it. */
export type HeistRow = Frozen<z.infer<typeof heistSchema>>;

/** Heists that are not over. What was taken against their penalties is burned: the end mints what goes where. */
export const heistRows = collection({
  name: 'heists.heist',
  version: 2,
  key: ['id'],
  schema: heistSchema,
  initial: {
    attacker: noId,
    target: noId,
    mode: 'solo' as const,
    amount: noCoins,
    penalty: noCoins,
    stage: 'picking' as const,
    endsAt: 0 as EpochMs,
    difficulty: 0,
    phase: 0,
    noise: 0,
    mistakes: 0,
    mistakesMax: 0,
    size: 1,
    team: {},
    crew: [],
  },
  // Version 2 has one more field, which may be missing.
  upgrades: [(row) => row],
  rowsMax: openMax,
  orderings: {},
  totals: {},
  forget: ({ leader, ...heist }, member) => ({
    ...heist,
    ...(leader !== undefined && leader !== member && { leader }),
    crew: heist.crew.filter((one) => one.member !== member),
  }),
});

/** The heists that are played against each clan: an index to `heistRows`. */
export const targeted = collection({
  name: 'heists.targeted',
  version: 1,
  key: ['id', 'id'],
  schema: z.strictObject({}),
  initial: {},
  upgrades: [],
  rowsMax: openMax,
  orderings: {},
  totals: {},
  forget: 'no member',
});

const recordSchema = z.strictObject({
  /** The heist that the clan plans or plays. */
  open: idSchema.optional(),
  /** The Sunday of its last attempt. */
  tried: dateSchema.optional(),
  /** What it lost to others' heists on a Sunday. */
  lost: z.strictObject({ date: dateSchema, coins: coinsSchema }).optional(),
  /** What its treasury held at times of the weekend, where that was another amount than before; the newest last. */
  notes: z.array(z.strictObject({ at: timeSchema, coins: coinsSchema })).max(notesMax),
});
export type ClanRecord = Frozen<z.infer<typeof recordSchema>>;

/** What is kept of each clan that has a treasury or had to do with a heist. */
export const records = collection({
  name: 'heists.clan',
  version: 1,
  key: ['id'],
  schema: recordSchema,
  initial: { notes: [] },
  upgrades: [],
  rowsMax: recordsMax,
  orderings: {},
  totals: {},
  forget: 'no member',
});

/** Since when treasuries are noted: a clan without a note had nothing from then on. One row. */
export const notings = collection({
  name: 'heists.noting',
  version: 1,
  key: ['text'],
  schema: z.strictObject({ since: timeSchema }),
  initial: { since: 0 as EpochMs },
  upgrades: [],
  rowsMax: 1,
  orderings: {},
  totals: {},
  forget: 'no member',
});
/** The one key of `notings`. */
export const notingKey = ['all'] as const;

export const outcomes = ['won', 'lost', 'void'] as const;
export const reasons = ['done', 'seen', 'mistakes', 'noise', 'late', 'alone', 'frozen', 'down', 'ended'] as const;
export type Reason = (typeof reasons)[number];

const pastSchema = z.strictObject({
  attacker: z.string(),
  target: z.string(),
  mode: z.enum(['solo', 'team']),
  size: z.int().min(1).max(teamMax),
  amount: coinsSchema,
  outcome: z.enum(outcomes),
  reason: z.enum(reasons),
  /** What left the target's treasury, and what of it the team got; or what the target was paid. */
  taken: coinsSchema,
  shared: coinsSchema,
  paid: coinsSchema,
  /** What members owe of the penalty. */
  owed: coinsSchema,
  phase: z
    .int()
    .min(0)
    .max(phases - 1),
  noise: z.int().min(0).max(full),
  startedAt: timeSchema,
  endedAt: timeSchema,
});
export type PastHeist = Frozen<z.infer<typeof pastSchema>>;

/** Heists that are over, by the names that clans had then; the oldest go. */
export const pastHeists = collection({
  name: 'heists.past',
  version: 1,
  key: ['id'],
  schema: pastSchema,
  initial: {
    attacker: '',
    target: '',
    mode: 'solo' as const,
    size: 1,
    amount: noCoins,
    outcome: 'void' as const,
    reason: 'ended' as const,
    taken: noCoins,
    shared: noCoins,
    paid: noCoins,
    owed: noCoins,
    phase: 0,
    noise: 0,
    startedAt: 0 as EpochMs,
    endedAt: 0 as EpochMs,
  },
  upgrades: [],
  rowsMax: pastMax,
  orderings: {},
  totals: {},
  forget: 'no member',
});

const sumSchema = z.int().nonnegative();

/** What each member did in heists. */
export const robbers = collection({
  name: 'heists.robber',
  version: 1,
  key: ['member'],
  schema: z.strictObject({ played: sumSchema, won: sumSchema, earned: sumSchema }),
  initial: { played: 0, won: 0, earned: 0 },
  upgrades: [],
  rowsMax: robbersMax,
  orderings: {},
  totals: {},
  forget: 'key',
});
