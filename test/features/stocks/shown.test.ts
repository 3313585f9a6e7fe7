import { describe, expect, test } from 'vitest';
import { holdingsValue } from '../../../src/features/stocks/api.ts';
import { holdings } from '../../../src/features/stocks/state.ts';
import { memberErasing } from '../../../src/kernel/membership.ts';
import { mutation, query } from '../../../src/kernel/operation.ts';
import { done } from '../../../src/kernel/outcome.ts';
import { discordRefuses } from '../limits.ts';
import { alice, bob, createTable, field, person } from '../table.ts';
import { createMarket, quote } from './market.ts';
import { button, buy, controls, hold, open, select, sell } from './trading.ts';

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
