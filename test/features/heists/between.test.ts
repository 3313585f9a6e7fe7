// What happens to guilds, members and treasuries while a heist is under way.
import { describe, expect, test } from 'vitest';
import { records } from '../../../src/features/heists/state.ts';
import { done, forgetful, found, take, treasuryOf } from '../clans/ground.ts';
import { alice, bob, hourMs, member, minuteMs } from '../table.ts';
import {
  askTeam,
  button,
  check,
  crew,
  drunkBy,
  equip,
  fallAfter,
  has,
  heistOf,
  heistTimers,
  openRows,
  pastRows,
  plan,
  playTogether,
  rival,
  rivals,
  startSolo,
  startTeam,
  sunday,
} from './ground.ts';

const [one] = crew;

describe('what comes in between', () => {
  test('a frozen economy: nobody plays, and the deadline gives everything back, the attempt as well', () => {
    const { table, other } = rivals();
    const card = startSolo(table);
    table.set('economy.frozen', 'on');
    expect(table.press(alice, button(card, 'Play')).refused).toBe('economy.frozen');
    fallAfter(table, 3 * minuteMs);
    expect(pastRows(table)[0]).toMatchObject({ outcome: 'void', reason: 'frozen' });
    expect([has(table, alice), treasuryOf(table, other)]).toEqual([2_000, 10_000]);
    table.set('economy.frozen', 'off');
    plan(table);
    check(table);
  });

  test('a bot that is away over a deadline by more than five minutes: nobody is blamed', () => {
    const { table } = rivals();
    startTeam(table, [one]);
    fallAfter(table, 15 * minuteMs + 1);
    expect(pastRows(table)[0]).toMatchObject({ outcome: 'void', reason: 'down' });
    expect([has(table, alice), has(table, one)]).toEqual([2_000, 2_000]);
    check(table);
  });

  test('neither clan is disbanded before the end; one that is only planning is', () => {
    const { table } = rivals();
    askTeam(table, [one]);
    done(table.say(rival, 'guild disband', { confirm: 'Others' }));
    done(table.say(alice, 'guild disband', { confirm: 'Ferrymen' }));
    expect(openRows(table)).toEqual([]);
    expect(table.state.rows(records).size).toBe(0);
    const again = rivals();
    startSolo(again.table);
    for (const [who, confirm] of [
      [rival, 'Others'],
      [alice, 'Ferrymen'],
    ] as const) {
      expect(again.table.say(who, 'guild disband', { confirm }).refused).toBe('economy.heist.running');
    }
    check(again.table);
  });

  test('a leader who is erased is named nowhere any more; the heist goes to its deadline', () => {
    const { table } = rivals(forgetful());
    table.set('members.grace_hours', '0');
    startTeam(table, [one]);
    table.runTask('core.member-left', { member: alice });
    table.fall();
    expect(heistOf(table).row.crew.map(({ member: who }) => who)).toEqual([one]);
    expect(JSON.stringify(heistOf(table).row)).not.toContain(alice);
    check(table);
    fallAfter(table, 10 * minuteMs);
    expect(pastRows(table)[0]).toMatchObject({ outcome: 'lost', reason: 'late', paid: 600 });
    check(table);
  });

  test('a clan that ends with its last member: what is at stake goes back to who is still there', () => {
    const { table, own } = rivals(forgetful());
    table.set('members.grace_hours', '0');
    startTeam(table, [one]);
    table.runTask('core.member-left', { member: rival });
    table.fall();
    expect(pastRows(table)[0]).toMatchObject({ outcome: 'void', reason: 'ended', target: 'Others' });
    expect([has(table, alice), has(table, one)]).toEqual([2_000, 2_000]);
    expect(table.state.rows(records).size).toBe(1);
    expect((table.state.row(records, own) as typeof records.initial).open).toBeUndefined();
    expect(heistTimers(table)).toEqual([]);
    check(table);
  });

  test('a treasury that is emptied meanwhile gives what is there', () => {
    const { table, own, other } = rivals();
    const card = startTeam(table, [one]);
    done(table.say(rival, 'guild withdraw', { amount: '9000' }));
    playTogether(table, card, [alice, one]);
    expect(pastRows(table)[0]).toMatchObject({ outcome: 'won', taken: 750, shared: 74 });
    expect([treasuryOf(table, own), treasuryOf(table, other)]).toEqual([5_676, 250]);
    check(table);
  });

  test('all heists of a Sunday take three quarters of what a treasury held when it began', () => {
    const { table, other } = rivals();
    table.runTask('heists.note', { date: '2026-08-02', dueAt: sunday - 18 * hourMs, missed: 0 });
    table.fall();
    playTogether(table, startTeam(table, [one], 7_500), [alice, one]);
    expect(treasuryOf(table, other)).toBe(2_500);
    table.clock.now = sunday;
    found(table, bob, 'Thirds');
    take(table, bob, member(60));
    table.fund(rival, 10_000);
    done(table.say(rival, 'guild deposit', { amount: '10000' }));
    expect(table.say(bob, 'heist plan', { target: 'Others' }).refused).toBe('economy.heist.drained');
    check(table);
  });

  test('debts are served by a share; a tonic adds to it, which alone is minted', () => {
    const { table } = rivals();
    equip(table, one, {}, ['fortune_tonic']);
    const before = table.supply();
    const card = startTeam(table, [one]);
    playTogether(table, card, [alice, one]);
    const after = table.supply();
    expect([has(table, alice), has(table, one)]).toEqual([2_200, 2_260]);
    expect(after.minted - after.burned - (before.minted - before.burned)).toBe(60n);
    expect(drunkBy(table, one)).toEqual([]);
    check(table);
  });
});
