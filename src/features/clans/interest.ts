import { z } from 'zod';
import type { Mutation, Query } from '../../kernel/context.ts';
import type { Coins, Frozen, RowId } from '../../kernel/ids.ts';
import { type Job, type JobRun, jobRunSchema } from '../../kernel/job.ts';
import { departures } from '../../kernel/membership.ts';
import { addCoins, coins, noCoins, shareOf, shareUnits } from '../../kernel/money.ts';
import { type Operation, task } from '../../kernel/operation.ts';
import { done, type TextArguments } from '../../kernel/outcome.ts';
import { book, daysBetween, guildMoneyOf, isFrozen, moneyOf, serveIncome, utcDay } from '../wallet/api.ts';
import { type Clan, type ClanMember, membersOf, topClans, treasuryOf } from './clan.ts';
import { entries } from './entries.ts';
import { changeClan } from './membership.ts';
import { contributionsOf, partOf } from './payout.ts';
import { interestCap, topBonus, weeklyInterest } from './settings.ts';
import { clanIdSchema, clans, interestRunKey, interestRuns } from './state.ts';
import { giveTreasury } from './treasury.ts';
import { interestStepMembers, interestWeeksMax } from './tuning.ts';

const weekDays = 7;

type InterestRun = Frozen<ReturnType<(typeof interestRuns)['schema']['parse']>>;

/** floor(amount × share) for shares in ten-thousandths, of amounts beyond what one account can hold. */
const shareOfAll = (amount: bigint, share: number): bigint => (amount * BigInt(share)) / BigInt(shareUnits);

/**
 * Begins the interest of a date: notes the largest treasury, of equal ones the oldest clan's, and the most there is for
 * all, a share of the coins that exist. A run of the same date goes on with what was noted.
 */
const beginRun = (m: Mutation, { date, missed }: JobRun): InterestRun => {
  const newest = m.get(interestRuns, interestRunKey);
  if (date <= newest.date) return newest;
  const weeks = BigInt(Math.min(1 + missed, interestWeeksMax));
  const [top] = topClans(m, 0, 1);
  const { held, inVaults } = guildMoneyOf(m);
  const wanted =
    shareOfAll(inVaults, m.setting(weeklyInterest)) + shareOfAll(BigInt(top?.treasury ?? 0), m.setting(topBonus));
  const run = {
    date,
    ...(top !== undefined && { top: top.clan }),
    cap: shareOfAll(held + inVaults, m.setting(interestCap)) * weeks,
    wanted: wanted * weeks,
    paid: 0n,
    finished: false,
  };
  m.put(interestRuns, interestRunKey, run);
  return run;
};

/** Weeks of interest that a run owes a clan: its own and those it stands for, but none before the clan was founded. */
const weeksOwed = ({ createdAt, interestDate }: Clan, { date, missed }: JobRun): number => {
  if (interestDate !== undefined && date <= interestDate) return 0;
  const days = Math.max(0, daysBetween(interestDate ?? utcDay(createdAt), date));
  return Math.min(1 + missed, interestWeeksMax, Math.max(1, Math.ceil(days / weekDays)));
};

/**
 * What a treasury brings: its weeks' interest, and the bonus of the largest one. Where all together would pass the cap
 * each gets the same part of its own, and never more than is left of it.
 */
const interestOf = (m: Mutation, clan: RowId, weeks: number, { top, cap, wanted, paid }: InterestRun): Coins => {
  const treasury = treasuryOf(m, clan);
  const share =
    shareOf(treasury, m.setting(weeklyInterest)) + (clan === top ? shareOf(treasury, m.setting(topBonus)) : 0);
  const full = BigInt(share) * BigInt(weeks);
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

/** Shares a clan's interest out by contribution; what cannot be, and what rounding leaves, goes to the treasury. */
const payClan = (m: Mutation, clan: RowId, interest: Coins, members: readonly ClanMember[]): Coins => {
  const all = contributionsOf(members);
  let paid: Coins = noCoins;
  for (const one of members) {
    paid = coins(paid + payMember(m, one, partOf(interest, one.contribution, all)));
  }
  const rest = coins(interest - paid);
  if (rest === 0 || addCoins(treasuryOf(m, clan), rest) === undefined) return paid;
  book(m, { postings: [], vaults: [giveTreasury(clan, rest, entries.interest)], minted: rest });
  return interest;
};

const payOne = (m: Mutation, clan: RowId, of: Clan, run: JobRun): void => {
  const newest = m.get(interestRuns, interestRunKey);
  const interest = interestOf(m, clan, weeksOwed(of, run), newest);
  if (interest === 0) return;
  const paid = payClan(m, clan, interest, membersOf(m, clan));
  changeClan(m, clan, { interestDate: run.date });
  m.put(interestRuns, interestRunKey, { ...newest, paid: newest.paid + BigInt(paid) });
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
});
