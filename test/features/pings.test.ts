// Whoever turned pings off is named in what concerns them, and pinged by none of it.
import { describe, expect, test } from 'vitest';
import { preferences } from '../../src/features/settings/preference.ts';
import { found } from './clans/ground.ts';
import { alice, bob, createTable, manager, person, type Table } from './table.ts';

const quiet = (table: Table): void =>
  table.put(preferences, [bob], { chosen: { ping: { on: false, at: table.clock.now } } });

describe.each([true, false])('where pings are on: %s', (wanted) => {
  const made = (): Table => {
    const table = createTable();
    table.fund(alice, 10_000);
    table.fund(bob, 1_000);
    if (!wanted) quiet(table);
    return table;
  };

  test('coins given by the staff', () => {
    const given = made().say(alice, 'eco give-coins', { member: person(bob), amount: '5' }, { permissions: manager });
    expect(given.words).toContain(`<@${bob}>`);
    expect(given.reply.mentions).toEqual(wanted ? [bob] : []);
  });

  test('an invitation into a guild', () => {
    const table = made();
    found(table, alice, 'Ferrymen');
    const invited = table.say(alice, 'guild invite', { member: person(bob) });
    expect(invited.words).toContain(`<@${bob}>`);
    expect(invited.reply.mentions).toEqual(wanted ? [bob] : []);
  });
});
