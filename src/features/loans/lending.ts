import { type Amount, resolveAmount } from '../../kernel/amount.ts';
import type { Mutation } from '../../kernel/context.ts';
import { type Coins, epochMs } from '../../kernel/ids.ts';
import { coins, noCoins, shareOf } from '../../kernel/money.ts';
import { done, type Outcome, refuse } from '../../kernel/outcome.ts';
import { begin, book, give, relativeTime, splitFunds, takeFunds } from '../wallet/api.ts';
import { entries } from './entries.ts';
import { closeLoan, countMissed, keepLoan } from './overdue.ts';
import { averageWorth, useRecord, worthOf } from './record.ts';
import { instalmentOf, limitOf } from './rules.ts';
import { loanFee, loanMax, loansEnabled, missedRate } from './settings.ts';
import { type Loan, loans, type WorthRecord } from './state.ts';
import { defaultBlockMs, instalmentMs, instalments, loanMin } from './tuning.ts';

/** What a member may borrow, and what that follows from. */
export interface Limit {
  readonly worth: number;
  readonly average: number;
  readonly limit: Coins;
  /** Nothing while a loan is open. */
  readonly available: Coins;
  readonly loan: Loan | undefined;
  /** Until when nothing is lent after a loan was not paid back. */
  readonly blockedUntil: number;
}

/** Until when nothing is lent to whoever did not pay a loan back. */
export const blockedUntil = ({ defaultedAt }: WorthRecord): number =>
  defaultedAt === undefined ? 0 : defaultedAt + defaultBlockMs;

/** Reads what the member who acts may borrow. Weeks that were missed are counted before. */
export const readLimit = (m: Mutation): Limit => {
  begin(m);
  const { member } = m.actor;
  const record = useRecord(m);
  const loan = countMissed(m, member);
  const worth = worthOf(m, member);
  const average = averageWorth(m, record);
  const limit = limitOf(Math.min(worth, average), coins(m.setting(loanMax)));
  const until = blockedUntil(record);
  const open = loan !== undefined || m.now < until;
  return { worth, average, limit, available: open ? noCoins : limit, loan, blockedUntil: until };
};

/** What lending shows. */
export interface Taken {
  readonly loan: Loan;
  /** What a missed week costs, in percent. */
  readonly missedPercent: number;
  readonly wallet: Coins;
}

/** Why nothing at all is lent to the member who acts. */
const refuseBorrower = (m: Mutation, { loan, blockedUntil: until }: Limit): Outcome<never> | undefined => {
  if (loan !== undefined) return refuse('economy.loans.open', { coins: loan.outstanding });
  const { debt } = begin(m);
  if (debt > 0) return refuse('economy.loans.debt', { coins: debt });
  return m.now < until ? refuse('economy.loans.blocked', { at: relativeTime(until) }) : undefined;
};

/** Lends to the member who acts; a share is of what they may borrow. What is lent is made, what is paid back unmade. */
export const takeLoan = (m: Mutation, amount: Amount): Outcome<Taken> => {
  if (!m.setting(loansEnabled)) return refuse('economy.loans.off');
  const limit = readLimit(m);
  const refusedBorrower = refuseBorrower(m, limit);
  if (refusedBorrower) return refusedBorrower;
  const lent = resolveAmount(amount, limit.available);
  if (lent < loanMin) return refuse('economy.loans.below', { least: loanMin, limit: limit.limit });
  if (lent > limit.available) {
    const { average, worth } = limit;
    return refuse('economy.loans.above', { limit: limit.limit, worth, average });
  }
  const { member } = m.actor;
  const original = coins(lent + shareOf(lent, m.setting(loanFee)));
  const loan: Loan = {
    lent,
    original,
    outstanding: original,
    paid: 0,
    missed: 0,
    dueAt: epochMs(m.now + instalmentMs),
    takenAt: m.now,
  };
  keepLoan(m, member, loan);
  const refused = book(m, { postings: [give(member, 'wallet', lent, { entry: entries.taken })], minted: lent });
  return refused ?? done({ loan, missedPercent: m.setting(missedRate) / 100, wallet: begin(m).wallet });
};

/** What paying shows. */
export interface Paid {
  readonly paid: Coins;
  /** What was offered beyond what was owed, and not taken. */
  readonly spared: number;
  /** What is left of the loan; without it, it is paid back. */
  readonly loan: Loan | undefined;
  /** Whether it was a whole instalment, and the weeks that were missed before it. */
  readonly counted: boolean;
  readonly missed: number;
  readonly wallet: Coins;
  readonly bank: Coins;
}
/** The loan was one no more: it had become a debt. */
export interface Lost {
  readonly lost: true;
}

/**
 * Pays from the funds of the member who acts: one instalment unless said, a share of what is outstanding. Less than an
 * instalment makes the loan smaller and nothing else: neither is the next one due later, nor is a missed week forgiven.
 */
export const payLoan = (m: Mutation, amount: Amount | undefined): Outcome<Paid | Lost> => {
  const { member } = m.actor;
  const had = m.find(loans, [member]) !== undefined;
  const loan = countMissed(m, member);
  if (loan === undefined) return had ? done<Paid | Lost>({ lost: true }) : refuse('economy.loans.none');
  const instalment = instalmentOf(loan);
  const meant = amount === undefined ? instalment : resolveAmount(amount, loan.outstanding);
  if (meant === 0) return refuse('economy.loans.nothing');
  const paid = coins(Math.min(meant, loan.outstanding));
  const account = begin(m);
  const split = splitFunds(account, paid);
  const { wallet, bank } = account;
  if (split.missing > 0) return refuse('economy.loans.poor', { coins: paid, wallet, bank, missing: split.missing });
  const counted = paid >= instalment;
  const outstanding = coins(loan.outstanding - paid);
  const left: Loan | undefined =
    outstanding === 0
      ? undefined
      : {
          ...loan,
          outstanding,
          ...(counted && {
            paid: Math.min(loan.paid + 1, instalments - 1),
            missed: 0,
            dueAt: epochMs(m.now + instalmentMs),
          }),
        };
  if (left === undefined) closeLoan(m, member);
  else keepLoan(m, member, left);
  const refused = book(m, { postings: takeFunds(member, split, { entry: entries.paid }), burned: paid });
  if (refused) return refused;
  const after = begin(m);
  return done<Paid | Lost>({
    paid,
    spared: meant - paid,
    loan: left,
    counted,
    missed: loan.missed,
    wallet: after.wallet,
    bank: after.bank,
  });
};
