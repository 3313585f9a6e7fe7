import { describe, expect, test } from 'vitest';
import { debts, ledger } from '../../src/features/wallet/state.ts';
import { creditorsMax } from '../../src/features/wallet/tuning.ts';
import type { MemberId } from '../../src/kernel/ids.ts';
import { coins } from '../../src/kernel/money.ts';
import {
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
  type Table,
} from './table.ts';

const ceiling = 1_000_000_000_000_000;
const failing = seedWhere((random) => random.int(10_000) >= 8_000);

/** Alice, who has nothing, is fined a tenth of each victim's wallet and owes all of it. */
const indebted = (wallets: readonly { readonly who: MemberId; readonly wallet: number }[]): Table => {
  const table = createTable();
  table.draw(() => failing);
  table.fund(alice, 0);
  for (const { who, wallet } of wallets) {
    table.fund(who, wallet);
    if (table.say(alice, 'rob', { member: person(who) }).refused !== undefined) throw new Error('refused');
    table.wait(hourMs);
  }
  return table;
};

const owesBoth = (): Table =>
  indebted([
    { who: bob, wallet: 1_000 },
    { who: carol, wallet: 2_000 },
  ]);

describe('debts', () => {
  test('looking at one’s own balance collects from the wallet and then the bank, oldest debt first', () => {
    const table = owesBoth();
    table.fund(alice, 120, 60);
    const answered = table.say(alice, 'balance');
    expect(table.account(alice)).toMatchObject({ wallet: 0, bank: 0, debt: 120 });
    expect(table.account(bob).wallet).toBe(1_100);
    expect(table.account(carol).wallet).toBe(2_080);
    expect(table.debtRows()).toEqual([{ coins: 120, creditor: carol }]);
    expect(field(answered, 'Debt')).toBe('120 coins');
    expect(answered.words).toContain('**180** of your debt');
    expect(answered.reply.embeds?.[0]?.color).toBe(0xe0b13c);
  });

  test('what is left after a debt stays: the wallet first, then the bank', () => {
    const table = indebted([{ who: bob, wallet: 1_000 }]);
    table.fund(alice, 40, 500);
    const answered = table.say(alice, 'balance');
    expect(table.account(alice)).toMatchObject({ wallet: 0, bank: 440, debt: 0 });
    expect(field(answered, 'Debt')).toBeUndefined();
    expect(table.debtRows()).toEqual([]);
  });

  test('naming oneself is looking at one’s own', () => {
    const table = indebted([{ who: bob, wallet: 1_000 }]);
    table.fund(alice, 300);
    expect(field(table.say(alice, 'balance', { member: person(alice) }), 'Wallet')).toBe('200 coins');
    expect(table.account(alice).debt).toBe(0);
  });

  test('with nothing to give, looking writes nothing', () => {
    const table = indebted([{ who: bob, wallet: 1_000 }]);
    const { commits } = table.state;
    expect(field(table.say(alice, 'balance'), 'Debt')).toBe('100 coins');
    expect(table.state.commits).toBe(commits);
  });

  test('somebody else looking collects nothing', () => {
    const table = indebted([{ who: bob, wallet: 1_000 }]);
    table.fund(alice, 500);
    table.say(bob, 'balance', { member: person(alice) });
    expect(table.account(alice)).toMatchObject({ wallet: 500, debt: 100 });
  });

  test.each([
    { wallet: 1_000, debt: 100, kept: 50, left: 0 },
    { wallet: 1_500, debt: 150, kept: 0, left: 0 },
    { wallet: 4_000, debt: 400, kept: 0, left: 250 },
  ])('the daily reward serves a debt of $debt first', ({ wallet, debt, kept, left }) => {
    const table = indebted([{ who: bob, wallet }]);
    const answered = table.say(alice, 'daily');
    expect(table.account(alice)).toMatchObject({ wallet: kept, debt: left });
    expect(table.account(bob).wallet).toBe(wallet + debt - left);
    expect(answered.words).toContain(`${debt - left} of it went to your debts, ${kept} to your wallet`);
    expect(field(answered, 'Debt')).toBe(left > 0 ? `${left} coins` : undefined);
  });

  test('a debt blocks paying others, and the refusal says what helps', () => {
    const table = indebted([{ who: bob, wallet: 1_000 }]);
    table.fund(alice, 500);
    const refused = table.say(alice, 'pay', { member: person(carol), amount: '1' });
    expect(refused.refused).toBe('economy.pay.debt');
    expect(refused.words).toContain('/balance');
    table.say(alice, 'balance');
    expect(table.say(alice, 'pay', { member: person(carol), amount: '1' }).refused).toBeUndefined();
  });

  test('moving coins between one’s own purses serves no debt', () => {
    const table = indebted([{ who: bob, wallet: 1_000 }]);
    table.fund(alice, 500);
    table.say(alice, 'bank deposit', { amount: '500' });
    table.say(alice, 'bank withdraw', { amount: '200' });
    expect(table.account(alice)).toMatchObject({ wallet: 200, bank: 300, debt: 100 });
  });

  test('debts to one creditor are one row', () => {
    const table = indebted([{ who: bob, wallet: 1_000 }]);
    table.say(alice, 'rob', { member: person(bob) });
    expect(table.debtRows()).toEqual([{ coins: 200, creditor: bob }]);
    expect(table.account(alice).debt).toBe(200);
  });

  test('a creditor at the ceiling is paid another time, and others before', () => {
    const table = owesBoth();
    table.fund(bob, ceiling - 1_000 - 30);
    table.fund(alice, 500);
    table.say(alice, 'balance');
    expect(table.account(bob).wallet).toBe(ceiling);
    expect(table.account(carol).wallet).toBe(2_200);
    expect(table.account(alice)).toMatchObject({ wallet: 500 - 30 - 200, debt: 70 });
    table.say(bob, 'bank deposit', { amount: '1000' });
    table.say(alice, 'balance');
    expect(table.account(alice)).toMatchObject({ wallet: 200, debt: 0 });
  });

  test(`nobody owes more than ${creditorsMax} members: the next attempt is refused, with what helps`, () => {
    const victims = Array.from({ length: creditorsMax }, (_, index) => ({ who: member(100 + index), wallet: 1_000 }));
    const table = indebted(victims);
    table.fund(bob, 1_000);
    const refused = table.say(alice, 'rob', { member: person(bob) });
    expect(refused.refused).toBe('economy.rob.owing');
    expect(refused.words).toContain('/daily');
    expect(table.say(alice, 'rob', { member: person(member(100)) }).refused).toBeUndefined();
    expect(table.debtRows()).toHaveLength(creditorsMax);
    table.wait(hourMs);
    // Older debts come first: what there is pays one of those, and there is room for another.
    table.fund(alice, 200);
    expect(table.say(alice, 'rob', { member: person(bob) }).refused).toBe('economy.rob.owing');
    table.say(alice, 'balance');
    expect(table.say(alice, 'rob', { member: person(bob) }).refused).toBeUndefined();
    expect(table.debtRows()).toHaveLength(creditorsMax);
    expect(table.account(bob).wallet).toBe(1_000);
  });

  test('a full round of creditors is paid in one operation', () => {
    const victims = Array.from({ length: creditorsMax }, (_, index) => ({ who: member(100 + index), wallet: 1_000 }));
    const table = indebted(victims);
    table.fund(alice, 0, 10_000);
    table.say(alice, 'balance');
    expect(table.account(alice)).toMatchObject({ bank: 10_000 - 100 * creditorsMax, debt: 0 });
    for (const { who } of victims) expect(table.account(who).wallet).toBe(1_100);
  });

  test('a debt whose creditor was forgotten is burned when it is collected', () => {
    const table = owesBoth();
    for (const [key, row] of table.state.rows(debts)) {
      if (typeof debts.forget !== 'function') throw new Error('a debt names its creditor');
      table.state.rows(debts).set(key, debts.forget(row as { coins: ReturnType<typeof coins> }, bob));
    }
    table.fund(alice, 1_000);
    table.say(alice, 'balance');
    expect(table.account(bob).wallet).toBe(1_000);
    expect(table.account(carol).wallet).toBe(2_200);
    expect(table.account(alice)).toMatchObject({ wallet: 700, debt: 0 });
    expect(table.supply().burned).toBe(100n);
    expect(table.debtRows()).toEqual([]);
  });

  test('the other side of a ledger entry is forgotten by itself', () => {
    const { forget } = ledger;
    if (typeof forget !== 'function') throw new Error('an entry names another member');
    const table = indebted([{ who: bob, wallet: 1_000 }]);
    table.wait(dayMs);
    table.say(alice, 'daily');
    const named = [...table.state.rows(ledger).values()].filter((row) => JSON.stringify(row).includes(bob));
    expect(named.length).toBeGreaterThan(0);
    for (const row of named) expect(JSON.stringify(forget(row as never, bob))).not.toContain(bob);
  });
});
