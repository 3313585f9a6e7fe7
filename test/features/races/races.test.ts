import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bags } from '../../../src/features/items/state.ts';
import { raceOf } from '../../../src/features/races/draws.ts';
import { placeOf } from '../../../src/features/races/rules.ts';
import { paidBy } from '../../../src/features/races/settle.ts';
import { bettors, type RaceRow, races } from '../../../src/features/races/state.ts';
import { outbox } from '../../../src/kernel/effect.ts';
import { type Coins, guildId, type MemberId } from '../../../src/kernel/ids.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import type { Button, Select } from '../../../src/kernel/reply.ts';
import { timers } from '../../../src/kernel/timer.ts';
import { here, inChannel, shownIn } from '../casino/channel.ts';
import { answerRefused, discordRefuses } from '../limits.ts';
import {
  type Answered,
  alice,
  bob,
  carol,
  createTable,
  field,
  manager,
  member,
  minuteMs,
  person,
  type Table,
} from '../table.ts';

const secondMs = 1_000;
const channel = '300000000000000001';
const channel2 = '300000000000000009';
const message = '400000000000000001';

const rowOf = (table: Table): RaceRow => [...table.state.rows(races).values()][0] as RaceRow;
const controlsOf = ({ reply }: Answered): readonly (Button | Select)[] => (reply.rows ?? []).flat();
const select = (answered: Answered): string =>
  controlsOf(answered).find(({ kind }) => kind === 'select')?.customId ?? '';
const button = (answered: Answered, label: string): string =>
  controlsOf(answered).find((one) => one.kind === 'button' && one.label === label)?.customId ?? '';

/** Bets as a person does: picks a rat, types an amount. */
const betOn = (table: Table, who: MemberId, lobby: Answered, rat: number, amount: string): Answered => {
  const opened = table.press(who, select(lobby), { chosen: String(rat) });
  return opened.modal ? table.press(who, opened.modal.customId, { amount }) : opened;
};

const track = (): Table => {
  const table = createTable();
  for (const who of [alice, bob, carol]) table.fund(who, 10_000, 5_000);
  return table;
};
/** Lets a race run to its end. */
const runOut = (table: Table): void => {
  for (let second = 0; second < 300; second += 1) {
    table.wait(secondMs);
    table.fall();
  }
};
const conserved = (table: Table, members: readonly MemberId[] = [alice, bob, carol]): boolean => {
  const held = members.reduce((sum, who) => sum + table.account(who).wallet + table.account(who).bank, 0);
  const { minted, burned } = table.supply();
  return BigInt(held) === minted - burned;
};
const has = (table: Table, who: MemberId): number => table.account(who).wallet + table.account(who).bank;

describe('a lobby', () => {
  test('shows six rats with what they pay, and the hash of a seed that it does not show', () => {
    const table = track();
    const lobby = table.say(alice, 'ratrace');
    expect(discordRefuses(lobby.reply)).toEqual([]);
    expect(lobby.reply.private).toBe(false);
    const { serverSeed, rats, factors } = rowOf(table);
    expect(JSON.stringify(lobby.reply)).not.toContain(serverSeed);
    expect(lobby.words).toContain(createHash('sha256').update(serverSeed).digest('hex'));
    for (const { speed, stamina, luck } of rats) {
      expect(lobby.words).toContain(`speed ${speed}, stamina ${stamina}, luck ${luck}`);
    }
    for (const [win] of factors) {
      expect(lobby.words).toContain(`×${(win / 1_000).toLocaleString('en', { minimumFractionDigits: 3 })}`);
    }
  });

  test('is one: asked for again, the same is shown', () => {
    const table = track();
    table.say(alice, 'ratrace');
    const { id } = rowOf(table);
    const again = table.say(bob, 'ratrace');
    expect(rowOf(table).id).toBe(id);
    expect(select(again)).toContain(id);
    expect(table.state.count(races)).toBe(1);
  });

  test('is refused where the server has none', () => {
    const table = track();
    table.set('ratrace.enabled', 'off');
    expect(table.say(alice, 'ratrace').refused).toBe('economy.races.off');
  });

  test('that nobody bets on does not take place, and another can be opened', () => {
    const table = track();
    table.say(alice, 'ratrace');
    table.wait(30 * secondMs);
    table.fall();
    expect(rowOf(table).phase).toBe('cancelled');
    table.say(alice, 'ratrace');
    expect(rowOf(table).phase).toBe('lobby');
    expect(table.state.count(races)).toBe(1);
  });
});

