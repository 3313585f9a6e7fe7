import { z } from 'zod';
import { customId } from '../../../kernel/component.ts';
import type { Query } from '../../../kernel/context.ts';
import { controlInput } from '../../../kernel/control.ts';
import type { Command } from '../../../kernel/feature.ts';
import type { MemberId, RowId } from '../../../kernel/ids.ts';
import { departures } from '../../../kernel/membership.ts';
import { mutation, query } from '../../../kernel/operation.ts';
import { memberOption, optional, options } from '../../../kernel/option.ts';
import { done, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Reply } from '../../../kernel/reply.ts';
import { memberSchema } from '../../../kernel/schemas.ts';
import type { Text } from '../../../kernel/text.ts';
import { colors, mention, refuseAtRest } from '../../wallet/api.ts';
import { button, clanTitle } from '../cards.ts';
import { isLocked, membershipOf, membersOf } from '../clan.ts';
import { handOver } from '../membership.ts';
import { shownName } from '../name.ts';
import { notify } from '../notices.ts';
import { clanIdSchema, type Role } from '../state.ts';
import { ownClan } from '../treasury.ts';
import { choicesMax } from '../tuning.ts';

interface Candidate {
  readonly member: MemberId;
  readonly role: Role;
}

/** What an owner is shown before they hand their clan over: whom it may go to, or the one it would. */
type Asking =
  | { readonly clan: RowId; readonly name: string; readonly candidates: readonly Candidate[] }
  | { readonly clan: RowId; readonly name: string; readonly to: MemberId };

const ownedClan = (q: Query, named?: RowId) => {
  const own = ownClan(q, named);
  if (!('clan' in own)) return own;
  if (own.membership.role !== 'owner') return refuse('economy.clan.owner-only');
  if (isLocked(q, own.of)) return refuse('economy.clan.locked');
  return refuseAtRest(q) ?? own;
};

/** Why the clan of who acts cannot go to a member. */
const refuseHeir = (q: Query, clan: RowId, to: MemberId): Outcome<never> | undefined => {
  if (to === q.actor.member) return refuse('economy.clan.transfer.self');
  if (membershipOf(q, to)?.clan !== clan) return refuse('economy.clan.not-member');
  return q.find(departures, [to]) === undefined ? undefined : refuse('economy.clan.absent');
};

const asking = (q: Query, to: MemberId | undefined, named?: RowId): Outcome<Asking> => {
  const own = ownedClan(q, named);
  if (!('clan' in own)) return own;
  const { clan, of } = own;
  if (to === undefined) {
    const others = membersOf(q, clan).filter(({ member }) => member !== q.actor.member);
    if (others.length === 0) return refuse('economy.clan.transfer.alone');
    const candidates = others.slice(0, choicesMax).map(({ member, role }) => ({ member, role }));
    return done({ clan, name: of.name, candidates });
  }
  return refuseHeir(q, clan, to) ?? done({ clan, name: of.name, to });
};

const pressSchema = z.strictObject({ c: clanIdSchema, m: memberSchema });

/** Hands one's clan over; everything is checked again. Who owned it becomes an officer. */
export const confirmTransfer = mutation({
  name: 'economy.clan.transfer-confirm',
  version: 1,
  input: controlInput(pressSchema),
  run: (m, { c, m: to }) => {
    const own = ownedClan(m, c);
    if (!('clan' in own)) return own;
    const from = m.actor.member;
    const refused = refuseHeir(m, c, to);
    if (refused) return refused;
    handOver(m, { from, to, before: 'officer' });
    notify(m, to, { what: 'inherited', name: own.of.name });
    return done({ to, name: own.of.name });
  },
  view: ({ to, name }, text) => ({
    private: true,
    replaces: true,
    content: text('economy.clan.transfer.done', { to: mention(to), name: shownName(name) }),
  }),
});

/** Leaves everything as it is. */
export const cancelTransfer = query({
  name: 'economy.clan.transfer-cancel',
  version: 1,
  input: controlInput(z.strictObject({})),
  run: () => done(),
  view: (_, text) => ({ private: true, replaces: true, content: text('economy.clan.transfer.cancelled') }),
});

const askingReply = (value: Asking, text: Text): Reply => {
  const { clan, name } = value;
  if ('to' in value) {
    const press = { c: clan, m: value.to };
    return {
      private: true,
      content: text('economy.clan.transfer.sure', { name: shownName(name), to: mention(value.to) }),
      rows: [
        [
          button(text('economy.clan.transfer.confirm'), 'danger', [confirmTransfer, press]),
          button(text('economy.clan.transfer.cancel'), 'secondary', [cancelTransfer, {}]),
        ],
      ],
    };
  }
  // A select cannot show who is mentioned, so each line has a number that is to be chosen.
  const numbered = value.candidates.map(({ member, role }, place) => ({
    place: place + 1,
    member,
    role: text(`economy.clan.role.${role}`),
  }));
  return {
    private: true,
    embeds: [
      {
        title: clanTitle(name),
        description: [
          text('economy.clan.transfer.pick-hint'),
          ...numbered.map(({ member, ...line }) =>
            text('economy.clan.members.line', { ...line, member: mention(member) }),
          ),
        ].join('\n'),
        color: colors.gold,
      },
    ],
    rows: [
      [
        {
          kind: 'select',
          placeholder: text('economy.clan.transfer.pick'),
          customId: customId(transferChosen, { c: clan }),
          choices: numbered.map(({ place, member, role }) => ({
            label: text('economy.clan.transfer.choice', { place, role }),
            value: member,
          })),
        },
      ],
    ],
  };
};

/** Asks whether the chosen member is to own the clan. */
export const transferChosen = query({
  name: 'economy.clan.transfer-chosen',
  version: 1,
  input: controlInput(z.strictObject({ c: clanIdSchema, chosen: memberSchema.optional() })),
  run: (q, { c, chosen }) => asking(q, chosen, c),
  view: (value, text) => ({ ...askingReply(value, text), replaces: true }),
});

/** Asks whether a member is to own one's clan; without one, who. */
export const transfer = query({
  name: 'economy.clan.transfer',
  version: 1,
  input: options({ member: optional(memberOption({ describe: 'economy.clan.transfer.member' })) }),
  run: (q, { member }) =>
    member !== undefined && !member.present ? refuse('economy.clan.absent') : asking(q, member?.id),
  view: (value, text) => askingReply(value, text),
});

export const transferCommand: Command = {
  path: 'guild transfer',
  describe: 'economy.clan.transfer.describe',
  operation: transfer,
  visibility: 'private',
};
