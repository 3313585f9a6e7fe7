import { describe, expect, test } from 'vitest';
import { flip } from '../../../src/features/casino/coinflip/rules.ts';
import { crashPoint, multiplierAt, reachedAt } from '../../../src/features/casino/crash/rules.ts';
import { parseWheelBet, spinWheel, wheelBets } from '../../../src/features/casino/roulette/rules.ts';
import { drawSpin, factorOf } from '../../../src/features/casino/slots/rules.ts';
import { memberId } from '../../../src/kernel/ids.ts';
import { answerRefused, discordRefuses } from '../limits.ts';
import { type Answered, alice, bob, createTable, field, minuteMs, seedWhere, type Table } from '../table.ts';
import { button, buttonsOf, casinoTable, type Draws, endow } from './gambler.ts';

const secondMs = 1_000;
const heads = (draws: Draws): boolean => flip(draws(0)) === 'heads';
const taken = (table: Table): number => 15_000 - table.account(alice).wallet - table.account(alice).bank;

describe('a bet', () => {
  test.each([
    ['1', 'economy.casino.below'],
    ['9', 'economy.casino.below'],
    ['10', undefined],
    ['1,000', undefined],
    ['all', undefined],
    ['max', undefined],
    ['half', undefined],
    ['25%', undefined],
    ['15,000', undefined],
    ['15001', 'economy.casino.poor'],
    ['1000001', 'economy.casino.above'],
    ['1000000000000000', 'economy.casino.above'],
    ['0', 'core.input.amount'],
    ['-5', 'core.input.amount'],
    ['1e3', 'core.input.amount'],
    ['٣', 'core.input.amount'],
    ['½', 'core.input.amount'],
    ['0x10', 'core.input.amount'],
    ['1_000', 'core.input.amount'],
    ['10.5', 'core.input.amount'],
    [`1${'0'.repeat(400)}`, 'core.input.amount'],
    ['', 'core.input.amount'],
    [' ', 'core.input.amount'],
  ])('of %j: %s', (bet, refused) => {
    const table = casinoTable(alice, 'coinflip');
    const before = table.state.commits;
    const answered = table.say(alice, 'casino coinflip', { bet, side: 'heads' });
    expect(answered.refused).toBe(refused);
    if (refused !== undefined) {
      expect(taken(table)).toBe(0);
      // The refusal is kept for its redelivery, and no row with it.
      expect(table.state.commits).toBe(before + 1);
    }
  });

  test('says what would make it work: both balances and what is missing', () => {
    const table = casinoTable(alice, 'coinflip');
    const { words } = table.say(alice, 'casino coinflip', { bet: '20,000', side: 'heads' });
    for (const amount of ['10,000', '5,000', '20,000']) expect(words).toContain(amount);
  });

  test('is taken from the wallet first and then from the bank; what is won goes to the wallet', () => {
    const table = casinoTable(alice, 'coinflip', heads);
    const lost = table.say(alice, 'casino coinflip', { bet: '12,000', side: 'tails' });
    expect(table.account(alice)).toMatchObject({ wallet: 0, bank: 3_000 });
    expect(field(lost, 'Net')).toBe('-12,000');
    const winning = casinoTable(alice, 'coinflip', heads);
    const won = winning.say(alice, 'casino coinflip', { bet: '12,000', side: 'heads' });
    expect(winning.account(alice)).toMatchObject({ wallet: 23_520, bank: 3_000 });
    expect(['Bet', 'Paid', 'Net', 'Wallet', 'Bank'].map((name) => field(won, name))).toEqual([
      '12,000 coins',
      '23,520 coins',
      '+11,520',
      '23,520 coins',
      '3,000 coins',
    ]);
  });

  test('of everything that a full wallet holds pays no more than has room', () => {
    const table = casinoTable(alice, 'coinflip', heads);
    table.fund(alice, 1_000_000_000_000_000 - 10_000);
    const won = table.say(alice, 'casino coinflip', { bet: '1,000,000', side: 'heads' });
    expect(table.account(alice).wallet).toBe(1_000_000_000_000_000);
    expect(field(won, 'Beyond what you can hold')).toBe('960,000 coins');
  });

  test('limits are the server’s, and a game’s own before the casino’s', () => {
    const table = casinoTable(alice, 'coinflip');
    table.set('casino.min_bet', '50');
    table.set('coinflip.max_bet', '200');
    const bet = (coins: string) => table.say(alice, 'casino coinflip', { bet: coins, side: 'heads' }).refused;
    expect(bet('49')).toBe('economy.casino.below');
    expect(bet('201')).toBe('economy.casino.above');
    table.set('coinflip.min_bet', '5');
    expect(bet('5')).toBeUndefined();
  });

  test('profit serves debts first, the stake that comes back does not', () => {
    const table = createTable();
    table.draw(() => seedWhere((random) => random.int(10_000) >= 8_000));
    table.fund(bob, 20_000);
    table.fund(alice, 0);
    table.say(alice, 'rob', { member: { id: bob, bot: false, present: true } });
    expect(table.account(alice).debt).toBe(2_000);
    table.fund(alice, 1_000);
    endow(table, alice, 'coinflip', heads);
    table.say(alice, 'casino coinflip', { bet: '1,000', side: 'heads' });
    expect(table.account(alice)).toMatchObject({ wallet: 1_000, debt: 1_040 });
    expect(table.account(bob).wallet).toBe(20_960);
  });
});

