import { describe, expect, test } from 'vitest';
import { ownTables } from '../../../src/features/chests/state.ts';
import { answerRefused } from '../limits.ts';
import { alice, createTable, person, type Table } from '../table.ts';
import { actions, control, eco, enabled, press, preview, undo } from './staff.ts';

const count = (table: Table, item: string): number => {
  const row = [...table.state.rows({ name: 'items.bag' }).values()][0] as
    | { counts?: Record<string, number> }
    | undefined;
  return row?.counts?.[item] ?? 0;
};
const give = (table: Table, item: unknown, more: Readonly<Record<string, unknown>> = {}) =>
  eco(table, 'give-item', { member: person(alice), item, ...more });

describe('/eco give-item and take-item', () => {
  test('give, take and undo whole numbers of an item', () => {
    const table = createTable();
    const given = give(table, 'luck_potion', { count: 3 });
    expect(given.refused).toBeUndefined();
    expect(given.reply.private).toBe(true);
    expect(answerRefused(given)).toEqual([]);
    expect(count(table, 'luck_potion')).toBe(3);
    const taken = eco(table, 'take-item', { member: person(alice), item: 'luck potion', count: 5 });
    expect(taken.words).toContain('there was no more');
    expect(count(table, 'luck_potion')).toBe(0);
    expect(enabled(preview(table, given), 'Undo it')).toBe(false);
    expect(undo(table, given).refused).toBe('economy.staff.undo.items-gone');
    expect(undo(table, taken).refused).toBeUndefined();
    expect(count(table, 'luck_potion')).toBe(3);
    expect(undo(table, given).refused).toBeUndefined();
    expect(count(table, 'luck_potion')).toBe(0);
    expect(preview(table, given).refused).toBe('economy.staff.undo.twice');
    expect(actions(table).map(({ deed }) => deed.kind)).toEqual(['items', 'items', 'undo', 'undo']);
    expect(actions(table)[0]).toMatchObject({ target: alice, before: '0', after: '3' });
  });

  test('what is given in the place of another is undone as such', () => {
    const table = createTable();
    const given = give(table, 'small_chest', { count: 2 });
    expect(count(table, 'common_chest')).toBe(2);
    expect(undo(table, given).refused).toBeUndefined();
    expect(count(table, 'common_chest')).toBe(0);
  });

  test.each(['no_such', '', '__proto__', 'constructor', 5, null])('%j is no item', (item) => {
    expect(give(createTable(), item).refused).toBeDefined();
  });
  test.each([0, -1, 1.5, 1_000_001, '3'])('%j is no count', (amount) => {
    const table = createTable();
    expect(give(table, 'luck_potion', { count: amount }).refused).toBeDefined();
    expect(actions(table)).toEqual([]);
  });

  test('nothing is said as such, and items are suggested', () => {
    const table = createTable();
    expect(eco(table, 'take-item', { member: person(alice), item: 'luck_potion' }).refused).toBe(
      'economy.staff.take-item.nothing',
    );
    expect(table.suggest('eco give-item', 'item', 'luck').map(({ value }) => value)).toContain('luck_potion');
  });
});

describe('/eco loot-table', () => {
  const input = { chest: 'rare', coin_chance: '0.7', item_chance: '20%', mimic_chance: '0.1', min: 10, max: 20 };
  const own = (table: Table) => [...table.state.rows(ownTables)];

  test('sets what lies in chests, and back', () => {
    const table = createTable();
    const set = eco(table, 'loot-table', input);
    expect(set.refused).toBeUndefined();
    expect(own(table)).toEqual([['rare', { coin: 7_000, item: 2_000, mimic: 1_000, least: 10, most: 20 }]]);
    const second = eco(table, 'loot-table', { ...input, max: 30 });
    expect(enabled(preview(table, set), 'Undo it')).toBe(false);
    expect(press(table, control(preview(table, set), 'Undo it')).refused).toBe('economy.staff.undo.changed');
    expect(undo(table, second).refused).toBeUndefined();
    expect(undo(table, set).refused).toBeUndefined();
    expect(own(table)).toEqual([]);
  });

  test.each([
    { coin_chance: '0.333', item_chance: '0.333', mimic_chance: '0.333', result: [3_340, 3_330, 3_330] },
    { coin_chance: '0.1', item_chance: '0.895', mimic_chance: '0', result: [1_000, 9_000, 0] },
    { coin_chance: '1', item_chance: '0', mimic_chance: '0.01', result: [9_900, 0, 100] },
  ])('$coin_chance, $item_chance and $mimic_chance come to one', ({ result, ...chances }) => {
    const table = createTable();
    expect(eco(table, 'loot-table', { ...input, ...chances }).refused).toBeUndefined();
    const [coin, item, mimic] = result;
    expect(own(table)[0]?.[1]).toMatchObject({ coin, item, mimic });
  });

  test.each([
    { coin_chance: '0.5' },
    { coin_chance: '1.1' },
    { coin_chance: '-0.7' },
    { coin_chance: '7e-1' },
    { coin_chance: '٠.7' },
    { coin_chance: '' },
    { coin_chance: '0', item_chance: '0', mimic_chance: '1' },
    { min: 21 },
    { min: -1 },
    { max: 1e16 },
    { chest: 'golden' },
    { chest: undefined },
  ])('$coin_chance $min $max $chest is refused', (bad) => {
    const table = createTable();
    expect(eco(table, 'loot-table', { ...input, ...bad }).refused).toBeDefined();
    expect(own(table)).toEqual([]);
    expect(actions(table)).toEqual([]);
  });

  test('warns where chests bring more than they cost', () => {
    const table = createTable();
    expect(eco(table, 'loot-table', input).words).not.toContain('more than a chest costs');
    expect(eco(table, 'loot-table', { ...input, max: 1_000_000 }).words).toContain('more than a chest costs');
  });
});

test('/eco chest-cooldown sets the wait, and back', () => {
  const table = createTable();
  const set = eco(table, 'chest-cooldown', { seconds: 120 });
  expect(set.words).toContain('30 → **120**');
  expect(undo(table, set).refused).toBeUndefined();
  expect(eco(table, 'chest-cooldown', { seconds: 86_401 }).refused).toBe('core.input.integer');
});
