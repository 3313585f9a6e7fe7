import type { Mutation } from '../../../kernel/context.ts';
import type { Command } from '../../../kernel/feature.ts';
import type { MemberId, RowId } from '../../../kernel/ids.ts';
import { mutation } from '../../../kernel/operation.ts';
import { memberOption, options } from '../../../kernel/option.ts';
import { done, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Reply } from '../../../kernel/reply.ts';
import type { Text } from '../../../kernel/text.ts';
import { mention, refuseAtRest } from '../../wallet/api.ts';
import { type Clan, isLocked, type Membership, membershipOf, treasuryOf } from '../clan.ts';
import { changeRole, leaveClan } from '../membership.ts';
import { shownName } from '../name.ts';
import { notify } from '../notices.ts';
import { takeAlong } from '../payout.ts';
import { leavePayout } from '../settings.ts';
import type { Role } from '../state.ts';
import { ownClan } from '../treasury.ts';

interface Pair {
  readonly clan: RowId;
  readonly of: Clan;
  /** What who acts, and whom they act upon, are in it. */
  readonly own: Role;
  readonly target: Membership;
}

/** The clan of who acts, and somebody else in it. */
const pairOf = (m: Mutation, target: MemberId): Pair | Outcome<never> => {
  const own = ownClan(m);
  if (!('clan' in own)) return own;
  const resting = refuseAtRest(m);
  if (resting) return resting;
  if (own.membership.role === 'member') return refuse('economy.clan.no-right');
  if (target === m.actor.member) return refuse('economy.clan.roles.self');
  const membership = membershipOf(m, target);
  if (membership?.clan !== own.clan) return refuse('economy.clan.not-member');
  return { clan: own.clan, of: own.of, own: own.membership.role, target: membership };
};

interface Changed {
  readonly member: MemberId;
  readonly name: string;
  readonly how: 'promoted' | 'demoted' | 'kicked';
}

const changedReply = ({ member, name, how }: Changed, text: Text): Reply => ({
  private: true,
  content: text(`economy.clan.roles.${how}`, { member: mention(member), name: shownName(name) }),
});

const change = (how: 'promoted' | 'demoted', role: 'officer' | 'member') =>
  mutation({
    name: how === 'promoted' ? 'economy.clan.promote' : 'economy.clan.demote',
    version: 1,
    input: options({ member: memberOption({ describe: 'economy.clan.roles.member' }) }),
    run: (m, { member: { id: member } }): Outcome<Changed> => {
      const pair = pairOf(m, member);
      if (!('clan' in pair)) return pair;
      if (pair.own !== 'owner') return refuse('economy.clan.owner-only');
      if (pair.target.role === role) return refuse('economy.clan.roles.same', { member: mention(member) });
      changeRole(m, member, role);
      return done({ member, name: pair.of.name, how });
    },
    view: (value, text) => changedReply(value, text),
  });

/** Makes an officer of a member, or a member of an officer. */
export const promote = change('promoted', 'officer');
export const demote = change('demoted', 'member');

/** Removes somebody from one's clan: owners anybody, officers mere members. */
export const kick = mutation({
  name: 'economy.clan.kick',
  version: 1,
  input: options({ member: memberOption({ describe: 'economy.clan.roles.member' }) }),
  run: (m, { member: { id: member } }): Outcome<Changed> => {
    const pair = pairOf(m, member);
    if (!('clan' in pair)) return pair;
    const { clan, of, own, target } = pair;
    if (own !== 'owner' && target.role !== 'member') return refuse('economy.clan.roles.above');
    if (m.setting(leavePayout) && target.contribution > 0 && treasuryOf(m, clan) > 0) {
      if (isLocked(m, of)) return refuse('economy.clan.locked');
      takeAlong(m, clan, { ...target, member });
    }
    leaveClan(m, member);
    notify(m, member, { what: 'kicked', name: of.name, by: m.actor.member });
    return done({ member, name: of.name, how: 'kicked' });
  },
  view: (value, text) => changedReply(value, text),
});

export const promoteCommand: Command = {
  path: 'guild promote',
  describe: 'economy.clan.promote.describe',
  operation: promote,
  visibility: 'private',
};
export const demoteCommand: Command = {
  path: 'guild demote',
  describe: 'economy.clan.demote.describe',
  operation: demote,
  visibility: 'private',
};
export const kickCommand: Command = {
  path: 'guild kick',
  describe: 'economy.clan.kick.describe',
  operation: kick,
  visibility: 'private',
};
