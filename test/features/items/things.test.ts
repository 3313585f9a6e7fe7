// What members own, wear and drink, and the figures of the catalogue.
import { describe, expect, test } from 'vitest';
import { itemsValue } from '../../../src/features/items/api.ts';
import { items, shopItems } from '../../../src/features/items/catalogue.ts';
import { pageOf } from '../../../src/features/items/paging.ts';
import { bags } from '../../../src/features/items/state.ts';
import { mutation, openOperation, query } from '../../../src/kernel/operation.ts';
import { done } from '../../../src/kernel/outcome.ts';
import type { Select } from '../../../src/kernel/reply.ts';
import { featureWith } from '../../house/feature.ts';
import { button } from '../casino/gambler.ts';
import { answerRefused } from '../limits.ts';
import { alice, bob, dayMs, field, hourMs, minuteMs } from '../table.ts';
import { bagIn, drink, give, thingsTable, wear } from './things.ts';

describe('the catalogue', () => {
  test.each([
    ['luck_potion', 5_000, 'rare', undefined],
    ['speed_potion', 4_000, 'rare', undefined],
    ['stealth_elixir', 6_000, 'epic', undefined],
    ['fortune_tonic', 10_000, 'epic', undefined],
    ['focus_serum', 3_500, 'common', undefined],
    ['energy_drink', 2_000, 'common', undefined],
    ['common_chest', 1_000, 'common', undefined],
    ['rare_chest', 5_000, 'rare', undefined],
    ['epic_chest', 15_000, 'epic', undefined],
    ['legendary_chest', 50_000, 'legendary', undefined],
    ['mimic_protection', 2_500, 'rare', undefined],
    ['lucky_charm', 25_000, 'epic', 'accessory'],
    ['weighted_dice', 40_000, 'epic', 'tool'],
    ['slot_magnet', 35_000, 'epic', 'tool'],
    ['coin_doubler', 100_000, 'legendary', 'accessory'],
    ['card_counter', 50_000, 'legendary', 'accessory'],
    ['lockpick_set', 12_000, 'rare', 'tool'],
    ['silent_shoes', 15_000, 'rare', 'feet'],
    ['adrenaline_injector', 18_000, 'rare', 'accessory'],
    ['night_vision_goggles', 20_000, 'rare', 'head'],
    ['grappling_hook', 22_000, 'rare', 'tool'],
    ['turbo_boots', 25_000, 'epic', 'feet'],
    ['thermal_vision', 28_000, 'epic', 'head'],
    ['master_keycard', 30_000, 'epic', 'tool'],
    ['hacking_kit', 35_000, 'epic', 'tool'],
    ['emp_device', 45_000, 'legendary', 'tool'],
    ['cloaking_device', 50_000, 'legendary', 'accessory'],
    ['jetpack', 60_000, 'epic', 'back'],
  ])('%s costs %d, is %s and worn as %s', (key, price, rarity, slot) => {
    const item = shopItems.find((one) => one.key === key);
    expect(item).toMatchObject({ price, rarity });
    expect(item?.slot).toBe(slot);
  });

  test('28 things are sold, one of each for 714,000', () => {
    expect(shopItems.length).toBe(28);
    expect(shopItems.reduce((sum, { price }) => sum + price, 0)).toBe(714_000);
    expect(items.filter(({ legacy }) => legacy).length).toBe(27);
  });

  test.each([
    ['luck_potion', { game: { at: 'all', profit: 2_000 }, heist: { evasion: 2_000 } }, 24, true],
    ['speed_potion', { heist: { progress: 1_500 } }, undefined, true],
    ['stealth_elixir', { heist: { stealth: 2_500 } }, undefined, true],
    [
      'fortune_tonic',
      { reward: { on: ['daily', 'weekly', 'chest', 'heist'], share: 3_000, most: 50_000 } },
      undefined,
      true,
    ],
    ['focus_serum', { heist: { forgiveness: 1_000, 'answer-time': 1_000 } }, undefined, true],
    [
      'energy_drink',
      { game: { at: 'all', profit: 500 }, reward: { on: ['daily', 'weekly'], share: 500 }, heist: { progress: 500 } },
      1,
      undefined,
    ],
    ['mimic_protection', { mimic: true }, undefined, undefined],
    ['lucky_charm', { game: { at: 'all', profit: 500 } }, undefined, undefined],
    ['weighted_dice', { game: { at: 'blackjack', profit: 1_000 } }, undefined, undefined],
    ['slot_magnet', { game: { at: 'slots', profit: 800 } }, undefined, undefined],
    ['card_counter', { game: { at: 'blackjack', hint: true } }, undefined, undefined],
    ['lockpick_set', { heist: { lockpick: 1_000 } }, undefined, undefined],
    ['silent_shoes', { heist: { stealth: 2_000 } }, undefined, undefined],
    ['adrenaline_injector', { heist: { speed: 1_500 } }, undefined, undefined],
    ['night_vision_goggles', { heist: { stealth: 1_500 } }, undefined, undefined],
    ['grappling_hook', { heist: { escape: 1_800 } }, undefined, undefined],
    ['turbo_boots', { heist: { speed: 2_000 } }, undefined, undefined],
    ['thermal_vision', { heist: { detection: 1_500 } }, undefined, undefined],
    ['master_keycard', { heist: { security: 2_000 } }, undefined, undefined],
    ['hacking_kit', { heist: { tech: 2_500 } }, undefined, undefined],
    ['emp_device', { heist: { security: 5_000 } }, undefined, undefined],
    ['cloaking_device', { heist: { stealth: 3_000 } }, undefined, undefined],
    ['jetpack', { heist: { escape: 2_500 } }, undefined, undefined],
    ['wealth_potion', { reward: { on: ['daily', 'weekly'], share: 10_000 } }, undefined, true],
    ['xp_boost', { reward: { on: ['daily', 'weekly'], share: 5_000 } }, undefined, true],
    ['piggy_bank', { reward: { on: ['daily', 'weekly'], share: 1_500 } }, undefined, undefined],
    ['golden_horseshoe', { rob: 2_500 }, undefined, undefined],
    ['master_lockpick', { rob: 1_000 }, undefined, undefined],
    ['robbers_mask', { rob: 1_500 }, undefined, true],
    ['security_dog', { guard: { points: 0, blocks: true } }, undefined, undefined],
    ['shadow_cloak', { guard: { points: 1_500 } }, undefined, undefined],
    ['vault_key', { interest: 25 }, undefined, undefined],
    ['lucky_potion', { game: { at: 'coinflip', chance: 2_000 } }, undefined, true],
    ['mega_lucky_potion', { game: { at: 'coinflip', chance: 5_000 } }, undefined, true],
    ['gamblers_charm', { game: { at: 'coinflip', chance: 500 } }, undefined, undefined],
    ['golden_dice', { game: { at: 'slots', profit: 1_000 } }, undefined, undefined],
    ['jackpot_booster', { game: { at: 'slots', profit: 1_000 } }, undefined, true],
    ['insurance_scroll', { game: { at: 'all', insurance: 5_000 } }, undefined, true],
    ['mimic_repellent', { mimic: true }, undefined, undefined],
    ['lucky_coin', { race: 500 }, undefined, undefined],
    ['traders_monocle', {}, undefined, undefined],
    ['lockpick_pro', { heist: { stealth: 1_500, speed: 1_000 } }, undefined, undefined],
    ['smoke_bomb', { heist: { escape: 2_500, stealth: 1_000 } }, undefined, true],
    ['master_disguise', { heist: { stealth: 3_000, detection: 2_000 } }, undefined, undefined],
    ['getaway_car', { heist: { escape: 3_000, speed: 1_500 } }, undefined, undefined],
    ['hacking_device', { heist: { security: 2_500, speed: 1_000 } }, undefined, undefined],
    ['thermal_drill', { heist: { speed: 2_000, noise: 1_000 } }, undefined, undefined],
  ])('%s does %j for %s hours', (key, works, hours, once) => {
    const item = items.find((one) => one.key === key);
    expect(item?.works).toEqual(works);
    expect(item?.lastsMs).toBe(hours === undefined ? undefined : hours * hourMs);
    expect(item?.once).toBe(once);
  });

  test('the doubler pays four stakes where 1.96 is paid, before it is cut back', () => {
    const doubled = shopItems.find(({ key }) => key === 'coin_doubler')?.works.game?.profit ?? 0;
    expect(1 + 0.96 * (1 + doubled / 10_000)).toBeCloseTo(3.92, 3);
  });

  test.each([
    ['small_chest', 'common_chest'],
    ['medium_chest', 'common_chest'],
    ['large_chest', 'rare_chest'],
  ])('for %s one gets %s', (key, given) => {
    const table = thingsTable();
    give(table, alice, { [key]: 2 });
    expect(bagIn(table, alice).counts).toEqual({ [given]: 2 });
  });

  test.each(items.map(({ key }) => [key]))('/item info tells all about %s', (key) => {
    const answered = thingsTable().say(alice, 'item info', { item: key });
    expect(answered.refused).toBeUndefined();
    expect(answered.reply.embeds?.[0]?.description).not.toBe('');
    expect(answerRefused(answered)).toEqual([]);
  });
});

