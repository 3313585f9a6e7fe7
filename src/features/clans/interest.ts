import { z } from 'zod';
import type { Mutation, Query } from '../../kernel/context.ts';
import type { Coins, Frozen, RowId } from '../../kernel/ids.ts';
import { type Job, type JobRun, jobRunSchema } from '../../kernel/job.ts';
import { departures } from '../../kernel/membership.ts';
import { addCoins, coins, coinsMax, leastCoins, noCoins, shareOf, shareUnits } from '../../kernel/money.ts';
import { type Operation, task } from '../../kernel/operation.ts';
import { done, type TextArguments } from '../../kernel/outcome.ts';
import {
  book,
  daysBetween,
  guildMoneyOf,
  isFrozen,
  lowestOfVault,
  markVault,
  moneyOf,
  serveIncome,
  steadiestVault,
  utcDay,
} from '../wallet/api.ts';
import { type Clan, type ClanMember, membersOf, treasuryOf } from './clan.ts';
import { entries } from './entries.ts';
import { changeClan } from './membership.ts';
import { partOf } from './payout.ts';
import { interestCap, memberInterestCap, topBonus, weeklyInterest } from './settings.ts';
import { clanIdSchema, clans, interestRunKey, interestRuns, memberships } from './state.ts';
import { giveTreasury } from './treasury.ts';
import { interestStepMembers, interestWeeksMax } from './tuning.ts';

const weekDays = 7;

type InterestRun = Frozen<ReturnType<(typeof interestRuns)['schema']['parse']>>;

/** floor(amount × share) for shares in ten-thousandths, of amounts beyond what one account can hold. */
const shareOfAll = (amount: bigint, share: number): bigint => (amount * BigInt(share)) / BigInt(shareUnits);

/**
 * Begins the interest of a date: notes the treasury that held most all the time, of equal ones the oldest clan's, and the
 * most there is for all, a share of the coins that exist. A run of the same date goes on with what was noted.
 */
const beginRun = (m: Mutation, { date, missed }: JobRun): InterestRun => {
  const newest = m.get(interestRuns, interestRunKey);
  if (date <= newest.date) return newest;
  const weeks = BigInt(Math.min(1 + missed, interestWeeksMax));
  const top = steadiestVault(m);
  const { held, inVaults, steady } = guildMoneyOf(m);
  const wanted =
    shareOfAll(steady, m.setting(weeklyInterest)) +
    shareOfAll(top === undefined ? 0n : BigInt(lowestOfVault(m, top)), m.setting(topBonus));
  const run = {
    date,
    ...(top !== undefined && { top }),
    cap: shareOfAll(held + inVaults, m.setting(interestCap)) * weeks,
    wanted: wanted * weeks,
    paid: 0n,
    finished: false,
  };
  m.put(interestRuns, interestRunKey, run);
  return run;
};

/** What a treasury has earned since the last time, for a week: its interest, and the bonus if none held more. */
export const weekOf = (query: Query, clan: RowId): { readonly weekly: Coins; readonly bonus: Coins } => {
  const lowest = lowestOfVault(query, clan);
  return { weekly: shareOf(lowest, query.setting(weeklyInterest)), bonus: shareOf(lowest, query.setting(topBonus)) };
};

/** What is paid of a part to one member for some weeks, as far as the server allows. */
export const cappedPart = (query: Query, part: Coins, weeks: number): Coins => {
  const most = query.setting(memberInterestCap);
  return most === 0 ? part : leastCoins(part, coins(Math.min(most * weeks, coinsMax)));
};

/** Weeks of interest that a run owes a clan: its own and those it stands for, but none before the clan was founded. */
const weeksOwed = ({ createdAt, interestDate }: Clan, { date, missed }: JobRun): number => {
  if (interestDate !== undefined && date <= interestDate) return 0;
  const days = Math.max(0, daysBetween(interestDate ?? utcDay(createdAt), date));
  return Math.min(1 + missed, interestWeeksMax, Math.max(1, Math.ceil(days / weekDays)));
};

/**
 * What a treasury brings: its weeks' interest on the least it held since the last time, and the bonus of the one that held
 * most. Where all together would pass the cap each gets the same part of its own, and never more than is left of it.
 */
const interestOf = (m: Mutation, clan: RowId, weeks: number, { top, cap, wanted, paid }: InterestRun): Coins => {
  const { weekly, bonus } = weekOf(m, clan);
  const full = BigInt(weekly + (clan === top ? bonus : 0)) * BigInt(weeks);
  const fair = wanted > cap ? (full * cap) / wanted : full;
  const left = cap > paid ? cap - paid : 0n;
  return coins(Number(fair < left ? fair : left));
};

