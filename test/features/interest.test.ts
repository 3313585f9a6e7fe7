import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { interestOver } from '../../src/features/wallet/rules.ts';
import { accounts } from '../../src/features/wallet/state.ts';
import type { MemberId } from '../../src/kernel/ids.ts';
import { coins } from '../../src/kernel/money.ts';
import { timers } from '../../src/kernel/timer.ts';
import { alice, bob, carol, createTable, dayMs, member, person, seedWhere, type Table } from './table.ts';

const ceiling = 1_000_000_000_000_000;
const failing = seedWhere((random) => random.int(10_000) >= 8_000);

/** The run of today, five minutes after midnight or later. */
const night = (table: Table, missed = 0): void => {
  const { now } = table.clock;
  table.runTask('economy.interest', { date: new Date(now).toISOString().slice(0, 10), dueAt: now, missed });
  table.fall();
};

/** A bank that was filled yesterday at noon. */
const banked = (who: MemberId, bank: number, wallet = 0): Table => {
  const table = createTable();
  table.fund(who, wallet, bank);
  table.wait(dayMs);
  return table;
};

describe('interest', () => {
  test.each([
    { bank: 0, interest: 0 },
    { bank: 199, interest: 0 },
    { bank: 200, interest: 1 },
    { bank: 399, interest: 1 },
    { bank: 400, interest: 2 },
    { bank: 12_345, interest: 61 },
    { bank: 1_000_000, interest: 5_000 },
    { bank: 1_000_200, interest: 5_000 },
    { bank: ceiling - 5_000, interest: 5_000 },
    { bank: ceiling - 4_999, interest: 0 },
    { bank: ceiling, interest: 0 },
  ])('of a bank of $bank is $interest a day', ({ bank, interest }) => {
    const table = banked(alice, bank, 777);
    const { minted } = table.supply();
    night(table);
    expect(table.account(alice)).toMatchObject({ wallet: 777, bank: bank + interest });
    expect(table.supply().minted - minted).toBe(BigInt(interest));
  });

  test('is in the history, on the bank’s card and in the help', () => {
    const table = banked(alice, 10_000);
    night(table);
    expect(table.say(alice, 'bank history').words).toContain('Interest: +50 bank → 0 + 10,050');
    const told = '200 coins or more bring 0.5% interest each night, at most 5,000 coins.';
    expect(table.say(alice, 'bank open').words).toContain(told);
    expect(table.say(alice, 'help', { command: 'bank open' }).words).toContain('brings 0.5% of itself');
  });

  test.each([
    { key: 'bank.interest', value: '0%', interest: 0, told: 'There is no interest in this server.' },
    { key: 'bank.interest', value: '2%', interest: 5_000, told: 'bring 2% interest' },
    { key: 'bank.interest', value: '0.01%', interest: 100, told: 'bring 0.01% interest' },
    { key: 'bank.interest_cap', value: '0', interest: 5_005, told: 'bring 0.5% interest each night.' },
    { key: 'bank.interest_cap', value: '7', interest: 7, told: 'at most 7 coins' },
  ])('$key $value: a bank of 1,001,000 brings $interest', ({ key, value, interest, told }) => {
    const table = banked(alice, 1_001_000);
    table.set(key, value);
    expect(table.say(alice, 'bank open').words).toContain(told);
    night(table);
    expect(table.account(alice).bank).toBe(1_001_000 + interest);
  });

  test.each([
    { key: 'bank.interest', value: '2.01%' },
    { key: 'bank.interest', value: '-0.5%' },
    { key: 'bank.interest', value: 'NaN' },
    { key: 'bank.interest_cap', value: '1,000,000,001' },
    { key: 'bank.interest_cap', value: '-1' },
    { key: 'bank.interest_cap', value: '1e3' },
  ])('$key cannot be $value', ({ key, value }) => {
    expect(() => createTable().set(key, value)).toThrow();
  });

  test('fault 50: a second run of the same date changes nothing', () => {
    const table = banked(alice, 10_000);
    night(table);
    const rows = JSON.stringify([...table.state.rows(accounts)]);
    night(table);
    night(table, 6);
    expect(JSON.stringify([...table.state.rows(accounts)])).toBe(rows);
  });

  test('an earlier date than the last one paid brings nothing', () => {
    const table = banked(alice, 10_000);
    night(table);
    table.wait(-3 * dayMs);
    night(table, 6);
    expect(table.account(alice).bank).toBe(10_050);
  });

  test.each([
    { missed: 0, bank: 10_050 },
    { missed: 1, bank: 10_100 },
    { missed: 2, bank: 10_150 },
    // From the fifth step on the bank is 10,200 or more, and a step brings 51.
    { missed: 6, bank: 10_353 },
    { missed: 7, bank: 10_353 },
    { missed: 1_000, bank: 10_353 },
  ])('fault 49: $missed missed days are made up for, a step a day, seven at most', ({ missed, bank }) => {
    const table = createTable();
    table.fund(alice, 0, 10_000);
    table.wait(dayMs);
    night(table);
    table.say(alice, 'bank withdraw', { amount: '50' });
    table.wait((missed + 1) * dayMs);
    night(table, missed);
    expect(table.account(alice).bank).toBe(bank);
    expect(table.ledgerRows().filter(({ kind }) => kind === 'interest')).toHaveLength(2);
  });

  test('nobody gets interest for days before their first', () => {
    const table = createTable();
    table.fund(alice, 0, 10_000);
    night(table);
    expect(table.account(alice).bank).toBe(10_000);
    table.wait(dayMs);
    table.fund(bob, 0, 10_000);
    night(table, 6);
    expect(table.account(alice).bank).toBe(10_050);
    expect(table.account(bob).bank).toBe(10_000);
  });

  test('a bank without interest is not written to', () => {
    const table = banked(alice, 199);
    const { commits } = table.state;
    night(table);
    expect(table.state.commits).toBe(commits);
  });

  test('goes over every account in steps, and the accounts after a crash between two', () => {
    const table = createTable();
    const players = Array.from({ length: 450 }, (_, index) => member(1_000 + index));
    for (const who of players) table.fund(who, 0, 1_000);
    table.wait(dayMs);
    const { now } = table.clock;
    const run = { date: new Date(now).toISOString().slice(0, 10), dueAt: now, missed: 0 };
    const paid = (): number => players.filter((who) => table.account(who).bank === 1_005).length;
    table.runTask('economy.interest', run);
    expect(paid()).toBe(200);
    // The first step once more, as if its end had been lost: it pays nobody twice.
    table.runTask('economy.interest', run);
    expect(paid()).toBe(200);
    expect(table.state.count(timers)).toBe(1);
    expect(table.fall()).toBe(2);
    expect(paid()).toBe(450);
    expect(table.state.count(timers)).toBe(0);
  });

  property.prop([
    fc.integer({ min: 0, max: ceiling }),
    fc.integer({ min: -3, max: 9 }),
    fc.record({ rate: fc.integer({ min: 0, max: 200 }), dailyMax: fc.constantFrom(0, 1, 5_000, 1_000_000_000) }),
  ])('is whole, never less than nothing, and never past the ceiling or the limit', (bank, days, figures) => {
    const interest = interestOver(coins(bank), days, figures);
    expect(Number.isSafeInteger(interest) && interest >= 0 && bank + interest <= ceiling).toBe(true);
    if (days <= 0 || bank < 200) expect(interest).toBe(0);
    if (figures.dailyMax > 0) expect(interest).toBeLessThanOrEqual(Math.max(days, 0) * figures.dailyMax);
  });
});

