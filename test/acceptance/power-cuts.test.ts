// Line 5 of the acceptance list of the economy pack: the power is cut in the middle of everything that takes more than one step.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { alice, bob, carol, home, person } from '../faults/people.ts';
import { foundRivals, openHeist, planHeist } from './rivals.ts';
import { foundClan, openServers, type Servers } from './servers.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

let it: Servers;
beforeEach(async () => {
  it = await openServers();
});
afterEach(() => it.house().stop());

/** What all members of the first server hold together. */
const heldByAll = (): number => [alice, bob, carol].reduce((sum, who) => sum + it.fundsOf(who), 0);

describe('line 5: the power is cut in the middle of', () => {
  afterEach(() => it.conserved());

  test('a blackjack hand: it is played on, paid once, and its buttons tell so afterwards', async () => {
    await it.fund(alice, 10_000);
    await it.must(alice, 'casino.blackjack', { bet: '100' });
    let dealt = await it.must<{ readonly kind: string; readonly round: number }>(alice, 'casino.blackjack', {
      bet: '100',
    });
    for (let tries = 0; dealt.kind !== 'dealt' && tries < 20; tries += 1) {
      await it.wait(minuteMs);
      dealt = await it.must(alice, 'casino.blackjack', { bet: '100' });
    }
    const staked = it.fundsOf(alice);
    await it.cutPower();
    expect(it.fundsOf(alice)).toBe(staked);
    const press = { by: alice, round: dealt.round, step: 0, move: 'S' };
    expect(await it.refusal(bob, 'casino.blackjack.move', press)).toBe('economy.casino.not-yours');
    const ended = await it.must<{ readonly kind: string; readonly settled: { readonly paid: number } }>(
      alice,
      'casino.blackjack.move',
      press,
    );
    expect(ended.kind).toBe('ended');
    const after = staked + ended.settled.paid;
    expect(it.fundsOf(alice)).toBe(after);
    await it.cutPower();
    expect(await it.must(alice, 'casino.blackjack.move', press)).toMatchObject({ kind: 'past' });
    expect(it.fundsOf(alice)).toBe(after);
  });

  interface Race {
    readonly at: string;
    readonly race: string;
    readonly phase: string;
    readonly bets: readonly { readonly paid?: number }[];
  }
  const openRace = async (): Promise<{ readonly at: string; readonly race: string }> => {
    await it.fund(alice, 1_000);
    await it.fund(bob, 1_000);
    const { at, race } = (await it.must<{ readonly race: Race }>(alice, 'races.open')).race;
    await it.must(alice, 'races.bet', { at, race, rat: 0, amount: '100' });
    return { at, race };
  };
  const endRace = async (key: object): Promise<void> => {
    await it.wait(5 * minuteMs);
    const over = await it.must<Race>(alice, 'races.look', key);
    expect(over.phase).toBe('over');
    const paid = over.bets.reduce((sum, bet) => sum + (bet.paid ?? 0), 0);
    expect(heldByAll()).toBe(2_000 - 100 * over.bets.length + paid);
    await it.cutPower();
    await it.wait(5 * minuteMs);
    expect(heldByAll()).toBe(2_000 - 100 * over.bets.length + paid);
    expect((await it.must<Race>(alice, 'races.look', key)).phase).toBe('over');
  };

  test('a race’s lobby: it takes bets on, and is run once', async () => {
    const key = await openRace();
    await it.cutPower();
    expect(heldByAll()).toBe(1_900);
    expect(await it.refusal(alice, 'races.bet', { ...key, rat: 0, amount: '100' })).toBe('economy.races.twice');
    await it.must(bob, 'races.bet', { ...key, rat: 1, amount: '100' });
    await it.wait(30_000);
    await endRace(key);
  });

  test('a race: it is run to its end, and paid once', async () => {
    const key = await openRace();
    await it.wait(32_000);
    expect((await it.must<Race>(alice, 'races.look', key)).phase).toBe('running');
    await it.cutPower();
    await endRace(key);
  });

  test('a heist: it goes on, costs once what it costs, and its controls know when it is over', async () => {
    await foundRivals(it, home);
    const { press, funds } = await planHeist(it, home);
    await it.cutPower();
    expect(await it.refusal(bob, 'heists.solo', press)).toBeDefined();
    expect(heldByAll()).toBe(funds);
    await it.must(alice, 'heists.solo', press);
    const id = openHeist(it);
    await it.cutPower();
    expect(await it.refusal(carol, 'heists.approach', { h: id, way: 'stealth' })).toBeDefined();
    expect(await it.refusal(alice, 'heists.approach', { h: id, way: 'stealth' })).toBeUndefined();
    await it.cutPower();
    // Nobody plays on: it is lost at its deadline. 30 % of 4,000 go from the robber to the other treasury.
    await it.wait(3 * minuteMs);
    expect(heldByAll()).toBe(funds - 1_200);
    await it.cutPower();
    await it.wait(hourMs);
    // The old card's button shows how it ended.
    expect(await it.refusal(alice, 'heists.approach', { h: id, way: 'stealth' })).toBeUndefined();
    expect(heldByAll()).toBe(funds - 1_200);
    expect(await it.must(bob, 'economy.clan.bank')).toMatchObject({ treasury: 11_200 });
  });

  test('a request for coins: it is paid once', async () => {
    await it.fund(alice, 1_000);
    await it.fund(bob, 1_000);
    const asked = await it.must<{ readonly id: string; readonly expiresAt: number }>(alice, 'economy.request', {
      member: person(bob),
      amount: '300',
    });
    const press = { by: alice, id: asked.id, until: asked.expiresAt };
    await it.cutPower();
    expect(await it.refusal(carol, 'economy.request.accept', press)).toBe('economy.request.not-yours');
    const both = await Promise.all([1, 2].map(() => it.refusal(bob, 'economy.request.accept', press)));
    expect(both).toEqual([undefined, 'economy.request.answered']);
    await it.cutPower();
    expect(await it.refusal(bob, 'economy.request.accept', press)).toBe('economy.request.answered');
    expect([it.fundsOf(alice), it.fundsOf(bob)]).toEqual([1_300, 700]);
  });

  test('an invitation: it is accepted once', async () => {
    await it.fund(alice, 1_000);
    await foundClan(it, alice, 'Ferrymen', home, 500);
    const { look, expiresAt } = await it.must<{ readonly look: { readonly clan: string }; readonly expiresAt: number }>(
      alice,
      'economy.clan.invite',
      { member: person(bob) },
    );
    const press = { c: look.clan, m: bob, u: expiresAt };
    await it.cutPower();
    expect(await it.refusal(carol, 'economy.clan.accept', press)).toBe('economy.clan.invite.not-yours');
    expect(await it.refusal(bob, 'economy.clan.accept', press)).toBeUndefined();
    await it.cutPower();
    expect(await it.refusal(bob, 'economy.clan.accept', press)).toBe('economy.clan.invite.answered');
    expect(await it.must(alice, 'economy.clan.bank')).toMatchObject({ treasury: 500 });
  });

  test('a request to join: it is approved once', async () => {
    await it.fund(alice, 1_000);
    await foundClan(it, alice, 'Ferrymen', home, 500);
    await it.must(bob, 'economy.clan.join', { name: 'Ferrymen' });
    await it.cutPower();
    const { clan, requests } = await it.must<{ readonly clan: string; readonly requests: readonly object[] }>(
      alice,
      'economy.clan.requests',
    );
    expect(requests).toHaveLength(1);
    const press = { c: clan, m: bob, u: (requests[0] as { readonly expiresAt: number }).expiresAt };
    expect(await it.refusal(carol, 'economy.clan.approve', press)).toBeDefined();
    expect(await it.refusal(alice, 'economy.clan.approve', press)).toBeUndefined();
    await it.cutPower();
    expect(await it.must(bob, 'economy.clan.bank')).toMatchObject({ treasury: 500 });
    const { requests: left } = await it.must<{ readonly requests: readonly object[] }>(alice, 'economy.clan.requests');
    expect(left).toEqual([]);
  });

  test('the confirmation of a purchase: it buys once', async () => {
    await it.fund(alice, 10_000);
    const { offer, number } = await it.must<{ readonly offer: { readonly price: number }; readonly number: number }>(
      alice,
      'shop.count',
      { by: alice, item: 'energy_drink', count: 2 },
    );
    const press = { by: alice, i: 'energy_drink', n: 2, p: offer.price, t: number };
    await it.cutPower();
    expect(await it.refusal(bob, 'shop.buy', press)).toBe('economy.item.not-yours');
    expect(await it.refusal(alice, 'shop.buy', press)).toBeUndefined();
    await it.cutPower();
    expect(await it.refusal(alice, 'shop.buy', press)).toBe('economy.shop.pressed');
    expect(it.fundsOf(alice)).toBe(10_000 - 4_000);
    expect(await it.must(alice, 'items.inventory')).toMatchObject({ rows: [{ key: 'energy_drink', count: 2 }] });
  });
});
