// What members may borrow, and how a loan is taken and paid back.
import { describe, expect, test } from 'vitest';
import { records } from '../../../src/features/loans/state.ts';
import { discordRefuses } from '../limits.ts';
import { alice, bob, createTable, dayMs, field, person, type Table } from '../table.ts';
import { conserved, loanOf, loanTimers, night, settled, weekMs } from './borrowing.ts';

describe('/loan limit', () => {
  test('is 110 % of wallet and bank, less debts, of a member who has had them for a week', () => {
    const table = settled(700, 300);
    const shown = table.say(alice, 'loan limit');
    expect(field(shown, 'Limit')).toBe('1,100 coins');
    expect(field(shown, 'You may borrow')).toBe('1,100 coins');
    expect(discordRefuses(shown.reply)).toEqual([]);
  });

  test.each([
    { days: 0, limit: '0 coins' },
    { days: 1, limit: '1,100 coins' },
    { days: 3, limit: '3,300 coins' },
    { days: 7, limit: '7,700 coins' },
    { days: 20, limit: '7,700 coins' },
  ])('counts coins by the days they were there: after $days, $limit', ({ days, limit }) => {
    const table = createTable();
    table.fund(alice, 0);
    table.wait(10 * dayMs);
    table.fund(alice, 7_000);
    table.wait(days * dayMs);
    expect(field(table.say(alice, 'loan limit'), 'Limit')).toBe(limit);
  });

  test('is not raised by coins that a friend lends for the moment', () => {
    const table = settled(1_000);
    table.say(bob, 'pay', { member: person(alice), amount: 'all' });
    expect(field(table.say(alice, 'loan limit'), 'Limit')).toBe('1,100 coins');
    table.say(alice, 'pay', { member: person(bob), amount: '10,900' });
    expect(field(table.say(alice, 'loan limit'), 'Limit')).toBe('110 coins');
  });

  test('reads back what the ledger tells, through every day', () => {
    const table = createTable();
    table.fund(alice, 7_000);
    for (let day = 0; day < 7; day += 1) {
      table.wait(dayMs);
      table.say(alice, 'pay', { member: person(bob), amount: '1,000' });
      table.say(alice, 'bank deposit', { amount: '1' });
      table.say(alice, 'bank withdraw', { amount: '1' });
    }
    table.fund(alice, 1_000_000);
    // The ends of the seven days: 7,000 down to 1,000.
    expect(field(table.say(alice, 'loan limit'), 'Average of the last days')).toBe('4,000 coins');
  });

  test('goes on by night, also where the bot was down for some', () => {
    const table = settled(7_000);
    table.say(alice, 'loan limit');
    table.say(alice, 'pay', { member: person(bob), amount: 'all' });
    table.wait(3 * dayMs);
    night(table);
    night(table);
    table.fund(alice, 1_000_000);
    expect(field(table.say(alice, 'loan limit'), 'Average of the last days')).toBe('4,000 coins');
  });

  test('has a day whose night is not swept yet count as the one before', () => {
    const table = settled(7_000);
    table.say(alice, 'loan limit');
    table.wait(dayMs);
    expect(field(table.say(alice, 'loan limit'), 'Average of the last days')).toBe('7,000 coins');
  });

  test('costs nothing for who never looks, and is forgotten where nobody looks any more', () => {
    const table = settled(1_000);
    expect(table.state.count(records)).toBe(0);
    table.say(alice, 'loan limit');
    expect(table.state.count(records)).toBe(1);
    table.wait(60 * dayMs);
    night(table);
    expect(table.state.count(records)).toBe(1);
    table.wait(dayMs);
    night(table);
    expect(table.state.count(records)).toBe(0);
  });

  test('is at most what the server lends', () => {
    const table = settled(50_000_000);
    expect(field(table.say(alice, 'loan limit'), 'Limit')).toBe('1,000,000 coins');
    table.set('loan.max', '500');
    expect(field(table.say(alice, 'loan limit'), 'Limit')).toBe('500 coins');
  });
});

