import { describe, expect, test } from 'vitest';
import { accounts } from '../../src/features/wallet/state.ts';
import { epochMs } from '../../src/kernel/ids.ts';
import { alice, bob, createTable, dayMs, field, hourMs, person, seedWhere, startOfTime } from './table.ts';

const weekMs = 7 * dayMs;
const ceiling = 1_000_000_000_000_000;

describe('/weekly', () => {
  test('gives 1,000 coins on top of the start grant and says when the next is ready', () => {
    const table = createTable();
    const answered = table.say(alice, 'weekly');
    expect(answered.refused).toBeUndefined();
    expect(answered.reply.private).toBe(true);
    expect(field(answered, 'Reward')).toBe('1,000 coins');
    expect(field(answered, 'Wallet')).toBe('1,100 coins');
    expect(answered.words).toContain(`<t:${(startOfTime + weekMs) / 1000}:R>`);
    expect(table.supply().minted).toBe(1_100n);
    expect(table.say(alice, 'bank history').words).toContain('Weekly reward: +1,000 wallet');
  });

  test.each([
    { later: 0, ready: false },
    { later: dayMs, ready: false },
    { later: weekMs - 1, ready: false },
    { later: weekMs, ready: true },
    { later: 10 * weekMs, ready: true },
  ])('is ready 7 × 24 hours after the last claim: $later ms after, $ready', ({ later, ready }) => {
    const table = createTable();
    table.say(alice, 'weekly');
    table.wait(later);
    const answered = table.say(alice, 'weekly');
    expect(answered.refused).toBe(ready ? undefined : 'economy.weekly.claimed');
    if (!ready) expect(answered.words).toContain(`<t:${(startOfTime + weekMs) / 1000}:R>`);
    expect(table.account(alice).wallet).toBe(ready ? 2_100 : 1_100);
  });

  test('goes by its own clock and not by the day: the daily reward and its streak are another matter', () => {
    const table = createTable();
    table.say(alice, 'weekly');
    expect(table.say(alice, 'daily').refused).toBeUndefined();
    expect(table.account(alice)).toMatchObject({ wallet: 1_250, streak: 1 });
  });

  test.each([
    { amount: '1', wallet: 1 },
    { amount: '1,000,000,000', wallet: 1_000_000_000 },
  ])('weekly.amount $amount', ({ amount, wallet }) => {
    const table = createTable();
    table.set('start.coins', '0');
    table.set('weekly.amount', amount);
    table.say(alice, 'weekly');
    expect(table.account(alice).wallet).toBe(wallet);
  });

  test.each(['-1', '1,000,000,001', '1e3', 'NaN', ''])('weekly.amount cannot be %j', (amount) => {
    expect(() => createTable().set('weekly.amount', amount)).toThrow();
  });

  test('weekly.amount 0 switches it off and says who can switch it on', () => {
    const table = createTable();
    table.set('weekly.amount', '0');
    const answered = table.say(alice, 'weekly');
    expect(answered.refused).toBe('economy.weekly.off');
    expect(answered.words).toContain('weekly.amount');
  });

  test('debts come first', () => {
    const table = createTable();
    table.draw(() => seedWhere((random) => random.int(10_000) >= 8_000));
    table.fund(alice, 0);
    table.fund(bob, 4_000);
    table.say(alice, 'rob', { member: person(bob) });
    expect(table.account(alice).debt).toBe(400);
    const answered = table.say(alice, 'weekly');
    expect(table.account(alice)).toMatchObject({ wallet: 600, debt: 0 });
    expect(table.account(bob).wallet).toBe(4_400);
    expect(answered.words).toContain('400 of it went to your debts, 600 to your wallet');
  });

  test('fault 7: a reward that would pass the ceiling is refused whole, and stays to be claimed', () => {
    const table = createTable();
    table.fund(alice, ceiling - 999);
    expect(table.say(alice, 'weekly').refused).toBe('economy.money.full');
    table.say(alice, 'bank deposit', { amount: '1' });
    expect(table.say(alice, 'weekly').refused).toBeUndefined();
    expect(table.account(alice).wallet).toBe(ceiling);
  });

  test('fault 17: a clock that moves backwards, or a claim ahead of the clock, gives nothing free', () => {
    const table = createTable();
    table.say(alice, 'weekly');
    table.clock.now = epochMs(table.clock.now - 30 * dayMs);
    expect(table.say(alice, 'weekly').refused).toBe('economy.weekly.claimed');
    table.wait(30 * dayMs + weekMs - hourMs);
    expect(table.say(alice, 'weekly').refused).toBe('economy.weekly.claimed');
    const rows = table.state.rows(accounts);
    for (const [key, row] of rows) rows.set(key, { ...(row as object), weeklyAt: table.clock.now + dayMs });
    table.wait(2 * hourMs);
    expect(table.say(alice, 'weekly').refused).toBe('economy.weekly.claimed');
  });

  test('fault 20: the same interaction again gives the stored result and no second grant', () => {
    const table = createTable();
    const id = table.nextId();
    const first = table.say(alice, 'weekly', {}, { id });
    expect(table.say(alice, 'weekly', {}, { id }).words).toBe(first.words);
    expect(table.account(alice).wallet).toBe(1_100);
  });
});