describe('debts at night', () => {
  test('are collected before there is interest, from everybody, whether they look or not', () => {
    const table = createTable();
    table.draw(() => failing);
    table.fund(alice, 0);
    table.fund(bob, 4_000);
    table.say(alice, 'rob', { member: person(bob) });
    table.fund(alice, 100, 600);
    table.wait(dayMs);
    night(table);
    // 400 are owed: 100 of the wallet, 300 of the bank; what is left brings 1.
    expect(table.account(alice)).toMatchObject({ wallet: 0, bank: 301, debt: 0 });
    expect(table.account(bob).wallet).toBe(4_400);
    expect(table.debtRows()).toEqual([]);
  });

  test('what a creditor gets in the same step is not lost', () => {
    const table = createTable();
    table.draw(() => failing);
    table.fund(alice, 0);
    table.fund(carol, 0);
    table.fund(bob, 4_000, 1_000);
    for (const who of [alice, carol]) table.say(who, 'rob', { member: person(bob) });
    for (const who of [alice, carol]) table.fund(who, 1_000, 0);
    table.wait(dayMs);
    night(table);
    expect(table.account(bob)).toMatchObject({ wallet: 4_800, bank: 1_005 });
  });

  test('make nobody active who was not', () => {
    const table = createTable();
    table.fund(alice, 0, 10_000);
    const { activeAt } = table.account(alice);
    table.wait(40 * dayMs);
    night(table);
    expect(table.account(alice).activeAt).toBe(activeAt);
  });
});
