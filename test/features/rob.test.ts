import { describe, expect, test } from 'vitest';
import { attemptRob, type RobFigures, robAverage, robSpan } from '../../src/features/wallet/rules.ts';
import { coins } from '../../src/kernel/money.ts';
import type { Random } from '../../src/kernel/random.ts';
import {
  alice,
  bob,
  carol,
  createTable,
  dayMs,
  field,
  member,
  minuteMs,
  person,
  seedWhere,
  type Table,
} from './table.ts';

const figures: RobFigures = { success: 3_000, maxSteal: 2_000, fine: 1_000 };
const ceiling = 1_000_000_000_000_000;

const succeeding = seedWhere((random) => random.int(10_000) < 500);
const failing = seedWhere((random) => random.int(10_000) >= 8_000);
const succeed = (table: Table): void => table.draw(() => succeeding);
const fail = (table: Table): void => table.draw(() => failing);

/** A source that gives prepared draws and remembers what they were drawn from. */
const prepared = (draws: readonly number[]): { random: Random; belows: number[] } => {
  const belows: number[] = [];
  const left = [...draws];
  return {
    belows,
    random: {
      int: (below) => {
        belows.push(below);
        return left.shift() ?? 0;
      },
    },
  };
};

/** Every outcome of the rule with its weight, by running it on each draw there is. */
const enumerate = (wallet: number, of: RobFigures) => {
  const outcomes: { weight: number; coins: number }[] = [];
  for (let first = 0; first < 10_000; first += 1) {
    const { random, belows } = prepared([first]);
    const result = attemptRob(random, coins(wallet), of);
    const choices = belows[1];
    if (choices === undefined) {
      outcomes.push({ weight: 1, coins: result.succeeded ? result.coins : 0 - result.coins });
      continue;
    }
    for (let second = 0; second < choices; second += 1) {
      const drawn = attemptRob(prepared([first, second]).random, coins(wallet), of);
      outcomes.push({ weight: 1 / choices, coins: drawn.succeeded ? drawn.coins : 0 - drawn.coins });
    }
  }
  return outcomes;
};

describe('the rule of robbing', () => {
  test.each([
    { wallet: 1, least: 1, most: 1 },
    { wallet: 4, least: 1, most: 1 },
    { wallet: 100, least: 20, most: 20 },
    { wallet: 249, least: 49, most: 49 },
    { wallet: 250, least: 50, most: 50 },
    { wallet: 1_000, least: 50, most: 200 },
    { wallet: ceiling, least: 50, most: 200_000_000_000_000 },
  ])('a wallet of $wallet gives $least to $most', ({ wallet, least, most }) => {
    expect(robSpan(coins(wallet), figures)).toEqual({ least, most });
  });

  test.each([
    { wallet: 250, average: -2.5 },
    { wallet: 1_000, average: -32.5 },
    { wallet: 10_000, average: -392.5 },
  ])('against $wallet an attempt brings $average on average: 7.5 − 0.04 T', ({ wallet, average }) => {
    expect(robAverage(coins(wallet), figures)).toBeCloseTo(average, 9);
    expect(average).toBeCloseTo(7.5 - 0.04 * wallet, 9);
  });

  test.each([
    { wallet: 250, of: figures },
    { wallet: 1_000, of: figures },
    { wallet: 333, of: { success: 8_000, maxSteal: 5_000, fine: 0 } },
    { wallet: 299, of: { success: 500, maxSteal: 100, fine: 5_000 } },
  ])('the stated average is exact: enumerated over all draws against $wallet', ({ wallet, of }) => {
    const outcomes = enumerate(wallet, of);
    const weight = outcomes.reduce((sum, outcome) => sum + outcome.weight, 0);
    const sum = outcomes.reduce((total, outcome) => total + outcome.weight * outcome.coins, 0);
    expect(weight).toBeCloseTo(10_000, 4);
    expect(sum / 10_000).toBeCloseTo(robAverage(coins(wallet), of), 6);
  });

  test('exactly the stated share of draws succeeds', () => {
    const won = enumerate(250, figures).filter((outcome) => outcome.coins > 0);
    expect(won).toHaveLength(3_000);
  });
});

