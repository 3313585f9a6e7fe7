import { z } from 'zod';
import { collection } from '../../kernel/collection.ts';
import type { Mutation } from '../../kernel/context.ts';
import { type Frozen, isRowId, type MemberId, type RowId } from '../../kernel/ids.ts';
import { memberSchema, timeSchema } from '../../kernel/schemas.ts';
import { tiers } from '../chests/api.ts';
import { auditMax, bansMax, namedMax, reasonCharactersMax } from './tuning.ts';

export const rowIdSchema = z.custom<RowId>((value) => typeof value === 'string' && isRowId(value));
const reasonSchema = z.string().max(reasonCharactersMax);

/** Changes of members' wallets and banks in whole coins, signed. */
const correctionSchema = z.strictObject({ member: memberSchema, wallet: z.int(), bank: z.int() });

/** Changes of what members owe, and to whom. */
const debtCorrectionSchema = z.strictObject({
  member: memberSchema,
  creditor: memberSchema.optional(),
  vault: rowIdSchema.optional(),
  change: z.int(),
});

/** Changes of treasuries and the like, and whose share of them that concerns. */
const vaultCorrectionSchema = z.strictObject({ vault: rowIdSchema, member: memberSchema.optional(), change: z.int() });

const banSchema = z.strictObject({ at: timeSchema, by: memberSchema.optional(), reason: reasonSchema.optional() });

const wholeSchema = z.int().nonnegative();
const lootTableSchema = z.strictObject({
  mimic: wholeSchema,
  coin: wholeSchema,
  item: wholeSchema,
  least: wholeSchema,
  most: wholeSchema,
});

/** What the staff did, with what it takes to undo it. */
const deedSchema = z.union([
  /** Coins were given, taken, or entries of the ledger taken back. */
  z.strictObject({
    kind: z.literal('coins'),
    how: z.enum(['given', 'taken', 'entries']),
    corrections: z.array(correctionSchema),
    debts: z.array(debtCorrectionSchema).optional(),
    vaults: z.array(vaultCorrectionSchema).optional(),
  }),
  /** A setting was changed; `before` is missing where the server had none of its own. */
  z.strictObject({ kind: z.literal('setting'), key: z.string(), before: z.string().optional(), after: z.string() }),
  /** Somebody was banned, or the ban that is kept here was lifted. */
  z.strictObject({ kind: z.literal('ban'), lifted: z.boolean(), ban: banSchema }),
  /** Items were given, or below 0 taken. */
  z.strictObject({ kind: z.literal('items'), item: z.string(), count: z.int() }),
  /** What lies in chests was changed. */
  z.strictObject({ kind: z.literal('loot'), tier: z.enum(tiers), before: lootTableSchema, after: lootTableSchema }),
  /** The economy began anew. */
  z.strictObject({ kind: z.literal('reset'), number: z.int().positive() }),
  /** A season ended; nothing to undo, but for the reset that may come with it. */
  z.strictObject({ kind: z.literal('season'), number: z.int().positive() }),
  /** An action was undone. */
  z.strictObject({ kind: z.literal('undo'), of: rowIdSchema }),
]);
export type Deed = Frozen<z.infer<typeof deedSchema>>;

/** Every action of the staff: who, what, to whom, before and after, when and why. */
export const audit = collection({
  name: 'economy.audit',
  version: 2,
  key: ['id'],
  schema: z.strictObject({
    at: timeSchema,
    /** Missing where they were erased. */
    by: memberSchema.optional(),
    target: memberSchema.optional(),
    /** What it was about in figures or words, before and after. */
    before: z.string(),
    after: z.string(),
    reason: reasonSchema.optional(),
    deed: deedSchema,
    /** It was undone: by the action of this id. */
    undoneBy: rowIdSchema.optional(),
  }),
  initial: {
    at: timeSchema.parse(0),
    before: '',
    after: '',
    deed: { kind: 'undo', of: rowIdSchema.parse('000000000') },
  },
  // Version 2 has two more fields in a deed, which may be missing.
  upgrades: [(row) => row],
  rowsMax: auditMax,
  orderings: {},
  totals: {},
  forget: (row, member) => {
    if (row.target === member) return 'remove';
    const { by, deed, ...rest } = row;
    return { ...rest, ...(by !== undefined && by !== member && { by }), deed: withoutMember(deed, member) };
  },
});

/** An action as rows hold it. */
export type Action = Frozen<ReturnType<(typeof audit)['schema']['parse']>>;

/** What is left of corrections that can still be undone: nobody is owed by, or to, somebody who is no more. */
const withoutCorrections = (deed: Extract<Deed, { readonly kind: 'coins' }>, member: string): Deed => {
  const { corrections, debts, vaults } = deed;
  return {
    ...deed,
    corrections: corrections.filter((one) => one.member !== member),
    ...(debts && { debts: debts.filter((one) => one.member !== member && one.creditor !== member) }),
    ...(vaults && {
      vaults: vaults.map(({ member: whose, ...one }) => (whose === member ? one : { ...one, member: whose })),
    }),
  };
};

const withoutMember = (deed: Deed, member: string): Deed => {
  if (deed.kind === 'coins') return withoutCorrections(deed, member);
  if (deed.kind !== 'ban' || deed.ban.by !== member) return deed;
  const { by: _, ...ban } = deed.ban;
  return { ...deed, ban };
};

/** Who is banned from the economy, since when, by whom and why. That they are stands in their account as well. */
export const bans = collection({
  name: 'economy.ban',
  version: 1,
  key: ['member'],
  schema: banSchema,
  initial: { at: timeSchema.parse(0) },
  upgrades: [],
  rowsMax: bansMax,
  orderings: {},
  totals: {},
  forget: (ban, member) => {
    if (ban.by !== member) return ban;
    const { by: _, ...rest } = ban;
    return rest;
  },
});
export type Ban = Frozen<z.infer<typeof banSchema>>;

/**
 * Who is named in what the administration keeps. Whoever is named anywhere has a row of their own, by which the runtime
 * knows that there is something to forget; accounts will not do, since a reset takes them away.
 */
export const named = collection({
  name: 'economy.named',
  version: 1,
  key: ['member'],
  schema: z.strictObject({}),
  initial: {},
  upgrades: [],
  rowsMax: namedMax,
  orderings: {},
  totals: {},
  forget: 'key',
});

/** Members whom a deed names beside its target. */
export const membersNamed = (deed: Deed): readonly MemberId[] => {
  if (deed.kind !== 'coins') return [];
  const { corrections, debts = [], vaults = [] } = deed;
  const all = [...corrections, ...debts, ...vaults].map(({ member }) => member);
  return [...all, ...debts.map(({ creditor }) => creditor)].filter((member) => member !== undefined);
};

/** Notes that a member is about to be named in a row. */
export const ensureNamed = (m: Mutation, member: MemberId): void => {
  if (m.find(named, [member]) === undefined) m.put(named, [member], {});
};
