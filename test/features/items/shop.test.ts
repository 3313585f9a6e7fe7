// Buying and selling.
import { describe, expect, test } from 'vitest';
import { shopItems } from '../../../src/features/items/catalogue.ts';
import { confirmBuy } from '../../../src/features/shop/counter.ts';
import { disabledItems } from '../../../src/features/shop/settings.ts';
import { buyers } from '../../../src/features/shop/state.ts';
import { customId } from '../../../src/kernel/component.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import type { Select } from '../../../src/kernel/reply.ts';
import { button, buttonsOf } from '../casino/gambler.ts';
import { answerRefused } from '../limits.ts';
import { type Answered, alice, bob, field, person, seedWhere, type Table } from '../table.ts';
import { bagIn, give, thingsTable, wear } from './things.ts';

const selectOf = ({ reply }: Answered): Select =>
  (reply.rows ?? []).flat().find((control) => control.kind === 'select') as Select;

/** The card that asks whether to buy something. */
const asked = (table: Table, category: string, key: string): Answered => {
  const shelf = table.say(alice, 'shop', { category });
  return table.press(alice, selectOf(shelf).customId, { chosen: key });
};
const buying = (answered: Answered): string =>
  buttonsOf(answered).find(({ style }) => style === 'success')?.customId ?? '';

const stocked = (wallet = 1_000_000, bank = 0): Table => {
  const table = thingsTable();
  table.fund(alice, wallet, bank);
  return table;
};

