import type { Mutation, Query } from '../../kernel/context.ts';
import type { MemberId } from '../../kernel/ids.ts';
import type { Job } from '../../kernel/job.ts';
import { holdingsValue } from '../stocks/api.ts';
import { moneyOf, sweepMembers, utcDay, worthBeside } from '../wallet/api.ts';
import { netWorths, reckoningKey, reckonings } from './state.ts';

/** Wallet, bank, the value of shares and what other features add, less debts; may be less than nothing. At most what a board can hold. */
export const netWorthOf = (query: Query, member: MemberId): number => {
  const { wallet, bank, debt } = moneyOf(query, member);
  const beside = query.extensions(worthBeside, { member }).reduce((sum, worth) => sum + worth, 0);
  return Math.min(wallet + bank - debt + holdingsValue(query, member) + beside, Number.MAX_SAFE_INTEGER);
};

const reckonMember = (m: Mutation, member: MemberId): void => {
  const before = m.find(netWorths, [member])?.coins;
  const coins = netWorthOf(m, member);
  // What did not change is not written again.
  if (coins > 0 && coins !== before) m.put(netWorths, [member], { coins });
  if (coins <= 0 && before !== undefined) m.remove(netWorths, [member]);
};

/** Reckons what every member is worth. While it is at it, the board holds some new figures and some of before. */
export const reckon = sweepMembers({
  name: 'economy.richest.reckon',
  version: 1,
  step: (m, members) => {
    for (const member of members) reckonMember(m, member);
  },
  finish: (m, { date }) => {
    m.put(reckonings, reckoningKey, { last: { date, at: m.now } });
  },
});

/** A quarter past midnight by UTC, when interest has been paid. */
export const reckonJob: Job = {
  operation: reckon,
  pattern: '15 0 * * *',
  zone: 'UTC',
  realm: 'guilds',
  once: 'a day',
  missed: 'once',
};

/** Has the first reckoning begun, where there was none and none was begun today. */
export const reckonFirst = (m: Mutation): void => {
  const { last, begun } = m.get(reckonings, reckoningKey);
  const date = utcDay(m.now);
  if (last !== undefined || begun === date) return;
  m.put(reckonings, reckoningKey, { begun: date });
  m.wake(reckon, 'first', m.now, { date, dueAt: m.now, missed: 0 });
};
