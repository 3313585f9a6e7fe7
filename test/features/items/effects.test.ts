// What things do to rewards, robberies, interest, games and heists, and when they are used up.
import { describe, expect, test } from 'vitest';
import { hintOf, playHand, showsAce, shuffle } from '../../../src/features/casino/blackjack/rules.ts';
import { flip } from '../../../src/features/casino/coinflip/rules.ts';
import { coinBoost } from '../../../src/features/casino/edge.ts';
import { parseWheelBet, spinWheel } from '../../../src/features/casino/roulette/rules.ts';
import { drawSpin, spinPaid } from '../../../src/features/casino/slots/rules.ts';
import { players } from '../../../src/features/casino/state.ts';
import type { Game } from '../../../src/features/casino/tuning.ts';
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
import { encodeKey } from '../../../src/kernel/key.ts';
import { mutation, openOperation } from '../../../src/kernel/operation.ts';
import { done } from '../../../src/kernel/outcome.ts';
import { featureWith } from '../../house/feature.ts';
import { button, buttonsOf, type Draws, endow } from '../casino/gambler.ts';
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

const heads = (draws: Draws): boolean => [0, 1, 2].every((nonce) => flip(draws(nonce)) === 'heads');

/** A table at which Alice has a million and seeds. */
const gambling = (game: Game, wanted?: (draws: Draws) => boolean): Table => {
  const table = thingsTable();
  table.fund(alice, 10_000_000);
  endow(table, alice, game, wanted);
  return table;
};
const usedToday = (table: Table): unknown =>
  (table.state.row(players, encodeKey(players.key, [alice])) as { readonly gear?: unknown }).gear;
const flipFor = (table: Table, side: 'heads' | 'tails', bet = '100000') => {
  const before = table.account(alice).wallet;
  const answered = table.say(alice, 'casino coinflip', { bet, side });
  expect(answered.refused).toBeUndefined();
  table.wait(15_000);
  return { answered, net: table.account(alice).wallet - before };
};

