// Loans that are not paid back in time, and what their borrowers may do meanwhile.
import { describe, expect, test } from 'vitest';
import { accounts, debts } from '../../../src/features/wallet/state.ts';
import { type Coins, rowId } from '../../../src/kernel/ids.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import { discordRefuses } from '../limits.ts';
import { alice, bob, dayMs, field, hourMs, person, type Table } from '../table.ts';
import { conserved, loanOf, loanTimers, night, notices, settled } from './borrowing.ts';

describe('a loan that is not paid', () => {
  const borrowed = (): Table => {
    const table = settled(1_000);
    table.say(alice, 'loan take', { amount: '1,000' });
    return table;
  };
  const late = (table: Table, ms: number): void => {
    table.wait(ms);
    table.fall();
  };

  test.each([
    { days: 7, outstanding: 1_000, debt: 0 },
    { days: 13, outstanding: 1_000, debt: 0 },
    { days: 14, outstanding: 1_150, debt: 0 },
    { days: 21, outstanding: 1_322, debt: 0 },
    { days: 27, outstanding: 1_322, debt: 0 },
    { days: 28, outstanding: undefined, debt: 1_520 },
    { days: 400, outstanding: undefined, debt: 1_520 },
  ])('stands at $outstanding after $days days, with a debt of $debt', ({ days, outstanding, debt }) => {
    const table = borrowed();
    late(table, days * dayMs);
    expect(loanOf(table)?.outstanding).toBe(outstanding);
    expect(table.account(alice).debt).toBe(debt);
    expect(conserved(table)).toBe(true);
  });

  test('comes to the same by one late run as by one a week', () => {
    const table = borrowed();
    for (let day = 0; day < 30; day += 1) late(table, dayMs);
    expect(loanOf(table)).toBeUndefined();
    expect(table.account(alice).debt).toBe(1_520);
    expect(loanTimers(table)).toEqual([]);
  });

  test('is counted when its borrower looks or pays before the timer falls', () => {
    const table = borrowed();
    table.wait(14 * dayMs);
    expect(field(table.say(alice, 'loan status'), 'Outstanding')).toBe('1,150 coins');
    table.fall();
    expect(loanOf(table)?.outstanding).toBe(1_150);
    table.wait(14 * dayMs);
    expect(table.say(alice, 'loan pay').words).toContain('has become a debt');
    expect(table.account(alice)).toMatchObject({ wallet: 2_000, debt: 1_520 });
  });

  test('blocks other loans for 14 days, once its debt is paid', () => {
    const table = borrowed();
    late(table, 28 * dayMs);
    expect(table.say(alice, 'loan take', { amount: '100' }).refused).toBe('economy.loans.debt');
    table.fund(alice, 5_000);
    table.say(alice, 'balance');
    expect(table.account(alice).debt).toBe(0);
    table.wait(14 * dayMs - 1);
    night(table);
    expect(table.say(alice, 'loan take', { amount: '100' }).refused).toBe('economy.loans.blocked');
    expect(table.say(alice, 'loan limit').words).toContain('nothing is lent to you for a while');
    table.wait(1);
    expect(table.say(alice, 'loan take', { amount: '100' }).refused).toBeUndefined();
  });

  test('waits while the economy is frozen, when nobody can pay', () => {
    const table = borrowed();
    table.set('economy.frozen', 'on');
    late(table, 28 * dayMs);
    expect(loanOf(table)).toMatchObject({ outstanding: 1_000, missed: 0 });
    table.set('economy.frozen', 'off');
    late(table, 7 * dayMs);
    expect(loanOf(table)).toMatchObject({ outstanding: 1_150, missed: 1 });
  });

  test('stays a loan where a debt would pass its ceiling', () => {
    const table = borrowed();
    const row = table.account(alice);
    table.state.rows(accounts).set(encodeKey(accounts.key, [alice]), { ...row, debt: 1_000_000_000_000_000 - 1_000 });
    table.put(debts, [alice, rowId(1)], { coins: (1_000_000_000_000_000 - 1_000) as Coins });
    late(table, 60 * dayMs);
    expect(loanOf(table)).toMatchObject({ outstanding: 1_520, missed: 7 });
    late(table, 7 * dayMs);
    expect(loanOf(table)).toMatchObject({ outstanding: 1_520, missed: 8 });
    expect(loanTimers(table)).toHaveLength(1);
  });
});

