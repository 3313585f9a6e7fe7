// A loan that is never paid back makes nobody richer but who took it: no way leads from there to another account (decision 18).
import { describe, expect, test } from 'vitest';
import { takeEscrow } from '../../../src/features/heists/escrow.ts';
import { loans } from '../../../src/features/loans/state.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import { coins } from '../../../src/kernel/money.ts';
import { type AnyOperation, mutation } from '../../../src/kernel/operation.ts';
import { done as outcome } from '../../../src/kernel/outcome.ts';
import { controls } from '../clans/ground.ts';
import { alice, bob, carol, createTable, dayMs, hourMs, person, seedWhere, type Table } from '../table.ts';

const ground = 20_000;
const own = 50_000;
const succeeding = seedWhere((random) => random.int(10_000) < 500);
const failing = seedWhere((random) => random.int(10_000) >= 8_000);

const borrowed = (table: Table): number =>
  (table.state.row(loans, encodeKey(loans.key, [bob])) as (typeof loans)['initial'] | undefined)?.outstanding ?? 0;
const heldBy = (table: Table, who: typeof alice): number => table.account(who).wallet + table.account(who).bank;

/** Bob has had so much for a week and borrows all he can upon it; Alice is his accomplice. */
const lent = (): Table => {
  const table = createTable();
  table.set('start.coins', '0');
  table.set('bank.interest', '0%');
  table.fund(bob, ground);
  table.fund(alice, own);
  table.wait(8 * dayMs);
  expect(table.say(bob, 'loan take', { amount: 'all' }).refused).toBeUndefined();
  expect(heldBy(table, bob)).toBe(ground + borrowed(table));
  return table;
};

const robs = (table: Table, robber: typeof alice, target: typeof alice, seed: Uint8Array): string | undefined => {
  table.draw(() => seed);
  return table.say(robber, 'rob', { member: person(target) }).refused;
};

const night = (table: Table): void =>
  table.runTask('economy.interest', {
    date: new Date(table.clock.now).toISOString().slice(0, 10),
    dueAt: table.clock.now,
    missed: 0,
  });

/** Looks, takes the rewards off and lets time pass. */
const pass = (table: Table): void => {
  table.wait(hourMs);
  table.fall();
  table.say(bob, 'balance');
  table.say(alice, 'balance');
};

const buyChest = (table: Table): void => {
  const select = controls(table.say(bob, 'shop', { category: 'chests' })).find(({ kind }) => kind === 'select');
  const asked = table.press(bob, select?.customId ?? '', { chosen: 'common_chest' });
  const confirm = controls(asked).find((one) => one.kind === 'button' && one.style === 'success');
  if (confirm !== undefined) table.press(bob, confirm.customId);
};

const ways: Readonly<Record<string, (table: Table) => void>> = {
  'fines that the borrower pays': (table) => {
    robs(table, bob, alice, failing);
  },
  'loot that the accomplice takes': (table) => {
    table.say(bob, 'bank withdraw', { amount: 'all' });
    robs(table, alice, bob, succeeding);
  },
  'both, with debts between them': (table) => {
    robs(table, bob, alice, failing);
    robs(table, alice, bob, succeeding);
    robs(table, alice, bob, failing);
    night(table);
  },
  'debts, served from what chests bring': (table) => {
    robs(table, bob, alice, failing);
    buyChest(table);
    table.say(bob, 'item open', { chest: 'common' });
  },
};

describe('of a loan that is not paid back an accomplice gets nothing', () => {
  test.each(Object.entries(ways))('by %s', (_, way) => {
    const table = lent();
    let most = 0;
    for (let hour = 0; hour < 40 * 24; hour += 7) {
      way(table);
      for (let passed = 0; passed < 7; passed += 1) pass(table);
      most = Math.max(most, heldBy(table, alice) - own);
    }
    expect(borrowed(table)).toBe(0);
    // What the borrower had of their own is all that can be moved; without any of it the test would prove nothing.
    expect(most).toBeGreaterThan(ground / 4);
    expect(most).toBeLessThanOrEqual(ground);
    // In the end the two have no more than they began with.
    night(table);
    expect(heldBy(table, alice) + heldBy(table, bob)).toBeLessThanOrEqual(own + ground);
  });
});

describe('what is lent', () => {
  test('is not fined: what is missing is owed, and paid from what is the borrower’s own', () => {
    const table = lent();
    table.set('rob.fine', '50%');
    expect(robs(table, bob, alice, failing)).toBeUndefined();
    // Half of 50,000, of which Bob's own are 20,000.
    expect(table.account(bob)).toMatchObject({ debt: 5_000 });
    expect(heldBy(table, bob)).toBe(borrowed(table));
    table.say(bob, 'balance');
    night(table);
    expect(table.account(bob)).toMatchObject({ debt: 5_000 });
    table.fund(bob, 3_000);
    table.say(bob, 'balance');
    expect(table.account(bob)).toMatchObject({ debt: 2_000 });
    expect(heldBy(table, alice)).toBe(own + ground + 3_000);
  });

  test('cannot be robbed: a wallet is as thin as what is not', () => {
    const table = lent();
    table.say(bob, 'pay', { member: person(carol), amount: String(ground - 1_000) });
    table.set('rob.max_steal', '50%');
    expect(robs(table, alice, bob, succeeding)).toBeUndefined();
    expect(heldBy(table, alice) - own).toBeLessThanOrEqual(500);
    expect(heldBy(table, bob)).toBeGreaterThanOrEqual(borrowed(table) + 500);
    table.say(bob, 'pay', { member: person(carol), amount: String(heldBy(table, bob) - borrowed(table) - 249) });
    table.wait(dayMs);
    expect(robs(table, alice, bob, succeeding)).toBe('economy.rob.poor');
  });

  test('is not at stake in a heist: what is missing of the penalty would be owed', () => {
    const table = lent();
    let escrow: ReturnType<typeof takeEscrow> | undefined;
    const join = mutation({
      name: 'test.join',
      version: 1,
      input: { parse: (input: unknown) => input as object },
      run: (m) => {
        escrow = takeEscrow(m, bob, coins(ground + 5_000));
        return outcome({});
      },
      view: () => ({ private: true }),
    });
    expect(table.perform(bob, join as unknown as AnyOperation, {}).refused).toBeUndefined();
    expect(escrow).toEqual({ wallet: ground, bank: 0, missing: 5_000 });
    expect(heldBy(table, bob)).toBe(borrowed(table));
  });

  test('is not levied', () => {
    const table = lent();
    table.set('guild.create_cost', '0');
    table.set('levy.rate', '75%');
    table.say(bob, 'guild create', { name: 'Ferrymen' });
    table.runTask('economy.clan.levy', { date: '2026-08-08', dueAt: table.clock.now, missed: 0 });
    table.fall();
    expect(heldBy(table, bob)).toBe(borrowed(table));
  });
});
