// The market and guilds over the real actors and a real store: jobs tick, versions reach guilds, trades reach the market.
import { beforeEach, describe, expect, test } from 'vitest';
import { stocks } from '../../../src/features/stocks/index.ts';
import { companies } from '../../../src/features/stocks/market/state.ts';
import { quotes } from '../../../src/features/stocks/worlds.ts';
import { wallet } from '../../../src/features/wallet/index.ts';
import { epochMs, marketRealm } from '../../../src/kernel/ids.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import { overriding } from '../../house/overriding.ts';
import { elsewhere, home, type Inhabited, inhabit } from '../../house/people.ts';
import { testPerformer } from '../../house/performer.ts';
import { tickMs } from './market.ts';

let it: Inhabited;
beforeEach(async () => {
  it = await inhabit({ features: [wallet, stocks] });
});

const openMarket = async (): Promise<void> => {
  expect(await it.run('market.open', {}, { guild: marketRealm })).toHaveProperty('done');
};
const version = (): number => it.house().worlds.get(quotes.name)?.version ?? 0;
const priceOf = (symbol: string): number =>
  quotes.schema.parse(it.house().worlds.get(quotes.name)?.value).quotes.find((one) => one.symbol === symbol)?.price ??
  0;
const company = (symbol: string) => {
  it.house().directory.evictIdle(0);
  const state = it.house().store.open(marketRealm);
  const row = state.row(companies, encodeKey(companies.key, [symbol])) as { demand: number; impact: number };
  it.house().store.close(state);
  return row;
};
const buy = (shares: string, guild = home) => it.ask('stocks.buy', { symbol: 'FOOD', shares }, guild);

describe('the market over real actors', () => {
  test('opens once, ticks every quarter of an hour by itself, and reaches guilds', async () => {
    await openMarket();
    expect(version()).toBe(1);
    await openMarket();
    expect(version()).toBe(1);
    for (let count = 0; count < 4; count += 1) await it.wait(tickMs);
    expect(version()).toBe(5);
    await it.ask('stocks.market');
    expect(it.house().directory.worldsSeen(home)).toEqual({ 'market.quotes': 5, 'market.history': 5 });
  });

  test('is as it was after a power cut, and makes up in one version for what it missed', async () => {
    await openMarket();
    await it.wait(tickMs);
    const before = priceOf('TECH');
    await it.crash();
    expect(priceOf('TECH')).toBe(before);
    await openMarket();
    expect(version()).toBe(2);
    await it.wait(10 * tickMs);
    expect(version()).toBe(3);
  });

  test('hears of each trade once, from every guild', async () => {
    await openMarket();
    // 100 coins of a start buy one share of 60.00; the fee is no demand.
    await buy('1');
    await buy('1', elsewhere);
    await it.house().directory.settled();
    expect(company('FOOD').demand).toBe(120);
    await it.crash();
    await it.wait(60_000);
    expect(company('FOOD').demand).toBe(120);
    await it.wait(tickMs);
    expect(company('FOOD')).toMatchObject({ demand: 0, impact: 12_000 });
  });

  test('the same trade at the same version costs the same in every guild', async () => {
    await openMarket();
    await it.wait(tickMs);
    const [here, there] = [await buy('1'), await buy('1', elsewhere)];
    expect(here).toHaveProperty('done');
    expect(there).toEqual(here);
  });

  test('posts its day at six in the evening of the server', async () => {
    const performer = testPerformer();
    const performed = () => performer.performed.map(({ kind }) => kind);
    it = await inhabit({ features: [wallet, stocks, overriding], performer });
    await openMarket();
    await it.ask('test.override', { 'market.feed': '300000000000000001' });
    await it.ask('core.settings.set', { key: 'core.timezone', value: 'Europe/Paris' });
    it.house().clock.now = epochMs(Date.UTC(2026, 0, 15, 16, 59));
    await it.fall();
    expect(performed()).toEqual([]);
    await it.wait(60_000);
    expect(performed()).toEqual(['discord.post']);
    await it.wait(24 * 60 * 60_000);
    expect(performed()).toEqual(['discord.post', 'discord.post']);
  });
});
