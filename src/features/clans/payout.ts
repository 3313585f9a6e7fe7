import type { Mutation } from '../../kernel/context.ts';
import type { Coins, MemberId, RowId } from '../../kernel/ids.ts';
import { addCoins, coins, leastCoins, noCoins } from '../../kernel/money.ts';
import { type Outcome, refuse } from '../../kernel/outcome.ts';
import { book, give, moneyOf } from '../wallet/api.ts';
import { type ClanMember, treasuryOf } from './clan.ts';
import { entries } from './entries.ts';
import { takeTreasury } from './treasury.ts';

/** floor(amount × part / all) in exact arithmetic; nothing where there is nothing to share by. */
export const partOf = (amount: Coins, part: Coins, all: bigint): Coins =>
  all === 0n ? noCoins : coins(Number((BigInt(amount) * BigInt(part)) / all));

/** What all of some members put in. */
export const contributionsOf = (members: readonly Pick<ClanMember, 'contribution'>[]): bigint =>
  members.reduce((sum, { contribution }) => sum + BigInt(contribution), 0n);

const hasRoom = (m: Mutation, member: MemberId, amount: Coins): boolean =>
  addCoins(moneyOf(m, member).wallet, amount) !== undefined;

const pay = (m: Mutation, clan: RowId, member: MemberId, amount: Coins): Outcome<never> | undefined =>
  book(m, {
    postings: [give(member, 'wallet', amount, { entry: entries.share })],
    vaults: [takeTreasury(clan, amount, entries.share)],
  });

/**
 * Pays a whole treasury out: to each member their share by contribution, rounded down, and the rest to the owner, who
 * also gets what a full wallet cannot take. It is their own money and no income: no debt is served from it. Refused
 * where the owner's wallet has no room.
 */
export const payOut = (
  m: Mutation,
  clan: RowId,
  owner: MemberId,
  members: readonly ClanMember[],
): Outcome<never> | undefined => {
  const treasury = treasuryOf(m, clan);
  const all = contributionsOf(members);
  for (const { member, contribution } of members) {
    const part = partOf(treasury, contribution, all);
    if (member === owner || part === 0 || !hasRoom(m, member, part)) continue;
    const refused = pay(m, clan, member, part);
    if (refused) return refused;
  }
  const rest = treasuryOf(m, clan);
  if (rest === 0) return undefined;
  return hasRoom(m, owner, rest) ? pay(m, clan, owner, rest) : refuse('economy.clan.disband.full');
};

/** What somebody who leaves takes along, where the server lets them: what they put in, as far as it is there. */
export const takeAlong = (m: Mutation, clan: RowId, { member, contribution }: ClanMember): Coins => {
  const part = leastCoins(contribution, treasuryOf(m, clan));
  if (part === 0 || !hasRoom(m, member, part)) return noCoins;
  return pay(m, clan, member, part) === undefined ? part : noCoins;
};
