import type { Command } from '../../../kernel/feature.ts';
import { query } from '../../../kernel/operation.ts';
import { options } from '../../../kernel/option.ts';
import { done, refuse } from '../../../kernel/outcome.ts';
import { colors } from '../../wallet/api.ts';
import { ownerText } from '../cards.ts';
import { findClan, membershipOf, placeOfClan, topClans } from '../clan.ts';
import { interestArguments } from '../interest.ts';
import { shownName } from '../name.ts';
import { listedClans } from '../tuning.ts';

const medals = ['🥇', '🥈', '🥉'];

/** The clans with the largest treasuries: the same standings as those of the board. */
export const top = query({
  name: 'economy.clan.top',
  version: 1,
  input: options({}),
  run: (q) => {
    const clans = topClans(q, 0, listedClans);
    if (clans.length === 0) return refuse('economy.clan.no-clans');
    const membership = membershipOf(q, q.actor.member);
    const place = membership && placeOfClan(q, membership.clan);
    const own =
      membership !== undefined && place !== undefined
        ? { name: findClan(q, membership.clan)?.name ?? '', place: place + 1 }
        : undefined;
    return done({ clans, own, figures: interestArguments(q) });
  },
  view: ({ clans, own, figures }, text) => ({
    private: false,
    embeds: [
      {
        title: text('economy.clan.top.title'),
        description: [
          ...clans.map(({ name, treasury, members, owner }, place) =>
            text('economy.clan.top.line', {
              place: medals[place] ?? text('economy.clan.place', { place: place + 1 }),
              name: shownName(name),
              treasury,
              members,
              owner: ownerText(owner, text),
            }),
          ),
          '',
          text('economy.clan.top.bonus', figures),
        ].join('\n'),
        color: colors.gold,
        ...(own && { footer: text('economy.clan.top.own', own) }),
      },
    ],
  }),
});

export const topCommand: Command = {
  path: 'guild top',
  describe: 'economy.clan.top.describe',
  operation: top,
  visibility: 'public',
};
