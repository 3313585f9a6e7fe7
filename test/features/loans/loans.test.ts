import { describe, expect, test } from 'vitest';
import { loans, records } from '../../../src/features/loans/state.ts';
import { accounts, debts } from '../../../src/features/wallet/state.ts';
import { outbox } from '../../../src/kernel/effect.ts';
import { type Coins, type MemberId, rowId } from '../../../src/kernel/ids.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import { timers } from '../../../src/kernel/timer.ts';
import { discordRefuses } from '../limits.ts';
import { alice, bob, createTable, dayMs, field, hourMs, person, type Table } from '../table.ts';

const weekMs = 7 * dayMs;

/** A table at which Alice has had so much for a week. */
const settled = (wallet: number, bank = 0): Table => {
  const table = createTable();
  table.fund(alice, wallet, bank);
  table.fund(bob, 10_000);
  table.wait(8 * dayMs);
  return table;
};
const loanOf = (table: Table, who: MemberId = alice) =>
  table.state.row(loans, encodeKey(loans.key, [who])) as (typeof loans)['initial'] | undefined;
const loanTimers = (table: Table): readonly string[] =>
  [...table.state.rows(timers).keys()].filter((key) => key.startsWith('loans.'));
const notices = (table: Table): readonly unknown[] =>
  [...table.state.rows(outbox).values()].map(
    (row) => (row as { payload: { card: { value: unknown } } }).payload.card.value,
  );
const night = (table: Table): void => {
  const { now } = table.clock;
  table.runTask('loans.keep-records', { date: new Date(now).toISOString().slice(0, 10), dueAt: now, missed: 0 });
};
const conserved = (table: Table): boolean => {
  const { minted, burned } = table.supply();
  const held = [alice, bob].reduce((sum, who) => sum + table.account(who).wallet + table.account(who).bank, 0);
  return BigInt(held) === minted - burned;
};

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
