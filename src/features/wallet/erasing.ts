import type { Mutation } from '../../kernel/context.ts';
import { reaction } from '../../kernel/event.ts';
import type { MemberId } from '../../kernel/ids.ts';
import { memberErasing } from '../../kernel/membership.ts';
import { done } from '../../kernel/outcome.ts';
import { collectDebts, strikeDebts } from './debt.ts';
import { entries } from './entries.ts';
import { book, take } from './money.ts';
import { closeRequest } from './requests.ts';
import { accounts, requests } from './state.ts';
import { requestsOpenMax } from './tuning.ts';

/** Burns what a member still has. Two bookings, as both purses together may hold more than one can burn. */
const burnFunds = (m: Mutation, member: MemberId): void => {
  for (const purse of ['wallet', 'bank'] as const) {
    const left = m.get(accounts, [member])[purse];
    if (left > 0) book(m, { postings: [take(member, purse, left, { entry: entries.erased })], burned: left });
  }
};

/**
 * What becomes of the money of a member who is erased: whom they owe gets what is there, the rest of their debts is
 * struck off, the rest of their coins is burned, and what they asked others for is asked no more. What others owe them
 * is owed to nobody from then on, and burned when it is collected.
 */
export const eraseMoney = reaction(memberErasing, (m, { member }) => {
  for (const [[, id]] of m.page(requests, { from: [member], limit: requestsOpenMax })) closeRequest(m, member, id);
  collectDebts(m, member);
  strikeDebts(m, member, entries.erased);
  burnFunds(m, member);
  return done();
});
