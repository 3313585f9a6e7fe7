import { z } from 'zod';
import type { Remembrance } from '../../kernel/membership.ts';
import { coins, coinsMax } from '../../kernel/money.ts';
import { timeSchema } from '../../kernel/schemas.ts';
import { book, moneyOf, oweNobody } from '../wallet/api.ts';
import { entries } from './entries.ts';
import { loans, records } from './state.ts';

const keptSchema = z.strictObject({ owed: z.int().min(0).max(coinsMax), defaultedAt: timeSchema.optional() });

/** Whoever leaves with a loan has not paid it back: what their coins did not cover is a debt when they return. */
export const loansRemembrance: Remembrance<z.infer<typeof keptSchema>> = {
  name: 'loans',
  schema: keptSchema,
  keep: (query, member) => {
    const { wallet, bank, debt } = moneyOf(query, member);
    const { outstanding } = query.get(loans, [member]);
    // The erasure pays debts first and burns what is left, which is as good as paid.
    const owed = Math.max(0, outstanding - Math.max(0, wallet + bank - debt));
    const defaultedAt = owed > 0 ? query.now : query.get(records, [member]).defaultedAt;
    return defaultedAt === undefined ? undefined : { owed, defaultedAt };
  },
  restore: (mutation, member, { owed, defaultedAt }) => {
    if (defaultedAt !== undefined) {
      mutation.put(records, [member], { ...mutation.get(records, [member]), usedAt: mutation.now, defaultedAt });
    }
    const room = coinsMax - moneyOf(mutation, member).debt;
    const debt = coins(Math.min(owed, room));
    if (debt > 0)
      book(mutation, {
        postings: [oweNobody(mutation, member, { coins: debt, entry: entries.converted })],
        evenAtRest: true,
      });
  },
};
