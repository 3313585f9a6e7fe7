import { describe, expect, test } from 'vitest';
import { traders } from '../../../src/features/stocks/state.ts';
import { alice, bob, createTable, field, type Table } from '../table.ts';
import { quote } from './market.ts';
import { button, buy, holding, open } from './trading.ts';

describe('the price that was seen', () => {
  const seen = (table: Table, label: 'Buy' | 'Sell') => {
    const card = table.say(alice, 'stocks buy', { symbol: 'TECH' });
    return table.press(alice, button(card, label).customId).modal?.customId ?? '';
  };

  test('is the price traded at', () => {
    const table = open();
    const answered = table.press(alice, seen(table, 'Buy'), { shares: '10' });
    expect(field(answered, 'Paid')).toBe('1,010 coins');
    expect(holding(table, 'TECH')?.shares).toBe(10);
  });

  test('when it is not the one in force, trades nothing, says the new one, and a button accepts it', () => {
    const table = open();
    const form = seen(table, 'Buy');
    quote(table, { TECH: 12_000 }, { version: 2 });
    const { commits } = table.state;
    const moved = table.press(alice, form, { shares: '10' });
    expect(moved.refused).toBeUndefined();
    expect(moved.words).toContain('Nothing was bought');
    expect(moved.words).toContain('120.00');
    expect(moved.words).toContain('1,212');
    expect(table.state.commits).toBe(commits);
    expect(holding(table, 'TECH')).toBeUndefined();

    const accepted = table.press(alice, button(moved, 'Accept the new price').customId);
    expect(field(accepted, 'Paid')).toBe('1,212 coins');
    expect(accepted.reply.replaces).toBe(true);
    expect(holding(table, 'TECH')?.shares).toBe(10);
  });

  test('moves again while it is being accepted', () => {
    const table = open();
    const form = seen(table, 'Buy');
    quote(table, { TECH: 12_000 }, { version: 2 });
    const accept = button(table.press(alice, form, { shares: '10' }), 'Accept the new price').customId;
    quote(table, { TECH: 13_000 }, { version: 3 });
    const again = table.press(alice, accept);
    expect(again.words).toContain('130.00');
    expect(holding(table, 'TECH')).toBeUndefined();
    table.press(alice, button(again, 'Accept the new price').customId);
    expect(holding(table, 'TECH')?.cost).toBe(1_313);
  });

  test('is asked for again when only the version is another, and when it is one from the future', () => {
    const table = open();
    const form = seen(table, 'Buy');
    quote(table, { TECH: 10_000 }, { version: 2 });
    expect(table.press(alice, form, { shares: '1' }).words).toContain('Nothing was bought');
    expect(table.press(alice, 'g1~stocks.buy-at~1~{"symbol":"TECH","version":3}', { shares: '1' }).words).toContain(
      'Nothing was bought',
    );
  });

  test('accepted twice is traded once', () => {
    const table = open();
    const form = seen(table, 'Buy');
    quote(table, { TECH: 12_000 }, { version: 2 });
    const accept = button(table.press(alice, form, { shares: '10' }), 'Accept the new price').customId;
    table.press(alice, accept);
    const twice = table.press(alice, accept);
    expect(twice.refused).toBe('economy.stocks.again');
    expect(holding(table, 'TECH')?.shares).toBe(10);
  });

  test('of a sale is asked for likewise', () => {
    const table = open();
    buy(table, '10');
    const form = seen(table, 'Sell');
    quote(table, { TECH: 5_000 }, { version: 2 });
    const moved = table.press(alice, form, { shares: 'half' });
    expect(moved.words).toContain('Nothing was sold');
    expect(moved.words).toContain('would bring **248**');
    table.press(alice, button(moved, 'Accept the new price').customId);
    expect(holding(table, 'TECH')?.shares).toBe(5);
  });

  test('one interaction delivered twice trades once', () => {
    const table = open();
    const id = table.nextId();
    const first = table.say(alice, 'stocks buy', { symbol: 'TECH', shares: '10' }, { id });
    expect(table.say(alice, 'stocks buy', { symbol: 'TECH', shares: '10' }, { id })).toEqual(first);
    expect(holding(table, 'TECH')?.shares).toBe(10);
  });

  test.each([
    '{"symbol":"TECH","version":1,"trade":-1}',
    '{"symbol":"TECH","version":"1"}',
    '{"symbol":5,"version":1}',
    '{}',
  ])('in a forged button %s is refused, and nothing happens', (input) => {
    const table = open();
    const answered = table.press(alice, `g1~stocks.buy-at~1~${input}`, { shares: '1' });
    expect(answered.refused).toMatch(/^core\.input\./);
    expect(holding(table, 'TECH')).toBeUndefined();
  });

  test('buttons of another member trade for whoever presses', () => {
    const table = open();
    table.fund(bob, 5_000);
    const form = seen(table, 'Buy');
    table.press(bob, form, { shares: '2' });
    expect(holding(table, 'TECH', bob)?.shares).toBe(2);
    expect(holding(table, 'TECH')).toBeUndefined();
  });

  test('the longest button fits', () => {
    const table = createTable();
    table.set('trade.position_max', '0');
    table.fund(alice, 1e14);
    quote(table, { ABCDEFGHIJKL: 100_000 }, { version: 999_999_998 });
    table.put(traders, [alice], { trades: 5_999_999, recent: [] });
    const form = table.press(
      alice,
      button(table.say(alice, 'stocks buy', { symbol: 'ABCDEFGHIJKL' }), 'Buy').customId,
    ).modal;
    quote(table, { ABCDEFGHIJKL: 100_001 }, { version: 999_999_999 });
    const moved = table.press(alice, form?.customId ?? '', { shares: '1,000,000' });
    const accept = button(moved, 'Accept the new price').customId;
    expect(accept.length).toBeLessThanOrEqual(100);
    table.press(alice, accept);
    expect(holding(table, 'ABCDEFGHIJKL')?.shares).toBe(1_000_000);
  });
});
