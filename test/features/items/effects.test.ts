// What things do to rewards, robberies, interest and heists, and when they are used up.
import { describe, expect, test } from 'vitest';
import {
  consumeHeist,
  type HeistModifiers,
  heistModifiersOf,
  raceProfitOf,
  takeRewardBonus,
} from '../../../src/features/items/api.ts';
import { robChance } from '../../../src/features/wallet/rules.ts';
import type { Mutation } from '../../../src/kernel/context.ts';
import type { Coins, MemberId } from '../../../src/kernel/ids.ts';
import { mutation, openOperation } from '../../../src/kernel/operation.ts';
import { done } from '../../../src/kernel/outcome.ts';
import { featureWith } from '../../house/feature.ts';
import { answerRefused } from '../limits.ts';
import { alice, bob, dayMs, field, hourMs, person, seedWhere, type Table } from '../table.ts';
import { bagIn, drink, thingsTable, wear } from './things.ts';

describe('rewards', () => {
  test.each([
    [[], [], 150, 1_000],
    [['piggy_bank'], [], 172, 1_150],
    [[], ['energy_drink'], 157, 1_050],
    [[], ['fortune_tonic'], 195, 1_000],
    [[], ['wealth_potion'], 300, 1_000],
    [[], ['xp_boost'], 225, 1_000],
    // The shares are added and rounded down once: 150 × 1.2, and not 22 and 7 coins.
    [['piggy_bank'], ['energy_drink'], 180, 1_200],
    [['piggy_bank'], ['energy_drink', 'fortune_tonic', 'wealth_potion', 'xp_boost'], 450, 1_200],
  ])('with %j and %j a daily of %d, and after it a weekly of %d', (worn, drunk, daily, weekly) => {
    const table = thingsTable();
    table.fund(alice, 0);
    wear(table, alice, ...worn);
    drink(table, alice, ...drunk);
    const answered = table.say(alice, 'daily');
    expect(table.account(alice).wallet).toBe(daily);
    expect(answerRefused(answered)).toEqual([]);
    table.say(alice, 'weekly');
    expect(table.account(alice).wallet - daily).toBe(weekly);
  });

  test('the card tells what was added and by what', () => {
    const table = thingsTable();
    table.fund(alice, 0);
    wear(table, alice, 'piggy_bank');
    drink(table, alice, 'fortune_tonic');
    const { words } = table.say(alice, 'daily');
    expect(words).toContain('That includes 67 from Piggy bank, Fortune tonic.');
    expect(words).toContain('You received **217** coins.');
  });

  test('a tonic adds 50,000 at most, and the drink is over after an hour', () => {
    const table = thingsTable();
    table.fund(alice, 0);
    table.set('daily.amount', '1,000,000');
    drink(table, alice, 'fortune_tonic');
    table.say(alice, 'daily');
    expect(table.account(alice).wallet).toBe(1_050_000);
    expect(bagIn(table, alice).active).toEqual({});
    drink(table, alice, 'energy_drink');
    table.wait(dayMs);
    table.say(alice, 'daily');
    expect(table.account(alice).wallet).toBe(2_050_000);
  });

  test('a refused claim uses nothing up', () => {
    const table = thingsTable();
    table.say(alice, 'daily');
    drink(table, alice, 'wealth_potion');
    expect(table.say(alice, 'daily').refused).toBe('economy.daily.claimed');
    expect(Object.keys(bagIn(table, alice).active)).toEqual(['wealth_potion']);
  });
});

