// Chests: what they return, worked out from their tables, and what opening them does.
import { describe, expect, test } from 'vitest';
import { lootTableOf, openers, setLootTable } from '../../../src/features/chests/state.ts';
import {
  chestKey,
  chestReturn,
  drawLoot,
  isLootTable,
  isMimic,
  type LootTable,
  lootPools,
  lootTables,
  mimicBite,
  type Tier,
  tiers,
} from '../../../src/features/chests/tables.ts';
import { itemOf } from '../../../src/features/items/catalogue.ts';
import type { Coins } from '../../../src/kernel/ids.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import { mutation, openOperation } from '../../../src/kernel/operation.ts';
import { done } from '../../../src/kernel/outcome.ts';
import type { Random } from '../../../src/kernel/random.ts';
import { featureWith } from '../../house/feature.ts';
import { discordRefuses } from '../limits.ts';
import { administrator, alice, bob, createTable, field, member, person, seedWhere, type Table } from '../table.ts';
import { bagIn, drink, give, thingsTable } from './things.ts';

const priceOf = (key: string): number => itemOf(key)?.price ?? Number.NaN;
const prices = (tier: Tier) => ({ price: priceOf(chestKey(tier)), shield: priceOf('mimic_protection') });
const ceiling = 1_000_000_000_000_000;

/** Draws that come as told; the last one for ever. */
const told = (...draws: readonly number[]): Random => {
  let place = 0;
  return {
    int: (below) => {
      const draw = draws[Math.min(place, draws.length - 1)] ?? 0;
      place += 1;
      return draw % below;
    },
  };
};

describe('what chests hold', () => {
  test.each([
    ['common', 5, 90, 400, 1_000],
    ['rare', 10, 75, 2_000, 7_500],
    ['epic', 15, 70, 7_000, 25_000],
    ['legendary', 20, 60, 25_000, 95_000],
  ] as const)('%s: %d %% mimics, then %d %% coins, %d to %d', (tier, mimic, coin, least, most) => {
    const table = lootTables[tier];
    expect(isLootTable(table)).toBe(true);
    expect(table.mimic).toBe(mimic * 100);
    expect(table.coin / (table.coin + table.item)).toBeCloseTo(coin / 100, 12);
    expect([table.least, table.most]).toEqual([least, most]);
  });

  test.each([
    ['common', 84.475, 78],
    ['rare', 78, 85],
    ['epic', 79.706_666, 96.566_666],
    ['legendary', 72.836_363, 97.545_454],
  ] as const)('a %s chest returns %d %%, and %d %% with protection', (tier, bare, shielded) => {
    const returns = chestReturn(tier, lootTables[tier], prices(tier));
    expect(returns.bare * 100).toBeCloseTo(bare, 5);
    expect(returns.shielded * 100).toBeCloseTo(shielded, 5);
    expect(Math.max(returns.bare, returns.shielded)).toBeLessThan(1);
  });

  test.each(tiers)('every draw of a %s chest, weighed, comes to the same', (tier) => {
    const table = lootTables[tier];
    let mimics = 0;
    for (let draw = 0; draw < 10_000; draw += 1) mimics += Number(isMimic(told(draw), table));
    const parts = table.coin + table.item;
    const span = table.most - table.least + 1;
    let worth = 0;
    for (let draw = 0; draw < parts; draw += 1) {
      if (draw < table.coin) continue;
      const pool = lootPools[tier];
      for (let place = 0; place < pool.length; place += 1) {
        const loot = drawLoot(told(draw, place), tier, table);
        expect(loot.kind).toBe('item');
        worth += loot.kind === 'item' ? priceOf(loot.key) / pool.length : 0;
      }
    }
    let coins = 0;
    for (let draw = 0; draw < span; draw += 1) {
      const loot = drawLoot(told(table.coin - 1, draw), tier, table);
      coins += loot.kind === 'coins' ? loot.coins / span : Number.NaN;
    }
    const loot = (worth + table.coin * coins) / parts;
    const { price, shield } = prices(tier);
    const bite = mimicBite(price as Coins);
    expect(bite).toBe(price * 0.3);
    const mimic = mimics / 10_000;
    const returns = chestReturn(tier, table, { price, shield });
    expect(returns.bare).toBeCloseTo(((1 - mimic) * loot - mimic * bite) / price, 9);
    expect(returns.shielded).toBeCloseTo((loot - mimic * shield) / price, 9);
  });

  test('no potion makes a chest worth its price: it adds at most what it costs', () => {
    const tonic = priceOf('fortune_tonic');
    for (const tier of tiers) {
      const table = lootTables[tier];
      const { shielded } = chestReturn(tier, table, prices(tier));
      const coinChance = table.coin / (table.coin + table.item);
      const added = coinChance * (Math.min(0.3 * ((table.least + table.most) / 2), tonic) - tonic);
      expect(added).toBeLessThanOrEqual(0);
      expect(shielded + added / prices(tier).price).toBeLessThan(1);
    }
  });

  test.each([
    { mimic: 10_000, coin: 0, item: 0, least: 1, most: 2 },
    { mimic: 500, coin: 9_000, item: 501, least: 1, most: 2 },
    { mimic: -1, coin: 9_501, item: 500, least: 1, most: 2 },
    { mimic: 0.5, coin: 9_999.5, item: 0, least: 1, most: 2 },
    { mimic: 0, coin: 10_000, item: 0, least: 2, most: 1 },
    { mimic: 0, coin: 10_000, item: 0, least: 0, most: ceiling + 1 },
    { mimic: 0, coin: 10_000, item: 0, least: Number.NaN, most: 1 },
  ])('%j is no loot table', (table) => {
    expect(isLootTable(table)).toBe(false);
  });
});

