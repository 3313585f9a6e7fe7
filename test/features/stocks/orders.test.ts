// Limit orders: what they set aside, when they are carried out, and what comes back.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { features } from '../../../src/features/index.ts';
import { holdingsValue } from '../../../src/features/stocks/api.ts';
import { stocks } from '../../../src/features/stocks/index.ts';
import { parsePrice } from '../../../src/features/stocks/orders.ts';
import { purchaseBill, saleBill } from '../../../src/features/stocks/rules.ts';
import { holdings, orders } from '../../../src/features/stocks/state.ts';
import { guildOrdersMax, ordersMax } from '../../../src/features/stocks/tuning.ts';
import { wallet } from '../../../src/features/wallet/index.ts';
import { outbox } from '../../../src/kernel/effect.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import { memberErasing } from '../../../src/kernel/membership.ts';
import { mutation } from '../../../src/kernel/operation.ts';
import { done } from '../../../src/kernel/outcome.ts';
import type { Button, Reply, Select } from '../../../src/kernel/reply.ts';
import { featureWith } from '../../house/feature.ts';
import { elsewhere, home, inhabit } from '../../house/people.ts';
import { answerRefused, discordRefuses } from '../limits.ts';
import { type Answered, alice, bob, createTable, dayMs, type Table } from '../table.ts';
import { quote, tickMs } from './market.ts';

const fee = 100;
const controls = (reply: Reply): readonly (Button | Select)[] => (reply.rows ?? []).flat();
const button = (answered: Answered, label: string): string => {
  const found = controls(answered.reply).find((one) => one.kind === 'button' && one.label === label);
  if (found?.kind !== 'button') throw new Error(`no button ${label} in ${answered.words}`);
  return found.customId;
};

/** A table at which alice has 10,000 coins and TECH costs 100.00. */
const open = (table: Table = createTable()): Table => {
  table.fund(alice, 8_000, 2_000);
  quote(table, { TECH: 10_000, BANK: 8_050 });
  return table;
};
let version = 1;
/** The next tick's prices, and what falls due after it. */
const tick = (table: Table, prices: Readonly<Record<string, number>>, more: { listed?: boolean } = {}): void => {
  version += 1;
  quote(table, prices, { version, ...more });
  table.wait(tickMs);
  table.fall();
};
const give = (table: Table, side: 'buy' | 'sell', shares: string, limit: string, symbol = 'TECH'): Answered =>
  table.say(alice, `stocks ${side}`, { symbol, shares, limit });
const held = (table: Table, symbol = 'TECH') =>
  table.state.row(holdings, encodeKey(holdings.key, [alice, symbol])) as { shares: number; cost: number } | undefined;
const money = (table: Table): number => table.account(alice).wallet + table.account(alice).bank;
const openOrders = (table: Table): number => table.state.rows(orders).size;
const told = (table: Table): readonly unknown[] =>
  [...table.state.rows(outbox).values()].map(
    (row) => (row as { readonly payload: { readonly input: unknown } }).payload.input,
  );
const conserved = (table: Table): void => {
  const { minted, burned } = table.supply();
  const sum = [alice, bob].reduce((coins, who) => coins + table.account(who).wallet + table.account(who).bank, 0);
  expect(BigInt(sum)).toBe(minted - burned);
};

