import { describe, expect, test } from 'vitest';
import { accounts } from '../../src/features/wallet/state.ts';
import { epochMs } from '../../src/kernel/ids.ts';
import { alice, createTable, dayMs, field, hourMs } from './table.ts';

const at = (text: string) => epochMs(Date.parse(text));

describe('/daily', () => {
  test('gives 150 coins on top of the start grant and says when the next is ready', () => {
    const table = createTable();
    const answered = table.say(alice, 'daily');
    expect(answered.refused).toBeUndefined();
    expect(field(answered, 'Wallet')).toBe('250 coins');
    expect(answered.words).toContain(`<t:${Date.UTC(2026, 7, 2) / 1000}:R>`);
    expect(table.supply().minted).toBe(250n);
  });

  test.each([
    { last: '2026-08-01T00:00:00Z', next: '2026-08-01T23:59:59.999Z', claimed: false },
    { last: '2026-08-01T23:59:59.999Z', next: '2026-08-02T00:00:00Z', claimed: true },
    { last: '2026-02-28T12:00:00Z', next: '2026-03-01T00:00:00Z', claimed: true },
    { last: '2026-12-31T23:00:00Z', next: '2027-01-01T00:00:00Z', claimed: true },
  ])('is once each UTC day: $last, then $next', ({ last, next, claimed }) => {
    const table = createTable();
    table.clock.now = at(last);
    expect(table.say(alice, 'daily').refused).toBeUndefined();
    table.clock.now = at(next);
    expect(table.say(alice, 'daily').refused).toBe(claimed ? undefined : 'economy.daily.claimed');
  });

  test.each([
    { amount: '1', wallet: 1 },
    { amount: '1,000,000,000', wallet: 1_000_000_000 },
  ])('daily.amount $amount', ({ amount, wallet }) => {
    const table = createTable();
    table.set('start.coins', '0');
    table.set('daily.amount', amount);
    table.say(alice, 'daily');
    expect(table.account(alice).wallet).toBe(wallet);
  });

  test('daily.amount 0 switches it off and says who can switch it on', () => {
    const table = createTable();
    table.set('daily.amount', '0');
    const answered = table.say(alice, 'daily');
    expect(answered.refused).toBe('economy.daily.off');
    expect(answered.words).toContain('daily.amount');
  });

  test.each([
    { day: 1, bonus: 0 },
    { day: 2, bonus: 7 },
    { day: 3, bonus: 15 },
    { day: 10, bonus: 67 },
    { day: 11, bonus: 75 },
    { day: 12, bonus: 75 },
    { day: 40, bonus: 75 },
  ])('streak.enabled: day $day in a row adds $bonus to 150', ({ day, bonus }) => {
    const table = createTable();
    table.set('streak.enabled', 'on');
    for (let past = 1; past < day; past += 1) {
      table.say(alice, 'daily');
      table.wait(dayMs);
    }
    const before = table.account(alice).wallet;
    const answered = table.say(alice, 'daily');
    const started = day === 1 ? 100 : 0;
    expect(table.account(alice).wallet - before).toBe(started + 150 + bonus);
    if (bonus > 0) expect(answered.words).toContain(`${bonus} for ${day} days in a row`);
  });

  test.each([
    { missed: 0, streak: 4 },
    { missed: 1, streak: 4 },
    { missed: 2, streak: 1 },
    { missed: 30, streak: 1 },
  ])('after 3 days in a row, $missed missed days lead to a streak of $streak', ({ missed, streak }) => {
    const table = createTable();
    for (let day = 0; day < 3; day += 1) {
      table.say(alice, 'daily');
      table.wait(dayMs);
    }
    table.wait(missed * dayMs);
    table.say(alice, 'daily');
    expect(table.account(alice).streak).toBe(streak);
  });

  test('without streak.enabled a streak adds nothing', () => {
    const table = createTable();
    for (let day = 0; day < 5; day += 1) {
      table.say(alice, 'daily');
      table.wait(dayMs);
    }
    expect(table.account(alice).wallet).toBe(100 + 5 * 150);
  });

  test('fault 7: a reward that would pass the ceiling is refused whole, and stays to be claimed', () => {
    const table = createTable();
    table.fund(alice, 1_000_000_000_000_000 - 149);
    expect(table.say(alice, 'daily').refused).toBe('economy.money.full');
    table.say(alice, 'bank deposit', { amount: '1' });
    expect(table.say(alice, 'daily').refused).toBeUndefined();
    expect(table.account(alice).wallet).toBe(1_000_000_000_000_000);
  });

  test('fault 16: twice in one tick is one grant', () => {
    const table = createTable();
    expect(table.say(alice, 'daily').refused).toBeUndefined();
    expect(table.say(alice, 'daily').refused).toBe('economy.daily.claimed');
    expect(table.account(alice).wallet).toBe(250);
  });

  test('fault 17: a clock that moves backwards gives nothing free', () => {
    const table = createTable();
    table.say(alice, 'daily');
    table.clock.now = epochMs(table.clock.now - 3 * dayMs);
    expect(table.say(alice, 'daily').refused).toBe('economy.daily.claimed');
    table.wait(3 * dayMs + hourMs);
    expect(table.say(alice, 'daily').refused).toBe('economy.daily.claimed');
    expect(table.account(alice).wallet).toBe(250);
  });

  test('fault 17: a claim day ahead of the clock, as an import may bring, gives nothing free', () => {
    const table = createTable();
    table.fund(alice, 0);
    for (const row of table.state.rows(accounts).values()) Object.assign(row as object, { dailyDay: '2026-08-03' });
    expect(table.say(alice, 'daily').refused).toBe('economy.daily.claimed');
    table.wait(3 * dayMs);
    expect(table.say(alice, 'daily').refused).toBeUndefined();
  });

  test('fault 20: the same interaction again gives the stored result and no second grant', () => {
    const table = createTable();
    const id = table.nextId();
    const first = table.say(alice, 'daily', {}, { id });
    const again = table.say(alice, 'daily', {}, { id });
    expect(again.words).toBe(first.words);
    expect(table.account(alice).wallet).toBe(250);
  });
});