/** Draws that make each of the next chests what is wanted. */
const drawing = (table: Table, wanted: (random: Random) => boolean): void => {
  const seed = seedWhere(wanted);
  table.draw(() => seed);
};
const mimic = (random: Random): boolean => isMimic(random, lootTables.common);
const coinsOf =
  (tier: Tier) =>
  (random: Random): boolean =>
    !isMimic(random, lootTables[tier]) && drawLoot(random, tier, lootTables[tier]).kind === 'coins';

describe('/item open', () => {
  test('coins are made and are an income: the chest is gone', () => {
    const table = thingsTable();
    table.fund(alice, 100);
    give(table, alice, { common_chest: 2 });
    drawing(table, coinsOf('common'));
    const before = table.supply();
    const answered = table.say(alice, 'item open', { chest: 'common' });
    const found = table.account(alice).wallet - 100;
    expect(found).toBeGreaterThanOrEqual(400);
    expect(found).toBeLessThanOrEqual(1_000);
    expect(table.supply().minted - before.minted).toBe(BigInt(found));
    expect(bagIn(table, alice).counts).toEqual({ common_chest: 1 });
    expect(table.ledgerRows().at(-1)).toMatchObject({ kind: 'chest', wallet: found });
    expect(answered.reply.private).toBe(true);
    expect(discordRefuses(answered.reply)).toEqual([]);
  });

  test('an item goes to the rest', () => {
    const table = thingsTable();
    give(table, alice, { rare_chest: 1 });
    drawing(
      table,
      (random) => !isMimic(random, lootTables.rare) && drawLoot(random, 'rare', lootTables.rare).kind === 'item',
    );
    table.say(alice, 'item open', { chest: 'rare' });
    const [key, ...others] = Object.keys(bagIn(table, alice).counts);
    expect(others).toEqual([]);
    expect(lootPools.rare).toContain(key);
  });

  test.each([
    { wallet: 1_000, lost: 300 },
    { wallet: 300, lost: 300 },
    { wallet: 120, lost: 120 },
    { wallet: 0, lost: 0 },
  ])('a mimic takes the chest and 300 coins, out of a wallet of $wallet: $lost', ({ wallet, lost }) => {
    const table = thingsTable();
    table.fund(alice, wallet, 5_000);
    give(table, alice, { common_chest: 1 });
    drawing(table, mimic);
    const before = table.supply();
    const answered = table.say(alice, 'item open', { chest: 'common' });
    expect(answered.refused).toBeUndefined();
    expect(table.account(alice)).toMatchObject({ wallet: wallet - lost, bank: 5_000 });
    expect(table.supply().burned - before.burned).toBe(BigInt(lost));
    expect(bagIn(table, alice).counts).toEqual({});
    expect(answered.words).toContain('A mimic!');
  });

  test('protection is used up by a mimic alone, and a mimic that is kept off gives its prize', () => {
    const table = thingsTable();
    table.fund(alice, 1_000);
    give(table, alice, { common_chest: 3, mimic_protection: 2 });
    table.set('chest.cooldown_s', '0');
    drawing(table, coinsOf('common'));
    table.say(alice, 'item open', { chest: 'common' });
    expect(bagIn(table, alice).counts.mimic_protection).toBe(2);
    drawing(table, (random) => mimic(random) && drawLoot(random, 'common', lootTables.common).kind === 'coins');
    const { wallet } = table.account(alice);
    const answered = table.say(alice, 'item open', { chest: 'common' });
    expect(bagIn(table, alice).counts.mimic_protection).toBe(1);
    expect(table.account(alice).wallet - wallet).toBeGreaterThanOrEqual(400);
    expect(answered.words).toContain('protected');
    // The cheaper repellent goes first.
    give(table, alice, { mimic_repellent: 1 });
    table.say(alice, 'item open', { chest: 'common' });
    expect(bagIn(table, alice).counts).toEqual({ mimic_protection: 1 });
  });

  test('a tonic adds 30 % to coins, but no more than it costs, and is used up', () => {
    const table = thingsTable();
    give(table, alice, { common_chest: 1, legendary_chest: 1 });
    table.say(alice, 'balance');
    drink(table, alice, 'fortune_tonic');
    drawing(table, coinsOf('common'));
    const before = table.account(alice).wallet;
    table.say(alice, 'item open', { chest: 'common' });
    const found = table.account(alice).wallet - before;
    const bases = Array.from({ length: 601 }, (_, place) => 400 + place);
    expect(bases.map((base) => base + Math.floor((base * 3) / 10))).toContain(found);
    expect(bagIn(table, alice).active).toEqual({});
    drink(table, alice, 'fortune_tonic');
    table.wait(60_000);
    drawing(
      table,
      (random) =>
        !isMimic(random, lootTables.legendary) &&
        ((loot) => loot.kind === 'coins' && loot.coins > 50_000)(drawLoot(random, 'legendary', lootTables.legendary)),
    );
    const answered = table.say(alice, 'item open', { chest: 'legendary' });
    expect(answered.words).toContain('10,000 of them from your potion');
    expect(answered.reply.private).toBe(false);
    expect(field(answered, 'Wallet')).toBeUndefined();
  });

  test('what a mimic takes follows the prices of the server, which never make chests cheaper', () => {
    const table = thingsTable();
    table.fund(alice, 1_000);
    give(table, alice, { common_chest: 2 });
    table.set('chest.cooldown_s', '0');
    drawing(table, mimic);
    table.set('shop.price', '10%');
    table.say(alice, 'item open', { chest: 'common' });
    expect(table.account(alice).wallet).toBe(700);
    table.set('shop.price', '200%');
    table.say(alice, 'item open', { chest: 'common' });
    expect(table.account(alice).wallet).toBe(100);
  });

  test('ten at once, and each is drawn by itself', () => {
    const table = thingsTable();
    table.fund(alice, 100);
    give(table, alice, { epic_chest: 10 });
    const answered = table.say(alice, 'item open', { chest: 'epic', count: 10 });
    expect(answered.refused).toBeUndefined();
    expect(bagIn(table, alice).counts.epic_chest).toBeUndefined();
    expect(answered.reply.embeds?.[0]?.description?.split('\n').length).toBe(11);
    expect(discordRefuses(answered.reply)).toEqual([]);
  });

  test.each([
    [{ chest: 'common' }, 'economy.chest.none'],
    [{ chest: 'rare', count: 2 }, 'economy.chest.few'],
    [{ chest: 'rare', count: 0 }, 'core.input.integer'],
    [{ chest: 'rare', count: 11 }, 'core.input.integer'],
    [{ chest: 'rare', count: 1e21 }, 'core.input.integer'],
    [{ chest: 'wooden' }, 'core.input.choice'],
    [{}, 'core.input.missing'],
  ])('%j: %s', (input, refused) => {
    const table = thingsTable();
    give(table, alice, { rare_chest: 1 });
    expect(table.say(alice, 'item open', input).refused).toBe(refused);
    expect(bagIn(table, alice).counts).toEqual({ rare_chest: 1 });
  });

  test('the cooldown is the server’s, and counts between openings', () => {
    const table = thingsTable();
    give(table, alice, { common_chest: 5 });
    table.say(alice, 'item open', { chest: 'common' });
    table.wait(29_999);
    expect(table.say(alice, 'item open', { chest: 'common' }).refused).toBe('economy.chest.cooldown');
    table.wait(1);
    expect(table.say(alice, 'item open', { chest: 'common' }).refused).toBeUndefined();
    table.set('chest.cooldown_s', '0');
    expect(table.say(alice, 'item open', { chest: 'common' }).refused).toBeUndefined();
    expect(table.state.row(openers, encodeKey(openers.key, [alice]))).toEqual({ at: table.clock.now });
  });

  test.each([
    ['the economy is frozen', 'economy.frozen'],
    ['one is banned', 'economy.banned'],
  ])('while %s nothing is opened, not even what holds an item', (_, refused) => {
    const table = thingsTable();
    give(table, alice, { rare_chest: 1 });
    drawing(
      table,
      (random) => !isMimic(random, lootTables.rare) && drawLoot(random, 'rare', lootTables.rare).kind === 'item',
    );
    table.say(alice, 'balance');
    const staff = { permissions: administrator };
    const held =
      refused === 'economy.frozen'
        ? table.say(bob, 'eco freeze', { on: true }, staff)
        : table.say(bob, 'eco ban', { member: person(alice) }, staff);
    expect(held.refused).toBeUndefined();
    expect(table.say(alice, 'item open', { chest: 'rare' }).refused).toBe(refused);
    expect(bagIn(table, alice).counts).toEqual({ rare_chest: 1 });
  });

  test('without room for what may come, nothing is drawn', () => {
    const table = thingsTable();
    table.fund(alice, ceiling - 1_000);
    give(table, alice, { common_chest: 1, rare_chest: 1 });
    expect(table.say(alice, 'item open', { chest: 'common' }).refused).toBe('economy.money.full');
    const other = member(7);
    give(table, other, { rare_chest: 1, focus_serum: 1_000_000 });
    expect(table.say(other, 'item open', { chest: 'rare' }).refused).toBe('economy.item.full');
    expect(bagIn(table, other).counts.rare_chest).toBe(1);
  });
});

