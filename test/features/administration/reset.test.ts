import { describe, expect, test } from 'vitest';
import { auditLedger } from '../../../src/command-line/ledger-audit.ts';
import { resets } from '../../../src/features/administration/reset/state.ts';
import { features } from '../../../src/features/index.ts';
import { guildId } from '../../../src/kernel/ids.ts';
import { settingOverrides } from '../../../src/kernel/setting.ts';
import { timers } from '../../../src/kernel/timer.ts';
import { answerRefused } from '../limits.ts';
import { createMarket } from '../stocks/market.ts';
import {
  type Answered,
  administrator,
  alice,
  bob,
  carol,
  createTable,
  dayMs,
  hourMs,
  member,
  person,
  startOfTime,
  type Table,
} from '../table.ts';
import { actions, admin, control, eco, enabled, mod, press, preview } from './staff.ts';

const market = createMarket();
market.open();

/** A guild in which something happened in every corner of the economy. */
const lived = (guild?: Table['state']['guild']): Table => {
  const table = createTable(undefined, guild);
  market.reach(table);
  table.set('pay.tax', '10%');
  for (const who of [alice, bob, carol]) table.fund(who, 20_000, 30_000);
  table.say(alice, 'fair seed');
  table.say(alice, 'casino coinflip', { bet: '100', side: 'heads' });
  table.say(alice, 'casino blackjack', { bet: '100' });
  table.say(alice, 'stocks buy', { symbol: table.suggest('stocks buy', 'symbol', '')[0]?.value, shares: '3' });
  table.say(alice, 'request', { member: person(bob), amount: '70' });
  table.say(bob, 'pay', { member: person(carol), amount: '50' });
  table.say(bob, 'daily');
  table.say(bob, 'loan take', { amount: '1000' });
  table.say(carol, 'richest');
  table.say(bob, 'guild create', { name: 'Bakers' });
  table.say(bob, 'guild deposit', { amount: '500' });
  eco(table, 'give-item', { member: person(alice), item: 'luck_potion', count: 2 });
  table.fall();
  eco(table, 'ban', { member: person(carol) });
  return table;
};

const economy = features
  .filter(({ pack, name }) => pack === 'economy' && name !== 'administration')
  .flatMap(({ collections }) => collections)
  .filter(({ name }) => !['economy.supply', 'economy.flow', 'economy.pause'].includes(name));

const sorted = (rows: ReadonlyMap<string, unknown>) => [...rows].toSorted(([left], [right]) => (left < right ? -1 : 1));

const rowsOf = (table: Table): Readonly<Record<string, readonly unknown[]>> =>
  Object.fromEntries(
    economy
      .map((collection) => [collection.name, sorted(table.state.rows(collection))] as const)
      .filter(([, rows]) => rows.length > 0),
  );

const timersOf = (table: Table) => [...table.state.rows(timers)].map(([key]) => key).sort();

const held = (table: Table): bigint => table.supply().minted - table.supply().burned;
const stageOf = (table: Table) => ([...table.state.rows(resets).values()][0] as typeof resets.initial).stage;

/** Opens the card, confirms, and types. */
const reset = (table: Table, typed = `reset ${table.state.guild.slice(-4)}`): Answered => {
  const card = table.say(admin, 'eco reset', {}, { permissions: administrator });
  expect(answerRefused(card)).toEqual([]);
  const form = press(table, control(card, 'Reset …'), {}, admin);
  expect(answerRefused(form)).toEqual([]);
  return press(table, form.modal?.customId ?? '', { typed }, admin);
};

const undoReset = (table: Table, done: Answered): Answered =>
  press(table, control(preview(table, done), 'Undo it'), {}, admin);

