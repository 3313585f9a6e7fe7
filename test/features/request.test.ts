import { describe, expect, test } from 'vitest';
import { requests } from '../../src/features/wallet/state.ts';
import type { MemberId } from '../../src/kernel/ids.ts';
import type { Button } from '../../src/kernel/reply.ts';
import { timers } from '../../src/kernel/timer.ts';
import { discordRefuses } from './limits.ts';
import {
  type Answered,
  alice,
  bob,
  carol,
  createTable,
  dayMs,
  field,
  hourMs,
  member,
  person,
  seedWhere,
  startOfTime,
  type Table,
} from './table.ts';

const ceiling = 1_000_000_000_000_000;

const buttons = (answered: Answered): { readonly accept: string; readonly decline: string } => {
  const [accept, decline] = (answered.reply.rows ?? []).flat() as Button[];
  return { accept: accept?.customId ?? '', decline: decline?.customId ?? '' };
};

/** Alice asks; Bob has 1,000 coins. */
const asking = (amount = '250', more: Readonly<Record<string, unknown>> = {}) => {
  const table = createTable();
  table.fund(alice, 10);
  table.fund(bob, 1_000, 500);
  const asked = table.say(alice, 'request', { member: person(bob), amount, ...more });
  if (asked.refused !== undefined) throw new Error(asked.refused);
  return { table, asked, ...buttons(asked) };
};

const open = (table: Table): number => table.state.count(requests);
const deadlines = (table: Table): number => table.state.count(timers);

describe('/request', () => {
  test('asks in public, mentions the asked member alone, and moves nothing', () => {
    const { table, asked } = asking();
    expect(asked.reply).toMatchObject({ private: false, mentions: [bob] });
    expect(asked.reply.content).toBe(`<@${bob}>: <@${alice}> asks you for **250** coins.`);
    expect(field(asked, 'Amount')).toBe('250 coins');
    expect(field(asked, 'Runs out')).toBe(`<t:${(startOfTime + dayMs) / 1000}:R>`);
    expect(asked.reply.embeds?.[0]?.footer).toBeUndefined();
    expect(discordRefuses(asked.reply)).toEqual([]);
    expect(table.account(alice).wallet).toBe(10);
    expect(table.account(bob).wallet).toBe(1_000);
  });

  test('fault 38: a note is shown as it is, where Discord gives no marking or mention an effect', () => {
    const note = '[free](https://example.com) @everyone <@&1>\n# loud';
    const { asked } = asking('1', { note });
    expect(asked.reply.embeds?.[0]?.footer).toBe(`“${note}”`);
    expect(asked.reply.mentions).toEqual([bob]);
    expect(asked.reply.content).not.toContain('@everyone');
  });

  test('its buttons fit Discord’s ids for the longest member ids', () => {
    const table = createTable();
    const longest = '99999999999999999999' as MemberId;
    expect(discordRefuses(table.say(longest, 'request', { member: person(bob), amount: '1' }).reply)).toEqual([]);
  });

  test.each([
    { input: { member: person(alice), amount: '1' }, refused: 'economy.request.self' },
    { input: { member: person(bob, { bot: true }), amount: '1' }, refused: 'economy.request.bot' },
    { input: { member: person(bob, { present: false }), amount: '1' }, refused: 'economy.request.absent' },
    { input: { amount: '1' }, refused: 'core.input.missing' },
    { input: { member: person(bob) }, refused: 'core.input.missing' },
    { input: { member: { id: '__proto__' }, amount: '1' }, refused: 'core.input.member' },
    { input: { member: person(bob), amount: '1', note: '' }, refused: 'core.input.text' },
    { input: { member: person(bob), amount: '1', note: 'x'.repeat(101) }, refused: 'core.input.too-long' },
    { input: { member: person(bob), amount: '1', note: 5 }, refused: 'core.input.text' },
    { input: { member: person(bob), amount: '1', extra: 1 }, refused: 'core.input.unknown-option' },
  ])('refuses $input with $refused', ({ input, refused }) => {
    const table = createTable();
    expect(table.say(alice, 'request', input).refused).toBe(refused);
    expect(open(table)).toBe(0);
  });

  test.each<unknown>([
    'all',
    'half',
    '25%',
    '-5',
    '0',
    '-0',
    '1e3',
    'NaN',
    'Infinity',
    '0x10',
    '٣',
    '1.5',
    '½',
    '5abc',
    '',
    ' ',
    '1000000000000001',
    `1${'0'.repeat(400)}`,
    '__proto__',
    5,
    null,
    ['5'],
    { coins: 5 },
  ])('the amount %j is refused: a request names a whole number of coins', (amount) => {
    const table = createTable();
    const answered = table.say(alice, 'request', { member: person(bob), amount });
    expect(answered.refused).toBe('economy.request.no-amount');
    expect(open(table)).toBe(0);
  });

  test('three can be open at once, one for each member', () => {
    const table = createTable();
    const ask = (who: number) => table.say(alice, 'request', { member: person(member(who)), amount: '1' }).refused;
    expect(ask(11)).toBeUndefined();
    expect(ask(11)).toBe('economy.request.twice');
    expect(ask(12)).toBeUndefined();
    expect(ask(13)).toBeUndefined();
    expect(ask(14)).toBe('economy.request.many');
    expect(ask(13)).toBe('economy.request.twice');
    expect(table.say(bob, 'request', { member: person(member(11)), amount: '1' }).refused).toBeUndefined();
    expect(open(table)).toBe(4);
  });

  test('an answer makes room for the next', () => {
    const { table, decline } = asking();
    table.press(bob, decline);
    expect(table.say(alice, 'request', { member: person(bob), amount: '1' }).refused).toBeUndefined();
    expect(open(table)).toBe(1);
  });

  test('what is overdue makes room as well, though its deadline has not fallen yet', () => {
    const { table } = asking();
    table.wait(dayMs);
    expect(table.say(alice, 'request', { member: person(bob), amount: '1' }).refused).toBeUndefined();
    expect(open(table)).toBe(1);
    expect(deadlines(table)).toBe(1);
  });
});

