import type { Mutation } from '../../kernel/context.ts';
import { event } from '../../kernel/event.ts';
import type { Frozen, MemberId, RowId } from '../../kernel/ids.ts';
import { noCoins } from '../../kernel/money.ts';
import { closeVault, openVault } from '../wallet/api.ts';
import { closeApplication, closeClanApplications } from './applications.ts';
import { type Clan, findClan, membershipOf, membersOf, rankOfRole } from './clan.ts';
import { closeInvitations } from './invitations.ts';
import { keysOfName } from './name.ts';
import { clanNames, clans, memberships, type Role, roster } from './state.ts';

/**
 * Told before a clan is no more, while its members, name and treasury are still there. A refusal keeps the clan where
 * its owner disbands it; where its last member is erased nobody refuses.
 */
export const clanEnding = event<{ readonly clan: RowId; readonly why: 'disbanded' | 'abandoned' }>('clans.ending');

/** Changes some of what stands of a clan; nothing where it is no more. */
export const changeClan = (m: Mutation, clan: RowId, change: Partial<Frozen<Clan>>): void => {
  const before = findClan(m, clan);
  if (before !== undefined) m.put(clans, [clan], { ...before, ...change });
};

const rosterKey = (
  clan: RowId,
  { role, joinedAt }: { readonly role: Role; readonly joinedAt: number },
  who: MemberId,
) => [clan, rankOfRole(role), joinedAt, who] as const;

const addMember = (m: Mutation, clan: RowId, member: MemberId, role: Role): void => {
  const membership = { clan, role, joinedAt: m.now, contribution: noCoins, steady: noCoins };
  m.put(memberships, [member], membership);
  m.put(roster, rosterKey(clan, membership, member), {});
  closeApplication(m, member);
};

/** Founds a clan of one member, its owner. The name was read and found to be free. */
export const foundClan = (m: Mutation, name: string, owner: MemberId): RowId => {
  const clan = m.newId();
  m.put(clans, [clan], { ...clans.initial, name, createdAt: m.now });
  for (const key of keysOfName(name)) m.put(clanNames, [key], { clan });
  openVault(m, clan);
  addMember(m, clan, owner, 'owner');
  return clan;
};

/** Takes somebody who is in no clan into one that has room. */
export const joinClan = (m: Mutation, clan: RowId, member: MemberId): void => {
  changeClan(m, clan, { members: m.get(clans, [clan]).members + 1 });
  addMember(m, clan, member, 'member');
};

/** Takes a member who is not the owner out of their clan. What they put in stays and is nobody's share any more. */
export const leaveClan = (m: Mutation, member: MemberId): void => {
  const membership = membershipOf(m, member);
  if (membership === undefined) return;
  const { clan } = membership;
  m.remove(memberships, [member]);
  m.remove(roster, rosterKey(clan, membership, member));
  changeClan(m, clan, { members: m.get(clans, [clan]).members - 1 });
};

const setRole = (m: Mutation, member: MemberId, role: Role): void => {
  const membership = m.get(memberships, [member]);
  m.remove(roster, rosterKey(membership.clan, membership, member));
  m.put(memberships, [member], { ...membership, role });
  m.put(roster, rosterKey(membership.clan, { ...membership, role }, member), {});
};

/** Makes an owner of somebody in a clan that has none. */
export const crown = (m: Mutation, member: MemberId): void => setRole(m, member, 'owner');

/** Makes an officer of a member, or a member of an officer. */
export const changeRole = (m: Mutation, member: MemberId, role: 'officer' | 'member'): void => setRole(m, member, role);

/** Hands a clan over to another of its members; who owned it becomes what `before` says. */
export const handOver = (
  m: Mutation,
  { from, to, before }: { readonly from: MemberId; readonly to: MemberId; readonly before: 'officer' | 'member' },
): void => {
  setRole(m, from, before);
  setRole(m, to, 'owner');
};

/** Takes a clan away, members, requests, invitations and name; its treasury is empty. */
export const removeClan = (m: Mutation, clan: RowId): void => {
  const found = findClan(m, clan);
  if (found === undefined) return;
  for (const { member, ...membership } of membersOf(m, clan)) {
    m.remove(memberships, [member]);
    m.remove(roster, rosterKey(clan, membership, member));
  }
  closeClanApplications(m, clan);
  closeInvitations(m, clan);
  for (const key of keysOfName(found.name)) m.remove(clanNames, [key]);
  m.remove(clans, [clan]);
  closeVault(m, clan);
};