describe('/shop', () => {
  test('shelves with how many things there are and for how much, then what is on one', () => {
    const table = stocked(6_000, 500);
    const front = table.say(alice, 'shop');
    expect(front.reply.private).toBe(true);
    expect(front.words).toContain('**Potions**: 6 items for 2,000 to 10,000');
    expect(front.words).toContain('**Chests**: 5 items for 1,000 to 50,000');
    expect(front.words).toContain('**Casino gear**: 5 items for 25,000 to 100,000');
    expect(front.words).toContain('**Heist gear**: 12 items for 12,000 to 60,000');
    expect(field(front, 'Wallet')).toBe('6,000 coins');
    expect(answerRefused(front)).toEqual([]);
    const shelf = table.press(alice, button(front, 'Potions'));
    expect(answerRefused(shelf)).toEqual([]);
    // 6,500 coins pay for the elixir and not for the tonic.
    expect(shelf.words).toContain('✅ **🌫️ Stealth elixir** · 🟣 Epic · 6,000');
    expect(shelf.words).toContain('▫️ **🥂 Fortune tonic** · 🟣 Epic · 10,000');
    expect(selectOf(shelf).choices.length).toBe(6);
    expect(table.press(alice, button(shelf, 'Shelves')).words).toContain('**Potions**');
    for (const category of ['potions', 'chests', 'casino', 'heist']) {
      expect(answerRefused(table.say(alice, 'shop', { category }))).toEqual([]);
    }
  });

  test('every thing on sale has a card that Discord takes, also with the longest id there can be', () => {
    const table = stocked();
    for (const { category, key } of shopItems) {
      const answered = asked(table, category, key);
      expect(answered.refused).toBeUndefined();
      expect(answerRefused(answered)).toEqual([]);
      const longest = customId(confirmBuy, { by: '9'.repeat(20), i: key, n: 99, p: 500_000, t: 999_999 });
      expect(longest.length).toBeLessThanOrEqual(100);
    }
  });

  test('buying takes from the wallet and then the bank, and unmakes the coins', () => {
    const table = stocked(1_500, 2_000);
    const confirmation = asked(table, 'potions', 'energy_drink');
    expect(field(confirmation, 'Price')).toBe('2,000 coins');
    expect(confirmation.words).toContain('**2,000**');
    const before = table.supply();
    const bought = table.press(alice, buying(confirmation));
    expect(bought.refused).toBeUndefined();
    expect(bought.reply.replaces).toBe(true);
    expect(answerRefused(bought)).toEqual([]);
    expect(table.account(alice)).toMatchObject({ wallet: 0, bank: 1_500 });
    expect(table.supply().burned - before.burned).toBe(2_000n);
    expect(bagIn(table, alice).counts).toEqual({ energy_drink: 1 });
    expect(bought.words).toContain('1,500 came from your wallet and 500 from the bank');
    expect(bought.words).toContain('/item use');
    expect(table.ledgerRows().at(-1)).toMatchObject({ kind: 'purchase', wallet: -1_500, bank: -500 });
  });

  test('a button that was pressed already buys nothing more, nor does an older one', () => {
    const table = stocked();
    const first = buying(asked(table, 'potions', 'energy_drink'));
    const other = buying(asked(table, 'potions', 'luck_potion'));
    expect(table.press(alice, first).refused).toBeUndefined();
    expect(table.press(alice, first).refused).toBe('economy.shop.pressed');
    expect(table.press(alice, other).refused).toBe('economy.shop.pressed');
    expect(bagIn(table, alice).counts).toEqual({ energy_drink: 1 });
    expect(table.account(alice).wallet).toBe(998_000);
    expect(table.state.row(buyers, encodeKey(buyers.key, [alice]))).toEqual({ purchases: 1 });
  });

  test('where the price has changed it is asked again, and nothing is bought', () => {
    const table = stocked();
    const old = buying(asked(table, 'potions', 'luck_potion'));
    table.set('shop.price', '150%');
    const again = table.press(alice, old);
    expect(again.words).toContain('The price has changed');
    expect(bagIn(table, alice).counts).toEqual({});
    table.press(alice, buying(again));
    expect(table.account(alice).wallet).toBe(992_500);
    expect(bagIn(table, alice).counts).toEqual({ luck_potion: 1 });
  });

  test('a forged price is no price', () => {
    const table = stocked();
    const forged = customId(confirmBuy, { by: alice, i: 'jetpack', n: 1, p: 1, t: 0 });
    expect(table.press(alice, forged).words).toContain('The price has changed');
    expect(table.account(alice).wallet).toBe(1_000_000);
  });

  test.each([
    [{ n: 0 }, 'core.input.options'],
    [{ n: 100 }, 'core.input.options'],
    [{ n: -1 }, 'core.input.options'],
    [{ n: 1.5 }, 'core.input.options'],
    [{ n: 1e308 }, 'core.input.options'],
    [{ n: '5' }, 'core.input.options'],
    [{ p: -1 }, 'core.input.options'],
    [{ i: 'x'.repeat(33) }, 'core.input.options'],
    [{ i: 'wealth_potion', p: 1_000 }, 'economy.shop.not-sold'],
    [{ i: 'no_such' }, 'economy.shop.not-sold'],
    [{ by: bob }, 'economy.item.not-yours'],
    [{ by: 'nobody' }, 'core.input.options'],
    [{ t: 5 }, 'economy.shop.pressed'],
  ])('%j buys nothing: %s', (change, refused) => {
    const table = stocked();
    const id = customId(confirmBuy, { by: alice, i: 'luck_potion', n: 1, p: 5_000, t: 0 });
    expect(table.press(alice, id, change).refused).toBe(refused);
    expect(table.account(alice)).toMatchObject({ wallet: 1_000_000 });
    expect(bagIn(table, alice).counts).toEqual({});
  });

  test('nobody uses the card of somebody else', () => {
    const table = stocked();
    table.fund(bob, 100_000);
    const front = table.say(alice, 'shop');
    const shelf = table.press(alice, button(front, 'Potions'));
    const confirmation = table.press(alice, selectOf(shelf).customId, { chosen: 'luck_potion' });
    const ids = [front, shelf, confirmation].flatMap((one) => buttonsOf(one).filter(({ kind }) => kind === 'button'));
    expect(ids.length).toBeGreaterThan(8);
    for (const { customId: id } of ids) expect(table.press(bob, id).refused).toBe('economy.item.not-yours');
    expect(table.press(bob, selectOf(shelf).customId, { chosen: 'luck_potion' }).refused).toBe(
      'economy.item.not-yours',
    );
  });

  test('another number, by button or typed', () => {
    const table = stocked();
    const one = asked(table, 'potions', 'energy_drink');
    const ten = table.press(alice, button(one, '×10'));
    expect(ten.words).toContain('10 of these cost **20,000**');
    const form = table.press(alice, button(ten, 'Another number'));
    expect(form.modal?.fields[0]?.name).toBe('count');
    const id = form.modal?.customId ?? '';
    const many = table.press(alice, id, { count: ' 99 ' });
    table.press(alice, buying(many));
    expect(bagIn(table, alice).counts).toEqual({ energy_drink: 99 });
    expect(table.account(alice).wallet).toBe(1_000_000 - 198_000);
    for (const count of ['0', '100', '-1', '1e1', '٣', '1.0', '', 'all', '9'.repeat(400)]) {
      expect(table.press(alice, id, { count }).refused).toBe('economy.shop.no-count');
    }
    expect(table.press(bob, id, { count: '1' }).refused).toBe('economy.item.not-yours');
  });

  test('with too few coins it says by how many, and nothing happens', () => {
    const table = stocked(1_000, 500);
    const confirmation = asked(table, 'potions', 'energy_drink');
    expect(field(confirmation, 'Too few by')).toBe('500 coins');
    expect(buttonsOf(confirmation)[0]?.disabled).toBe(true);
    const pressed = table.press(alice, buying(confirmation));
    expect(pressed.refused).toBe('economy.shop.poor');
    expect(pressed.with).toMatchObject({ wallet: 1_000, bank: 500, total: 2_000, missing: 500 });
    expect(table.account(alice)).toMatchObject({ wallet: 1_000, bank: 500 });
  });

  test('nobody buys more than they can hold', () => {
    const table = stocked();
    give(table, alice, { energy_drink: 999_999 });
    const five = table.press(alice, button(asked(table, 'potions', 'energy_drink'), '×5'));
    expect(table.press(alice, buying(five)).refused).toBe('economy.item.full');
    expect(table.account(alice).wallet).toBe(1_000_000);
  });
});

