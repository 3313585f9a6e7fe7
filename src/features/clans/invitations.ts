import { z } from 'zod';
import type { Mutation, Query } from '../../kernel/context.ts';
import { type EpochMs, epochMs, type Frozen, type MemberId, type RowId } from '../../kernel/ids.ts';
import { task } from '../../kernel/operation.ts';
import { done } from '../../kernel/outcome.ts';
import { memberSchema } from '../../kernel/schemas.ts';
import { clanIdSchema, invitations } from './state.ts';
import { invitationMs, invitationsOpenMax } from './tuning.ts';

/** An invitation as rows hold it. */
export type Invitation = Frozen<ReturnType<(typeof invitations)['schema']['parse']>>;

/** At its deadline an invitation is no more. */
export const expireInvitation = task({
  name: 'economy.clan.expire-invitation',
  version: 1,
  input: z.strictObject({ clan: clanIdSchema, member: memberSchema }),
  run: (m, { clan, member }) => {
    m.remove(invitations, [clan, member]);
    return done();
  },
});

const timerKey = (clan: RowId, member: MemberId): string => `${clan}.${member}`;

/** Takes an invitation away, deadline and all. */
export const closeInvitation = (m: Mutation, clan: RowId, member: MemberId): void => {
  m.remove(invitations, [clan, member]);
  m.cancel(expireInvitation, timerKey(clan, member));
};

/** The invitation of somebody that is open now; one that is overdue is none. */
export const openInvitation = (query: Query, clan: RowId, member: MemberId): Invitation | undefined => {
  const invitation = query.find(invitations, [clan, member]);
  return invitation !== undefined && query.now < invitation.expiresAt ? invitation : undefined;
};

/** How many invitations a clan has open. Those that are overdue are closed. */
export const countInvitations = (m: Mutation, clan: RowId): number => {
  let open = 0;
  for (const [[, member], { expiresAt }] of m.page(invitations, { from: [clan], limit: invitationsOpenMax })) {
    if (m.now < expiresAt) open += 1;
    else closeInvitation(m, clan, member);
  }
  return open;
};

/** Opens an invitation by the member who acts. Gives its deadline. */
export const invite = (m: Mutation, clan: RowId, member: MemberId): EpochMs => {
  const expiresAt = epochMs(m.now + invitationMs);
  m.put(invitations, [clan, member], { by: m.actor.member, expiresAt });
  m.wake(expireInvitation, timerKey(clan, member), expiresAt, { clan, member });
  return expiresAt;
};

/** Takes all invitations of a clan away. */
export const closeInvitations = (m: Mutation, clan: RowId): void => {
  for (const [[, member]] of m.page(invitations, { from: [clan], limit: invitationsOpenMax })) {
    closeInvitation(m, clan, member);
  }
};
