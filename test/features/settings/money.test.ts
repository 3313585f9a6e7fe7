// What members choose for themselves, at work: passive mode, pings, bets from the wallet alone.
import { describe, expect, test } from 'vitest';
import { outbox } from '../../../src/kernel/effect.ts';
import type { MemberId } from '../../../src/kernel/ids.ts';
import type { Button } from '../../../src/kernel/reply.ts';
import { endow } from '../casino/gambler.ts';
import { type Answered, alice, bob, createTable, dayMs, hourMs, person, type Table } from '../table.ts';

/** Presses a member's button for something they may have on or off. */
const turn = (table: Table, who: MemberId, name: string): Answered => {
  const buttons = (table.say(who, 'settings me').reply.rows ?? []).flat() as Button[];
  return table.press(who, buttons.find(({ customId }) => customId.includes(`"${name}"`))?.customId ?? '');
};
const rich = (): Table => {
  const table = createTable();
  for (const who of [alice, bob]) table.fund(who, 1_000, 5_000);
  return table;
};
const rob = (table: Table, who: MemberId, whom: MemberId) => table.say(who, 'rob', { member: person(whom) });

describe('passive mode', () => {
  test('keeps a member from robbing and from being robbed', () => {
    const table = rich();
    turn(table, alice, 'passive');
    expect(rob(table, bob, alice).refused).toBe('economy.rob.passive');
    expect(rob(table, alice, bob).refused).toBe('economy.rob.passive-self');
    expect(table.account(alice).robTriedAt).toBeUndefined();
  });

  test('lasts a day at least, on or off', () => {
    const table = rich();
    turn(table, alice, 'passive');
    table.wait(dayMs - 1);
    expect(turn(table, alice, 'passive').refused).toBe('core.settings.me.rests');
    table.wait(1);
    expect(turn(table, alice, 'passive').refused).toBeUndefined();
    expect(rob(table, bob, alice).refused).toBeUndefined();
    expect(turn(table, alice, 'passive').refused).toBe('core.settings.me.rests');
  });

  test('is not for whoever has tried to rob somebody within a day', () => {
    const table = rich();
    rob(table, alice, bob);
    table.wait(dayMs - 1);
    expect(turn(table, alice, 'passive').refused).toBe('core.settings.me.locked');
    table.wait(1);
    expect(turn(table, alice, 'passive').refused).toBeUndefined();
  });
});

describe('pings', () => {
  test.each([
    { what: 'a payment', ask: (table: Table) => table.say(alice, 'pay', { member: person(bob), amount: '10' }) },
    { what: 'a request', ask: (table: Table) => table.say(alice, 'request', { member: person(bob), amount: '10' }) },
    { what: 'a robbery', ask: (table: Table) => rob(table, alice, bob) },
  ])('$what pings whom it concerns, unless they want none', ({ ask }) => {
    expect(ask(rich()).reply.mentions).toEqual([bob]);
    const table = rich();
    turn(table, bob, 'ping');
    const answered = ask(table);
    expect(answered.refused).toBeUndefined();
    expect(answered.reply.mentions).toEqual([]);
    expect(answered.words).toContain(`<@${bob}>`);
    expect(table.state.count(outbox)).toBe(0);
  });

  test('are only the receiver’s: who sends does not keep them from it', () => {
    const table = rich();
    turn(table, alice, 'ping');
    expect(table.say(alice, 'pay', { member: person(bob), amount: '10' }).reply.mentions).toEqual([bob]);
  });
});

describe('bets from the wallet alone', () => {
  const careful = (): Table => {
    const table = rich();
    endow(table, alice, 'coinflip');
    turn(table, alice, 'wallet-only');
    return table;
  };

  test.each([
    { bet: '1,000', refused: undefined },
    { bet: '1,001', refused: 'economy.preference.wallet-only-poor' },
    { bet: 'all', refused: undefined },
  ])('$bet of 1,000 in the wallet: $refused', ({ bet, refused }) => {
    const table = careful();
    expect(table.say(alice, 'casino coinflip', { bet, side: 'heads' }).refused).toBe(refused);
    expect(table.account(alice).bank).toBe(5_000);
  });

  test('hold at the races, too', () => {
    const table = careful();
    const lobby = table.say(alice, 'ratrace');
    const select = (lobby.reply.rows ?? [])[0]?.[0]?.customId ?? '';
    const form = table.press(alice, select, { chosen: '0' }).modal?.customId ?? '';
    expect(table.press(alice, form, { amount: '1,001' }).refused).toBe('economy.preference.wallet-only-poor');
    expect(table.press(alice, form, { amount: 'all' }).refused).toBeUndefined();
    expect(table.account(alice)).toMatchObject({ wallet: 0, bank: 5_000 });
  });

  test('are off at first, and can be switched back at once', () => {
    const table = careful();
    turn(table, alice, 'wallet-only');
    table.wait(hourMs);
    expect(table.say(alice, 'casino coinflip', { bet: '6,000', side: 'heads' }).refused).toBeUndefined();
  });
});
