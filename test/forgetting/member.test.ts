import { beforeEach, describe, expect, test } from 'vitest';
import { graceHours } from '../../src/forgetting/settings.ts';
import { remembered, traced } from '../../src/forgetting/state.ts';
import { outbox } from '../../src/kernel/effect.ts';
import { reaction } from '../../src/kernel/event.ts';
import type { Feature } from '../../src/kernel/feature.ts';
import { memberId } from '../../src/kernel/ids.ts';
import { encodeKey } from '../../src/kernel/key.ts';
import { departures, memberErasing } from '../../src/kernel/membership.ts';
import { refuse } from '../../src/kernel/outcome.ts';
import { settingOverrides, settingOverridesKey } from '../../src/kernel/setting.ts';
import { timerAttemptsMax, timers } from '../../src/kernel/timer.ts';
import { alice, bob, carol, dayMs, type Ground, ground, hash, hourMs, member } from './ground.ts';
import { gifts, polls, purse, purses, remarks, seats } from './purse.ts';

let g: Ground;
beforeEach(() => {
  g = ground([purse]);
});

const left = (who = alice): unknown => g.tell('core.member-left', { member: who });
const joined = (who = alice): unknown => g.tell('core.member-joined', { member: who });
const naming = (id: string): readonly string[] => g.rows().filter((row) => row.includes(id));
const purseOf = (who = alice): unknown => g.state.row(purses, encodeKey(purses.key, [who]));
const stage = (who = alice): string | undefined =>
  (g.state.row(departures, who) as { readonly stage: string } | undefined)?.stage;
const begin = (who = alice): unknown => g.ask(who, 'purse.begin');

describe('leaving', () => {
  test('somebody without rows leaves no trace', () => {
    begin(bob);
    const { commits } = g.state;
    left();
    expect(g.state.commits).toBe(commits);
    expect(naming(alice)).toEqual([]);
  });

  test('is undone by coming back within the grace: all is as it was', () => {
    begin();
    const before = g.rows();
    left();
    expect(stage()).toBe('away');
    g.wait(72 * hourMs - 1);
    joined();
    expect(g.rows()).toEqual(before);
    g.wait(dayMs);
    expect(g.rows()).toEqual(before);
  });

  test('is undone by acting, where the gateway missed the coming back', () => {
    begin();
    left();
    expect(g.ask(alice, 'purse.begin')).toEqual({ done: 0 });
    expect(stage()).toBeUndefined();
    g.wait(100 * dayMs);
    expect(purseOf()).toEqual({ coins: 100, granted: true });
  });

  test('a second time changes nothing', () => {
    begin();
    left();
    const once = g.rows();
    g.wait(hourMs);
    left();
    expect(g.rows()).toEqual(once);
  });

  test.each([0, 1, 720])('is final after the grace of the server: %i hours', (hours) => {
    begin();
    const key = encodeKey(settingOverrides.key, settingOverridesKey);
    const after = { texts: { [graceHours.key]: String(hours) } };
    g.force({ collection: settingOverrides, key, before: undefined, after });
    left();
    if (hours > 0) {
      g.wait(hours * hourMs - 1);
      expect(purseOf()).toBeDefined();
    }
    g.wait(1);
    expect(naming(alice)).toEqual([]);
  });

  test('is taken for none on any other input', () => {
    for (const input of [{}, { member: 'x' }, { member: alice, more: 1 }]) {
      expect(() => g.tell('core.member-left', input)).toThrow();
    }
    expect(g.rows()).toEqual([]);
  });
});

