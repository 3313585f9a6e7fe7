import { z } from 'zod';
import { collection } from '../../kernel/collection.ts';
import { type Coins, type EpochMs, isRowId, nobody, type RowId } from '../../kernel/ids.ts';
import { coinsMax, noCoins, shareUnits } from '../../kernel/money.ts';
import { dateSchema, memberSchema, timeSchema } from '../../kernel/schemas.ts';
import {
  applicationsOpenMax,
  clanMembersMax,
  clansMax,
  invitationsOpenMax,
  membershipsMax,
  officerDailyShare,
  ownerDailyShare,
} from './tuning.ts';

const coinsSchema = z.custom<Coins>(
  (value) => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= coinsMax,
);
const shareSchema = z.int().min(0).max(shareUnits);

/** The id of an in-game guild, which is the id of its treasury's vault as well. */
export const clanIdSchema = z.custom<RowId>((value) => typeof value === 'string' && isRowId(value));

/** Roles from the highest to the lowest. */
export const roles = ['owner', 'officer', 'member'] as const;
export type Role = (typeof roles)[number];

const noClan = '000000000' as RowId;

/** In-game guilds, called clans here, since a guild is a Discord server. Nobody is named in them. */
export const clans = collection({
  name: 'economy.clan',
  version: 1,
  key: ['id'],
  schema: z.strictObject({
    name: z.string().min(1),
    createdAt: timeSchema,
    members: z.int().min(1).max(clanMembersMax),
    /** Whether anybody may join without being approved. */
    open: z.boolean(),
    /** What owner and officers may withdraw a day beyond their contributions, in ten-thousandths of the treasury. */
    ownerDailyShare: shareSchema,
    officerDailyShare: shareSchema,
    /** Whether officers may plan heists. */
    officersPlan: z.boolean(),
    /** What was withdrawn beyond contributions on a UTC day, by owners and by officers. */
    beyond: z.strictObject({ day: dateSchema, owner: coinsSchema, officer: coinsSchema }).optional(),
    /** Since when the treasury is locked. */
    lockedAt: timeSchema.optional(),
    /** Date up to which the treasury has brought interest. */
    interestDate: dateSchema.optional(),
  }),
  initial: {
    name: '?',
    createdAt: 0 as EpochMs,
    members: 1,
    open: false,
    ownerDailyShare,
    officerDailyShare,
    officersPlan: false,
  },
  upgrades: [],
  rowsMax: clansMax,
  orderings: {},
  totals: { members: (clan) => clan.members },
  forget: 'no member',
});

/** The forms of a name that nobody else may have: two rows a clan, see `keysOfName`. */
export const clanNames = collection({
  name: 'economy.clan-name',
  version: 1,
  key: ['text'],
  schema: z.strictObject({ clan: clanIdSchema }),
  initial: { clan: noClan },
  upgrades: [],
  rowsMax: 2 * clansMax,
  orderings: {},
  totals: {},
  forget: 'no member',
});

/** Who is in which clan: one row a member, so nobody is in two. */
export const memberships = collection({
  name: 'economy.clan-membership',
  version: 2,
  key: ['member'],
  schema: z.strictObject({
    clan: clanIdSchema,
    role: z.enum(roles),
    joinedAt: timeSchema,
    /** What the member put into the treasury, less what they took of it: their share in interest and at the end. */
    contribution: coinsSchema,
    /** The least the contribution was since interest was last paid: what interest is shared by. */
    steady: coinsSchema,
    /** Date of the last Saturday on which something was taken from the member for the treasury. */
    levyDate: dateSchema.optional(),
  }),
  initial: { clan: noClan, role: 'member', joinedAt: 0 as EpochMs, contribution: noCoins, steady: noCoins },
  // Version 2 has another field. What was put in under version 1 counts as having been there.
  upgrades: [
    (row) => {
      const membership = row as { readonly contribution: number };
      return { ...membership, steady: membership.contribution };
    },
  ],
  rowsMax: membershipsMax,
  orderings: {},
  totals: { owners: (membership) => Number(membership.role === 'owner') },
  forget: 'key',
});

/** The members of each clan by role (0 the owner) and time of joining, the oldest first: an index to `memberships`. */
export const roster = collection({
  name: 'economy.clan-roster',
  version: 1,
  key: ['id', 'int', 'int', 'member'],
  schema: z.strictObject({}),
  initial: {},
  upgrades: [],
  rowsMax: membershipsMax,
  orderings: {},
  totals: {},
  forget: 'key',
});

/** A member's open request to join a clan: there is one at most. */
export const applications = collection({
  name: 'economy.clan-application',
  version: 1,
  key: ['member'],
  schema: z.strictObject({ clan: clanIdSchema, expiresAt: timeSchema }),
  initial: { clan: noClan, expiresAt: 0 as EpochMs },
  upgrades: [],
  rowsMax: membershipsMax,
  orderings: {},
  totals: {},
  forget: 'key',
});

/** The open requests of each clan, the oldest first: an index to `applications`. */
export const applicants = collection({
  name: 'economy.clan-applicant',
  version: 1,
  key: ['id', 'int', 'member'],
  schema: z.strictObject({}),
  initial: {},
  upgrades: [],
  rowsMax: clansMax * applicationsOpenMax,
  orderings: {},
  totals: {},
  forget: 'key',
});

/** Who was denied, and until when they cannot ask again. */
export const denials = collection({
  name: 'economy.clan-denial',
  version: 1,
  key: ['member', 'id'],
  schema: z.strictObject({ until: timeSchema }),
  initial: { until: 0 as EpochMs },
  upgrades: [],
  rowsMax: membershipsMax,
  orderings: {},
  totals: {},
  forget: 'key',
});

/** Open invitations by clan and who is invited. */
export const invitations = collection({
  name: 'economy.clan-invitation',
  version: 1,
  key: ['id', 'member'],
  schema: z.strictObject({ by: memberSchema, expiresAt: timeSchema }),
  initial: { by: nobody, expiresAt: 0 as EpochMs },
  upgrades: [],
  rowsMax: clansMax * invitationsOpenMax,
  orderings: {},
  totals: {},
  forget: (invitation, member) => (invitation.by === member ? 'remove' : invitation),
});

/** The newest weekly interest of the guild: one row, made when it begins. */
export const interestRuns = collection({
  name: 'economy.clan-interest',
  version: 1,
  key: ['text'],
  schema: z.strictObject({
    date: dateSchema,
    /** The clan with the largest treasury, which gets more. */
    top: clanIdSchema.optional(),
    /** The most there is for all, what all would get without that limit, and what was paid so far. */
    cap: z.bigint().nonnegative(),
    wanted: z.bigint().nonnegative(),
    paid: z.bigint().nonnegative(),
    /** Whether all were paid. */
    finished: z.boolean(),
  }),
  initial: { date: '1970-01-01', cap: 0n, wanted: 0n, paid: 0n, finished: true },
  upgrades: [],
  rowsMax: 1,
  orderings: {},
  totals: {},
  forget: 'no member',
});

/** One row while clans are mended, after a reset was undone: until then counts need not be what they count. */
export const mendings = collection({
  name: 'economy.clan-mending',
  version: 1,
  key: ['text'],
  schema: z.strictObject({}),
  initial: {},
  upgrades: [],
  rowsMax: 1,
  orderings: {},
  totals: {},
  forget: 'no member',
});

/** The one key of `mendings`. */
export const mendingKey = ['all'] as const;

/** The one key of `interestRuns`. */
export const interestRunKey = ['newest'] as const;
