// The pot of the slots: exact returns, the coins it moves, and what a power cut leaves of it.
import { describe, expect, test } from 'vitest';
import { cutBack, edgeOf, gearReturnMax } from '../../../src/features/casino/edge.ts';
import { fairness } from '../../../src/features/casino/fairness/index.ts';
import { seeds } from '../../../src/features/casino/fairness/seeds.ts';
import { casino } from '../../../src/features/casino/index.ts';
import {
  potChance,
  potPaid,
  potReturn,
  potReturnMax,
  potSeed,
  potStakesMax,
  winsPot,
} from '../../../src/features/casino/slots/pot.ts';
import {
  drawSpin,
  factorOf,
  freeSpinsOf,
  potFreeSpins,
  type Reels,
  reelSizes,
  slotsReturn,
  weights,
} from '../../../src/features/casino/slots/rules.ts';
import { wallet } from '../../../src/features/wallet/index.ts';
import { vaults } from '../../../src/features/wallet/state.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import { coinsMax } from '../../../src/kernel/money.ts';
import { mutation } from '../../../src/kernel/operation.ts';
import { done } from '../../../src/kernel/outcome.ts';
import { settingOverrides, settingOverridesKey } from '../../../src/kernel/setting.ts';
import { featureWith } from '../../house/feature.ts';
import { dumpGuild } from '../../house/house.ts';
import { elsewhere, home, inhabit } from '../../house/people.ts';
import { discordRefuses } from '../limits.ts';
import { alice, bob, createTable, manager, type Table } from '../table.ts';

const scatters: Reels = ['scatter', 'scatter', 'scatter', 'scatter', 'scatter'];

describe('what comes back with a pot', () => {
  test('five scatters come once in 175,510 spins: every reel’s weight over its size', () => {
    const chance = reelSizes.reduce((product, size, reel) => product * ((weights.scatter[reel] ?? 0) / size), 1);
    expect(potChance()).toBeCloseTo(chance, 15);
    expect(Math.round(1 / chance)).toBe(175_510);
  });

  test('free spins are 1, 2 and 3, and return 94.28 % without what the pot pays', () => {
    const counts = [3, 4, 5].map((many) => [
      ...Array.from({ length: many }, () => 'scatter' as const),
      ...(['cherry', 'lemon'] as const).slice(0, 5 - many),
    ]);
    expect(counts.map((reels) => freeSpinsOf(reels, potFreeSpins))).toEqual([1, 2, 3]);
    expect((slotsReturn(potFreeSpins).total * 100).toFixed(2)).toBe('94.28');
    expect(potReturn(0, 10)).toBe(slotsReturn(potFreeSpins).total);
  });

  test.each([
    { pot: 10_000, stake: 1, percent: '97.13' },
    { pot: 10_000, stake: 2, percent: '97.13' },
    { pot: 10_000, stake: 10, percent: '94.85' },
    { pot: 10_000, stake: 1_000, percent: '94.29' },
    { pot: 1_000_000, stake: 100, percent: '97.13' },
    { pot: coinsMax, stake: 1_000_000, percent: '97.13' },
  ])('$percent % with $pot in it and a bet of $stake', ({ pot, stake, percent }) => {
    expect((potReturn(pot, stake) * 100).toFixed(2)).toBe(percent);
    expect(potReturn(pot, stake)).toBeLessThanOrEqual(potReturnMax());
  });

  test('never comes to 100 %, whatever a member has on', () => {
    expect(potReturnMax()).toBeLessThan(gearReturnMax);
    const edge = edgeOf({ game: 'slots', pot: 0 });
    expect(edge.returns).toBe(potReturnMax());
    const { hit } = slotsReturn(potFreeSpins);
    for (const profit of [500, 2_000, 10_000, 50_000]) {
      const left = cutBack(edge, { profit, insurance: 5_000 });
      const geared = (left.profit * (potReturnMax() - hit) + left.insurance * (1 - hit)) / 10_000;
      expect(potReturnMax() + geared).toBeLessThanOrEqual(gearReturnMax);
    }
  });

  test('without a cap a coin’s spin would be a gain as soon as others have filled it', () => {
    expect(slotsReturn(potFreeSpins).total + potChance() * 20_000).toBeGreaterThan(1);
    expect(potPaid(20_000, 1)).toBe(potStakesMax);
  });
});