describe('erasing', () => {
  test('leaves no row that names the member, and nothing else changed', () => {
    begin();
    begin(bob);
    g.ask(alice, 'purse.give', { member: bob, times: 3 });
    g.ask(bob, 'purse.give', { member: alice, times: 2 });
    for (const who of [alice, bob]) g.ask(who, 'purse.sit', { table: 'one' });
    g.ask(alice, 'purse.poll', { voters: [bob] });
    g.ask(bob, 'purse.poll', { voters: [alice, bob, carol] });
    g.ask(bob, 'purse.remark', { member: alice });
    g.ask(alice, 'purse.remark', { member: bob });
    for (const who of [alice, bob]) g.ask(who, 'purse.remind');
    left();
    g.wait(72 * hourMs);
    expect(naming(alice)).toEqual([]);
    expect(purseOf(bob)).toEqual({ coins: 100, granted: true });
    expect([...g.state.rows(gifts).values()]).toEqual([0, 1, 2].map((n) => ({ note: `gift ${n}` })));
    expect([...g.state.rows(seats).keys()]).toEqual([encodeKey(seats.key, ['one', bob])]);
    expect([...g.state.rows(remarks).values()]).toEqual([{}]);
    expect([...g.state.rows(polls).values()]).toEqual([{ by: bob, voters: [bob, carol], words: `<@${bob}> asks` }]);
    expect(g.count(outbox)).toBe(2);
    // Bob's two reminders, of which the second took the place of alice's, and the end of what is remembered of alice.
    expect(g.count(timers)).toBe(4);
    expect([g.count(departures), g.count(traced)]).toEqual([0, 0]);
  });

  test('takes at most 200 rows an operation, and a restart in the middle goes on', () => {
    begin();
    begin(bob);
    g.ask(bob, 'purse.give', { member: alice, times: 450 });
    g.ask(alice, 'purse.give', { member: bob, times: 450 });
    g.ask(alice, 'purse.give', { member: carol, times: 450 });
    for (let count = 0; count < 250; count += 1) g.ask(bob, 'purse.poll', { voters: [alice] });
    left();
    g.largest();
    g.clock.now = (g.clock.now + 72 * hourMs) as typeof g.clock.now;
    let steps = 0;
    // One timer at a time: between any two of them nothing is held but rows.
    while (g.fire(1) === 1 && steps < 100) steps += 1;
    expect(steps).toBeGreaterThan(6);
    expect(steps).toBeLessThan(20);
    // The rows themselves, timers, the departure, what is remembered, and what features settle.
    expect(g.largest()).toBeLessThanOrEqual(210);
    expect(naming(alice)).toEqual([]);
    expect(g.count(gifts)).toBe(900);
  });

  test('everybody erased at the same time goes in one search', () => {
    const many = Array.from({ length: 120 }, (_, number) => member(number + 10));
    for (const who of many) begin(who);
    begin(bob);
    for (const who of many) g.ask(who, 'purse.sit', { table: 'one' });
    for (const who of many) left(who);
    g.clock.now = (g.clock.now + 72 * hourMs) as typeof g.clock.now;
    expect(g.fire()).toBeLessThan(many.length + 10);
    expect(g.count(seats)).toBe(0);
    expect(g.count(departures)).toBe(0);
    expect(g.count(purses)).toBe(1);
  });

  test('removes what two of those erased share, once', () => {
    for (const who of [alice, carol]) begin(who);
    g.ask(alice, 'purse.poll', { voters: [carol] });
    g.ask(carol, 'purse.poll', { voters: [alice] });
    for (const who of [alice, carol]) left(who);
    g.wait(72 * hourMs);
    expect(g.count(polls)).toBe(0);
    expect(g.count(departures)).toBe(0);
  });

  test('takes nobody for somebody whose longer id begins alike', () => {
    const short = memberId(alice.slice(0, 17));
    begin();
    begin(short);
    g.ask(bob, 'purse.give', { member: alice, times: 1 });
    left(short);
    g.wait(72 * hourMs);
    expect(purseOf()).toEqual({ coins: 100, granted: true });
    expect(purseOf(short)).toBeUndefined();
    expect(g.count(gifts)).toBe(1);
  });

  test('waits for its time, and once more where the bot was down at that time', () => {
    begin();
    left();
    g.tell('core.erase-member', { member: alice });
    expect(stage()).toBe('away');
    g.wait(80 * hourMs);
    expect(stage()).toBe('away');
    g.wait(hourMs - 1);
    // Seen only now: alice was back long ago.
    joined();
    g.wait(dayMs);
    expect(purseOf()).toEqual({ coins: 100, granted: true });
    left();
    g.wait(80 * hourMs);
    g.wait(hourMs);
    expect(naming(alice)).toEqual([]);
  });

  test('begins its search anew where the last one was parked', () => {
    for (const who of [alice, bob]) begin(who);
    g.ask(alice, 'purse.sit', { table: 'one' });
    left();
    g.clock.now = (g.clock.now + 72 * hourMs) as typeof g.clock.now;
    g.fire(1);
    const key = encodeKey(timers.key, ['core.erase-traces', 'guild']);
    const parked = { ...(g.state.row(timers, key) as typeof timers.initial), attempts: timerAttemptsMax };
    g.force({ collection: timers, key, before: undefined, after: parked });
    g.fire();
    expect(stage()).toBe('erasing');
    left(bob);
    g.wait(72 * hourMs);
    expect([...naming(alice), ...naming(bob)]).toEqual([]);
  });

  test('a reaction that refuses is an error, not the end of the erasure', () => {
    const stubborn: Feature = {
      ...purse,
      name: 'stubborn',
      operations: [],
      collections: [],
      invariants: [],
      remembrances: [],
      reactions: [reaction(memberErasing, () => refuse('core.busy'))],
    };
    g = ground([purse, stubborn]);
    begin();
    left();
    expect(() => g.wait(72 * hourMs)).toThrow('nobody refuses an erasure');
  });
});

