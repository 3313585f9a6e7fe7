// In-game guilds over the real actors, calendar and store: two servers, each by its own clock, and power cuts between.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clans, memberships } from '../../../src/features/clans/state.ts';
import { vaults } from '../../../src/features/wallet/state.ts';
import { epochMs, type GuildId } from '../../../src/kernel/ids.ts';
import { alice, ask, bob, carol, elsewhere, funding, home, person } from '../../faults/people.ts';
import { type Changes, type Disks, freshDisks, type House, openHouse, reopened } from '../../house/house.ts';
import { fall } from '../../house/time.ts';

const hourMs = 3_600_000;
const changes: Changes = { withoutMarket: true, features: [funding] };
/** A Thursday. */
const start = Date.UTC(2026, 0, 15, 12);

let disks: Disks;
let house: House;

beforeEach(async () => {
  disks = freshDisks();
  house = await openHouse(disks, { ...changes, startAt: epochMs(start) });
});
afterEach(() => house.stop());

const crash = async (): Promise<void> => {
  const startAt = house.clock.now;
  disks = reopened(disks);
  house = await openHouse(disks, { ...changes, startAt });
  await house.store.snapshot();
};

const must = async (...asked: Parameters<typeof ask> extends [House, ...infer R] ? R : never): Promise<unknown> => {
  const answer = await ask(house, ...asked);
  if ('refused' in answer) throw new Error(`${asked[0]}: ${answer.refused}`);
  return answer.done;
};
const refusal = async (
  ...asked: Parameters<typeof ask> extends [House, ...infer R] ? R : never
): Promise<string | undefined> => {
  const answer = await ask(house, ...asked);
  return 'refused' in answer ? answer.refused : undefined;
};

const settle = async (guild: GuildId, zone: string, levy: string): Promise<void> => {
  const settings = {
    'core.timezone': zone,
    'levy.rate': levy,
    'levy.keep': '0',
    'guild.create_cost': '0',
    'guild.interest_cap': '20%',
  };
  for (const [key, value] of Object.entries(settings)) await must('core.settings.set', { key, value }, { guild });
  await must('funding.fund', { who: alice, wallet: 100_000 }, { guild });
  await must('economy.clan.create', { name: 'Ferrymen' }, { guild });
};

interface Seen {
  readonly treasury: number;
  readonly locked: boolean;
  readonly wallet: number;
}

const look = async (guild: GuildId): Promise<Seen> => {
  house.directory.evictIdle(0);
  const state = house.store.open(guild);
  const { clan } = state.row(memberships, alice) as typeof memberships.initial;
  const { lockedAt } = state.row(clans, clan) as typeof clans.initial;
  const { coins } = state.row(vaults, clan) as { readonly coins: number };
  house.store.close(state);
  const { wallet } = (await must('economy.balance', {}, { guild })) as { readonly wallet: number };
  return { treasury: coins, locked: lockedAt !== undefined, wallet };
};

const goTo = async (at: number): Promise<void> => {
  house.clock.now = epochMs(at);
  await fall(house);
};