describe('robberies', () => {
  const chanceOf = (robber: readonly string[], target: readonly string[], success = '30%', mask = false): string => {
    const table = thingsTable();
    table.fund(alice, 10_000);
    table.fund(bob, 10_000);
    table.set('rob.success', success);
    wear(table, alice, ...robber);
    wear(table, bob, ...target);
    if (mask) drink(table, alice, 'robbers_mask');
    const answered = table.say(alice, 'rob', { member: person(bob) });
    expect(answered.refused).toBeUndefined();
    expect(answerRefused(answered)).toEqual([]);
    return field(answered, 'Chance of success') ?? '';
  };

  test.each([
    [[], [], '30%', false, '30%'],
    [['golden_horseshoe'], [], '30%', false, '55%'],
    [['master_lockpick'], [], '30%', false, '40%'],
    [[], [], '30%', true, '45%'],
    // 25 + 10 + 15 points are the 50 there may be.
    [['golden_horseshoe', 'master_lockpick'], [], '30%', true, '80%'],
    [['golden_horseshoe', 'master_lockpick'], [], '20%', true, '70%'],
    [['golden_horseshoe', 'master_lockpick'], [], '60%', true, '80%'],
    [[], ['shadow_cloak'], '30%', false, '15%'],
    [[], ['shadow_cloak'], '10%', false, '5%'],
    [['golden_horseshoe'], ['shadow_cloak'], '30%', false, '40%'],
    // Things of the robber's that guard, and of the target's that help, do nothing here.
    [['shadow_cloak'], ['golden_horseshoe'], '30%', false, '30%'],
  ])('%j against %j at %s, mask %j: %s', (robber, target, success, mask, chance) => {
    expect(chanceOf(robber, target, success, mask)).toBe(chance);
  });

  test.each([
    [3_000, [6_000], 8_000],
    [1_000, [4_000, 4_000], 6_000],
    [1_000, [4_000, 4_000, -3_000], 3_000],
    [1_000, [-9_000], 500],
    [8_000, [], 8_000],
  ])('a chance of %d with %j is %d', (success, points, chance) => {
    expect(
      robChance(
        success,
        points.map((one) => ({ points: one })),
      ),
    ).toBe(chance);
  });

  test('the draw is by that chance: what fails at 30 % succeeds at 55 %', () => {
    const between = seedWhere((random) => {
      const draw = random.int(10_000);
      return draw >= 3_000 && draw < 5_500;
    });
    for (const worn of [[], ['golden_horseshoe']]) {
      const table = thingsTable();
      table.fund(alice, 10_000);
      table.fund(bob, 10_000);
      wear(table, alice, ...worn);
      table.draw(() => between);
      table.say(alice, 'rob', { member: person(bob) });
      expect(table.account(alice).wallet > 10_000).toBe(worn.length > 0);
    }
  });

  test('a dog keeps everybody off: no coins move, the mask is kept, and the time of the attempt is gone', () => {
    const table = thingsTable();
    table.fund(alice, 10_000);
    table.fund(bob, 10_000);
    wear(table, bob, 'security_dog');
    drink(table, alice, 'robbers_mask');
    for (let hour = 0; hour < 3; hour += 1) {
      const answered = table.say(alice, 'rob', { member: person(bob) });
      expect(answered.words).toContain('driven off');
      expect(answerRefused(answered)).toEqual([]);
      expect(table.say(alice, 'rob', { member: person(bob) }).refused).toBe('economy.rob.cooldown');
      table.wait(hourMs);
    }
    expect(table.account(alice).wallet).toBe(10_000);
    expect(table.account(bob)).toMatchObject({ wallet: 10_000 });
    expect(table.account(bob).robbedAt).toBeUndefined();
    expect(Object.keys(bagIn(table, alice).active)).toEqual(['robbers_mask']);
  });

  test('a mask is used up by an attempt', () => {
    const table = thingsTable();
    table.fund(alice, 10_000);
    table.fund(bob, 10_000);
    drink(table, alice, 'robbers_mask');
    table.say(alice, 'rob', { member: person(bob) });
    expect(bagIn(table, alice).active).toEqual({});
  });
});

