import { z } from 'zod';
import type { Mutation } from '../../../kernel/context.ts';
import { controlInput } from '../../../kernel/control.ts';
import type { Command } from '../../../kernel/feature.ts';
import { mutation } from '../../../kernel/operation.ts';
import { memberOption, options } from '../../../kernel/option.ts';
import { done, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Reply } from '../../../kernel/reply.ts';
import { memberSchema, timeSchema } from '../../../kernel/schemas.ts';
import type { Text } from '../../../kernel/text.ts';
import { pings, prefers } from '../../settings/api.ts';
import { begin, colors, ensureAccount, mention, relativeTime } from '../../wallet/api.ts';
import { benefitsText, button, clanFields, clanTitle, inline, lookAtClan } from '../cards.ts';
import { findClan } from '../clan.ts';
import { closeInvitation, countInvitations, type Invitation, invite, openInvitation } from '../invitations.ts';
import { leads, refuseJoining } from '../joining.ts';
import { joinClan } from '../membership.ts';
import { shownName } from '../name.ts';
import { clanIdSchema, invitations } from '../state.ts';
import { ownClan } from '../treasury.ts';
import { invitationMs, invitationsOpenMax } from '../tuning.ts';

const hourMs = 60 * 60_000;

/** The clan, the invited member and the deadline, which tells one invitation from a later one. Ids are at most 100 long. */
const pressSchema = z.strictObject({ c: clanIdSchema, m: memberSchema, u: timeSchema });
type Press = z.infer<typeof pressSchema>;

/** The open invitation behind a press; a refusal of one that was answered, and `too late` behind its deadline. */
const pressed = (m: Mutation, { c, m: invited, u }: Press): Invitation | 'too late' | Outcome<never> => {
  if (u <= m.now) {
    if (m.find(invitations, [c, invited])?.expiresAt === u) closeInvitation(m, c, invited);
    return 'too late';
  }
  if (findClan(m, c) === undefined) return refuse('economy.clan.gone');
  const invitation = openInvitation(m, c, invited);
  return invitation?.expiresAt === u ? invitation : refuse('economy.clan.invite.answered');
};

const isOpen = (found: Invitation | Outcome<never>): found is Invitation => 'by' in found;

interface Answered {
  readonly how: 'accepted' | 'declined' | 'withdrawn' | 'closed';
  readonly member: string;
  readonly name: string;
}

const answeredReply = ({ how, member, name }: Answered, text: Text): Reply => ({
  private: false,
  replaces: true,
  content: text(`economy.clan.invite.${how}`, { member, name: shownName(name) }),
});

const closed = (m: Mutation, { c, m: invited }: Press): Answered => ({
  how: 'closed',
  member: mention(invited),
  name: findClan(m, c)?.name ?? '',
});

/** The invited member joins, if whoever invited them still may and there is room. */
export const acceptInvitation = mutation({
  name: 'economy.clan.accept',
  version: 1,
  input: controlInput(pressSchema),
  run: (m, press): Outcome<Answered> => {
    const found = pressed(m, press);
    if (found === 'too late') return done(closed(m, press));
    if (!isOpen(found)) return found;
    const { c, m: invited } = press;
    if (invited !== m.actor.member) return refuse('economy.clan.invite.not-yours', { member: mention(invited) });
    if (!leads(m, c, found.by)) return refuse('economy.clan.invite.void', { by: mention(found.by) });
    const of = findClan(m, c);
    if (of === undefined) return refuse('economy.clan.gone');
    const refused = refuseJoining(m, of, invited);
    if (refused) return refused;
    begin(m);
    closeInvitation(m, c, invited);
    joinClan(m, c, invited);
    return done({ how: 'accepted', member: mention(invited), name: of.name });
  },
  view: (value, text) => answeredReply(value, text),
});

/** The invited member declines, or those who lead the clan take the invitation back. */
export const declineInvitation = mutation({
  name: 'economy.clan.decline',
  version: 1,
  input: controlInput(pressSchema),
  run: (m, press): Outcome<Answered> => {
    const found = pressed(m, press);
    if (found === 'too late') return done(closed(m, press));
    if (!isOpen(found)) return found;
    const { c, m: invited } = press;
    const { member } = m.actor;
    if (member !== invited && !leads(m, c, member)) {
      return refuse('economy.clan.invite.not-yours', { member: mention(invited) });
    }
    closeInvitation(m, c, invited);
    const how = member === invited ? 'declined' : 'withdrawn';
    return done({ how, member: mention(invited), name: findClan(m, c)?.name ?? '' } as const);
  },
  view: (value, text) => answeredReply(value, text),
});

/** Invites somebody into one's clan, in a card that only they can accept. */
export const inviteMember = mutation({
  name: 'economy.clan.invite',
  version: 1,
  input: options({ member: memberOption({ describe: 'economy.clan.invite.member' }) }),
  run: (m, { member: invited }) => {
    const by = m.actor.member;
    if (invited.id === by) return refuse('economy.clan.invite.self');
    if (invited.bot) return refuse('economy.clan.invite.bot');
    if (!invited.present) return refuse('economy.clan.absent');
    const own = ownClan(m);
    if (!('clan' in own)) return own;
    const { clan, of, membership } = own;
    if (membership.role === 'member') return refuse('economy.clan.no-right');
    const refused = refuseJoining(m, of, invited.id);
    if (refused) return refused;
    const before = openInvitation(m, clan, invited.id);
    if (before !== undefined) return refuse('economy.clan.invite.twice', { at: relativeTime(before.expiresAt) });
    if (countInvitations(m, clan) >= invitationsOpenMax) {
      return refuse('economy.clan.invite.many', { most: invitationsOpenMax });
    }
    const look = lookAtClan(m, clan);
    if (!('name' in look)) return look;
    ensureAccount(m, invited.id);
    const expiresAt = invite(m, clan, invited.id);
    return done({ look, by, invited: invited.id, expiresAt, pinged: prefers(m, invited.id, pings) });
  },
  view: ({ look, by, invited, expiresAt, pinged }, text) => {
    const press = { c: look.clan, m: invited, u: expiresAt };
    return {
      private: false,
      content: text('economy.clan.invite.asks', {
        member: mention(invited),
        by: mention(by),
        name: shownName(look.name),
      }),
      embeds: [
        {
          title: clanTitle(look.name),
          description: benefitsText(look, text),
          color: colors.gold,
          fields: [...clanFields(look, text), inline('economy.field.until', relativeTime(expiresAt), text)],
        },
      ],
      rows: [
        [
          button(text('economy.clan.invite.accept'), 'success', [acceptInvitation, press]),
          button(text('economy.clan.invite.decline'), 'secondary', [declineInvitation, press]),
        ],
      ],
      mentions: pinged ? [invited] : [],
    };
  },
});

export const inviteCommand: Command = {
  path: 'guild invite',
  describe: 'economy.clan.invite.describe',
  operation: inviteMember,
  visibility: 'public',
  explain: {
    text: 'economy.clan.invite.explain',
    figures: () => ({ hours: invitationMs / hourMs, most: invitationsOpenMax }),
  },
};