describe('what a server does not sell', () => {
  test('is on no shelf, and older buttons do not buy it', () => {
    const table = stocked();
    const old = asked(table, 'potions', 'luck_potion');
    table.set('shop.disabled_items', 'luck_potion, heist');
    const front = table.say(alice, 'shop');
    expect(front.words).toContain('**Potions**: 5 items');
    expect(front.words).toContain('**Heist gear**: nothing');
    expect(buttonsOf(front)[3]?.disabled).toBe(true);
    expect(answerRefused(front)).toEqual([]);
    expect(table.press(alice, buying(old)).refused).toBe('economy.shop.not-sold');
    const shelf = table.say(alice, 'shop', { category: 'heist' });
    expect(shelf.words).toContain('Nothing of this is sold');
    expect(answerRefused(shelf)).toEqual([]);
    expect(bagIn(table, alice).counts).toEqual({});
  });

  test.each([
    ['none', []],
    ['jetpack', ['jetpack']],
    ['Jetpack ,luck_potion', ['jetpack', 'luck_potion']],
    ['jetpack, jetpack', ['jetpack']],
    ['potions', ['potions']],
    ['jetpack,', undefined],
    ['', undefined],
    ['no_such', undefined],
    ['wealth_potion', undefined],
  ])('%j is read as %j', (typed, read) => {
    expect(disabledItems.parse(typed)).toEqual(read);
    if (read) expect(disabledItems.parse(disabledItems.show(read))).toEqual(read);
  });

  test('prices go down to a tenth and up to five times, but not those of chests below what they were', () => {
    const table = stocked();
    table.set('shop.price', '10%');
    expect(field(asked(table, 'heist', 'jetpack'), 'Price')).toBe('6,000 coins');
    expect(field(asked(table, 'chests', 'common_chest'), 'Price')).toBe('1,000 coins');
    expect(field(asked(table, 'chests', 'mimic_protection'), 'Price')).toBe('2,500 coins');
    table.set('shop.price', '500%');
    expect(field(asked(table, 'casino', 'coin_doubler'), 'Price')).toBe('500,000 coins');
    expect(field(asked(table, 'chests', 'common_chest'), 'Price')).toBe('5,000 coins');
    expect(() => table.set('shop.price', '9%')).toThrow('10%');
    expect(() => table.set('shop.price', '501%')).toThrow('500%');
  });
});

