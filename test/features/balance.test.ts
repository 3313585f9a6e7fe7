import { describe, expect, test } from 'vitest';
import { alice, bob, createTable, field, person } from './table.ts';

describe('/balance', () => {
  test('grants the start once, at first use, and notes it in the ledger', () => {
    const table = createTable();
    const first = table.say(alice, 'balance');
    expect(field(first, 'Wallet')).toBe('100 coins');
    expect(table.ledgerRows()).toMatchObject([{ kind: 'start', wallet: 100 }]);
    expect(field(table.say(alice, 'balance'), 'Wallet')).toBe('100 coins');
    expect(table.supply()).toEqual({ minted: 100n, burned: 0n });
  });

  test.each([
    { start: '0', wallet: '0 coins', entries: 0 },
    { start: '1', wallet: '1 coin', entries: 1 },
    { start: '1,000,000', wallet: '1,000,000 coins', entries: 1 },
  ])('start.coins $start gives $wallet', ({ start, wallet, entries }) => {
    const table = createTable();
    table.set('start.coins', start);
    expect(field(table.say(alice, 'balance'), 'Wallet')).toBe(wallet);
    expect(table.ledgerRows()).toHaveLength(entries);
  });

  test('shows wallet, bank and total with their exact numbers, to oneself alone', () => {
    const table = createTable();
    table.fund(alice, 1_234_567, 999_999_999_999_999);
    const answered = table.say(alice, 'balance');
    expect(answered.reply.private).toBe(true);
    expect(answered.reply.embeds?.[0]?.fields).toEqual([
      { name: 'Wallet', value: '1,234,567 coins', inline: true },
      { name: 'Bank', value: '999,999,999,999,999 coins', inline: true },
      { name: 'Total', value: '1,000,000,001,234,566 coins', inline: true },
    ]);
  });

  test('shows another member without granting, collecting or telling a debt', () => {
    const table = createTable();
    table.fund(bob, 500);
    const { commits } = table.state;
    const answered = table.say(alice, 'balance', { member: person(bob) });
    expect(field(answered, 'Wallet')).toBe('500 coins');
    expect(field(answered, 'Debt')).toBeUndefined();
    expect(answered.reply.private).toBe(true);
    expect(table.state.commits).toBe(commits);
  });

  test('shows nothing of whoever has left, and bots have nothing', () => {
    const table = createTable();
    table.fund(bob, 500);
    const look = (of: object) => table.say(alice, 'balance', { member: { ...person(bob), ...of } });
    expect(look({ present: false }).refused).toBe('economy.balance.absent');
    expect(look({ bot: true }).refused).toBe('economy.balance.bot');
    expect(look({}).refused).toBeUndefined();
  });

  test('writes nothing when nothing changes', () => {
    const table = createTable();
    table.say(alice, 'balance');
    const { commits } = table.state;
    table.say(alice, 'balance');
    table.say(alice, 'balance', { member: person(alice) });
    expect(table.state.commits).toBe(commits);
  });

  test('a start grant that would pass the ceiling waits', () => {
    const table = createTable();
    table.fund(bob, 1_000_000_000_000_000);
    table.say(bob, 'pay', { member: person(alice), amount: 'all' });
    expect(field(table.say(alice, 'balance'), 'Wallet')).toBe('1,000,000,000,000,000 coins');
    table.say(alice, 'pay', { member: person(bob), amount: '100' });
    expect(field(table.say(alice, 'balance'), 'Wallet')).toBe('1,000,000,000,000,000 coins');
    expect(table.supply().minted).toBe(1_000_000_000_000_100n);
  });
});
