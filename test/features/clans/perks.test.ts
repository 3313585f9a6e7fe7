// What members of the richest guilds have of it, seen from where it works: the shop, banks, robberies and the casino.
import { describe, expect, test } from 'vitest';
import { coinEdge, edgeOf, gearedReturn, gearReturnMax, wantedEffects } from '../../../src/features/casino/edge.ts';
import { gameEffects } from '../../../src/features/casino/points.ts';
import { levelOf } from '../../../src/features/clans/clan.ts';
import { largeClanMembers, levelTreasuries, perksByPlace } from '../../../src/features/clans/tuning.ts';
import { items } from '../../../src/features/items/catalogue.ts';
import { offerOf, offersOf } from '../../../src/features/shop/stock.ts';
import { interestPoints, robPoints } from '../../../src/features/wallet/points.ts';
import type { Query } from '../../../src/kernel/context.ts';
import type { MemberId } from '../../../src/kernel/ids.ts';
import { type AnyOperation, query } from '../../../src/kernel/operation.ts';
import { done as answered } from '../../../src/kernel/outcome.ts';
import { alice, bob, carol, createTable, field, member, type Table } from '../table.ts';
import { done, found, runJob, take } from './ground.ts';

const dave = member(4);
const owners = [alice, bob, carol, dave];

/** Asks as a member what the features answer. */
const ask = <T>(table: Table, who: MemberId, question: (q: Query) => T): T => {
  let value: T | undefined;
  const operation = query({
    name: 'test.ask',
    version: 1,
    input: { parse: (input: unknown) => input as object },
    run: (q) => {
      value = question(q);
      return answered({});
    },
    view: () => ({ private: true }),
  });
  expect(table.perform(who, operation as unknown as AnyOperation, {}).refused).toBeUndefined();
  return value as T;
};

const pointsOf = (table: Table, who: MemberId) => ({
  discount: ask(table, who, (q) => 1 - (offerOf(q, 'jetpack')?.price ?? 0) / 60_000),
  interest: ask(table, who, (q) => q.extensions(interestPoints, { member: who }).reduce((sum, one) => sum + one, 0)),
  guard: ask(table, who, (q) =>
    q
      .extensions(robPoints, { robber: member(90), target: who })
      .flat()
      .reduce((sum, { points }) => sum + points, 0),
  ),
  profit: ask(
    table,
    who,
    (q) => wantedEffects(q.extensions(gameEffects, { member: who, game: 'slots' }).flat()).profit,
  ),
});

const none = { discount: 0, interest: 0, guard: 0, profit: 0 };

/** Four guilds, each richer than the next all week; `more` join the second. */
const ranked = (more = 0): Table => {
  const table = createTable();
  table.set('guild.perks', 'on');
  for (const [place, who] of owners.entries()) {
    found(table, who, `Guild ${place}`);
    table.fund(who, 40_000 - place * 10_000);
    done(table.say(who, 'guild deposit', { amount: 'all' }));
  }
  for (let index = 0; index < more; index += 1) take(table, bob, member(100 + index));
  runJob(table, 'economy.clan.interest', '2026-07-27');
  return table;
};

