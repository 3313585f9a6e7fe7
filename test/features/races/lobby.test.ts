// Races before they start: the lobby, and where it ends without a race.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { races } from '../../../src/features/races/state.ts';
import { discordRefuses } from '../limits.ts';
import { alice, bob, carol, manager, minuteMs } from '../table.ts';
import { betOn, button, conserved, has, rowOf, secondMs, select, track } from './track.ts';

describe('a lobby', () => {
  test('shows six rats with what they pay, and the hash of a seed that it does not show', () => {
    const table = track();
    const lobby = table.say(alice, 'ratrace');
    expect(discordRefuses(lobby.reply)).toEqual([]);
    expect(lobby.reply.private).toBe(false);
    const { serverSeed, rats, factors } = rowOf(table);
    expect(JSON.stringify(lobby.reply)).not.toContain(serverSeed);
    expect(lobby.words).toContain(createHash('sha256').update(serverSeed).digest('hex'));
    for (const { speed, stamina, luck } of rats) {
      expect(lobby.words).toContain(`speed ${speed}, stamina ${stamina}, luck ${luck}`);
    }
    for (const [win] of factors) {
      expect(lobby.words).toContain(`×${(win / 1_000).toLocaleString('en', { minimumFractionDigits: 3 })}`);
    }
  });

  test('is one: asked for again, the same is shown', () => {
    const table = track();
    table.say(alice, 'ratrace');
    const { id } = rowOf(table);
    const again = table.say(bob, 'ratrace');
    expect(rowOf(table).id).toBe(id);
    expect(select(again)).toContain(id);
    expect(table.state.count(races)).toBe(1);
  });

  test('is refused where the server has none', () => {
    const table = track();
    table.set('ratrace.enabled', 'off');
    expect(table.say(alice, 'ratrace').refused).toBe('economy.races.off');
  });

  test('that nobody bets on does not take place, and another can be opened', () => {
    const table = track();
    table.say(alice, 'ratrace');
    table.wait(30 * secondMs);
    table.fall();
    expect(rowOf(table).phase).toBe('cancelled');
    table.say(alice, 'ratrace');
    expect(rowOf(table).phase).toBe('lobby');
    expect(table.state.count(races)).toBe(1);
  });
});

describe('stakes go back', () => {
  test('where the bot was down over the start of the race', () => {
    const table = track();
    const lobby = table.say(alice, 'ratrace');
    for (const who of [alice, bob]) betOn(table, who, lobby, 1, '12,000');
    table.wait(30 * secondMs + 5 * minuteMs + 1);
    table.fall();
    expect(rowOf(table).phase).toBe('cancelled');
    for (const who of [alice, bob]) expect(has(table, who)).toBe(15_000);
    expect(table.press(alice, button(lobby, 'Look')).words).toContain('Every stake went back');
    expect(conserved(table)).toBe(true);
  });

  test('and not where it was down for less than five minutes', () => {
    const table = track();
    betOn(table, alice, table.say(alice, 'ratrace'), 1, '1,000');
    table.wait(30 * secondMs + 5 * minuteMs);
    table.fall();
    expect(rowOf(table).phase).toBe('running');
  });

  test.each([
    { who: alice, permissions: 0n, others: false, off: true },
    { who: alice, permissions: 0n, others: true, off: false },
    { who: carol, permissions: 0n, others: false, off: false },
    { who: carol, permissions: manager, others: true, off: true },
  ])('where $who calls it off (bet on by others: $others): $off', ({ who, permissions, others, off }) => {
    const table = track();
    const lobby = table.say(alice, 'ratrace');
    betOn(table, alice, lobby, 0, '500');
    if (others) betOn(table, bob, lobby, 0, '700');
    const answered = table.press(who, button(lobby, 'Call off'), {}, { permissions });
    expect(answered.refused).toBe(off ? undefined : 'economy.races.not-yours');
    expect(has(table, alice)).toBe(off ? 15_000 : 14_500);
    table.press(who, button(lobby, 'Call off'), {}, { permissions });
    expect(has(table, alice)).toBe(off ? 15_000 : 14_500);
    expect(conserved(table)).toBe(true);
  });

  test('not once it runs', () => {
    const table = track();
    const lobby = table.say(alice, 'ratrace');
    betOn(table, alice, lobby, 0, '500');
    table.wait(30 * secondMs);
    table.fall();
    table.press(alice, button(lobby, 'Call off'), {}, { permissions: manager });
    expect(rowOf(table).phase).toBe('running');
    expect(has(table, alice)).toBe(14_500);
  });

  test('to the bank where the wallet has been filled meanwhile', () => {
    const table = track();
    const lobby = table.say(alice, 'ratrace');
    betOn(table, alice, lobby, 0, '1,000');
    table.fund(alice, 1_000_000_000_000_000 - 9_000);
    table.press(alice, button(lobby, 'Call off'));
    expect(table.account(alice)).toMatchObject({ wallet: 1_000_000_000_000_000, bank: 6_000 });
  });
});
