import { describe, expect, test } from 'vitest';
import { reminders } from '../../../src/features/statistics/state.ts';
import { ledger } from '../../../src/features/wallet/state.ts';
import { outbox } from '../../../src/kernel/effect.ts';
import type { Button } from '../../../src/kernel/reply.ts';
import { timers } from '../../../src/kernel/timer.ts';
import { endow } from '../casino/gambler.ts';
import { discordRefuses } from '../limits.ts';
import {
  type Answered,
  alice,
  bob,
  createTable,
  dayMs,
  field,
  hourMs,
  member as memberNumbered,
  minuteMs,
  person,
  seedWhere,
  type Table,
} from '../table.ts';

const buttonFor = (answered: Answered, name: string): string =>
  ((answered.reply.rows ?? []).flat() as Button[]).find(({ customId }) => customId.includes(`"${name}"`))?.customId ??
  '';
const ownTimers = (table: Table): readonly string[] =>
  [...table.state.rows(timers).keys()].filter((key) => key.startsWith('statistics.'));
const told = (table: Table): readonly unknown[] =>
  [...table.state.rows(outbox).values()]
    .map((row) => (row as { payload: { member: string; card: { card: string; value: { title: string } } } }).payload)
    .filter(({ card }) => card.card === 'statistics.ready')
    .map(({ member, card }) => [member, card.value.title]);

