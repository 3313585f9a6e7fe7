import type { Mutation, Query } from '../../kernel/context.ts';
import type { Coins } from '../../kernel/ids.ts';
import { type Outcome, refuse } from '../../kernel/outcome.ts';
import { ordersOf } from './positions.ts';
import { positionMax } from './settings.ts';
import { holdings } from './state.ts';

/**
 * Coins that the member who acts may still put into a company, fees with them: the limit less what their shares have
 * cost and what their orders hold. As much as there can be where the server has no limit.
 */
export const coinsLeftFor = (query: Query, symbol: string): number => {
  const { member } = query.actor;
  const most = query.setting(positionMax);
  if (most === 0) return Number.MAX_SAFE_INTEGER;
  const held = query.find(holdings, [member, symbol])?.cost ?? 0;
  const waiting = ordersOf(query, member).reduce((sum, order) => sum + (order.symbol === symbol ? order.coins : 0), 0);
  return Math.max(0, most - held - waiting);
};

/** Why the member who acts cannot put so much into a company. */
export const refuseBeyond = (m: Mutation, symbol: string, total: Coins): Outcome<never> | undefined => {
  const left = coinsLeftFor(m, symbol);
  return total > left
    ? refuse('economy.stocks.buy.position', { symbol, most: m.setting(positionMax), left })
    : undefined;
};
