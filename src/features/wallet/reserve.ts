import type { Query } from '../../kernel/context.ts';
import type { Coins, MemberId } from '../../kernel/ids.ts';
import { type Outcome, refuse } from '../../kernel/outcome.ts';
import { reservedCoins } from './points.ts';
import { accounts } from './state.ts';

/**
 * Why a member cannot give so much away, to another or to what others can take from: some of what they have must stay
 * with them. It matters not whether it stays in the wallet or the bank.
 */
export const refuseReserved = (query: Query, member: MemberId, leaving: Coins): Outcome<never> | undefined => {
  const reserves = query.extensions(reservedCoins, { member });
  const [first] = reserves;
  if (first === undefined) return undefined;
  const kept = reserves.reduce((sum, { coins }) => sum + coins, 0);
  const { wallet, bank } = query.get(accounts, [member]);
  const spare = Math.max(0, wallet + bank - kept);
  return leaving > spare ? refuse(first.reason, { coins: kept, spare }) : undefined;
};
