import { describe, expect, test } from 'vitest';
import {
  canDouble,
  canSplit,
  type HandResult,
  playHand,
  showsAce,
  shuffle,
} from '../../../src/features/casino/blackjack/rules.ts';
import { discordRefuses } from '../limits.ts';
import { type Answered, alice, bob, minuteMs, type Table } from '../table.ts';
import { button, buttonsOf, casinoTable, type Draws } from './gambler.ts';

const taken = (table: Table): number => 15_000 - table.account(alice).wallet - table.account(alice).bank;

describe('blackjack', () => {
  const dealt = (result: HandResult | undefined) => (draws: Draws) => {
    const hand = playHand(shuffle(draws(0)), []);
    return hand.result === result && !showsAce(hand.dealer);
  };
  const deal = (table: Table): Answered => table.say(alice, 'casino blackjack', { bet: '100' });

  test.each([
    { result: 'natural', net: 150 },
    { result: 'dealer-natural', net: -100 },
    { result: 'pushed', net: 0 },
  ] as const)('is paid out at once: $result', ({ result, net }) => {
    const table = casinoTable(alice, 'blackjack', dealt(result));
    const answered = deal(table);
    expect(taken(table) + net).toBe(0);
    expect(buttonsOf(answered).map(({ label }) => label)).toEqual(['Again for 100', 'Odds']);
    expect(table.fall()).toBe(0);
  });

  test.each([
    { moves: ['Stand'], result: 'won', net: 100 },
    { moves: ['Stand'], result: 'lost', net: -100 },
    { moves: ['Stand'], result: 'pushed', net: 0 },
    { moves: ['Hit'], result: 'bust', net: -100 },
    { moves: ['Double for 100'], result: 'won', net: 200 },
    { moves: ['Double for 100'], result: 'lost', net: -200 },
  ] as const)('$moves: $result', ({ moves, result, net }) => {
    const [label] = moves;
    const letter = label.charAt(0) as 'S' | 'H' | 'D';
    const table = casinoTable(alice, 'blackjack', (draws) => {
      const deck = shuffle(draws(0));
      const { player } = playHand(deck, []);
      return (letter !== 'D' || canDouble(player)) && playHand(deck, [letter]).result === result;
    });
    const card = deal(table);
    expect(taken(table)).toBe(100);
    const ended = table.press(alice, button(card, label));
    expect(taken(table) + net).toBe(0);
    expect(ended.reply.replaces).toBe(true);
    expect(discordRefuses(ended.reply)).toEqual([]);
  });

  test('reaching 21 stands by itself', () => {
    const table = casinoTable(alice, 'blackjack', (draws) => {
      const deck = shuffle(draws(0));
      const hand = playHand(deck, ['H']);
      return playHand(deck, []).result === undefined && hand.player.length === 3 && hand.result === 'won';
    });
    table.press(alice, button(deal(table), 'Hit'));
    expect(taken(table)).toBe(-100);
  });

  test('hides the dealer’s first card while it is played', () => {
    const table = casinoTable(alice, 'blackjack', dealt(undefined));
    expect(deal(table).words).toContain('🂠');
  });

  const goesOn = (draws: Draws): boolean => {
    const deck = shuffle(draws(0));
    const { player } = playHand(deck, []);
    return canDouble(player) && !canSplit(player) && playHand(deck, ['H', 'H']).result === undefined;
  };

  test('a second press of a button, an older card, somebody else: nothing happens', () => {
    const table = casinoTable(alice, 'blackjack', goesOn);
    const card = deal(table);
    expect(table.press(bob, button(card, 'Hit')).refused).toBe('economy.casino.not-yours');
    table.press(alice, button(card, 'Hit'));
    expect(table.press(alice, button(card, 'Hit')).refused).toBe('economy.casino.blackjack.played');
    expect(table.press(alice, button(card, 'Double for 100')).refused).toBe('economy.casino.blackjack.played');
    expect(taken(table)).toBe(100);
  });

  test('one hand at a time; a double needs funds and two cards', () => {
    const table = casinoTable(alice, 'blackjack', goesOn);
    const card = table.say(alice, 'casino blackjack', { bet: '10,000' });
    table.wait(minuteMs);
    expect(deal(table).refused).toBe('economy.casino.blackjack.open');
    expect(table.press(alice, button(card, 'Double for 10,000')).refused).toBe('economy.casino.poor');
    const hit = table.press(alice, button(card, 'Hit'));
    const double = button(card, 'Double for 10,000').replace('"step":0', '"step":1');
    expect(table.press(alice, double).refused).toBe('economy.casino.blackjack.no-double');
    expect(buttonsOf(hit).map(({ label }) => label)).toEqual(['Hit', 'Stand']);
  });

  test('left for five minutes it stands; each move begins them anew; a late press is told what it came to', () => {
    const table = casinoTable(alice, 'blackjack', goesOn);
    const card = deal(table);
    table.wait(4 * minuteMs);
    const hit = table.press(alice, button(card, 'Hit'));
    table.wait(4 * minuteMs);
    expect(table.fall()).toBe(0);
    table.wait(minuteMs);
    expect(table.fall()).toBe(1);
    const { wallet } = table.account(alice);
    const late = table.press(alice, button(hit, 'Stand'));
    expect(late.words).toContain('round 0 paid');
    expect(table.account(alice).wallet).toBe(wallet);
    expect(table.say(alice, 'casino stats').words).toContain('1 round:');
  });

  test('a press behind the deadline, before its timer, stands as well', () => {
    const table = casinoTable(alice, 'blackjack', goesOn);
    const card = deal(table);
    table.wait(5 * minuteMs);
    expect(table.press(alice, button(card, 'Hit')).words).toContain('Dealer');
    expect(table.say(alice, 'casino stats').words).toContain('1 round:');
    expect(table.fall()).toBe(0);
  });
});
