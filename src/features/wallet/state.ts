import { z } from 'zod';
import { collection } from '../../kernel/collection.ts';
import { type Coins, type EpochMs, isRowId, isSnowflake, type MemberId, nobody, type RowId } from '../../kernel/ids.ts';
import { coinsMax, noCoins } from '../../kernel/money.ts';
import { accountsMax, bookingsMax, creditorsMax, flowsMax, requestsOpenMax, vaultsMax } from './tuning.ts';

/** A balance. */
export const coinsSchema = z.custom<Coins>(
  (value) => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= coinsMax,
);
const changeSchema = z
  .int()
  .min(0 - coinsMax)
  .max(coinsMax);
const timeSchema = z.custom<EpochMs>((value) => Number.isSafeInteger(value) && (value as number) >= 0);
const memberSchema = z.custom<MemberId>((value) => typeof value === 'string' && isSnowflake(value));
const idSchema = z.custom<RowId>((value) => typeof value === 'string' && isRowId(value));
const daySchema = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const kindSchema = z.string().regex(/^[a-z][a-z-]{0,23}$/);

/** What a member has and owes, and when they last did what may be done only so often: one row a member. */
export const accounts = collection({
  name: 'economy.account',
  version: 3,
  key: ['member'],
  schema: z.strictObject({
    wallet: coinsSchema,
    bank: coinsSchema,
    /** The sum of the member's rows in `debts`. */
    debt: coinsSchema,
    /** Ledger entries ever written for the member. */
    entries: z.int().nonnegative(),
    /** The newest booking that concerns the member; each line names the one before. */
    newest: idSchema.optional(),
    /** When the member last used their money themselves, or the account came to be. */
    activeAt: timeSchema,
    /** When the member got the start grant. */
    startedAt: timeSchema.optional(),
    /** UTC day of the last daily claim. */
    dailyDay: daySchema.optional(),
    /** Daily claims in a row. */
    streak: z.int().nonnegative(),
    /** When the member last claimed the weekly reward. */
    weeklyAt: timeSchema.optional(),
    /** UTC day up to which the bank has brought interest. */
    interestDay: daySchema.optional(),
    /** When the member last tried to rob somebody. */
    robTriedAt: timeSchema.optional(),
    /** When the member was last robbed. */
    robbedAt: timeSchema.optional(),
    /** Since when the member is banned from the economy and may only look. */
    bannedAt: timeSchema.optional(),
  }),
  initial: { wallet: noCoins, bank: noCoins, debt: noCoins, entries: 0, activeAt: 0 as EpochMs, streak: 0 },
  // Each version has more fields than the one before, all of which may be missing.
  upgrades: [(row) => row, (row) => row],
  rowsMax: accountsMax,
  orderings: {
    coins: (account) => (account.wallet > 0 ? account.wallet : undefined),
    bank: (account) => (account.bank > 0 ? account.bank : undefined),
  },
  totals: {
    held: (account) => account.wallet + account.bank,
    owed: (account) => account.debt,
    overdrawn: (account) => Number(account.wallet < 0 || account.bank < 0 || account.debt < 0),
  },
  forget: 'key',
});

/** One debt of a member, named by the debtor and an id, so that the oldest is served first. */
export const debts = collection({
  name: 'economy.debt',
  version: 2,
  key: ['member', 'id'],
  schema: z.strictObject({
    coins: coinsSchema,
    /** Who gets what is collected: a member or a vault; without either it is burned. */
    creditor: memberSchema.optional(),
    vault: idSchema.optional(),
  }),
  initial: { coins: noCoins },
  // Version 2 has one more field, which may be missing.
  upgrades: [(row) => row],
  rowsMax: accountsMax * (creditorsMax + 1),
  orderings: {},
  totals: { owed: (debt) => debt.coins },
  forget: (debt, member) => (debt.creditor === member ? { coins: debt.coins } : debt),
});

/** Requests for coins that wait for an answer, named by who asks and an id. */
export const requests = collection({
  name: 'economy.request',
  version: 1,
  key: ['member', 'id'],
  schema: z.strictObject({ asked: memberSchema, coins: coinsSchema, expiresAt: timeSchema }),
  initial: { asked: nobody, coins: noCoins, expiresAt: 0 as EpochMs },
  upgrades: [],
  rowsMax: accountsMax * requestsOpenMax,
  orderings: {},
  totals: {},
  forget: (request, member) => (request.asked === member ? 'remove' : request),
});

/**
 * One line of a booking, as a tuple, since each name in it would be stored with each line: the member; the kind of
 * entry; the changes of wallet, bank and debt in coins, signed; wallet and bank after it; the other member concerned;
 * the member's booking before this one.
 */
