import type { Coins } from '../../../kernel/ids.ts';
import { coins, coinsMax, noCoins, shareOf, shareUnits } from '../../../kernel/money.ts';
import type { Random } from '../../../kernel/random.ts';

/** A card, 0 to 51: thirteen ranks from the ace of each of four suits. */
export type Card = number;

const ranks = 13;
export const deckCards = 52;

/** A fresh deck, shuffled: Fisher and Yates's way, from the last card. */
export const shuffle = (random: Random): readonly Card[] => {
  const deck = Array.from({ length: deckCards }, (_, card) => card);
  for (let last = deckCards - 1; last > 0; last -= 1) {
    const other = random.int(last + 1);
    const card = deck[last] as Card;
    deck[last] = deck[other] as Card;
    deck[other] = card;
  }
  return deck;
};

/** What a card counts: an ace 1, a picture 10. */
export const pips = (card: Card): number => Math.min((card % ranks) + 1, 10);

/** The card's rank, 0 (ace) to 12 (king), and its suit, 0 to 3. */
export const rankOf = (card: Card): number => card % ranks;
export const suitOf = (card: Card): number => Math.floor(card / ranks);

/** What cards are worth; one ace counts 11 where that does not pass 21, and the worth is `soft` then. */
export const worthOf = (cards: readonly Card[]): { readonly total: number; readonly soft: boolean } => {
  const least = cards.reduce((sum, card) => sum + pips(card), 0);
  const soft = cards.some((card) => pips(card) === 1) && least + 10 <= twentyOne;
  return { total: soft ? least + 10 : least, soft };
};

const twentyOne = 21;
/** The dealer draws below this and stands on it, soft or not. */
export const dealerStands = 17;

const isNatural = (cards: readonly Card[]): boolean => cards.length === 2 && worthOf(cards).total === twentyOne;

/** What a player does: hit, stand, double, split, insure. */
export const moves = ['H', 'S', 'D', 'P', 'I'] as const;
export type Move = (typeof moves)[number];

export type HandResult = 'natural' | 'won' | 'pushed' | 'lost' | 'bust' | 'dealer-natural';

/** A hand as it stands after some moves. */
export interface Hand {
  readonly player: readonly Card[];
  /** The first one is hidden until the hand is over. */
  readonly dealer: readonly Card[];
  readonly doubled: boolean;
  /** The second of two hands that a pair was split into; `player` is the first. */
  readonly second?: { readonly player: readonly Card[]; readonly result: HandResult };
  /** Whether half the bet was put on the dealer's natural. */
  readonly insured: boolean;
  /** How it ended, or `undefined` while the player is to move. */
  readonly result: HandResult | undefined;
}

/** Whether a hand may be doubled: its first two cards, whatever they are. */
export const canDouble = (player: readonly Card[]): boolean => player.length === 2;

/** Whether the first two cards may be split: they count the same. */
export const canSplit = (player: readonly Card[]): boolean => {
  const [first, second, ...more] = player;
  return first !== undefined && second !== undefined && more.length === 0 && pips(first) === pips(second);
};

/** Whether the dealer shows an ace: only then the natural may be insured against, and is looked at with the first move. */
export const showsAce = ([, shown]: readonly Card[]): boolean => shown !== undefined && pips(shown) === 1;

const compare = (player: readonly Card[], dealer: readonly Card[]): HandResult => {
  const [mine, theirs] = [worthOf(player).total, worthOf(dealer).total];
  if (theirs > twentyOne || mine > theirs) return 'won';
  return mine === theirs ? 'pushed' : 'lost';
};

/** How naturals end a hand before anybody moves: they beat every other 21. Below an ace the dealer's own is not seen yet. */
const naturalResult = (player: readonly Card[], dealer: readonly Card[], seen: boolean): HandResult | undefined => {
  if (isNatural(player)) return isNatural(dealer) ? 'pushed' : 'natural';
  return seen && isNatural(dealer) ? 'dealer-natural' : undefined;
};

const drawDealer = (dealer: Card[], stock: Card[]): void => {
  while (worthOf(dealer).total < dealerStands) dealer.push(stock.shift() as Card);
};

/**
 * The hand that a deck and the moves so far make: player, dealer, player, dealer are dealt. Reaching 21 stands by itself;
 * each hand of a split pair gets one card and stands. Moves behind the end count for nothing.
 */
