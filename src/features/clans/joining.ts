import type { Mutation, Query } from '../../kernel/context.ts';
import type { MemberId, RowId } from '../../kernel/ids.ts';
import { done, type Outcome, refuse } from '../../kernel/outcome.ts';
import { begin, refuseAtRest, relativeTime } from '../wallet/api.ts';
import { applicantsOf, apply, deniedUntil, openApplication } from './applications.ts';
import { type Clan, findClan, membershipOf, ownerOf } from './clan.ts';
import { closeInvitation, type Invitation, openInvitation } from './invitations.ts';
import { joinClan } from './membership.ts';
import { shownName } from './name.ts';
import { notify } from './notices.ts';
import { membersMax } from './settings.ts';
import { applicationsOpenMax } from './tuning.ts';

/** Why somebody cannot be taken into a clan now: they are in one, or it is full. */
export const refuseJoining = (query: Query, of: Clan, member: MemberId): Outcome<never> | undefined => {
  const frozen = refuseAtRest(query);
  if (frozen) return frozen;
  if (membershipOf(query, member) !== undefined) {
    return refuse(member === query.actor.member ? 'economy.clan.already' : 'economy.clan.already-other');
  }
  const most = query.setting(membersMax);
  return of.members >= most ? refuse('economy.clan.full', { name: shownName(of.name), most }) : undefined;
};

/** Whether somebody may, in a clan, what owner and officers may: invite, answer requests, remove members. */
export const leads = (query: Query, clan: RowId, member: MemberId): boolean => {
  const membership = membershipOf(query, member);
  return membership !== undefined && membership.clan === clan && membership.role !== 'member';
};

/** An open invitation whose sender may still invite. */
export const validInvitation = (query: Query, clan: RowId, member: MemberId): Invitation | undefined => {
  const invitation = openInvitation(query, clan, member);
  return invitation !== undefined && leads(query, clan, invitation.by) ? invitation : undefined;
};

/** What came of wanting to join: in it at once, or asked. */
export type Joining =
  | { readonly joined: true; readonly name: string }
  | { readonly joined: false; readonly name: string; readonly clan: RowId; readonly expiresAt: number };

const refuseAsking = (query: Query, clan: RowId): Outcome<never> | undefined => {
  const { member } = query.actor;
  const until = deniedUntil(query, member, clan);
  if (until !== undefined) return refuse('economy.clan.join.denied', { at: relativeTime(until) });
  const asked = openApplication(query, member);
  if (asked !== undefined) {
    const name = shownName(findClan(query, asked.clan)?.name ?? '');
    return refuse('economy.clan.join.asked', { name, at: relativeTime(asked.expiresAt) });
  }
  return applicantsOf(query, clan).length >= applicationsOpenMax ? refuse('economy.clan.join.busy') : undefined;
};

/**
 * Takes the member who acts into a clan that is open or has invited them; asks for it otherwise, and has its owner told
 * by direct message.
 */
export const wantToJoin = (m: Mutation, clan: RowId): Outcome<Joining> => {
  const of = findClan(m, clan);
  if (of === undefined) return refuse('economy.clan.gone');
  const { member } = m.actor;
  const refused = refuseJoining(m, of, member);
  if (refused) return refused;
  begin(m);
  if (of.open || validInvitation(m, clan, member) !== undefined) {
    closeInvitation(m, clan, member);
    joinClan(m, clan, member);
    return done({ joined: true, name: of.name } as const);
  }
  const notAsked = refuseAsking(m, clan);
  if (notAsked) return notAsked;
  const expiresAt = apply(m, clan);
  const owner = ownerOf(m, clan);
  if (owner !== undefined) notify(m, owner, { what: 'asked', name: of.name, by: member });
  return done({ joined: false, name: of.name, clan, expiresAt } as const);
};
