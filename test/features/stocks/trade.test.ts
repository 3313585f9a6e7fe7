import { describe, expect, test } from 'vitest';
import { alice, bob, field, hourMs, minuteMs, type Table } from '../table.ts';
import { quote } from './market.ts';
import { button, buy, hold, holding, open, owe, select, sell, told } from './trading.ts';

describe('buying', () => {
  test('takes value and fee from the wallet first, then from the bank, and burns them', () => {
    const table = open(600, 5_000);
    const before = table.supply().burned;
    const answered = buy(table, '10');
    expect(answered.refused).toBeUndefined();
    // 1,000 and 1 %.
    expect(table.account(alice)).toMatchObject({ wallet: 0, bank: 5_600 - 1_010 });
    expect(table.supply().burned - before).toBe(1_010n);
    expect(holding(table, 'TECH')).toEqual({ shares: 10, cost: 1_010, knownPrice: 10_000 });
    expect(answered.words).toContain('10 shares');
    expect(answered.words).toContain('100.00');
    expect(field(answered, 'Paid')).toBe('1,010 coins');
    expect(field(answered, 'Fee')).toBe('10 coins');
    expect(table.ledgerRows().at(-1)).toMatchObject({ kind: 'stock-purchase', wallet: -600, bank: -410 });
  });

  test('names the time of the price', () => {
    const table = open();
    const at = table.worlds.get('market.quotes')?.at ?? 0;
    expect(buy(table, '1').words).toContain(`<t:${at / 1_000}:t>`);
  });

  test('tells the market what was bought, before the fee', () => {
    const table = open();
    buy(table, '10');
    sell(table, '4');
    expect(told(table)).toEqual([
      { operation: 'market.demand', input: { symbol: 'TECH', coins: 1_000 } },
      { operation: 'market.demand', input: { symbol: 'TECH', coins: -400 } },
    ]);
  });

  test('adds to what is held, cost and all', () => {
    const table = open();
    buy(table, '10');
    quote(table, { TECH: 12_000 }, { version: 2 });
    buy(table, '10');
    expect(holding(table, 'TECH')).toEqual({ shares: 20, cost: 1_010 + 1_212, knownPrice: 12_000 });
  });

  test.each([
    { shares: 'all', funds: 1_009, bought: 9 },
    { shares: 'all', funds: 1_010, bought: 10 },
    { shares: 'half', funds: 2_020, bought: 10 },
    { shares: '25%', funds: 4_040, bought: 10 },
  ])('$shares of $funds coins buys $bought', ({ shares, funds, bought }) => {
    const table = open(funds - 10, 10);
    expect(buy(table, shares).refused).toBeUndefined();
    expect(holding(table, 'TECH')?.shares).toBe(bought);
  });

  test.each([
    { shares: '11', code: 'economy.stocks.buy.poor' },
    { shares: '1000001', code: 'economy.stocks.buy.most' },
    { shares: '1%', code: 'economy.stocks.nothing' },
    { shares: '0', code: 'core.input.amount' },
    { shares: '-1', code: 'core.input.amount' },
    { shares: 'ten', code: 'core.input.amount' },
    { shares: '1.5', code: 'core.input.amount' },
  ])('of $shares shares with too few coins or sense is refused: $code', ({ shares, code }) => {
    const table = open(1_000);
    expect(buy(table, shares).refused).toBe(code);
    expect(holding(table, 'TECH')).toBeUndefined();
    expect(table.account(alice).wallet).toBe(1_000);
  });

  test('what is missing is named', () => {
    expect(buy(open(1_000), '11').words).toContain('111');
  });

  test.each(['tech', ' Tech '])('a symbol typed as %j is found', (symbol) => {
    const table = open();
    expect(buy(table, '1', symbol).refused).toBeUndefined();
    expect(holding(table, 'TECH')?.shares).toBe(1);
  });

  test.each(['NOBODY', '__proto__', 'constructor', '\u0000', 'TECHTECHTECHTECH', ' ', '日本'])(
    'of %j is refused',
    (symbol) => {
      const table = open();
      expect(buy(table, '1', symbol).refused).toBe('economy.stocks.unknown');
      expect(sell(table, '1', symbol).refused).toBe('economy.stocks.unknown');
      expect(table.say(alice, 'stocks info', { symbol }).refused).toBe('economy.stocks.unknown');
    },
  );

  test('a number without a company is refused', () => {
    expect(table1().say(alice, 'stocks buy', { shares: '1' }).refused).toBe('economy.stocks.which');
  });
  const table1 = (): Table => open();

  test('fills up to a million shares and no further', () => {
    const table = open(500_000_000, 0);
    quote(table, { TECH: 100 });
    hold(table, 'TECH', { shares: 999_990, cost: 5, knownPrice: 100 });
    const refused = buy(table, '11');
    expect(refused.refused).toBe('economy.stocks.buy.most');
    expect(refused.with).toMatchObject({ room: 10 });
    expect(buy(table, 'all').refused).toBeUndefined();
    expect(holding(table, 'TECH')?.shares).toBe(1_000_000);
    expect(buy(table, 'all').refused).toBe('economy.stocks.nothing');
  });

  test('the fee is the server’s, at least a coin', () => {
    const table = open();
    table.set('trade.fee', '10%');
    buy(table, '10');
    expect(holding(table, 'TECH')?.cost).toBe(1_100);
    table.set('trade.fee', '0%');
    buy(table, '10');
    expect(holding(table, 'TECH')?.cost).toBe(1_100 + 1_001);
  });
});