describe('/rob', () => {
  test('a success moves the loot from wallet to wallet and tells the victim', () => {
    const table = createTable();
    table.fund(alice, 10);
    table.fund(bob, 1_000, 5_000);
    succeed(table);
    const answered = table.say(alice, 'rob', { member: person(bob) });
    const loot = table.account(alice).wallet - 10;
    expect(loot).toBeGreaterThanOrEqual(50);
    expect(loot).toBeLessThanOrEqual(200);
    expect(table.account(bob)).toMatchObject({ wallet: 1_000 - loot, bank: 5_000 });
    expect(answered.reply).toMatchObject({ private: false, mentions: [bob] });
    expect(field(answered, 'Stolen')).toBe(`${loot} coins`);
    expect(field(answered, 'Chance of success')).toBe('30%');
  });

  test.each([
    { wallet: 1_000, bank: 0, fromWallet: 100, fromBank: 0, owed: 0 },
    { wallet: 100, bank: 0, fromWallet: 100, fromBank: 0, owed: 0 },
    { wallet: 30, bank: 500, fromWallet: 30, fromBank: 70, owed: 0 },
    { wallet: 30, bank: 50, fromWallet: 30, fromBank: 50, owed: 20 },
    { wallet: 0, bank: 0, fromWallet: 0, fromBank: 0, owed: 100 },
  ])('a failure with $wallet and $bank pays $fromWallet and $fromBank, and owes $owed', (row) => {
    const table = createTable();
    table.fund(alice, row.wallet, row.bank);
    table.fund(bob, 1_000);
    fail(table);
    const answered = table.say(alice, 'rob', { member: person(bob) });
    expect(table.account(alice)).toMatchObject({
      wallet: row.wallet - row.fromWallet,
      bank: row.bank - row.fromBank,
      debt: row.owed,
    });
    expect(table.account(bob).wallet).toBe(1_000 + row.fromWallet + row.fromBank);
    expect(field(answered, 'Fine')).toBe('100 coins');
    expect(field(answered, 'From the wallet')).toBe(`${row.fromWallet} coins`);
    expect(field(answered, 'From the bank')).toBe(`${row.fromBank} coins`);
    expect(field(answered, 'New debt')).toBe(row.owed > 0 ? `${row.owed} coins` : undefined);
    expect(table.debtRows()).toEqual(row.owed > 0 ? [{ coins: row.owed, creditor: bob }] : []);
  });

  test.each([{ succeeds: true }, { succeeds: false }])(
    'the cooldown starts on every attempt ($succeeds)',
    ({ succeeds }) => {
      const table = createTable();
      table.fund(alice, 10_000);
      table.fund(bob, 10_000);
      table.fund(carol, 10_000);
      (succeeds ? succeed : fail)(table);
      expect(table.say(alice, 'rob', { member: person(bob) }).refused).toBeUndefined();
      table.wait(60 * minuteMs - 1);
      expect(table.say(alice, 'rob', { member: person(carol) }).refused).toBe('economy.rob.cooldown');
      table.wait(1);
      expect(table.say(alice, 'rob', { member: person(carol) }).refused).toBeUndefined();
    },
  );

  test('a refused attempt starts no cooldown and draws nothing', () => {
    const table = createTable();
    table.fund(alice, 1_000);
    table.fund(bob, 249);
    table.draw(() => {
      throw new Error('nothing is drawn');
    });
    expect(table.say(alice, 'rob', { member: person(bob) }).refused).toBe('economy.rob.poor');
    expect(table.account(alice).robTriedAt).toBeUndefined();
  });

  test('whoever was robbed is safe for 30 minutes; whoever was only tried is not', () => {
    const table = createTable();
    for (const who of [alice, bob, carol, member(4)]) table.fund(who, 10_000);
    fail(table);
    table.say(alice, 'rob', { member: person(bob) });
    succeed(table);
    expect(table.say(carol, 'rob', { member: person(bob) }).refused).toBeUndefined();
    table.wait(30 * minuteMs - 1);
    const answered = table.say(member(4), 'rob', { member: person(bob) });
    expect(answered.refused).toBe('economy.rob.protected');
    expect(answered.words).toContain(`<t:${Math.floor((table.clock.now + 1) / 1000)}:R>`);
    table.wait(1);
    expect(table.say(member(4), 'rob', { member: person(bob) }).refused).toBeUndefined();
  });

  test.each([
    { name: 'oneself', target: person(alice), refused: 'economy.rob.self' },
    { name: 'a bot', target: person(bob, { bot: true }), refused: 'economy.rob.bot' },
    { name: 'somebody who is not here', target: person(bob, { present: false }), refused: 'economy.rob.absent' },
    { name: 'a thin wallet', target: person(carol), refused: 'economy.rob.poor' },
  ])('$name cannot be robbed', ({ target, refused }) => {
    const table = createTable();
    table.fund(alice, 1_000);
    table.fund(bob, 1_000);
    table.fund(carol, 249, 100_000);
    expect(table.say(alice, 'rob', { member: target }).refused).toBe(refused);
  });

  test('somebody who has not been around for 30 days is left alone', () => {
    const table = createTable();
    table.fund(alice, 1_000);
    table.fund(bob, 1_000);
    table.wait(30 * dayMs + 1);
    expect(table.say(alice, 'rob', { member: person(bob) }).refused).toBe('economy.rob.inactive');
    table.say(bob, 'bank deposit', { amount: '1' });
    expect(table.say(alice, 'rob', { member: person(bob) }).refused).toBeUndefined();
  });

  test.each([
    { key: 'rob.enabled', value: 'off', refused: 'economy.rob.off' },
    { key: 'rob.min_wallet', value: '1001', refused: 'economy.rob.poor' },
    { key: 'rob.min_wallet', value: '1000', refused: undefined },
  ])('$key $value', ({ key, value, refused }) => {
    const table = createTable();
    table.fund(alice, 1_000);
    table.fund(bob, 1_000);
    table.set(key, value);
    expect(table.say(alice, 'rob', { member: person(bob) }).refused).toBe(refused);
  });

  test('rob.cooldown_min, rob.protect_min, rob.fine and rob.max_steal hold', () => {
    const table = createTable();
    for (const who of [alice, bob, carol]) table.fund(who, 1_000);
    table.set('rob.cooldown_min', '1');
    table.set('rob.protect_min', '0');
    table.set('rob.max_steal', '1%');
    table.set('rob.fine', '50%');
    succeed(table);
    table.say(alice, 'rob', { member: person(bob) });
    expect(table.account(bob).wallet).toBe(990);
    table.wait(minuteMs);
    fail(table);
    table.say(alice, 'rob', { member: person(bob) });
    expect(table.account(alice).wallet).toBe(1_010 - 495);
  });

  test('a fine of 0 moves nothing and still starts the cooldown', () => {
    const table = createTable();
    table.fund(alice, 1_000);
    table.fund(bob, 1_000);
    table.set('rob.fine', '0');
    fail(table);
    expect(table.say(alice, 'rob', { member: person(bob) }).refused).toBeUndefined();
    expect(table.account(alice).wallet).toBe(1_000);
    expect(table.say(alice, 'rob', { member: person(bob) }).refused).toBe('economy.rob.cooldown');
  });

  test('loot pays the robber’s debts first', () => {
    const table = createTable();
    table.fund(alice, 0);
    table.fund(bob, 1_000);
    table.fund(carol, 10_000);
    fail(table);
    table.say(alice, 'rob', { member: person(bob) });
    table.wait(60 * minuteMs);
    succeed(table);
    const answered = table.say(alice, 'rob', { member: person(carol) });
    const loot = 10_000 - table.account(carol).wallet;
    const paid = Math.min(100, loot);
    expect(table.account(alice)).toMatchObject({ wallet: loot - paid, debt: 100 - paid });
    expect(table.account(bob).wallet).toBe(1_000 + paid);
    expect(field(answered, 'Paid to debts')).toBe(`${paid} coins`);
  });

  test('fault 7: what could pass a ceiling is refused before anything is drawn', () => {
    const table = createTable();
    table.fund(alice, ceiling);
    table.fund(bob, 1_000);
    table.draw(() => {
      throw new Error('nothing is drawn');
    });
    expect(table.say(alice, 'rob', { member: person(bob) }).refused).toBe('economy.rob.rich');
    expect(table.say(bob, 'rob', { member: person(alice) }).refused).toBe('economy.rob.rich');
  });

  test('fault 11: robbing and paying at once leaves nobody below zero', () => {
    const table = createTable();
    table.fund(alice, 0);
    table.fund(bob, 250);
    succeed(table);
    table.say(alice, 'rob', { member: person(bob) });
    expect(table.say(bob, 'pay', { member: person(carol), amount: '250' }).refused).toBe('economy.pay.poor');
    expect(table.account(bob).wallet).toBe(200);
  });

  test('fault 17: a clock that moves backwards does not shorten the cooldown', () => {
    const table = createTable();
    table.fund(alice, 1_000);
    table.fund(bob, 1_000);
    fail(table);
    table.say(alice, 'rob', { member: person(bob) });
    table.wait(-5 * dayMs);
    expect(table.say(alice, 'rob', { member: person(bob) }).refused).toBe('economy.rob.cooldown');
  });

  test('fault 19: the outcome comes from the operation’s own seed', () => {
    const outcome = (seed: Uint8Array): number => {
      const table = createTable();
      table.fund(alice, 1_000);
      table.fund(bob, 1_000);
      table.draw(() => seed);
      table.say(alice, 'rob', { member: person(bob) });
      return table.account(alice).wallet;
    };
    expect(outcome(succeeding)).toBe(outcome(succeeding));
    expect(outcome(succeeding)).toBeGreaterThan(1_000);
    expect(outcome(failing)).toBe(900);
  });
});
