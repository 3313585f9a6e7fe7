import type { Mutation, Query } from '../../kernel/context.ts';
import type { MemberId } from '../../kernel/ids.ts';
import { type Job, type JobRun, jobRunSchema, sweep } from '../../kernel/job.ts';
import { departures } from '../../kernel/membership.ts';
import { coins, coinsMax, shareUnits } from '../../kernel/money.ts';
import { task } from '../../kernel/operation.ts';
import { done, type TextArguments } from '../../kernel/outcome.ts';
import { book, isFrozen, moneyOf, spareOf, take } from '../wallet/api.ts';
import { findClan, isLocked, type Membership, treasuryOf } from './clan.ts';
import { entries } from './entries.ts';
import { changeClan } from './membership.ts';
import { tell } from './notices.ts';
import { levyKeep, levyRate } from './settings.ts';
import { clans, memberships } from './state.ts';
import { contribute, giveTreasury } from './treasury.ts';

/** What the levy takes: a share (ten-thousandths) of funds, rounded down, but nothing of what it leaves each member. */
export const levyOf = (funds: number, rate: number, keep: number): number =>
  Math.max(0, Math.min(Number((BigInt(funds) * BigInt(rate)) / BigInt(shareUnits)), funds - keep));

const levyMember = (m: Mutation, member: MemberId, membership: Membership, { date }: JobRun): void => {
  const { clan, levyDate } = membership;
  const of = findClan(m, clan);
  if (of === undefined || (levyDate !== undefined && date <= levyDate)) return;
  // Who is away from the server, and may come back within the grace, is left alone.
  if (m.find(departures, [member]) !== undefined) return;
  const { wallet, bank } = moneyOf(m, member);
  // Checked here, since what `book` refuses is not undone within a job.
  const room = coinsMax - treasuryOf(m, clan);
  const most = Math.min(room, spareOf(m, member));
  const amount = coins(Math.min(levyOf(wallet + bank, m.setting(levyRate), m.setting(levyKeep)), most));
  if (amount === 0) return;
  const fromBank = coins(Math.min(bank, amount));
  const fromWallet = coins(amount - fromBank);
  const as = { entry: entries.levy };
  const postings = [take(member, 'bank', fromBank, as), take(member, 'wallet', fromWallet, as)];
  m.put(memberships, [member], { ...membership, levyDate: date });
  contribute(m, member, amount);
  if (!isLocked(m, of)) changeClan(m, clan, { lockedAt: m.now });
  book(m, {
    postings: postings.filter(({ change }) => change !== 0),
    vaults: [giveTreasury(clan, amount, entries.levy)],
  });
};

/**
 * Takes each member's share for the treasury of their clan, from the bank first, as a contribution of theirs; once for
 * each date. Where anything was taken the treasury is locked.
 */
export const takeLevy = sweep({
  name: 'economy.clan.levy',
  version: 1,
  rows: memberships,
  step: (m, rows, run) => {
    if (isFrozen(m) || m.setting(levyRate) === 0) return;
    for (const [[member], membership] of rows) levyMember(m, member, membership, run);
  },
});

/** Unlocks every treasury. */
export const unlockAll = sweep({
  name: 'economy.clan.unlock',
  version: 1,
  rows: clans,
  step: (m, rows) => {
    for (const [[clan], { lockedAt }] of rows) if (lockedAt !== undefined) unlock(m, clan);
  },
});

/** Ends the lock of a clan's treasury; nothing happens where there is none. */
export const unlock = (m: Mutation, clan: Parameters<typeof changeClan>[1]): void => {
  const of = findClan(m, clan);
  if (of?.lockedAt === undefined) return;
  const { lockedAt: _, ...unlocked } = of;
  m.put(clans, [clan], unlocked);
};

/** Tells on Friday that the levy is coming, where the server has one and a channel to tell it in. */
export const announceLevy = task({
  name: 'economy.clan.levy-notice',
  version: 1,
  input: jobRunSchema,
  run: (m) => {
    const rate = m.setting(levyRate);
    if (rate > 0 && !isFrozen(m) && m.count(clans) > 0) {
      tell(m, { what: 'levy-tomorrow', percent: (rate * 100) / shareUnits, keep: m.setting(levyKeep) });
    }
    return done();
  },
});

const hourMs = 60 * 60_000;

/** Twenty past midnight on Saturday, in the server's zone; not made up for when Saturday is over. */
export const levyJob: Job = {
  operation: takeLevy,
  pattern: '20 0 * * 6',
  zone: 'guild',
  realm: 'guilds',
  once: 'a day',
  missed: { skip: { lateMs: 22 * hourMs } },
};

/** Eight in the evening on Sunday, or whenever the bot is back after that. */
export const unlockJob: Job = {
  operation: unlockAll,
  pattern: '0 20 * * 0',
  zone: 'guild',
  realm: 'guilds',
  once: 'a day',
  missed: 'once',
};

/** Friday at noon. Late by an afternoon it is still news. */
export const levyNoticeJob: Job = {
  operation: announceLevy,
  pattern: '0 12 * * 5',
  zone: 'guild',
  realm: 'guilds',
  once: 'a day',
  missed: { skip: { lateMs: 10 * hourMs } },
};

/** The figures of the levy in the server, for words. */
export const levyArguments = (query: Query): TextArguments => ({
  levy: (query.setting(levyRate) * 100) / shareUnits,
  keep: query.setting(levyKeep),
});
