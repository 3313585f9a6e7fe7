import type { Mutation } from '../../kernel/context.ts';
import { reaction } from '../../kernel/event.ts';
import type { MemberId, RowId } from '../../kernel/ids.ts';
import { type Job, sweep } from '../../kernel/job.ts';
import { departures, memberErasing } from '../../kernel/membership.ts';
import { done } from '../../kernel/outcome.ts';
import { book, isFrozen } from '../wallet/api.ts';
import { closeApplication } from './applications.ts';
import { type ClanMember, findClan, membershipOf, membersOf, treasuryOf } from './clan.ts';
import { entries } from './entries.ts';
import { clanEnding, handOver, leaveClan, removeClan } from './membership.ts';
import { notify, tell } from './notices.ts';
import { denials } from './state.ts';
import { takeTreasury } from './treasury.ts';
import { ownerGoneMs } from './tuning.ts';

/** Who follows an owner: the oldest officer, else who put in most, the oldest of equal ones; who is away comes last. */
export const heirOf = (m: Mutation, clan: RowId, owner?: MemberId): ClanMember | undefined => {
  const others = membersOf(m, clan).filter(({ member }) => member !== owner);
  const present = others.filter(({ member }) => m.find(departures, [member]) === undefined);
  const heirs = present.length > 0 ? present : others;
  const officer = heirs.find(({ role }) => role === 'officer');
  if (officer !== undefined) return officer;
  let first = heirs[0];
  for (const heir of heirs) if (first === undefined || heir.contribution > first.contribution) first = heir;
  return first;
};

/** Hands a clan over to who follows its owner; gives whether there is anybody. A lock does not stand in the way. */
const succeed = (m: Mutation, clan: RowId, owner: MemberId): boolean => {
  const heir = heirOf(m, clan, owner);
  const of = findClan(m, clan);
  if (heir === undefined || of === undefined) return false;
  handOver(m, { from: owner, to: heir.member, before: 'member' });
  notify(m, heir.member, { what: 'inherited', name: of.name });
  tell(m, { what: 'inherited', name: of.name, by: heir.member });
  return true;
};

/** Ends a clan without members, or whose last one is erased: what is in its treasury is burned, as what is in their purses is. */
export const abandon = (m: Mutation, clan: RowId): void => {
  m.emit(clanEnding, { clan, why: 'abandoned' });
  const left = treasuryOf(m, clan);
  if (left > 0) book(m, { postings: [], vaults: [takeTreasury(clan, left, entries.abandoned)], burned: left });
  removeClan(m, clan);
};

/**
 * A member who is erased leaves their clan: what they put in stays in the treasury and is nobody's share any more. An
 * owner is followed by another; with its last member a clan ends.
 */
export const eraseMembership = reaction(memberErasing, (m, { member }) => {
  closeApplication(m, member);
  for (const [key] of m.page(denials, { from: [member], limit: 200 })) m.remove(denials, key);
  const membership = membershipOf(m, member);
  if (membership === undefined) return done();
  const { clan, role } = membership;
  if (role === 'owner' && !succeed(m, clan, member)) abandon(m, clan);
  else leaveClan(m, member);
  return done();
});

/** Finds those who left the server long ago and still own a clan, and has others follow them. */
export const followOwners = sweep({
  name: 'economy.clan.succession',
  version: 1,
  rows: departures,
  step: (m, rows) => {
    if (isFrozen(m)) return;
    for (const [[member], { at }] of rows) {
      const membership = membershipOf(m, member);
      if (membership?.role === 'owner' && m.now - at >= ownerGoneMs) succeed(m, membership.clan, member);
    }
  },
});

/** Each night at half past midnight, by UTC. */
export const successionJob: Job = {
  operation: followOwners,
  pattern: '30 0 * * *',
  zone: 'UTC',
  realm: 'guilds',
  once: 'a day',
  missed: 'once',
};