/** A client seed with which this server seed's first spin shows five scatters. */
const winning = { serverSeed: '0'.repeat(64), clientSeed: 'client-282613' };

const potTable = (bet = '100'): Table => {
  const table = createTable();
  table.fund(alice, 1_000_000);
  table.set('jackpot.enabled', 'on');
  table.say(alice, 'fair seed');
  table.say(alice, 'casino slots', { bet });
  table.wait(3_000);
  return table;
};

/** Puts the member's next spin on five scatters, as one in 175,510 would be. */
const bless = (table: Table): void => {
  const before = table.state.row(seeds, encodeKey(seeds.key, [alice])) as typeof seeds.initial;
  table.put(seeds, [alice], { ...before, ...winning, nonce: 0 });
};
const inPot = (table: Table): number => {
  const [first, ...more] = [...table.state.rows(vaults).values()] as { readonly coins: number }[];
  expect(more).toEqual([]);
  return first?.coins ?? 0;
};
const conserved = (table: Table): void => {
  const { minted, burned } = table.supply();
  const { wallet: inWallet, bank } = table.account(alice);
  expect(BigInt(inWallet + bank + inPot(table))).toBe(minted - burned);
};

describe('the pot of a server', () => {
  test('is none at first: nothing of a bet is kept', () => {
    const table = createTable();
    table.fund(alice, 1_000);
    table.say(alice, 'fair seed');
    expect(table.say(alice, 'casino slots').words).not.toContain('pot');
    expect([...table.state.rows(vaults)]).toEqual([]);
    expect(table.say(alice, 'casino paytable', { game: 'slots' }).words).toContain('94.87%');
  });

  test('begins with 10,000 and takes a hundredth of each bet, parts of a coin with it', () => {
    const table = potTable('100');
    expect(inPot(table)).toBe(10_001);
    for (let spins = 0; spins < 3; spins += 1) {
      table.say(alice, 'casino slots', { bet: '50' });
      table.wait(3_000);
    }
    // One and a half coins: the half is remembered.
    expect(inPot(table)).toBe(10_002);
    const shown = table.say(alice, 'casino slots', { bet: '50' });
    expect(inPot(table)).toBe(10_003);
    expect(shown.words).toContain('The pot: 10,003');
    expect(discordRefuses(shown.reply)).toEqual([]);
    conserved(table);
  });

  test('goes to five scatters, and the house fills it up again', () => {
    expect(winsPot(drawSpin({ int: () => 0 }).reels)).toBe(false);
    const table = potTable('100');
    bless(table);
    const before = table.account(alice).wallet;
    const won = table.say(alice, 'casino slots', { bet: '100' });
    expect(won.words).toContain('Five scatters: 10,001 coins from the pot!');
    expect(won.words).toContain('3 free spins');
    // With the part of this very bet.
    expect(inPot(table)).toBe(potSeed + 1);
    expect(table.account(alice).wallet - before).toBeGreaterThanOrEqual(10_001 + 100 * factorOf(scatters) - 100);
    conserved(table);
    // The round can be verified, and shows the free spins that were played.
    table.say(alice, 'fair rotate');
    const verified = table.say(alice, 'fair verify', { round: 0 });
    expect(verified.words).toContain('that is what its draws come to');
    expect(verified.words.match(/🌀 🌀 🌀 🌀 🌀/g)).toHaveLength(1);
  });

  test('pays a small bet 5,000 times at most and keeps the rest', () => {
    const table = potTable('1000');
    table.set('casino.min_bet', '1');
    for (let spins = 0; spins < 4; spins += 1) {
      table.say(alice, 'casino slots', { bet: '100000' });
      table.wait(3_000);
    }
    const before = inPot(table);
    expect(before).toBe(14_010);
    bless(table);
    expect(table.say(alice, 'casino slots', { bet: '1' }).words).toContain('5,000 coins from the pot');
    expect(inPot(table)).toBe(potSeed);
    conserved(table);
  });

  test('stays where it is while it is switched off, and another server has its own', () => {
    const table = potTable();
    table.set('jackpot.enabled', 'off');
    table.say(alice, 'casino slots', { bet: '5000' });
    expect(inPot(table)).toBe(10_001);
    table.set('jackpot.enabled', 'on');
    expect(table.say(alice, 'casino paytable', { game: 'slots' }).words).toContain('10,001');
    expect(createTable().say(bob, 'casino paytable', { game: 'slots' }).words).not.toContain('The pot');
  });

  test('stands in the odds with the return it makes, and in the staff’s status', () => {
    const table = potTable();
    const odds = table.say(alice, 'casino paytable', { game: 'slots' });
    expect(odds.words).toContain('94.85%');
    expect(odds.words).toContain('never more than 97.13%');
    expect(discordRefuses(odds.reply)).toEqual([]);
    expect(table.say(alice, 'eco status', {}, { permissions: manager }).words).toContain('Slots pot\n10,001');
  });

  test('is no rival of in-game guilds', () => {
    const table = potTable();
    table.say(alice, 'guild create', { name: 'Foxes' });
    expect(table.say(alice, 'guild top').words).toContain('Foxes');
    const isPot = (row: unknown): boolean => (row as { readonly unranked?: true }).unranked === true;
    expect([...table.state.rows(vaults).values()].filter(isPot)).toHaveLength(1);
    expect(table.state.top(vaults, 'coins', 0, 10)).toHaveLength(1);
  });
});

