import { reaction } from '../../kernel/event.ts';
import { memberErasing } from '../../kernel/membership.ts';
import { done } from '../../kernel/outcome.ts';
import { ordersOf, positionsOf } from './positions.ts';
import { holdings, orders } from './state.ts';
import { marketOf } from './worlds.ts';

/**
 * The shares of a member who is erased vanish: they were bought from the house with coins that are burned long since. So
 * do their limit orders, whose coins are burned as well.
 */
export const eraseHoldings = reaction(memberErasing, (m, { member }) => {
  for (const { symbol } of positionsOf(m, member, marketOf(m))) m.remove(holdings, [member, symbol]);
  for (const { id } of ordersOf(m, member)) m.remove(orders, [member, id]);
  return done();
});
