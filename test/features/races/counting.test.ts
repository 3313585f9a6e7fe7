// What is counted of races, for members and for the casino.
import { describe, expect, test } from 'vitest';
import { bettors } from '../../../src/features/races/state.ts';
import { alice, bob, person } from '../table.ts';
import { betOn, rowOf, runOut, track } from './track.ts';

describe('what is counted', () => {
  test('stands with the casino’s games: statistics, boards, profile and the day’s limit', () => {
    const table = track();
    table.say(alice, 'casino limits', { loss: '150' });
    const lobby = table.say(alice, 'ratrace');
    betOn(table, alice, lobby, 0, '100');
    runOut(table);
    const paid = rowOf(table).bets[0]?.paid ?? 0;
    const net = paid - 100;
    expect(table.say(bob, 'casino stats', { member: person(alice) }).words).toContain('Rat races');
    const sign = net > 0 ? '+' : '';
    expect(table.say(alice, 'profile', { section: 'casino' }).words).toContain(`${sign}${net}`);
    expect(table.say(bob, 'leaderboard', { board: 'casinogames' }).words).toContain('1 round');
    expect(table.say(alice, 'stats').words).toContain(`1 bet, ${net > 0 ? 1 : 0} won, ${sign}${net} coins`);
    const refused = betOn(table, alice, table.say(alice, 'ratrace'), 0, String(151 + net));
    expect(refused.refused).toBe('economy.casino.limits.reached');
  });

  test('before the casino counted it goes over to it with the next race', () => {
    const table = track();
    table.put(bettors, [alice], { raced: 4, won: 1, staked: 400, paid: 300 });
    expect(table.say(alice, 'stats').words).toContain('4 bets, 1 won, -100 coins');
    betOn(table, alice, table.say(alice, 'ratrace'), 0, '100');
    runOut(table);
    const paid = rowOf(table).bets[0]?.paid ?? 0;
    const net = (paid - 200).toLocaleString('en', { signDisplay: 'exceptZero' });
    expect(table.say(alice, 'stats').words).toContain(`5 bets, ${paid > 100 ? 2 : 1} won, ${net} coins`);
    expect(table.say(alice, 'casino stats').words).toContain('5 rounds');
    expect(table.state.rows(bettors).size).toBe(0);
  });
});