test('a power cut in the middle leaves pot and wallets in agreement, in each of two servers', async () => {
  const setting = mutation({
    name: 'test.set',
    version: 1,
    input: { parse: (input) => input as Record<string, string> },
    run: (m, texts) => {
      m.put(settingOverrides, settingOverridesKey, { texts });
      return done();
    },
    view: () => ({ private: true }),
  });
  const testing = featureWith('test', {
    operations: [setting],
  });
  const features = [wallet, casino, fairness, testing];
  const it = await inhabit({ features });
  await it.ask('test.set', { 'jackpot.enabled': 'on', 'casino.min_bet': '1' });
  for (const guild of [home, elsewhere]) await it.ask('fair.seed', {}, guild);
  const spin = async (): Promise<void> => {
    for (const guild of [home, elsewhere]) await it.ask('casino.slots', { bet: '1' }, guild);
    await it.wait(3_000);
  };
  for (let spins = 0; spins < 30; spins += 1) {
    await spin();
    if (spins % 10 === 5) await it.crash({ features }, () => 0.5);
  }
  await it.house().directory.settled();
  await it.house().stop();
  const { openHouse, reopened } = await import('../../house/house.ts');
  const left = await openHouse(reopened(it.disks()), { features, alone: true });
  const sums = [home, elsewhere].map((guild) => {
    const dump = dumpGuild(left, guild) as Record<string, { rows: [string, Record<string, number>][] }>;
    const pot = dump['economy.vault']?.rows.map(([, { coins }]) => coins ?? 0) ?? [];
    return { pot, rows: dump['casino.pot']?.rows.map(([, { hundredths }]) => hundredths) };
  });
  expect(sums[0]?.pot).toHaveLength(1);
  expect(sums[0]?.pot[0]).toBe(10_000);
  expect(sums[0]?.rows?.[0]).toBeGreaterThan(0);
  expect(sums[1]).toEqual({ pot: [], rows: [] });
  await left.stop();
});
