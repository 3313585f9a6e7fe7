// Whoever turned pings off is named in what concerns them, and pinged by none of it.
import { describe, expect, test } from 'vitest';
import { preferences } from '../../src/features/settings/preference.ts';
import { encodeKey } from '../../src/kernel/key.ts';
import { found } from './clans/ground.ts';
import { alice, bob, createTable, manager, person, type Table } from './table.ts';

const quiet = (table: Table): void => {
  const key = encodeKey(preferences.key, [bob]);
  const after = { chosen: { ping: { on: false, at: table.clock.now } } };
  const changes = [{ collection: preferences, key, before: undefined, after }];
  const { sequence } = table.state;
  const commit = { operation: 'test.quiet' as const, at: table.clock.now, sequence, changes };
  table.state.apply({ ...commit, answered: undefined, seed: undefined });
};

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
