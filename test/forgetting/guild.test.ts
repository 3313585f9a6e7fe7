import { beforeEach, describe, expect, test } from 'vitest';
import { removals } from '../../src/kernel/membership.ts';
import { alice, bob, carol, dayMs, type Ground, ground, hourMs } from './ground.ts';
import { gifts, purse } from './purse.ts';

let g: Ground;
beforeEach(() => {
  g = ground([purse]);
});

const inhabit = (): void => {
  for (const who of [alice, bob]) g.ask(who, 'purse.begin');
  g.ask(alice, 'purse.give', { member: bob, times: 450 });
  g.ask(bob, 'purse.poll', { voters: [alice] });
  g.ask(bob, 'purse.remind');
};
/** To the moment when the erasure is due, without running it. */
const pass = (ms: number): void => {
  g.clock.now = (g.clock.now + ms) as Ground['clock']['now'];
};

describe('a server that sent the bot away', () => {
  test('is as it was when the bot is back within the retention', () => {
    inhabit();
    const before = g.rows();
    g.tell('core.guild-left');
    g.wait(30 * dayMs - 1);
    g.tell('core.guild-seen');
    expect(g.rows()).toEqual(before);
    g.wait(100 * dayMs);
    expect(g.rows()).toEqual(before);
  });

  test('is as it was when somebody acts there, where the gateway missed the coming back', () => {
    inhabit();
    g.tell('core.guild-left');
    g.ask(alice, 'purse.begin');
    expect(g.count(removals)).toBe(0);
    g.wait(100 * dayMs);
    expect(g.count(gifts)).toBe(450);
  });

  test('is erased to the last row after it, in steps of 200, also of what left before', () => {
    inhabit();
    g.ask(carol, 'purse.begin');
    g.tell('core.member-left', { member: carol });
    g.wait(72 * hourMs);
    g.tell('core.member-left', { member: alice });
    g.tell('core.guild-left');
    g.largest();
    pass(dayMs);
    g.tell('core.guild-left');
    pass(29 * dayMs);
    let steps = 0;
    while (g.fire(1) === 1) steps += 1;
    expect(steps).toBeGreaterThan(3);
    expect(g.rows()).toEqual([]);
    // The rows themselves, the timer that fell and the next one, and the removal.
    expect(g.largest()).toBeLessThanOrEqual(203);
  });

  test('without rows is told nothing', () => {
    g.tell('core.guild-left');
    g.tell('core.guild-seen');
    expect(g.state.commits).toBe(0);
  });

  test('halfway through the erasure nobody acts, and it goes to its end; after it all begins anew', () => {
    inhabit();
    g.tell('core.guild-left');
    pass(30 * dayMs);
    g.fire(1);
    expect(g.count(gifts)).toBeGreaterThan(200);
    g.tell('core.guild-seen');
    expect(g.askNow(alice, 'purse.begin')).toMatchObject({ refused: 'core.guild-erasing' });
    g.fire();
    expect(g.rows()).toEqual([]);
    expect(g.ask(alice, 'purse.begin')).toEqual({ done: 100 });
  });

  test('and a bot that was down for the whole time wait for each other', () => {
    inhabit();
    const before = g.rows();
    g.tell('core.guild-left');
    // The bot was asked back meanwhile, and nobody was there to see it.
    g.wait(40 * dayMs);
    g.wait(hourMs - 1);
    g.tell('core.guild-seen');
    g.wait(dayMs);
    expect(g.rows()).toEqual(before);
    g.tell('core.guild-left');
    g.wait(40 * dayMs);
    g.wait(hourMs);
    expect(g.rows()).toEqual([]);
  });
});

describe('the rules of features', () => {
  test('hold again as soon as nothing is being erased', () => {
    inhabit();
    const [rule] = g.registry.invariants;
    expect(rule).toBeDefined();
    const query = (erasing: boolean | undefined, holds: boolean) =>
      ({
        count: () => (erasing === undefined ? 0 : 1),
        get: () => ({ erasing }),
        total: (_: unknown, name: string) => (holds || name === 'none' ? 0n : 1n),
      }) as unknown as Parameters<NonNullable<typeof rule>['holds']>[0];
    expect(rule?.holds(query(undefined, false))).toBe(false);
    expect(rule?.holds(query(false, false))).toBe(false);
    expect(rule?.holds(query(true, false))).toBe(true);
    expect(rule?.holds(query(undefined, true))).toBe(true);
  });
});