describe('accepting', () => {
  test('pays from the wallet and puts the outcome in the place of the card', () => {
    const { table, accept } = asking();
    const answered = table.press(bob, accept);
    expect(answered.reply).toMatchObject({ private: false, replaces: true });
    expect(answered.reply.content).toBe(`<@${bob}> accepted and paid <@${alice}> **250** coins.`);
    expect(answered.reply.rows).toBeUndefined();
    expect(answered.words).not.toContain('750');
    expect(table.account(alice).wallet).toBe(260);
    expect(table.account(bob)).toMatchObject({ wallet: 750, bank: 500 });
    expect([open(table), deadlines(table)]).toEqual([0, 0]);
    expect(table.say(bob, 'bank history').words).toContain(`Paid to <@${alice}>: -250 wallet`);
  });

  test('pay.tax is taken as from any payment', () => {
    const { table, accept } = asking();
    table.set('pay.tax', '10%');
    expect(field(table.press(bob, accept), 'Tax')).toBe('25 coins');
    expect(table.account(alice).wallet).toBe(235);
    expect(table.supply().burned).toBe(25n);
  });

  test('faults 20 and 27: pressed twice it pays once, and the second press is told so in private', () => {
    const { table, accept, decline } = asking();
    table.press(bob, accept);
    for (const press of [accept, decline, accept]) {
      const answered = table.press(bob, press);
      expect(answered.refused).toBe('economy.request.answered');
      expect(answered.reply.private).toBe(true);
    }
    expect(table.account(alice).wallet).toBe(260);
  });

  test('fault 24: nobody else can answer, not even who asked', () => {
    const { table, accept, decline } = asking();
    for (const who of [carol, alice]) {
      const answered = table.press(who, accept);
      expect(answered.refused).toBe('economy.request.not-yours');
      expect(answered.reply.private).toBe(true);
      expect(answered.words).toContain(`<@${bob}>`);
    }
    expect(table.press(carol, decline).refused).toBe('economy.request.not-yours');
    expect(open(table)).toBe(1);
    expect(table.account(bob).wallet).toBe(1_000);
  });

  test('funds are checked when it is accepted; what is missing leaves the request open', () => {
    const { table, accept } = asking('1,000');
    table.say(bob, 'bank deposit', { amount: '1' });
    expect(table.press(bob, accept).refused).toBe('economy.pay.poor');
    expect([open(table), deadlines(table)]).toEqual([1, 1]);
    table.say(bob, 'bank withdraw', { amount: '1' });
    expect(table.press(bob, accept).refused).toBeUndefined();
    expect(table.account(alice).wallet).toBe(1_010);
  });

  test('a debt comes before what others ask for', () => {
    const { table, accept } = asking();
    table.draw(() => seedWhere((random) => random.int(10_000) >= 8_000));
    table.fund(carol, 20_000);
    table.say(bob, 'rob', { member: person(carol) });
    expect(table.account(bob).debt).toBe(500);
    table.fund(bob, 5_000);
    expect(table.press(bob, accept).refused).toBe('economy.pay.debt');
    table.say(bob, 'balance');
    expect(table.press(bob, accept).refused).toBeUndefined();
  });

  test('fault 8: where the receiver has no room nothing is paid, and the request stays', () => {
    const { table, accept } = asking();
    table.fund(alice, ceiling - 10 - 249);
    expect(table.press(bob, accept).refused).toBe('economy.money.full');
    expect(table.account(bob).wallet).toBe(1_000);
    expect(open(table)).toBe(1);
  });

  test('nobody who has left is paid', () => {
    const { table, accept } = asking();
    table.leave(alice);
    expect(table.press(bob, accept).refused).toBe('economy.request.left');
    expect(table.account(bob).wallet).toBe(1_000);
  });
});