describe('the weekend', () => {
  test('comes to each server by its own clock, and happens once, power cuts or not', async () => {
    await settle(home, 'Pacific/Kiritimati', '75%');
    await settle(elsewhere, 'America/New_York', '50%');
    // Saturday, 0:20: Friday, 10:20 by UTC on Kiritimati, Saturday, 5:20 in New York.
    await goTo(Date.UTC(2026, 0, 16, 10, 19));
    expect([(await look(home)).treasury, (await look(elsewhere)).treasury]).toEqual([0, 0]);
    await goTo(Date.UTC(2026, 0, 16, 10, 20));
    await crash();
    await goTo(Date.UTC(2026, 0, 17, 5, 19));
    expect([(await look(home)).treasury, (await look(elsewhere)).treasury]).toEqual([75_000, 0]);
    await goTo(Date.UTC(2026, 0, 17, 5, 20));
    await crash();
    await goTo(Date.UTC(2026, 0, 17, 6));
    expect(await look(home)).toEqual({ treasury: 75_000, locked: true, wallet: 25_000 });
    expect(await look(elsewhere)).toEqual({ treasury: 50_000, locked: true, wallet: 50_000 });
    expect(await refusal('economy.clan.withdraw', { amount: '1' })).toBe('economy.clan.locked');
    // Sunday, 20:00.
    await goTo(Date.UTC(2026, 0, 18, 5, 59));
    expect((await look(home)).locked).toBe(true);
    await goTo(Date.UTC(2026, 0, 18, 6));
    expect([(await look(home)).locked, (await look(elsewhere)).locked]).toEqual([false, true]);
    await crash();
    // Monday, 0:15 on Kiritimati: what came on Saturday was not there all week.
    await goTo(Date.UTC(2026, 0, 18, 10, 15));
    expect(await look(home)).toMatchObject({ treasury: 75_000, wallet: 25_000 });
    await goTo(Date.UTC(2026, 0, 19, 1));
    expect(await look(elsewhere)).toEqual({ treasury: 50_000, locked: false, wallet: 50_000 });
    await goTo(Date.UTC(2026, 0, 19, 20));
    // A week later: 5 % and the bonus of the largest treasury, to each member 5,000 at most.
    await goTo(Date.UTC(2026, 0, 23, 11));
    await goTo(Date.UTC(2026, 0, 24, 6));
    await goTo(Date.UTC(2026, 0, 25, 10, 14));
    expect(await look(home)).toMatchObject({ treasury: 93_750, wallet: 6_250 });
    await goTo(Date.UTC(2026, 0, 25, 10, 15));
    expect(await look(home)).toMatchObject({ treasury: 93_750, wallet: 11_250 });
    await goTo(Date.UTC(2026, 0, 26, 1));
    expect(await look(elsewhere)).toEqual({ treasury: 75_000, locked: false, wallet: 25_000 });
    await goTo(Date.UTC(2026, 0, 26, 5, 15));
    await crash();
    await goTo(Date.UTC(2026, 0, 26, 20));
    expect(await look(elsewhere)).toEqual({ treasury: 75_000, locked: false, wallet: 30_000 });
    expect(await look(home)).toMatchObject({ treasury: 93_750, wallet: 11_250 });
  });

  test('while the bot was down: no levy when Saturday is over, and the lock ends as soon as it is back', async () => {
    await settle(home, 'UTC', '75%');
    await goTo(Date.UTC(2026, 0, 16, 23));
    await crash();
    await goTo(Date.UTC(2026, 0, 18, 0, 30));
    expect((await look(home)).treasury).toBe(0);
    await goTo(Date.UTC(2026, 0, 23, 23));
    await goTo(Date.UTC(2026, 0, 24, 18));
    expect(await look(home)).toMatchObject({ treasury: 75_000, locked: true });
    await crash();
    await goTo(Date.UTC(2026, 0, 28, 9));
    expect((await look(home)).locked).toBe(false);
  });

  test('two weeks of interest are made up for, and no more', async () => {
    await settle(home, 'UTC', '0%');
    await must('economy.clan.deposit', { amount: '10000' });
    await goTo(Date.UTC(2026, 0, 19, 1));
    expect((await look(home)).wallet).toBe(90_000);
    await goTo(Date.UTC(2026, 0, 26, 1));
    expect((await look(home)).wallet).toBe(91_000);
    await crash();
    await goTo(Date.UTC(2026, 1, 17, 1));
    expect((await look(home)).wallet).toBe(93_000);
  });
});

describe('after a power cut', () => {
  test('an invitation is answered by its button, once, in its own server alone', async () => {
    await settle(home, 'UTC', '0%');
    await settle(elsewhere, 'UTC', '0%');
    const { look: clan, expiresAt } = (await must('economy.clan.invite', { member: person(bob) })) as {
      readonly look: { readonly clan: string };
      readonly expiresAt: number;
    };
    await crash();
    const press = { c: clan.clan, m: bob, u: expiresAt };
    // Ids of rows are those of a server: the same one may stand for another clan there.
    expect(await refusal('economy.clan.accept', press, { member: bob, guild: elsewhere })).toBe(
      'economy.clan.invite.answered',
    );
    expect(await refusal('economy.clan.accept', press, { member: carol })).toBe('economy.clan.invite.not-yours');
    const both = await Promise.all([
      refusal('economy.clan.accept', press, { member: bob }),
      refusal('economy.clan.accept', press, { member: bob }),
    ]);
    expect(both).toEqual([undefined, 'economy.clan.invite.answered']);
  });

  test('a request to join is there, and runs out at its time', async () => {
    await settle(home, 'UTC', '0%');
    const { expiresAt } = (await must('economy.clan.join', { name: 'Ferrymen' }, { member: bob })) as {
      readonly expiresAt: number;
    };
    expect(expiresAt).toBe(start + 72 * hourMs);
    await crash();
    await goTo(expiresAt - 1);
    const { requests } = (await must('economy.clan.requests')) as { readonly requests: readonly unknown[] };
    expect(requests).toEqual([{ member: bob, expiresAt }]);
    await crash();
    await goTo(expiresAt);
    await must('economy.clan.join', { name: 'Ferrymen' }, { member: bob });
  });
});