describe('giving and taking', () => {
  test('nobody holds more than a million of one thing', () => {
    const table = thingsTable();
    expect(give(table, alice, { jetpack: 1_000_000 })).toBeUndefined();
    expect(give(table, alice, { jetpack: 1 })).toBe('economy.item.full');
    expect(give(table, bob, { jetpack: 1_000_001 })).toBe('economy.item.full');
    expect(bagIn(table, alice).counts.jetpack).toBe(1_000_000);
  });

  test.each([0, 0.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1])('not %d of anything', (count) => {
    const table = thingsTable();
    expect(give(table, alice, { jetpack: count })).toBe('economy.item.unknown');
    expect(bagIn(table, alice).counts).toEqual({});
  });

  test('what is no item is given to nobody', () => {
    expect(give(thingsTable(), alice, { sword_of_nothing: 1 })).toBe('economy.item.unknown');
  });

  test('what is taken is never more than there is, what is worn last; an empty row goes', () => {
    const table = thingsTable();
    wear(table, alice, 'jetpack');
    give(table, alice, { jetpack: 2 });
    give(table, alice, { jetpack: -2 });
    expect(bagIn(table, alice)).toEqual({ counts: {}, worn: { back: 'jetpack' }, active: {} });
    give(table, alice, { jetpack: -5 });
    expect([...table.state.rows(bags)]).toEqual([]);
    give(table, alice, { jetpack: -1 });
    expect([...table.state.rows(bags)]).toEqual([]);
  });

  test('things are worth what they cost at first, worn ones too', () => {
    let worth = 0;
    const asking = query({
      name: 'test.worth',
      version: 1,
      input: { parse: () => ({}) },
      run: (q) => {
        worth = itemsValue(q, alice);
        return done();
      },
      view: () => ({ private: true }),
    });
    const table = thingsTable();
    give(table, alice, { energy_drink: 3 });
    wear(table, alice, 'jetpack');
    table.perform(alice, openOperation(asking), {});
    expect(worth).toBe(66_000);
  });
});

