import { describe, expect, test } from 'vitest';
import { features } from '../../src/features/index.ts';
import { walletRemembrance } from '../../src/features/wallet/remembrance.ts';
import { accounts, debts, ledger, requests } from '../../src/features/wallet/state.ts';
import { forgettingFeature } from '../../src/forgetting/index.ts';
import type { MemberId } from '../../src/kernel/ids.ts';
import { departures, memberErasing } from '../../src/kernel/membership.ts';
import { task } from '../../src/kernel/operation.ts';
import { done } from '../../src/kernel/outcome.ts';
import type { Button } from '../../src/kernel/reply.ts';
import { timers } from '../../src/kernel/timer.ts';
import { alice, bob, carol, createTable, dayMs, hourMs, person, seedWhere, type Table, testFeature } from './table.ts';

const ceiling = 1_000_000_000_000_000;
const graceMs = 72 * hourMs;
const failing = seedWhere((random) => random.int(10_000) >= 8_000);

/** A table at which whoever leaves is forgotten when the grace is over. */
const forgetful = (): Table => {
  const table: Table = createTable([
    ...features,
    forgettingFeature({
      registry: () => table.registry,
      hash: (_, who) => `hash-${BigInt(who) * 7n}`,
      guildRetentionDays: 30,
    }),
  ]);
  table.draw(() => failing);
  return table;
};

const leave = (table: Table, who: MemberId): void => table.runTask('core.member-left', { member: who });

const leaveForGood = (table: Table, who: MemberId): void => {
  leave(table, who);
  table.wait(graceMs);
  table.fall();
};

/** The debtor, who has nothing, is fined a tenth of the creditor's wallet and owes all of it. */
const owe = (table: Table, debtor: MemberId, creditor: MemberId): void => {
  table.fund(debtor, 0);
  if (table.say(debtor, 'rob', { member: person(creditor) }).refused !== undefined) throw new Error('refused');
};

/** Every row in which a text stands, by collection. */
const rowsWith = (table: Table, text: string): readonly string[] =>
  [...table.registry.collections.values()].flatMap((collection) =>
    [...table.state.rows(collection)]
      .filter(([key, row]) =>
        JSON.stringify([key, row], (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)).includes(
          text,
        ),
      )
      .map(() => collection.name),
  );

const held = (table: Table): bigint => table.state.total(accounts, 'held');
const owed = (table: Table): bigint => table.state.total(accounts, 'owed');

const expectConserved = (table: Table): void => {
  const { minted, burned } = table.supply();
  expect(held(table)).toBe(minted - burned);
  expect(owed(table)).toBe(table.state.total(debts, 'owed'));
};

describe('a member who is erased', () => {
  test('has their coins burned, and every row that named them is gone', () => {
    const table = forgetful();
    table.fund(alice, 1_000, 500);
    table.fund(bob, 10);
    table.say(alice, 'pay', { member: person(bob), amount: '100' });
    table.say(alice, 'request', { member: person(bob), amount: '5' });
    leaveForGood(table, alice);
    expect(rowsWith(table, alice)).toEqual([]);
    expect(table.supply().burned).toBe(1_400n);
    expect(table.account(bob).wallet).toBe(110);
    expect(table.say(bob, 'bank history').words).toContain('Received from somebody');
    expectConserved(table);
  });

  test('may have more in both purses together than one amount can be', () => {
    const table = forgetful();
    table.fund(alice, ceiling, 0);
    table.fund(alice, 0, ceiling);
    leaveForGood(table, alice);
    expect(table.supply().burned).toBe(2_000_000_000_000_000n);
    expectConserved(table);
  });

  test('pays what they owe from what they have; the rest is struck off', () => {
    const table = forgetful();
    table.fund(bob, 10_000);
    owe(table, alice, bob);
    table.fund(alice, 100, 300);
    leaveForGood(table, alice);
    expect(table.account(bob).wallet).toBe(10_400);
    expect(table.supply().burned).toBe(0n);
    expect([table.debtRows(), owed(table)]).toEqual([[], 0n]);
    expectConserved(table);
  });

  test('is owed nothing any more: what others owed them is burned when it is collected', () => {
    const table = forgetful();
    table.fund(bob, 10_000);
    owe(table, alice, bob);
    leaveForGood(table, bob);
    expect(table.debtRows()).toEqual([{ coins: 1_000 }]);
    table.fund(alice, 5_000);
    table.say(alice, 'balance');
    expect(table.account(alice)).toMatchObject({ wallet: 4_000, debt: 0 });
    expect(table.state.rows(accounts).size).toBe(1);
    expectConserved(table);
  });

  test('asks nobody any more, and can be paid by no button', () => {
    const table = forgetful();
    table.fund(bob, 1_000);
    const asked = table.say(alice, 'request', { member: person(bob), amount: '5' });
    const [accept] = (asked.reply.rows ?? []).flat() as Button[];
    leave(table, alice);
    expect(table.press(bob, accept?.customId ?? '').refused).toBe('economy.request.left');
    table.set('request.deadline_h', '168');
    table.wait(graceMs);
    table.fall();
    expect(table.state.count(requests)).toBe(0);
    expect([...table.state.rows(timers).keys()].filter((key) => key.startsWith('economy.'))).toEqual([]);
    table.press(bob, accept?.customId ?? '');
    expect(table.account(bob).wallet).toBe(1_000);
  });

  test('is asked nothing any more, though they never did anything here themselves', () => {
    const table = forgetful();
    table.set('request.deadline_h', '168');
    table.say(alice, 'request', { member: person(carol), amount: '5' });
    leaveForGood(table, carol);
    expect(rowsWith(table, carol)).toEqual([]);
    expect(table.state.count(requests)).toBe(0);
    table.wait(7 * dayMs);
    table.fall();
    expect(table.say(alice, 'request', { member: person(bob), amount: '5' }).refused).toBeUndefined();
  });

  test('who never had an account is no matter of the wallet', () => {
    const table = forgetful();
    table.fund(bob, 5);
    leaveForGood(table, alice);
    expect(table.state.count(departures)).toBe(0);
    expect(table.state.rows(ledger).size).toBe(1);
  });
});

