// What members set to protect themselves outlasts everything but their own will.
import { describe, expect, test } from 'vitest';
import { careOf } from '../../../src/features/casino/limits.ts';
import { care, players } from '../../../src/features/casino/state.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import { admin, control, press, preview } from '../administration/staff.ts';
import { type Answered, administrator, alice, createTable, dayMs, hourMs, type Table } from '../table.ts';

const bet = (table: Table) => table.say(alice, 'casino coinflip', { bet: '100', side: 'tails' }).refused;

/** A player as rows held them when limits were among what they did. */
const putOlder = (table: Table, limits: object): void => {
  table.put(players, [alice], { ...players.initial, ...limits });
};

const resetAll = (table: Table): Answered => {
  const card = table.say(admin, 'eco reset', {}, { permissions: administrator });
  const form = press(table, control(card, 'Reset …'), {}, admin);
  const done = press(table, form.modal?.customId ?? '', { typed: `reset ${table.state.guild.slice(-4)}` }, admin);
  expect(done.refused).toBeUndefined();
  table.fall();
  return done;
};

const limited = {
  'set now': (table: Table): void => {
    table.say(alice, 'casino limits', { loss: '50', out: 48 });
  },
  'set when they were kept elsewhere': (table: Table): void =>
    putOlder(table, { lossLimit: 50, outUntil: table.clock.now + 48 * hourMs }),
};

describe.each(Object.entries(limited))('limits that were %s', (_, limit) => {
  test('outlast a reset of the economy, and its undoing', () => {
    const table = createTable();
    table.fund(alice, 1_000);
    limit(table);
    expect(bet(table)).toBe('economy.casino.limits.out');
    const done = resetAll(table);
    table.fund(alice, 1_000);
    expect(bet(table)).toBe('economy.casino.limits.out');
    expect(table.say(alice, 'casino limits', { out: 1 }).refused).toBe('economy.casino.limits.longer');
    expect(press(table, control(preview(table, done), 'Undo it'), {}, admin).refused).toBeUndefined();
    table.fall();
    expect(bet(table)).toBe('economy.casino.limits.out');
    table.wait(48 * hourMs);
    expect(bet(table)).toBe('economy.casino.limits.reached');
    resetAll(table);
    table.fund(alice, 1_000);
    expect(bet(table)).toBe('economy.casino.limits.reached');
    expect(table.say(alice, 'casino limits', { loss: '100' }).refused).toBeUndefined();
    expect(bet(table)).toBe('economy.casino.limits.reached');
    table.wait(dayMs);
    expect(bet(table)).toBeUndefined();
  });

  test('count until the member sets others, which are kept where they last', () => {
    const table = createTable();
    table.fund(alice, 1_000);
    limit(table);
    expect(table.say(alice, 'casino limits').words).toContain('50');
    expect(table.say(alice, 'casino limits', { loss: '40' }).refused).toBeUndefined();
    const own = table.state.row(care, encodeKey(care.key, [alice]));
    expect(own).toMatchObject({ lossLimit: 40, outUntil: expect.any(Number) });
    table.wait(48 * hourMs);
    expect(bet(table)).toBe('economy.casino.limits.reached');
  });
});

test('a limit that was taken off does not come back from the row it was kept in once', () => {
  const table = createTable();
  table.fund(alice, 1_000);
  putOlder(table, { lossLimit: 50 });
  table.say(alice, 'casino limits', { loss: 'none' });
  table.wait(dayMs);
  expect(bet(table)).toBeUndefined();
  const query = { find: (rows: { name: string }) => (rows.name === care.name ? {} : undefined) };
  expect(careOf(query as never, alice)).toEqual({});
});
