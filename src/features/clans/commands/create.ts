import type { Command } from '../../../kernel/feature.ts';
import { coins } from '../../../kernel/money.ts';
import { mutation } from '../../../kernel/operation.ts';
import { options, textOption } from '../../../kernel/option.ts';
import { done, refuse } from '../../../kernel/outcome.ts';
import { begin, book, coinsField, colors, mention, refuseAtRest, splitFunds, takeFunds } from '../../wallet/api.ts';
import { clanTitle, inline } from '../cards.ts';
import { membershipOf } from '../clan.ts';
import { entries } from '../entries.ts';
import { foundClan } from '../membership.ts';
import { keysOfName, readName } from '../name.ts';
import { createCost, membersMax } from '../settings.ts';
import { clanNames, clans } from '../state.ts';
import { clansMax, nameCharactersMax, nameCharactersMin, typedNameCharactersMax } from '../tuning.ts';

/** Founds a clan; what that costs is taken from the founder's funds and burned. */
export const create = mutation({
  name: 'economy.clan.create',
  version: 1,
  input: options({
    name: textOption({ describe: 'economy.clan.create.name', charactersMax: typedNameCharactersMax }),
  }),
  run: (m, { name: typed }) => {
    const { member } = m.actor;
    const resting = refuseAtRest(m);
    if (resting) return resting;
    if (membershipOf(m, member) !== undefined) return refuse('economy.clan.already');
    const read = readName(typed);
    if ('refused' in read) return refuse(read.refused, { least: nameCharactersMin, most: nameCharactersMax });
    const { name } = read;
    if (keysOfName(name).some((key) => m.find(clanNames, [key]) !== undefined))
      return refuse('economy.clan.name.taken');
    if (m.count(clans) >= clansMax) return refuse('economy.clan.create.many');
    const account = begin(m);
    const cost = coins(m.setting(createCost));
    const split = splitFunds(account, cost);
    if (split.missing > 0) return refuse('economy.clan.create.poor', { cost, missing: split.missing });
    const refused = book(m, { postings: takeFunds(member, split, { entry: entries.fee }), burned: cost });
    if (refused) return refused;
    foundClan(m, name, member);
    return done({ name, owner: member, cost });
  },
  view: ({ name, owner, cost }, text) => ({
    private: false,
    embeds: [
      {
        title: clanTitle(name),
        description: text('economy.clan.create.done', { owner: mention(owner) }),
        color: colors.gold,
        fields: [
          inline('economy.field.clan-owner', mention(owner), text),
          inline('economy.field.clan-members', '1', text),
          coinsField('economy.field.clan-treasury', 0, text),
          ...(cost > 0 ? [coinsField('economy.field.clan-cost', cost, text)] : []),
        ],
      },
    ],
  }),
});

export const createCommand: Command = {
  path: 'guild create',
  describe: 'economy.clan.create.describe',
  operation: create,
  visibility: 'public',
  explain: {
    text: 'economy.clan.create.explain',
    figures: (query) => ({
      cost: query.setting(createCost),
      most: query.setting(membersMax),
      least: nameCharactersMin,
      longest: nameCharactersMax,
    }),
  },
};
