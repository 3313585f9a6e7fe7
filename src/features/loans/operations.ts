import type { Query } from '../../kernel/context.ts';
import type { Command } from '../../kernel/feature.ts';
import { shareUnits } from '../../kernel/money.ts';
import { mutation } from '../../kernel/operation.ts';
import { amountOption, optional, options } from '../../kernel/option.ts';
import type { TextArguments } from '../../kernel/outcome.ts';
import { done } from '../../kernel/outcome.ts';
import { begin } from '../wallet/api.ts';
import { limitReply, paidReply, statusReply, takenReply } from './cards.ts';
import { payLoan, readLimit, takeLoan } from './lending.ts';
import { countMissed } from './overdue.ts';
import { loanFee, loanMax, missedRate } from './settings.ts';
import { conversionShare, defaultBlockMs, instalments, limitShare, loanMin, recordDays } from './tuning.ts';

const percentUnits = shareUnits / 100;
const dayMs = 24 * 60 * 60_000;

/** `/loan limit`: what the member who asks may borrow. */
export const loanLimit = mutation({
  name: 'loans.limit',
  version: 1,
  input: options({}),
  run: (m) => done({ limit: readLimit(m), now: m.now }),
  view: ({ limit, now }, text) => limitReply(limit, now, text),
});

/** `/loan take`. */
export const loanTake = mutation({
  name: 'loans.take',
  version: 1,
  input: options({ amount: amountOption({ describe: 'economy.loans.take.amount' }) }),
  run: (m, { amount }) => takeLoan(m, amount),
  view: (taken, text) => takenReply(taken, text),
});

/** `/loan pay`: one instalment, unless said. */
export const loanPay = mutation({
  name: 'loans.pay',
  version: 1,
  input: options({ amount: optional(amountOption({ describe: 'economy.loans.pay.amount' })) }),
  run: (m, { amount }) => payLoan(m, amount),
  view: (paid, text) => paidReply(paid, text),
});

/** `/loan status`. Weeks that were missed and not counted yet are counted first. */
export const loanStatus = mutation({
  name: 'loans.status',
  version: 1,
  input: options({}),
  run: (m) => {
    begin(m);
    return done(countMissed(m, m.actor.member));
  },
  view: (loan, text) => statusReply(loan, text),
});

/** The figures in force in the guild, for words. */
const figures = (query: Query): TextArguments => ({
  share: limitShare / percentUnits,
  days: recordDays,
  least: loanMin,
  most: query.setting(loanMax),
  fee: query.setting(loanFee) / percentUnits,
  percent: query.setting(missedRate) / percentUnits,
  lost: conversionShare / percentUnits,
  instalments,
  block: defaultBlockMs / dayMs,
});

export const loanCommands: readonly Command[] = [
  {
    path: 'loan limit',
    describe: 'economy.loans.limit.describe',
    operation: loanLimit,
    visibility: 'private',
    explain: { text: 'economy.loans.limit.explain', figures },
  },
  {
    path: 'loan take',
    describe: 'economy.loans.take.describe',
    operation: loanTake,
    visibility: 'private',
    explain: { text: 'economy.loans.take.explain', figures },
  },
  {
    path: 'loan pay',
    describe: 'economy.loans.pay.describe',
    operation: loanPay,
    visibility: 'private',
    explain: { text: 'economy.loans.pay.explain', figures },
  },
  { path: 'loan status', describe: 'economy.loans.status.describe', operation: loanStatus, visibility: 'private' },
];
