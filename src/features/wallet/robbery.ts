import { show } from '../../kernel/card.ts';
import type { Mutation, Query } from '../../kernel/context.ts';
import { directMessage } from '../../kernel/effect.ts';
import type { Coins, Dotted, MemberId } from '../../kernel/ids.ts';
import { addCoins, coins, leastCoins, noCoins, shareUnits } from '../../kernel/money.ts';
import type { Person } from '../../kernel/option.ts';
import { done, type Outcome, refuse } from '../../kernel/outcome.ts';
import { pings, prefers } from '../settings/api.ts';
import type { Account } from './account.ts';
import { relativeTime } from './cards.ts';
import { canOwe, owe, serveIncome } from './debt.ts';
import { entries } from './entries.ts';
import { type FundsSplit, splitFunds, takeFunds } from './funds.ts';
import { type Booking, book, give, take } from './money.ts';
import { robberyEnded, robPoints } from './points.ts';
import { isPassive } from './preferences.ts';
import { spareOf } from './reserve.ts';
import { type RobReport, robNotice } from './rob-card.ts';
import { type RobFigures, robChance, robFineOf, robSpan } from './rules.ts';
import {
  robCooldownMinutes,
  robEnabled,
  robFine,
  robMaxSteal,
  robMinWallet,
  robNoticeEnabled,
  robProtectMinutes,
  robSuccess,
} from './settings.ts';
import { accounts } from './state.ts';
import { robInactiveMs } from './tuning.ts';

const minuteMs = 60_000;

/** The figures in force in the guild. */
export const robFigures = (query: Query): RobFigures => ({
  success: query.setting(robSuccess),
  maxSteal: query.setting(robMaxSteal),
  fine: query.setting(robFine),
});

/** How an attempt on a member stands before it is drawn. */
export interface RobOdds {
  readonly figures: RobFigures;
  /** Whether nothing can come of it. */
  readonly blocked: boolean;
  /** The words of what bears upon it. */
  readonly labels: readonly Dotted[];
}

/** The odds of the asker against a member, with all that bears upon them. */
export const robOdds = (query: Query, target: MemberId): RobOdds => {
  const points = query.extensions(robPoints, { robber: query.actor.member, target }).flat();
  const figures = robFigures(query);
  return {
    figures: { ...figures, success: robChance(figures.success, points) },
    blocked: points.some(({ blocks }) => blocks),
    labels: points.map(({ label }) => label),
  };
};

/** Why nobody, or not this one, can be robbed by the asker at all. */
export const refuseTarget = (query: Query, target: Person): Outcome<never> | undefined => {
  if (!query.setting(robEnabled)) return refuse('economy.rob.off');
  if (target.id === query.actor.member) return refuse('economy.rob.self');
  if (target.bot) return refuse('economy.rob.bot');
  if (!target.present) return refuse('economy.rob.absent');
  if (isPassive(query, query.actor.member)) return refuse('economy.rob.passive-self');
  if (isPassive(query, target.id)) return refuse('economy.rob.passive');
  return undefined;
};

/** The two accounts of an attempt. */
export interface Parties {
  readonly robber: Account;
  readonly victim: Account;
  /** What of the victim's wallet can be taken at all: not what is lent to them, nor what they owe. */
  readonly reach: Coins;
}

/** The two accounts of an attempt of the member who acts. */
export const partiesOf = (query: Query, robber: Account, target: MemberId): Parties => {
  const victim = query.get(accounts, [target]);
  return { robber, victim, reach: leastCoins(victim.wallet, spareOf(query, target)) };
};

/** How a fine is taken: what is lent to the robber, and what they owe already, stays, and the rest is owed. */
const splitFine = (query: Query, robber: Account, member: MemberId, fine: Coins): FundsSplit => {
  const split = splitFunds(robber, leastCoins(fine, spareOf(query, member)));
  return { ...split, missing: coins(fine - split.fromWallet - split.fromBank) };
};

