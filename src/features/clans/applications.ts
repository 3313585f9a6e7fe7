import { z } from 'zod';
import type { Mutation, Query } from '../../kernel/context.ts';
import { type EpochMs, epochMs, type MemberId, type RowId } from '../../kernel/ids.ts';
import { task } from '../../kernel/operation.ts';
import { done } from '../../kernel/outcome.ts';
import { memberSchema } from '../../kernel/schemas.ts';
import { applicants, applications, clanIdSchema, denials } from './state.ts';
import { applicationMs, applicationsOpenMax, denialMs } from './tuning.ts';

/** At its deadline a request to join is no more. */
export const expireApplication = task({
  name: 'economy.clan.expire-request',
  version: 1,
  input: z.strictObject({ member: memberSchema }),
  run: (m, { member }) => {
    closeApplication(m, member);
    return done();
  },
});

/** When it has passed, who was denied may ask again. */
export const expireDenial = task({
  name: 'economy.clan.expire-denial',
  version: 1,
  input: z.strictObject({ member: memberSchema, clan: clanIdSchema }),
  run: (m, { member, clan }) => {
    m.remove(denials, [member, clan]);
    return done();
  },
});

/** Takes somebody's open request away, deadline and all; nothing happens where there is none. */
export const closeApplication = (m: Mutation, member: MemberId): void => {
  const application = m.find(applications, [member]);
  if (application === undefined) return;
  m.remove(applications, [member]);
  m.remove(applicants, [application.clan, application.expiresAt, member]);
  m.cancel(expireApplication, member);
};

/** A request that is open now. One that is overdue, because its deadline has not fallen yet, is none. */
export const openApplication = (
  query: Query,
  member: MemberId,
): { readonly clan: RowId; readonly expiresAt: EpochMs } | undefined => {
  const application = query.find(applications, [member]);
  return application !== undefined && query.now < application.expiresAt ? application : undefined;
};

/** Asks for the member who acts to be taken into a clan. Gives the deadline. */
export const apply = (m: Mutation, clan: RowId): EpochMs => {
  const { member } = m.actor;
  closeApplication(m, member);
  const expiresAt = epochMs(m.now + applicationMs);
  m.put(applications, [member], { clan, expiresAt });
  m.put(applicants, [clan, expiresAt, member], {});
  m.wake(expireApplication, member, expiresAt, { member });
  return expiresAt;
};

/** Who asks to be taken into a clan. */
export interface Applicant {
  readonly member: MemberId;
  readonly expiresAt: number;
}

/** The open requests of a clan, the oldest first. */
export const applicantsOf = (query: Query, clan: RowId): readonly Applicant[] =>
  query
    .page(applicants, { from: [clan], limit: applicationsOpenMax })
    .map(([[, expiresAt, member]]) => ({ member, expiresAt }))
    .filter(({ member, expiresAt }) => openApplication(query, member)?.expiresAt === expiresAt);

/** Takes all requests to a clan away. */
export const closeClanApplications = (m: Mutation, clan: RowId): void => {
  for (const [key] of m.page(applicants, { from: [clan], limit: applicationsOpenMax })) {
    closeApplication(m, key[2]);
    // Where a reset was undone, a place on the list may be left of a request that is gone.
    if (m.find(applicants, key) !== undefined) m.remove(applicants, key);
  }
};

/** Denies somebody's request, and for a while another one to the same clan. */
export const denyApplication = (m: Mutation, member: MemberId, clan: RowId): void => {
  closeApplication(m, member);
  const until = epochMs(m.now + denialMs);
  m.put(denials, [member, clan], { until });
  m.wake(expireDenial, `${member}.${clan}`, until, { member, clan });
};

/** Until when a clan has denied somebody; `undefined` where they may ask. */
export const deniedUntil = (query: Query, member: MemberId, clan: RowId): EpochMs | undefined => {
  const until = query.find(denials, [member, clan])?.until;
  return until !== undefined && query.now < until ? until : undefined;
};
