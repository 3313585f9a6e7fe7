// What things do to games, and when they are used up.
import { describe, expect, test } from 'vitest';
import { hintOf, playHand, showsAce, shuffle } from '../../../src/features/casino/blackjack/rules.ts';
import { flip } from '../../../src/features/casino/coinflip/rules.ts';
import { coinBoost } from '../../../src/features/casino/edge.ts';
import { parseWheelBet, spinWheel } from '../../../src/features/casino/roulette/rules.ts';
import { drawSpin, spinPaid } from '../../../src/features/casino/slots/rules.ts';
import { players } from '../../../src/features/casino/state.ts';
import type { Game } from '../../../src/features/casino/tuning.ts';
import type { Coins } from '../../../src/kernel/ids.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import { button, buttonsOf, type Draws, endow } from '../casino/gambler.ts';
import { answerRefused } from '../limits.ts';
import { alice, dayMs, field, hourMs, type Table } from '../table.ts';
import { bagIn, drink, thingsTable, wear } from './things.ts';

const heads = (draws: Draws): boolean => [0, 1, 2].every((nonce) => flip(draws(nonce)) === 'heads');

/** A table at which Alice has a million and seeds. */
const gambling = (game: Game, wanted?: (draws: Draws) => boolean): Table => {
  const table = thingsTable();
  table.fund(alice, 10_000_000);
  endow(table, alice, game, wanted);
  return table;
};
const usedToday = (table: Table): unknown =>
  (table.state.row(players, encodeKey(players.key, [alice])) as { readonly gear?: unknown }).gear;
const flipFor = (table: Table, side: 'heads' | 'tails', bet = '100000') => {
  const before = table.account(alice).wallet;
  const answered = table.say(alice, 'casino coinflip', { bet, side });
  expect(answered.refused).toBeUndefined();
  table.wait(15_000);
  return { answered, net: table.account(alice).wallet - before };
};

