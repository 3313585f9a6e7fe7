import { describe, expect, test } from 'vitest';
import { auditLedger } from '../../../src/command-line/ledger-audit.ts';
import { guildId } from '../../../src/kernel/ids.ts';
import { answerRefused } from '../limits.ts';
import { type Answered, alice, bob, carol, createTable, hourMs, minuteMs, person, type Table } from '../table.ts';
import { actions, control, eco, enabled, mod, press, select, undo } from './staff.ts';

/** The ledger of a member, by way of their balance. */
const ledgerOf = (table: Table, who: typeof alice): Answered => {
  const shown = table.say(mod, 'balance', { member: person(who) }, { permissions: 1n << 5n });
  return press(table, control(shown, 'Ledger'));
};

const pay = (table: Table, from: typeof alice, to: typeof alice, amount: string): void => {
  const answered = table.say(from, 'pay', { member: person(to), amount });
  if (answered.refused) throw new Error(answered.words);
};

const funded = (): Table => {
  const table = createTable();
  table.fund(alice, 1_000, 500);
  table.fund(bob, 100);
  table.wait(2 * hourMs);
  return table;
};

describe('one entry', () => {
  test('is chosen, shown with its other side, taken back, once', () => {
    const table = funded();
    table.set('pay.tax', '10%');
    pay(table, alice, bob, '300');
    const ledger = ledgerOf(table, alice);
    expect(answerRefused(ledger)).toEqual([]);
    expect(ledger.words).toContain(`Paid to <@${bob}>`);
    const { customId, choices } = select(ledger);
    const shown = press(table, customId, { chosen: choices[0]?.value });
    expect(shown.words).toContain(`<@${alice}>: wallet 700 → **1,000**`);
    expect(shown.words).toContain(`<@${bob}>: wallet 370 → **100**`);
    expect(table.account(alice).wallet).toBe(700);
    const { minted, burned } = table.supply();
    const done = press(table, control(shown, 'Undo it'));
    expect(done.refused).toBeUndefined();
    expect([table.account(alice).wallet, table.account(bob).wallet]).toEqual([1_000, 100]);
    // The tax comes back from where it went.
    expect(table.supply()).toEqual({ minted: minted + 30n, burned });
    expect(press(table, control(shown, 'Undo it')).refused).toBe('economy.staff.entries.none');
    expect(ledgerOf(table, alice).words).toContain('*(undone)*');
    expect(actions(table)[0]).toMatchObject({ target: alice, before: '1200', after: '1500' });
    expect(undo(table, done).refused).toBeUndefined();
    expect([table.account(alice).wallet, table.account(bob).wallet]).toEqual([700, 370]);
  });

  test('is refused where the other has spent it', () => {
    const table = funded();
    pay(table, alice, bob, '300');
    pay(table, bob, carol, '350');
    const ledger = ledgerOf(table, alice);
    const shown = press(table, select(ledger).customId, { chosen: select(ledger).choices[0]?.value });
    expect(enabled(shown, 'Undo it')).toBe(false);
    expect(shown.words).toContain('lacks 250');
    expect(press(table, control(shown, 'Undo it')).refused).toBe('economy.correction.spent');
    expect(table.account(alice).wallet).toBe(700);
  });

  test('that the staff made, or that is of debts, is not for this', () => {
    const table = funded();
    eco(table, 'give-coins', { member: person(alice), amount: '5' });
    const ledger = ledgerOf(table, alice);
    expect(press(table, select(ledger).customId, { chosen: select(ledger).choices[0]?.value }).refused).toBe(
      'economy.staff.entries.none',
    );
  });

  test.each(['000000000', 'x', '', '__proto__', undefined, 5])('%j is no entry', (chosen) => {
    const table = funded();
    expect(press(table, select(ledgerOf(table, alice)).customId, { chosen }).refused).toMatch(
      /entries\.none|input\.options/,
    );
  });
});

describe('the last hour', () => {
  test('is all of it and no more, as it was shown', () => {
    const table = funded();
    table.wait(2 * hourMs);
    pay(table, alice, bob, '100');
    table.wait(70 * minuteMs);
    pay(table, alice, bob, '10');
    table.say(alice, 'bank deposit', { amount: '200' });
    table.say(alice, 'bank withdraw', { amount: '50' });
    pay(table, bob, alice, '30');
    const shown = press(table, control(ledgerOf(table, alice), 'Undo the last hour'));
    expect(shown.words).toContain('4 entries');
    // What comes after the preview stays.
    pay(table, alice, bob, '7');
    const done = press(table, control(shown, 'Undo it'));
    expect(done.refused).toBeUndefined();
    expect(table.account(alice)).toMatchObject({ wallet: 893, bank: 500 });
    expect(table.account(bob).wallet).toBe(207);
    expect(press(table, control(shown, 'Undo it')).refused).toBe('economy.staff.entries.none');
    expect(undo(table, done).refused).toBeUndefined();
    expect(table.account(alice)).toMatchObject({ wallet: 763, bank: 650 });
    expect(auditLedger(table.state)).toEqual([]);
  });

  test('leaves out what cannot be taken back, and says so', () => {
    const table = funded();
    pay(table, alice, bob, '10');
    eco(table, 'give-coins', { member: person(alice), amount: '5' });
    const shown = press(table, control(ledgerOf(table, alice), 'Undo the last hour'));
    expect(shown.words).toContain('One entry');
    expect(shown.words).toContain('One entry cannot be taken back');
    expect(press(table, control(shown, 'Undo it')).refused).toBeUndefined();
    expect(table.account(alice).wallet).toBe(1_005);
  });

  test('is nothing where nothing happened', () => {
    const table = funded();
    expect(press(table, control(ledgerOf(table, alice), 'Undo the last hour')).refused).toBe(
      'economy.staff.entries.none',
    );
  });
});

test('members see no way to the ledgers of others, and cannot go it', () => {
  const table = funded();
  expect(table.say(bob, 'balance', { member: person(alice) }).reply.rows ?? []).toEqual([]);
  const ledger = ledgerOf(table, alice);
  const ids = [control(ledger, 'Undo the last hour'), control(ledger, 'Older'), select(ledger).customId];
  for (const id of ids) expect(table.press(bob, id, { chosen: '000000001' }).refused).toBe('core.only.staff');
});

test('another server has its own', () => {
  const table = funded();
  pay(table, alice, bob, '10');
  const other = createTable(undefined, guildId('100000000000000002'));
  other.fund(alice, 50);
  const shown = press(table, control(ledgerOf(table, alice), 'Undo the last hour'));
  expect(press(other, control(shown, 'Undo it')).refused).toBe('economy.staff.entries.none');
  expect(other.account(alice).wallet).toBe(50);
});
