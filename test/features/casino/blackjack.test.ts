// Splitting and insuring: what the rules make of a deck, and what the table makes of the coins.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  betOf,
  type Card,
  canDouble,
  canSplit,
  type Hand,
  insuranceOf,
  type Move,
  pips,
  playHand,
  roundPaid,
  showsAce,
  shuffle,
  stakedOn,
  worthOf,
} from '../../../src/features/casino/blackjack/rules.ts';
import type { Coins } from '../../../src/kernel/ids.ts';
import { seededRandom } from '../../../src/kernel/random.ts';
import { discordRefuses } from '../limits.ts';
import { alice, bob, minuteMs, type Table } from '../table.ts';
import { button, buttonsOf, casinoTable, type Draws } from './gambler.ts';

const coins = (amount: number): Coins => amount as Coins;
/** Ranks from the ace, 0, to the king, 12, as the deck gives them: player, dealer's hidden, player, dealer's open, then on. */
const deckOf = (...ranks: number[]): readonly Card[] => ranks;

describe('splitting by the rules', () => {
  test.each([
    // Aces, each with a ten: a plain 21, which a dealer's 20 loses to and which is no natural.
    { deck: [0, 9, 13, 22, 9, 10], results: ['won', 'won'], paid: 400 },
    // Eights with a ten and a two against 19.
    { deck: [7, 9, 20, 8, 9, 1], results: ['lost', 'lost'], paid: 0 },
    // Eights with an ace and a ten against 18: 19 wins and 18 gets its stake back.
    { deck: [7, 9, 20, 7, 13, 9], results: ['won', 'pushed'], paid: 300 },
    // A ten and a king count the same; the dealer goes bust from 16.
    { deck: [9, 9, 12, 5, 2, 3, 11], results: ['won', 'won'], paid: 400 },
  ])('$deck: $results', ({ deck, results, paid }) => {
    const hand = playHand(deckOf(...deck), ['P']);
    expect(canSplit(playHand(deckOf(...deck), []).player)).toBe(true);
    expect([hand.result, hand.second?.result]).toEqual(results);
    expect([hand.player, hand.second?.player].map((cards) => cards?.length)).toEqual([2, 2]);
    expect(stakedOn(coins(100), hand)).toBe(200);
    expect(roundPaid(coins(100), hand)).toBe(paid);
  });

  test('what can be doubled and split', () => {
    const hands = Array.from({ length: 13 }, (_, first) =>
      Array.from({ length: 13 }, (__, second) => [first, second + 13]),
    );
    for (const cards of hands.flat()) {
      const [first = 0, second = 0] = cards.map(pips);
      expect(canSplit(cards)).toBe(first === second);
      expect(canDouble(cards)).toBe(true);
    }
    expect(canDouble([1, 2, 3])).toBe(false);
    expect(canSplit([1, 14, 27])).toBe(false);
  });
});

describe('insurance by the rules', () => {
  const natural = deckOf(9, 12, 8, 0, 1, 2);
  test('below an ace nothing is seen before the first move, and then a natural ends the hand', () => {
    expect(playHand(natural, []).result).toBeUndefined();
    for (const move of ['H', 'S', 'D'] as const) {
      expect(playHand(natural, [move])).toMatchObject({ result: 'dealer-natural', doubled: false, insured: false });
    }
    const insured = playHand(natural, ['I']);
    expect(insured).toMatchObject({ result: 'dealer-natural', insured: true });
    // The bet is lost and half of it brings three halves: all comes back.
    expect([stakedOn(coins(100), insured), roundPaid(coins(100), insured)]).toEqual([150, 150]);
    expect([stakedOn(coins(101), insured), roundPaid(coins(101), insured)]).toEqual([151, 150]);
  });

  test('below a ten it is seen at once; a natural of one’s own is paid at once as well', () => {
    expect(playHand(deckOf(9, 0, 8, 12, 1), []).result).toBe('dealer-natural');
    expect(playHand(deckOf(0, 5, 9, 13, 1), []).result).toBe('natural');
    expect(playHand(deckOf(0, 9, 9, 13, 1), []).result).toBe('pushed');
  });

  test('is lost where there is no natural, and the hand goes on', () => {
    const deck = deckOf(9, 6, 8, 0, 1);
    expect(playHand(deck, ['I'])).toMatchObject({ result: undefined, insured: true });
    const stood = playHand(deck, ['I', 'S']);
    expect(stood.result).toBe('won');
    expect([stakedOn(coins(100), stood), roundPaid(coins(100), stood)]).toEqual([150, 200]);
  });
});

test('whatever is played: the bet follows from all that is staked, and no hand pays more than it can', () => {
  const anyMoves = fc.array(fc.constantFrom<Move>('H', 'S', 'D', 'P', 'I'), { maxLength: 6 });
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      anyMoves,
      fc.integer({ min: 2, max: 1_000_000 }),
      (seed, moves, bet) => {
        const hand: Hand = playHand(shuffle(seededRandom(Uint8Array.from(seed))), moves);
        const staked = stakedOn(coins(bet), hand);
        expect(betOf(staked, hand)).toBe(bet);
        const paid = roundPaid(coins(bet), { ...hand, result: hand.result ?? 'lost' });
        expect(paid).toBeLessThanOrEqual(bet * 4);
        expect(worthOf(hand.dealer).total).toBeGreaterThan(0);
      },
    ),
  );
});

const play = (draws: Draws, moves: readonly Move[]): Hand => playHand(shuffle(draws(0)), moves);
const pair = (draws: Draws): boolean => {
  const { player, dealer, result } = play(draws, []);
  return result === undefined && canSplit(player) && !showsAce(dealer);
};
const deal = (table: Table, bet = '100') => table.say(alice, 'casino blackjack', { bet });
const money = (table: Table): number => table.account(alice).wallet + table.account(alice).bank;