describe('selling', () => {
  test('mints value less fee, and shows what was earned over the cost', () => {
    const table = open();
    buy(table, '10');
    quote(table, { TECH: 15_000 }, { version: 2 });
    const { minted } = table.supply();
    const answered = sell(table, '4');
    // 600 less 6; the four had cost 404.
    expect(table.account(alice).wallet).toBe(10_000 - 1_010 + 594);
    expect(table.supply().minted - minted).toBe(594n);
    expect(field(answered, 'Profit')).toBe('+190');
    expect(field(answered, 'Received')).toBe('594 coins');
    expect(holding(table, 'TECH')).toEqual({ shares: 6, cost: 606, knownPrice: 10_000 });
    expect(table.ledgerRows().at(-1)).toMatchObject({ kind: 'stock-sale', wallet: 594 });
  });

  test('the last share leaves no row', () => {
    const table = open();
    buy(table, '10');
    expect(sell(table, 'all').refused).toBeUndefined();
    expect(holding(table, 'TECH')).toBeUndefined();
  });

  test('profit serves debts first; what the shares had cost does not', () => {
    const table = open();
    buy(table, '10');
    owe(table, 10_000);
    quote(table, { TECH: 15_000 }, { version: 2 });
    const answered = sell(table, '10');
    // 1,500 - 15 = 1,485, of which 1,010 had been paid: 475 are earned.
    expect(table.account(alice)).toMatchObject({ wallet: 10_000 - 1_010 + 1_010, debt: 10_000 - 475 });
    expect(answered.words).toContain('475');
    expect(table.account(bob).wallet).toBe(475);
  });

  test('a loss serves no debt', () => {
    const table = open();
    buy(table, '10');
    owe(table, 10_000);
    quote(table, { TECH: 5_000 }, { version: 2 });
    const answered = sell(table, '10');
    expect(table.account(alice)).toMatchObject({ wallet: 10_000 - 1_010 + 495, debt: 10_000 });
    expect(field(answered, 'Profit')).toBe('-515');
  });

  test.each([
    { held: 0, shares: '1', code: 'economy.stocks.sell.none' },
    { held: 5, shares: '6', code: 'economy.stocks.sell.few' },
    { held: 5, shares: '1%', code: 'economy.stocks.nothing' },
  ])('$shares of $held is refused: $code', ({ held, shares, code }) => {
    const table = open();
    if (held > 0) buy(table, String(held));
    expect(sell(table, shares).refused).toBe(code);
  });

  test('what would not fit into the wallet is refused whole', () => {
    const table = open();
    buy(table, '10');
    table.fund(alice, 1e15 - 9_000, 0);
    expect(sell(table, 'all').refused).toBe('economy.money.full');
    expect(holding(table, 'TECH')?.shares).toBe(10);
  });
});

describe('thirty trades an hour', () => {
  test('are taken, and the next when the oldest is an hour old', () => {
    const table = open(1_000_000);
    for (let count = 0; count < 30; count += 1) {
      expect(buy(table, '1').refused).toBeUndefined();
      table.wait(minuteMs);
    }
    const refused = buy(table, '1');
    expect(refused.refused).toBe('economy.stocks.often');
    expect(sell(table, '1').refused).toBe('economy.stocks.often');
    expect(holding(table, 'TECH')?.shares).toBe(30);
    table.wait(hourMs - 30 * minuteMs - 1);
    expect(buy(table, '1').refused).toBe('economy.stocks.often');
    table.wait(1);
    expect(buy(table, '1').refused).toBeUndefined();
    expect(buy(table, '1').refused).toBe('economy.stocks.often');
  });

  test('what was refused or not accepted does not count', () => {
    const table = open(1_000);
    for (let count = 0; count < 40; count += 1) buy(table, '50');
    expect(buy(table, '1').refused).toBeUndefined();
  });
});

describe('a company that left the market', () => {
  test('is sold at its last price, and not bought; the market is told nothing', () => {
    const table = open();
    buy(table, '10');
    quote(table, { TECH: 9_000 }, { version: 2, listed: false });
    expect(buy(table, '1').refused).toBe('economy.stocks.delisted');
    const card = table.say(alice, 'stocks sell', { symbol: 'TECH' });
    expect(button(card, 'Buy').disabled).toBe(true);
    expect(button(card, 'Sell').disabled).toBe(false);
    expect(field(sell(table, '10'), 'Received')).toBe('891 coins');
    expect(told(table)).toHaveLength(1);
  });

  test('and that the market never knew is sold at the price it came with', () => {
    const table = open();
    hold(table, 'MINING', { shares: 3, cost: 600, knownPrice: 18_740 });
    expect(table.say(alice, 'stocks portfolio').words).toContain('MINING');
    expect(buy(table, '1', 'MINING').refused).toBe('economy.stocks.delisted');
    const picker = table.say(alice, 'stocks sell');
    expect(select(picker).choices.map(({ value }) => value)).toEqual(['MINING']);
    const card = table.press(alice, select(picker).customId, { chosen: 'MINING' });
    expect(card.words).toContain('187.40');
    // 562.20, down, less 1 %.
    expect(field(sell(table, 'all', 'MINING'), 'Received')).toBe('557 coins');
    expect(told(table)).toEqual([]);
  });
});