describe('a bet', () => {
  test('is taken at once, from the wallet and then the bank, and stands on the card', () => {
    const table = track();
    const lobby = table.say(alice, 'ratrace');
    const { burned } = table.supply();
    const opened = table.press(bob, select(lobby), { chosen: '2' });
    expect(answerRefused(opened)).toEqual([]);
    expect(opened.modal?.title).toBe('Bet on rat 3');
    const made = table.press(bob, opened.modal?.customId ?? '', { amount: '12,000' });
    expect(made.reply.replaces).toBe(true);
    expect(made.words).toContain(`<@${bob}>: 12,000 on rat 3`);
    expect(table.account(bob)).toMatchObject({ wallet: 0, bank: 3_000 });
    expect(table.supply().burned - burned).toBe(12_000n);
  });

  test.each([
    ['10', undefined],
    ['1,000', undefined],
    ['all', undefined],
    ['half', undefined],
    ['25%', undefined],
    ['15000', undefined],
    ['9', 'economy.races.below'],
    ['1', 'economy.races.below'],
    ['15,001', 'economy.races.poor'],
    ['1000001', 'economy.races.above'],
    ['1000000000000000', 'economy.races.above'],
    ['0', 'economy.races.no-amount'],
    ['-10', 'economy.races.no-amount'],
    ['+10', 'economy.races.no-amount'],
    ['1e3', 'economy.races.no-amount'],
    ['٣٣', 'economy.races.no-amount'],
    ['²³', 'economy.races.no-amount'],
    ['1_000', 'economy.races.no-amount'],
    ['10.5', 'economy.races.no-amount'],
    ['', 'economy.races.no-amount'],
    ['9'.repeat(33), 'core.input.options'],
  ])('of %j: %s', (amount, refused) => {
    const table = track();
    const made = betOn(table, alice, table.say(alice, 'ratrace'), 0, amount);
    expect(made.refused).toBe(refused);
    if (refused !== undefined) expect(table.account(alice)).toMatchObject({ wallet: 10_000, bank: 5_000 });
    expect(conserved(table)).toBe(true);
  });

  test.each(['6', '-1', '', 'x', '1.5', '٣', 0, null, undefined])('on rat %j is none', (chosen) => {
    const table = track();
    expect(table.press(alice, select(table.say(alice, 'ratrace')), { chosen }).refused).toBe('core.input.options');
  });

  test('is one from each member: a second, or the same form sent twice, takes nothing', () => {
    const table = track();
    const lobby = table.say(alice, 'ratrace');
    const form = table.press(alice, select(lobby), { chosen: '0' }).modal?.customId ?? '';
    table.press(alice, form, { amount: '100' });
    expect(table.press(alice, form, { amount: '100' }).refused).toBe('economy.races.twice');
    expect(betOn(table, alice, lobby, 3, '50').refused).toBe('economy.races.twice');
    expect(has(table, alice)).toBe(14_900);
  });

  test('is one of fifty; Discord takes the card of all of them, and of what they are paid', () => {
    const table = createTable();
    const crowd = Array.from({ length: 51 }, (_, index) => member(100 + index));
    table.set('casino.max_bet', '1,000,000,000,000');
    for (const who of crowd) table.fund(who, 1_000_000_000_000);
    const lobby = table.say(crowd[0] as MemberId, 'ratrace');
    const made = crowd.map((who, index) => betOn(table, who, lobby, index % 6, 'all'));
    expect(made.map(({ refused }) => refused).filter((refused) => refused !== undefined)).toEqual([
      'economy.races.full',
    ]);
    expect(discordRefuses((made[49] as Answered).reply)).toEqual([]);
    runOut(table);
    expect(rowOf(table).phase).toBe('over');
    const over = table.press(alice, `g1~races.look~1~${JSON.stringify({ at: 'server', race: rowOf(table).id })}`);
    expect(discordRefuses(over.reply)).toEqual([]);
    expect(conserved(table, crowd)).toBe(true);
  });

  test('keeps to the limits that a member has set for themselves in the casino', () => {
    const table = track();
    table.say(alice, 'casino limits', { loss: '100' });
    const lobby = table.say(alice, 'ratrace');
    expect(betOn(table, alice, lobby, 0, '101').refused).toBe('economy.casino.limits.reached');
    expect(betOn(table, alice, lobby, 0, '100').refused).toBeUndefined();
  });

  test('after the deadline takes nothing, though the timer has not fallen: the race is shown', () => {
    const table = track();
    const lobby = table.say(alice, 'ratrace');
    betOn(table, alice, lobby, 0, '100');
    const form = table.press(bob, select(lobby), { chosen: '0' }).modal?.customId ?? '';
    table.wait(30 * secondMs);
    const late = table.press(bob, form, { amount: '100' });
    expect(late.refused).toBeUndefined();
    expect(late.words).toContain('The race is on');
    expect(has(table, bob)).toBe(15_000);
    expect(rowOf(table).phase).toBe('running');
  });

  test('by a button of another server, or of a race long over, takes nothing', () => {
    const table = track();
    const lobby = table.say(alice, 'ratrace');
    const elsewhere = createTable(undefined, guildId('100000000000000002'));
    elsewhere.fund(bob, 1_000);
    expect(elsewhere.press(bob, select(lobby), { chosen: '0' }).refused).toBe('economy.races.past');
    runOut(table);
    table.say(alice, 'ratrace');
    expect(table.press(bob, select(lobby), { chosen: '0' }).refused).toBe('economy.races.past');
    expect(table.press(bob, button(lobby, 'Look')).refused).toBe('economy.races.past');
    expect(table.press(bob, button(lobby, 'Call off'), {}, { permissions: manager }).refused).toBe(
      'economy.races.past',
    );
  });
});