describe('who borrows', () => {
  const borrowed = (): Table => {
    const table = settled(1_000);
    table.say(alice, 'loan take', { amount: '1,000' });
    return table;
  };

  test.each([
    { amount: '1,000', refused: undefined },
    { amount: '1,001', refused: 'economy.loans.reserved' },
    { amount: 'all', refused: 'economy.loans.reserved' },
  ])('can give away what they have beyond the loan: $amount $refused', ({ amount, refused }) => {
    const table = borrowed();
    expect(table.say(alice, 'pay', { member: person(bob), amount }).refused).toBe(refused);
    expect(table.account(bob).wallet).toBe(refused === undefined ? 11_000 : 10_000);
  });

  test('can pay out of the wallet where the bank holds what must stay', () => {
    const table = borrowed();
    table.say(alice, 'bank deposit', { amount: '1,500' });
    expect(table.say(alice, 'pay', { member: person(bob), amount: '500' }).refused).toBeUndefined();
    const refused = table.say(alice, 'pay', { member: person(bob), amount: '1' });
    expect(refused.refused).toBe('economy.pay.poor');
  });

  test('accepts no request for what must stay either', () => {
    const table = borrowed();
    const asked = table.say(bob, 'request', { member: person(alice), amount: '1,500' });
    const accept = ((asked.reply.rows ?? [])[0] ?? [])[0]?.customId ?? '';
    expect(table.press(alice, accept).refused).toBe('economy.loans.reserved');
  });

  test('is reminded a day before an instalment is due, unless they want no pings', () => {
    const table = borrowed();
    table.wait(6 * dayMs);
    table.fall();
    expect(notices(table)).toMatchObject([{ what: 'due', coins: 250 }]);
    const quiet = borrowed();
    const button = ((quiet.say(alice, 'settings me').reply.rows ?? [])[0] ?? [])[0]?.customId ?? '';
    quiet.press(alice, button);
    quiet.wait(28 * dayMs);
    quiet.fall();
    expect(notices(quiet)).toEqual([]);
  });

  test('is told of missed weeks and of the debt', () => {
    const table = borrowed();
    for (let day = 0; day < 28; day += 1) {
      table.wait(dayMs);
      table.fall();
    }
    expect(notices(table)).toMatchObject([
      { what: 'due', coins: 250 },
      { what: 'missed', coins: 1_150 },
      { what: 'missed', coins: 1_322 },
      { what: 'lost', coins: 1_520 },
    ]);
  });

  test('sees it in /loan status and, alone, on their profile', () => {
    const table = borrowed();
    const status = table.say(alice, 'loan status');
    expect(field(status, 'Becomes a debt at')).toBe('1,500 coins');
    expect(discordRefuses(status.reply)).toEqual([]);
    expect(table.say(alice, 'profile', { section: 'loan' }).words).toContain('1,000 coins');
    expect(table.say(bob, 'profile', { member: person(alice) }).words).not.toContain('Outstanding');
    expect(table.say(bob, 'loan status').words).toContain('You have no loan.');
  });

  test('/help gives the server’s figures', () => {
    const table = borrowed();
    table.set('loan.rate_missed', '20%');
    const { words } = table.say(alice, 'help', { command: 'loan take' });
    for (const figure of ['100 coins or more', '4 instalments', '20%', '150%', '14 days'])
      expect(words).toContain(figure);
  });

  test('has no timer of it left a while after it is paid back', () => {
    const table = borrowed();
    table.wait(hourMs);
    table.say(alice, 'loan pay', { amount: 'all' });
    expect(loanTimers(table)).toEqual([]);
  });
});
