import { z } from 'zod';
import type { Mutation } from '../../kernel/context.ts';
import { type EpochMs, epochMs, type MemberId } from '../../kernel/ids.ts';
import { coinsMax } from '../../kernel/money.ts';
import { type Operation, task } from '../../kernel/operation.ts';
import { done } from '../../kernel/outcome.ts';
import { memberSchema } from '../../kernel/schemas.ts';
import { book, isFrozen, moneyOf, oweNobody } from '../wallet/api.ts';
import { entries } from './entries.ts';
import { notify } from './notice.ts';
import { afterMissing, instalmentOf, isLost } from './rules.ts';
import { missedRate } from './settings.ts';
import { type Loan, loans, records } from './state.ts';
import { instalmentMs, remindMs } from './tuning.ts';

const keySchema = z.strictObject({ member: memberSchema });

/** When the next missed week of a loan is over. */
const nextMissAt = ({ dueAt, missed }: Loan): EpochMs => epochMs(dueAt + (missed + 1) * instalmentMs);

/** The whole of what is outstanding becomes a debt. A debt has a ceiling, too: a loan that has no room there stays. */
const convert = (m: Mutation, member: MemberId, loan: Loan): boolean => {
  const { outstanding } = loan;
  if (moneyOf(m, member).debt + outstanding > coinsMax) return false;
  closeLoan(m, member);
  const record = m.get(records, [member]);
  m.put(records, [member], { ...record, usedAt: m.now, defaultedAt: m.now });
  book(m, { postings: [oweNobody(m, member, { coins: outstanding, entry: entries.converted })] });
  notify(m, member, { what: 'lost', coins: outstanding, at: m.now });
  return true;
};

/** Nobody can pay while the economy is frozen, so a week that ends then is no missed one: all is due a week later. */
const postpone = (m: Mutation, member: MemberId, loan: Loan, weeks: number): Loan => {
  const later = { ...loan, dueAt: epochMs(loan.dueAt + (weeks - loan.missed) * instalmentMs) };
  keepLoan(m, member, later);
  return later;
};

/**
 * Counts the weeks that a member's loan has missed up to now: each costs, and too many make a debt of it. A second call
 * counts none twice. Gives the loan where there is one still.
 */
export const countMissed = (m: Mutation, member: MemberId): Loan | undefined => {
  const before = m.find(loans, [member]);
  if (before === undefined) return undefined;
  const weeks = Math.floor((m.now - before.dueAt) / instalmentMs);
  if (weeks <= before.missed) return before;
  if (isFrozen(m)) return postpone(m, member, before, weeks);
  const loan = afterMissing(before, weeks, m.setting(missedRate));
  if (isLost(loan) && convert(m, member, loan)) return undefined;
  // Every week counts, also where the loan is lost, has no room as a debt and grows no more: the next is waited for.
  const after = { ...loan, missed: weeks };
  keepLoan(m, member, after);
  notify(m, member, { what: 'missed', coins: after.outstanding, at: after.dueAt });
  return after;
};

/** When another week has been missed. */
export const missWeek: Operation<z.infer<typeof keySchema>> = task({
  name: 'loans.miss-week',
  version: 1,
  input: keySchema,
  run: (m, { member }) => {
    const loan = countMissed(m, member);
    // Called early, or by hand: the row's own time counts.
    if (loan !== undefined) keepLoan(m, member, loan);
    return done();
  },
});

/** Before an instalment is due. */
export const remind: Operation<z.infer<typeof keySchema>> = task({
  name: 'loans.remind',
  version: 1,
  input: keySchema,
  run: (m, { member }) => {
    const loan = m.find(loans, [member]);
    if (loan !== undefined && m.now < loan.dueAt) {
      notify(m, member, { what: 'due', coins: instalmentOf(loan), at: loan.dueAt });
    }
    return done();
  },
});

/** Writes a loan with the times that go with it. */
export const keepLoan = (m: Mutation, member: MemberId, loan: Loan): void => {
  m.put(loans, [member], loan);
  m.wake(missWeek, member, nextMissAt(loan), { member });
  const remindAt = epochMs(loan.dueAt - remindMs);
  if (m.now < remindAt) m.wake(remind, member, remindAt, { member });
};

/** Takes a loan away, times and all. */
export const closeLoan = (m: Mutation, member: MemberId): void => {
  m.remove(loans, [member]);
  m.cancel(missWeek, member);
  m.cancel(remind, member);
};
