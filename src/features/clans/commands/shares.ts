import type { Command } from '../../../kernel/feature.ts';
import type { Coins } from '../../../kernel/ids.ts';
import { coins, shareUnits } from '../../../kernel/money.ts';
import { query } from '../../../kernel/operation.ts';
import { options } from '../../../kernel/option.ts';
import { done, refuse } from '../../../kernel/outcome.ts';
import { coinsField, colors, mention } from '../../wallet/api.ts';
import { clanTitle, inline } from '../cards.ts';
import { membersOf, treasuryOf } from '../clan.ts';
import { cappedPart, interestArguments, weekOf } from '../interest.ts';
import { contributionsOf, partOf } from '../payout.ts';
import { ownClan } from '../treasury.ts';
import { shownContributors } from '../tuning.ts';

/** Who put how much into the treasury of one's clan, and what that brings them a week. */
export const shares = query({
  name: 'economy.clan.shares',
  version: 1,
  input: options({}),
  run: (q) => {
    const own = ownClan(q);
    if (!('clan' in own)) return own;
    const { clan, of } = own;
    const members = membersOf(q, clan);
    const all = contributionsOf(members);
    if (all === 0n) return refuse('economy.clan.shares.none');
    const treasury = treasuryOf(q, clan);
    const { weekly, bonus } = weekOf(q, clan);
    const steady = members.reduce((sum, one) => sum + BigInt(one.steady), 0n);
    const brings = (whole: Coins, part: Coins): Coins => cappedPart(q, partOf(whole, part, steady), 1);
    const contributors = members
      .filter(({ contribution }) => contribution > 0)
      .sort((left, right) => right.contribution - left.contribution)
      .slice(0, shownContributors)
      .map((one) => {
        const interest = brings(weekly, one.steady);
        return {
          member: one.member,
          contribution: one.contribution,
          percent: Number((BigInt(one.contribution) * BigInt(shareUnits)) / all) / 100,
          interest,
          bonus: brings(coins(weekly + bonus), one.steady) - interest,
        };
      });
    return done({ name: of.name, treasury, all: String(all), contributors, figures: interestArguments(q) });
  },
  view: ({ name, treasury, all, contributors, figures }, text) => ({
    private: false,
    embeds: [
      {
        title: clanTitle(name),
        description: [
          ...contributors.map(({ member, ...line }, place) =>
            text('economy.clan.shares.line', { ...line, place: place + 1, member: mention(member) }),
          ),
          '',
          text('economy.clan.shares.explain', figures),
        ].join('\n'),
        color: colors.gold,
        fields: [
          coinsField('economy.field.clan-treasury', treasury, text),
          // Together they may be more than a number can hold exactly.
          inline('economy.field.clan-contributions', text('economy.coins', { coins: BigInt(all) }), text),
        ],
      },
    ],
  }),
});

export const sharesCommand: Command = {
  path: 'guild shares',
  describe: 'economy.clan.shares.describe',
  operation: shares,
  visibility: 'public',
};