describe('cooldowns', () => {
  test.each([
    { game: 'slots', input: {}, seconds: 3 },
    { game: 'coinflip', input: { bet: '10', side: 'heads' }, seconds: 15 },
    { game: 'roulette', input: { bet: '10', on: 'red' }, seconds: 5 },
  ])('$game: $seconds seconds', ({ game, input, seconds }) => {
    const table = casinoTable(alice, 'slots');
    const play = () => table.say(alice, `casino ${game}`, input).refused;
    expect(play()).toBeUndefined();
    table.wait(seconds * secondMs - 1);
    expect(play()).toBe('economy.casino.cooldown');
    table.wait(1);
    expect(play()).toBeUndefined();
  });
});

describe('slots', () => {
  test('plays free spins at once, for the same bet', () => {
    const table = casinoTable(alice, 'slots', (draws) => drawSpin(draws(0)).free.length > 0);
    const spun = table.say(alice, 'casino slots', { bet: '100' });
    expect(spun.words).toContain('free spins:');
    const paid = 15_000 - 100 - (table.account(alice).wallet + table.account(alice).bank);
    expect(-paid).toBeGreaterThanOrEqual(500);
    expect(discordRefuses(spun.reply)).toEqual([]);
  });

  test('is a bet of 10 where none is said; buttons bet the same, twice, half and 50', () => {
    const table = casinoTable(alice, 'slots', (draws) =>
      [0, 1, 2, 3].every((nonce) => factorOf(drawSpin(draws(nonce)).reels) === 0),
    );
    const first = table.say(alice, 'casino slots');
    expect(taken(table)).toBe(10);
    expect(buttonsOf(first).map(({ label }) => label)).toEqual(['Spin again', '×2: 20', '½: 5', 'Bet 50', 'Odds']);
    table.wait(3 * secondMs);
    const twice = table.press(alice, button(first, '×2: 20'));
    expect(taken(table)).toBe(30);
    expect(twice.reply.replaces).toBe(true);
    // Pressed twice at once: the second is too soon.
    expect(table.press(alice, button(twice, 'Bet 50')).refused).toBe('economy.casino.cooldown');
    table.wait(3 * secondMs);
    expect(table.press(alice, button(first, '½: 5')).refused).toBe('economy.casino.below');
    expect(table.press(bob, button(first, 'Spin again')).refused).toBe('economy.casino.not-yours');
    expect(table.press(bob, button(first, 'Odds')).refused).toBeUndefined();
    expect(taken(table)).toBe(30);
  });
});

