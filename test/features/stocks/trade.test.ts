import { describe, expect, test } from 'vitest';
import { holdingsValue } from '../../../src/features/stocks/api.ts';
import { holdings, traders } from '../../../src/features/stocks/state.ts';
import { accounts, debts } from '../../../src/features/wallet/state.ts';
import { outbox, tellMarket } from '../../../src/kernel/effect.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import { memberErasing } from '../../../src/kernel/membership.ts';
import { mutation, query } from '../../../src/kernel/operation.ts';
import { done } from '../../../src/kernel/outcome.ts';
import type { Button, Reply, Select } from '../../../src/kernel/reply.ts';
import { discordRefuses } from '../limits.ts';
import { type Answered, alice, bob, createTable, field, hourMs, minuteMs, person, type Table } from '../table.ts';
import { createMarket, quote } from './market.ts';

const controls = (reply: Reply): readonly (Button | Select)[] => (reply.rows ?? []).flat();
const button = (answered: Answered, label: string): Button => {
  const found = controls(answered.reply).find((one) => one.kind === 'button' && one.label === label);
  if (found?.kind !== 'button') throw new Error(`no button ${label} in ${answered.words}`);
  return found;
};
const select = (answered: Answered): Select => {
  const found = controls(answered.reply).find((one) => one.kind === 'select');
  if (found?.kind !== 'select') throw new Error('no select');
  return found;
};

const holding = (table: Table, symbol: string, who = alice) =>
  table.state.row(holdings, encodeKey(holdings.key, [who, symbol])) as
    | { readonly shares: number; readonly cost: number; readonly knownPrice: number }
    | undefined;
const hold = (table: Table, symbol: string, row: { shares: number; cost: number; knownPrice: number }): void => {
  table.put(holdings, [alice, symbol], row);
};
const told = (table: Table): readonly unknown[] =>
  [...table.state.rows(outbox).values()].map((row) => {
    const { kind, payload } = row as { kind: string; payload: unknown };
    expect(kind).toBe(tellMarket.kind);
    return payload;
  });

/** A table at which alice has started and TECH costs 100.00. */
const open = (wallet = 10_000, bank = 0): Table => {
  const table = createTable();
  table.fund(alice, wallet, bank);
  quote(table, { TECH: 10_000, BANK: 8_050 });
  return table;
};
const buy = (table: Table, shares: string, symbol = 'TECH'): Answered =>
  table.say(alice, 'stocks buy', { symbol, shares });
const sell = (table: Table, shares: string, symbol = 'TECH'): Answered =>
  table.say(alice, 'stocks sell', { symbol, shares });

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

const owe = (table: Table, coins: number): void => {
  const key = encodeKey(debts.key, [alice, '000000001']);
  const account = table.account(alice);
  table.state.apply({
    operation: 'test.owe',
    at: table.clock.now,
    sequence: table.state.sequence + 10,
    changes: [
      { collection: debts, key, before: undefined, after: { coins, creditor: bob } },
      { collection: accounts, key: alice, before: account, after: { ...account, debt: coins } },
    ],
    answered: undefined,
    seed: undefined,
  });
};

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