describe('/stats', () => {
  test('tells what every feature tells of a member', () => {
    const table = createTable();
    table.fund(alice, 1_000);
    table.say(alice, 'pay', { member: person(bob), amount: '300' });
    endow(table, alice, 'coinflip');
    table.say(alice, 'casino coinflip', { bet: '100', side: 'heads' });
    const shown = table.say(alice, 'stats');
    expect(discordRefuses(shown.reply)).toEqual([]);
    expect(shown.reply.private).toBe(true);
    expect(Number(field(shown, 'Transactions'))).toBeGreaterThanOrEqual(3);
    expect(field(shown, 'Came in')).toMatch(/^1,\d+ coins in the last 30 days$/);
    expect(shown.words).toMatch(/1 round: [01] won, [01] lost, (100|0)\.0% won/);
    expect(field(shown, 'Worth altogether')).toBe(`${(table.account(alice).wallet).toLocaleString('en')} coins`);
  });

  test('coins that move between a member’s own purses neither come nor go', () => {
    const table = createTable();
    table.fund(alice, 1_000);
    const before = table.say(alice, 'stats');
    table.say(alice, 'bank deposit', { amount: '500' });
    const after = table.say(alice, 'stats');
    for (const name of ['Came in', 'Went out']) expect(field(after, name)).toBe(field(before, name));
  });

  const paid = (table: Table, coins: number): void => {
    expect(table.say(bob, 'pay', { member: person(alice), amount: String(coins) }).refused).toBeUndefined();
  };
  const shownTo = (table: Table) => {
    const shown = table.say(alice, 'stats');
    expect(discordRefuses(shown.reply)).toEqual([]);
    const titles = shown.reply.embeds?.[0]?.fields?.map(({ name }) => name);
    expect(new Set(titles).size).toBe(titles?.length);
    return { came: field(shown, 'Came in'), went: field(shown, 'Went out') };
  };
  const withBob = (): Table => {
    const table = createTable();
    table.fund(bob, 1_000_000);
    return table;
  };

  test('150 entries are all summed', () => {
    const table = withBob();
    for (let times = 0; times < 150; times += 1) paid(table, 7);
    table.say(alice, 'pay', { member: person(bob), amount: '13' });
    expect(shownTo(table).went).toBe('13 coins in the last 30 days');
    const { came } = shownTo(table);
    const granted = table.ledgerRows().filter((line) => line.member === alice && line.wallet > 0 && line.wallet !== 7);
    const grants = granted.reduce((sum, { wallet }) => sum + wallet, 0);
    expect(came).toBe(`${(grants + 150 * 7).toLocaleString('en')} coins in the last 30 days`);
  });

  test('what is 30 days old counts, and what is a millisecond older does not', () => {
    const table = withBob();
    paid(table, 500);
    table.wait(1);
    paid(table, 70);
    table.wait(10 * dayMs);
    paid(table, 3);
    table.wait(20 * dayMs);
    expect(shownTo(table).came).toBe('73 coins in the last 30 days');
    table.wait(1);
    expect(shownTo(table).came).toBe('3 coins in the last 30 days');
    table.wait(31 * dayMs);
    expect(shownTo(table)).toEqual({ came: '0 coins in the last 30 days', went: '0 coins in the last 30 days' });
  });

  test('of more than 2,000 entries the last 2,000 are summed, and the card says back to when', () => {
    const table = withBob();
    table.fund(alice, 90_000);
    table.wait(hourMs);
    const oldest = table.clock.now / 1_000;
    table.fund(alice, 5);
    table.wait(hourMs);
    for (let times = 1; times < 1_999; times += 1) table.fund(alice, 2);
    // 2,000 entries, and no more: they are all that there is.
    expect(shownTo(table).came).toBe(`${(90_005 + 1_998 * 2).toLocaleString('en')} coins in the last 30 days`);
    table.fund(alice, 2);
    const span = `in the last 2,000 entries, back to <t:${oldest}:f>`;
    expect(shownTo(table)).toEqual({
      came: `${(5 + 1_999 * 2).toLocaleString('en')} coins ${span}`,
      went: `0 coins ${span}`,
    });
    // An older one is beyond both bounds: the 30 days are whole.
    table.wait(30 * dayMs - hourMs);
    paid(table, 1);
    expect(shownTo(table).came).toContain('in the last 2,000 entries, back to');
    table.wait(hourMs + 1);
    expect(shownTo(table).came).toBe('1 coin in the last 30 days');
  });

  test('where the ledger dropped older entries, the card says how far back they are kept', () => {
    const table = withBob();
    paid(table, 500);
    table.wait(hourMs);
    const kept = table.clock.now / 1_000;
    paid(table, 70);
    const [, dropped] = [...table.state.rows(ledger).keys()];
    table.state.rows(ledger).delete(dropped ?? '');
    expect(shownTo(table).came).toBe(`70 coins in the last entry, back to <t:${kept}:f>`);
    table.state.rows(ledger).clear();
    const gone = 'No entry of it is kept any more';
    expect(shownTo(table)).toEqual({ came: gone, went: gone });
  });

  test('sums beyond what a number holds are exact', () => {
    const table = createTable();
    const full = 999_999_999_999_999;
    for (let times = 0; times < 11; times += 1) {
      table.fund(alice, full);
      table.say(alice, 'pay', { member: person(memberNumbered(times + 10)), amount: String(full) });
    }
    expect(shownTo(table).came).toBe(`${(BigInt(full) * 11n).toLocaleString('en')} coins in the last 30 days`);
  });

  test('a loan makes nobody worth more', () => {
    const table = createTable();
    table.fund(alice, 1_000);
    table.wait(8 * dayMs);
    table.say(alice, 'loan take', { amount: '1,000' });
    expect(table.account(alice).wallet).toBe(2_000);
    expect(field(table.say(alice, 'stats'), 'Worth altogether')).toBe('1,000 coins');
  });

  test.each([
    { who: person(bob), refused: undefined },
    { who: person(bob, { bot: true }), refused: 'economy.stats.bot' },
    { who: person(bob, { present: false }), refused: 'economy.stats.absent' },
    { who: { id: 'x' }, refused: 'core.input.member' },
  ])('of $who: $refused', ({ who, refused }) => {
    const answered = createTable().say(alice, 'stats', { member: who });
    expect(answered.refused).toBe(refused);
    if (refused === undefined) expect(answered.words).toContain('has done nothing here yet');
  });
});

