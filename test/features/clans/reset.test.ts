// A reset of the economy moves the rows of guilds away and back, and members may be erased in between.
import { expect, test } from 'vitest';
import { mendings } from '../../../src/features/clans/state.ts';
import { admin, control, press, preview } from '../administration/staff.ts';
import { administrator, alice, bob, carol, dayMs, member, person, type Table } from '../table.ts';
import { checkClans, clanOf, done, forgetful, found, membershipOf, take, treasuryOf } from './ground.ts';

const dave = member(4);

const reset = (table: Table) => {
  const card = table.say(admin, 'eco reset', {}, { permissions: administrator });
  const form = press(table, control(card, 'Reset …'), {}, admin);
  const typed = `reset ${table.state.guild.slice(-4)}`;
  const begun = done(press(table, form.modal?.customId ?? '', { typed }, admin));
  return begun;
};

const lived = () => {
  const table = forgetful();
  table.set('members.grace_hours', '0');
  const clan = found(table, alice, 'Ferrymen');
  take(table, alice, bob, carol);
  done(table.say(alice, 'guild promote', { member: person(bob) }));
  table.fund(carol, 500);
  done(table.say(carol, 'guild deposit', { amount: '500' }));
  const other = found(table, dave, 'Others');
  return { table, clan, other };
};

test('nothing of guilds is left after a reset, and undoing it brings all of it back', () => {
  const { table, clan } = lived();
  const begun = reset(table);
  expect(table.say(alice, 'guild leave').refused).toBe('economy.frozen');
  table.fall();
  expect(table.say(alice, 'guild top').refused).toBe('economy.clan.no-clans');
  checkClans(table);
  found(table, bob, 'ferrymen');
  table.wait(dayMs);
  done(press(table, control(preview(table, begun), 'Undo it'), {}, admin));
  expect(table.say(carol, 'guild create', { name: 'Ferrymen' }).refused).toBe('economy.frozen');
  table.fall();
  expect(treasuryOf(table, clan)).toBe(500);
  expect(membershipOf(table, bob)).toMatchObject({ clan, role: 'officer' });
  done(table.say(carol, 'guild withdraw', { amount: '500' }));
  checkClans(table);
});

test.each([0, 10])(
  'guilds whose members were erased meanwhile are mended: counts, owners, those with nobody left (%d more)',
  (more) => {
    const { table, clan, other } = lived();
    for (let index = 100; index < 100 + more; index += 1) found(table, member(index), `Guild ${index}`);
    const begun = reset(table);
    table.fall();
    for (const who of [alice, dave]) table.runTask('core.member-left', { member: who });
    table.fall();
    done(press(table, control(preview(table, begun), 'Undo it'), {}, admin));
    table.fall();
    expect(table.state.rows(mendings).size).toBe(0);
    expect(clanOf(table, clan)?.members).toBe(2);
    expect(membershipOf(table, bob)?.role).toBe('owner');
    expect(clanOf(table, other)).toBeUndefined();
    checkClans(table);
    done(table.say(bob, 'guild disband', { confirm: 'Ferrymen' }));
    checkClans(table);
  },
);