describe('what is shown', () => {
  test('before the first version, prices but no trade', () => {
    const table = createTable();
    const answered = table.say(alice, 'stocks market');
    expect(answered.words).toContain('not opened');
    expect(answered.words).toContain('150.00');
    expect(controls(answered.reply)).toEqual([]);
    expect(buy(table, '1').refused).toBe('economy.stocks.closed');
    expect(sell(table, '1').refused).toBe('economy.stocks.closed');
    expect(table.say(alice, 'stocks buy').refused).toBe('economy.stocks.closed');
    expect(table.say(alice, 'stocks info', { symbol: 'TECH' }).words).toContain('not opened');
  });

  test('/stocks market: cash, shares and wealth, and each company', () => {
    const table = open(9_000, 1_000);
    buy(table, '10');
    quote(table, { TECH: 12_345, BANK: 8_050 }, { version: 2 });
    const answered = table.say(alice, 'stocks market');
    expect(field(answered, 'Total')).toBe('8,990 coins');
    expect(field(answered, 'Shares')).toBe('1,234 coins');
    expect(field(answered, 'Wealth')).toBe('10,224 coins');
    expect(field(answered, '■ TECH')).toBe('**123.45** · +0.00%\ntechnology · you hold 10');
    expect(field(answered, '■ BANK')).toBe('**80.50** · +0.00%\ntechnology');
    expect(select(answered).choices.map(({ value }) => value)).toEqual(['TECH', 'BANK']);
    expect(discordRefuses(answered.reply)).toEqual([]);
  });

  test('a picked company is shown with its buttons; refreshed, it shows the price in force', () => {
    const table = open();
    const market = table.say(alice, 'stocks market');
    const card = table.press(alice, select(market).customId, { chosen: 'BANK' });
    expect(card.reply.replaces).toBe(true);
    expect(card.words).toContain('80.50');
    expect(button(card, 'Sell').disabled).toBe(true);
    quote(table, { TECH: 1, BANK: 9_999 }, { version: 2 });
    const refreshed = table.press(alice, button(card, 'Refresh').customId);
    expect(refreshed.words).toContain('99.99');
    const form = table.press(alice, button(refreshed, 'Buy').customId).modal?.customId ?? '';
    expect(table.press(alice, form, { shares: '1' }).words).toContain('You bought');
  });

  test('/stocks portfolio: what each holding cost and earned', () => {
    const table = open();
    buy(table, '10');
    quote(table, { TECH: 15_000 }, { version: 2 });
    const answered = table.say(alice, 'stocks portfolio');
    expect(field(answered, 'TECH · 10 shares')).toBe('150.00 each, worth **1,500**\npaid 101.00 each: +490 (+48.51%)');
    expect(field(answered, 'Profit')).toBe('+490');
    expect(field(answered, 'Wealth')).toBe('10,490 coins');
    expect(discordRefuses(answered.reply)).toEqual([]);
  });

  test('/stocks portfolio with more holdings than fit', () => {
    const table = open();
    for (let index = 0; index < 30; index += 1) {
      hold(table, `X${String.fromCharCode(65 + (index % 26))}${index < 26 ? 'A' : 'B'}`, {
        shares: 1,
        cost: 0,
        knownPrice: 5,
      });
    }
    const answered = table.say(alice, 'stocks portfolio');
    expect(discordRefuses(answered.reply)).toEqual([]);
    expect(answered.words).toContain('11 more holdings');
    expect(discordRefuses(table.say(alice, 'stocks sell').reply)).toEqual([]);
  });

  test('nothing held is a hint', () => {
    const table = open();
    expect(table.say(alice, 'stocks sell').refused).toBe('economy.stocks.sell.empty');
    expect(table.say(alice, 'stocks portfolio').words).toContain('/stocks buy');
  });

  test('/stocks info: charts of the last day and of the last days', () => {
    const table = open();
    const market = createMarket();
    market.open();
    for (let count = 0; count < 4; count += 1) market.tick(95);
    market.reach(table);
    const answered = table.say(alice, 'stocks info', { symbol: 'tech' });
    const [day, month] = (answered.reply.embeds ?? []).map(({ picture }) => picture);
    expect(day?.points).toHaveLength(96);
    expect(month?.points).toHaveLength(5);
    const last = day?.points.at(-1)?.[1] ?? 0;
    expect(field(answered, 'Price')).toBe(last.toFixed(2));
    expect(day?.alternative).toContain(last.toFixed(2));
    expect(day?.points.map(([at]) => at)).toEqual(
      day?.points.map(([at]) => at).toSorted((left, right) => left - right),
    );
    expect(button(answered, 'Trade').customId).toContain('TECH');
  });

  test('suggestions are the companies of the market', () => {
    const table = open();
    expect(table.suggest('stocks buy', 'symbol', 'b').map(({ value }) => value)).toEqual(['BANK']);
    expect(table.suggest('stocks info', 'symbol', '')).toHaveLength(2);
  });
});

const looking = query({
  name: 'test.worth',
  version: 1,
  input: { parse: () => undefined },
  run: (q) => done(holdingsValue(q, q.actor.member)),
  view: (worth) => ({ private: true, content: String(worth) }),
});
const erasing = mutation({
  name: 'test.erase',
  version: 1,
  input: { parse: () => undefined },
  run: (m) => {
    m.emit(memberErasing, { member: m.actor.member });
    return done();
  },
  view: () => ({ private: true }),
});

test('what shares are worth, for others to count', () => {
  const table = open();
  buy(table, '3');
  buy(table, '1', 'BANK');
  quote(table, { TECH: 3_333, BANK: 8_050 }, { version: 2 });
  hold(table, 'MINING', { shares: 3, cost: 600, knownPrice: 18_740 });
  expect(table.perform(alice, looking as never, undefined).words).toBe(String(99 + 80 + 562));
  expect(table.perform(bob, looking as never, undefined).words).toBe('0');
});

test('the shares of somebody who is erased vanish, and nothing is minted', () => {
  const table = open();
  buy(table, '3');
  buy(table, '1', 'BANK');
  const { minted } = table.supply();
  table.perform(alice, erasing as never, undefined);
  expect(table.state.rows(holdings).size).toBe(0);
  expect(table.supply().minted).toBe(minted);
});

test('a profile tells everybody what shares are worth, and not what they earned', () => {
  const table = open();
  expect(table.say(alice, 'profile').words).not.toContain('Companies');
  buy(table, '3');
  quote(table, { TECH: 3_333 }, { version: 2 });
  for (const answered of [table.say(alice, 'profile'), table.say(bob, 'profile', { member: person(alice) })]) {
    expect(answered.words).toContain('Shares\n99 coins');
    expect(answered.words).toContain('Companies\n1');
    expect(answered.words).not.toContain('303');
  }
});
