import { z } from 'zod';
import type { Query } from '../../../kernel/context.ts';
import { controlInput } from '../../../kernel/control.ts';
import type { Command } from '../../../kernel/feature.ts';
import type { Coins, RowId } from '../../../kernel/ids.ts';
import { query } from '../../../kernel/operation.ts';
import { optional, options, textOption } from '../../../kernel/option.ts';
import { done, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Field, Reply } from '../../../kernel/reply.ts';
import type { Text } from '../../../kernel/text.ts';
import { coinsField, colors } from '../../wallet/api.ts';
import { benefitsText, type ClanLook, clanFields, clanTitle, inline, lookAtClan } from '../cards.ts';
import { clanNamed, completeClans, levelOf, membershipOf } from '../clan.ts';
import { clanIdSchema, type Role } from '../state.ts';
import { ownClan } from '../treasury.ts';
import { typedNameCharactersMax } from '../tuning.ts';

interface Info extends ClanLook {
  /** What the asker is in the clan, where they are in it. */
  readonly own: { readonly role: Role; readonly contribution: Coins } | undefined;
}

const infoAbout = (q: Query, clan: RowId): Outcome<Info> => {
  const look = lookAtClan(q, clan);
  if (!('name' in look)) return look;
  const membership = membershipOf(q, q.actor.member);
  const own = membership?.clan === clan ? { role: membership.role, contribution: membership.contribution } : undefined;
  return done({ ...look, own });
};

/** A day as Discord shows it to each reader. */
const dayText = (at: number): string => `<t:${Math.floor(at / 1000)}:D>`;

const levelText = (treasury: number, text: Text): string => {
  const { level, next } = levelOf(treasury);
  return text('economy.clan.level', { level, last: String(next === undefined), next: next ?? 0 });
};

const ownFields = (own: Info['own'], text: Text): readonly Field[] =>
  own === undefined
    ? []
    : [
        inline('economy.field.clan-role', text(`economy.clan.role.${own.role}`), text),
        coinsField('economy.field.clan-contribution', own.contribution, text),
      ];

const infoReply = (info: Info, text: Text, isPrivate: boolean): Reply => ({
  private: isPrivate,
  embeds: [
    {
      title: clanTitle(info.name),
      description: [
        benefitsText(info, text),
        text(info.open ? 'economy.clan.info.open' : 'economy.clan.info.approval'),
      ].join('\n'),
      color: colors.gold,
      fields: [
        ...clanFields(info, text),
        inline('economy.field.clan-created', dayText(info.createdAt), text),
        inline('economy.field.clan-place', text('economy.clan.place', { place: info.place }), text),
        inline('economy.field.clan-level', levelText(info.treasury, text), text),
        ...ownFields(info.own, text),
      ],
    },
  ],
});

/** What there is to know of the clan whose card's button was pressed; anybody may. */
export const infoOf = query({
  name: 'economy.clan.info-of',
  version: 1,
  input: controlInput(z.strictObject({ c: clanIdSchema })),
  run: (q, { c }) => infoAbout(q, c),
  view: (info, text) => infoReply(info, text, true),
});

/** What there is to know of a clan, one's own without a name. */
export const info = query({
  name: 'economy.clan.info',
  version: 1,
  input: options({
    name: optional(
      textOption({
        describe: 'economy.clan.info.name',
        charactersMax: typedNameCharactersMax,
        complete: completeClans,
      }),
    ),
  }),
  run: (q, { name }): Outcome<Info> => {
    if (name === undefined) {
      const own = ownClan(q);
      return 'clan' in own ? infoAbout(q, own.clan) : own;
    }
    const clan = clanNamed(q, name);
    return clan === undefined ? refuse('economy.clan.unknown') : infoAbout(q, clan);
  },
  view: (value, text) => infoReply(value, text, false),
});

export const infoCommand: Command = {
  path: 'guild info',
  describe: 'economy.clan.info.describe',
  operation: info,
  visibility: 'public',
};