describe('a server’s own loot table', () => {
  const setting = mutation({
    name: 'test.loot',
    version: 1,
    input: { parse: (input) => input as { readonly tier: Tier; readonly table: LootTable | undefined } },
    run: (m, { tier, table }) => {
      setLootTable(m, tier, table);
      return done(lootTableOf(m, tier));
    },
    view: () => ({ private: true }),
  });
  const feature = featureWith('loot', {
    operations: [setting],
  });

  test('takes the place of the built-in one until it is taken back', () => {
    const table = thingsTable([feature]);
    const set = (own: LootTable | undefined) =>
      table.perform(alice, openOperation(setting), { tier: 'common', table: own });
    give(table, alice, { common_chest: 2 });
    table.say(alice, 'balance');
    table.set('chest.cooldown_s', '0');
    set({ mimic: 0, coin: 10_000, item: 0, least: 7, most: 7 });
    table.say(alice, 'item open', { chest: 'common' });
    expect(table.account(alice).wallet).toBe(107);
    set(undefined);
    drawing(table, coinsOf('common'));
    table.say(alice, 'item open', { chest: 'common' });
    expect(table.account(alice).wallet).toBeGreaterThanOrEqual(507);
    expect(() => set({ mimic: 1, coin: 1, item: 1, least: 0, most: 0 })).toThrow('a loot table adds up');
  });

  test('help tells what chests return', () => {
    const { words } = createTable().say(alice, 'help', { command: 'item open' });
    expect(words).toContain('common 84.48% and 78.00%');
    expect(words).toContain('rare 78.00% and 85.00%');
    expect(words).toContain('epic 79.71% and 96.57%');
    expect(words).toContain('legendary 72.84% and 97.55%');
  });
});