/** Why the attempt cannot be made now. */
export const refuseNow = (query: Query, { robber, victim, reach }: Parties): Outcome<never> | undefined => {
  const readyAt = (robber.robTriedAt ?? -Infinity) + query.setting(robCooldownMinutes) * minuteMs;
  if (query.now < readyAt) return refuse('economy.rob.cooldown', { at: relativeTime(readyAt) });
  // Who may move no coins cannot take any to the bank.
  if (victim.bannedAt !== undefined) return refuse('economy.rob.banned');
  const least = query.setting(robMinWallet);
  if (reach < least) return refuse('economy.rob.poor', { least });
  const safeUntil = (victim.robbedAt ?? -Infinity) + query.setting(robProtectMinutes) * minuteMs;
  if (query.now < safeUntil) return refuse('economy.rob.protected', { at: relativeTime(safeUntil) });
  if (query.now - victim.activeAt > robInactiveMs) return refuse('economy.rob.inactive');
  return undefined;
};

/** Why an account could not hold what may come of it. Asked before the draw: a later refusal would allow another. */
export const refuseCeiling = (query: Query, target: MemberId, parties: Parties): Outcome<never> | undefined => {
  const { robber, victim, reach } = parties;
  const figures = robFigures(query);
  const fine = robFineOf(reach, figures);
  const loot = robSpan(reach, figures).most;
  if (addCoins(robber.wallet, loot) === undefined || addCoins(victim.wallet, fine) === undefined) {
    return refuse('economy.rob.rich');
  }
  const { missing } = splitFine(query, robber, query.actor.member, fine);
  if (missing > 0 && !canOwe(query, query.actor.member, { member: target }, missing))
    return refuse('economy.rob.owing');
  return undefined;
};

/** Takes the loot from the target; as an income of the robber it serves their debts first. */
export const steal = (m: Mutation, target: MemberId, odds: RobOdds, loot: Coins): Outcome<RobReport> => {
  const robber = m.actor.member;
  m.put(accounts, [target], { ...m.get(accounts, [target]), robbedAt: m.now });
  const { booking, debtPaid } = serveIncome(m, robber, { coins: loot, entry: entries.robbery, other: target });
  const taken = take(target, 'wallet', loot, { entry: entries.robbed, other: robber });
  const refused = book(m, { ...booking, postings: [taken, ...booking.postings] });
  if (refused) return refused;
  return report(m, target, odds, { ...nothingMoved, succeeded: true, coins: loot, debtPaid });
};

/** Pays the fine to the target from wallet and bank; what is missing becomes a debt to the target. */
export const payFine = (m: Mutation, target: MemberId, odds: RobOdds, fine: Coins): Outcome<RobReport> => {
  const robber = m.actor.member;
  const split = splitFine(m, m.get(accounts, [robber]), robber, fine);
  const paid = coins(split.fromWallet + split.fromBank);
  const postings: Booking['postings'][number][] = [...takeFunds(robber, split, { entry: entries.fine, other: target })];
  if (paid > 0) postings.push(give(target, 'wallet', paid, { entry: entries.compensation, other: robber }));
  if (split.missing > 0)
    postings.push(...owe(m, robber, { member: target }, { coins: split.missing, entry: entries.fine }));
  const refused = book(m, { postings });
  if (refused) return refused;
  const { fromWallet, fromBank, missing } = split;
  return report(m, target, odds, { ...nothingMoved, coins: fine, fromWallet, fromBank, owed: missing });
};

const nothingMoved = {
  succeeded: false,
  blocked: false,
  coins: noCoins,
  debtPaid: 0,
  fromWallet: 0,
  fromBank: 0,
  owed: 0,
} as const;

/** The attempt came to nothing: it costs its time and no coins. */
export const standOff = (m: Mutation, target: MemberId, odds: RobOdds): Outcome<RobReport> =>
  report(m, target, odds, { ...nothingMoved, blocked: true });

/** Tells the victim in a direct message as well: the channel may be one they never read. */
const report = (
  m: Mutation,
  target: MemberId,
  { figures, labels }: RobOdds,
  result: Omit<RobReport, 'robber' | 'target' | 'pings' | 'chance' | 'labels'>,
): Outcome<RobReport> => {
  const robber = m.actor.member;
  const { succeeded, blocked, coins: amount, owed } = result;
  const pinged = prefers(m, target, pings);
  if (m.setting(robNoticeEnabled) && pinged && !blocked) {
    const card = show(robNotice, { guild: m.guild, robber, succeeded, coins: amount, owed });
    m.perform(directMessage, { member: target, card });
  }
  m.emit(robberyEnded, { robber, target, succeeded, blocked });
  return done({ robber, target, pings: pinged, chance: (figures.success * 100) / shareUnits, labels, ...result });
};
