// What is counted of rounds, and what counts against a member's own limit.
import { describe, expect, test } from 'vitest';
import { canDouble, playHand, shuffle } from '../../../src/features/casino/blackjack/rules.ts';
import { flip } from '../../../src/features/casino/coinflip/rules.ts';
import { alice, minuteMs } from '../table.ts';
import { button, casinoTable, type Draws } from './gambler.ts';

const open = (draws: Draws): boolean => playHand(shuffle(draws(0)), []).result === undefined;

test('a push is counted as one', () => {
  const table = casinoTable(alice, 'blackjack', (draws) => playHand(shuffle(draws(0)), []).result === 'pushed');
  table.say(alice, 'casino blackjack', { bet: '100' });
  expect(table.say(alice, 'casino stats').words).toContain('1 round: 0 won, 0 lost, 1 pushed');
});

test('a deadline of another hand ends none', () => {
  const table = casinoTable(alice, 'blackjack', open);
  table.say(alice, 'casino blackjack', { bet: '100' });
  table.runTask('casino.blackjack.idle', { by: alice, nonce: 7 });
  expect(table.say(alice, 'casino stats').words).toContain('Nothing has been played');
});

describe('a member’s limit of losses', () => {
  test('grows by what is won on the day', () => {
    const table = casinoTable(alice, 'coinflip', (draws) => flip(draws(0)) === 'heads');
    table.say(alice, 'casino limits', { loss: '100' });
    table.say(alice, 'casino coinflip', { bet: '100', side: 'heads' });
    table.wait(minuteMs);
    const bet = (coins: string) => table.say(alice, 'casino coinflip', { bet: coins, side: 'heads' }).refused;
    expect(bet('197')).toBe('economy.casino.limits.reached');
    expect(bet('196')).toBeUndefined();
  });

  test('holds for a double, and a double counts', () => {
    const lost = (draws: Draws): boolean =>
      open(draws) &&
      canDouble(playHand(shuffle(draws(0)), []).player) &&
      playHand(shuffle(draws(0)), ['D']).result === 'lost';
    const table = casinoTable(alice, 'blackjack', lost);
    table.say(alice, 'casino limits', { loss: '199' });
    const card = table.say(alice, 'casino blackjack', { bet: '100' });
    const double = button(card, 'Double for 100');
    expect(table.press(alice, double).refused).toBe('economy.casino.limits.reached');
    const roomy = casinoTable(alice, 'blackjack', lost);
    roomy.say(alice, 'casino limits', { loss: '200' });
    roomy.press(alice, button(roomy.say(alice, 'casino blackjack', { bet: '100' }), 'Double for 100'));
    expect(roomy.say(alice, 'casino limits').words).toContain('Today you have lost 200.');
  });
});