test('everything is settled before a row goes, so that rows may go in any number of operations', () => {
  const settling = task({
    name: 'test.settle',
    version: 1,
    input: { parse: (input) => input as { readonly member: MemberId } },
    run: (m, payload) => {
      m.emit(memberErasing, payload);
      return done();
    },
  });
  const table = createTable([...features, { ...testFeature, name: 'settling', operations: [settling], messages: {} }]);
  table.draw(() => failing);
  table.fund(bob, 10_000);
  owe(table, alice, bob);
  table.fund(alice, 100, 300);
  table.say(alice, 'request', { member: person(bob), amount: '5' });
  table.runTask('test.settle', { member: alice });
  expect(table.account(alice)).toMatchObject({ wallet: 0, bank: 0, debt: 0 });
  expect([table.debtRows(), table.state.count(requests), table.state.count(timers)]).toEqual([[], 0, 0]);
  // Told once more, there is nothing left to do.
  const { commits } = table.state;
  table.runTask('test.settle', { member: alice });
  expect(table.state.commits).toBe(commits);
});

describe('whoever left and comes back', () => {
  const backAfter = (ms: number, before: (table: Table) => void): Table => {
    const table = forgetful();
    before(table);
    leaveForGood(table, alice);
    table.wait(ms);
    table.fall();
    table.runTask('core.member-joined', { member: alice });
    return table;
  };

  test('within the grace finds everything as it was', () => {
    const table = forgetful();
    table.fund(alice, 700, 60);
    leave(table, alice);
    table.wait(graceMs - 1);
    table.fall();
    table.runTask('core.member-joined', { member: alice });
    table.wait(hourMs);
    table.fall();
    expect(table.account(alice)).toMatchObject({ wallet: 700, bank: 60 });
  });

  test('has no second start grant, and the claims of before', () => {
    const table = backAfter(0, (before) => {
      before.say(alice, 'weekly');
      before.wait(dayMs);
      before.say(alice, 'daily');
    });
    expect(table.account(alice)).toMatchObject({ wallet: 0, bank: 0, streak: 1, dailyDay: '2026-08-02' });
    expect(table.say(alice, 'weekly').refused).toBe('economy.weekly.claimed');
    table.say(alice, 'balance');
    expect(table.account(alice).wallet).toBe(0);
    expect(table.say(alice, 'daily').refused).toBeUndefined();
    expect(table.account(alice).wallet).toBe(150);
    table.wait(3 * dayMs);
    expect(table.say(alice, 'weekly').refused).toBeUndefined();
    expectConserved(table);
  });

  test('owes what could not be paid, to nobody by name', () => {
    const table = backAfter(0, (before) => {
      before.fund(bob, 10_000);
      owe(before, alice, bob);
      before.fund(alice, 100, 300);
    });
    expect(table.account(alice)).toMatchObject({ wallet: 0, bank: 0, debt: 600 });
    expect(table.debtRows()).toEqual([{ coins: 600 }]);
    expect(table.say(alice, 'bank history').words).toContain('Debt from before you left: +600 debt');
    table.say(alice, 'weekly');
    expect(table.account(alice)).toMatchObject({ wallet: 400, debt: 0 });
    expect(table.account(bob).wallet).toBe(10_400);
    expectConserved(table);
  });

  test('after 90 days is somebody new', () => {
    const table = backAfter(90 * dayMs, (before) => void before.say(alice, 'weekly'));
    expect(table.say(alice, 'weekly').refused).toBeUndefined();
    expect(table.account(alice).wallet).toBe(1_100);
  });

  test('of whom there was nothing to keep begins anew', () => {
    const table = backAfter(0, (before) => {
      before.fund(bob, 100);
      before.say(bob, 'pay', { member: person(alice), amount: '100' });
    });
    table.say(alice, 'balance');
    expect(table.account(alice).wallet).toBe(100);
  });
});

test('what is kept names nobody', () => {
  const table = forgetful();
  table.fund(bob, 10_000);
  owe(table, alice, bob);
  table.say(alice, 'weekly');
  leaveForGood(table, alice);
  const kept = [...table.state.rows({ name: 'core.remembered' }).values()] as {
    readonly kept: { readonly wallet: unknown };
  }[];
  expect(kept).toHaveLength(1);
  const wallet = walletRemembrance.schema.parse(kept[0]?.kept.wallet);
  expect(wallet).toMatchObject({ started: true, debt: 0 });
  expect(JSON.stringify(kept)).not.toMatch(/\d{17,20}/);
});
