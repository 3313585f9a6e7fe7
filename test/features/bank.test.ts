import { describe, expect, test } from 'vitest';
import { entriesShown, historyPageEntries } from '../../src/features/wallet/tuning.ts';
import type { Button } from '../../src/kernel/reply.ts';
import { type Answered, alice, bob, createTable, field, minuteMs, person } from './table.ts';

const buttons = (answered: Answered): readonly Button[] =>
  (answered.reply.rows ?? []).flat().filter((part): part is Button => part.kind === 'button');

const lines = (answered: Answered): readonly string[] => answered.reply.embeds?.[0]?.description?.split('\n') ?? [];

describe('/bank', () => {
  test.each([
    { path: 'bank deposit', amount: '400', wallet: 600, bank: 2_400 },
    { path: 'bank deposit', amount: 'all', wallet: 0, bank: 3_000 },
    { path: 'bank deposit', amount: 'half', wallet: 500, bank: 2_500 },
    { path: 'bank deposit', amount: '25%', wallet: 750, bank: 2_250 },
    { path: 'bank deposit', amount: '1,000', wallet: 0, bank: 3_000 },
    { path: 'bank withdraw', amount: '400', wallet: 1_400, bank: 1_600 },
    { path: 'bank withdraw', amount: 'all', wallet: 3_000, bank: 0 },
    { path: 'bank withdraw', amount: '50%', wallet: 2_000, bank: 1_000 },
  ])('/$path $amount leaves $wallet and $bank', ({ path, amount, wallet, bank }) => {
    const table = createTable();
    table.fund(alice, 1_000, 2_000);
    const answered = table.say(alice, path, { amount });
    expect(table.account(alice)).toMatchObject({ wallet, bank });
    expect(answered.reply.private).toBe(true);
    expect(field(answered, 'Wallet')).toBe(`${wallet.toLocaleString('en')} coins`);
    expect(field(answered, 'Bank')).toBe(`${bank.toLocaleString('en')} coins`);
  });

  test.each([
    { path: 'bank deposit', amount: '1001', refused: 'economy.bank.deposit.poor' },
    { path: 'bank withdraw', amount: '2001', refused: 'economy.bank.withdraw.poor' },
    { path: 'bank deposit', amount: '-5', refused: 'core.input.amount' },
    { path: 'bank withdraw', amount: 'lots', refused: 'core.input.amount' },
  ])('/$path $amount is refused', ({ path, amount, refused }) => {
    const table = createTable();
    table.fund(alice, 1_000, 2_000);
    expect(table.say(alice, path, { amount }).refused).toBe(refused);
    expect(table.account(alice)).toMatchObject({ wallet: 1_000, bank: 2_000 });
  });

  test.each([
    { path: 'bank deposit', refused: 'economy.bank.deposit.empty' },
    { path: 'bank withdraw', refused: 'economy.bank.withdraw.empty' },
  ])('/$path all of nothing is refused', ({ path, refused }) => {
    const table = createTable();
    table.fund(alice, 0);
    expect(table.say(alice, path, { amount: 'all' }).refused).toBe(refused);
  });

  test('fault 7: a purse at its ceiling takes no more, and nothing moves', () => {
    const table = createTable();
    table.fund(alice, 1_000, 1_000_000_000_000_000);
    expect(table.say(alice, 'bank deposit', { amount: '1' }).refused).toBe('economy.money.full');
    expect(table.account(alice)).toMatchObject({ wallet: 1_000, bank: 1_000_000_000_000_000 });
  });

  test('the card’s buttons open forms, and the forms do what the commands do', () => {
    const table = createTable();
    table.fund(alice, 1_000, 2_000);
    const card = table.say(alice, 'bank open');
    expect(card.reply.private).toBe(true);
    expect(field(card, 'Total')).toBe('3,000 coins');
    const [depositButton, withdrawButton] = buttons(card);
    const form = table.press(alice, depositButton?.customId ?? '').modal;
    expect(form?.fields).toMatchObject([{ name: 'amount', charactersMax: 32, required: true }]);
    table.press(alice, form?.customId ?? '', { amount: '1,000' });
    expect(table.account(alice)).toMatchObject({ wallet: 0, bank: 3_000 });
    const other = table.press(alice, withdrawButton?.customId ?? '').modal;
    table.press(alice, other?.customId ?? '', { amount: 'all' });
    expect(table.account(alice)).toMatchObject({ wallet: 3_000, bank: 0 });
  });

  test('fault 24: a button of my card moves the coins of whoever presses it, never mine', () => {
    const table = createTable();
    table.fund(alice, 1_000);
    table.fund(bob, 70);
    const [depositButton] = buttons(table.say(alice, 'bank open'));
    const form = table.press(bob, depositButton?.customId ?? '').modal;
    table.press(bob, form?.customId ?? '', { amount: 'all' });
    expect(table.account(alice)).toMatchObject({ wallet: 1_000, bank: 0 });
    expect(table.account(bob)).toMatchObject({ wallet: 0, bank: 70 });
  });

  test('fault 25: a control with a forged input is a refusal', () => {
    const table = createTable();
    const answer = table.press(alice, 'g1~economy.bank.history-turn~1~{"page":-1}');
    expect(answer.refused).toBe('core.input.integer');
    expect(table.press(alice, 'g1~economy.bank.deposit~1~{"amount":"5","who":"x"}').refused).toBe(
      'core.input.unknown-option',
    );
  });

  test('the first use of the card begins the account', () => {
    const table = createTable();
    expect(field(table.say(alice, 'bank open'), 'Wallet')).toBe('100 coins');
    expect(table.account(alice).wallet).toBe(100);
  });
});

