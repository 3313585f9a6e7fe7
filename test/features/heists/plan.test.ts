// A heist before it begins: who may plan one, of how much, and until when.
import { describe, expect, test } from 'vitest';
import type { MemberId } from '../../../src/kernel/ids.ts';
import { clanOf, done, found, runJob } from '../clans/ground.ts';
import { discordRefuses } from '../limits.ts';
import { administrator, alice, bob, dayMs, hourMs, member, minuteMs, person, type Table } from '../table.ts';
import { button, crew, equip, openRows, plan, rivals, sunday } from './ground.ts';

const [one] = crew;

describe('a plan', () => {
  test('shows amount, share, difficulty, penalty and what one wears, and changes nothing', () => {
    const { table } = rivals();
    equip(table, alice, { feet: 'silent_shoes' });
    const { sequence } = table.state;
    const card = plan(table, 4_000);
    expect(table.state.sequence).toBe(sequence);
    expect(card.reply.private).toBe(true);
    for (const words of ['40%', '10,000', '4,000', '1,200', 'medium', '44%', '+20% stealth']) {
      expect(card.words).toContain(words);
    }
    expect(discordRefuses(card.reply)).toEqual([]);
  });

  test.each([
    { amount: undefined, shown: '5,000' },
    { amount: 0, shown: '5,000' },
    { amount: 100, shown: '100' },
    { amount: 7_500, shown: '7,500' },
    { amount: 999_999, shown: '7,500' },
  ])('of $amount is for $shown', ({ amount, shown }) => {
    const { table } = rivals();
    const card = done(table.say(alice, 'heist plan', { target: 'others', ...(amount !== undefined && { amount }) }));
    expect(card.reply.embeds?.[0]?.fields?.find(({ name }) => name === 'At stake')?.value).toContain(shown);
  });

  test.each<{ why: string; change: (table: Table) => void; who?: MemberId; input?: object }>([
    { why: 'off', change: (table) => table.set('heist.enabled', 'off') },
    { why: 'not-sunday', change: (table) => table.wait(6 * hourMs) },
    { why: 'not-sunday', change: (table) => table.wait(-18 * hourMs - 1) },
    { why: 'not-sunday', change: (table) => table.set('core.timezone', 'Pacific/Kiritimati') },
    { why: 'no-guild', change: () => undefined, who: bob },
    { why: 'not-owner', change: () => undefined, who: one },
    { why: 'unknown', change: () => undefined, input: { target: 'Nobody' } },
    { why: 'own', change: () => undefined, input: { target: 'ferrymen' } },
    { why: 'small', change: () => undefined, input: { target: 'Others', amount: 99 } },
    {
      why: 'poor',
      change: (table) => {
        found(table, bob, 'Thirds');
        table.fund(bob, 999);
        done(table.say(bob, 'guild deposit', { amount: '999' }));
      },
      input: { target: 'Thirds' },
    },
  ])('is refused: $why', ({ why, change, who = alice, input = { target: 'Others' } }) => {
    const { table } = rivals();
    change(table);
    const answered = table.say(who, 'heist plan', input as Record<string, unknown>);
    expect(answered.refused).toBe(`economy.heist.${why}`);
    if (why === 'not-owner') expect(answered.words).toContain(`<@${alice}>`);
  });

  test('is refused where the economy is frozen or who plans is banned', () => {
    const { table } = rivals();
    done(table.say(member(99), 'eco ban', { member: person(alice) }, { permissions: administrator }));
    expect(table.say(alice, 'heist plan', { target: 'Others' }).refused).toBe('economy.banned');
    table.set('economy.frozen', 'on');
    expect(table.say(alice, 'heist plan', { target: 'Others' }).refused).toBe('economy.frozen');
  });

  test('of an officer is for officers whose owner lets them', () => {
    const { table } = rivals();
    done(table.say(alice, 'guild promote', { member: person(one) }));
    expect(table.say(one, 'heist plan', { target: 'Others' }).refused).toBe('economy.heist.not-owner');
    done(table.say(alice, 'guild settings', { 'officers-plan': true }));
    done(table.say(one, 'heist plan', { target: 'Others' }));
  });

  test('does not unlock anybody’s treasury, one’s own least of all', () => {
    const { table, own, other } = rivals();
    table.set('levy.rate', '10%');
    table.set('levy.keep', '0');
    runJob(table, 'economy.clan.levy', '2026-08-01');
    plan(table);
    table.say(alice, 'heist plan', { target: 'Ferrymen' });
    expect([clanOf(table, own)?.lockedAt, clanOf(table, other)?.lockedAt]).toEqual([sunday, sunday]);
    expect(table.say(alice, 'guild withdraw', { amount: '1' }).refused).toBe('economy.clan.locked');
  });

  test('is good for a minute, checked again, and a dropped one is dropped', () => {
    const { table } = rivals();
    const card = plan(table);
    done(table.press(alice, button(card, 'Cancel')));
    table.wait(minuteMs - 1);
    expect(table.press(one, button(card, 'Alone')).refused).toBe('economy.heist.not-owner');
    table.wait(1);
    expect(table.press(alice, button(card, 'Alone')).refused).toBe('economy.heist.plan-late');
    expect(table.press(alice, button(card, 'With a team')).refused).toBe('economy.heist.plan-late');
    expect(openRows(table)).toEqual([]);
  });

  test('asks that the own treasury held a tenth for a day', () => {
    const { table } = rivals();
    const saturday = sunday - 18 * hourMs - dayMs;
    const young = found(table, bob, 'Thirds');
    table.fund(bob, 10_000);
    done(table.say(bob, 'guild deposit', { amount: 'all' }));
    expect(young).toBeDefined();
    expect(table.say(bob, 'heist plan', { target: 'Others', amount: 4_000 }).refused).toBe('economy.heist.thin');
    // Noted from Saturday on: alice's clan had 5,000 then, and takes most of it out on Sunday.
    table.runTask('heists.note', { date: '2026-08-01', dueAt: saturday, missed: 0 });
    table.fall();
    done(table.say(alice, 'heist plan', { target: 'Others', amount: 4_000 }));
    done(table.say(alice, 'guild withdraw', { amount: '4601' }));
    expect(table.say(alice, 'heist plan', { target: 'Others', amount: 4_000 }).refused).toBe('economy.heist.thin');
    done(table.say(alice, 'heist plan', { target: 'Others', amount: 3_990 }));
    table.runTask('heists.note', { date: '2026-08-02', dueAt: sunday, missed: 0 });
    table.fall();
    done(table.say(alice, 'guild deposit', { amount: '4000' }));
    expect(table.say(alice, 'heist plan', { target: 'Others', amount: 4_000 }).refused).toBe('economy.heist.thin');
  });
});