describe('roulette', () => {
  test.each([
    ['red', 'red'],
    ['RED ', 'red'],
    ['green', '0'],
    ['zero', '0'],
    ['17', '17'],
    ['straight 17', '17'],
    ['1-18', 'low'],
    ['2nd 12', 'dozen 2'],
    ['13-24', 'dozen 2'],
    ['3rd column', 'column 3'],
    ['split 8-11', 'split 8-11'],
    ['8,11', 'split 8-11'],
    ['8 / 11', 'split 8-11'],
    ['street 13-15', 'street 13-15'],
    ['13-14-15', 'street 13-15'],
    ['corner 1-2-4-5', 'corner 1-5'],
    ['0-1-2-3', 'corner 0-3'],
    ['0 2 3', 'street 0-2-3'],
    ['six-line  31-36', 'six-line 31-36'],
  ])('reads %j as %s', (typed, name) => expect(parseWheelBet(typed)?.name).toBe(name));

  test.each([
    '',
    ' ',
    '37',
    '-1',
    '1.5',
    '٣',
    '²',
    '1e1',
    'split 1-3',
    'split 3-4',
    'corner 3-7',
    'street 2-4',
    'purple',
  ])('takes no coins for %j', (on) => {
    const table = casinoTable(alice, 'roulette');
    expect(table.say(alice, 'casino roulette', { bet: '10', on }).refused).toBeDefined();
    expect(taken(table)).toBe(0);
  });

  test('what is typed stands for one bet', () => {
    for (const bet of wheelBets) {
      for (const text of [bet.name, ...bet.aliases]) expect(parseWheelBet(text)).toBe(bet);
    }
  });

  test('pays a number 36 times, in public; the same again is the member’s own', () => {
    const table = casinoTable(alice, 'roulette', (draws) => spinWheel(draws(0)) === 17);
    const won = table.say(alice, 'casino roulette', { bet: '100', on: '17' });
    expect(won.reply.private).toBe(false);
    expect(table.account(alice).wallet).toBe(10_000 - 100 + 3_600);
    expect(table.press(bob, button(won, 'Again for 100')).refused).toBe('economy.casino.not-yours');
  });

  test('suggests bets', () => {
    const names = createTable()
      .suggest('casino roulette', 'on', 'dozen')
      .map(({ value }) => value);
    expect(names).toEqual(['dozen 1', 'dozen 2', 'dozen 3']);
  });
});

describe('crash', () => {
  const ends = (least: number, most: number) => (draws: Draws) => {
    const point = crashPoint(draws(0));
    return point >= least && point <= most;
  };
  const start = (table: Table, auto?: string): Answered =>
    table.say(alice, 'casino crash', { bet: '100', ...(auto !== undefined && { auto }) });

  test('stopped in time it pays what the curve shows then', () => {
    const table = casinoTable(alice, 'crash', ends(300, 10_000));
    const flying = start(table);
    expect(taken(table)).toBe(100);
    table.wait(9_030);
    expect(multiplierAt(9_030)).toBe(200);
    expect(table.press(bob, button(flying, 'Stop')).refused).toBe('economy.casino.not-yours');
    table.press(alice, button(flying, 'Stop'));
    expect(taken(table)).toBe(-100);
    expect(table.press(alice, button(flying, 'Stop')).words).toContain('round 0 paid 200');
    expect(taken(table)).toBe(-100);
    expect(table.fall()).toBe(0);
  });

  test('a press when the curve has ended comes too late, whether or not its timer has fallen', () => {
    const table = casinoTable(alice, 'crash', ends(150, 300));
    const flying = start(table);
    table.wait(minuteMs);
    expect(table.press(alice, button(flying, 'Stop')).words).toContain('Crashed at');
    expect(taken(table)).toBe(100);
    expect(table.fall()).toBe(0);
  });

  test('looks without stopping', () => {
    const table = casinoTable(alice, 'crash', ends(300, 10_000));
    const flying = start(table);
    table.wait(1_000);
    expect(table.press(alice, button(flying, 'Look')).words).toContain('1.07×');
    expect(taken(table)).toBe(100);
  });

  test('auto is paid by its timer', () => {
    const table = casinoTable(alice, 'crash', ends(260, 10_000));
    start(table, '2.5');
    table.wait(reachedAt(table.clock.now, 250) - table.clock.now - 1);
    expect(table.fall()).toBe(0);
    table.wait(1);
    expect(table.fall()).toBe(1);
    expect(taken(table)).toBe(-150);
  });

  test('lost by its timer where nobody stops it', () => {
    const table = casinoTable(alice, 'crash', ends(150, 9_999));
    start(table);
    table.wait(minuteMs);
    expect(table.fall()).toBe(1);
    expect(taken(table)).toBe(100);
  });

  test('one curve at a time', () => {
    const table = casinoTable(alice, 'crash', ends(9_000, 10_000));
    start(table);
    table.wait(20 * secondMs);
    expect(start(table).refused).toBe('economy.casino.crash.open');
  });

  test.each(['1', '1.00', '100.01', '0', '-2', '1e1', '٢', '', '2,5', '1.001'])('auto takes no %j', (auto) => {
    const table = casinoTable(alice, 'crash');
    expect(start(table, auto).refused).toBe('economy.casino.crash.no-auto');
  });
});

