import { describe, expect, test } from 'vitest';
import { levyOf } from '../../../src/features/clans/levy.ts';
import { outbox } from '../../../src/kernel/effect.ts';
import type { MemberId } from '../../../src/kernel/ids.ts';
import { alice, bob, carol, createTable, dayMs, hourMs, person, type Table } from '../table.ts';
import { buttonOf, checkClans, clanOf, done, found, membershipOf, runJob, take, treasuryOf } from './ground.ts';

const ceiling = 1_000_000_000_000_000;
const saturday = '2026-08-01';

const levy = (table: Table, date = saturday): void => runJob(table, 'economy.clan.levy', date);
const unlock = (table: Table): void => runJob(table, 'economy.clan.unlock', '2026-08-02');

const guild = (): { readonly table: Table; readonly clan: string } => {
  const table = createTable();
  table.set('levy.rate', '75%');
  const clan = found(table, alice, 'Ferrymen');
  take(table, alice, bob);
  return { table, clan };
};

test.each([
  { funds: 10_000, rate: 7_500, keep: 1_000, taken: 7_500 },
  { funds: 4_000, rate: 7_500, keep: 1_000, taken: 3_000 },
  { funds: 3_999, rate: 7_500, keep: 1_000, taken: 2_999 },
  { funds: 1_001, rate: 7_500, keep: 1_000, taken: 1 },
  { funds: 1_000, rate: 7_500, keep: 1_000, taken: 0 },
  { funds: 0, rate: 7_500, keep: 0, taken: 0 },
  { funds: 3, rate: 5_000, keep: 0, taken: 1 },
  { funds: 2 * ceiling, rate: 7_500, keep: 0, taken: 1.5 * ceiling },
])('the levy on $funds at $rate that leaves $keep is $taken', ({ funds, rate, keep, taken }) => {
  expect(levyOf(funds, rate, keep)).toBe(taken);
});

describe('the Saturday levy', () => {
  test('is taken from the bank first, counts as a contribution (fault 24) and locks the treasury', () => {
    const { table, clan } = guild();
    table.fund(alice, 4_000, 6_000);
    table.fund(bob, 9_000, 1_000);
    levy(table);
    expect(table.account(alice)).toMatchObject({ wallet: 2_500, bank: 0 });
    expect(table.account(bob)).toMatchObject({ wallet: 2_500, bank: 0 });
    expect(treasuryOf(table, clan)).toBe(15_000);
    expect([alice, bob].map((who) => membershipOf(table, who)?.contribution)).toEqual([7_500, 7_500]);
    expect(done(table.say(alice, 'guild info')).words).toContain('locked until Sunday evening');
    expect(done(table.say(alice, 'bank history')).words).toContain('Saturday’s share for the guild');
    checkClans(table);
  });

  test('happens once for a date, and again a week later', () => {
    const { table, clan } = guild();
    table.fund(alice, 10_000);
    levy(table);
    levy(table);
    expect(treasuryOf(table, clan)).toBe(7_500);
    levy(table, '2026-07-25');
    expect(treasuryOf(table, clan)).toBe(7_500);
    levy(table, '2026-08-08');
    expect(treasuryOf(table, clan)).toBe(7_500 + 1_500);
    checkClans(table);
  });

  test('is none in a new server, in a frozen economy, from who is in no guild and from who left the server', () => {
    const { table, clan } = guild();
    for (const who of [alice, bob, carol]) table.fund(who, 10_000);
    table.set('levy.rate', '0%');
    levy(table);
    table.set('levy.rate', '75%');
    table.set('economy.frozen', 'on');
    levy(table);
    table.set('economy.frozen', 'off');
    expect(treasuryOf(table, clan)).toBe(0);
    expect(clanOf(table, clan)?.lockedAt).toBeUndefined();
    table.leave(bob);
    levy(table);
    expect([alice, bob, carol].map((who) => table.account(who).wallet)).toEqual([2_500, 10_000, 10_000]);
  });

  test('locks no treasury into which nothing came', () => {
    const { table, clan } = guild();
    table.fund(alice, 1_000);
    levy(table);
    expect(clanOf(table, clan)?.lockedAt).toBeUndefined();
    expect(treasuryOf(table, clan)).toBe(0);
  });

  test('stops where the treasury is full', () => {
    const { table, clan } = guild();
    table.fund(alice, ceiling);
    done(table.say(alice, 'guild deposit', { amount: String(ceiling - 10) }));
    table.fund(bob, ceiling, ceiling);
    levy(table);
    expect(treasuryOf(table, clan)).toBe(ceiling);
    expect(table.account(bob)).toMatchObject({ wallet: ceiling, bank: ceiling - 10 });
    checkClans(table);
  });

  test('goes over 401 members in steps', () => {
    const table = createTable();
    table.set('levy.rate', '50%');
    table.set('guild.max_members', '500');
    const clan = found(table, alice, 'Ferrymen');
    done(table.say(alice, 'guild settings', { open: true }));
    for (let index = 0; index < 400; index += 1) {
      const who = String(200_000_000_000_001_000n + BigInt(index)) as MemberId;
      done(table.say(who, 'guild join', { name: 'Ferrymen' }));
      table.fund(who, 3_000);
    }
    table.runTask('economy.clan.levy', { date: saturday, dueAt: table.clock.now, missed: 0 });
    expect(treasuryOf(table, clan)).toBeLessThan(400 * 1_500);
    expect(table.fall()).toBe(2);
    expect(treasuryOf(table, clan)).toBe(400 * 1_500);
    checkClans(table);
  });
});

