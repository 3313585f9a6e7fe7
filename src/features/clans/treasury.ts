import { type Amount, resolveAmount } from '../../kernel/amount.ts';
import type { Mutation, Query } from '../../kernel/context.ts';
import type { Coins, MemberId, RowId } from '../../kernel/ids.ts';
import { addCoins, coins, coinsMax, leastCoins, noCoins, shareOf } from '../../kernel/money.ts';
import { done, type Outcome, refuse } from '../../kernel/outcome.ts';
import { begin, book, give, moneyOf, refuseReserved, take, utcDay, type VaultPosting } from '../wallet/api.ts';
import { type Clan, findClan, isLocked, type Membership, membershipOf, treasuryOf } from './clan.ts';
import { entries } from './entries.ts';
import { changeClan } from './membership.ts';
import { tell } from './notices.ts';
import { memberships, type Role } from './state.ts';

/** Coins that reach a treasury, or leave it. */
export const giveTreasury = (clan: RowId, amount: Coins, entry: VaultPosting['entry']): VaultPosting => ({
  vault: clan,
  change: amount,
  entry,
});
export const takeTreasury = (clan: RowId, amount: Coins, entry: VaultPosting['entry']): VaultPosting => ({
  vault: clan,
  change: 0 - amount,
  entry,
});

/** The clan of the member who acts, which a control may name: then it must still be that one. */
export const ownClan = (
  query: Query,
  named?: RowId,
): { readonly clan: RowId; readonly of: Clan; readonly membership: Membership } | Outcome<never> => {
  const membership = membershipOf(query, query.actor.member);
  const of = membership && findClan(query, membership.clan);
  if (membership === undefined || of === undefined) return refuse('economy.clan.none');
  if (named !== undefined && named !== membership.clan) return refuse('economy.clan.other');
  return { clan: membership.clan, of, membership };
};

/** Counts coins as put in by a member, to the ceiling of what an account can hold. */
export const contribute = (m: Mutation, member: MemberId, amount: Coins): void => {
  const membership = m.get(memberships, [member]);
  const contribution = addCoins(membership.contribution, amount) ?? coinsMax;
  m.put(memberships, [member], { ...membership, contribution });
};

/** What was moved between a wallet and a treasury, and what is where now. */
export interface TreasuryMove {
  readonly name: string;
  readonly moved: Coins;
  readonly wallet: Coins;
  readonly treasury: Coins;
  readonly contribution: Coins;
}

const moveOf = (query: Query, clan: RowId, moved: Coins): TreasuryMove => {
  const { member } = query.actor;
  return {
    name: findClan(query, clan)?.name ?? '',
    moved,
    wallet: moneyOf(query, member).wallet,
    treasury: treasuryOf(query, clan),
    contribution: membershipOf(query, member)?.contribution ?? noCoins,
  };
};

/** Puts coins from the wallet of the member who acts into their clan's treasury; a share is of the wallet. */
export const deposit = (m: Mutation, amount: Amount, named?: RowId): Outcome<TreasuryMove> => {
  const own = ownClan(m, named);
  if (!('clan' in own)) return own;
  const { member } = m.actor;
  const { wallet, debt } = begin(m);
  if (debt > 0) return refuse('economy.clan.deposit.debt', { coins: debt });
  const moved = resolveAmount(amount, wallet);
  if (moved === 0) return refuse('economy.clan.deposit.empty');
  if (moved > wallet) return refuse('economy.clan.deposit.poor', { wallet, missing: moved - wallet });
  const refused =
    refuseReserved(m, member, moved) ??
    book(m, {
      postings: [take(member, 'wallet', moved, { entry: entries.deposit })],
      vaults: [giveTreasury(own.clan, moved, entries.deposit)],
    });
  if (refused) return refused;
  contribute(m, member, moved);
  return done(moveOf(m, own.clan, moved));
};

/** What owners, or officers, have withdrawn today beyond their contributions. */
const beyondToday = (query: Query, { beyond }: Clan, role: 'owner' | 'officer'): Coins =>
  beyond !== undefined && beyond.day === utcDay(query.now) ? beyond[role] : noCoins;

/**
 * What somebody of a role may still withdraw today beyond what they put in: a share of the treasury as it was before
 * the day's withdrawals of that kind, for all officers together. Mere members may not.
 */
export const beyondLeft = (query: Query, of: Clan, { role, treasury }: { role: Role; treasury: Coins }): Coins => {
  if (role === 'member') return noCoins;
  const taken = beyondToday(query, of, role);
  const share = role === 'owner' ? of.ownerDailyShare : of.officerDailyShare;
  const opening = addCoins(treasury, taken) ?? coinsMax;
  return coins(Math.max(0, shareOf(opening, share) - taken));
};

const countBeyond = (m: Mutation, clan: RowId, of: Clan, role: 'owner' | 'officer', amount: Coins): void => {
  const taken = { owner: beyondToday(m, of, 'owner'), officer: beyondToday(m, of, 'officer') };
  changeClan(m, clan, {
    beyond: { day: utcDay(m.now), ...taken, [role]: addCoins(taken[role], amount) ?? coinsMax },
  });
};

/** Takes coins out of the treasury into the wallet of the member who acts; a share is of what they may take. */
export const withdraw = (m: Mutation, amount: Amount, named?: RowId): Outcome<TreasuryMove> => {
  const own = ownClan(m, named);
  if (!('clan' in own)) return own;
  const { clan, of, membership } = own;
  if (isLocked(m, of)) return refuse('economy.clan.locked');
  begin(m);
  const { member } = m.actor;
  const { role, contribution } = membership;
  const treasury = treasuryOf(m, clan);
  const allowed = leastCoins(treasury, addCoins(contribution, beyondLeft(m, of, { role, treasury })) ?? coinsMax);
  const moved = resolveAmount(amount, allowed);
  if (moved > treasury) return refuse('economy.clan.withdraw.poor', { treasury });
  if (moved === 0 || moved > allowed) return refuse('economy.clan.withdraw.limit', { allowed, contribution });
  const refused = book(m, {
    postings: [give(member, 'wallet', moved, { entry: entries.withdrawal })],
    vaults: [takeTreasury(clan, moved, entries.withdrawal)],
  });
  if (refused) return refused;
  const fromOwn = leastCoins(moved, contribution);
  const left = coins(contribution - fromOwn);
  m.put(memberships, [member], { ...membership, contribution: left, steady: leastCoins(membership.steady, left) });
  if (role !== 'member' && moved > fromOwn) countBeyond(m, clan, of, role, coins(moved - fromOwn));
  tell(m, { what: 'withdrawal', name: of.name, by: member, coins: moved });
  return done(moveOf(m, clan, moved));
};