describe('/loan take', () => {
  test.each([
    ['1100', undefined],
    ['1,100', undefined],
    ['all', undefined],
    ['max', undefined],
    ['half', undefined],
    ['100', undefined],
    ['1101', 'economy.loans.above'],
    ['1000000000000000', 'economy.loans.above'],
    ['99', 'economy.loans.below'],
    ['1', 'economy.loans.below'],
    ['5%', 'economy.loans.below'],
    ['0', 'core.input.amount'],
    ['-100', 'core.input.amount'],
    ['1e3', 'core.input.amount'],
    ['٣٠٠', 'core.input.amount'],
    ['0x100', 'core.input.amount'],
    ['100.5', 'core.input.amount'],
    ['', 'core.input.amount'],
    [`1${'0'.repeat(400)}`, 'core.input.amount'],
  ])('of %j: %s', (amount, refused) => {
    const table = settled(600, 400);
    const { minted } = table.supply();
    expect(table.say(alice, 'loan take', { amount }).refused).toBe(refused);
    expect(conserved(table)).toBe(true);
    if (refused !== undefined) {
      expect(table.account(alice)).toMatchObject({ wallet: 600, bank: 400 });
      expect(table.supply().minted).toBe(minted);
      expect(loanOf(table)).toBeUndefined();
    }
  });

  test('lends to the wallet, with the first of four instalments due in a week', () => {
    const table = settled(1_000);
    const taken = table.say(alice, 'loan take', { amount: '1,001' });
    expect(table.account(alice).wallet).toBe(2_001);
    expect(loanOf(table)).toMatchObject({ lent: 1_001, original: 1_001, outstanding: 1_001, paid: 0, missed: 0 });
    expect(loanOf(table)?.dueAt).toBe(table.clock.now + weekMs);
    expect(field(taken, 'Next instalment')).toBe('251 coins');
    expect(taken.words).not.toContain('fee');
    expect(taken.reply.private).toBe(true);
    expect(discordRefuses(taken.reply)).toEqual([]);
  });

  test('adds the server’s fee to what is owed', () => {
    const table = settled(1_000);
    table.set('loan.fee', '5%');
    expect(table.say(alice, 'loan take', { amount: '1,000' }).words).toContain('A fee of 50 is added');
    expect(loanOf(table)).toMatchObject({ lent: 1_000, original: 1_050, outstanding: 1_050 });
    expect(table.account(alice).wallet).toBe(2_000);
  });

  test('is one at a time, and none for debtors or where nothing is lent', () => {
    const table = settled(1_000);
    table.say(alice, 'loan take', { amount: '500' });
    expect(table.say(alice, 'loan take', { amount: '100' }).refused).toBe('economy.loans.open');
    const other = settled(1_000);
    other.set('loan.enabled', 'off');
    expect(other.say(alice, 'loan take', { amount: '500' }).refused).toBe('economy.loans.off');
  });
});

describe('/loan pay', () => {
  const borrowed = (amount = '1,000'): Table => {
    const table = settled(1_000);
    table.say(alice, 'loan take', { amount });
    return table;
  };

  test('pays an instalment where nothing is said, and the next is due a week from then', () => {
    const table = borrowed();
    table.wait(3 * dayMs);
    const { burned } = table.supply();
    const paid = table.say(alice, 'loan pay');
    expect(loanOf(table)).toMatchObject({ outstanding: 750, paid: 1, dueAt: table.clock.now + weekMs });
    expect(table.supply().burned - burned).toBe(250n);
    expect(field(paid, 'Instalments paid')).toBe('1 of 4');
    expect(discordRefuses(paid.reply)).toEqual([]);
  });

  test('four times is all of it, to the coin', () => {
    const table = borrowed('1,001');
    const outstanding = [251, 251, 251, 248].map((part) => {
      const before = loanOf(table)?.outstanding ?? 0;
      const answered = table.say(alice, 'loan pay');
      expect(before - (loanOf(table)?.outstanding ?? 0)).toBe(part);
      return answered.words.includes('Your loan is paid back.');
    });
    expect(outstanding).toEqual([false, false, false, true]);
    expect(loanTimers(table)).toEqual([]);
    expect(table.account(alice).wallet).toBe(1_000);
    expect(table.say(alice, 'loan pay').refused).toBe('economy.loans.none');
  });

  test('of less than an instalment makes the loan smaller, and neither puts it off nor forgives anything', () => {
    const table = borrowed();
    table.wait(2 * weekMs + 1);
    table.fall();
    const before = loanOf(table);
    expect(before).toMatchObject({ outstanding: 1_150, missed: 1 });
    const paid = table.say(alice, 'loan pay', { amount: '1' });
    expect(loanOf(table)).toEqual({ ...before, outstanding: 1_149 });
    expect(paid.words).toContain('less than an instalment');
  });

  test('of an instalment forgives missed weeks, and what they cost stays', () => {
    const table = borrowed();
    table.wait(2 * weekMs + 1);
    table.fall();
    const paid = table.say(alice, 'loan pay');
    expect(loanOf(table)).toMatchObject({ outstanding: 900, missed: 0, paid: 1, dueAt: table.clock.now + weekMs });
    expect(paid.words).toContain('forgiven');
  });

  test('takes no more than is owed', () => {
    const table = borrowed();
    const paid = table.say(alice, 'loan pay', { amount: '1,500' });
    expect(paid.words).toContain('500 of what you offered stayed with you');
    expect(loanOf(table)).toBeUndefined();
    expect(table.account(alice).wallet).toBe(1_000);
  });

  test('is from the wallet and then the bank', () => {
    const table = borrowed();
    table.say(alice, 'bank deposit', { amount: '1,900' });
    table.say(alice, 'loan pay', { amount: 'all' });
    expect(table.account(alice)).toMatchObject({ wallet: 0, bank: 1_000 });
  });

  test.each([
    ['0', 'core.input.amount'],
    ['-1', 'core.input.amount'],
    ['1e2', 'core.input.amount'],
    ['', 'core.input.amount'],
  ])('of %j: %s', (amount, refused) => expect(borrowed().say(alice, 'loan pay', { amount }).refused).toBe(refused));

  test('without a loan, or without the coins, changes nothing', () => {
    expect(settled(10).say(alice, 'loan pay').refused).toBe('economy.loans.none');
    const table = borrowed();
    table.say(alice, 'pay', { member: person(bob), amount: '1,000' });
    table.wait(14 * dayMs);
    const before = table.account(alice);
    const refused = table.say(alice, 'loan pay', { amount: '1,150' });
    expect(refused.refused).toBe('economy.loans.poor');
    for (const figure of ['1,150', '1,000', '150 too few']) expect(refused.words).toContain(figure);
    expect(table.account(alice)).toEqual(before);
  });
});