const lineSchema = z.tuple([
  memberSchema,
  kindSchema,
  changeSchema,
  changeSchema,
  changeSchema,
  coinsSchema,
  coinsSchema,
  memberSchema.nullable(),
  idSchema.nullable(),
]);
export type Line = Readonly<z.infer<typeof lineSchema>>;

/** One line of a booking for a vault: the vault, the kind of entry, the change, what it holds after, its booking before. */
const vaultLineSchema = z.tuple([idSchema, kindSchema, changeSchema, coinsSchema, idSchema.nullable()]);
export type VaultLine = Readonly<z.infer<typeof vaultLineSchema>>;

/** What happened to money: one row for each booking, with a line for each member and kind of entry, and each vault. */
export const ledger = collection({
  name: 'economy.booking',
  version: 3,
  key: ['id'],
  schema: z.strictObject({
    at: timeSchema,
    lines: z.array(lineSchema),
    /** Missing where no vault is concerned, as in most bookings. */
    vaults: z.array(vaultLineSchema).optional(),
    /** The staff took it back; missing in all others. */
    undone: z.literal(true).optional(),
  }),
  initial: { at: 0 as EpochMs, lines: [] },
  // Version 2 has vaults, version 3 what was undone; both may be missing.
  upgrades: [(row) => row, (row) => row],
  rowsMax: bookingsMax,
  orderings: {},
  totals: {},
  forget: ({ lines, ...booking }, member) => {
    const others = lines.filter(([owner]) => owner !== member);
    if (others.length === 0 && booking.vaults === undefined) return 'remove';
    return { ...booking, lines: others.map((line) => (line[7] === member ? line.with(7, null) : line) as Line) };
  },
});

/** Coins that belong to no one member, such as the treasury of an in-game guild: one row for each such purse. */
export const vaults = collection({
  name: 'economy.vault',
  version: 3,
  key: ['id'],
  schema: z.strictObject({
    coins: coinsSchema,
    /** The newest booking that concerns the vault; each of its lines names the one before. */
    newest: idSchema.optional(),
    /** Whether it is on no board: what belongs to the house is no rival of in-game guilds. */
    unranked: z.literal(true).optional(),
    /** The least it held since it was marked, at any time; the house's own are not watched. */
    lowest: coinsSchema.optional(),
  }),
  initial: { coins: noCoins },
  // Version 2 has one more field, which may be missing. What version 2 held counts as having been there.
  upgrades: [
    (row) => row,
    (row) => {
      const vault = row as { readonly coins: number; readonly unranked?: true };
      return vault.unranked ? vault : { ...vault, lowest: vault.coins };
    },
  ],
  rowsMax: vaultsMax,
  orderings: {
    coins: (vault) => (vault.unranked ? undefined : vault.coins),
    lowest: (vault) => vault.lowest || undefined,
  },
  totals: {
    held: (vault) => vault.coins,
    ranked: (vault) => (vault.unranked ? 0 : vault.coins),
    lowest: (vault) => vault.lowest ?? 0,
    overdrawn: (vault) => Number(vault.coins < 0),
  },
  forget: 'no member',
});

/** Coins ever made and unmade in the guild: one row. */
export const supply = collection({
  name: 'economy.supply',
  version: 1,
  key: ['text'],
  schema: z.strictObject({ minted: z.bigint().nonnegative(), burned: z.bigint().nonnegative() }),
  initial: { minted: 0n, burned: 0n },
  upgrades: [],
  rowsMax: 1,
  orderings: {},
  totals: {},
  forget: 'no member',
});

/** The one key of `supply`. */
export const supplyKey = ['coins'] as const;

/** Coins made and unmade by UTC day (days since 1970) and kind of entry, for as long as the staff's charts reach. */
export const flows = collection({
  name: 'economy.flow',
  version: 1,
  key: ['int', 'text'],
  schema: z.strictObject({ minted: z.bigint().nonnegative(), burned: z.bigint().nonnegative() }),
  initial: { minted: 0n, burned: 0n },
  upgrades: [],
  rowsMax: flowsMax,
  orderings: {},
  totals: {},
  forget: 'no member',
});

/** The last date whose interest was left out because the economy was frozen: one row. */
export const pauses = collection({
  name: 'economy.pause',
  version: 1,
  key: ['text'],
  schema: z.strictObject({ interestDay: daySchema.optional() }),
  initial: {},
  upgrades: [],
  rowsMax: 1,
  orderings: {},
  totals: {},
  forget: 'no member',
});

/** The one key of `pauses`. */
export const pausesKey = ['all'] as const;

/** The last date for which fortunes lost their part: one row. */
export const decays = collection({
  name: 'economy.decay-run',
  version: 1,
  key: ['text'],
  schema: z.strictObject({ date: daySchema.optional() }),
  initial: {},
  upgrades: [],
  rowsMax: 1,
  orderings: {},
  totals: {},
  forget: 'no member',
});

/** The one key of `decays`. */
export const decaysKey = ['all'] as const;