describe('/item equip and /item unequip', () => {
  test('one thing a slot: what was there is to hand again', () => {
    const table = thingsTable();
    wear(table, alice, 'silent_shoes');
    give(table, alice, { turbo_boots: 1 });
    const answered = table.say(alice, 'item equip', { item: 'turbo boots' });
    expect(bagIn(table, alice)).toEqual({ counts: { silent_shoes: 1 }, worn: { feet: 'turbo_boots' }, active: {} });
    expect(answered.words).toContain('Silent shoes made room');
    expect(answerRefused(answered)).toEqual([]);
    const off = table.say(alice, 'item unequip', { slot: 'feet' });
    expect(bagIn(table, alice)).toEqual({ counts: { silent_shoes: 1, turbo_boots: 1 }, worn: {}, active: {} });
    expect(off.words).toContain('Turbo boots');
    expect(table.say(alice, 'item unequip', { slot: 'feet' }).refused).toBe('economy.item.bare');
  });

  test.each([
    ['jetpack', 'economy.item.none'],
    ['energy_drink', 'economy.item.no-gear'],
    ['common_chest', 'economy.item.no-gear'],
    ['nothing', 'economy.item.unknown'],
    ['__proto__', 'economy.item.unknown'],
    ['constructor', 'economy.item.unknown'],
    ['x'.repeat(33), 'economy.item.unknown'],
    ['', 'economy.item.unknown'],
    [17, 'economy.item.unknown'],
  ])('%s cannot be put on: %s', (item, refused) => {
    const table = thingsTable();
    give(table, alice, { energy_drink: 1, common_chest: 1 });
    expect(table.say(alice, 'item equip', { item }).refused).toBe(refused);
  });

  test('twice is once', () => {
    const table = thingsTable();
    wear(table, alice, 'jetpack');
    give(table, alice, { jetpack: 1 });
    expect(table.say(alice, 'item equip', { item: 'jetpack' }).refused).toBe('economy.item.worn');
    expect(bagIn(table, alice).counts).toEqual({ jetpack: 1 });
  });

  test('what would make more than one can hold stays on', () => {
    const table = thingsTable();
    wear(table, alice, 'jetpack');
    give(table, alice, { jetpack: 1_000_000 });
    expect(table.say(alice, 'item unequip', { slot: 'back' }).refused).toBe('economy.item.full');
  });
});