describe('statistics', () => {
  test('are counted alike for every game, on boards and on the profile', () => {
    const table = casinoTable(alice, 'coinflip', (draws) => flip(draws(0)) === 'heads' && flip(draws(1)) === 'tails');
    table.say(alice, 'casino coinflip', { bet: '100', side: 'heads' });
    table.wait(minuteMs);
    table.say(alice, 'casino coinflip', { bet: '1,000', side: 'heads' });
    const { words } = table.say(bob, 'casino stats', { member: { id: alice, bot: false, present: true } });
    expect(words).toContain('2 rounds: 1 won, 1 lost, 0 pushed\nstaked 1,100, paid 196: **-904** · best 96');
    expect(table.say(bob, 'leaderboard', { board: 'casino' }).words).toContain('-904');
    expect(table.say(bob, 'leaderboard', { board: 'casinogames' }).words).toContain('2 rounds');
    expect(table.say(alice, 'profile', { section: 'casino' }).words).toContain('-904');
    expect(table.say(bob, 'profile', { section: 'casino' }).words).toContain('nothing in it');
  });
});

test('the longest ids and the largest bets fit into buttons', () => {
  const table = createTable();
  const somebody = memberId('18446744073709551615');
  table.fund(somebody, 100_000_000_000_000);
  table.set('casino.max_bet', '1,000,000,000,000');
  table.say(somebody, 'fair seed');
  const most = { bet: '1,000,000,000,000' };
  const answers = [
    table.say(somebody, 'casino slots', most),
    table.say(somebody, 'casino coinflip', { ...most, side: 'tails' }),
    table.say(somebody, 'casino roulette', { ...most, on: 'six-line 31-36' }),
    table.say(somebody, 'casino blackjack', most),
    table.say(somebody, 'casino crash', { ...most, auto: '100' }),
  ];
  for (const answered of answers) {
    expect(answered.refused).toBeUndefined();
    expect(answerRefused(answered)).toEqual([]);
  }
});

test('the hub has a button for each game that plays it for the least bet', () => {
  const table = casinoTable(alice, 'slots');
  const hub = table.say(alice, 'casino hub');
  expect(discordRefuses(hub.reply)).toEqual([]);
  expect(buttonsOf(hub)).toHaveLength(5);
  for (const { customId } of buttonsOf(hub)) expect(table.press(alice, customId).refused).toBeUndefined();
  expect(table.press(bob, buttonsOf(hub)[0]?.customId ?? '').refused).toBe('economy.casino.not-yours');
});
