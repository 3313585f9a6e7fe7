import type { Invariant } from '../../kernel/feature.ts';
import { applicants, applications, clanNames, clans, memberships, roster } from './state.ts';

/** What no operation may break, checked against counts and sums that the store keeps with each put. */
export const invariants: readonly Invariant[] = [
  {
    name: 'economy.clan-members-are-counted',
    watches: [clans.name, memberships.name, roster.name],
    holds: (query) =>
      query.total(clans, 'members') === BigInt(query.count(memberships)) &&
      query.count(roster) === query.count(memberships),
  },
  {
    name: 'economy.clans-have-one-owner',
    watches: [clans.name, memberships.name],
    holds: (query) => query.total(memberships, 'owners') === BigInt(query.count(clans)),
  },
  {
    name: 'economy.clans-have-their-names',
    watches: [clans.name, clanNames.name],
    holds: (query) => query.count(clanNames) === 2 * query.count(clans),
  },
  {
    name: 'economy.clan-requests-are-listed',
    watches: [applications.name, applicants.name],
    holds: (query) => query.count(applications) === query.count(applicants),
  },
];
