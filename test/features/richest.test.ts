import { describe, expect, test } from 'vitest';
import { reckonJob } from '../../src/features/richest/reckon.ts';
import { netWorths } from '../../src/features/richest/state.ts';
import { timers } from '../../src/kernel/timer.ts';
import { quote } from './stocks/market.ts';
import {
  type Answered,
  alice,
  bob,
  carol,
  createTable,
  dayMs,
  hourMs,
  member,
  person,
  seedWhere,
  startOfTime,
  type Table,
} from './table.ts';

const failing = seedWhere((random) => random.int(10_000) >= 8_000);

const lines = (answered: Answered): readonly string[] => answered.reply.embeds?.[0]?.description?.split('\n') ?? [];

/** The reckoning of a night. */
const night = (table: Table): void => {
  const { now } = table.clock;
  table.runTask(reckonJob.operation.name, { date: new Date(now).toISOString().slice(0, 10), dueAt: now, missed: 0 });
  table.fall();
};

const seated = (): Table => {
  const table = createTable();
  table.fund(alice, 300, 5);
  table.fund(bob, 1_000);
  table.fund(carol, 20, 900);
  return table;
};

describe('/richest', () => {
  test('asked for the first time has the standings reckoned at once', () => {
    const table = seated();
    const first = table.say(alice, 'richest');
    expect(first.reply.private).toBe(true);
    expect(lines(first)).toEqual(['This is being reckoned for the first time. Ask again in a moment.']);
    expect(table.fall()).toBe(1);
    expect(lines(table.say(alice, 'richest'))).toEqual([
      `🥇 <@${bob}> – 1,000 coins`,
      `🥈 <@${carol}> – 920 coins`,
      `🥉 <@${alice}> – 305 coins`,
      '',
      `Reckoned <t:${startOfTime / 1000}:R>, and anew each night.`,
    ]);
    expect(table.state.count(timers)).toBe(0);
  });

  test('asked by many before that has it reckoned once', () => {
    const table = seated();
    for (const who of [alice, bob, carol, alice]) table.say(who, 'richest');
    expect(table.state.count(timers)).toBe(1);
    expect(table.fall()).toBe(1);
    table.say(alice, 'richest');
    expect(table.fall()).toBe(0);
  });

  test('a first reckoning that came to nothing is begun anew on another day', () => {
    const table = seated();
    table.say(alice, 'richest');
    table.state.rows(timers).clear();
    table.wait(hourMs);
    table.say(alice, 'richest');
    expect(table.state.count(timers)).toBe(0);
    table.wait(dayMs);
    table.say(alice, 'richest');
    expect(table.fall()).toBe(1);
  });

  test('shows five, and the board of the same name all', () => {
    const table = createTable();
    for (let count = 0; count < 30; count += 1) table.fund(member(count + 10), 1_000 - count);
    night(table);
    const shown = lines(table.say(alice, 'richest')).filter((line) => line.includes(' – '));
    expect(shown).toHaveLength(5);
    expect(shown[4]).toBe(`#5 <@${member(14)}> – 996 coins`);
    const board = table.say(member(39), 'leaderboard', { board: 'richest', page: 3 });
    expect(board.reply.embeds?.[0]?.title).toBe('Richest members');
    expect(lines(board)[9]).toBe(`#30 <@${member(39)}> – 971 coins`);
  });

  test('is a dated result: what changes by day shows after the next night, and until then it says how old it is', () => {
    const table = seated();
    night(table);
    table.fund(alice, 10_000);
    expect(lines(table.say(alice, 'richest'))[0]).toBe(`🥇 <@${bob}> – 1,000 coins`);
    table.wait(dayMs);
    const old = table.say(alice, 'richest');
    expect(lines(old)[0]).toBe(`🥇 <@${bob}> – 1,000 coins`);
    expect(lines(old).at(-1)).toBe(
      `Today’s standings are not there yet: these were reckoned <t:${startOfTime / 1000}:R>.`,
    );
    night(table);
    expect(lines(table.say(alice, 'richest'))[0]).toBe(`🥇 <@${alice}> – 10,305 coins`);
  });

  test('debts count against it, and whoever is worth nothing is not on the board', () => {
    const table = createTable();
    table.draw(() => failing);
    table.fund(alice, 50);
    table.fund(bob, 4_000);
    night(table);
    expect(lines(table.say(alice, 'richest'))[1]).toBe(`🥈 <@${alice}> – 50 coins`);
    table.say(alice, 'rob', { member: person(bob) });
    table.fund(alice, 360);
    night(table);
    expect(lines(table.say(alice, 'richest'))[1]).toBe(`🥈 <@${alice}> – 10 coins`);
    table.wait(hourMs);
    table.say(alice, 'rob', { member: person(bob) });
    night(table);
    expect(lines(table.say(alice, 'richest')).filter((line) => line.includes(alice))).toEqual([]);
    expect(table.state.count(netWorths)).toBe(1);
  });

  test('shares count at the prices in force', () => {
    const table = createTable();
    quote(table, { TECH: 15_000 });
    table.fund(alice, 2_000);
    expect(table.say(alice, 'stocks buy', { symbol: 'TECH', shares: '10' }).refused).toBeUndefined();
    const { wallet } = table.account(alice);
    night(table);
    expect(lines(table.say(alice, 'richest'))[0]).toBe(
      `🥇 <@${alice}> – ${(wallet + 1_500).toLocaleString('en')} coins`,
    );
    quote(table, { TECH: 20_050 }, { version: 2 });
    night(table);
    expect(lines(table.say(alice, 'richest'))[0]).toBe(
      `🥇 <@${alice}> – ${(wallet + 2_005).toLocaleString('en')} coins`,
    );
  });

  test('where nobody is worth anything it says so', () => {
    const table = createTable();
    night(table);
    expect(lines(table.say(alice, 'richest'))[0]).toBe('Nobody is worth anything yet. Be the first!');
  });

  test('fault 50: a second reckoning of what did not change writes no standing again', () => {
    const table = seated();
    night(table);
    const before = [...table.state.rows(netWorths).values()];
    night(table);
    const after = [...table.state.rows(netWorths).values()];
    expect(after.every((row, index) => row === before[index])).toBe(true);
  });

  test('goes over every account in steps', () => {
    const table = createTable();
    for (let count = 0; count < 450; count += 1) table.fund(member(count + 1_000), 1);
    table.say(alice, 'richest');
    expect(table.fall()).toBe(3);
    expect(table.state.count(netWorths)).toBe(450);
  });

  test('its task cannot be reached by a forged control', () => {
    const input = '{"date":"2026-08-01","dueAt":1,"missed":0}';
    expect(createTable().press(alice, `g1~economy.richest.reckon~1~${input}`).refused).toBe('core.only.runtime');
  });
});
