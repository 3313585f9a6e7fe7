import { describe, expect, test } from 'vitest';
import type { MemberId } from '../../../src/kernel/ids.ts';
import { alice, bob, carol, dayMs, hourMs, member, person, type Table } from '../table.ts';
import { buttonOf, checkClans, clanOf, done, forgetful, found, membershipOf, take, treasuryOf } from './ground.ts';

const graceMs = 72 * hourMs;
const dave = member(4);

const leave = (table: Table, who: MemberId): void => table.runTask('core.member-left', { member: who });
const leaveForGood = (table: Table, who: MemberId): void => {
  leave(table, who);
  table.wait(graceMs);
  table.fall();
};

/** Every row in which a text stands, by collection. */
const rowsWith = (table: Table, text: string): readonly string[] =>
  [...table.registry.collections.values()].flatMap((collection) =>
    [...table.state.rows(collection)]
      .filter(([key, row]) =>
        JSON.stringify([key, row], (_, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)).includes(
          text,
        ),
      )
      .map(() => collection.name),
  );

const deposit = (table: Table, who: MemberId, amount: number): void => {
  table.fund(who, amount);
  done(table.say(who, 'guild deposit', { amount: String(amount) }));
};

const guild = (): { readonly table: Table; readonly clan: string } => {
  const table = forgetful();
  const clan = found(table, alice, 'Ferrymen');
  take(table, alice, bob, carol, dave);
  deposit(table, alice, 1_000);
  deposit(table, bob, 100);
  deposit(table, carol, 300);
  return { table, clan };
};

describe('a member who is erased', () => {
  test('leaves the guild; what they put in stays and is nobody’s share', () => {
    const { table, clan } = guild();
    leaveForGood(table, carol);
    expect(rowsWith(table, carol)).toEqual([]);
    expect(clanOf(table, clan)?.members).toBe(3);
    expect(treasuryOf(table, clan)).toBe(1_400);
    checkClans(table);
  });

  test('comes back to nothing, and mints nothing', () => {
    const { table } = guild();
    leaveForGood(table, carol);
    table.runTask('core.member-joined', { member: carol });
    const { minted } = table.supply();
    expect(table.say(carol, 'guild withdraw', { amount: 'all' }).refused).toBe('economy.clan.none');
    take(table, alice, carol);
    expect(membershipOf(table, carol)?.contribution).toBe(0);
    expect(table.say(carol, 'guild withdraw', { amount: 'all' }).refused).toBe('economy.clan.withdraw.limit');
    expect(table.supply().minted).toBe(minted);
    checkClans(table);
  });

  test('is still in it when they come back within the grace', () => {
    const { table, clan } = guild();
    leave(table, carol);
    table.wait(graceMs - 1);
    table.fall();
    table.runTask('core.member-joined', { member: carol });
    expect(membershipOf(table, carol)).toMatchObject({ clan, contribution: 300 });
  });

  test('takes open requests and invitations along', () => {
    const table = forgetful();
    table.set('members.grace_hours', '0');
    found(table, alice, 'Ferrymen');
    found(table, dave, 'Others');
    take(table, alice, carol);
    done(table.say(alice, 'guild promote', { member: person(carol) }));
    const byCarol = done(table.say(carol, 'guild invite', { member: person(bob) }));
    done(table.say(bob, 'guild join', { name: 'Others' }));
    leave(table, carol);
    table.fall();
    expect(rowsWith(table, carol)).toEqual([]);
    expect(table.press(bob, buttonOf(byCarol, 'Accept')).refused).toBe('economy.clan.invite.answered');
    leave(table, bob);
    table.fall();
    expect(rowsWith(table, bob)).toEqual([]);
    expect(done(table.say(dave, 'guild requests')).words).toContain('Nobody asks to join.');
    checkClans(table);
  });
});

describe('an owner who is erased', () => {
  test('is followed by the oldest officer', () => {
    const { table, clan } = guild();
    for (const who of [carol, bob]) done(table.say(alice, 'guild promote', { member: person(who) }));
    leaveForGood(table, alice);
    expect(membershipOf(table, bob)).toMatchObject({ clan, role: 'owner' });
    expect(rowsWith(table, alice)).toEqual([]);
    checkClans(table);
  });

  test('is followed by who put in most where there is no officer; one who is away comes last', () => {
    const { table } = guild();
    leave(table, carol);
    table.wait(hourMs);
    leave(table, alice);
    table.wait(graceMs - hourMs - 1);
    // Carol would have come back in time.
    table.runTask('core.member-joined', { member: carol });
    table.wait(hourMs + 1);
    table.fall();
    expect(membershipOf(table, carol)?.role).toBe('owner');
    leave(table, bob);
    table.wait(1);
    leaveForGood(table, carol);
    expect(membershipOf(table, dave)?.role).toBe('owner');
    checkClans(table);
  });

  test('takes the guild along where nobody else is in it: its treasury is burned', () => {
    const table = forgetful();
    found(table, alice, 'Ferrymen');
    deposit(table, alice, 1_000);
    const { burned } = table.supply();
    leaveForGood(table, alice);
    expect(rowsWith(table, alice)).toEqual([]);
    expect(table.supply().burned - burned).toBe(1_000n);
    checkClans(table);
    found(table, bob, 'Ferrymen');
  });

  test('is followed although the treasury is locked', () => {
    const { table, clan } = guild();
    table.set('levy.rate', '75%');
    table.set('levy.keep', '0');
    table.fund(bob, 100);
    leave(table, alice);
    table.wait(graceMs - hourMs);
    table.runTask('economy.clan.levy', { date: '2026-08-04', dueAt: table.clock.now, missed: 0 });
    expect(clanOf(table, clan)?.lockedAt).toBeDefined();
    table.wait(hourMs);
    table.fall();
    expect(membershipOf(table, alice)).toBeUndefined();
    checkClans(table);
  });
});

describe('an owner who left 14 days ago', () => {
  test('is followed by another where the server’s grace is longer', () => {
    const { table, clan } = guild();
    table.set('members.grace_hours', '720');
    done(table.say(alice, 'guild promote', { member: person(dave) }));
    leave(table, alice);
    const night = (): void => {
      table.runTask('economy.clan.succession', { date: '2026-08-15', dueAt: table.clock.now, missed: 0 });
      table.fall();
    };
    table.wait(14 * dayMs - 1);
    night();
    expect(membershipOf(table, alice)?.role).toBe('owner');
    table.wait(1);
    night();
    expect(membershipOf(table, alice)).toMatchObject({ clan, role: 'member' });
    expect(membershipOf(table, dave)?.role).toBe('owner');
    table.runTask('core.member-joined', { member: alice });
    expect(done(table.say(alice, 'guild info')).words).toContain('Role\nmember');
    checkClans(table);
  });

  test('stays the owner where there is nobody else', () => {
    const table = forgetful();
    table.set('members.grace_hours', '720');
    found(table, alice, 'Ferrymen');
    leave(table, alice);
    table.wait(15 * dayMs);
    table.runTask('economy.clan.succession', { date: '2026-08-15', dueAt: table.clock.now, missed: 0 });
    expect(membershipOf(table, alice)?.role).toBe('owner');
  });
});
