import { describe, expect, test } from 'vitest';
import { seasons } from '../../../src/features/administration/seasons/state.ts';
import { answerRefused } from '../limits.ts';
import { administrator, alice, bob, createTable, member, type Table } from '../table.ts';
import { actions, admin, control, eco, press, select } from './staff.ts';

const lived = (): Table => {
  const table = createTable();
  table.fund(alice, 500, 100);
  table.fund(bob, 300, 900);
  for (let index = 10; index < 20; index += 1) table.fund(member(index), index);
  return table;
};

const open = (table: Table) => {
  const status = table.say(admin, 'eco status', {}, { permissions: administrator });
  return press(table, control(status, 'End the season …'), {}, admin);
};
const end = (table: Table) => press(table, control(open(table), 'End it, keep balances'), {}, admin);
const past = (table: Table, who = bob) => table.press(who, control(table.say(who, 'leaderboard'), 'Past seasons'));

describe('a season', () => {
  test('that ends keeps ten places of every board, and balances', () => {
    const table = lived();
    expect(() => past(table)).toThrow('no button');
    const ended = end(table);
    expect(ended.words).toContain('Season 1 is over');
    expect(table.account(alice)).toMatchObject({ wallet: 500, bank: 100 });
    table.fund(bob, 10_000);
    const shown = past(table);
    expect(answerRefused(shown)).toEqual([]);
    expect(shown.words).toContain(`#1 <@${alice}> – 500 coins`);
    expect(shown.words).toContain(`#10 <@${member(12)}>`);
    expect(shown.words).not.toContain(`<@${member(11)}>`);
    const [, boards] = (shown.reply.rows ?? []).flat();
    const bank = table.press(bob, boards?.customId ?? '', { chosen: 'bank' });
    expect(bank.words).toContain(`#1 <@${bob}> – 900 coins`);
    expect(actions(table).map(({ deed }) => deed.kind)).toEqual(['season']);
  });

  test('can be chosen among those that are over', () => {
    const table = lived();
    end(table);
    table.fund(bob, 10_000);
    end(table);
    const newest = past(table);
    expect(newest.words).toContain('Season 2');
    expect(newest.words).toContain(`#1 <@${bob}>`);
    const first = table.press(bob, select(newest).customId, { chosen: '1' });
    expect(first.words).toContain(`#1 <@${alice}> – 500 coins`);
    for (const chosen of ['3', '0', '-1', 'x', '', undefined, '9999999']) {
      expect(table.press(bob, select(newest).customId, { chosen }).refused).toBeDefined();
    }
  });

  test('may end with a reset, which can be undone', () => {
    const table = lived();
    const form = press(table, control(open(table), 'End it and reset …'), {}, admin);
    const id = form.modal?.customId ?? '';
    expect(press(table, id, { typed: 'yes' }, admin).refused).toBe('economy.staff.reset.mistyped');
    expect(table.state.rows(seasons).size).toBe(0);
    const ended = press(table, id, { typed: 'reset 0001' }, admin);
    expect(ended.refused).toBeUndefined();
    table.fall();
    expect(table.account(alice).wallet).toBe(0);
    expect(past(table).words).toContain(`#1 <@${alice}> – 500 coins`);
    press(table, control(press(table, control(ended, 'Undo'), {}, admin), 'Undo it'), {}, admin);
    table.fall();
    expect(table.account(alice).wallet).toBe(500);
  });

  test('is ended by administrators, within thirty seconds', () => {
    const table = lived();
    expect(press(table, control(eco(table, 'status'), 'End the season …')).refused).toBe('core.only.administrator');
    const card = open(table);
    expect(press(table, control(card, 'End it, keep balances')).refused).toBe('core.only.administrator');
    table.wait(31_000);
    expect(press(table, control(card, 'End it, keep balances'), {}, admin).refused).toBe('economy.staff.reset.late');
    expect(table.state.rows(seasons).size).toBe(0);
  });

  test('shows nobody who has left', () => {
    const table = lived();
    end(table);
    table.leave(alice);
    const { words } = past(table);
    expect(words).not.toContain(alice);
    expect(words).toContain(`#1 <@${bob}>`);
  });

  test('a hundred are kept, the newest', () => {
    const table = lived();
    for (let index = 0; index < 103; index += 1) end(table);
    expect(table.state.rows(seasons).size).toBe(100);
    expect(past(table).words).toContain('Season 103');
  });
});
