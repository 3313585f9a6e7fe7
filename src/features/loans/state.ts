import { z } from 'zod';
import { collection } from '../../kernel/collection.ts';
import type { Coins, EpochMs, Frozen } from '../../kernel/ids.ts';
import { coinsMax, noCoins } from '../../kernel/money.ts';
import { dateSchema, timeSchema } from '../../kernel/schemas.ts';
import { instalments, recordDays, recordsMax } from './tuning.ts';

const coinsSchema = z.custom<Coins>(
  (value) => Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) <= coinsMax,
);

const loanSchema = z.strictObject({
  /** What was lent. */
  lent: coinsSchema,
  /** What was owed at first: what was lent, and the fee. */
  original: coinsSchema,
  outstanding: coinsSchema,
  /** Instalments paid; the last one ends the loan. */
  paid: z
    .int()
    .min(0)
    .max(instalments - 1),
  /** Weeks past the due date that were missed, and have cost. */
  missed: z.int().nonnegative(),
  dueAt: timeSchema,
  takenAt: timeSchema,
});

/** A loan as rows hold it. */
export type Loan = Frozen<z.infer<typeof loanSchema>>;

/** Loans that are not paid back: one a member. */
export const loans = collection({
  name: 'loans.loan',
  version: 1,
  key: ['member'],
  schema: loanSchema,
  initial: {
    lent: noCoins,
    original: noCoins,
    outstanding: noCoins,
    paid: 0,
    missed: 0,
    dueAt: 0 as EpochMs,
    takenAt: 0 as EpochMs,
  },
  upgrades: [],
  rowsMax: recordsMax,
  orderings: {},
  totals: { outstanding: (loan) => loan.outstanding },
  forget: 'key',
});

const recordSchema = z.strictObject({
  /** What the member was worth at the end of the last days by UTC, the newest last. */
  days: z.array(z.tuple([dateSchema, z.int()])).max(recordDays),
  /** When the member last had use for it. */
  usedAt: timeSchema,
  /** When a loan of theirs became a debt. */
  defaultedAt: timeSchema.optional(),
});

/** A record as rows hold it. */
export type WorthRecord = Frozen<z.infer<typeof recordSchema>>;

/** Who has looked at loans, and what they were worth day by day since: see `record.ts`. */
export const records = collection({
  name: 'loans.record',
  version: 1,
  key: ['member'],
  schema: recordSchema,
  initial: { days: [], usedAt: 0 as EpochMs },
  upgrades: [],
  rowsMax: recordsMax,
  orderings: {},
  totals: {},
  forget: 'key',
});
