// What other features hear of loans.
import { extension } from '../../kernel/extension.ts';
import { epochMs } from '../../kernel/ids.ts';
import { cooldownsOf, reservedCoins, statusFigures, worthBeside } from '../wallet/api.ts';
import { blockedUntil } from './lending.ts';
import { loans, records } from './state.ts';

/** What is borrowed is not given away: so much of a borrower's wealth stays with them as they owe. */
export const loanReserve = extension(reservedCoins, (query, { member }) => {
  const loan = query.find(loans, [member]);
  return loan && { coins: loan.outstanding, reason: 'economy.loans.reserved' as const };
});

/** Who did not pay back must wait. */
export const loanCooldown = extension(cooldownsOf, (query, { member }) => {
  const readyAt = blockedUntil(query.get(records, [member]));
  return readyAt === 0
    ? undefined
    : [{ name: 'loan', title: 'economy.cooldown.loan' as const, readyAt: epochMs(readyAt) }];
});

/** What is outstanding is not theirs, however much they hold. */
export const loanWorth = extension(worthBeside, (query, { member }) => {
  const loan = query.find(loans, [member]);
  return loan && 0 - loan.outstanding;
});

/** What is lent in the server altogether. */
export const loanFigures = extension(statusFigures, (query) => {
  const args = { loans: query.count(loans), coins: query.total(loans, 'outstanding') };
  return [{ title: 'economy.loans.figure', text: 'economy.loans.lent', args }] as const;
});
