// Who leaves, what is left of their things, and the bot without them.
import { describe, expect, test } from 'vitest';
import { flip } from '../../../src/features/casino/coinflip/rules.ts';
import { players } from '../../../src/features/casino/state.ts';
import { openers } from '../../../src/features/chests/state.ts';
import { features, featuresWith } from '../../../src/features/index.ts';
import { bags } from '../../../src/features/items/state.ts';
import { buyers } from '../../../src/features/shop/state.ts';
import { forgettingFeature } from '../../../src/forgetting/index.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import type { Select } from '../../../src/kernel/reply.ts';
import { buttonsOf, endow } from '../casino/gambler.ts';
import { alice, createTable, dayMs, hourMs, type Table } from '../table.ts';
import { bagIn, drink, give, granting, wear } from './things.ts';

/** A table at which whoever leaves is forgotten when the grace is over. */
const forgetful = (): Table => {
  const forgetting = forgettingFeature({
    registry: () => table.registry,
    hash: (_, who) => `hash-${BigInt(who) * 7n}`,
    guildRetentionDays: 30,
  });
  const table: Table = createTable([...featuresWith([forgetting]), granting]);
  return table;
};

const leaveForGood = (table: Table): void => {
  table.runTask('core.member-left', { member: alice });
  table.wait(72 * hourMs);
  table.fall();
};

const collections = [bags, buyers, openers, players];
const rowsOf = (table: Table): readonly string[] =>
  collections.flatMap((one) =>
    [...table.state.rows(one as typeof bags)]
      .filter(([key]) => key === encodeKey(bags.key, [alice]))
      .map(() => one.name),
  );

describe('who leaves', () => {
  test('has nothing left after the grace; coming back brings nothing', () => {
    const table = forgetful();
    table.fund(alice, 100_000);
    give(table, alice, { common_chest: 2, luck_potion: 3 });
    wear(table, alice, 'jetpack');
    drink(table, alice, 'fortune_tonic');
    table.say(alice, 'item open', { chest: 'common' });
    const shelf = table.say(alice, 'shop', { category: 'potions' });
    const [select] = (shelf.reply.rows ?? []).flat() as Select[];
    const asked = table.press(alice, select?.customId ?? '', { chosen: 'energy_drink' });
    table.press(alice, buttonsOf(asked)[0]?.customId ?? '');
    expect(rowsOf(table).toSorted()).toEqual(['chests.opener', 'items.bag', 'shop.buyer']);
    leaveForGood(table);
    expect(rowsOf(table)).toEqual([]);
    table.say(alice, 'balance');
    expect(bagIn(table, alice)).toEqual({ counts: {}, worn: {}, active: {} });
    expect(table.account(alice).wallet).toBe(0);
    expect(table.say(alice, 'item open', { chest: 'common' }).refused).toBe('economy.chest.none');
  });

  test('and comes back within the grace has everything', () => {
    const table = forgetful();
    give(table, alice, { jetpack: 1 });
    table.runTask('core.member-left', { member: alice });
    table.wait(hourMs);
    table.say(alice, 'balance');
    table.wait(4 * dayMs);
    table.fall();
    expect(bagIn(table, alice).counts).toEqual({ jetpack: 1 });
  });

  test('the day’s budget of the games is not begun anew by leaving and coming back on the same day', () => {
    const table = forgetful();
    table.set('members.grace_hours', '0');
    table.set('casino.gear_bonus_daily_cap', '3,792');
    table.fund(alice, 1_000_000);
    endow(table, alice, 'coinflip', (draws) => flip(draws(0)) === 'heads');
    wear(table, alice, 'lucky_charm');
    table.say(alice, 'casino coinflip', { bet: '100000', side: 'heads' });
    table.runTask('core.member-left', { member: alice });
    table.fall();
    expect(rowsOf(table)).toEqual([]);
    table.say(alice, 'balance');
    table.fund(alice, 1_000_000);
    endow(table, alice, 'coinflip', (draws) => flip(draws(0)) === 'heads');
    wear(table, alice, 'lucky_charm');
    const before = table.account(alice).wallet;
    table.say(alice, 'casino coinflip', { bet: '100000', side: 'heads' });
    expect(table.account(alice).wallet - before).toBe(96_000);
  });
});

describe('without these features', () => {
  test.each([['items'], ['shop'], ['chests']])('the bot goes on without %s', (name) => {
    const table = createTable(features.filter((feature) => feature.name !== name));
    table.fund(alice, 1_000);
    expect(table.say(alice, 'daily').refused).toBeUndefined();
    expect(table.say(alice, 'casino paytable', { game: 'coinflip' }).refused).toBeUndefined();
    expect(table.say(alice, 'profile').refused).toBeUndefined();
  });
});
