import { z } from 'zod';
import type { Mutation, Query } from '../../../kernel/context.ts';
import { controlInput } from '../../../kernel/control.ts';
import type { Command } from '../../../kernel/feature.ts';
import type { MemberId, RowId } from '../../../kernel/ids.ts';
import { departures } from '../../../kernel/membership.ts';
import { mutation, query } from '../../../kernel/operation.ts';
import { options } from '../../../kernel/option.ts';
import { done, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Button, Reply } from '../../../kernel/reply.ts';
import { memberSchema, timeSchema } from '../../../kernel/schemas.ts';
import type { Text } from '../../../kernel/text.ts';
import { colors, mention, relativeTime } from '../../wallet/api.ts';
import { type Applicant, applicantsOf, denyApplication, openApplication } from '../applications.ts';
import { button, clanTitle } from '../cards.ts';
import { refuseJoining } from '../joining.ts';
import { joinClan } from '../membership.ts';
import { notify } from '../notices.ts';
import { clanIdSchema } from '../state.ts';
import { ownClan } from '../treasury.ts';
import { applicationsOpenMax, pageRequests } from '../tuning.ts';

const pagesMax = Math.ceil(applicationsOpenMax / pageRequests);
/** Applicants whose two buttons stand in one row. */
const rowRequests = 2;

interface RequestsPage {
  readonly clan: RowId;
  readonly name: string;
  readonly page: number;
  readonly pages: number;
  readonly count: number;
  readonly requests: readonly Applicant[];
  /** What the press that led here did. */
  readonly answered: { readonly how: 'approved' | 'denied'; readonly member: MemberId } | undefined;
}

/** The clan that who acts leads. */
const ledClan = (q: Query, named?: RowId) => {
  const own = ownClan(q, named);
  if (!('clan' in own)) return own;
  return own.membership.role === 'member' ? refuse('economy.clan.no-right') : own;
};

/** A page of the open requests, the last where there are no longer so many. */
const readPage = (q: Query, wanted: number, answered?: RequestsPage['answered']): Outcome<RequestsPage> => {
  const own = ledClan(q);
  if (!('clan' in own)) return own;
  const all = applicantsOf(q, own.clan);
  const pages = Math.max(1, Math.ceil(all.length / pageRequests));
  const page = Math.min(wanted, pages);
  const requests = all.slice((page - 1) * pageRequests, page * pageRequests);
  return done({ clan: own.clan, name: own.of.name, page, pages, count: all.length, requests, answered });
};

const pageReply = (value: RequestsPage, text: Text): Reply => {
  const { clan, page, pages, requests, answered } = value;
  const from = (page - 1) * pageRequests;
  const lines = requests.map(({ member, expiresAt }, place) =>
    text('economy.clan.requests.line', {
      place: from + place + 1,
      member: mention(member),
      at: relativeTime(expiresAt),
    }),
  );
  const buttons = requests.map(({ member, expiresAt }, place): readonly Button[] => {
    const press = { c: clan, m: member, u: expiresAt };
    const number = { place: from + place + 1 };
    return [
      button(text('economy.clan.requests.approve', number), 'success', [approve, press]),
      button(text('economy.clan.requests.deny', number), 'danger', [deny, press]),
    ];
  });
  const rows: (readonly Button[])[] = [];
  for (let index = 0; index < buttons.length; index += rowRequests) {
    rows.push(buttons.slice(index, index + rowRequests).flat());
  }
  if (pages > 1) {
    rows.push([
      button(text('economy.clan.previous'), 'secondary', [turnRequests, { page: page - 1 }], page === 1),
      button(text('economy.clan.next'), 'secondary', [turnRequests, { page: page + 1 }], page === pages),
    ]);
  }
  return {
    private: true,
    embeds: [
      {
        title: clanTitle(value.name),
        description: [
          ...(answered
            ? [text(`economy.clan.requests.${answered.how}`, { member: mention(answered.member) }), '']
            : []),
          ...(lines.length > 0 ? lines : [text('economy.clan.requests.none')]),
        ].join('\n'),
        color: colors.gold,
        ...(pages > 1 && { footer: text('economy.clan.members.page', { count: value.count, page, pages }) }),
      },
    ],
    rows,
  };
};

/** Turns the pages of the open requests. */
export const turnRequests = query({
  name: 'economy.clan.turn-requests',
  version: 1,
  input: controlInput(z.strictObject({ page: z.int().min(1).max(pagesMax) })),
  run: (q, { page }) => readPage(q, page),
  view: (value, text) => ({ ...pageReply(value, text), replaces: true }),
});

/** The clan, who asks, and the request's deadline, which tells it from a later one. */
const pressSchema = z.strictObject({ c: clanIdSchema, m: memberSchema, u: timeSchema });
type Press = z.infer<typeof pressSchema>;

const pressed = (m: Mutation, { c, m: member, u }: Press) => {
  const own = ledClan(m, c);
  if (!('clan' in own)) return own;
  const request = openApplication(m, member);
  return request?.clan === c && request.expiresAt === u ? own : refuse('economy.clan.requests.gone');
};

/** Takes who asked into the clan, if they are in none by now and there is room. */
export const approve = mutation({
  name: 'economy.clan.approve',
  version: 1,
  input: controlInput(pressSchema),
  run: (m, press): Outcome<RequestsPage> => {
    const own = pressed(m, press);
    if (!('clan' in own)) return own;
    const { m: member } = press;
    if (m.find(departures, [member]) !== undefined) return refuse('economy.clan.absent');
    const refused = refuseJoining(m, own.of, member);
    if (refused) return refused;
    joinClan(m, own.clan, member);
    notify(m, member, { what: 'approved', name: own.of.name });
    return readPage(m, 1, { how: 'approved', member });
  },
  view: (value, text) => ({ ...pageReply(value, text), replaces: true }),
});

/** Denies a request, and another one for a while. */
export const deny = mutation({
  name: 'economy.clan.deny',
  version: 1,
  input: controlInput(pressSchema),
  run: (m, press): Outcome<RequestsPage> => {
    const own = pressed(m, press);
    if (!('clan' in own)) return own;
    denyApplication(m, press.m, own.clan);
    notify(m, press.m, { what: 'denied', name: own.of.name });
    return readPage(m, 1, { how: 'denied', member: press.m });
  },
  view: (value, text) => ({ ...pageReply(value, text), replaces: true }),
});

/** Who asks to be taken into one's clan, with buttons to approve and deny. */
export const requests = query({
  name: 'economy.clan.requests',
  version: 1,
  input: options({}),
  run: (q) => readPage(q, 1),
  view: (value, text) => pageReply(value, text),
});

export const requestsCommand: Command = {
  path: 'guild requests',
  describe: 'economy.clan.requests.describe',
  operation: requests,
  visibility: 'private',
};