/** A race that is over, with a bet of each of three on each their rat. */
const raced = (
  stake = '1,000',
): { readonly table: Table; readonly row: RaceRow; readonly before: readonly number[] } => {
  const table = track();
  const lobby = table.say(alice, 'ratrace');
  const before = [alice, bob, carol].map((who) => has(table, who));
  for (const [rat, who] of [alice, bob, carol].entries()) betOn(table, who, lobby, rat * 2, stake);
  runOut(table);
  return { table, row: rowOf(table), before };
};

describe('a race', () => {
  test('pays each bet its rat’s factor for the place, and nothing else', () => {
    const { table, row, before } = raced();
    expect(row.phase).toBe('over');
    const race = raceOf(row);
    for (const [index, { member: who, rat, stake, paid }] of row.bets.entries()) {
      const place = placeOf(race, rat);
      const due = place === undefined ? 0 : paidBy(stake, row.factors[rat]?.[place] ?? 0);
      expect(paid).toBe(due);
      expect(has(table, who)).toBe((before[index] ?? 0) - 1_000 + due);
    }
    expect(conserved(table)).toBe(true);
    expect([...table.state.rows(timers).keys()].filter((key) => key.startsWith('races.'))).toEqual([]);
  });

  test('can be worked out anew by what its card shows when it is over, and by nothing that it shows before', () => {
    const { table, row } = raced();
    const over = table.press(alice, `g1~races.look~1~${JSON.stringify({ at: 'server', race: row.id })}`);
    const seed = field(over, 'Server seed')?.replaceAll('`', '') ?? '';
    const clientSeed = field(over, 'Client seed')?.replaceAll('`', '') ?? '';
    expect(createHash('sha256').update(seed).digest('hex')).toBe(
      field(over, 'SHA-256 of the server seed')?.replaceAll('`', ''),
    );
    const bets = row.bets.map(({ member: who, rat, stake }) => `${who}:${rat + 1}:${stake}`).join('\n');
    expect(createHash('sha256').update(bets).digest('hex').slice(0, 32)).toBe(clientSeed);
    expect(raceOf({ ...row, serverSeed: seed, clientSeed }).home).toEqual(raceOf(row).home);
  });

  test('is shown turn by turn to who looks, without its seed', () => {
    const table = track();
    const lobby = table.say(alice, 'ratrace');
    betOn(table, alice, lobby, 0, '100');
    table.wait(30 * secondMs);
    table.fall();
    const look = button(lobby, 'Look');
    const seen = [0, 2, 4].map((seconds) => {
      table.wait(seconds === 0 ? 0 : 2 * secondMs);
      return table.press(bob, look);
    });
    expect(seen.map(({ words }) => /turn (\d+)/.exec(words)?.[1])).toEqual(['0', '1', '2']);
    for (const answered of seen) {
      expect(discordRefuses(answered.reply)).toEqual([]);
      expect(JSON.stringify(answered.reply)).not.toContain(rowOf(table).serverSeed);
    }
  });

  test('that is over when somebody looks before its timer falls is paid then, once', () => {
    const table = track();
    const lobby = table.say(alice, 'ratrace');
    betOn(table, alice, lobby, 0, '100');
    table.wait(30 * secondMs);
    table.fall();
    table.wait(5 * minuteMs);
    expect(table.press(bob, button(lobby, 'Look')).words).toContain('The race is over.');
    const held = has(table, alice);
    table.fall();
    table.press(bob, button(lobby, 'Look'));
    expect(has(table, alice)).toBe(held);
    expect(conserved(table)).toBe(true);
  });

  test('is in the history', () => {
    const { table } = raced();
    expect(table.say(alice, 'bank history').words).toContain('Bet on a rat race');
  });
});

