// Bets on a race: which are taken, of whom, and until when.
import { describe, expect, test } from 'vitest';
import { guildId, type MemberId } from '../../../src/kernel/ids.ts';
import { answerRefused, discordRefuses } from '../limits.ts';
import { type Answered, alice, bob, createTable, manager, member } from '../table.ts';
import { betOn, button, conserved, has, rowOf, runOut, secondMs, select, track } from './track.ts';

describe('a bet', () => {
  test('is taken at once, from the wallet and then the bank, and stands on the card', () => {
    const table = track();
    const lobby = table.say(alice, 'ratrace');
    const { burned } = table.supply();
    const opened = table.press(bob, select(lobby), { chosen: '2' });
    expect(answerRefused(opened)).toEqual([]);
    expect(opened.modal?.title).toBe('Bet on rat 3');
    const made = table.press(bob, opened.modal?.customId ?? '', { amount: '12,000' });
    expect(made.reply.replaces).toBe(true);
    expect(made.words).toContain(`<@${bob}>: 12,000 on rat 3`);
    expect(table.account(bob)).toMatchObject({ wallet: 0, bank: 3_000 });
    expect(table.supply().burned - burned).toBe(12_000n);
  });

  test.each([
    ['10', undefined],
    ['1,000', undefined],
    ['all', undefined],
    ['half', undefined],
    ['25%', undefined],
    ['15000', undefined],
    ['9', 'economy.races.below'],
    ['1', 'economy.races.below'],
    ['15,001', 'economy.races.poor'],
    ['1000001', 'economy.races.above'],
    ['1000000000000000', 'economy.races.above'],
    ['0', 'economy.races.no-amount'],
    ['-10', 'economy.races.no-amount'],
    ['+10', 'economy.races.no-amount'],
    ['1e3', 'economy.races.no-amount'],
    ['٣٣', 'economy.races.no-amount'],
    ['²³', 'economy.races.no-amount'],
    ['1_000', 'economy.races.no-amount'],
    ['10.5', 'economy.races.no-amount'],
    ['', 'economy.races.no-amount'],
    ['9'.repeat(33), 'core.input.options'],
  ])('of %j: %s', (amount, refused) => {
    const table = track();
    const made = betOn(table, alice, table.say(alice, 'ratrace'), 0, amount);
    expect(made.refused).toBe(refused);
    if (refused !== undefined) expect(table.account(alice)).toMatchObject({ wallet: 10_000, bank: 5_000 });
    expect(conserved(table)).toBe(true);
  });

  test.each(['6', '-1', '', 'x', '1.5', '٣', 0, null, undefined])('on rat %j is none', (chosen) => {
    const table = track();
    expect(table.press(alice, select(table.say(alice, 'ratrace')), { chosen }).refused).toBe('core.input.options');
  });

  test('is one from each member: a second, or the same form sent twice, takes nothing', () => {
    const table = track();
    const lobby = table.say(alice, 'ratrace');
    const form = table.press(alice, select(lobby), { chosen: '0' }).modal?.customId ?? '';
    table.press(alice, form, { amount: '100' });
    expect(table.press(alice, form, { amount: '100' }).refused).toBe('economy.races.twice');
    expect(betOn(table, alice, lobby, 3, '50').refused).toBe('economy.races.twice');
    expect(has(table, alice)).toBe(14_900);
  });

  test('is one of fifty; Discord takes the card of all of them, and of what they are paid', () => {
    const table = createTable();
    const crowd = Array.from({ length: 51 }, (_, index) => member(100 + index));
    table.set('casino.max_bet', '1,000,000,000,000');
    for (const who of crowd) table.fund(who, 1_000_000_000_000);
    const lobby = table.say(crowd[0] as MemberId, 'ratrace');
    const made = crowd.map((who, index) => betOn(table, who, lobby, index % 6, 'all'));
    expect(made.map(({ refused }) => refused).filter((refused) => refused !== undefined)).toEqual([
      'economy.races.full',
    ]);
    expect(discordRefuses((made[49] as Answered).reply)).toEqual([]);
    runOut(table);
    expect(rowOf(table).phase).toBe('over');
    const over = table.press(alice, `g1~races.look~1~${JSON.stringify({ at: 'server', race: rowOf(table).id })}`);
    expect(discordRefuses(over.reply)).toEqual([]);
    expect(conserved(table, crowd)).toBe(true);
  });

  test('keeps to the limits that a member has set for themselves in the casino', () => {
    const table = track();
    table.say(alice, 'casino limits', { loss: '100' });
    const lobby = table.say(alice, 'ratrace');
    expect(betOn(table, alice, lobby, 0, '101').refused).toBe('economy.casino.limits.reached');
    expect(betOn(table, alice, lobby, 0, '100').refused).toBeUndefined();
  });

  test('after the deadline takes nothing, though the timer has not fallen: the race is shown', () => {
    const table = track();
    const lobby = table.say(alice, 'ratrace');
    betOn(table, alice, lobby, 0, '100');
    const form = table.press(bob, select(lobby), { chosen: '0' }).modal?.customId ?? '';
    table.wait(30 * secondMs);
    const late = table.press(bob, form, { amount: '100' });
    expect(late.refused).toBeUndefined();
    expect(late.words).toContain('The race is on');
    expect(has(table, bob)).toBe(15_000);
    expect(rowOf(table).phase).toBe('running');
  });

  test('by a button of another server, or of a race long over, takes nothing', () => {
    const table = track();
    const lobby = table.say(alice, 'ratrace');
    const elsewhere = createTable(undefined, guildId('100000000000000002'));
    elsewhere.fund(bob, 1_000);
    expect(elsewhere.press(bob, select(lobby), { chosen: '0' }).refused).toBe('economy.races.past');
    runOut(table);
    table.say(alice, 'ratrace');
    expect(table.press(bob, select(lobby), { chosen: '0' }).refused).toBe('economy.races.past');
    expect(table.press(bob, button(lobby, 'Look')).refused).toBe('economy.races.past');
    expect(table.press(bob, button(lobby, 'Call off'), {}, { permissions: manager }).refused).toBe(
      'economy.races.past',
    );
  });
});
