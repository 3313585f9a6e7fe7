import { z } from 'zod';
import { customId } from '../../../kernel/component.ts';
import { controlInput } from '../../../kernel/control.ts';
import type { Command } from '../../../kernel/feature.ts';
import { mutation } from '../../../kernel/operation.ts';
import { optional, options, textOption } from '../../../kernel/option.ts';
import { done, type Outcome, refuse } from '../../../kernel/outcome.ts';
import type { Reply } from '../../../kernel/reply.ts';
import { timeSchema } from '../../../kernel/schemas.ts';
import type { Text } from '../../../kernel/text.ts';
import { colors, relativeTime } from '../../wallet/api.ts';
import { closeApplication, openApplication } from '../applications.ts';
import { button } from '../cards.ts';
import { clanNamed, completeClans, type ListedClan, membershipOf, topClans } from '../clan.ts';
import { type Joining, wantToJoin } from '../joining.ts';
import { shownName } from '../name.ts';
import { clanIdSchema } from '../state.ts';
import { applicationMs, choicesMax, denialMs, listedClans, typedNameCharactersMax } from '../tuning.ts';

const hourMs = 60 * 60_000;

/** Takes one's open request back. */
export const takeBack = mutation({
  name: 'economy.clan.take-back',
  version: 1,
  input: controlInput(z.strictObject({ u: timeSchema })),
  run: (m, { u }) => {
    const { member } = m.actor;
    // Another request may be open by now.
    if (openApplication(m, member)?.expiresAt !== u) return refuse('economy.clan.requests.gone');
    closeApplication(m, member);
    return done();
  },
  view: (_, text) => ({ private: true, replaces: true, content: text('economy.clan.join.taken-back') }),
});

const joiningReply = (joining: Joining, text: Text, replaces: boolean): Reply => {
  const { name } = joining;
  const place = replaces ? { replaces } : {};
  if (joining.joined) {
    return { private: true, ...place, content: text('economy.clan.join.joined', { name: shownName(name) }), rows: [] };
  }
  const args = { name: shownName(name), at: relativeTime(joining.expiresAt) };
  const back = button(text('economy.clan.join.take-back'), 'secondary', [takeBack, { u: joining.expiresAt }]);
  return { private: true, ...place, content: text('economy.clan.join.sent', args), rows: [[back]] };
};

/** Joins, or asks to join, the clan that was chosen from the list. */
export const joinChosen = mutation({
  name: 'economy.clan.join-chosen',
  version: 1,
  input: controlInput(z.strictObject({ chosen: clanIdSchema.optional() })),
  run: (m, { chosen }): Outcome<Joining> =>
    chosen === undefined ? refuse('economy.clan.gone') : wantToJoin(m, chosen),
  view: (joining, text) => joiningReply(joining, text, true),
});

const listReply = (clans: readonly ListedClan[], text: Text): Reply => {
  const line = ({ name, members, treasury }: ListedClan): string =>
    text('economy.clan.join.line', { name: shownName(name), members, treasury });
  return {
    private: true,
    embeds: [
      {
        title: text('economy.clan.join.title'),
        description: [...clans.slice(0, listedClans).map(line), '', text('economy.clan.join.hint')].join('\n'),
        color: colors.gold,
      },
    ],
    rows: [
      [
        {
          kind: 'select',
          placeholder: text('economy.clan.join.pick'),
          customId: customId(joinChosen),
          choices: clans.map(({ clan, name, members }) => ({
            label: name,
            value: clan,
            description: text('economy.clan.join.choice', { members }),
          })),
        },
      ],
    ],
  };
};

/** Joins, or asks to join, a clan; without a name it lists those there are. */
export const join = mutation({
  name: 'economy.clan.join',
  version: 1,
  input: options({
    name: optional(
      textOption({
        describe: 'economy.clan.join.name',
        charactersMax: typedNameCharactersMax,
        complete: completeClans,
      }),
    ),
  }),
  run: (m, { name }): Outcome<Joining | { readonly clans: readonly ListedClan[] }> => {
    if (membershipOf(m, m.actor.member) !== undefined) return refuse('economy.clan.already');
    if (name === undefined) {
      const clans = topClans(m, 0, choicesMax);
      return clans.length === 0 ? refuse('economy.clan.no-clans') : done({ clans });
    }
    const clan = clanNamed(m, name);
    return clan === undefined ? refuse('economy.clan.unknown') : wantToJoin(m, clan);
  },
  view: (value, text) => ('clans' in value ? listReply(value.clans, text) : joiningReply(value, text, false)),
});

export const joinCommand: Command = {
  path: 'guild join',
  describe: 'economy.clan.join.describe',
  operation: join,
  visibility: 'private',
  explain: {
    text: 'economy.clan.join.explain',
    figures: () => ({ hours: applicationMs / hourMs, denied: denialMs / hourMs }),
  },
};
