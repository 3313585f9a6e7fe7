// How much of one company a member may buy: patience with prices that come back pays, so that it is bounded.
import { describe, expect, test } from 'vitest';
import { quotes } from '../../../src/features/stocks/worlds.ts';
import { alice, createTable, type Table } from '../table.ts';

const opened = (): Table => {
  const table = createTable();
  table.worlds.set(quotes.name, { version: 1, at: table.clock.now, value: quotes.initial });
  table.fund(alice, 500_000);
  return table;
};
const buy = (table: Table, shares: string, symbol = 'FOOD') => table.say(alice, 'stocks buy', { symbol, shares });

describe('50,000 coins in one company', () => {
  // A share is 60.00; 825 cost 49,500 and 495 for the trade, 826 cost 50,056.
  test('are all that is bought, fees with them, in one trade or in many', () => {
    const table = opened();
    expect(buy(table, '826')).toMatchObject({ refused: 'economy.stocks.buy.position', with: { left: 50_000 } });
    expect(buy(table, '800').refused).toBeUndefined();
    expect(buy(table, '26')).toMatchObject({ refused: 'economy.stocks.buy.position', with: { left: 1_520 } });
    expect(buy(table, '25').refused).toBeUndefined();
    expect(table.account(alice).wallet).toBe(500_000 - 48_480 - 1_515);
  });

  test('are what “all” comes to, and then it is said that nothing is left', () => {
    const table = opened();
    expect(buy(table, 'all').refused).toBeUndefined();
    expect(table.account(alice).wallet).toBe(500_000 - 49_995);
    expect(buy(table, 'all')).toMatchObject({ refused: 'economy.stocks.buy.position', with: { left: 5 } });
    expect(buy(table, 'all', 'BANK').refused).toBeUndefined();
  });

  test('are there again when shares are sold', () => {
    const table = opened();
    buy(table, 'all');
    table.say(alice, 'stocks sell', { symbol: 'FOOD', shares: 'all' });
    expect(buy(table, '825').refused).toBeUndefined();
  });

  test('are what the server wants, and no limit at 0', () => {
    const table = opened();
    table.set('trade.position_max', '1000');
    expect(buy(table, '17').refused).toBe('economy.stocks.buy.position');
    table.set('trade.position_max', '0');
    expect(buy(table, '5000').refused).toBeUndefined();
  });
});