describe('/item use', () => {
  test('a potion works from now on, and another like it would be wasted', () => {
    const table = thingsTable();
    give(table, alice, { energy_drink: 3, stealth_elixir: 2 });
    const answered = table.say(alice, 'item use', { item: 'energy_drink' });
    expect(bagIn(table, alice).counts.energy_drink).toBe(2);
    expect(bagIn(table, alice).active).toEqual({ energy_drink: { until: table.clock.now + hourMs } });
    expect(answerRefused(answered)).toEqual([]);
    expect(table.say(alice, 'item use', { item: 'energy_drink' }).refused).toBe('economy.item.works-until');
    table.say(alice, 'item use', { item: 'stealth_elixir' });
    expect(table.say(alice, 'item use', { item: 'stealth_elixir' }).refused).toBe('economy.item.still-works');
    expect(bagIn(table, alice).counts).toEqual({ energy_drink: 2, stealth_elixir: 1 });
    table.wait(hourMs);
    expect(table.say(alice, 'item use', { item: 'energy_drink' }).refused).toBeUndefined();
    expect(Object.keys(bagIn(table, alice).active).sort()).toEqual(['energy_drink', 'stealth_elixir']);
  });

  test.each([
    ['common_chest', 'economy.item.use-chest'],
    ['mimic_protection', 'economy.item.use-shield'],
    ['jetpack', 'economy.item.use-gear'],
    ['luck_potion', 'economy.item.none'],
  ])('%s: %s', (item, refused) => {
    const table = thingsTable();
    give(table, alice, { common_chest: 1, mimic_protection: 1, jetpack: 1 });
    expect(table.say(alice, 'item use', { item }).refused).toBe(refused);
  });

  test('without a name it shows what there is; the choice is one’s own, and pressed twice drinks once', () => {
    const table = thingsTable();
    expect(table.say(alice, 'item use').refused).toBe('economy.item.nothing-usable');
    give(table, alice, { luck_potion: 2, jetpack: 1, energy_drink: 1 });
    const shown = table.say(alice, 'item use');
    expect(answerRefused(shown)).toEqual([]);
    const [select] = (shown.reply.rows ?? []).flat() as Select[];
    expect(select?.choices.map(({ value }) => value)).toEqual(['luck_potion', 'energy_drink']);
    const id = select?.customId ?? '';
    expect(table.press(bob, id, { chosen: 'luck_potion' }).refused).toBe('economy.item.not-yours');
    expect(table.press(alice, id, { chosen: 'luck_potion' }).refused).toBeUndefined();
    expect(table.press(alice, id, { chosen: 'luck_potion' }).refused).toBe('economy.item.works-until');
    expect(table.press(alice, id, { chosen: 'jetpack' }).refused).toBe('economy.item.use-gear');
    expect(table.press(alice, id, { chosen: 'gone_item' }).refused).toBe('economy.item.unknown');
    expect(table.press(alice, id, { chosen: 3 }).refused).toBe('core.input.options');
    expect(bagIn(table, alice).counts.luck_potion).toBe(1);
  });

  test('suggests what one has of it, and takes names as they are written', () => {
    const table = thingsTable();
    give(table, alice, { luck_potion: 1, jetpack: 1 });
    expect(table.suggest('item use', 'item', '')).toEqual([{ name: 'Luck potion', value: 'luck_potion' }]);
    expect(table.suggest('item equip', 'item', '')).toEqual([{ name: 'Jetpack', value: 'jetpack' }]);
    expect(table.suggest('item info', 'item', 'CHEST ').length).toBeGreaterThan(0);
    expect(table.say(alice, 'item use', { item: ' Luck Potion ' }).refused).toBeUndefined();
  });
});

describe('a list of 26 where Discord takes 25', () => {
  test.each([
    [0, 1, 1, 0],
    [25, 1, 1, 25],
    [26, 1, 2, 25],
    [26, 2, 2, 1],
    [26, 9, 2, 1],
    [26, -3, 2, 25],
  ])('of %d rows, page %d: of %d pages with %d rows', (all, wanted, pages, rows) => {
    const list = Array.from({ length: all }, (_, place) => place);
    const page = pageOf(list, wanted, 25);
    expect([page.pages, page.rows.length]).toEqual([pages, rows]);
  });
});

