import type { Mutation, Query } from '../../kernel/context.ts';
import type { MemberId } from '../../kernel/ids.ts';
import { type Job, type JobRun, sweep } from '../../kernel/job.ts';
import { shareUnits } from '../../kernel/money.ts';
import type { TextArguments } from '../../kernel/outcome.ts';
import type { Account } from './account.ts';
import { collectDebts } from './debt.ts';
import { entries } from './entries.ts';
import { book, give } from './money.ts';
import { interestPoints } from './points.ts';
import { isFrozen } from './rest.ts';
import { daysBetween, interestOver, utcDay } from './rules.ts';
import { bankInterest, bankInterestMax } from './settings.ts';
import { accounts, pauses, pausesKey } from './state.ts';
import { interestBankMin, interestDaysMax } from './tuning.ts';

/**
 * Days of interest that a run owes an account: its own and those it stands for, but none that is paid already or was
 * before the account's first day, and none up to the last that was left out because the economy was frozen.
 */
const daysOwed = (account: Account, { date, missed }: JobRun, pausedDay: string | undefined): number => {
  const since = account.interestDay ?? (account.startedAt === undefined ? undefined : utcDay(account.startedAt));
  const days = [1 + missed, interestDaysMax];
  for (const day of [since, pausedDay]) if (day !== undefined) days.push(daysBetween(day, date));
  return Math.max(0, Math.min(...days));
};

const payMember = (m: Mutation, member: MemberId, run: JobRun): void => {
  const { interestDay: pausedDay } = m.get(pauses, pausesKey);
  const account = m.get(accounts, [member]);
  // Most banks bring nothing, and nobody need be asked about them.
  if (account.bank < interestBankMin) return;
  const points = m.extensions(interestPoints, { member }).reduce((sum, one) => sum + one, 0);
  const figures = { rate: m.setting(bankInterest) + points, dailyMax: m.setting(bankInterestMax) };
  const interest = interestOver(account.bank, daysOwed(account, run, pausedDay), figures);
  // Without interest nothing is written: most accounts of a large server lie still.
  if (interest === 0) return;
  m.put(accounts, [member], { ...account, interestDay: run.date });
  // The bank has room for it by construction.
  book(m, { postings: [give(member, 'bank', interest, { entry: entries.interest })], minted: interest });
};

/** Collects everybody's debts and pays everybody's interest, once for each date; neither while the economy is frozen. */
export const payInterest = sweep({
  name: 'economy.interest',
  version: 1,
  rows: accounts,
  step: (m, rows, run) => {
    if (isFrozen(m)) {
      m.put(pauses, pausesKey, { interestDay: run.date });
      return;
    }
    for (const [[member]] of rows) {
      collectDebts(m, member);
      payMember(m, member, run);
    }
  },
});

/** Five minutes into each day, by UTC. */
export const interestJob: Job = {
  operation: payInterest,
  pattern: '5 0 * * *',
  zone: 'UTC',
  realm: 'guilds',
  once: 'a day',
  missed: 'once',
};

/** The figures of interest in the guild, for words. */
export const interestArguments = (query: Query): TextArguments => ({
  rate: (query.setting(bankInterest) * 100) / shareUnits,
  least: interestBankMin,
  cap: query.setting(bankInterestMax),
  days: interestDaysMax,
});
