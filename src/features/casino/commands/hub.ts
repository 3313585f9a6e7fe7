import { permits } from '../../../kernel/authority.ts';
import type { Command } from '../../../kernel/feature.ts';
import { query } from '../../../kernel/operation.ts';
import { options } from '../../../kernel/option.ts';
import { done } from '../../../kernel/outcome.ts';
import { colors } from '../../wallet/api.ts';
import { betBounds, betId } from '../bet.ts';
import { blackjackAgain } from '../blackjack/operations.ts';
import { playButton } from '../cards.ts';
import { coinflipAgain } from '../coinflip/play.ts';
import { crashAgain } from '../crash/operations.ts';
import { multiplierMax } from '../crash/rules.ts';
import { feedNoticeOf, feedNoticeText } from '../feed.ts';
import { rouletteAgain } from '../roulette/play.ts';
import { slotsAgain } from '../slots/play.ts';
import { games } from '../tuning.ts';
import { oddsOf } from './odds.ts';

/** `/casino hub`: every game with what it returns, and a button that plays it for the least bet. */
export const hub = query({
  name: 'casino.hub',
  version: 1,
  input: options({}),
  run: (q) => {
    const isStaff = permits('staff', q.actor.permissions);
    return done({
      by: q.actor.member,
      games: games.map((game) => ({ game, ...betBounds(q, game), percent: oddsOf(q, game).returns * 100 })),
      notice: isStaff ? feedNoticeOf(q) : undefined,
    });
  },
  view: ({ by, games: listed, notice }, text) => {
    const inputs = {
      slots: (bet: number) => betId(slotsAgain, by, { bet, as: 'same' }),
      coinflip: (bet: number) => betId(coinflipAgain, by, { bet, side: 'heads' }),
      roulette: (bet: number) => betId(rouletteAgain, by, { bet, on: 'red' }),
      blackjack: (bet: number) => betId(blackjackAgain, by, { bet }),
      crash: (bet: number) => betId(crashAgain, by, { bet, target: multiplierMax }),
    };
    return {
      private: true,
      ...(notice && { content: feedNoticeText(notice, text) }),
      embeds: [
        {
          title: text('economy.casino.hub.title'),
          description: text('economy.casino.hub.about'),
          color: colors.gold,
          fields: listed.map(({ game, least, most, percent }) => ({
            name: text(`economy.casino.${game}.name`),
            value: text('economy.casino.hub.line', {
              command: `/casino ${game}`,
              about: text(`economy.casino.${game}.describe`),
              least,
              most,
              percent,
            }),
          })),
        },
      ],
      rows: [
        listed.map(({ game, least }) =>
          playButton(text(`economy.casino.${game}.quick`, { coins: least }), inputs[game](least)),
        ),
      ],
    };
  },
});

export const hubCommand: Command = {
  path: 'casino hub',
  describe: 'economy.casino.hub.describe',
  operation: hub,
  visibility: 'private',
  explain: { text: 'economy.casino.hub.explain', figures: () => ({}) },
};
