import type { Query } from '../../kernel/context.ts';
import type { Command } from '../../kernel/feature.ts';
import type { MemberId } from '../../kernel/ids.ts';
import { query } from '../../kernel/operation.ts';
import { memberOption, optional, options } from '../../kernel/option.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import { colors, mention, type Statistic, statisticsOf } from '../wallet/api.ts';
import { moneyStatistics } from './money.ts';

/** Fields that one card takes. */
const fieldsMax = 25;

/** What came and went, and then what features tell. */
const statisticsFor = (q: Query, member: MemberId): readonly Statistic[] =>
  [...moneyStatistics(q, member), ...q.extensions(statisticsOf, { member }).flat()].slice(0, fieldsMax);

/** `/stats`: what a member has done, as far as features tell everybody. */
export const stats = query({
  name: 'statistics.stats',
  version: 1,
  input: options({ member: optional(memberOption({ describe: 'economy.stats.member' })) }),
  run: (q, { member: person }) => {
    if (person?.bot) return refuse('economy.stats.bot');
    if (person?.present === false) return refuse('economy.stats.absent');
    const member = person?.id ?? q.actor.member;
    return done({ member, statistics: statisticsFor(q, member) });
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
