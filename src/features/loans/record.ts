// What a member was worth at the end of the last seven days limits what is lent to them, so that coins which a friend
// lends for a minute do not. A row a day for every member would be written for all those who never borrow; so only who
// looks at loans has a record, one row, which a nightly sweep over these rows goes on with. The days before it are read
// back from the ledger once, when it begins. Where that does not reach (a hundred bets a day fill it fast, and a large
// server's ledger is short) a day counts as nothing: the limit is then lower for some days, and never too high.
import type { Mutation, Query } from '../../kernel/context.ts';
import { epochMs, type MemberId } from '../../kernel/ids.ts';
import { type Job, type JobRun, sweep } from '../../kernel/job.ts';
import { entriesOf, moneyOf, utcDay } from '../wallet/api.ts';
import { averageOf } from './rules.ts';
import { loans, records, type WorthRecord } from './state.ts';
import { recordDays, recordEntriesMax, recordIdleMs } from './tuning.ts';

const dayMs = 24 * 60 * 60_000;

/** What a member has less what they owe, loans and all; below 0 where that is more. */
export const worthOf = (query: Query, member: MemberId): number => {
  const { wallet, bank, debt } = moneyOf(query, member);
  return wallet + bank - debt - query.get(loans, [member]).outstanding;
};

/** The last days by UTC that are over at a time, the newest last. */
const daysBefore = (at: number): readonly string[] =>
  Array.from({ length: recordDays }, (_, index) => utcDay(epochMs(at - (recordDays - index) * dayMs)));

/** What a member was worth at the end of the last days, as far as their ledger tells; 0 where it does not. */
const readBack = (query: Query, member: MemberId): WorthRecord['days'] => {
  const days = daysBefore(query.now);
  const worths = days.map(() => 0);
  let { debt } = moneyOf(query, member) as { debt: number };
  let open = days.length - 1;
  for (const { at, walletAfter, bankAfter, debt: change } of entriesOf(query, member).take(recordEntriesMax)) {
    // The newest entry of a day or of an earlier one tells how the day ended.
    for (; open >= 0 && utcDay(at) <= (days[open] as string); open -= 1) worths[open] = walletAfter + bankAfter - debt;
    if (open < 0) break;
    debt -= change;
  }
  return days.map((day, index) => [day, worths[index] as number]);
};

/** The record of the member who acts, begun where they had none. */
export const useRecord = (m: Mutation): WorthRecord => {
  const { member } = m.actor;
  const known = m.find(records, [member]);
  if (known !== undefined && m.now - known.usedAt < dayMs) return known;
  const record: WorthRecord = { ...(known ?? { days: readBack(m, member) }), usedAt: m.now };
  m.put(records, [member], record);
  return record;
};

/** The average worth over the last days. Those that the nightly sweep has not come to yet count as the one before. */
export const averageWorth = (query: Query, { days }: WorthRecord): number => {
  const known = new Map(days);
  const newest = days.at(-1);
  return averageOf(
    daysBefore(query.now).map((day) => known.get(day) ?? (newest !== undefined && day > newest[0] ? newest[1] : 0)),
  );
};

/** The days up to the one before a run's date; the bot was down on those that are missing, and nothing changed. */
const gone = (record: WorthRecord, run: JobRun, worth: number): WorthRecord['days'] => {
  const known = new Map(record.days);
  const newest = record.days.at(-1)?.[0] ?? '';
  return daysBefore(Date.parse(run.date)).map((day) => [day, known.get(day) ?? (day > newest ? worth : 0)]);
};

/** Goes on with every record by the day that is over, and drops those nobody has use for. */
export const keepRecords = sweep({
  name: 'loans.keep-records',
  version: 1,
  rows: records,
  step: (m, rows, run) => {
    for (const [[member], record] of rows) {
      const isIdle = m.now - record.usedAt > recordIdleMs && m.find(loans, [member]) === undefined;
      if (isIdle) m.remove(records, [member]);
      else m.put(records, [member], { ...record, days: gone(record, run, worthOf(m, member)) });
    }
  },
});

/** Ten minutes into each day by UTC, after debts were collected and interest was paid. */
export const recordJob: Job = {
  operation: keepRecords,
  pattern: '10 0 * * *',
  zone: 'UTC',
  realm: 'guilds',
  once: 'a day',
  missed: 'once',
};