describe('games', () => {
  // (0.999 − 0.98) / 0.48 of the profit: 395 ten-thousandths.
  test.each([
    ['lucky_charm', 395],
    ['coin_doubler', 395],
  ])('%s adds %d ten-thousandths to what a coin won, and the round verifies', (key, share) => {
    const table = gambling('coinflip', heads);
    wear(table, alice, key);
    const { answered, net } = flipFor(table, 'heads');
    const bonus = Math.floor((96_000 * share) / 10_000);
    expect(net).toBe(96_000 + bonus);
    expect(field(answered, 'Bonus')).toBe(`${bonus.toLocaleString('en')} coins`);
    expect(answerRefused(answered)).toEqual([]);
    expect(table.ledgerRows().at(-1)).toMatchObject({ kind: 'gear-bonus', wallet: bonus });
    table.say(alice, 'fair rotate');
    const verified = table.say(alice, 'fair verify', { round: 0 });
    expect(verified.refused).toBeUndefined();
    expect(field(table.say(alice, 'casino stats'), 'Coinflip')).toContain((196_000 + bonus).toLocaleString('en'));
  });

  test('a luck potion is used up by the next win, and not by losses or by its time alone', () => {
    const table = gambling('coinflip', heads);
    drink(table, alice, 'luck_potion');
    expect(flipFor(table, 'tails').net).toBe(-100_000);
    expect(Object.keys(bagIn(table, alice).active)).toEqual(['luck_potion']);
    expect(flipFor(table, 'heads').net).toBe(96_000 + 3_792);
    expect(bagIn(table, alice).active).toEqual({});
    expect(flipFor(table, 'heads').net).toBe(96_000);
    drink(table, alice, 'luck_potion');
    table.wait(dayMs);
    endow(table, alice, 'coinflip', (draws) => flip(draws(3)) === 'heads');
    expect(flipFor(table, 'heads').net).toBe(96_000);
  });

  test('an energy drink works at all games for an hour', () => {
    const table = gambling('coinflip', heads);
    drink(table, alice, 'energy_drink');
    expect(flipFor(table, 'heads').net).toBe(96_000 + 3_792);
    expect(flipFor(table, 'heads').net).toBe(96_000 + 3_792);
    table.wait(hourMs);
    expect(flipFor(table, 'heads').net).toBe(96_000);
  });

  test('all that is added on a day stays within the budget of the server, which a new day renews', () => {
    const table = gambling('coinflip', heads);
    table.set('casino.gear_bonus_daily_cap', '5,000');
    wear(table, alice, 'lucky_charm');
    expect(flipFor(table, 'heads').net).toBe(96_000 + 3_792);
    expect(usedToday(table)).toEqual({ date: '2026-08-01', used: 3_792 });
    expect(flipFor(table, 'heads').net).toBe(96_000 + 1_208);
    expect(flipFor(table, 'heads').net).toBe(96_000);
    table.wait(dayMs);
    endow(table, alice, 'coinflip', (draws) => flip(draws(3)) === 'heads' && flip(draws(4)) === 'heads');
    expect(flipFor(table, 'heads').net).toBe(96_000 + 3_792);
    table.set('casino.gear_bonus_daily_cap', '0');
    expect(flipFor(table, 'heads').net).toBe(96_000 + 3_792);
  });

  test('at first 25,000 coins a day are added', () => {
    const table = gambling('roulette', (draws) => spinWheel(draws(0)) === 17);
    wear(table, alice, 'lucky_charm');
    const before = table.account(alice).wallet;
    expect(parseWheelBet('17')?.numbers).toEqual([17]);
    table.say(alice, 'casino roulette', { bet: '1000000', on: '17' });
    expect(table.account(alice).wallet - before).toBe(35_000_000 + 25_000);
  });

  test('a magnet adds to slots, dice to blackjack, and neither to a coin', () => {
    const spinning = gambling('slots', (draws) => spinPaid(100_000 as Coins, drawSpin(draws(0))) === 200_000);
    wear(spinning, alice, 'slot_magnet');
    const spun = spinning.say(alice, 'casino slots', { bet: '100000' });
    // (0.999 − 0.9487) / 0.7047 of the profit.
    expect(field(spun, 'Bonus')).toBe('7,130 coins');
    const flipping = gambling('coinflip', heads);
    wear(flipping, alice, 'slot_magnet');
    expect(flipFor(flipping, 'heads').net).toBe(96_000);
    wear(flipping, alice, 'weighted_dice');
    expect(flipFor(flipping, 'heads').net).toBe(96_000);
    const dealing = gambling('blackjack', (draws) => playHand(shuffle(draws(0)), []).result === 'natural');
    wear(dealing, alice, 'weighted_dice');
    expect(field(dealing.say(alice, 'casino blackjack', { bet: '100000' }), 'Bonus')).toBe('45 coins');
  });

  test('a lucky potion makes a coin likelier to fall as wished, as far as may be, and is used up by it', () => {
    const boost = coinBoost(19_600, 2_000);
    expect(boost).toBe(96);
    // Lost by the first draw, turned by the second.
    const turned = (draws: Draws): boolean => {
      const draw = draws(0);
      return flip(draw) === 'tails' && draw.int(5_000) < boost;
    };
    const table = gambling('coinflip', turned);
    drink(table, alice, 'lucky_potion');
    const { answered, net } = flipFor(table, 'heads');
    expect(net).toBe(96_000);
    expect(answered.words).toContain('50.96%');
    expect(bagIn(table, alice).active).toEqual({});
    table.say(alice, 'fair rotate');
    expect(table.say(alice, 'fair verify', { round: 0 }).words).toContain('196,000');
  });

  test('where a coin leaves the house nothing, nothing is added and nothing used up', () => {
    const table = gambling('coinflip', heads);
    table.set('coinflip.payout', '200%');
    drink(table, alice, 'luck_potion', 'lucky_potion');
    expect(flipFor(table, 'heads').net).toBe(100_000);
    expect(Object.keys(bagIn(table, alice).active).sort()).toEqual(['luck_potion', 'lucky_potion']);
  });

  test('an insurance scroll gives back of a lost stake, as far as may be, and once', () => {
    const table = gambling('coinflip', heads);
    drink(table, alice, 'insurance_scroll');
    expect(flipFor(table, 'heads').net).toBe(96_000);
    const { answered, net } = flipFor(table, 'tails');
    expect(net).toBe(-100_000 + 3_800);
    expect(field(answered, 'Insurance')).toBe('3,800 coins');
    expect(flipFor(table, 'tails').net).toBe(-100_000);
  });

  test('a card counter tells of the hidden card, for a part of what is won, fixed when the hand is dealt', () => {
    const won = (draws: Draws): boolean => {
      const deck = shuffle(draws(0));
      return playHand(deck, []).result === undefined && playHand(deck, ['S']).result === 'won';
    };
    const table = gambling('blackjack', won);
    wear(table, alice, 'card_counter');
    const dealt = table.say(alice, 'casino blackjack', { bet: '100000' });
    expect(dealt.words).toMatch(/The hidden card is/);
    expect(dealt.words).toContain('16%');
    expect(answerRefused(dealt)).toEqual([]);
    // Taking it off changes nothing about this hand.
    table.say(alice, 'item unequip', { slot: 'accessory' });
    const before = table.account(alice).wallet;
    table.press(alice, button(dealt, 'Stand'));
    expect(table.account(alice).wallet - before).toBe(184_000);
    table.say(alice, 'fair rotate');
    expect(table.say(alice, 'fair verify', { round: 0 }).words).toContain('184,000');
  });

  test('who is told of the hidden card is not offered insurance against it, and who forges the press gets none', () => {
    const belowAce = (draws: Draws): boolean => {
      const hand = playHand(shuffle(draws(0)), []);
      return hand.result === undefined && showsAce(hand.dealer);
    };
    const plain = gambling('blackjack', belowAce);
    expect(button(plain.say(alice, 'casino blackjack', { bet: '1000' }), 'Insure for 500')).toBeDefined();
    const table = gambling('blackjack', belowAce);
    wear(table, alice, 'card_counter');
    const dealt = table.say(alice, 'casino blackjack', { bet: '1000' });
    expect(buttonsOf(dealt).filter(({ label }) => label.startsWith('Insure'))).toEqual([]);
    const forged = button(dealt, 'Hit').replace('"move":"H"', '"move":"I"');
    expect(table.press(alice, forged).refused).toBe('economy.casino.blackjack.no-insurance');
  });

  test('who puts a card counter on during a hand is told nothing and gives up nothing', () => {
    const open = (draws: Draws): boolean => playHand(shuffle(draws(0)), []).result === undefined;
    const table = gambling('blackjack', open);
    const dealt = table.say(alice, 'casino blackjack', { bet: '1000' });
    wear(table, alice, 'card_counter');
    expect(dealt.words).not.toContain('The hidden card');
    const call = button(dealt, 'Hit');
    expect(table.press(alice, call).words).not.toContain('The hidden card');
  });

  test('every card is of one of the three kinds', () => {
    const kinds = Array.from({ length: 13 }, (_, rank) => hintOf(rank));
    expect(kinds).toEqual(['high', ...Array(5).fill('low'), ...Array(3).fill('middle'), ...Array(4).fill('high')]);
  });

  test('the paytable tells what comes back with gear', () => {
    const table = gambling('coinflip');
    expect(table.say(alice, 'casino paytable', { game: 'coinflip' }).words).toContain('With gear: 98.00%');
    wear(table, alice, 'lucky_charm');
    for (const [game, percent] of [
      ['coinflip', '99.90'],
      ['roulette', '99.90'],
      ['slots', '98.39'],
      ['blackjack', '99.90'],
      ['crash', '99.90'],
    ]) {
      const answered = table.say(alice, 'casino paytable', { game });
      expect(`${game}: ${answered.words}`).toContain(`With gear: ${percent}%`);
      expect(answerRefused(answered)).toEqual([]);
    }
    wear(table, alice, 'card_counter');
    expect(table.say(alice, 'casino paytable', { game: 'blackjack' }).words).toContain('With gear: 99.86%');
  });
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
