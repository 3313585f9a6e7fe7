import type { Query } from '../../kernel/context.ts';
import type { Coins, MemberId } from '../../kernel/ids.ts';
import { coins, coinsMax } from '../../kernel/money.ts';
import { type Outcome, refuse } from '../../kernel/outcome.ts';
import { reservedCoins } from './points.ts';
import { accounts } from './state.ts';

const keptOf = (reserves: readonly { readonly coins: number }[]): number =>
  reserves.reduce((sum, one) => sum + one.coins, 0);

/** What a member has above coins that must stay. */
const above = (query: Query, member: MemberId, kept: number): number => {
  const { wallet, bank } = query.get(accounts, [member]);
  return Math.max(0, wallet + bank - kept);
};

/**
 * Coins of a member that others can come to have, with so many on their way to them: all but what must stay. Whatever takes
 * coins of one member for another, or for what another can take from, takes no more (decision 18).
 */
export const unreservedOf = (query: Query, member: MemberId, coming = 0): number =>
  above(query, member, keptOf(query.extensions(reservedCoins, { member })) - coming);

/** Of those, what is not owed to somebody already: what a fine, a levy or a robber can take now. */
export const spareOf = (query: Query, member: MemberId): Coins => {
  const { wallet, bank, debt } = query.get(accounts, [member]);
  return coins(Math.min(coinsMax, Math.max(0, Math.min(unreservedOf(query, member), wallet + bank - debt))));
};

/**
 * Why a member cannot give so much away, to another or to what others can take from: some of what they have must stay
 * with them. It matters not whether it stays in the wallet or the bank.
 */
export const refuseReserved = (query: Query, member: MemberId, leaving: Coins): Outcome<never> | undefined => {
  const reserves = query.extensions(reservedCoins, { member });
  const [first] = reserves;
  if (first === undefined) return undefined;
  const kept = keptOf(reserves);
  const spare = above(query, member, kept);
  return leaving > spare ? refuse(first.reason, { coins: kept, spare }) : undefined;
};