describe('/eco reset', () => {
  test('takes everything away, and undoing it brings all of it back', () => {
    const table = lived();
    const before = { rows: rowsOf(table), timers: timersOf(table), held: held(table) };
    expect(Object.keys(before.rows).length).toBeGreaterThanOrEqual(8);
    const settings = [...table.state.rows(settingOverrides)];
    const done = reset(table);
    expect(done.refused).toBeUndefined();
    expect(table.say(alice, 'daily').refused).toBe('economy.frozen');
    table.fall();
    expect(stageOf(table)).toBe('kept');
    // Nothing is left but that somebody is banned.
    expect(Object.keys(rowsOf(table))).toEqual(['economy.account']);
    expect(rowsOf(table)['economy.account']).toHaveLength(1);
    expect(held(table)).toBe(0n);
    expect([...table.state.rows(settingOverrides)]).toEqual(settings);
    expect(table.say(carol, 'daily').refused).toBe('economy.banned');
    // A new life begins.
    expect(table.say(alice, 'daily').refused).toBeUndefined();
    expect(table.account(alice).wallet).toBe(250);
    table.wait(6 * dayMs);
    expect(undoReset(table, done).refused).toBeUndefined();
    expect(table.say(alice, 'daily').refused).toBe('economy.frozen');
    // Time stands, so that what comes back and is overdue does not fall before it was looked at.
    while (stageOf(table) !== 'none') table.runTask('economy.staff.reset-step', {});
    expect(rowsOf(table)).toEqual(before.rows);
    expect(timersOf(table).filter((key) => !key.startsWith('economy.staff.'))).toEqual(before.timers);
    expect(held(table)).toBe(before.held);
    expect(auditLedger(table.state)).toEqual([]);
    expect([...table.state.rows(settingOverrides)]).toEqual(settings);
    table.fall();
    expect(table.say(bob, 'pay', { member: person(alice), amount: '1' }).refused).toBeUndefined();
  });

  test.each(['', 'reset', 'RESET 0002', 'reset 1', 'yes', 'reset 00010'])('%j is not what was to be typed', (typed) => {
    const table = lived();
    const before = rowsOf(table);
    expect(reset(table, typed).refused).toBe('economy.staff.reset.mistyped');
    table.fall();
    expect(rowsOf(table)).toEqual(before);
  });

  test('the card is good for thirty seconds, and what it leads to for five minutes', () => {
    const table = lived();
    const card = table.say(admin, 'eco reset', {}, { permissions: administrator });
    const id = control(card, 'Reset …');
    const form = press(table, id, {}, admin);
    table.wait(31_000);
    expect(press(table, id, {}, admin).refused).toBe('economy.staff.reset.late');
    table.wait(5 * 60_000);
    expect(press(table, form.modal?.customId ?? '', { typed: 'reset 0001' }, admin).refused).toBe(
      'economy.staff.reset.late',
    );
    expect(press(table, control(card, 'Cancel'), {}, admin).words).toBe('Nothing was reset.');
  });

  test('is for administrators, and so is its undoing', () => {
    const table = lived();
    expect(eco(table, 'reset').refused).toBe('core.only.administrator');
    const card = table.say(admin, 'eco reset', {}, { permissions: administrator });
    expect(press(table, control(card, 'Reset …')).refused).toBe('core.only.administrator');
    const done = reset(table);
    table.fall();
    expect(press(table, control(preview(table, done), 'Undo it')).refused).toBe('economy.staff.reset.administrators');
    expect(table.press(alice, control(done, 'Refresh')).refused).toBe('core.only.staff');
  });

  test('touches no other server', () => {
    const table = lived();
    const other = lived(guildId('100000000000000002'));
    const before = rowsOf(other);
    const done = reset(table);
    table.fall();
    expect(rowsOf(other)).toEqual(before);
    expect(press(other, control(preview(table, done), 'Undo it'), {}, admin).refused).toBeDefined();
    other.fall();
    expect(rowsOf(other)).toEqual(before);
  });

  test('cannot run twice at once, nor be thawed or undone while it does', () => {
    const table = lived();
    const done = reset(table);
    expect(table.say(admin, 'eco reset', {}, { permissions: administrator }).refused).toBe(
      'economy.staff.reset.running',
    );
    expect(eco(table, 'freeze', { on: false }).refused).toBe('economy.staff.reset.running');
    expect(enabled(preview(table, done), 'Undo it')).toBe(false);
    table.fall();
    const before = held(table);
    expect(undoReset(table, done).refused).toBeUndefined();
    expect(press(table, control(done, 'Undo'), {}, admin).refused).toBe('economy.staff.undo.twice');
    table.fall();
    expect(held(table)).toBeGreaterThan(before);
  });

  test('an economy that was frozen before is so after', () => {
    const table = lived();
    eco(table, 'freeze', { on: true });
    const done = reset(table);
    table.fall();
    expect(table.say(alice, 'daily').refused).toBe('economy.frozen');
    undoReset(table, done);
    table.fall();
    expect(table.say(alice, 'daily').refused).toBe('economy.frozen');
  });

  test('after seven days nothing of it is left', () => {
    const table = lived();
    const done = reset(table);
    table.fall();
    const kept = () => table.state.rows({ name: 'economy.reset-row' }).size;
    expect(kept()).toBeGreaterThan(20);
    table.wait(7 * dayMs - hourMs);
    table.fall();
    expect(kept()).toBeGreaterThan(20);
    table.wait(hourMs);
    table.fall();
    expect(kept()).toBe(0);
    expect(undoReset(table, done).refused).toBe('economy.staff.reset.expired');
  });

  test('a second one takes the place of the first', () => {
    const table = lived();
    const first = reset(table);
    table.fall();
    table.say(alice, 'daily');
    const card = table.say(admin, 'eco reset', {}, { permissions: administrator });
    expect(card.words).toContain('cannot be undone after this');
    const second = reset(table);
    table.fall();
    expect(undoReset(table, first).refused).toBe('economy.staff.reset.expired');
    expect(undoReset(table, second).refused).toBeUndefined();
    table.fall();
    expect(table.account(alice).wallet).toBe(250);
    // The first one's end does not fall into the second one's time.
    table.wait(7 * dayMs);
    table.fall();
    expect(table.account(alice).wallet).toBe(250);
  });

  test('goes in steps, each of one member whole, and others act between', () => {
    const table = lived();
    for (let index = 10; index < 400; index += 1) table.fund(member(index), 10, 10);
    const done = reset(table);
    const total = held(table);
    const seen = new Set<bigint>();
    while (stageOf(table) !== 'kept') {
      table.runTask('economy.staff.reset-step', {});
      seen.add(held(table));
      // At no moment does a balance differ from what the ledger tells.
      expect(auditLedger(table.state)).toEqual([]);
      if (stageOf(table) !== 'kept') expect(table.say(mod, 'balance', {}).refused).toBeUndefined();
      const shown = press(table, control(done, 'Refresh'));
      expect(answerRefused(shown)).toEqual([]);
      expect(eco(table, 'status').refused).toBeUndefined();
    }
    expect(seen.size).toBeGreaterThan(2);
    expect(held(table)).toBe(0n);
    undoReset(table, done);
    table.fall();
    expect(held(table)).toBe(total);
  });

  test('is kept in the audit, with what there was', () => {
    const table = lived();
    const there = held(table);
    reset(table);
    expect(actions(table).at(-1)).toMatchObject({
      by: admin,
      at: startOfTime,
      before: String(there),
      deed: { kind: 'reset', number: 1 },
    });
  });
});
