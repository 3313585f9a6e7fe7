import { z } from 'zod';
import type { Remembrance } from '../../kernel/membership.ts';
import { coins, noCoins } from '../../kernel/money.ts';
import { dateSchema, timeSchema } from '../../kernel/schemas.ts';
import { oweNobody } from './debt.ts';
import { entries } from './entries.ts';
import { book } from './money.ts';
import { accounts, coinsSchema } from './state.ts';

const keptSchema = z.strictObject({
  /** Whether the start grant was paid. */
  started: z.boolean(),
  dailyDay: dateSchema.optional(),
  streak: z.int().nonnegative(),
  weeklyAt: timeSchema.optional(),
  /** What was owed and could not be paid. To whom is not kept: their names are not the member's to keep. */
  debt: coinsSchema,
});

/** What is kept of an erased member, so that leaving and coming back brings no reward twice and clears no debt. */
export const walletRemembrance: Remembrance<z.infer<typeof keptSchema>> = {
  name: 'wallet',
  schema: keptSchema,
  keep: (query, member) => {
    const { startedAt, dailyDay, streak, weeklyAt, debt, wallet, bank } = query.get(accounts, [member]);
    // The erasure pays debts from what there is; what it burns after that was no payment, but is gone as well.
    const owed = coins(Math.max(0, debt - wallet - bank));
    if (startedAt === undefined && dailyDay === undefined && weeklyAt === undefined && owed === 0) return undefined;
    return {
      started: startedAt !== undefined,
      streak,
      debt: owed,
      ...(dailyDay !== undefined && { dailyDay }),
      ...(weeklyAt !== undefined && { weeklyAt }),
    };
  },
  restore: (mutation, member, { started, dailyDay, streak, weeklyAt, debt }) => {
    const account = mutation.get(accounts, [member]);
    mutation.put(accounts, [member], {
      ...account,
      ...(started && { startedAt: account.startedAt ?? mutation.now }),
      ...(dailyDay !== undefined && { dailyDay, streak }),
      ...(weeklyAt !== undefined && { weeklyAt }),
      activeAt: mutation.now,
    });
    if (debt > noCoins)
      book(mutation, {
        postings: [oweNobody(mutation, member, { coins: debt, entry: entries.debtKept })],
        evenAtRest: true,
      });
  },
};
