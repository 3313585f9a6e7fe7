import type { Query } from '../../kernel/context.ts';
import type { Invariant } from '../../kernel/feature.ts';
import { isFrozen } from '../wallet/api.ts';
import { clanNames, clans, memberships, mendings, roster } from './state.ts';

/**
 * A reset of the economy, during which it is frozen, takes rows away and brings them back in steps; they are mended after
 * that. In between they need not fit.
 */
const inPeace =
  (holds: (query: Query) => boolean) =>
  (query: Query): boolean =>
    isFrozen(query) || query.count(mendings) > 0 || holds(query);

/** What no operation may break, checked against counts and sums that the store keeps with each put. */
export const invariants: readonly Invariant[] = [
  {
    name: 'economy.clan-members-are-counted',
    watches: [clans.name, memberships.name, roster.name],
    holds: inPeace(
      (query) =>
        query.total(clans, 'members') === BigInt(query.count(memberships)) &&
        query.count(roster) === query.count(memberships),
    ),
  },
  {
    name: 'economy.clans-have-one-owner',
    watches: [clans.name, memberships.name],
    holds: inPeace((query) => query.total(memberships, 'owners') === BigInt(query.count(clans))),
  },
  {
    name: 'economy.clans-have-their-names',
    watches: [clans.name, clanNames.name],
    holds: inPeace((query) => query.count(clanNames) === 2 * query.count(clans)),
  },
];
