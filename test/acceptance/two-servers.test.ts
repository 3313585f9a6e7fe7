// What the issue of the economy pack wants shown over two servers at once.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clans, memberships } from '../../src/features/clans/state.ts';
import { accounts } from '../../src/features/wallet/state.ts';
import type { GuildId, MemberId } from '../../src/kernel/ids.ts';
import { alice, bob, carol, elsewhere, home, person } from '../faults/people.ts';
import { winning } from '../features/casino/winning.ts';
import { featureWith } from '../house/feature.ts';
import { testPerformer } from '../house/performer.ts';
import { foundRivals, openHeist, planHeist } from './rivals.ts';
import { foundClan, openServers, type Servers } from './servers.ts';

const minuteMs = 60_000;

let it: Servers;
beforeEach(async () => {
  it = await openServers();
});
afterEach(() => it.house().stop());

describe('shown over two servers at once', () => {
  /** A row of a server, as it is kept. */
  const rowOf = (guild: GuildId, collection: string, key: string): Readonly<Record<string, unknown>> => {
    const { rows } = it.dump(guild)[collection] as {
      readonly rows: readonly (readonly [string, Readonly<Record<string, unknown>>])[];
    };
    const row = rows.find(([of]) => of === key)?.[1];
    if (row === undefined) throw new Error(`no row ${key} of ${collection}`);
    return row;
  };
  /** Where somebody's guild stands in a server, and what is in their wallet. */
  const clanOf = (owner: MemberId, guild: GuildId): { readonly locked: boolean; readonly wallet: unknown } => {
    const { clan } = rowOf(guild, memberships.name, owner);
    const { lockedAt } = rowOf(guild, clans.name, String(clan));
    return { locked: lockedAt !== undefined, wallet: rowOf(guild, accounts.name, owner)['wallet'] };
  };

  /** Alice's guild is the largest in the first server, bob's in the other. */
  const foundAll = async (): Promise<void> => {
    for (const [guild, rich, poor] of [
      [home, alice, bob],
      [elsewhere, bob, alice],
    ] as const) {
      await it.fund(rich, 100_000, guild);
      await it.fund(poor, 20_000, guild);
      await foundClan(it, rich, 'Ferrymen', guild, 50_000);
      await foundClan(it, poor, 'Lamplighters', guild, 10_000);
    }
  };

  test('the Saturday levy locks treasuries, and the Sunday job unlocks them, where a server has a levy', async () => {
    await foundAll();
    await it.set(home, { 'levy.rate': '75%', 'levy.keep': '0' });
    await it.goTo(Date.UTC(2026, 0, 17, 0, 20));
    expect([clanOf(alice, home), clanOf(bob, home)]).toEqual([
      { locked: true, wallet: 12_500 },
      { locked: true, wallet: 2_500 },
    ]);
    expect([clanOf(alice, elsewhere).locked, clanOf(bob, elsewhere).locked]).toEqual([false, false]);
    expect(await it.refusal(alice, 'economy.clan.withdraw', { amount: '1' })).toBe('economy.clan.locked');
    expect(await it.refusal(alice, 'economy.clan.withdraw', { amount: '1' }, elsewhere)).toBeUndefined();
    await it.cutPower();
    await it.goTo(Date.UTC(2026, 0, 18, 19, 59));
    expect(clanOf(alice, home).locked).toBe(true);
    await it.goTo(Date.UTC(2026, 0, 18, 20));
    expect([clanOf(alice, home).locked, clanOf(bob, home).locked]).toEqual([false, false]);
    expect(await it.refusal(alice, 'economy.clan.withdraw', { amount: '1' })).toBeUndefined();
    it.conserved();
  });

  test('interest follows each server’s own largest guild', async () => {
    await foundAll();
    await it.goTo(Date.UTC(2026, 0, 19, 0, 15));
    // What was put in this week was not there all of it.
    expect([clanOf(alice, home).wallet, clanOf(bob, home).wallet]).toEqual([50_000, 10_000]);
    await it.goTo(Date.UTC(2026, 0, 26, 0, 15));
    // 10 % of 50,000 to the largest one's, 5 % of 10,000 to the other's.
    expect([clanOf(alice, home).wallet, clanOf(bob, home).wallet]).toEqual([55_000, 10_500]);
    expect([clanOf(alice, elsewhere).wallet, clanOf(bob, elsewhere).wallet]).toEqual([10_500, 55_000]);
    it.conserved();
  });

  test('boards stay in their server', async () => {
    await foundAll();
    const board = async (name: string, guild: GuildId): Promise<string> =>
      JSON.stringify(await it.must(carol, 'core.leaderboard.open', { board: name }, guild));
    const places = (shown: string): readonly number[] => [alice, bob].map((who) => shown.indexOf(who));
    const [here, there] = [await board('coins', home), await board('coins', elsewhere)];
    const [aliceHere = -1, bobHere = -1] = places(here);
    const [aliceThere = -1, bobThere = -1] = places(there);
    expect([aliceHere, bobHere, aliceThere, bobThere].every((place) => place >= 0)).toBe(true);
    expect([aliceHere < bobHere, aliceThere < bobThere]).toEqual([true, false]);
  });

  test('heists stay in their server', async () => {
    for (const guild of [home, elsewhere]) await foundRivals(it, guild);
    await planHeist(it, elsewhere);
    const before = it.dump(elsewhere);
    const { press } = await planHeist(it, home);
    await it.must(alice, 'heists.solo', press);
    const id = openHeist(it);
    for (const who of [alice, bob]) {
      expect(await it.refusal(who, 'heists.approach', { h: id, way: 'stealth' }, elsewhere)).toBe('economy.heist.gone');
    }
    expect(it.dump(elsewhere)).toEqual(before);
    await it.wait(3 * minuteMs);
    expect(await it.must(bob, 'economy.clan.bank')).toMatchObject({ treasury: 11_200 });
    expect(await it.must(bob, 'economy.clan.bank', {}, elsewhere)).toMatchObject({ treasury: 10_000 });
    it.conserved();
  });

  describe('the jackpot feed', () => {
    const rare = featureWith('rare', { operations: [winning] });
    const channels = { [home]: '300000000000000011', [elsewhere]: '300000000000000012' };
    test.each([
      [true, true, 1],
      [true, false, 0],
      [false, true, 0],
    ])('crosses only where both servers opted in: %s and %s', async (from, to, posts) => {
      await it.house().stop();
      const outside = testPerformer();
      it = await openServers({ features: [rare], performer: outside });
      for (const [guild, shares] of [
        [home, from],
        [elsewhere, to],
      ] as const) {
        const shared = shares ? 'on' : 'off';
        await it.set(guild, { 'casino.feed': channels[guild] ?? '', 'casino.shared_feed': shared });
        await it.must(bob, winning.name, { stake: 10, paid: 0 }, guild);
      }
      await it.must(alice, winning.name, { stake: 100, paid: 40_000 });
      await it.house().directory.settled();
      await it.wait(15 * minuteMs);
      const told = outside.performed.filter(
        ({ kind, guild, payload }) =>
          kind === 'discord.post' && guild === elsewhere && JSON.stringify(payload).includes('40000'),
      );
      expect(told).toHaveLength(posts);
      expect(JSON.stringify(told)).not.toContain(alice);
    });
  });

  test('administration stays in its server: gifts, bans, the freeze and the audit', async () => {
    const before = it.dump(elsewhere);
    await it.must(alice, 'economy.staff.give-coins', { member: person(bob), amount: '500' });
    await it.must(alice, 'economy.staff.set-daily', { amount: 7 });
    await it.must(alice, 'economy.staff.ban', { member: person(carol) });
    await it.must(alice, 'economy.staff.freeze', { on: true });
    expect(it.dump(elsewhere)).toEqual(before);
    expect(await it.refusal(bob, 'economy.daily')).toBe('economy.frozen');
    expect(await it.refusal(bob, 'economy.daily', {}, elsewhere)).toBeUndefined();
    expect(await it.refusal(carol, 'economy.daily', {}, elsewhere)).toBeUndefined();
    expect(it.fundsOf(bob, elsewhere)).toBe(250);
    it.conserved();
  });
});
