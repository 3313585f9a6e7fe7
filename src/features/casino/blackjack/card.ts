import type { Text } from '../../../kernel/text.ts';
import { type Card, type Hand, rankOf, suitOf, worthOf } from './rules.ts';

const rankTexts = ['A', '2', '3', '4', '5', '6', '7', '8', '9', '10', 'J', 'Q', 'K'];
const suitTexts = ['♠', '♥', '♦', '♣'];

/** A card as it is shown: `10♠`. */
export const cardText = (card: Card): string => `${rankTexts[rankOf(card)]}${suitTexts[suitOf(card)]}`;

/** Cards as they are shown. */
export const cardsText = (cards: readonly Card[]): string => cards.map(cardText).join(' ');

const worthText = (cards: readonly Card[], text: Text): string => {
  const { total, soft } = worthOf(cards);
  return text('economy.casino.blackjack.worth', { cards: cardsText(cards), total, soft: soft ? 'soft' : 'hard' });
};

/** What both sides hold; the dealer's first card once the hand is over. */
export const handLines = ({ player, second, dealer, result }: Hand, text: Text): readonly string[] => {
  const [, shown = 0] = dealer;
  return [
    text('economy.casino.blackjack.player', { hand: worthText(player, text) }),
    ...(second ? [text('economy.casino.blackjack.player', { hand: worthText(second.player, text) })] : []),
    text('economy.casino.blackjack.dealer', {
      hand: result === undefined ? `🂠 ${cardText(shown)}` : worthText(dealer, text),
    }),
  ];
};