describe('games', () => {
  // (0.999 − 0.98) / 0.48 of the profit: 395 ten-thousandths.
  test.each([
    ['lucky_charm', 395],
    ['coin_doubler', 395],
  ])('%s adds %d ten-thousandths to what a coin won, and the round verifies', (key, share) => {
    const table = gambling('coinflip', heads);
    wear(table, alice, key);
    const { answered, net } = flipFor(table, 'heads');
    const bonus = Math.floor((96_000 * share) / 10_000);
    expect(net).toBe(96_000 + bonus);
    expect(field(answered, 'Bonus')).toBe(`${bonus.toLocaleString('en')} coins`);
    expect(answerRefused(answered)).toEqual([]);
    expect(table.ledgerRows().at(-1)).toMatchObject({ kind: 'gear-bonus', wallet: bonus });
    table.say(alice, 'fair rotate');
    const verified = table.say(alice, 'fair verify', { round: 0 });
    expect(verified.refused).toBeUndefined();
    expect(field(table.say(alice, 'casino stats'), 'Coinflip')).toContain((196_000 + bonus).toLocaleString('en'));
  });

  test('a luck potion is used up by the next win, and not by losses or by its time alone', () => {
    const table = gambling('coinflip', heads);
    drink(table, alice, 'luck_potion');
    expect(flipFor(table, 'tails').net).toBe(-100_000);
    expect(Object.keys(bagIn(table, alice).active)).toEqual(['luck_potion']);
    expect(flipFor(table, 'heads').net).toBe(96_000 + 3_792);
    expect(bagIn(table, alice).active).toEqual({});
    expect(flipFor(table, 'heads').net).toBe(96_000);
    drink(table, alice, 'luck_potion');
    table.wait(dayMs);
    endow(table, alice, 'coinflip', (draws) => flip(draws(3)) === 'heads');
    expect(flipFor(table, 'heads').net).toBe(96_000);
  });

  test('an energy drink works at all games for an hour', () => {
    const table = gambling('coinflip', heads);
    drink(table, alice, 'energy_drink');
    expect(flipFor(table, 'heads').net).toBe(96_000 + 3_792);
    expect(flipFor(table, 'heads').net).toBe(96_000 + 3_792);
    table.wait(hourMs);
    expect(flipFor(table, 'heads').net).toBe(96_000);
  });

  test('all that is added on a day stays within the budget of the server, which a new day renews', () => {
    const table = gambling('coinflip', heads);
    table.set('casino.gear_bonus_daily_cap', '5,000');
    wear(table, alice, 'lucky_charm');
    expect(flipFor(table, 'heads').net).toBe(96_000 + 3_792);
    expect(usedToday(table)).toEqual({ date: '2026-08-01', used: 3_792 });
    expect(flipFor(table, 'heads').net).toBe(96_000 + 1_208);
    expect(flipFor(table, 'heads').net).toBe(96_000);
    table.wait(dayMs);
    endow(table, alice, 'coinflip', (draws) => flip(draws(3)) === 'heads' && flip(draws(4)) === 'heads');
    expect(flipFor(table, 'heads').net).toBe(96_000 + 3_792);
    table.set('casino.gear_bonus_daily_cap', '0');
    expect(flipFor(table, 'heads').net).toBe(96_000 + 3_792);
  });

  test('at first 25,000 coins a day are added', () => {
    const table = gambling('roulette', (draws) => spinWheel(draws(0)) === 17);
    wear(table, alice, 'lucky_charm');
    const before = table.account(alice).wallet;
    expect(parseWheelBet('17')?.numbers).toEqual([17]);
    table.say(alice, 'casino roulette', { bet: '1000000', on: '17' });
    expect(table.account(alice).wallet - before).toBe(35_000_000 + 25_000);
  });

  test('a magnet adds to slots, dice to blackjack, and neither to a coin', () => {
    const spinning = gambling('slots', (draws) => spinPaid(100_000 as Coins, drawSpin(draws(0))) === 200_000);
    wear(spinning, alice, 'slot_magnet');
    const spun = spinning.say(alice, 'casino slots', { bet: '100000' });
    // (0.999 − 0.9487) / 0.7047 of the profit.
    expect(field(spun, 'Bonus')).toBe('7,130 coins');
    const flipping = gambling('coinflip', heads);
    wear(flipping, alice, 'slot_magnet');
    expect(flipFor(flipping, 'heads').net).toBe(96_000);
    wear(flipping, alice, 'weighted_dice');
    expect(flipFor(flipping, 'heads').net).toBe(96_000);
    const dealing = gambling('blackjack', (draws) => playHand(shuffle(draws(0)), []).result === 'natural');
    wear(dealing, alice, 'weighted_dice');
    expect(field(dealing.say(alice, 'casino blackjack', { bet: '100000' }), 'Bonus')).toBe('45 coins');
  });

  test('a lucky potion makes a coin likelier to fall as wished, as far as may be, and is used up by it', () => {
    const boost = coinBoost(19_600, 2_000);
    expect(boost).toBe(96);
    // Lost by the first draw, turned by the second.
    const turned = (draws: Draws): boolean => {
      const draw = draws(0);
      return flip(draw) === 'tails' && draw.int(5_000) < boost;
    };
    const table = gambling('coinflip', turned);
    drink(table, alice, 'lucky_potion');
    const { answered, net } = flipFor(table, 'heads');
    expect(net).toBe(96_000);
    expect(answered.words).toContain('50.96%');
    expect(bagIn(table, alice).active).toEqual({});
    table.say(alice, 'fair rotate');
    expect(table.say(alice, 'fair verify', { round: 0 }).words).toContain('196,000');
  });

  test('where a coin leaves the house nothing, nothing is added and nothing used up', () => {
    const table = gambling('coinflip', heads);
    table.set('coinflip.payout', '200%');
    drink(table, alice, 'luck_potion', 'lucky_potion');
    expect(flipFor(table, 'heads').net).toBe(100_000);
    expect(Object.keys(bagIn(table, alice).active).sort()).toEqual(['luck_potion', 'lucky_potion']);
  });

  test('an insurance scroll gives back of a lost stake, as far as may be, and once', () => {
    const table = gambling('coinflip', heads);
    drink(table, alice, 'insurance_scroll');
    expect(flipFor(table, 'heads').net).toBe(96_000);
    const { answered, net } = flipFor(table, 'tails');
    expect(net).toBe(-100_000 + 3_800);
    expect(field(answered, 'Insurance')).toBe('3,800 coins');
    expect(flipFor(table, 'tails').net).toBe(-100_000);
  });

  test('a card counter tells of the hidden card, for a part of what is won, fixed when the hand is dealt', () => {
    const won = (draws: Draws): boolean => {
      const deck = shuffle(draws(0));
      return playHand(deck, []).result === undefined && playHand(deck, ['S']).result === 'won';
    };
    const table = gambling('blackjack', won);
    wear(table, alice, 'card_counter');
    const dealt = table.say(alice, 'casino blackjack', { bet: '100000' });
    expect(dealt.words).toMatch(/The hidden card is/);
    expect(dealt.words).toContain('16%');
    expect(answerRefused(dealt)).toEqual([]);
    // Taking it off changes nothing about this hand.
    table.say(alice, 'item unequip', { slot: 'accessory' });
    const before = table.account(alice).wallet;
    table.press(alice, button(dealt, 'Stand'));
    expect(table.account(alice).wallet - before).toBe(184_000);
    table.say(alice, 'fair rotate');
    expect(table.say(alice, 'fair verify', { round: 0 }).words).toContain('184,000');
  });

  test('who is told of the hidden card is not offered insurance against it, and who forges the press gets none', () => {
    const belowAce = (draws: Draws): boolean => {
      const hand = playHand(shuffle(draws(0)), []);
      return hand.result === undefined && showsAce(hand.dealer);
    };
    const plain = gambling('blackjack', belowAce);
    expect(button(plain.say(alice, 'casino blackjack', { bet: '1000' }), 'Insure for 500')).toBeDefined();
    const table = gambling('blackjack', belowAce);
    wear(table, alice, 'card_counter');
    const dealt = table.say(alice, 'casino blackjack', { bet: '1000' });
    expect(buttonsOf(dealt).filter(({ label }) => label.startsWith('Insure'))).toEqual([]);
    const forged = button(dealt, 'Hit').replace('"move":"H"', '"move":"I"');
    expect(table.press(alice, forged).refused).toBe('economy.casino.blackjack.no-insurance');
  });

  test('who puts a card counter on during a hand is told nothing and gives up nothing', () => {
    const open = (draws: Draws): boolean => playHand(shuffle(draws(0)), []).result === undefined;
    const table = gambling('blackjack', open);
    const dealt = table.say(alice, 'casino blackjack', { bet: '1000' });
    wear(table, alice, 'card_counter');
    expect(dealt.words).not.toContain('The hidden card');
    const call = button(dealt, 'Hit');
    expect(table.press(alice, call).words).not.toContain('The hidden card');
  });

  test('every card is of one of the three kinds', () => {
    const kinds = Array.from({ length: 13 }, (_, rank) => hintOf(rank));
    expect(kinds).toEqual(['high', ...Array(5).fill('low'), ...Array(3).fill('middle'), ...Array(4).fill('high')]);
  });

  test('the paytable tells what comes back with gear', () => {
    const table = gambling('coinflip');
    expect(table.say(alice, 'casino paytable', { game: 'coinflip' }).words).toContain('With gear: 98.00%');
    wear(table, alice, 'lucky_charm');
    for (const [game, percent] of [
      ['coinflip', '99.90'],
      ['roulette', '99.90'],
      ['slots', '98.39'],
      ['blackjack', '99.90'],
      ['crash', '99.90'],
    ]) {
      const answered = table.say(alice, 'casino paytable', { game });
      expect(`${game}: ${answered.words}`).toContain(`With gear: ${percent}%`);
      expect(answerRefused(answered)).toEqual([]);
    }
    wear(table, alice, 'card_counter');
    expect(table.say(alice, 'casino paytable', { game: 'blackjack' }).words).toContain('With gear: 99.86%');
  });
});
