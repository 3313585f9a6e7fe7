import type { Command } from '../../../kernel/feature.ts';
import { query } from '../../../kernel/operation.ts';
import { memberOption, optional, options } from '../../../kernel/option.ts';
import { done, refuse } from '../../../kernel/outcome.ts';
import { colors, mention } from '../../wallet/api.ts';
import { netOf, players } from '../state.ts';
import { countedGames } from '../tuning.ts';

/** `/casino stats`: what a member did at each game. */
export const stats = query({
  name: 'casino.stats',
  version: 1,
  input: options({ member: optional(memberOption({ describe: 'economy.casino.stats.member' })) }),
  run: (q, { member }) => {
    if (member?.bot) return refuse('economy.casino.stats.bot');
    if (member?.present === false) return refuse('economy.casino.stats.absent');
    const who = member?.id ?? q.actor.member;
    const player = q.get(players, [who]);
    const played = countedGames.flatMap((game) => {
      const counters = player.games[game];
      return counters !== undefined && counters.played > 0 ? [{ game, counters }] : [];
    });
    return done({ who, played, net: netOf(player) });
  },
  view: ({ who, played, net }, text) => ({
    private: true,
    embeds: [
      {
        title: text('economy.casino.stats.title'),
        description: [
          text('economy.casino.stats.of', { member: mention(who) }),
          played.length === 0 ? text('economy.casino.stats.none') : text('economy.casino.stats.net', { coins: net }),
        ].join('\n'),
        color: net < 0 ? colors.loss : colors.money,
        fields: played.map(({ game, counters }) => ({
          name: text(`economy.casino.${game}.name`),
          value: text('economy.casino.stats.line', {
            played: counters.played,
            won: counters.won,
            lost: counters.lost,
            pushed: counters.pushed,
            staked: counters.staked,
            paid: counters.paid,
            net: counters.paid - counters.staked,
            most: counters.biggestWin,
          }),
        })),
      },
    ],
  }),
});

export const statsCommand: Command = {
  path: 'casino stats',
  describe: 'economy.casino.stats.describe',
  operation: stats,
  visibility: 'private',
};
