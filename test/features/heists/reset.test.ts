// A reset of the economy takes a heist away and back: what lies at stake is lost with the economy and found with it.
import { expect, test } from 'vitest';
import { admin, control, press, preview } from '../administration/staff.ts';
import { done, forgetful, treasuryOf } from '../clans/ground.ts';
import { administrator, alice, dayMs, minuteMs, type Table } from '../table.ts';
import { button, check, crew, heistOf, id, openRows, pastRows, rival, rivals, startTeam } from './ground.ts';

const reset = (table: Table) => {
  const card = table.say(admin, 'eco reset', {}, { permissions: administrator });
  const form = press(table, control(card, 'Reset …'), {}, admin);
  return done(press(table, form.modal?.customId ?? '', { typed: `reset ${table.state.guild.slice(-4)}` }, admin));
};
const undo = (table: Table, begun: ReturnType<typeof reset>) => {
  done(press(table, control(preview(table, begun), 'Undo it'), {}, admin));
  table.fall();
};
const [one] = crew;

test('a heist under way at a reset that is undone gives everything back', () => {
  const { table, own, other } = rivals(forgetful());
  const card = startTeam(table, [one]);
  const { id: h } = heistOf(table);
  const begun = reset(table);
  expect(table.press(alice, button(card, 'Play')).refused).toBe('economy.frozen');
  table.fall();
  expect(openRows(table)).toEqual([]);
  check(table);
  table.wait(dayMs);
  undo(table, begun);
  table.wait(minuteMs);
  table.fall();
  expect(openRows(table)).toEqual([]);
  expect(pastRows(table)[0]).toMatchObject({ outcome: 'void' });
  expect([treasuryOf(table, own), treasuryOf(table, other)]).toEqual([5_000, 10_000]);
  expect([alice, one].map((who) => table.account(who).wallet + table.account(who).bank)).toEqual([2_000, 2_000]);
  done(table.press(alice, id('look', { h })));
  check(table);
});

test('where the target was erased meanwhile it comes to nothing, and no coin is made for who is gone', () => {
  const { table } = rivals(forgetful());
  table.set('members.grace_hours', '0');
  startTeam(table, [one]);
  const begun = reset(table);
  table.fall();
  for (const who of [rival, one]) table.runTask('core.member-left', { member: who });
  table.fall();
  table.wait(dayMs);
  undo(table, begun);
  table.wait(minuteMs);
  table.fall();
  expect(openRows(table)).toEqual([]);
  expect(table.account(one)).toMatchObject({ wallet: 0, bank: 0, debt: 0 });
  expect(table.account(alice).wallet + table.account(alice).bank).toBe(2_000);
  check(table);
});