/** Pays a member their part as an income; nothing where they are away or their wallet is full. Gives what was paid. */
const payMember = (m: Mutation, { member }: ClanMember, part: Coins): Coins => {
  if (part === 0 || m.find(departures, [member]) !== undefined) return noCoins;
  if (addCoins(moneyOf(m, member).wallet, part) === undefined) return noCoins;
  const { booking } = serveIncome(m, member, { coins: part, entry: entries.interest });
  book(m, { ...booking, minted: part });
  return part;
};

/**
 * Shares a clan's interest out by what members had in the treasury all the time. What cannot be paid, and what rounding
 * leaves, goes to the treasury; what passes a member's limit is not made.
 */
const payClan = (
  m: Mutation,
  { clan, interest, weeks }: { readonly clan: RowId; readonly interest: Coins; readonly weeks: number },
  members: readonly ClanMember[],
): Coins => {
  const all = members.reduce((sum, { steady }) => sum + BigInt(steady), 0n);
  // Where nobody put anything in, all is the treasury's, within the limits of all.
  let due = all === 0n ? cappedPart(m, interest, weeks * members.length) : interest;
  let paid: Coins = noCoins;
  for (const one of members) {
    const part = partOf(interest, one.steady, all);
    const most = cappedPart(m, part, weeks);
    due = coins(due - (part - most));
    paid = coins(paid + payMember(m, one, most));
  }
  const rest = coins(due - paid);
  if (rest === 0 || addCoins(treasuryOf(m, clan), rest) === undefined) return paid;
  book(m, { postings: [], vaults: [giveTreasury(clan, rest, entries.interest)], minted: rest });
  return due;
};

/** A new week begins for a treasury and what its members have in it. */
const beginWeek = (m: Mutation, clan: RowId, members: readonly ClanMember[]): void => {
  markVault(m, clan);
  for (const { member, ...membership } of members) {
    const { contribution, steady } = membership;
    if (steady !== contribution) m.put(memberships, [member], { ...membership, steady: contribution });
  }
};

const payOne = (m: Mutation, clan: RowId, of: Clan, run: JobRun): void => {
  const weeks = weeksOwed(of, run);
  if (weeks === 0) return;
  const newest = m.get(interestRuns, interestRunKey);
  const members = membersOf(m, clan);
  const interest = interestOf(m, clan, weeks, newest);
  const paid = interest === 0 ? noCoins : payClan(m, { clan, interest, weeks }, members);
  beginWeek(m, clan, members);
  changeClan(m, clan, { interestDate: run.date });
  if (paid > 0) m.put(interestRuns, interestRunKey, { ...newest, paid: newest.paid + BigInt(paid) });
};

const stepSchema = jobRunSchema.extend({ after: clanIdSchema.optional() });

/**
 * Pays every treasury's interest, once for each date. A clan is paid in one step, so that its parts are of the same
 * treasury; steps end after some number of members.
 */
export const payInterest: Operation<z.infer<typeof stepSchema>> = task<z.infer<typeof stepSchema>>({
  name: 'economy.clan.interest',
  version: 1,
  input: stepSchema,
  run: (m, { after, ...run }) => {
    if (isFrozen(m)) return done();
    const begun = beginRun(m, run);
    if (begun.finished || begun.date !== run.date) return done();
    let reckoned = 0;
    // As every clan has a member, a whole page is never without a next step.
    for (const [[clan], of] of m.page(clans, { after: after && [after], limit: interestStepMembers })) {
      payOne(m, clan, of, run);
      reckoned += of.members;
      if (reckoned >= interestStepMembers) {
        m.wake(payInterest, String(run.dueAt), m.now, { ...run, after: clan });
        return done();
      }
    }
    m.put(interestRuns, interestRunKey, { ...m.get(interestRuns, interestRunKey), finished: true });
    return done();
  },
});

/** A quarter past midnight on Monday, in the server's zone; two weeks are made up for. */
export const interestJob: Job = {
  operation: payInterest,
  pattern: '15 0 * * 1',
  zone: 'guild',
  realm: 'guilds',
  once: 'a day',
  missed: 'once',
};

/** The figures of interest in the server, for words. */
export const interestArguments = (query: Query): TextArguments => ({
  interest: (query.setting(weeklyInterest) * 100) / shareUnits,
  bonus: (query.setting(topBonus) * 100) / shareUnits,
  cap: query.setting(memberInterestCap),
});