describe('an order to buy', () => {
  test('sets the coins of the worst price aside, and buys at the price there is', () => {
    const table = open();
    const placed = give(table, 'buy', '10', '95');
    expect(placed.words).toContain('95.00');
    expect(answerRefused(placed)).toEqual([]);
    const aside = purchaseBill(10, 9_500, fee).total;
    expect(money(table)).toBe(10_000 - aside);
    expect(told(table)).toEqual([]);
    tick(table, { TECH: 9_501 });
    expect([openOrders(table), held(table)]).toEqual([1, undefined]);
    tick(table, { TECH: 9_000 });
    const { total, value } = purchaseBill(10, 9_000, fee);
    expect(held(table)).toMatchObject({ shares: 10, cost: total });
    expect(money(table)).toBe(10_000 - total);
    expect(openOrders(table)).toBe(0);
    expect(told(table)).toEqual([{ symbol: 'TECH', coins: value }]);
    const portfolio = table.say(alice, 'stocks portfolio');
    expect(portfolio.words).toContain('bought 10 shares of TECH at 90.00');
    conserved(table);
    // Nothing is left that would wake the server.
    table.wait(30 * dayMs);
    expect(table.fall()).toBe(0);
  });

  test('at exactly its price is carried out as well', () => {
    const table = open();
    give(table, 'buy', '1', '95.50');
    tick(table, { TECH: 9_550 });
    expect(held(table)?.shares).toBe(1);
  });

  test('takes all that can be paid at its price for “all”', () => {
    const table = open();
    give(table, 'buy', 'all', '50');
    expect(money(table)).toBe(10_000 - purchaseBill(198, 5_000, fee).total);
    expect(purchaseBill(199, 5_000, fee).total).toBeGreaterThan(10_000);
  });

  test('waits where a higher fee has made its coins too few', () => {
    const table = open();
    give(table, 'buy', '10', '95');
    table.set('trade.fee', '10%');
    tick(table, { TECH: 9_500 });
    expect(openOrders(table)).toBe(1);
    tick(table, { TECH: 8_000 });
    expect(held(table)?.shares).toBe(10);
    conserved(table);
  });

  test('of a company that is delisted comes back', () => {
    const table = open();
    give(table, 'buy', '10', '95');
    tick(table, { TECH: 9_000 }, { listed: false });
    expect([openOrders(table), held(table), money(table)]).toEqual([0, undefined, 10_000]);
  });
});

describe('an order to sell', () => {
  const holding = (): Table => {
    const table = open();
    table.say(alice, 'stocks buy', { symbol: 'TECH', shares: '10' });
    return table;
  };

  test('sets shares aside with their cost, and sells at the price there is', () => {
    const table = holding();
    const { cost } = held(table) as { cost: number };
    const before = money(table);
    expect(answerRefused(give(table, 'sell', '4', '120'))).toEqual([]);
    expect(held(table)).toMatchObject({ shares: 6, cost: cost - Math.floor((cost * 4) / 10) });
    expect(table.say(alice, 'stocks sell', { symbol: 'TECH', shares: '7' }).refused).toBe('economy.stocks.sell.few');
    tick(table, { TECH: 11_999 });
    expect(openOrders(table)).toBe(1);
    tick(table, { TECH: 13_000 });
    const { total, value } = saleBill(4, 13_000, fee);
    expect(money(table)).toBe(before + total);
    expect(told(table).at(-1)).toEqual({ symbol: 'TECH', coins: -value });
    conserved(table);
    const profit = total - Math.floor((cost * 4) / 10);
    expect(table.say(alice, 'leaderboard', { board: 'stocks' }).words).toContain(`+${profit}`);
  });

  test('taken back gives shares and cost back as they were', () => {
    const table = holding();
    const before = held(table);
    const placed = give(table, 'sell', 'all', '120');
    expect(held(table)).toBeUndefined();
    table.press(alice, button(placed, 'Take back'));
    expect(held(table)).toEqual(before);
  });
});