test('a vault key adds a quarter of a point to the interest', () => {
  const table = thingsTable();
  table.fund(alice, 0, 100_000);
  table.fund(bob, 0, 100_000);
  wear(table, alice, 'vault_key');
  table.wait(dayMs);
  const date = new Date(table.clock.now).toISOString().slice(0, 10);
  table.runTask('economy.interest', { date, dueAt: table.clock.now, missed: 0 });
  expect(table.account(alice).bank).toBe(100_750);
  expect(table.account(bob).bank).toBe(100_500);
});

/** Runs something as a member and gives what it gave. */
const running = <T>(run: (m: Mutation, member: MemberId) => T) => {
  let result: T | undefined;
  const operation = mutation({
    name: 'test.running',
    version: 1,
    input: { parse: () => ({}) },
    run: (m) => {
      result = run(m, m.actor.member);
      return done();
    },
    view: () => ({ private: true }),
  });
  const feature = featureWith('running', { operations: [operation] });
  return {
    feature,
    by: (table: Table, who: MemberId): T => {
      table.perform(who, openOperation(operation), {});
      return result as T;
    },
  };
};

describe('heists', () => {
  test('what is worn and drunk is summed, with the best single one of each', () => {
    const asking = running(heistModifiersOf);
    const table = thingsTable([asking.feature]);
    expect(Object.values(asking.by(table, alice).sum).every((value) => value === 0)).toBe(true);
    wear(table, alice, 'night_vision_goggles', 'silent_shoes', 'cloaking_device', 'lockpick_set', 'jetpack');
    drink(table, alice, 'stealth_elixir', 'luck_potion', 'speed_potion', 'energy_drink', 'focus_serum', 'smoke_bomb');
    const { sum, best, lockTries }: HeistModifiers = asking.by(table, alice);
    expect(sum).toMatchObject({
      stealth: 1_500 + 2_000 + 3_000 + 2_500 + 1_000,
      escape: 2_500 + 2_500,
      lockpick: 1_000,
      evasion: 2_000,
      progress: 2_000,
      forgiveness: 1_000,
      'answer-time': 1_000,
      speed: 0,
      detection: 0,
      security: 0,
      tech: 0,
      noise: 0,
    });
    expect(best).toMatchObject({ stealth: 3_000, escape: 2_500, progress: 1_500 });
    expect(lockTries).toBe(1);
  });

  test('potions for the next heist are used up by it; gear and the drink stay', () => {
    const using = running(consumeHeist);
    const table = thingsTable([using.feature]);
    wear(table, alice, 'jetpack');
    drink(table, alice, 'stealth_elixir', 'luck_potion', 'energy_drink', 'fortune_tonic');
    expect([...using.by(table, alice)].sort()).toEqual(['luck_potion', 'stealth_elixir']);
    expect(Object.keys(bagIn(table, alice).active).sort()).toEqual(['energy_drink', 'fortune_tonic']);
    expect(bagIn(table, alice).worn).toEqual({ back: 'jetpack' });
    expect(using.by(table, alice)).toEqual([]);
  });

  test('a tonic adds to one’s share, 50,000 at most', () => {
    for (const [base, added] of [
      [1_000, 300],
      [1_000_000, 50_000],
      [1, 0],
    ] as const) {
      const taking = running((m, member) => takeRewardBonus(m, member, 'heist', { base: base as Coins }));
      const table = thingsTable([taking.feature]);
      drink(table, alice, 'fortune_tonic', 'energy_drink');
      expect(taking.by(table, alice)).toBe(added);
      expect(Object.keys(bagIn(table, alice).active)).toEqual(
        added === 0 ? ['fortune_tonic', 'energy_drink'] : ['energy_drink'],
      );
    }
  });

  test('a coin for races; a monocle does nothing', () => {
    const asking = running(raceProfitOf);
    const table = thingsTable([asking.feature]);
    wear(table, alice, 'lucky_coin');
    expect(asking.by(table, alice)).toBe(500);
    wear(table, alice, 'traders_monocle');
    expect(asking.by(table, alice)).toBe(0);
    expect(table.say(alice, 'item info', { item: 'traders_monocle' }).words).toContain('It does nothing');
  });
});
