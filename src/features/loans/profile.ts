import { profileSection } from '../../kernel/profile.ts';
import { coinsField, relativeTime } from '../wallet/api.ts';
import { type Loan, loans } from './state.ts';

/** What `/profile` shows of a member's loan, to themselves. */
export const loanSection = profileSection<Loan>({
  name: 'loan',
  order: 150,
  title: 'economy.loans.title',
  read: () => undefined,
  readOwn: (m) => m.find(loans, [m.actor.member]),
  view: ({ outstanding, dueAt }, text) => ({
    fields: [
      coinsField('economy.field.loan-outstanding', outstanding, text),
      { name: text('economy.field.loan-due'), value: relativeTime(dueAt), inline: true },
    ],
  }),
});