describe('stakes go back', () => {
  test('where the bot was down over the start of the race', () => {
    const table = track();
    const lobby = table.say(alice, 'ratrace');
    for (const who of [alice, bob]) betOn(table, who, lobby, 1, '12,000');
    table.wait(30 * secondMs + 5 * minuteMs + 1);
    table.fall();
    expect(rowOf(table).phase).toBe('cancelled');
    for (const who of [alice, bob]) expect(has(table, who)).toBe(15_000);
    expect(table.press(alice, button(lobby, 'Look')).words).toContain('Every stake went back');
    expect(conserved(table)).toBe(true);
  });

  test('and not where it was down for less than five minutes', () => {
    const table = track();
    betOn(table, alice, table.say(alice, 'ratrace'), 1, '1,000');
    table.wait(30 * secondMs + 5 * minuteMs);
    table.fall();
    expect(rowOf(table).phase).toBe('running');
  });

  test.each([
    { who: alice, permissions: 0n, others: false, off: true },
    { who: alice, permissions: 0n, others: true, off: false },
    { who: carol, permissions: 0n, others: false, off: false },
    { who: carol, permissions: manager, others: true, off: true },
  ])('where $who calls it off (bet on by others: $others): $off', ({ who, permissions, others, off }) => {
    const table = track();
    const lobby = table.say(alice, 'ratrace');
    betOn(table, alice, lobby, 0, '500');
    if (others) betOn(table, bob, lobby, 0, '700');
    const answered = table.press(who, button(lobby, 'Call off'), {}, { permissions });
    expect(answered.refused).toBe(off ? undefined : 'economy.races.not-yours');
    expect(has(table, alice)).toBe(off ? 15_000 : 14_500);
    table.press(who, button(lobby, 'Call off'), {}, { permissions });
    expect(has(table, alice)).toBe(off ? 15_000 : 14_500);
    expect(conserved(table)).toBe(true);
  });

  test('not once it runs', () => {
    const table = track();
    const lobby = table.say(alice, 'ratrace');
    betOn(table, alice, lobby, 0, '500');
    table.wait(30 * secondMs);
    table.fall();
    table.press(alice, button(lobby, 'Call off'), {}, { permissions: manager });
    expect(rowOf(table).phase).toBe('running');
    expect(has(table, alice)).toBe(14_500);
  });

  test('to the bank where the wallet has been filled meanwhile', () => {
    const table = track();
    const lobby = table.say(alice, 'ratrace');
    betOn(table, alice, lobby, 0, '1,000');
    table.fund(alice, 1_000_000_000_000_000 - 9_000);
    table.press(alice, button(lobby, 'Call off'));
    expect(table.account(alice)).toMatchObject({ wallet: 1_000_000_000_000_000, bank: 6_000 });
  });
});

