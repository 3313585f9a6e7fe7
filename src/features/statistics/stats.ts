import type { Command } from '../../kernel/feature.ts';
import { query } from '../../kernel/operation.ts';
import { memberOption, optional, options } from '../../kernel/option.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import { colors, mention, statisticsOf } from '../wallet/api.ts';

/** Fields that one card takes. */
const fieldsMax = 25;

/** `/stats`: what a member has done, as far as features tell everybody. */
export const stats = query({
  name: 'statistics.stats',
  version: 1,
  input: options({ member: optional(memberOption({ describe: 'economy.stats.member' })) }),
  run: (q, { member: person }) => {
    if (person?.bot) return refuse('economy.stats.bot');
    if (person?.present === false) return refuse('economy.stats.absent');
    const member = person?.id ?? q.actor.member;
    return done({ member, statistics: q.extensions(statisticsOf, { member }).flat().slice(0, fieldsMax) });
  },
  view: ({ member, statistics }, text) => ({
    private: true,
    embeds: [
      {
        title: text('economy.stats.title'),
        description: text(statistics.length === 0 ? 'economy.stats.empty' : 'economy.stats.of', {
          member: mention(member),
        }),
        color: colors.money,
        fields: statistics.map(({ title, text: words, args }) => ({
          name: text(title),
          value: text(words, args),
          inline: true,
        })),
      },
    ],
  }),
});

export const statsCommand: Command = {
  path: 'stats',
  describe: 'economy.stats.describe',
  operation: stats,
  visibility: 'private',
};
