import { profileSection } from '../../kernel/profile.ts';
import { netOf, players, roundsOf, winsOf } from './state.ts';

/** What `/profile` shows of a member's games. */
export const casinoSection = profileSection({
  name: 'casino',
  order: 400,
  title: 'economy.casino.hub.title',
  read: (query, member) => {
    const player = query.get(players, [member]);
    const played = roundsOf(player);
    return played === 0 ? undefined : { played, won: winsOf(player), net: netOf(player) };
  },
  view: ({ played, won, net }, text) => ({
    fields: [
      {
        name: text('economy.casino.field.played'),
        value: text('economy.casino.rounds', { rounds: played }),
        inline: true,
      },
      { name: text('economy.casino.field.won'), value: text('economy.casino.rounds', { rounds: won }), inline: true },
      { name: text('economy.field.net'), value: text('economy.casino.net', { coins: net }), inline: true },
    ],
  }),
});