describe('a channel for races', () => {
  const effects = (table: Table) =>
    [...table.state.rows(outbox).values()].map(
      (row) =>
        row as {
          kind: string;
          payload: { card: { value: { phase: string; bets: readonly object[]; frame?: { turn: number } } } };
        },
    );
  /** What each edit of the card shows: the phase, and how many have bet. */
  const edits = (table: Table) =>
    effects(table)
      .filter(({ kind }) => kind === 'discord.edit')
      .map(({ payload: { card } }) => [card.value.phase, card.value.bets.length]);
  const pass = (table: Table, seconds: number): void => {
    table.wait(seconds * secondMs);
    table.fall();
  };

  test('gets a card that is edited once in two seconds, however many bet, and when the race starts', () => {
    const table = track();
    table.set('ratrace.channel', channel);
    table.say(alice, 'ratrace');
    table.runTask('races.posted', {
      end: { done: { message } },
      input: { at: channel, race: rowOf(table).id },
    });
    // What was just posted is the lobby as it is.
    expect(edits(table)).toEqual([]);
    const lobby = table.say(bob, 'ratrace');
    betOn(table, alice, lobby, 0, '100');
    betOn(table, bob, lobby, 1, '100');
    pass(table, 1);
    expect(edits(table)).toEqual([]);
    pass(table, 1);
    expect(edits(table)).toEqual([['lobby', 2]]);
    betOn(table, carol, lobby, 2, '100');
    pass(table, 1);
    expect(edits(table)).toHaveLength(1);
    pass(table, 1);
    expect(edits(table).slice(1)).toEqual([['lobby', 3]]);
    // Nobody bets: nothing is edited. A bet after a while is shown at once.
    pass(table, 20);
    expect(edits(table)).toHaveLength(2);
    table.fund(member(60), 1_000);
    betOn(table, member(60), lobby, 3, '100');
    expect(edits(table).slice(2)).toEqual([['lobby', 4]]);
    pass(table, 5);
    table.fund(member(61), 1_000);
    betOn(table, member(61), lobby, 3, '100');
    table.fund(member(62), 1_000);
    betOn(table, member(62), lobby, 3, '100');
    // The race starts a second later: its card does not wait.
    pass(table, 1);
    expect(edits(table).slice(3)).toEqual([
      ['lobby', 5],
      ['running', 6],
    ]);
    runOut(table);
    expect(rowOf(table).phase).toBe('over');
  });

  test.each([
    [1, []],
    [3, [['lobby', 1]]],
  ])('gets a card that shows whoever bet before it was posted, %i seconds later', (seconds, at) => {
    const table = track();
    table.set('ratrace.channel', channel);
    table.say(alice, 'ratrace');
    betOn(table, bob, table.say(bob, 'ratrace'), 0, '100');
    pass(table, seconds);
    table.runTask('races.posted', {
      end: { done: { message } },
      input: { at: channel, race: rowOf(table).id },
    });
    expect(edits(table)).toEqual(at);
    pass(table, 2);
    expect(edits(table)).toEqual([['lobby', 1]]);
  });

  test('gets the card, which changes with bets and each turn', () => {
    const table = track();
    table.set('ratrace.channel', channel);
    const opened = table.say(alice, 'ratrace');
    expect(opened.words).toContain(`<#${channel}>`);
    expect(effects(table).map(({ kind }) => kind)).toEqual(['discord.post']);
    const key = { at: channel, race: rowOf(table).id };
    table.runTask('races.posted', { end: { done: { message } }, input: key });
    const lobby = table.say(bob, 'ratrace');
    const made = betOn(table, bob, lobby, 0, '100');
    expect(made.reply.private).toBe(true);
    expect(made.words).toContain('You bet **100** coins on rat 1.');
    pass(table, 2);
    expect(effects(table).at(-1)?.kind).toBe('discord.edit');
    runOut(table);
    const turns = effects(table).flatMap(({ payload }) => payload.card.value.frame?.turn ?? []);
    const last = raceOf(rowOf(table)).turns.length;
    expect(turns).toEqual(Array.from({ length: last + 1 }, (_, turn) => turn));
    expect(rowOf(table).phase).toBe('over');
  });

  test('that takes no card does not stop the race', () => {
    const table = track();
    table.set('ratrace.channel', channel);
    table.say(alice, 'ratrace');
    const key = { at: channel, race: rowOf(table).id };
    table.runTask('races.posted', { end: { failed: 'forbidden' }, input: key });
    betOn(table, bob, table.say(bob, 'ratrace'), 0, '100');
    runOut(table);
    expect(rowOf(table).phase).toBe('over');
  });
});

describe('the channel in which a race was asked for', () => {
  test.each([
    ['', here],
    [channel2, channel2],
  ])('gets the card where the setting says %j', (setting, gets) => {
    const table = track();
    if (setting !== '') table.set('ratrace.channel', setting);
    const opened = inChannel(table).say(alice, 'ratrace');
    expect(opened.words).toContain(`<#${gets}>`);
    expect(shownIn(table, gets).map(({ kind }) => kind)).toEqual(['discord.post']);
    table.runTask('races.posted', { end: { done: { message } }, input: { at: gets, race: rowOf(table).id } });
    betOn(table, bob, inChannel(table).say(bob, 'ratrace'), 0, '100');
    runOut(table);
    expect(shownIn(table, gets).length).toBeGreaterThan(5);
    expect(rowOf(table).phase).toBe('over');
  });

  test('that takes no card: the race goes on in answers', () => {
    const table = track();
    inChannel(table).say(alice, 'ratrace');
    table.runTask('races.posted', { end: { failed: 'forbidden' }, input: { at: here, race: rowOf(table).id } });
    const lobby = inChannel(table).say(bob, 'ratrace');
    expect(betOn(table, bob, lobby, 0, '100').words).toContain('100 on rat 1');
    runOut(table);
    expect(shownIn(table, here)).toHaveLength(1);
    expect(rowOf(table).phase).toBe('over');
  });
});