describe('guild.perks', () => {
  test('are off at first', () => {
    const table = ranked();
    table.set('guild.perks', 'off');
    expect(owners.map((who) => pointsOf(table, who))).toEqual([none, none, none, none]);
    expect(done(table.say(alice, 'guild info')).words).not.toContain('As one of the richest guilds');
  });

  test('are those of the first three places', () => {
    const table = ranked();
    expect(owners.map((who) => pointsOf(table, who))).toEqual([
      { discount: expect.closeTo(0.1), interest: 20, guard: -1_500, profit: 500 },
      { discount: expect.closeTo(0.05), interest: 10, guard: -1_000, profit: 300 },
      { discount: expect.closeTo(0.03), interest: 5, guard: -500, profit: 200 },
      none,
    ]);
    expect(pointsOf(table, member(50))).toEqual(none);
    expect(done(table.say(alice, 'guild info')).words).toContain(
      'pay 10% less in the shop (chests excepted), their banks bring 0.2 points a day more, robberies of them succeed 15 points less often, and won rounds at the casino bring up to 5% more',
    );
    expect(done(table.say(dave, 'guild info')).words).not.toContain('As one of the richest guilds');
  });

  test.each([
    { members: largeClanMembers - 1, interest: 10, guard: -1_000, profit: 300, discount: 0.05 },
    { members: largeClanMembers, interest: 12, guard: -1_200, profit: 360, discount: 0.06 },
  ])('are more by a fifth from ten members on: $members', ({ members, discount, ...points }) => {
    const table = ranked(members - 1);
    expect(pointsOf(table, bob)).toEqual({ ...points, discount: expect.closeTo(discount) });
    expect(pointsOf(table, member(100))).toEqual({ ...points, discount: expect.closeTo(discount) });
  });

  test('are of what treasuries held all week: filling one for a day brings none', () => {
    const table = ranked();
    table.fund(dave, 1_000_000);
    done(table.say(dave, 'guild deposit', { amount: 'all' }));
    expect(pointsOf(table, dave)).toEqual(none);
    expect(pointsOf(table, alice)).not.toEqual(none);
    runJob(table, 'economy.clan.interest', '2026-08-03');
    expect(pointsOf(table, dave)).toMatchObject({ interest: 20 });
  });

  test('make nothing among chests cheaper: those would return more than they cost', () => {
    const table = ranked();
    const pricesFor = (who: MemberId) =>
      ask(table, who, (q) => offersOf(q, 'chests').map(({ item, price }) => [item.key, price]));
    expect(pricesFor(alice)).toEqual(pricesFor(dave));
    expect(pricesFor(alice).length).toBeGreaterThan(0);
  });

  test('bring coins: a bank of 100,000 gets 200 more a day', () => {
    const table = ranked();
    for (const who of [alice, dave]) table.fund(who, 0, 100_000);
    table.say(alice, 'balance');
    table.runTask('economy.interest', { date: '2026-08-02', dueAt: table.clock.now, missed: 0 });
    const banks = [alice, dave].map((who) => table.account(who).bank);
    expect((banks[0] ?? 0) - (banks[1] ?? 0)).toBe(200);
  });

  test('lift no game to what its stakes are, whatever else a member wears and drinks', () => {
    const most = Math.max(...perksByPlace.map(({ profit }) => profit)) * 1.2;
    const wants = items.flatMap(({ works }) => (works.game ? [works.game] : []));
    const profits = [0, ...wants.map(({ profit = 0 }) => profit)].map((profit) => profit + most);
    const seeds = { serverSeed: '', clientSeed: '' };
    const plays = [
      { game: 'slots' },
      { game: 'roulette', on: 'red' },
      { game: 'roulette', on: '17' },
      { game: 'crash' },
      { game: 'blackjack' },
    ] as const;
    const edges = [
      ...plays.map((play) => edgeOf({ ...seeds, ...play } as never)),
      ...[15_000, 19_600, 20_000].map((payout) => coinEdge(payout, 5_000)),
    ];
    for (const edge of edges) {
      for (const profit of [...profits, profits.reduce((sum, one) => sum + one, 0)]) {
        for (const insurance of [0, ...wants.map((want) => want.insurance ?? 0)]) {
          expect(gearedReturn(edge, { profit, insurance })).toBeLessThanOrEqual(Math.max(gearReturnMax, edge.returns));
        }
      }
    }
  });
});

describe('the level of a guild', () => {
  test.each([
    [0, 1, 50_000],
    [49_999, 1, 50_000],
    [50_000, 2, 100_000],
    [100_000, 3, 250_000],
    [250_000, 4, 500_000],
    [500_000, 5, 1_000_000],
    [1_000_000, 6, 5_000_000],
    [5_000_000, 7, undefined],
    [1_000_000_000_000_000, 7, undefined],
  ])('with %i coins is %i, the next at %s', (treasury, level, next) => {
    expect(levelOf(treasury)).toEqual({ level, next });
    expect(levelTreasuries[level]).toBe(next);
  });

  test('is shown with lock, place and when it was founded', () => {
    const table = ranked();
    const shown = done(table.say(alice, 'guild info'));
    expect(field(shown, 'Level')).toBe('1 (next at 50,000 coins)');
    expect(field(shown, 'Place by treasury')).toContain('1');
    table.fund(alice, 5_000_000);
    done(table.say(alice, 'guild deposit', { amount: 'all' }));
    expect(field(done(table.say(alice, 'guild info')), 'Level')).toBe('7');
  });
});

test('/eco status counts treasuries, and not the pot of the slots', () => {
  const table = ranked();
  table.set('jackpot.enabled', 'on');
  table.fund(alice, 10_000);
  table.say(alice, 'casino slots', { bet: '100' });
  table.say(alice, 'fair seed');
  table.say(alice, 'casino slots', { bet: '100' });
  const status = table.say(member(50), 'eco status', {}, { permissions: 1n << 5n });
  expect(field(status, 'Of these in treasuries')).toBe('100,000');
  expect(field(status, 'Guilds')).toContain('100,000 coins in treasuries');
  const { minted, burned } = table.supply();
  expect(field(status, 'Coins in circulation')?.replaceAll(',', '')).toBe(String(minted - burned));
});
