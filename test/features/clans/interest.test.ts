import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { partOf } from '../../../src/features/clans/payout.ts';
import { memberships } from '../../../src/features/clans/state.ts';
import { vaults } from '../../../src/features/wallet/state.ts';
import type { MemberId } from '../../../src/kernel/ids.ts';
import { coins } from '../../../src/kernel/money.ts';
import { alice, bob, carol, createTable, member, person, type Table } from '../table.ts';
import { checkClans, clanOf, done, found, membershipOf, runJob, take, treasuryOf } from './ground.ts';

const ceiling = 1_000_000_000_000_000;
const monday = '2026-08-03';

const pay = (table: Table, date = monday, missed = 0): void => runJob(table, 'economy.clan.interest', date, missed);

/** A guild of one or more with contributions; coins elsewhere keep the cap away. */
const guildOf = (table: Table, name: string, put: readonly (readonly [MemberId, number])[]): string => {
  const [first] = put;
  if (first === undefined) throw new Error('nobody');
  const clan = found(table, first[0], name);
  for (const [who, amount] of put) {
    if (who !== first[0]) take(table, first[0], who);
    if (amount === 0) continue;
    table.fund(who, amount);
    done(table.say(who, 'guild deposit', { amount: String(amount) }));
  }
  return clan;
};

/** The Monday before: what is in treasuries now is there for the whole week. */
const settle = (table: Table): void => pay(table, '2026-07-27');

const rich = (table: Table): void => table.fund(member(90), 0, 1_000_000_000);

