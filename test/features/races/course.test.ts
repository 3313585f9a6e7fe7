// How a race goes, and what it pays.
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bags } from '../../../src/features/items/state.ts';
import { raceOf } from '../../../src/features/races/draws.ts';
import { placeOf } from '../../../src/features/races/rules.ts';
import { paidBy } from '../../../src/features/races/settle.ts';
import type { Coins, MemberId } from '../../../src/kernel/ids.ts';
import { timers } from '../../../src/kernel/timer.ts';
import { discordRefuses } from '../limits.ts';
import { alice, bob, carol, field, minuteMs, type Table } from '../table.ts';
import { betOn, button, conserved, has, rowOf, runOut, secondMs, track } from './track.ts';

/** A race that is over, with a bet of each of three on each their rat. */
const raced = () => {
  const table = track();
  const lobby = table.say(alice, 'ratrace');
  const before = [alice, bob, carol].map((who) => has(table, who));
  for (const [rat, who] of [alice, bob, carol].entries()) betOn(table, who, lobby, rat * 2, '1,000');
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
  table.put(bags, [who], { ...bags.initial, worn: { accessory: thing } });

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