export const playHand = (deck: readonly Card[], made: readonly Move[]): Hand => {
  const [first, hidden, second, shown, ...stock] = deck;
  const player = [first, second] as Card[];
  const dealer = [hidden, shown] as Card[];
  const insured = made[0] === 'I';
  const seen = made.length > 0 || !showsAce(dealer);
  const dealt = naturalResult(player, dealer, seen);
  if (dealt) return { player, dealer, doubled: false, insured, result: dealt };
  const rest = insured ? made.slice(1) : made;
  if (rest[0] === 'P') {
    const [one, other] = [[first, stock.shift()] as Card[], [second, stock.shift()] as Card[]];
    drawDealer(dealer, stock);
    const split = { player: other, result: compare(other, dealer) };
    return { player: one, dealer, doubled: false, insured, second: split, result: compare(one, dealer) };
  }
  let doubled = false;
  for (const move of rest) {
    if (move !== 'S') player.push(stock.shift() as Card);
    const { total } = worthOf(player);
    doubled = move === 'D';
    if (total > twentyOne) return { player, dealer, doubled, insured, result: 'bust' };
    if (move === 'H' && total < twentyOne) continue;
    drawDealer(dealer, stock);
    return { player, dealer, doubled, insured, result: compare(player, dealer) };
  }
  return { player, dealer, doubled: false, insured, result: undefined };
};

/** What insuring a bet costs: half of it, rounded down. */
export const insuranceOf = (bet: Coins): Coins => coins(Math.floor(bet / 2));

/** Bets that lie on the table, insurance aside. */
const betsOf = ({ doubled, second }: Hand): number => (doubled || second ? 2 : 1);

/** All that is staked on a hand. */
export const stakedOn = (bet: Coins, hand: Hand): Coins =>
  coins(bet * betsOf(hand) + (hand.insured ? insuranceOf(bet) : 0));

/** The bet of a hand on which so much was staked in all. */
export const betOf = (staked: Coins, hand: Hand): Coins => {
  const bets = betsOf(hand);
  // An odd bet's insurance is half a coin less than half of it, which rounding up makes good.
  return coins(hand.insured ? Math.ceil((2 * staked) / (2 * bets + 1)) : staked / bets);
};

/** Bets that insurance pays on a dealer's natural, stake and all. */
const insurancePays = 3;

/** What a hand that is over pays, all of it, at most what an account can hold. */
export const roundPaid = (bet: Coins, hand: Hand, told: { readonly hinted?: true | undefined } = {}): Coins => {
  const { result = 'lost', second, doubled, insured } = hand;
  const main = handPaid(coins(doubled ? bet * 2 : bet), result, told);
  const other = second ? handPaid(bet, second.result, told) : noCoins;
  const side = insured && result === 'dealer-natural' ? insuranceOf(bet) * insurancePays : 0;
  return coins(Math.min(main + other + side, coinsMax));
};

/** Halves of the whole stake that a result pays, stake and all. */
export const resultHalves: Readonly<Record<HandResult, number>> = {
  natural: 5,
  won: 4,
  pushed: 2,
  lost: 0,
  bust: 0,
  'dealer-natural': 0,
};

/** What the house keeps of the profit of a hand of which the hidden card's kind was told, in ten-thousandths. */
export const hintKept = 1_600;

/** What a hand pays on all that was staked on it, rounded down; at most what an account can hold. */
const handPaid = (
  staked: Coins,
  result: HandResult,
  { hinted }: { readonly hinted?: true | undefined } = {},
): Coins => {
  if (hinted && result === 'won') return coins(Math.min(staked + shareOf(staked, shareUnits - hintKept), coinsMax));
  return coins(Math.min(Math.floor((staked * resultHalves[result]) / 2), coinsMax));
};

/** Kinds of hidden cards that a player may be told: 2 to 6, 7 to 9, and tens and aces. */
export const hints = ['low', 'middle', 'high'] as const;
export type Hint = (typeof hints)[number];

/** Of what kind a card is. */
export const hintOf = (card: Card): Hint => {
  const worth = pips(card);
  if (worth === 1 || worth === 10) return 'high';
  return worth >= 7 ? 'middle' : 'low';
};

/** The chance of a natural: an ace and one of sixteen tens among all pairs of cards. */
export const naturalChance = (4 * 16) / ((deckCards * (deckCards - 1)) / 2);