describe('taking back', () => {
  test('gives all coins back, once, to who gave the order', () => {
    const table = open();
    give(table, 'buy', '10', '95');
    const second = give(table, 'buy', '5', '90');
    const portfolio = table.say(alice, 'stocks portfolio');
    expect(discordRefuses(portfolio.reply)).toEqual([]);
    expect(portfolio.words).toContain('buy 10 shares of TECH at 95.00 or below');
    expect(table.press(bob, button(portfolio, 'Take back 1')).refused).toBe('economy.stocks.order.gone');
    expect(table.press(alice, button(portfolio, 'Take back 1')).words).toContain('are yours again');
    expect(table.press(alice, button(portfolio, 'Take back 1')).refused).toBe('economy.stocks.order.gone');
    expect(table.press(alice, button(second, 'Take back')).refused).toBeUndefined();
    expect([money(table), openOrders(table)]).toEqual([10_000, 0]);
    conserved(table);
    expect(table.press(alice, button(second, 'Take back').replace(/"order":"[^"]*"/, '"order":"x"')).refused).toBe(
      'core.input.options',
    );
  });

  test('happens by itself after 30 days', () => {
    const table = open();
    give(table, 'buy', '10', '95');
    table.wait(30 * dayMs - 1);
    table.fall();
    expect(openOrders(table)).toBe(1);
    table.wait(2 * tickMs);
    table.fall();
    expect([money(table), openOrders(table)]).toEqual([10_000, 0]);
  });
});

describe('what is refused', () => {
  test.each(['x', '0', '-5', '1e3', '95.123', '10,00', '.5', '100000001', '10000000.01', 'Infinity', '١٢'])(
    'a price of %j',
    (typed) => {
      expect(parsePrice(typed)).toBeUndefined();
      expect(give(open(), 'buy', '1', typed).refused).toBe('economy.stocks.order.no-price');
    },
  );
  test.each([
    ['95', 9_500],
    ['95.5', 9_550],
    [' 1,200.05 ', 120_005],
    ['0.01', 1],
    ['10,000,000', 1_000_000_000],
  ])('but not %j', (typed, hundredths) => expect(parsePrice(typed)).toBe(hundredths));

  test.each([
    { side: 'buy', input: { symbol: 'TECH', shares: '1', limit: '100' }, refused: 'economy.stocks.order.now-buy' },
    { side: 'sell', input: { symbol: 'TECH', shares: '1', limit: '100' }, refused: 'economy.stocks.order.now-sell' },
    { side: 'sell', input: { symbol: 'TECH', shares: '1', limit: '101' }, refused: 'economy.stocks.sell.none' },
    { side: 'buy', input: { symbol: 'TECH', shares: '200', limit: '99' }, refused: 'economy.stocks.order.poor' },
    { side: 'buy', input: { symbol: 'NONE', shares: '1', limit: '99' }, refused: 'economy.stocks.unknown' },
    { side: 'buy', input: { symbol: 'TECH', limit: '99' }, refused: 'economy.stocks.order.how-many' },
    { side: 'buy', input: { shares: '1', limit: '99' }, refused: 'economy.stocks.which' },
    { side: 'buy', input: { limit: '99' }, refused: 'economy.stocks.which' },
    { side: 'buy', input: { symbol: 'TECH', shares: '1000001', limit: '0.01' }, refused: 'economy.stocks.buy.most' },
  ])('$side $input', ({ side, input, refused }) => {
    const table = open();
    expect(table.say(alice, `stocks ${side}`, input).refused).toBe(refused);
    expect([money(table), openOrders(table)]).toEqual([10_000, 0]);
  });

  test('an eleventh order, and more shares than a member may hold with those that wait', () => {
    const table = open();
    for (let count = 0; count < ordersMax; count += 1) expect(give(table, 'buy', '1', '1').refused).toBeUndefined();
    expect(give(table, 'buy', '1', '1').refused).toBe('economy.stocks.order.many');
    expect(discordRefuses(table.say(alice, 'stocks portfolio').reply)).toEqual([]);
    expect(guildOrdersMax).toBeGreaterThan(ordersMax);
    const greedy = open();
    expect(give(greedy, 'buy', '600,000', '0.01').refused).toBeUndefined();
    expect(give(greedy, 'buy', '400,001', '0.01').refused).toBe('economy.stocks.buy.most');
    expect(give(greedy, 'buy', '400,000', '0.01').refused).toBe('economy.stocks.order.poor');
  });

  test('any order while the economy is frozen: those that are open wait until it thaws', () => {
    const table = open();
    const placed = give(table, 'buy', '10', '95');
    table.set('economy.frozen', 'on');
    expect(give(table, 'buy', '1', '95').refused).toBe('economy.frozen');
    expect(table.press(alice, button(placed, 'Take back')).refused).toBe('economy.frozen');
    tick(table, { TECH: 9_000 });
    expect(openOrders(table)).toBe(1);
    table.set('economy.frozen', 'off');
    tick(table, { TECH: 9_000 });
    expect(held(table)?.shares).toBe(10);
  });
});

test('an hour’s 30 trades are the most that orders carry out as well', () => {
  const table = open();
  for (let count = 0; count < 30; count += 1) table.say(alice, 'stocks buy', { symbol: 'BANK', shares: '1' });
  give(table, 'buy', '1', '95');
  tick(table, { TECH: 9_000, BANK: 8_050 });
  expect(openOrders(table)).toBe(1);
  for (let ticks = 0; ticks < 4; ticks += 1) tick(table, { TECH: 9_000, BANK: 8_050 });
  expect(openOrders(table)).toBe(0);
});

test('more orders than a step looks at are all looked at', () => {
  const table = createTable();
  quote(table, { TECH: 10_000 });
  const many = Array.from(
    { length: 25 },
    (_, index) => String(300_000_000_000_000_000n + BigInt(index)) as typeof alice,
  );
  for (const who of many) {
    table.fund(who, 10_000);
    for (let count = 0; count < 10; count += 1)
      table.say(who, 'stocks buy', { symbol: 'TECH', shares: '1', limit: '99' });
  }
  expect(openOrders(table)).toBe(250);
  tick(table, { TECH: 9_000 });
  expect(openOrders(table)).toBe(0);
});

test('what is set aside counts as wealth, and goes with a member who is erased', () => {
  const seen = { worth: 0 };
  const probe = mutation({
    name: 'test.probe',
    version: 1,
    input: { parse: (input) => input as { readonly erase: boolean } },
    run: (m, { erase }) => {
      seen.worth = holdingsValue(m, alice);
      if (erase) m.emit(memberErasing, { member: alice });
      return done();
    },
    view: () => ({ private: true }),
  });
  const probing = featureWith('probe', { operations: [probe] });
  const table = open(createTable([...features, probing]));
  table.say(alice, 'stocks buy', { symbol: 'TECH', shares: '10' });
  give(table, 'sell', '10', '200');
  give(table, 'buy', '10', '50');
  table.perform(bob, probe as never, { erase: true });
  expect(seen.worth).toBe(1_000 + purchaseBill(10, 5_000, fee).total);
  expect([openOrders(table), held(table)]).toEqual([0, undefined]);
});

describe('orders in any order', () => {
  const step = fc.record({
    act: fc.constantFrom('buy', 'sell', 'limit-buy', 'limit-sell', 'cancel', 'tick', 'fee'),
    shares: fc.constantFrom('1', '7', 'half', 'all', '100'),
    price: fc.integer({ min: 1, max: 20_000 }),
  });
  test('coins are conserved, nothing is lost: cancelling all gives all back', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
        const table = open();
        for (const { act, shares, price } of steps) {
          const limit = (price / 100).toFixed(2);
          if (act === 'buy' || act === 'sell') table.say(alice, `stocks ${act}`, { symbol: 'TECH', shares });
          else if (act === 'limit-buy') give(table, 'buy', shares, limit);
          else if (act === 'limit-sell') give(table, 'sell', shares, limit);
          else if (act === 'fee') table.set('trade.fee', price % 2 === 0 ? '1%' : '5%');
          else if (act === 'tick') tick(table, { TECH: price });
          else {
            const portfolio = table.say(alice, 'stocks portfolio');
            const labels = controls(portfolio.reply).map((one) => (one.kind === 'button' ? one.label : ''));
            if (labels.includes('Take back 1')) table.press(alice, button(portfolio, 'Take back 1'));
          }
          conserved(table);
        }
        const waiting = [...table.state.rows(orders).values()] as { side: string; shares: number; coins: number }[];
        const coinsBack = waiting.reduce((sum, { side, coins }) => sum + (side === 'buy' ? coins : 0), 0);
        const sharesBack = waiting.reduce((sum, { side, shares }) => sum + (side === 'sell' ? shares : 0), 0);
        const [coins, shares] = [money(table), held(table)?.shares ?? 0];
        table.wait(31 * dayMs);
        table.fall();
        expect(openOrders(table)).toBe(0);
        expect([money(table), held(table)?.shares ?? 0]).toEqual([coins + coinsBack, shares + sharesBack]);
        conserved(table);
      }),
      { numRuns: 60 },
    );
  });
});

test('orders outlive a power cut, are carried out once, and each server carries out its own', async () => {
  const it = await inhabit({ features: [wallet, stocks] });
  await it.fall();
  await it.house().directory.settled();
  const placed = await it.ask('stocks.buy', { symbol: 'RETAIL', shares: '1', limit: '34.99' });
  expect(placed).toHaveProperty('done');
  const count = async (guild = home): Promise<number> => {
    const answer = await it.ask('stocks.portfolio', {}, guild);
    if (!('done' in answer)) throw new Error(answer.refused);
    return (answer.done as { readonly orders: readonly unknown[] }).orders.length;
  };
  expect([await count(), await count(elsewhere)]).toEqual([1, 0]);
  await it.crash();
  expect(await count()).toBe(1);
  // A walk of days passes the price or the order runs out: either way it ends, once.
  for (let ticks = 0; ticks < 40 && (await count()) > 0; ticks += 1) {
    await it.wait(tickMs);
    await it.wait(30_000);
    if (ticks % 7 === 3) await it.crash();
  }
  if ((await count()) > 0) {
    await it.wait(31 * dayMs);
    await it.wait(tickMs);
  }
  expect([await count(), await count(elsewhere)]).toEqual([0, 0]);
});
