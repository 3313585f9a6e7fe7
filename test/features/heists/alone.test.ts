// A heist that one plays alone, from its start to its end.
import { describe, expect, test } from 'vitest';
import { targeted } from '../../../src/features/heists/state.ts';
import { debts } from '../../../src/features/wallet/state.ts';
import { guildId } from '../../../src/kernel/ids.ts';
import { clanOf, done, runJob, treasuryOf } from '../clans/ground.ts';
import { alice, bob, createTable, hourMs, minuteMs, person } from '../table.ts';
import {
  button,
  check,
  crew,
  drunkBy,
  equip,
  fallAfter,
  heistOf,
  heistTimers,
  id,
  nextSundayAfter,
  openRows,
  owing,
  pastRows,
  plan,
  playAlone,
  rival,
  rivals,
  select,
  solve,
  startSolo,
} from './ground.ts';

const [one] = crew;

describe('alone', () => {
  test('a heist without a mistake moves nine tenths to the treasury, one to who played, and mints nothing', () => {
    const { table, own, other } = rivals();
    const before = table.supply();
    const card = startSolo(table);
    expect(card.reply.private).toBe(false);
    expect(table.account(alice)).toMatchObject({ wallet: 800, bank: 0 });
    check(table);
    const end = playAlone(table, card);
    const [past] = pastRows(table);
    expect(past?.reason === 'done' || past?.reason === 'seen').toBe(true);
    if (past?.outcome !== 'won') throw new Error('the seed is one that is not seen');
    expect(end.reply.private).toBe(false);
    expect(end.words).toContain('They got away with it.');
    expect([treasuryOf(table, own), treasuryOf(table, other)]).toEqual([5_000 + 3_600, 6_000]);
    expect(table.account(alice)).toMatchObject({ wallet: 2_000 + 400 });
    const after = table.supply();
    expect(after.minted - before.minted).toBe(1_200n);
    expect(after.burned - before.burned).toBe(1_200n);
    check(table);
    expect(heistTimers(table)).toEqual([]);
    expect(table.state.rows(targeted).size).toBe(0);
    expect(table.say(alice, 'stats').words).toContain('1 heist, 1 that went well, 400 coins');
  });

  test('is completed once: every control of it is over after that', () => {
    const { table, own } = rivals();
    const card = startSolo(table);
    const { id: h } = heistOf(table);
    let board = done(table.press(alice, button(card, 'Play')));
    const seen: { press: () => unknown }[] = [];
    while (openRows(table).length > 0) {
      const task = done(table.press(alice, button(board, 'Tiptoe')));
      const answer = heistOf(table).row.crew[0]?.task?.answer ?? '';
      const { customId } = select(task);
      seen.push({ press: () => table.press(alice, customId, { chosen: answer }) });
      board = solve(table, alice, task);
    }
    const after = treasuryOf(table, own);
    const { sequence } = table.state;
    const purse = table.account(alice);
    for (const { press } of seen) press();
    for (const operation of ['play', 'next', 'look', 'start', 'assign', 'cancel', 'accept']) {
      table.press(alice, id(operation, { h }));
    }
    table.press(alice, id('approach', { h, way: 'fast' }));
    fallAfter(table, hourMs);
    expect(treasuryOf(table, own)).toBe(after);
    expect(table.account(alice)).toEqual(purse);
    expect(pastRows(table)).toHaveLength(1);
    expect(table.state.sequence).toBe(sequence);
    check(table);
  });

  test('the same button twice takes one task, and the plan’s starts one heist', () => {
    const { table } = rivals();
    const planned = plan(table);
    const card = done(table.press(alice, button(planned, 'Alone')));
    expect(table.press(alice, button(planned, 'Alone')).refused).toBe('economy.heist.open');
    const board = done(table.press(alice, button(card, 'Play')));
    done(table.press(alice, button(board, 'Hurry')));
    const first = heistOf(table).row.crew[0]?.task;
    done(table.press(alice, button(board, 'Tiptoe')));
    done(table.press(alice, button(card, 'Play')));
    expect(heistOf(table).row.crew[0]?.task).toEqual(first);
    expect(table.account(alice).wallet).toBe(800);
  });

  test('a mistake ends it: the target gets the penalty, the rest is owed, its lock ends', () => {
    const { table, own, other } = rivals();
    table.set('levy.rate', '1%');
    table.set('levy.keep', '0');
    runJob(table, 'economy.clan.levy', '2026-08-01');
    const before = treasuryOf(table, other);
    done(table.say(alice, 'pay', { member: person(bob), amount: String(table.account(alice).wallet - 1_000) }));
    const card = startSolo(table, 4_000);
    expect(clanOf(table, other)?.lockedAt).toBeDefined();
    expect(table.account(alice)).toMatchObject({ wallet: 0, debt: 0 });
    const board = done(table.press(alice, button(card, 'Play')));
    const end = solve(table, alice, done(table.press(alice, button(board, 'Hurry'))), false);
    expect(end.words).toContain('made a mistake too many');
    expect(pastRows(table)[0]).toMatchObject({ outcome: 'lost', reason: 'mistakes', paid: 1_000, owed: 200 });
    expect(treasuryOf(table, other)).toBe(before + 1_000);
    expect(table.account(alice)).toMatchObject({ wallet: 0, debt: 200 });
    expect([...table.state.rows(debts).values()]).toEqual([{ coins: 200, vault: other }]);
    expect(clanOf(table, other)?.lockedAt).toBeUndefined();
    expect(clanOf(table, own)?.lockedAt).toBeDefined();
    check(table);
    expect(table.say(alice, 'heist plan', { target: 'Others' }).refused).toBe('economy.heist.tried');
    nextSundayAfter(table);
    done(table.say(alice, 'heist plan', { target: 'Others' }));
  });

  describe('what is owed of a penalty', () => {
    test('reaches the treasury when it is collected, from funds or from an income', () => {
      const { table, other } = owing();
      const before = treasuryOf(table, other);
      table.fund(alice, 30);
      const burned = table.supply().burned;
      table.say(alice, 'balance');
      expect(treasuryOf(table, other)).toBe(before + 30);
      table.say(alice, 'daily');
      expect(treasuryOf(table, other)).toBe(before + 180);
      table.fund(alice, 100);
      table.say(alice, 'balance');
      expect(treasuryOf(table, other)).toBe(before + 200);
      expect(table.account(alice)).toMatchObject({ wallet: 80, debt: 0 });
      expect(table.state.rows(debts).size).toBe(0);
      expect(table.supply().burned).toBe(burned);
      check(table);
    });

    test('is burned where the guild is no more', () => {
      const { table } = owing();
      done(table.say(rival, 'guild disband', { confirm: 'Others' }));
      table.fund(alice, 300);
      const burned = table.supply().burned;
      table.say(alice, 'balance');
      expect(table.account(alice)).toMatchObject({ wallet: 100, debt: 0 });
      expect(table.supply().burned - burned).toBe(200n);
      check(table);
    });
  });

  test('who does nothing for three minutes has failed', () => {
    const { table, other } = rivals();
    startSolo(table);
    fallAfter(table, 3 * minuteMs - 1);
    expect(openRows(table)).toHaveLength(1);
    fallAfter(table, 1);
    expect(pastRows(table)[0]).toMatchObject({ outcome: 'lost', reason: 'late' });
    expect(treasuryOf(table, other)).toBe(11_200);
    check(table);
  });

  test('others cannot press: neither members, nor the target, nor by an old or foreign id', () => {
    const { table } = rivals();
    const card = startSolo(table);
    const board = done(table.press(alice, button(card, 'Play')));
    const task = done(table.press(alice, button(board, 'Tiptoe')));
    for (const who of [one, rival, bob]) {
      expect(table.press(who, button(card, 'Play')).refused).toBe('economy.heist.not-in-it');
      expect(table.press(who, select(task).customId, { chosen: 'rrrr' }).refused).toBe('economy.heist.not-in-it');
    }
    expect(table.press(alice, id('look', { h: '00000000z' })).refused).toBe('economy.heist.gone');
    const elsewhere = createTable(undefined, guildId('100000000000000002'));
    expect(elsewhere.press(alice, button(card, 'Play')).refused).toBe('economy.heist.gone');
    expect(elsewhere.press(alice, select(task).customId, { chosen: 'rrrr' }).refused).toBe('economy.heist.gone');
    check(table);
  });

  test('uses up potions when it starts, not when it is planned', () => {
    const { table } = rivals();
    equip(table, alice, {}, ['stealth_elixir', 'speed_potion', 'fortune_tonic']);
    plan(table);
    expect(drunkBy(table, alice)).toHaveLength(3);
    startSolo(table);
    expect(drunkBy(table, alice)).toEqual(['fortune_tonic']);
    expect(heistOf(table).row.crew[0]?.gear).toMatchObject({ stealth: 2_500, progress: 1_500 });
  });
});