describe('/item sell', () => {
  test('is off at first', () => {
    const table = stocked();
    give(table, alice, { jetpack: 1 });
    expect(table.say(alice, 'item sell', { item: 'jetpack' }).refused).toBe('economy.shop.no-resale');
  });

  test.each([
    // resale, prices, count, proceeds
    ['50%', '100%', 1, 30_000],
    ['80%', '100%', 3, 144_000],
    ['50%', '10%', 1, 3_000],
    ['50%', '500%', 1, 30_000],
  ])('at %s, with prices at %s, %d jetpacks bring %d', (resale, prices, count, proceeds) => {
    const table = stocked(0);
    give(table, alice, { jetpack: 3 });
    table.set('shop.resale', resale);
    table.set('shop.price', prices);
    const sold = table.say(alice, 'item sell', { item: 'jetpack', count });
    expect(table.account(alice).wallet).toBe(proceeds);
    expect(bagIn(table, alice).counts.jetpack ?? 0).toBe(3 - count);
    expect(answerRefused(sold)).toEqual([]);
  });

  test('debts come first', () => {
    const table = stocked(0);
    table.draw(() => seedWhere((random) => random.int(10_000) >= 8_000));
    table.fund(bob, 4_000);
    table.say(alice, 'rob', { member: person(bob) });
    give(table, alice, { luck_potion: 1 });
    table.set('shop.resale', '50%');
    const sold = table.say(alice, 'item sell', { item: 'luck_potion' });
    expect(field(sold, 'Paid to debts')).toBe('400 coins');
    expect(table.account(alice)).toMatchObject({ wallet: 2_100, debt: 0 });
  });

  test.each([
    [{ item: 'jetpack', count: 2 }, 'economy.shop.too-few'],
    [{ item: 'luck_potion' }, 'economy.shop.too-few'],
    [{ item: 'traders_monocle' }, 'economy.shop.worthless'],
    [{ item: 'jetpack', count: 0 }, 'core.input.integer'],
    [{ item: 'jetpack', count: 1_000_001 }, 'core.input.integer'],
    [{ item: 'silent_shoes' }, 'economy.shop.too-few'],
  ])('%j: %s', (input, refused) => {
    const table = stocked();
    table.set('shop.resale', '80%');
    give(table, alice, { jetpack: 1, traders_monocle: 1 });
    wear(table, alice, 'silent_shoes');
    expect(table.say(alice, 'item sell', input).refused).toBe(refused);
    expect(table.account(alice).wallet).toBe(1_000_000);
  });

  test('what is bought and sold again is never a gain, whatever the prices are', () => {
    for (const prices of ['10%', '100%', '500%']) {
      const table = stocked();
      table.set('shop.resale', '80%');
      table.set('shop.price', prices);
      for (const { category, key } of shopItems) {
        const before = table.account(alice).wallet;
        if (table.press(alice, buying(asked(table, category, key))).refused !== undefined) continue;
        table.say(alice, 'item sell', { item: key });
        expect(table.account(alice).wallet).toBeLessThan(before);
      }
    }
  });
});