describe('coming back', () => {
  const erased = (): void => {
    begin();
    left();
    g.wait(72 * hourMs);
    expect(naming(alice)).toEqual([]);
  };
  const key = hash('', alice);

  test('mints nothing: what was had is remembered under a hash, and given back once', () => {
    erased();
    expect(g.state.row(remembered, key)).toMatchObject({ kept: { purse: { granted: true } } });
    joined();
    expect(purseOf()).toEqual({ coins: 0, granted: true });
    // That they were erased stays known, and the timer by which that ends.
    expect([g.count(remembered), g.count(timers)]).toEqual([0, 1]);
    expect(begin()).toEqual({ done: 0 });
  });

  test('by acting: what is remembered comes first', () => {
    erased();
    expect(begin()).toEqual({ done: 0 });
    expect(purseOf()).toEqual({ coins: 0, granted: true });
  });

  test('after 90 days begins anew', () => {
    erased();
    g.wait(90 * dayMs - 1);
    expect(g.count(remembered)).toBe(1);
    g.wait(1);
    expect(g.rows().filter((row) => !row.startsWith('purse.'))).toEqual([]);
    expect(begin()).toEqual({ done: 100 });
  });

  test('and leaving again and again is remembered still, also where only others did something meanwhile', () => {
    erased();
    // Bob gives alice something: she has rows, without what is remembered of her.
    g.ask(bob, 'purse.give', { member: alice, times: 1 });
    left();
    g.wait(72 * hourMs);
    expect(naming(alice)).toEqual([]);
    joined();
    expect(begin()).toEqual({ done: 0 });
  });

  test('in the middle of the erasure: it goes to its end, then they are welcome', () => {
    begin();
    begin(bob);
    g.ask(bob, 'purse.give', { member: alice, times: 450 });
    left();
    g.clock.now = (g.clock.now + 72 * hourMs) as typeof g.clock.now;
    g.fire(1);
    expect(stage()).toBe('erasing');
    joined();
    expect(stage()).toBe('returned');
    g.fire();
    expect(stage()).toBeUndefined();
    expect(g.count(gifts)).toBe(0);
    expect(purseOf()).toEqual({ coins: 0, granted: true });
    expect(begin()).toEqual({ done: 0 });
  });

  test('and acting in the middle of the erasure is refused, and leaving again undoes the coming back', () => {
    begin();
    g.ask(bob, 'purse.give', { member: alice, times: 450 });
    left();
    g.clock.now = (g.clock.now + 72 * hourMs) as typeof g.clock.now;
    g.fire(1);
    expect(g.askNow(alice, 'purse.begin')).toMatchObject({ refused: 'core.member-erasing' });
    joined();
    expect(g.askNow(alice, 'purse.begin')).toMatchObject({ refused: 'core.member-erasing' });
    left();
    expect(stage()).toBe('erasing');
    // What comes to be of somebody who is gone goes too.
    g.askNow(bob, 'purse.give', { member: alice, times: 2 });
    g.fire();
    expect(naming(alice)).toEqual([]);
    expect(g.count(remembered)).toBe(1);
  });

  test('while only names are still searched for keeps what others did for them since', () => {
    begin();
    g.ask(bob, 'purse.give', { member: carol, times: 450 });
    left();
    g.clock.now = (g.clock.now + 72 * hourMs) as typeof g.clock.now;
    g.fire(2);
    expect(g.count(traced)).toBe(1);
    joined();
    g.askNow(bob, 'purse.give', { member: alice, times: 2 });
    g.fire();
    expect(stage()).toBeUndefined();
    expect(g.count(gifts)).toBe(452);
    expect(purseOf()).toEqual({ coins: 0, granted: true });
  });

  test('and going while only names are still searched for leaves nothing of that', () => {
    begin();
    g.ask(bob, 'purse.give', { member: carol, times: 450 });
    left();
    g.clock.now = (g.clock.now + 72 * hourMs) as typeof g.clock.now;
    g.fire(2);
    joined();
    g.askNow(bob, 'purse.give', { member: alice, times: 2 });
    left();
    g.fire();
    expect(naming(alice)).toEqual([]);
    expect(g.count(gifts)).toBe(450);
  });

  test('after 90 days begins anew, also before the timer fell that was to remove what is remembered', () => {
    erased();
    g.clock.now = (g.clock.now + 90 * dayMs) as typeof g.clock.now;
    expect(g.askNow(alice, 'purse.begin')).toEqual({ done: 100 });
  });
});