describe('splitting at the table', () => {
  test.each([
    { results: ['won', 'won'], net: 200 },
    { results: ['lost', 'lost'], net: -200 },
    { results: ['won', 'lost'], net: 0 },
  ])('$results', ({ results, net }) => {
    const table = casinoTable(alice, 'blackjack', (draws) => {
      const { result, second } = play(draws, ['P']);
      return pair(draws) && [result, second?.result].join() === results.join();
    });
    const card = deal(table);
    const ended = table.press(alice, button(card, 'Split for 100'));
    expect(money(table)).toBe(15_000 + net);
    expect(discordRefuses(ended.reply)).toEqual([]);
    expect(ended.words.match(/You: /g)).toHaveLength(2);
    table.say(alice, 'fair rotate');
    expect(table.say(alice, 'fair verify', { round: 0 }).words).toContain('that is what its draws come to');
    // A second press, and somebody else's.
    expect(table.press(alice, button(card, 'Split for 100')).words).toContain('round 0 paid');
    expect(table.press(bob, button(card, 'Split for 100')).refused).toBe('economy.casino.not-yours');
    expect(money(table)).toBe(15_000 + net);
  });

  test('needs a pair, two cards, funds and room in one’s own limit', () => {
    const table = casinoTable(alice, 'blackjack', pair);
    const card = deal(table, '10,000');
    const split = button(card, 'Split for 10,000');
    expect(table.press(alice, split).refused).toBe('economy.casino.poor');
    const hit = table.press(alice, button(card, 'Hit'));
    if (buttonsOf(hit).some(({ label }) => label === 'Stand')) {
      expect(table.press(alice, split.replace('"step":0', '"step":1')).refused).toBe(
        'economy.casino.blackjack.no-split',
      );
    }
    const unequal = casinoTable(alice, 'blackjack', (draws) => {
      const { player, result } = play(draws, []);
      return result === undefined && !canSplit(player) && play(draws, ['H']).result === undefined;
    });
    const other = deal(unequal);
    expect(buttonsOf(other).map(({ label }) => label.split(' ')[0])).not.toContain('Split');
    const forged = (move: string) => button(other, 'Hit').replace('"move":"H"', `"move":"${move}"`);
    expect(unequal.press(alice, forged('P')).refused).toBe('economy.casino.blackjack.no-split');
    unequal.press(alice, button(other, 'Hit'));
    expect(unequal.press(alice, forged('D').replace('"step":0', '"step":1')).refused).toBe(
      'economy.casino.blackjack.no-double',
    );
    const limited = casinoTable(alice, 'blackjack', pair);
    limited.say(alice, 'casino limits', { loss: '199' });
    expect(limited.press(alice, button(deal(limited), 'Split for 100')).refused).toBe('economy.casino.limits.reached');
    expect(money(limited)).toBe(14_900);
  });
});

describe('insuring at the table', () => {
  const below = (dealer: 'natural' | 'none') => (draws: Draws) => {
    const { player, dealer: cards, result } = play(draws, []);
    const hidden = play(draws, ['S']).result === 'dealer-natural';
    return result === undefined && showsAce(cards) && !canSplit(player) && hidden === (dealer === 'natural');
  };

  test('against a natural all comes back', () => {
    const table = casinoTable(alice, 'blackjack', below('natural'));
    const card = deal(table);
    expect(money(table)).toBe(14_900);
    const ended = table.press(alice, button(card, 'Insure for 50'));
    expect(ended.words).toContain('Your insurance pays two to one.');
    expect(money(table)).toBe(15_000);
    table.say(alice, 'fair rotate');
    expect(table.say(alice, 'fair verify', { round: 0 }).words).toContain('that is what its draws come to');
  });

  test.each(['Hit', 'Stand', 'Double for 100'])('without it %s loses the bet and no more', (label) => {
    const table = casinoTable(alice, 'blackjack', below('natural'));
    const ended = table.press(alice, button(deal(table), label));
    expect(ended.words).toContain('The dealer has a blackjack');
    expect(money(table)).toBe(14_900);
  });

  test('where there is none the hand goes on, can still be doubled, and is not insured twice', () => {
    const table = casinoTable(alice, 'blackjack', below('none'));
    const card = deal(table);
    const on = table.press(alice, button(card, 'Insure for 50'));
    expect(money(table)).toBe(14_850);
    expect(buttonsOf(on).map(({ label }) => label)).toEqual(['Hit', 'Stand', 'Double for 100']);
    expect(table.press(alice, button(card, 'Insure for 50')).refused).toBe('economy.casino.blackjack.played');
    const forged = button(card, 'Insure for 50').replace('"step":0', '"step":1');
    expect(table.press(alice, forged).refused).toBe('economy.casino.blackjack.no-insurance');
    table.press(alice, button(on, 'Double for 100'));
    const stood = table.say(alice, 'casino stats').words;
    expect(stood).toContain('staked 250');
  });

  test('left alone it stands uninsured', () => {
    const table = casinoTable(alice, 'blackjack', below('natural'));
    deal(table);
    table.wait(5 * minuteMs);
    expect(table.fall()).toBe(1);
    expect(money(table)).toBe(14_900);
  });

  test('a coin cannot be insured', () => {
    const table = casinoTable(alice, 'blackjack', below('none'));
    table.set('casino.min_bet', '1');
    expect(buttonsOf(deal(table, '1')).map(({ label }) => label)).toEqual(['Hit', 'Stand', 'Double for 1']);
    expect(insuranceOf(coins(1))).toBe(0);
  });
});
