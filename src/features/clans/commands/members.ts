import { z } from 'zod';
import type { Query } from '../../../kernel/context.ts';
import { controlInput } from '../../../kernel/control.ts';
import type { Command } from '../../../kernel/feature.ts';
import type { Coins, MemberId } from '../../../kernel/ids.ts';
import { query } from '../../../kernel/operation.ts';
import { integerOption, optional, options } from '../../../kernel/option.ts';
import { done, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Reply } from '../../../kernel/reply.ts';
import { memberSchema } from '../../../kernel/schemas.ts';
import type { Text } from '../../../kernel/text.ts';
import { coinsField, colors, mention } from '../../wallet/api.ts';
import { button, clanTitle } from '../cards.ts';
import { membersOf, treasuryOf } from '../clan.ts';
import type { Role } from '../state.ts';
import { ownClan } from '../treasury.ts';
import { clanMembersMax, pageMembers } from '../tuning.ts';

const pagesMax = Math.ceil(clanMembersMax / pageMembers);

interface MembersPage {
  readonly by: MemberId;
  readonly name: string;
  readonly count: number;
  readonly treasury: Coins;
  readonly page: number;
  readonly pages: number;
  readonly members: readonly { readonly member: MemberId; readonly role: Role }[];
}

const readPage = (q: Query, page: number): Outcome<MembersPage> => {
  const own = ownClan(q);
  if (!('clan' in own)) return own;
  const all = membersOf(q, own.clan);
  const pages = Math.max(1, Math.ceil(all.length / pageMembers));
  if (page > pages) return refuse('economy.clan.members.no-page', { page, pages });
  const members = all.slice((page - 1) * pageMembers, page * pageMembers).map(({ member, role }) => ({ member, role }));
  const { clan, of } = own;
  const treasury = treasuryOf(q, clan);
  return done({ by: q.actor.member, name: of.name, count: all.length, treasury, page, pages, members });
};

const pageReply = (value: MembersPage, text: Text): Reply => {
  const { by, page, pages } = value;
  const from = (page - 1) * pageMembers;
  const lines = value.members.map(({ member, role }, place) =>
    text('economy.clan.members.line', {
      place: from + place + 1,
      member: mention(member),
      role: text(`economy.clan.role.${role}`),
    }),
  );
  const turn = (key: 'economy.clan.previous' | 'economy.clan.next', to: number) =>
    button(text(key), 'secondary', [turnMembers, { page: to, by }], to < 1 || to > pages);
  return {
    private: false,
    embeds: [
      {
        title: clanTitle(value.name),
        description: lines.join('\n'),
        color: colors.gold,
        fields: [coinsField('economy.field.clan-treasury', value.treasury, text)],
        footer: text('economy.clan.members.page', { count: value.count, page, pages }),
      },
    ],
    ...(pages > 1 && { rows: [[turn('economy.clan.previous', page - 1), turn('economy.clan.next', page + 1)]] }),
  };
};

/** Turns the pages of a list that one opened oneself. */
export const turnMembers = query({
  name: 'economy.clan.turn-members',
  version: 1,
  input: controlInput(z.strictObject({ page: z.int().min(1).max(pagesMax), by: memberSchema })),
  run: (q, { page, by }) => (by === q.actor.member ? readPage(q, page) : refuse('economy.clan.not-your-card')),
  view: (value, text) => ({ ...pageReply(value, text), replaces: true }),
});

/** The members of one's clan with their roles. */
export const members = query({
  name: 'economy.clan.members',
  version: 1,
  input: options({
    page: optional(integerOption({ describe: 'economy.clan.members.page-option', min: 1, max: pagesMax })),
  }),
  run: (q, { page = 1 }) => readPage(q, page),
  view: (value, text) => pageReply(value, text),
});

export const membersCommand: Command = {
  path: 'guild members',
  describe: 'economy.clan.members.describe',
  operation: members,
  visibility: 'public',
};