describe('/bank history', () => {
  test('tells each side of a payment, newest first', () => {
    const table = createTable();
    table.fund(alice, 1_000);
    table.wait(minuteMs);
    table.say(alice, 'pay', { member: person(bob), amount: '250' });
    table.wait(minuteMs);
    table.say(alice, 'bank deposit', { amount: '50' });
    const at = (ms: number): string => `<t:${Math.floor(ms / 1000)}:R>`;
    expect(lines(table.say(alice, 'bank history')).slice(0, 2)).toEqual([
      `${at(table.clock.now)} Deposit: -50 wallet, +50 bank → 700 + 50`,
      `${at(table.clock.now - minuteMs)} Paid to <@${bob}>: -250 wallet → 750 + 0`,
    ]);
    expect(lines(table.say(bob, 'bank history'))).toEqual([
      `${at(table.clock.now - minuteMs)} Received from <@${alice}>: +250 wallet → 250 + 0`,
    ]);
  });

  test('is empty before anything happened, and private', () => {
    const table = createTable();
    const answered = table.say(alice, 'bank history');
    expect(answered.words).toContain('/daily');
    expect(answered.reply.private).toBe(true);
    expect(answered.reply.rows).toBeUndefined();
  });

  test(`shows the newest ${entriesShown} entries of each member, in pages`, () => {
    const table = createTable();
    table.set('start.coins', '0');
    table.fund(alice, 1_000_000);
    for (let paid = 1; paid <= entriesShown + 30; paid += 1) {
      table.say(alice, 'pay', { member: person(bob), amount: String(paid) });
    }
    const pages = entriesShown / historyPageEntries;
    const amounts = Array.from({ length: pages }, (_, page) => table.say(bob, 'bank history', { page: page + 1 }))
      .flatMap(lines)
      .map((text) => Number(/\+(\d+) wallet/.exec(text)?.[1]));
    expect(amounts).toEqual(Array.from({ length: entriesShown }, (_, index) => entriesShown + 30 - index));
    expect(table.say(bob, 'bank history', { page: pages + 1 }).refused).toBe('core.input.integer');
    expect(table.say(person(bob).id, 'bank history', { page: 0 }).refused).toBe('core.input.integer');
  });

  test('its buttons turn pages; a page that is not there is refused with the number there is', () => {
    const table = createTable();
    table.fund(alice, 1_000);
    for (let count = 0; count < 14; count += 1) table.say(alice, 'bank deposit', { amount: '1' });
    const first = table.say(alice, 'bank history');
    const [newer, older] = buttons(first);
    expect([newer?.disabled, older?.disabled]).toEqual([true, false]);
    const second = table.press(alice, older?.customId ?? '');
    expect(second.reply.replaces).toBe(true);
    expect(lines(second)).toHaveLength(5);
    expect(buttons(second).map((button) => button.disabled)).toEqual([false, true]);
    const refused = table.say(alice, 'bank history', { page: 3 });
    expect(refused.refused).toBe('economy.history.no-page');
    expect(refused.words).toContain('2 pages');
  });
});