describe('the lock (fault 26)', () => {
  const locked = (): { readonly table: Table; readonly clan: string } => {
    const { table, clan } = guild();
    table.fund(alice, 10_000);
    levy(table);
    return { table, clan };
  };

  test('lets nothing out: no withdrawal, no disbanding, no change of owner', () => {
    const { table, clan } = locked();
    const card = done(table.say(alice, 'guild bank'));
    expect(table.say(alice, 'guild withdraw', { amount: '1' }).refused).toBe('economy.clan.locked');
    const form = table.press(alice, buttonOf(card, 'Withdraw')).modal?.customId ?? '';
    expect(table.press(alice, form, { amount: '1' }).refused).toBe('economy.clan.locked');
    expect(table.say(alice, 'guild disband', { confirm: 'Ferrymen' }).refused).toBe('economy.clan.locked');
    expect(table.say(alice, 'guild transfer', { member: person(bob) }).refused).toBe('economy.clan.locked');
    done(table.say(alice, 'guild deposit', { amount: '1' }));
    expect(treasuryOf(table, clan)).toBe(7_501);
  });

  test('holds against a confirmation of before', () => {
    const { table } = guild();
    table.fund(alice, 10_000);
    const confirm = buttonOf(table.say(alice, 'guild transfer', { member: person(bob) }), 'Hand it over');
    levy(table);
    expect(table.press(alice, confirm).refused).toBe('economy.clan.locked');
  });

  test('holds against leaving with what one put in', () => {
    const { table } = locked();
    table.set('guild.leave_payout', 'on');
    table.fund(bob, 100);
    done(table.say(bob, 'guild deposit', { amount: '100' }));
    expect(table.say(bob, 'guild leave').refused).toBe('economy.clan.locked');
    expect(table.say(alice, 'guild kick', { member: person(bob) }).refused).toBe('economy.clan.locked');
    table.set('guild.leave_payout', 'off');
    done(table.say(bob, 'guild leave'));
  });

  test('ends on Sunday evening', () => {
    const { table, clan } = locked();
    unlock(table);
    expect(clanOf(table, clan)?.lockedAt).toBeUndefined();
    done(table.say(alice, 'guild withdraw', { amount: '1' }));
    unlock(table);
    checkClans(table);
  });

  test('ends after two days, should nothing have ended it', () => {
    const { table } = locked();
    table.wait(2 * dayMs - 1);
    expect(table.say(alice, 'guild withdraw', { amount: '1' }).refused).toBe('economy.clan.locked');
    table.wait(1);
    done(table.say(alice, 'guild withdraw', { amount: '1' }));
    levy(table, '2026-08-08');
    expect(table.say(alice, 'guild withdraw', { amount: '1' }).refused).toBe('economy.clan.locked');
  });
});

describe('Friday’s notice', () => {
  const posts = (table: Table): readonly unknown[] =>
    [...table.state.rows(outbox).values()].filter((row) => (row as { readonly kind: string }).kind === 'discord.post');

  test('is posted where there is a levy, a channel and a guild', () => {
    const { table } = guild();
    runJob(table, 'economy.clan.levy-notice', '2026-07-31');
    expect(posts(table)).toEqual([]);
    table.set('guild.log_channel', '<#300000000000000003>');
    table.wait(hourMs);
    runJob(table, 'economy.clan.levy-notice', '2026-07-31');
    const value = { what: 'levy-tomorrow', percent: 75, keep: 1_000 };
    expect(posts(table)).toMatchObject([
      { payload: { channel: '300000000000000003', card: { card: 'economy.clan-news', value } } },
    ]);
    const words = table.registry.cards.get('economy.clan-news')?.view(value as never, table.registry.text('en'));
    expect(words?.embeds?.[0]?.description).toContain('Tomorrow 75% of the wallet and bank');
    table.set('levy.rate', '0');
    runJob(table, 'economy.clan.levy-notice', '2026-07-31');
    expect(posts(table)).toHaveLength(1);
  });
});
