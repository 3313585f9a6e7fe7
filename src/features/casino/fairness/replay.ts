import { unreachable } from '../../../kernel/assert.ts';
import type { Coins } from '../../../kernel/ids.ts';
import { coins, coinsMax, noCoins } from '../../../kernel/money.ts';
import type { Random } from '../../../kernel/random.ts';
import type { Text } from '../../../kernel/text.ts';
import { cardsText } from '../blackjack/card.ts';
import { betOf, type Card, playHand, roundPaid, shuffle } from '../blackjack/rules.ts';
import { coinflipPaid, flip, flipBoosted, type Side } from '../coinflip/rules.ts';
import { crashPaid, crashPoint } from '../crash/rules.ts';
import { colourOf, parseWheelBet, spinWheel, wheelPaid } from '../roulette/rules.ts';
import { winsPot } from '../slots/pot.ts';
import { drawSpin, freeSpins, potFreeSpins, type Spin, spinPaid } from '../slots/rules.ts';
import { reelsText } from '../slots/words.ts';
import type { Game } from '../tuning.ts';
import type { Play } from './rounds.ts';

/** What was drawn in a round: the same for everybody who has its seeds. */
export type Drawn =
  | { readonly game: 'slots'; readonly spin: Spin }
  | { readonly game: 'coinflip'; readonly side: Side }
  | { readonly game: 'roulette'; readonly pocket: number }
  | { readonly game: 'blackjack'; readonly deck: readonly Card[] }
  | { readonly game: 'crash'; readonly point: number };

/** A round that is not kept is taken to be one without a pot: with one its free spins are the first of those drawn. */
const freeTableOf = (play: Play | undefined) =>
  play?.game === 'slots' && play.pot !== undefined ? potFreeSpins : freeSpins;

/** Draws a round of a game anew, by the rules it was played by. */
export const drawAgain = (game: Game, random: Random, play?: Play): Drawn => {
  switch (game) {
    case 'slots':
      return { game, spin: drawSpin(random, freeTableOf(play)) };
    case 'coinflip':
      return { game, side: flip(random) };
    case 'roulette':
      return { game, pocket: spinWheel(random) };
    case 'blackjack':
      return { game, deck: shuffle(random) };
    case 'crash':
      return { game, point: crashPoint(random) };
    default:
      return unreachable(game);
  }
};

/** What a round pays, by what was chosen in it and its draws. `stake` is all that was staked, doubled or not. */
export const paidAgain = (play: Play, stake: Coins, random: Random): Coins => {
  switch (play.game) {
    case 'slots': {
      const spin = drawSpin(random, freeTableOf(play));
      const pot = winsPot(spin.reels) ? (play.pot ?? 0) : 0;
      return coins(Math.min(spinPaid(stake, spin) + pot, coinsMax));
    }
    case 'coinflip':
      return coinflipPaid(stake, play, flipBoosted(random, play));
    case 'roulette':
      return wheelPaid(stake, parseWheelBet(play.on) ?? { numbers: [] }, spinWheel(random));
    case 'blackjack': {
      const hand = playHand(shuffle(random), play.moves);
      return roundPaid(betOf(stake, hand), hand, play);
    }
    case 'crash': {
      const point = crashPoint(random);
      return play.at > 0 && play.at <= point ? crashPaid(stake, play.at) : noCoins;
    }
    default:
      return unreachable(play);
  }
};

/** Cards of a deck that are shown: as many as a hand and its dealer can come to need. */
const deckShown = 20;

/** What was drawn, in words. */
export const drawnText = (drawn: Drawn, text: Text): string => {
  switch (drawn.game) {
    case 'slots': {
      const { reels, free } = drawn.spin;
      return [reels, ...free].map(reelsText).join('\n');
    }
    case 'coinflip':
      return text(`economy.casino.coinflip.${drawn.side}`);
    case 'roulette': {
      const { pocket } = drawn;
      return text('economy.casino.roulette.fallen', { pocket, colour: colourOf(pocket) });
    }
    case 'blackjack':
      return text('core.fair.verify.deck', { cards: cardsText(drawn.deck.slice(0, deckShown)) });
    case 'crash':
      return text('core.fair.verify.crash', { point: drawn.point / 100 });
    default:
      return unreachable(drawn);
  }
};