describe('what is counted', () => {
  test('stands with the casino’s games: statistics, boards, profile and the day’s limit', () => {
    const table = track();
    table.say(alice, 'casino limits', { loss: '150' });
    const lobby = table.say(alice, 'ratrace');
    betOn(table, alice, lobby, 0, '100');
    runOut(table);
    const paid = rowOf(table).bets[0]?.paid ?? 0;
    const net = paid - 100;
    expect(table.say(bob, 'casino stats', { member: person(alice) }).words).toContain('Rat races');
    const sign = net > 0 ? '+' : '';
    expect(table.say(alice, 'profile', { section: 'casino' }).words).toContain(`${sign}${net}`);
    expect(table.say(bob, 'leaderboard', { board: 'casinogames' }).words).toContain('1 round');
    expect(table.say(alice, 'stats').words).toContain(`1 bet, ${net > 0 ? 1 : 0} won, ${sign}${net} coins`);
    const refused = betOn(table, alice, table.say(alice, 'ratrace'), 0, String(151 + net));
    expect(refused.refused).toBe('economy.casino.limits.reached');
  });

  test('before the casino counted it goes over to it with the next race', () => {
    const table = track();
    const key = encodeKey(bettors.key, [alice]);
    const after = { raced: 4, won: 1, staked: 400, paid: 300 };
    table.state.apply({
      operation: 'test.before',
      at: table.clock.now,
      sequence: table.state.sequence,
      changes: [{ collection: bettors, key, before: undefined, after }],
      answered: undefined,
      seed: undefined,
    });
    expect(table.say(alice, 'stats').words).toContain('4 bets, 1 won, -100 coins');
    betOn(table, alice, table.say(alice, 'ratrace'), 0, '100');
    runOut(table);
    const paid = rowOf(table).bets[0]?.paid ?? 0;
    const net = (paid - 200).toLocaleString('en', { signDisplay: 'exceptZero' });
    expect(table.say(alice, 'stats').words).toContain(`5 bets, ${paid > 100 ? 2 : 1} won, ${net} coins`);
    expect(table.say(alice, 'casino stats').words).toContain('5 rounds');
    expect(table.state.rows(bettors).size).toBe(0);
  });
});

describe('money', () => {
  test.each([
    { stake: 10, factor: 1_088, paid: 10 },
    { stake: 100, factor: 1_088, paid: 108 },
    { stake: 1_000, factor: 5_588, paid: 5_588 },
    { stake: 999, factor: 1_001, paid: 999 },
    { stake: 1_000_000_000_000, factor: 220_020_000, paid: 1_000_000_000_000_000 },
  ])('$stake at $factor thousandths pays $paid', ({ stake, factor, paid }) =>
    expect(paidBy(stake as Coins, factor)).toBe(paid),
  );
});

/** Has somebody wear a thing. */
const wear = (table: Table, who: MemberId, thing: string): void =>
  table.state.apply({
    operation: 'test.wear',
    at: table.clock.now,
    sequence: table.state.sequence,
    changes: [
      {
        collection: bags,
        key: encodeKey(bags.key, [who]),
        before: undefined,
        after: { ...bags.initial, worn: { accessory: thing } },
      },
    ],
    answered: undefined,
    seed: undefined,
  });

describe('what members wear', () => {
  test('adds 5 % of the profit at most, and nothing to what is lost', () => {
    const outcomes = [false, true].map((wears) => {
      const table = track();
      for (const who of wears ? [alice, bob, carol] : []) wear(table, who, 'lucky_coin');
      const lobby = table.say(alice, 'ratrace');
      for (const [rat, who] of [alice, bob, carol].entries()) betOn(table, who, lobby, rat * 2, '1,000');
      runOut(table);
      expect(conserved(table)).toBe(true);
      return rowOf(table).bets.map(({ paid = 0 }) => paid);
    });
    const [plain = [], worn = []] = outcomes;
    expect(plain.some((paid) => paid > 1_000)).toBe(true);
    expect(worn).toEqual(plain.map((paid) => (paid > 1_000 ? paid + Math.floor((paid - 1_000) * 0.05) : paid)));
  });
});
