import { describe, expect, test } from 'vitest';
import { ledger } from '../../src/features/wallet/state.ts';
import { alice, bob, carol, createTable, person } from './table.ts';

const ceiling = 1_000_000_000_000_000;

describe('/pay', () => {
  test.each([
    { wallet: 1_000, amount: '250', paid: 250 },
    { wallet: 1_000, amount: '1,000', paid: 1_000 },
    { wallet: 1_001, amount: 'all', paid: 1_001 },
    { wallet: 1_001, amount: 'MAX', paid: 1_001 },
    { wallet: 1_001, amount: 'half', paid: 500 },
    { wallet: 1_003, amount: ' 25% ', paid: 250 },
    { wallet: ceiling, amount: 'all', paid: ceiling },
    { wallet: ceiling, amount: '99%', paid: 990_000_000_000_000 },
  ])('$amount of a wallet of $wallet is $paid', ({ wallet, amount, paid }) => {
    const table = createTable();
    table.fund(alice, wallet, 77);
    const answered = table.say(alice, 'pay', { member: person(bob), amount });
    expect(answered.refused).toBeUndefined();
    expect(table.account(bob).wallet).toBe(paid);
    expect(table.account(alice)).toMatchObject({ wallet: wallet - paid, bank: 77 });
  });

  test('tells everybody and mentions the receiver alone', () => {
    const table = createTable();
    table.fund(alice, 1_000);
    const { reply, words } = table.say(alice, 'pay', { member: person(bob), amount: '400' });
    expect(reply.private).toBe(false);
    expect(reply.mentions).toEqual([bob]);
    expect(reply.content).toBe(`<@${alice}> paid <@${bob}> **400** coins.`);
    // What is left in the payer's wallet is nobody else's business, whatever form it would take.
    expect(words).not.toMatch(/600/);
  });

  test('the first command of a member can spend the start grant', () => {
    const table = createTable();
    expect(table.say(alice, 'pay', { member: person(bob), amount: '100' }).refused).toBeUndefined();
    expect(table.account(bob).wallet).toBe(100);
    table.say(bob, 'balance');
    expect(table.account(bob).wallet).toBe(200);
  });

  test.each([
    { amount: '50', input: {}, refused: 'core.input.missing', without: 'member' },
    { amount: '50', input: { member: person(alice) }, refused: 'economy.pay.self' },
    { amount: '50', input: { member: person(bob, { bot: true }) }, refused: 'economy.pay.bot' },
    { amount: '50', input: { member: person(bob, { present: false }) }, refused: 'economy.pay.absent' },
    { amount: '101', input: { member: person(bob) }, refused: 'economy.pay.poor' },
    { amount: '1%', wallet: 99, input: { member: person(bob) }, refused: 'economy.pay.empty' },
    { amount: 'all', wallet: 0, input: { member: person(bob) }, refused: 'economy.pay.empty' },
  ])('refuses $amount with $refused', ({ amount, input, refused, wallet = 100 }) => {
    const table = createTable();
    table.fund(alice, wallet, 1_000);
    const before = table.account(alice);
    const answered = table.say(alice, 'pay', { ...input, amount });
    expect(answered.refused).toBe(refused);
    expect(answered.reply.private).toBe(true);
    expect(table.account(alice)).toEqual(before);
    expect(table.account(bob).wallet).toBe(0);
  });

  test('a refusal names what is missing and what would help', () => {
    const table = createTable();
    table.fund(alice, 100, 1_000);
    const { words } = table.say(alice, 'pay', { member: person(bob), amount: '1,500' });
    expect(words).toContain('1,400 too few');
    expect(words).toContain('/bank withdraw');
  });

  test.each([
    { tax: '0', received: 1_001, burned: 0n },
    { tax: '10%', received: 901, burned: 100n },
    { tax: '12.34%', received: 878, burned: 123n },
    { tax: '50%', received: 501, burned: 500n },
  ])('pay.tax $tax leaves $received of 1,001 and burns $burned', ({ tax, received, burned }) => {
    const table = createTable();
    table.fund(alice, 1_001);
    table.set('pay.tax', tax);
    table.say(alice, 'pay', { member: person(bob), amount: 'all' });
    expect(table.account(bob).wallet).toBe(received);
    expect(table.supply().burned).toBe(burned);
  });

  test('touches two accounts and one ledger row with a line for each, and nothing else', () => {
    const table = createTable();
    table.fund(alice, 1_000);
    table.fund(bob, 10);
    const before = table.ledgerRows().length;
    table.say(alice, 'pay', { member: person(bob), amount: '5' });
    expect(table.ledgerRows().length - before).toBe(2);
    expect(table.state.rows(ledger).size).toBe(3);
  });
});