describe('/cooldowns', () => {
  test('shows what is ready and when the rest is, with a button for each of these', () => {
    const table = createTable();
    table.say(alice, 'daily');
    const shown = table.say(alice, 'cooldowns');
    expect(discordRefuses(shown.reply)).toEqual([]);
    const midnight = Date.UTC(2026, 7, 2) / 1_000;
    expect(shown.words).toContain(`**Daily reward**: <t:${midnight}:R>`);
    expect(shown.words).toContain('**Weekly reward**: ready now');
    expect(shown.words).toContain('**Robbery**: ready now');
    expect((shown.reply.rows ?? []).flat()).toHaveLength(1);
  });

  test.each([
    { name: 'daily', title: 'Daily reward', use: (table: Table) => table.say(alice, 'daily'), waitMs: 12 * hourMs },
    { name: 'weekly', title: 'Weekly reward', use: (table: Table) => table.say(alice, 'weekly'), waitMs: 7 * dayMs },
    {
      name: 'rob',
      title: 'Robbery',
      use: (table: Table) => table.say(alice, 'rob', { member: person(bob) }),
      waitMs: 60 * minuteMs,
    },
    {
      name: 'coinflip',
      title: 'Coinflip',
      use: (table: Table) => {
        endow(table, alice, 'coinflip');
        return table.say(alice, 'casino coinflip', { bet: '10', side: 'heads' });
      },
      waitMs: 15_000,
    },
    {
      name: 'whip',
      title: 'Whip in the tavern',
      use: (table: Table) => table.say(alice, 'tavern whip'),
      waitMs: 5_000,
    },
  ])('$title is ready $waitMs ms after its use, and not before; who asked for it is told, once', (it) => {
    const table = createTable();
    table.fund(alice, 10_000);
    table.fund(bob, 10_000);
    table.draw(() => seedWhere((random) => random.int(10_000) >= 8_000));
    expect(it.use(table).refused).toBeUndefined();
    const set = table.press(alice, buttonFor(table.say(alice, 'cooldowns'), it.name));
    expect(set.reply.replaces).toBe(true);
    expect(set.words).toContain('you will be told');
    table.wait(it.waitMs - 1);
    table.fall();
    expect(table.say(alice, 'cooldowns').words).not.toContain(`**${it.title}**: ready now`);
    expect(told(table)).toEqual([]);
    table.wait(1);
    table.fall();
    expect(table.say(alice, 'cooldowns').words).toContain(`**${it.title}**: ready now`);
    expect(told(table)).toHaveLength(1);
    table.wait(8 * dayMs);
    table.fall();
    expect(told(table)).toHaveLength(1);
    expect(table.state.count(reminders)).toBe(0);
  });

  test('a reminder waits on where the thing is used again', () => {
    const table = createTable();
    table.say(alice, 'tavern whip');
    table.press(alice, buttonFor(table.say(alice, 'cooldowns'), 'whip'));
    table.wait(5_000);
    table.say(alice, 'tavern whip');
    table.fall();
    expect(told(table)).toEqual([]);
    table.wait(5_000);
    table.fall();
    expect(told(table)).toEqual([[alice, 'economy.tavern.title']]);
  });

  test('a button switches one way: pressed twice it does nothing more, and another takes it back', () => {
    const table = createTable();
    table.say(alice, 'daily');
    const on = buttonFor(table.say(alice, 'cooldowns'), 'daily');
    const shown = table.press(alice, on);
    table.press(alice, on);
    expect(table.state.count(reminders)).toBe(1);
    expect(ownTimers(table)).toHaveLength(1);
    const off = buttonFor(shown, 'daily');
    table.press(alice, off);
    table.press(alice, off);
    expect(table.state.count(reminders)).toBe(0);
    expect(ownTimers(table)).toEqual([]);
  });

  test('an old button is the presser’s own, and for what is ready it sets nothing', () => {
    const table = createTable();
    table.say(alice, 'daily');
    const on = buttonFor(table.say(alice, 'cooldowns'), 'daily');
    table.press(bob, on);
    expect(table.state.count(reminders)).toBe(0);
    table.wait(dayMs);
    table.press(alice, on);
    expect(table.state.count(reminders)).toBe(0);
  });

  test.each([
    [{ name: 'nothing', to: 'on' }, 'economy.cooldowns.none'],
    [{ name: '__proto__', to: 'on' }, 'economy.cooldowns.none'],
    [{ name: '\u001f', to: 'off' }, undefined],
    [{ name: 'daily', to: 'up' }, 'core.input.options'],
    [{ name: 'x'.repeat(25), to: 'on' }, 'core.input.options'],
    [{}, 'core.input.options'],
  ])('a forged button %j changes nothing', (input, refused) => {
    const table = createTable();
    expect(table.press(alice, `g1~statistics.toggle~1~${JSON.stringify(input)}`).refused).toBe(refused);
    expect(table.state.count(reminders)).toBe(0);
  });
});
