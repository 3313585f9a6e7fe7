// Taking back what concerned debts and treasuries: everything returns to where it came from, or nothing is changed.
import { describe, expect, test } from 'vitest';
import { auditLedger } from '../../../src/command-line/ledger-audit.ts';
import { debts } from '../../../src/features/wallet/state.ts';
import { decodeKey } from '../../../src/kernel/key.ts';
import { checkClans, done, found, membershipOf, take, treasuryOf } from '../clans/ground.ts';
import { owing } from '../heists/ground.ts';
import {
  type Answered,
  alice,
  bob,
  carol,
  createTable,
  hourMs,
  minuteMs,
  person,
  seedWhere,
  type Table,
} from '../table.ts';
import { control, enabled, mod, press, select, undo } from './staff.ts';

const failing = seedWhere((random) => random.int(10_000) >= 8_000);
const succeeding = seedWhere((random) => random.int(10_000) < 500);

const ledgerOf = (table: Table, who: typeof alice): Answered =>
  press(table, control(table.say(mod, 'balance', { member: person(who) }, { permissions: 1n << 5n }), 'Ledger'));

/** The preview of taking back a member's newest entry, or an older one. */
const entryOf = (table: Table, who: typeof alice, place = 0): Answered => {
  const { customId, choices } = select(ledgerOf(table, who));
  return press(table, customId, { chosen: choices[place]?.value });
};
const hourOf = (table: Table, who: typeof alice): Answered =>
  press(table, control(ledgerOf(table, who), 'Undo the last hour'));
const confirm = (table: Table, shown: Answered): Answered => press(table, control(shown, 'Undo it'));

const owed = (table: Table): readonly unknown[] =>
  [...table.state.rows(debts)]
    .map(([key, row]) => {
      const { coins, creditor, vault } = row as { coins: number; creditor?: string; vault?: string };
      return { debtor: decodeKey(debts.key, key)[0], coins, to: creditor ?? vault ?? 'nobody' };
    })
    .sort((left, right) => (left.to < right.to ? -1 : 1));

/** All that bookings change of the three, and of a guild's treasury. */
const standing = (table: Table, clan: string) => ({
  purses: [alice, bob, carol].map((who) => {
    const { wallet, bank, debt } = table.account(who);
    return { wallet, bank, debt };
  }),
  debts: owed(table),
  treasury: treasuryOf(table, clan),
  contributions: [alice, bob].map((who) => membershipOf(table, who)?.contribution),
});

const sound = (table: Table): void => {
  checkClans(table);
  expect(auditLedger(table.state)).toEqual([]);
};

type Standing = Readonly<Record<keyof ReturnType<typeof standing>, unknown>>;

/** Takes back what a preview shows, after which all is as it was before; gives the answer. */
const takeBack = (table: Table, clan: string, shown: Answered, before: Standing): Answered => {
  const undone = confirm(table, shown);
  expect(undone.refused).toBeUndefined();
  expect(standing(table, clan)).toEqual(before);
  sound(table);
  return undone;
};

/** The same, and does it again, after which all is as it was after. */
const takeBackAndRedo = (table: Table, clan: string, shown: Answered, before: Standing, after: Standing): void => {
  const undone = takeBack(table, clan, shown, before);
  expect(undo(table, undone).refused).toBeUndefined();
  expect(standing(table, clan)).toEqual(after);
  sound(table);
};

const guild = () => {
  const table = createTable();
  const clan = found(table, alice, 'Ferrymen');
  take(table, alice, bob);
  for (const who of [alice, bob, carol]) table.fund(who, 10_000);
  done(table.say(alice, 'guild deposit', { amount: '4000' }));
  done(table.say(bob, 'guild deposit', { amount: '1000' }));
  table.wait(2 * hourMs);
  return { table, clan };
};

describe('entries of treasuries', () => {
  test.each([
    { what: 'guild deposit', amount: '3000', treasury: 8_000, contribution: 7_000 },
    { what: 'guild withdraw', amount: '2500', treasury: 2_500, contribution: 1_500 },
  ])('$what is shown with the treasury, taken back with the contribution, and done again', (one) => {
    const { table, clan } = guild();
    const before = standing(table, clan);
    done(table.say(alice, one.what, { amount: one.amount }));
    const after = standing(table, clan);
    expect(after).toMatchObject({ treasury: one.treasury, contributions: [one.contribution, 1_000] });
    const shown = entryOf(table, alice);
    expect(shown.words).toContain(`Treasury of Ferrymen: ${one.treasury.toLocaleString('en')} → **5,000**`);
    takeBackAndRedo(table, clan, shown, before, after);
  });

  test('what was taken out beyond one’s own comes back, and is nobody’s contribution', () => {
    const { table, clan } = guild();
    done(table.say(alice, 'guild withdraw', { amount: '5000' }));
    expect(standing(table, clan)).toMatchObject({ treasury: 0, contributions: [0, 1_000] });
    expect(confirm(table, entryOf(table, alice)).refused).toBeUndefined();
    expect(standing(table, clan)).toMatchObject({ treasury: 5_000, contributions: [4_000, 1_000] });
    sound(table);
  });

  test('a deposit that is not in the treasury any more is refused, and nothing changes', () => {
    const { table, clan } = guild();
    done(table.say(bob, 'guild deposit', { amount: '3000' }));
    done(table.say(alice, 'guild withdraw', { amount: '6000' }));
    const before = standing(table, clan);
    const shown = entryOf(table, bob);
    expect(enabled(shown, 'Undo it')).toBe(false);
    expect(shown.words).toContain('1,000 of the coins that would be taken back are in the treasury no more');
    expect(confirm(table, shown).refused).toBe('economy.correction.vault-spent');
    expect(standing(table, clan)).toEqual(before);
  });

  test('of a guild that is no more cannot be taken back', () => {
    const { table } = guild();
    done(table.say(bob, 'guild deposit', { amount: '3000' }));
    const shown = entryOf(table, bob);
    done(table.say(alice, 'guild disband', { confirm: 'Ferrymen' }));
    expect(confirm(table, shown).refused).toBe('economy.staff.entries.none');
    expect(shown.words).toContain('Treasury of Ferrymen');
    const later = entryOf(table, bob);
    expect(later.refused).toBe('economy.staff.entries.none');
    expect(later.words).toContain('a treasury that is no more');
    sound(table);
  });
});

