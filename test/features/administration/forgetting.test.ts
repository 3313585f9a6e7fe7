import { describe, expect, test } from 'vitest';
import { audit, bans } from '../../../src/features/administration/state.ts';
import { auditMax } from '../../../src/features/administration/tuning.ts';
import { epochMs, rowId } from '../../../src/kernel/ids.ts';
import { forgetful, leaveForGood, rowsNaming } from '../forgetful.ts';
import { administrator, alice, bob, createTable, person, type Table } from '../table.ts';
import { actions, admin, control, eco, mod, press, preview } from './staff.ts';

const reset = (table: Table) => {
  const card = table.say(admin, 'eco reset', {}, { permissions: administrator });
  const form = press(table, control(card, 'Reset …'), {}, admin);
  const done = press(table, form.modal?.customId ?? '', { typed: 'reset 0001' }, admin);
  table.fall();
  return done;
};

const lived = (): Table => {
  const table = forgetful();
  table.fund(alice, 1_000);
  table.fund(bob, 1_000);
  eco(table, 'give-coins', { member: person(alice), amount: '5' });
  eco(table, 'give-coins', { member: person(bob), amount: '5' });
  eco(table, 'ban', { member: person(bob), reason: 'cheating' });
  table.say(alice, 'pay', { member: person(bob), amount: '10' });
  const status = table.say(admin, 'eco status', {}, { permissions: administrator });
  const season = press(table, control(status, 'End the season …'), {}, admin);
  press(table, control(season, 'End it, keep balances'), {}, admin);
  return table;
};

describe('a member who is erased', () => {
  test.each([
    { who: 'whom the staff dealt with', member: alice },
    { who: 'of the staff', member: mod },
  ])('$who stands in no row of the administration', ({ member }) => {
    const table = lived();
    expect(rowsNaming(table, member)).toContain('economy.audit');
    leaveForGood(table, member);
    expect(rowsNaming(table, member)).toEqual([]);
    // What was done to others is still known, and can be undone.
    expect(actions(table).some(({ target }) => target === bob)).toBe(true);
    expect([...table.state.rows(bans).keys()]).toEqual([bob]);
  });

  test.each([alice, mod, admin])('%s stands in none of a reset either', (member) => {
    const table = lived();
    const done = reset(table);
    leaveForGood(table, member);
    expect(rowsNaming(table, member)).toEqual([]);
    if (member === admin) return;
    press(table, control(preview(table, done), 'Undo it'), {}, admin);
    table.fall();
    expect(rowsNaming(table, member)).toEqual([]);
    expect(table.account(bob).wallet).toBe(1_015);
    const { minted, burned } = table.supply();
    expect(minted - burned).toBe(member === alice ? 1_015n : 2_010n);
  });

  test('is still banned when they are back', () => {
    const table = lived();
    leaveForGood(table, bob);
    expect(rowsNaming(table, bob)).toEqual([]);
    table.runTask('core.member-joined', { member: bob });
    expect(table.say(bob, 'daily').refused).toBe('economy.banned');
    expect(table.say(bob, 'balance').refused).toBeUndefined();
    eco(table, 'unban', { member: person(bob) });
    expect(table.say(bob, 'daily').refused).toBeUndefined();
  });
});

test('the audit keeps ten thousand actions, the newest', () => {
  const table = createTable();
  const full = Array.from({ length: auditMax }, (_, index) => ({
    collection: audit,
    key: rowId(index + 1),
    before: undefined,
    after: { at: epochMs(index), before: '', after: '', deed: { kind: 'season', number: 1 } },
  }));
  table.state.apply({
    operation: 'test.fill',
    at: table.clock.now,
    sequence: auditMax + 1,
    changes: full,
    answered: undefined,
    seed: undefined,
  });
  const given = eco(table, 'give-coins', { member: person(alice), amount: '5' });
  expect(given.refused).toBeUndefined();
  expect(table.state.rows(audit).size).toBeLessThanOrEqual(auditMax);
  expect(table.state.rows(audit).has(rowId(1))).toBe(false);
  expect(press(table, control(preview(table, given), 'Undo it')).refused).toBeUndefined();
});