describe('weekly interest', () => {
  test.each([
    { first: 10_000, second: 4_000, paid: [1_000, 200] },
    { first: 4_000, second: 10_000, paid: [200, 1_000] },
    // Of equal ones the older has the bonus.
    { first: 5_000, second: 5_000, paid: [500, 250] },
    { first: 19, second: 0, paid: [0, 0] },
    { first: 20, second: 19, paid: [2, 0] },
  ])('of treasuries of $first and $second is $paid, to wallets', ({ first, second, paid }) => {
    const table = createTable();
    rich(table);
    const clans = [guildOf(table, 'Ferrymen', [[alice, first]]), guildOf(table, 'Others', [[bob, second]])];
    settle(table);
    const { minted } = table.supply();
    pay(table);
    expect([alice, bob].map((who) => table.account(who).wallet)).toEqual(paid);
    expect(clans.map((clan) => treasuryOf(table, clan))).toEqual([first, second]);
    expect(table.supply().minted - minted).toBe(BigInt((paid[0] ?? 0) + (paid[1] ?? 0)));
    checkClans(table);
  });

  test('is shared by contribution, and what rounding leaves goes to the treasury (fault 24)', () => {
    const table = createTable();
    rich(table);
    const clan = guildOf(table, 'Ferrymen', [
      [alice, 100],
      [bob, 100],
      [carol, 130],
    ]);
    settle(table);
    pay(table);
    // 5 % and 5 % of 330 are 16 and 16: 9.7, 9.7 and 12.6 of them.
    expect([alice, bob, carol].map((who) => table.account(who).wallet)).toEqual([9, 9, 12]);
    expect(treasuryOf(table, clan)).toBe(332);
    checkClans(table);
  });

  test('pays current members only: who left the guild or the server has no part', () => {
    const table = createTable();
    rich(table);
    const clan = guildOf(table, 'Ferrymen', [
      [alice, 1_000],
      [bob, 1_000],
      [carol, 2_000],
    ]);
    settle(table);
    done(table.say(bob, 'guild leave'));
    table.leave(carol);
    const before = [alice, bob, carol].map((who) => table.account(who).wallet);
    pay(table);
    const got = [alice, bob, carol].map((who, index) => table.account(who).wallet - (before[index] ?? 0));
    // 400 for 1,000 of 3,000 is 133; Carol's part goes to the treasury.
    expect(got).toEqual([133, 0, 0]);
    expect(treasuryOf(table, clan)).toBe(4_000 + 267);
    checkClans(table);
  });

  test('goes into the treasury where nobody has put anything in', () => {
    const table = createTable();
    rich(table);
    const clan = guildOf(table, 'Ferrymen', [
      [alice, 1_000],
      [bob, 0],
    ]);
    done(table.say(alice, 'guild transfer', { member: person(bob) }));
    take(table, alice, carol);
    const confirm = table.say(alice, 'guild transfer', { member: person(bob) }).reply.rows?.[0]?.[0]?.customId ?? '';
    done(table.press(alice, confirm));
    done(table.say(alice, 'guild leave'));
    settle(table);
    pay(table);
    expect(treasuryOf(table, clan)).toBe(1_100);
    checkClans(table);
  });

  test('happens once for a date, whatever runs it; two weeks are made up for', () => {
    const table = createTable();
    rich(table);
    const clan = guildOf(table, 'Ferrymen', [[alice, 10_000]]);
    settle(table);
    pay(table);
    pay(table);
    pay(table, '2026-07-27');
    expect(table.account(alice).wallet).toBe(1_000);
    expect(clanOf(table, clan)?.interestDate).toBe(monday);
    pay(table, '2026-08-31', 3);
    expect(table.account(alice).wallet).toBe(3_000);
    pay(table, '2026-09-07', 5);
    expect(table.account(alice).wallet).toBe(4_000);
    checkClans(table);
  });

  test('is over for a date when all were paid: what is put in after that waits for the next', () => {
    const table = createTable();
    rich(table);
    guildOf(table, 'Ferrymen', [[alice, 0]]);
    pay(table);
    table.fund(alice, 10_000);
    done(table.say(alice, 'guild deposit', { amount: 'all' }));
    pay(table);
    expect(table.account(alice).wallet).toBe(0);
    pay(table, '2026-08-10');
    expect(table.account(alice).wallet).toBe(0);
    pay(table, '2026-08-17');
    expect(table.account(alice).wallet).toBe(1_000);
  });

  test('pays a new guild no week before its first', () => {
    const table = createTable();
    rich(table);
    guildOf(table, 'Ferrymen', [[alice, 10_000]]);
    pay(table, monday, 9);
    expect(table.account(alice).wallet).toBe(0);
    pay(table, '2026-08-10');
    expect(table.account(alice).wallet).toBe(1_000);
  });

  test('is of the least that was there at any time since the last one: filling it for a night brings nothing', () => {
    const table = createTable();
    rich(table);
    guildOf(table, 'Ferrymen', [[alice, 10_000]]);
    settle(table);
    table.fund(alice, 1_000_000);
    done(table.say(alice, 'guild deposit', { amount: '1000000' }));
    pay(table);
    expect(table.account(alice).wallet).toBe(1_000);
    done(table.say(alice, 'guild withdraw', { amount: '1010000' }));
    done(table.say(alice, 'guild deposit', { amount: '1010000' }));
    pay(table, '2026-08-10');
    expect(table.account(alice).wallet).toBe(1_000);
    pay(table, '2026-08-17');
    expect(table.account(alice).wallet).toBe(1_000 + 5_000);
    checkClans(table);
  });

  test('is shared by what members had in it all the time: who comes for a night takes nothing of theirs', () => {
    const table = createTable();
    rich(table);
    const clan = guildOf(table, 'Ferrymen', [[alice, 10_000]]);
    take(table, alice, bob);
    settle(table);
    table.fund(bob, 1_000_000);
    done(table.say(bob, 'guild deposit', { amount: '1000000' }));
    done(table.say(alice, 'guild withdraw', { amount: '4000' }));
    done(table.say(alice, 'guild deposit', { amount: '4000' }));
    pay(table);
    // What the treasury never held less than is 10,000; all the time Alice alone had something in it.
    expect([alice, bob].map((who) => table.account(who).wallet)).toEqual([1_000, 0]);
    expect(treasuryOf(table, clan)).toBe(1_010_000);
    pay(table, '2026-08-10');
    // 10,000 and 1,000,000 of 1,010,000.
    expect([alice, bob].map((who) => table.account(who).wallet)).toEqual([2_000, 5_000]);
    checkClans(table);
  });

  test('is of no more than was there while somebody had taken of others’ coins', () => {
    const table = createTable();
    rich(table);
    const clan = guildOf(table, 'Ferrymen', [
      [alice, 0],
      [bob, 10_000],
    ]);
    settle(table);
    // The owner may take a quarter of what others put in a day.
    done(table.say(alice, 'guild withdraw', { amount: '2500' }));
    done(table.say(alice, 'guild deposit', { amount: '2500' }));
    expect(treasuryOf(table, clan)).toBe(10_000);
    pay(table);
    expect([alice, bob].map((who) => table.account(who).wallet)).toEqual([0, 750]);
    // Alice put it back, and so it is hers from now on.
    pay(table, '2026-08-10');
    expect([alice, bob].map((who) => table.account(who).wallet)).toEqual([200, 750 + 800]);
    checkClans(table);
  });

  test('has the bonus where most was all the time, not where most is now', () => {
    const table = createTable();
    rich(table);
    guildOf(table, 'Ferrymen', [[alice, 10_000]]);
    guildOf(table, 'Others', [[bob, 9_000]]);
    settle(table);
    table.fund(bob, 100_000);
    done(table.say(bob, 'guild deposit', { amount: '100000' }));
    pay(table);
    expect([alice, bob].map((who) => table.account(who).wallet)).toEqual([1_000, 450]);
  });

  test.each([
    { cap: '5000', weeks: 0, put: 1_000_000, paid: 5_000 },
    { cap: '5000', weeks: 1, put: 1_000_000, paid: 10_000 },
    { cap: '5000', weeks: 0, put: 50_000, paid: 5_000 },
    { cap: '5000', weeks: 0, put: 49_980, paid: 4_998 },
    { cap: '1', weeks: 0, put: 1_000_000, paid: 1 },
    { cap: '0', weeks: 0, put: 1_000_000, paid: 100_000 },
  ])('brings a member $cap coins a week at most: $paid for $put and $weeks weeks more', ({ cap, weeks, put, paid }) => {
    const table = createTable();
    rich(table);
    table.set('guild.member_interest_cap', cap);
    const clan = guildOf(table, 'Ferrymen', [[alice, put]]);
    pay(table, '2026-07-20');
    const { minted } = table.supply();
    pay(table, monday, weeks);
    expect(table.account(alice).wallet).toBe(paid);
    expect(treasuryOf(table, clan)).toBe(put);
    expect(table.supply().minted - minted).toBe(BigInt(paid));
    checkClans(table);
  });

  test('is capped for the server: each gets the same part of its own', () => {
    const table = createTable();
    guildOf(table, 'Ferrymen', [[alice, 10_000]]);
    guildOf(table, 'Others', [[bob, 5_000]]);
    table.fund(carol, 5_000);
    table.set('guild.interest_cap', '5%');
    // 15,000 in treasuries of 20,000: 750 and 500 wanted, 1,000 there.
    settle(table);
    const { minted } = table.supply();
    pay(table);
    expect([alice, bob].map((who) => table.account(who).wallet)).toEqual([800, 200]);
    expect(table.supply().minted - minted).toBe(1_000n);
    checkClans(table);
  });

  test.each([
    { key: 'guild.interest', value: '0%', paid: 500 },
    { key: 'guild.interest', value: '10%', paid: 1_500 },
    { key: 'guild.top_bonus', value: '0%', paid: 500 },
    { key: 'guild.interest_cap', value: '0%', paid: 0 },
  ])('$key $value: the largest treasury of 10,000 brings $paid', ({ key, value, paid }) => {
    const table = createTable();
    rich(table);
    guildOf(table, 'Ferrymen', [[alice, 10_000]]);
    settle(table);
    table.set(key, value);
    pay(table);
    expect(table.account(alice).wallet).toBe(paid);
  });

  test('leaves what a full wallet cannot take in the treasury', () => {
    const table = createTable();
    rich(table);
    const clan = guildOf(table, 'Ferrymen', [[alice, 10_000]]);
    settle(table);
    table.fund(alice, ceiling);
    pay(table);
    expect(table.account(alice).wallet).toBe(ceiling);
    expect(treasuryOf(table, clan)).toBe(11_000);
    checkClans(table);
  });

  test('is not paid in a frozen economy', () => {
    const table = createTable();
    rich(table);
    guildOf(table, 'Ferrymen', [[alice, 10_000]]);
    settle(table);
    table.set('economy.frozen', 'on');
    pay(table);
    expect(table.account(alice).wallet).toBe(0);
  });

  test('goes over many guilds in steps, and each is paid once though steps come again', () => {
    const table = createTable();
    rich(table);
    const owners = Array.from({ length: 450 }, (_, index) => member(1_000 + index));
    for (const [index, who] of owners.entries())
      guildOf(table, `Guild ${index}`, [[who, 1_000 - (index === 7 ? 0 : 1)]]);
    settle(table);
    const run = { date: monday, dueAt: table.clock.now, missed: 0 };
    table.runTask('economy.clan.interest', run);
    const paid = (): number => owners.filter((who) => table.account(who).wallet > 0).length;
    expect(paid()).toBe(200);
    table.runTask('economy.clan.interest', run);
    expect(paid()).toBe(200);
    table.fall();
    expect(paid()).toBe(450);
    table.runTask('economy.clan.interest', run);
    table.fall();
    expect(owners.map((who) => table.account(who).wallet)).toEqual(owners.map((_, index) => (index === 7 ? 100 : 49)));
    checkClans(table);
  });

  test('after coins moved to another guild between two steps never passes the cap', () => {
    const table = createTable();
    const owners = Array.from({ length: 201 }, (_, index) => member(1_000 + index));
    for (const [index, who] of owners.entries()) guildOf(table, `Guild ${index}`, [[who, index === 0 ? 100_000 : 100]]);
    table.set('guild.member_interest_cap', '0');
    settle(table);
    const before = table.supply();
    const held = before.minted - before.burned;
    table.runTask('economy.clan.interest', { date: monday, dueAt: table.clock.now, missed: 0 });
    const first = owners[0] as MemberId;
    const last = owners[200] as MemberId;
    done(table.say(first, 'guild withdraw', { amount: '100000' }));
    done(table.say(first, 'pay', { member: person(last), amount: '100000' }));
    done(table.say(last, 'guild deposit', { amount: '100000' }));
    table.fall();
    expect(table.supply().minted - before.minted).toBeLessThanOrEqual(held / 20n);
    checkClans(table);
  });

  property.prop([fc.array(fc.nat(ceiling), { minLength: 1, maxLength: 20 }), fc.nat(ceiling / 5)])(
    'parts are never more than the whole, and each within a coin of its share',
    (contributions, amount) => {
      const all = contributions.reduce((sum, one) => sum + BigInt(one), 0n);
      const parts = contributions.map((one) => partOf(coins(amount), coins(one), all));
      const sum = parts.reduce((total, part) => total + part, 0);
      expect(sum).toBeLessThanOrEqual(amount);
      if (all > 0n) expect(sum).toBeGreaterThan(amount - contributions.length);
    },
  );
});

test('somebody who leaves the guild for a while loses their part for good', () => {
  const table = createTable();
  rich(table);
  guildOf(table, 'Ferrymen', [
    [alice, 1_000],
    [bob, 1_000],
  ]);
  settle(table);
  done(table.say(bob, 'guild leave'));
  take(table, alice, bob);
  expect(membershipOf(table, bob)?.contribution).toBe(0);
  pay(table);
  expect([alice, bob].map((who) => table.account(who).wallet)).toEqual([200, 0]);
});

test('what was in treasuries before any of it was watched counts as having been there', () => {
  const [, watched] = vaults.upgrades;
  expect(watched?.({ coins: 7 })).toEqual({ coins: 7, lowest: 7 });
  expect(watched?.({ coins: 7, unranked: true })).toEqual({ coins: 7, unranked: true });
  expect(memberships.upgrades[0]?.({ contribution: 7 })).toEqual({ contribution: 7, steady: 7 });
});
