import { describe, expect, test } from 'vitest';
import { features } from '../../src/features/index.ts';
import {
  type Booking,
  begin,
  book,
  entryKind,
  give,
  serveIncome,
  splitFunds,
  take,
  takeFunds,
} from '../../src/features/wallet/api.ts';
import { wallet } from '../../src/features/wallet/index.ts';
import { accounts } from '../../src/features/wallet/state.ts';
import type { Mutation } from '../../src/kernel/context.ts';
import { coins } from '../../src/kernel/money.ts';
import { mutation, openOperation } from '../../src/kernel/operation.ts';
import { options } from '../../src/kernel/option.ts';
import { done, type Outcome, refuse } from '../../src/kernel/outcome.ts';
import { featureWith } from '../house/feature.ts';
import { alice, bob, createTable } from './table.ts';

const entry = entryKind('lottery');

/** A table with one more feature, whose one operation does as the test says. */
const tableWith = (run: (m: Mutation) => Outcome<undefined>) => {
  const operation = mutation({
    name: 'lottery.draw',
    version: 1,
    input: options({}),
    run: (m) => run(m),
    view: () => ({ private: true }),
  });
  const lottery = featureWith('lottery', {
    pack: 'economy',
    operations: [operation],
    messages: { 'economy.entry.lottery': 'Lottery' },
  });
  const table = createTable([...features, lottery]);
  return { table, draw: () => table.perform(alice, openOperation(operation), {}) };
};

const booked = (m: Mutation, booking: Booking): Outcome<undefined> => book(m, booking) ?? done();

describe('the money door', () => {
  test('another feature stakes from funds and pays an income, with entries of its own kind', () => {
    const { table, draw } = tableWith((m) => {
      const { member } = m.actor;
      const split = splitFunds(begin(m), coins(150));
      if (split.missing > 0) return refuse('economy.pay.empty');
      const prize = serveIncome(m, member, { coins: coins(400), entry });
      const stake = takeFunds(member, split, { entry });
      return booked(m, { postings: [...stake, ...prize.booking.postings], minted: coins(400), burned: coins(150) });
    });
    table.fund(alice, 100, 500);
    expect(draw().refused).toBeUndefined();
    expect(table.account(alice)).toMatchObject({ wallet: 400, bank: 450 });
    expect(table.say(alice, 'bank history').words).toContain('Lottery: +300 wallet, -50 bank → 400 + 450');
  });

  const posting = give(alice, 'wallet', coins(5), { entry });
  const postings = [posting];
  test.each([
    { name: 'coins from nowhere', booking: { postings } },
    { name: 'more than was minted', booking: { postings, minted: coins(4) } },
    { name: 'coins that vanish', booking: { postings: [take(bob, 'wallet', coins(5), { entry })] } },
    { name: 'a purse below zero', booking: { postings: [take(bob, 'wallet', coins(5), { entry })], burned: coins(5) } },
    { name: 'fractions', booking: { postings: [{ ...posting, change: 0.5 }] } },
    {
      name: 'a change that is no number',
      booking: { postings: [{ ...posting, change: Number.NaN }] },
    },
  ])('refuses $name as a bug', ({ booking }) => {
    const { table, draw } = tableWith((m) => booked(m, booking));
    const { commits } = table.state;
    expect(draw).toThrow('broken rule');
    expect(table.state.commits).toBe(commits);
  });

  test.each([
    { name: 'coins put into a row past the door', change: { wallet: coins(50) }, rule: 'economy.coins-are-conserved' },
    { name: 'a debt without its item', change: { debt: coins(50) }, rule: 'economy.debts-are-their-items' },
  ])('an invariant notices $name', ({ change, rule }) => {
    const { draw } = tableWith((m) => {
      m.put(accounts, [m.actor.member], { ...m.get(accounts, [m.actor.member]), ...change });
      return done();
    });
    expect(draw).toThrow(rule);
  });

  test('an invariant would notice a negative purse, should a schema ever let it pass', () => {
    const negative = { ...accounts.initial, wallet: -1 };
    expect(accounts.totals.overdrawn(negative as never)).toBe(1);
    expect(() => accounts.schema.parse(negative)).toThrow('wallet');
    const rule = wallet.invariants.find(({ name }) => name === 'economy.nothing-is-negative');
    expect(rule?.holds({ total: () => 1n } as never)).toBe(false);
  });

  test.each(['', 'Upper', 'with space', '1st', 'a'.repeat(25), '__proto__'])('%j is no kind of entry', (name) => {
    expect(() => entryKind(name)).toThrow('broken rule');
  });

  test('fault 7: the sum of many postings is exact beyond 2^53', () => {
    const all = coins(1_000_000_000_000_000);
    const many = Array.from({ length: 20 }, () => give(bob, 'wallet', all, { entry }));
    const { draw } = tableWith((m) =>
      booked(m, { postings: [...many, take(bob, 'bank', coins(1), { entry })], burned: coins(0) }),
    );
    expect(draw).toThrow('coins are made and unmade only as minted and burned');
  });
});
