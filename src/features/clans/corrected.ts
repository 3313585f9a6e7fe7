import { reaction } from '../../kernel/event.ts';
import { coins, leastCoins } from '../../kernel/money.ts';
import { done } from '../../kernel/outcome.ts';
import { vaultCorrected } from '../wallet/api.ts';
import { membershipOf, membersOf, treasuryOf } from './clan.ts';
import { contributionsOf } from './payout.ts';
import { memberships } from './state.ts';

/**
 * The staff took back what a member put into their clan's treasury, or took out of it: their contribution follows. It grows
 * no further than the treasury covers all contributions, since what was taken out beyond one's own was none.
 */
export const correctContribution = reaction(vaultCorrected, (m, { vault: clan, member, change }) => {
  const membership = membershipOf(m, member);
  if (membership?.clan !== clan) return done();
  const before = membership.contribution;
  const uncovered = Number(BigInt(treasuryOf(m, clan)) - contributionsOf(membersOf(m, clan)));
  const grown = Math.min(change, Math.max(0, uncovered));
  const contribution = coins(Math.max(0, before + (change < 0 ? change : grown)));
  m.put(memberships, [member], {
    ...membership,
    contribution,
    steady: leastCoins(membership.steady, contribution),
  });
  return done();
});