describe('faults of money', () => {
  const payInput = (amount: unknown) => ({ member: person(bob), amount });
  const refusedAmounts: readonly { readonly fault: number; readonly amount: unknown }[] = [
    { fault: 1, amount: '-5' },
    { fault: 3, amount: '5abc' },
    { fault: 3, amount: '-6abc' },
    { fault: 3, amount: `1${'0'.repeat(16)}` },
    { fault: 4, amount: '-.6' },
    { fault: 4, amount: 'NaN' },
    { fault: 5, amount: '1e-37' },
    { fault: 5, amount: '1e3' },
    { fault: 6, amount: 'Infinity' },
    { fault: 6, amount: '1e999' },
    { fault: 6, amount: '0x10' },
    { fault: 6, amount: ' ' },
    { fault: 6, amount: '-0' },
    { fault: 6, amount: '0' },
    { fault: 7, amount: `1${'0'.repeat(400)}` },
    { fault: 7, amount: '1000000000000001' },
    { fault: 7, amount: '9999999999999999' },
    { fault: 9, amount: '0.5' },
    { fault: 9, amount: '½' },
    { fault: 9, amount: '1.000' },
    { fault: 9, amount: '33.3%' },
    { fault: 3, amount: '٣' },
    { fault: 3, amount: '１２' },
    { fault: 3, amount: '1_000' },
    { fault: 3, amount: '+5' },
    { fault: 3, amount: '101%' },
    { fault: 3, amount: '0%' },
    { fault: 30, amount: 5 },
    { fault: 30, amount: null },
    { fault: 30, amount: ['5'] },
    { fault: 30, amount: { coins: 5 } },
    { fault: 41, amount: '__proto__' },
  ];
  test.each(refusedAmounts)('fault $fault: the amount $amount is refused', ({ amount }) => {
    const table = createTable();
    table.fund(alice, 1_000);
    const before = table.account(alice);
    expect(table.say(alice, 'pay', payInput(amount)).refused).toMatch(/^core\.input\./);
    expect(table.account(alice)).toEqual(before);
    expect(table.account(bob).wallet).toBe(0);
  });

  test('fault 2: paying oneself duplicates nothing', () => {
    const table = createTable();
    table.fund(alice, 1_000);
    expect(table.say(alice, 'pay', { member: person(alice), amount: 'all' }).refused).toBe('economy.pay.self');
    expect(table.account(alice).wallet).toBe(1_000);
  });

  test('fault 8: a transfer that would pass the receiver’s ceiling is refused whole', () => {
    const table = createTable();
    table.fund(alice, 1_000);
    table.fund(bob, ceiling - 999);
    const answered = table.say(alice, 'pay', payInput('1,000'));
    expect(answered.refused).toBe('economy.money.full');
    expect(answered.words).toContain(`<@${bob}>`);
    expect(table.account(alice).wallet).toBe(1_000);
    expect(table.say(alice, 'pay', payInput('999')).refused).toBeUndefined();
    expect(table.account(bob).wallet).toBe(ceiling);
  });

  test('fault 10: of 200 payments from a wallet that covers one, one succeeds and the sum is conserved', () => {
    const table = createTable();
    table.fund(alice, 100);
    const done = Array.from({ length: 200 }, (_, index) =>
      table.say(alice, 'pay', { member: person(index % 2 === 0 ? bob : carol), amount: '100' }),
    ).filter(({ refused }) => refused === undefined);
    expect(done).toHaveLength(1);
    expect(table.account(alice).wallet + table.account(bob).wallet + table.account(carol).wallet).toBe(100);
  });

  test('fault 12: a bot is neither paid nor robbed', () => {
    const table = createTable();
    table.fund(alice, 1_000);
    table.fund(bob, 1_000);
    const bot = person(bob, { bot: true });
    expect(table.say(alice, 'pay', { member: bot, amount: '5' }).refused).toBe('economy.pay.bot');
    expect(table.say(alice, 'rob', { member: bot }).refused).toBe('economy.rob.bot');
  });

  test('fault 14: a share is of what is there when it is paid', () => {
    const table = createTable();
    table.fund(alice, 1_000);
    table.say(alice, 'pay', payInput('half'));
    table.say(alice, 'pay', payInput('half'));
    table.say(alice, 'pay', payInput('all'));
    expect(table.account(bob).wallet).toBe(1_000);
  });

  test('fault 20: a payment delivered twice is paid once, also when it was refused', () => {
    const table = createTable();
    table.fund(alice, 1_000);
    const id = table.nextId();
    const first = table.say(alice, 'pay', payInput('600'), { id });
    expect(table.say(alice, 'pay', payInput('600'), { id }).words).toBe(first.words);
    expect(table.account(bob).wallet).toBe(600);
    const late = table.nextId();
    expect(table.say(alice, 'pay', payInput('600'), { id: late }).refused).toBe('economy.pay.poor');
    table.fund(alice, 1_000);
    expect(table.say(alice, 'pay', payInput('600'), { id: late }).refused).toBe('economy.pay.poor');
  });

  test('fault 30: a missing, unknown or mistyped option is a refusal', () => {
    const table = createTable();
    table.fund(alice, 1_000);
    expect(table.say(alice, 'pay', { amount: '5' }).refused).toBe('core.input.missing');
    expect(table.say(alice, 'pay', { ...payInput('5'), extra: 1 }).refused).toBe('core.input.unknown-option');
    expect(table.say(alice, 'pay', { member: 'bob', amount: '5' }).refused).toBe('core.input.member');
    expect(table.say(alice, 'pay', { member: { id: '__proto__' }, amount: '5' }).refused).toBe('core.input.member');
  });
});