/** Puts any row, as an import or an older version may have left it. */
const putting = mutation({
  name: 'test.bag',
  version: 1,
  input: { parse: (input) => input as Record<string, number> },
  run: (m, counts) => {
    m.put(bags, [m.actor.member], { ...bags.initial, counts });
    return done();
  },
  view: () => ({ private: true }),
});
const feature = featureWith('bag', { operations: [putting] });

describe('/inventory', () => {
  test('empty, with what is worn and at work, by kinds', () => {
    const table = thingsTable();
    expect(table.say(alice, 'inventory').words).toContain('Nothing here');
    wear(table, alice, 'jetpack');
    drink(table, alice, 'energy_drink');
    give(table, alice, { common_chest: 2, luck_potion: 1, silent_shoes: 4 });
    const all = table.say(alice, 'inventory');
    expect(field(all, 'Worn')).toBe('Back: 🎒 Jetpack');
    expect(field(all, 'At work')).toContain('Energy drink');
    expect(all.words).toContain('👟 Silent shoes ×4 (🔵 Rare)');
    expect(answerRefused(all)).toEqual([]);
    const linesOf = (filter: string) =>
      table.say(alice, 'inventory', { filter }).reply.embeds?.[0]?.description?.split('\n').length;
    expect(['all', 'consumables', 'equipment', 'chests'].map(linesOf)).toEqual([3, 1, 1, 1]);
    table.wait(dayMs);
    expect(field(table.say(alice, 'inventory'), 'At work')).toBeUndefined();
  });

  test('everything there is takes four pages, which are one’s own', () => {
    const table = thingsTable();
    give(table, alice, Object.fromEntries(items.map(({ key }) => [key, 999_999])));
    const first = table.say(alice, 'inventory');
    expect(first.reply.embeds?.[0]?.footer).toContain('4');
    expect(answerRefused(first)).toEqual([]);
    const next = button(first, 'On');
    expect(table.press(bob, next).refused).toBe('economy.item.not-yours');
    const second = table.press(alice, next);
    expect(second.reply.replaces).toBe(true);
    expect(answerRefused(second)).toEqual([]);
    expect(table.say(alice, 'inventory', { page: 1_000 }).reply.embeds?.[0]?.footer).toContain('4');
    const select = ((first.reply.rows ?? [])[0] ?? [])[0] as Select;
    expect(table.press(alice, select.customId, { chosen: 'chests' }).words).toContain('Common chest');
    expect(table.press(bob, select.customId, { chosen: 'chests' }).refused).toBe('economy.item.not-yours');
    expect(table.press(alice, select.customId, { chosen: 'swords' }).refused).toBe('core.input.options');
  });

  test('shows a thing that nobody knows any more, which does nothing', () => {
    const table = thingsTable([feature]);
    table.perform(alice, openOperation(putting), { sword_of_old: 2, luck_potion: 1 });
    expect(table.say(alice, 'inventory').words).toContain('`sword_of_old` ×2');
    for (const path of ['item use', 'item equip', 'item info', 'item sell']) {
      expect(table.say(alice, path, { item: 'sword_of_old' }).refused).toBe('economy.item.unknown');
    }
    expect(table.say(alice, 'item use', { item: 'luck_potion' }).refused).toBeUndefined();
    expect(bagIn(table, alice).counts).toEqual({ sword_of_old: 2 });
  });
});

describe('elsewhere', () => {
  test('things count in what members are worth', () => {
    const table = thingsTable();
    table.fund(alice, 1_000);
    give(table, alice, { jetpack: 2 });
    table.say(alice, 'richest');
    table.wait(minuteMs);
    table.fall();
    expect(table.say(alice, 'richest').words).toContain('121,000');
  });

  test('/profile shows five of what is worn', () => {
    const table = thingsTable();
    wear(table, alice, 'thermal_vision', 'turbo_boots', 'jetpack', 'lucky_charm', 'slot_magnet', 'security_dog');
    const answered = table.say(bob, 'profile', { member: { id: alice, bot: false, present: true } });
    expect(answered.words).toContain('🌡️ Thermal vision');
    expect(answered.words).toContain('🧲 Slot magnet');
    expect(answered.words).not.toContain('Security dog');
    expect(answerRefused(answered)).toEqual([]);
  });

  test('collectors are ranked by how many different things they have', () => {
    const table = thingsTable();
    give(table, alice, { luck_potion: 100 });
    give(table, bob, { luck_potion: 1 });
    wear(table, bob, 'jetpack');
    const { words } = table.say(alice, 'leaderboard', { board: 'collectors' });
    expect(words).toMatch(/🥇.*2 different items/);
    expect(words).toContain('1 different item');
  });
});