describe('entries of debts', () => {
  /** Carol has nothing, robs Bob and fails: she owes what she does not have. */
  const fined = () => {
    const { table, clan } = guild();
    table.say(carol, 'pay', { member: person(alice), amount: '9700' });
    table.wait(2 * hourMs);
    const before = standing(table, clan);
    table.draw(() => failing);
    done(table.say(carol, 'rob', { member: person(bob) }));
    const after = standing(table, clan);
    expect(after.debts).toEqual([{ debtor: carol, coins: 600, to: bob }]);
    return { table, clan, before, after };
  };

  test('a fine goes back, and what was owed of it is owed no more', () => {
    const { table, clan, before, after } = fined();
    const shown = entryOf(table, carol);
    expect(shown.words).toContain(`<@${carol}> owes <@${bob}>: 600 → **0**`);
    takeBackAndRedo(table, clan, shown, before, after);
  });

  test('a payment goes back, and is owed again to whom it was paid', () => {
    const { table, clan } = fined();
    const before = standing(table, clan);
    table.say(carol, 'daily');
    expect(standing(table, clan).debts).toEqual([{ debtor: carol, coins: 450, to: bob }]);
    takeBack(table, clan, entryOf(table, carol), before);
    table.fund(carol, 1_000);
    table.say(carol, 'balance');
    expect(owed(table)).toEqual([]);
    expect(confirm(table, entryOf(table, carol)).refused).toBeUndefined();
    expect(standing(table, clan).debts).toEqual([{ debtor: carol, coins: 600, to: bob }]);
    expect(table.account(carol)).toMatchObject({ wallet: 1_000, debt: 600 });
    sound(table);
  });

  test('a fine whose debt was paid since is refused by itself, and taken back together with the payment', () => {
    const { table, clan, before } = fined();
    table.say(carol, 'daily');
    const shown = entryOf(table, carol, 1);
    expect(shown.words).toContain('has paid 150 coins of the debt since');
    expect(confirm(table, shown).refused).toBe('economy.correction.debt-paid');
    takeBack(table, clan, hourOf(table, carol), before);
  });
});

test('what was owed to a treasury, and what was paid of it, is owed to it again', () => {
  const { table, other } = owing();
  const before = treasuryOf(table, other);
  expect(owed(table)).toEqual([{ debtor: alice, coins: 200, to: other }]);
  table.fund(alice, 30);
  table.say(alice, 'balance');
  expect(treasuryOf(table, other)).toBe(before + 30);
  const shown = entryOf(table, alice);
  expect(shown.words).toContain(`<@${alice}> owes the guild Others: 170 → **200**`);
  expect(confirm(table, shown).refused).toBeUndefined();
  expect(treasuryOf(table, other)).toBe(before);
  expect(owed(table)).toEqual([{ debtor: alice, coins: 200, to: other }]);
  expect(confirm(table, entryOf(table, alice, 2)).refused).toBeUndefined();
  expect(owed(table)).toEqual([]);
  sound(table);
});

describe('an hour of everything', () => {
  const steps: readonly ((table: Table) => unknown)[] = [
    (table) => table.say(alice, 'guild deposit', { amount: '700' }),
    (table) => table.say(alice, 'guild withdraw', { amount: '30%' }),
    (table) => table.say(alice, 'rob', { member: person(carol) }),
    (table) => table.say(alice, 'bank deposit', { amount: '25%' }),
    (table) => table.say(alice, 'balance'),
    (table) => table.say(alice, 'daily'),
    (table) => table.say(alice, 'pay', { member: person(bob), amount: '40%' }),
    (table) => table.say(alice, 'weekly'),
  ];

  test.each(Array.from({ length: 40 }, (_, index) => index))('way %i goes back to where it began', (index) => {
    const { table, clan } = guild();
    table.set('rob.fine', '50%');
    table.set('rob.cooldown_min', '1');
    table.set('rob.protect_min', '0');
    const before = standing(table, clan);
    let choice = index * 7 + 3;
    for (let count = 0; count < 12; count += 1) {
      choice = (choice * 31 + 17 + count) % 9_973;
      table.draw(() => (choice % 3 === 0 ? succeeding : failing));
      steps[choice % steps.length]?.(table);
      table.wait(4 * minuteMs);
    }
    const after = { ...standing(table, clan), contributions: expect.any(Array) as unknown };
    takeBackAndRedo(table, clan, hourOf(table, alice), before, after);
  });
});