describe('declining', () => {
  test('puts the outcome in the place of the card and moves nothing', () => {
    const { table, accept, decline } = asking();
    const answered = table.press(bob, decline);
    expect(answered.reply).toMatchObject({ private: false, replaces: true });
    expect(answered.reply.content).toBe(`<@${bob}> declined the request of <@${alice}> for **250** coins.`);
    expect([open(table), deadlines(table)]).toEqual([0, 0]);
    expect(table.press(bob, accept).refused).toBe('economy.request.answered');
    expect(table.account(bob).wallet).toBe(1_000);
  });

  test('by whoever asked takes the request back', () => {
    const { table, accept, decline } = asking();
    expect(table.press(alice, decline).reply.content).toBe(
      `<@${alice}> took back the request to <@${bob}> for **250** coins.`,
    );
    expect(table.press(bob, accept).refused).toBe('economy.request.answered');
  });
});

describe('the deadline', () => {
  test.each([
    { hours: '1', later: hourMs },
    { hours: '24', later: dayMs },
    { hours: '168', later: 7 * dayMs },
  ])('request.deadline_h $hours: falls $later ms later', ({ hours, later }) => {
    const table = createTable();
    table.set('request.deadline_h', hours);
    table.fund(bob, 1_000);
    const { accept } = buttons(table.say(alice, 'request', { member: person(bob), amount: '5' }));
    table.wait(later - 1);
    expect(table.fall()).toBe(0);
    table.wait(1);
    expect(table.fall()).toBe(1);
    expect([open(table), deadlines(table)]).toEqual([0, 0]);
    const answered = table.press(bob, accept);
    expect(answered.refused).toBeUndefined();
    expect(answered.reply).toMatchObject({ private: false, replaces: true });
    expect(answered.reply.content).toContain('has run out');
    expect(table.account(bob).wallet).toBe(1_000);
  });

  test('holds from its moment on, also before it has fallen', () => {
    for (const press of ['accept', 'decline'] as const) {
      const { table, ...asked } = asking();
      table.wait(dayMs);
      expect(table.press(bob, asked[press]).reply.content).toContain('has run out');
      expect(table.account(bob).wallet).toBe(1_000);
      expect([open(table), deadlines(table)]).toEqual([0, 0]);
    }
  });

  test('of an answered request changes nothing', () => {
    const { table, accept } = asking();
    table.press(bob, accept);
    table.wait(2 * dayMs);
    expect(table.fall()).toBe(0);
    const { commits } = table.state;
    expect(table.press(bob, accept).reply.content).toContain('has run out');
    expect(table.state.commits).toBe(commits);
  });

  test('a task of its own cannot be reached by a forged control', () => {
    const { table } = asking();
    const [key = ''] = [...table.state.rows(requests).keys()];
    const [by, id] = key.split('\u001f');
    expect(table.press(alice, `g1~economy.request.expire~1~{"by":"${by}","id":"${id}"}`).refused).toBe(
      'core.only.runtime',
    );
    expect(open(table)).toBe(1);
  });
});

test.each([
  '{}',
  '{"by":"1","id":"000000001","until":1}',
  `{"by":"${alice}","id":"x","until":1}`,
  `{"by":"${alice}","id":"00000000\\u001f","until":1}`,
  `{"by":"${alice}","id":"000000001","until":"1"}`,
  `{"by":"${alice}","id":"000000001","until":-1}`,
  `{"by":"${alice}","id":"000000001","until":0.5}`,
  `{"by":"${alice}","id":"000000001"}`,
  `{"by":"${alice}","id":"000000001","until":1,"asked":"1"}`,
  `{"by":"__proto__","id":"000000001","until":1}`,
])('fault 25: the forged input %j is a refusal', (input) => {
  const table = createTable();
  for (const what of ['accept', 'decline']) {
    expect(table.press(bob, `g1~economy.request.${what}~1~${input}`).refused).toBe('core.input.options');
  }
});
