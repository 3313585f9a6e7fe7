// Heists over the real actors, calendar and store: power cuts in every stage lose no coin and make none.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { memberships } from '../../../src/features/clans/state.ts';
import { type HeistRow, heistRows, type PastHeist, pastHeists } from '../../../src/features/heists/state.ts';
import { accounts, supply, supplyKey, vaults } from '../../../src/features/wallet/state.ts';
import { epochMs, type GuildId, type MemberId } from '../../../src/kernel/ids.ts';
import { encodeKey } from '../../../src/kernel/key.ts';
import { alice, ask, bob, carol, elsewhere, funding, home, person } from '../../faults/people.ts';
import { type Changes, type Disks, freshDisks, type House, openHouse, reopened } from '../../house/house.ts';
import { fall } from '../../house/time.ts';

const minuteMs = 60_000;
const changes: Changes = { withoutMarket: true, features: [funding] };
const friday = Date.UTC(2026, 0, 16, 12);
const sunday = Date.UTC(2026, 0, 18, 12);

let disks: Disks;
let house: House;
beforeEach(async () => {
  disks = freshDisks();
  house = await openHouse(disks, { ...changes, startAt: epochMs(friday) });
});
afterEach(() => house.stop());

const crash = async (): Promise<void> => {
  const startAt = house.clock.now;
  disks = reopened(disks);
  house = await openHouse(disks, { ...changes, startAt });
  await house.store.snapshot();
};
const goTo = async (at: number): Promise<void> => {
  house.clock.now = epochMs(at);
  await fall(house);
};
const wait = (ms: number): Promise<void> => goTo(house.clock.now + ms);

type As = { readonly member?: MemberId; readonly guild?: GuildId };
const must = async (operation: string, input: object = {}, as: As = {}): Promise<unknown> => {
  const answer = await ask(house, operation, input, as);
  if ('refused' in answer) throw new Error(`${operation}: ${answer.refused}`);
  return answer.done;
};
const refusal = async (operation: string, input: object = {}, as: As = {}): Promise<string | undefined> => {
  const answer = await ask(house, operation, input, as);
  return 'refused' in answer ? answer.refused : undefined;
};

interface Rivals {
  readonly own: string;
  readonly other: string;
}

/** Alice's clan, with carol in it, and bob's, who has 10,000 in his treasury. */
const rivals = async (guild: GuildId = home): Promise<Rivals> => {
  const settings = { 'guild.create_cost': '0', 'start.coins': '0' };
  for (const [key, value] of Object.entries(settings)) await must('core.settings.set', { key, value }, { guild });
  for (const who of [alice, bob, carol]) await must('funding.fund', { who, wallet: 20_000 }, { guild });
  await must('economy.clan.create', { name: 'Ferrymen' }, { guild });
  await must('economy.clan.create', { name: 'Others' }, { guild, member: bob });
  const invited = (await must('economy.clan.invite', { member: person(carol) }, { guild })) as {
    readonly look: { readonly clan: string };
    readonly expiresAt: number;
  };
  const press = { c: invited.look.clan, m: carol, u: invited.expiresAt };
  await must('economy.clan.accept', press, { guild, member: carol });
  await must('economy.clan.deposit', { amount: '5000' }, { guild });
  await must('economy.clan.deposit', { amount: '10000' }, { guild, member: bob });
  house.directory.evictIdle(0);
  const state = house.store.open(guild);
  const clanOf = (who: MemberId) => (state.row(memberships, who) as typeof memberships.initial).clan;
  const both = { own: clanOf(alice), other: clanOf(bob) };
  house.store.close(state);
  return both;
};

interface Seen {
  readonly heist: HeistRow | undefined;
  readonly id: string;
  readonly past: readonly PastHeist[];
  readonly treasuries: readonly number[];
  readonly purses: readonly number[];
}

/** What is there, every coin accounted for. */
const look = ({ own, other }: Rivals, guild: GuildId = home): Seen => {
  house.directory.evictIdle(0);
  const state = house.store.open(guild);
  const all = (collection: Parameters<typeof state.scan>[0]) =>
    state.scan(collection, { prefix: '', after: undefined, reverse: false, limit: 1_000 });
  const held = [...all(accounts), ...all(vaults)].reduce((sum, [, row]) => {
    const { wallet = 0, bank = 0, coins = 0 } = row as { wallet?: number; bank?: number; coins?: number };
    return sum + wallet + bank + coins;
  }, 0);
  const made = (state.row(supply, encodeKey(supply.key, supplyKey)) ?? supply.initial) as typeof supply.initial;
  expect(BigInt(held)).toBe(made.minted - made.burned);
  const [open] = all(heistRows);
  const treasury = (clan: string) => (state.row(vaults, clan) as { readonly coins: number }).coins;
  const purse = (who: MemberId) => (state.row(accounts, who) as typeof accounts.initial).wallet;
  const seen = {
    heist: open?.[1] as HeistRow | undefined,
    id: open?.[0] ?? '',
    past: all(pastHeists).map(([, row]) => row as PastHeist),
    treasuries: [treasury(own), treasury(other)],
    purses: [alice, bob, carol].map(purse),
  };
  house.store.close(state);
  return seen;
};

const planned = async (guild: GuildId = home): Promise<{ t: string; a: number; u: number }> => {
  const { plan, until } = (await must('heists.plan', { target: 'Others', amount: 4_000 }, { guild })) as {
    readonly plan: { readonly target: string; readonly amount: number };
    readonly until: number;
  };
  return { t: plan.target, a: plan.amount, u: until };
};

/** Answers a member's task rightly, after a power cut if wanted. */
const solve = async (who: MemberId, clans: Rivals, cut: boolean): Promise<void> => {
  const { id } = look(clans);
  await must('heists.play', { h: id }, { member: who });
  if (cut) await crash();
  const task = look(clans).heist?.crew.find((one) => one.member === who)?.task;
  if (task === undefined) return;
  const press = { h: id, k: task.id };
  const as = { member: who };
  if (task.kind === 'pattern') await must('heists.choose', { ...press, chosen: task.answer }, as);
  else if (task.kind === 'reaction') await must('heists.press', { ...press, v: task.answer }, as);
  else await must('heists.type', { ...press, typed: task.answer }, as);
};

describe('a heist with a team', () => {
  test('goes on after a power cut in each of its stages, and is settled once', async () => {
    const clans = await rivals();
    await goTo(sunday);
    await must('heists.team', await planned());
    await crash();
    const { id: h } = look(clans);
    await must('heists.pick', { h, p: 1, chosen: carol });
    await crash();
    await must('heists.ask', { h });
    await crash();
    await must('heists.accept', { h }, { member: carol });
    await crash();
    expect(look(clans).heist?.stage).toBe('roles');
    await must('heists.assign', { h });
    await crash();
    await must('heists.start', { h });
    await crash();
    expect(look(clans)).toMatchObject({ purses: [14_400, 10_000, 19_400], treasuries: [5_000, 10_000] });
    for (let turn = 0; look(clans).heist !== undefined; turn += 1) {
      await solve(turn % 2 === 0 ? alice : carol, clans, turn % 3 === 0);
      if (turn > 100) throw new Error('it comes to an end');
    }
    const settled = { purses: [15_200, 10_000, 20_200], treasuries: [8_600, 6_000] };
    expect(look(clans)).toMatchObject(settled);
    await crash();
    await must('heists.look', { h });
    await must('heists.play', { h });
    await wait(60 * minuteMs);
    const after = look(clans);
    expect(after).toMatchObject(settled);
    expect(after.past).toHaveLength(1);
    expect(after.past[0]).toMatchObject({ outcome: 'won', taken: 4_000, shared: 400 });
    expect(await refusal('heists.plan', { target: 'Others' })).toBe('economy.heist.tried');
  });

  test('lapses by its timers after a power cut: a task, then the phase, once', async () => {
    const clans = await rivals();
    await goTo(sunday);
    await must('heists.team', await planned());
    const { id: h } = look(clans);
    await must('heists.pick', { h, p: 1, chosen: carol });
    await must('heists.ask', { h });
    await must('heists.accept', { h }, { member: carol });
    await must('heists.assign', { h });
    await must('heists.start', { h });
    await must('heists.play', { h });
    await crash();
    await wait(minuteMs);
    expect(look(clans).heist).toMatchObject({ mistakes: 1, noise: 40 });
    await crash();
    await wait(9 * minuteMs);
    const lost = { purses: [14_400, 10_000, 19_400], treasuries: [5_000, 11_200] };
    expect(look(clans)).toMatchObject({ ...lost, heist: undefined });
    await crash();
    await wait(60 * minuteMs);
    expect(look(clans)).toMatchObject(lost);
    expect(look(clans).past).toHaveLength(1);
  });

  test('that was not started when the power was cut costs nothing at its deadline', async () => {
    const clans = await rivals();
    await goTo(sunday);
    const before = look(clans);
    await must('heists.team', await planned());
    await crash();
    await wait(2 * minuteMs);
    expect(look(clans)).toMatchObject({ purses: before.purses, treasuries: before.treasuries, past: [] });
    await planned();
  });
});

describe('a heist alone', () => {
  test('whose two last answers come at the same moment is settled once', async () => {
    const clans = await rivals();
    await goTo(sunday);
    const press = await planned();
    const both = await Promise.all([refusal('heists.solo', press), refusal('heists.solo', press)]);
    expect(both).toEqual([undefined, 'economy.heist.open']);
    const { id: h } = look(clans);
    for (let turn = 0; look(clans).heist !== undefined; turn += 1) {
      await must('heists.approach', { h, way: 'stealth' });
      const task = look(clans).heist?.crew[0]?.task;
      const answer = { h, k: task?.id, chosen: task?.answer };
      await Promise.all([must('heists.choose', answer), must('heists.choose', answer)]);
      if (turn > 100) throw new Error('it comes to an end');
    }
    const { past, treasuries, purses } = look(clans);
    expect(past).toHaveLength(1);
    expect(treasuries[0]).toBe(past[0]?.outcome === 'won' ? 8_600 : 5_000);
    expect(purses[0]).toBe(past[0]?.outcome === 'won' ? 15_400 : 13_800);
    await crash();
    expect(look(clans)).toMatchObject({ treasuries, purses });
  });

  test('that the bot was away from too long gives everything back', async () => {
    const clans = await rivals();
    await goTo(sunday);
    await must('heists.solo', await planned());
    await crash();
    await wait(30 * minuteMs);
    const seen = look(clans);
    expect(seen).toMatchObject({ purses: [15_000, 10_000, 20_000], treasuries: [5_000, 10_000] });
    expect(seen.past[0]).toMatchObject({ outcome: 'void', reason: 'down' });
    await planned();
  });
});

test('two servers at once: each has its own heist, by its own ids', async () => {
  const here = await rivals();
  const there = await rivals(elsewhere);
  await goTo(sunday);
  await must('core.settings.set', { key: 'core.timezone', value: 'Pacific/Kiritimati' }, { guild: elsewhere });
  await must('heists.solo', await planned());
  const { id: h } = look(here);
  expect(await refusal('heists.plan', { target: 'Others' }, { guild: elsewhere })).toBe('economy.heist.not-sunday');
  expect(await refusal('heists.play', { h }, { guild: elsewhere })).toBe('economy.heist.gone');
  await must('core.settings.set', { key: 'core.timezone', value: 'UTC' }, { guild: elsewhere });
  await must('heists.team', await planned(elsewhere), { guild: elsewhere });
  await crash();
  await wait(3 * minuteMs);
  expect(look(here)).toMatchObject({ treasuries: [5_000, 11_200], purses: [13_800, 10_000, 20_000] });
  expect(look(there, elsewhere)).toMatchObject({ treasuries: [5_000, 10_000], past: [] });
});

test('treasuries are noted by the calendar, and a heist asks what they held', async () => {
  const clans = await rivals();
  await goTo(Date.UTC(2026, 0, 17));
  await goTo(Date.UTC(2026, 0, 17, 12));
  await goTo(Date.UTC(2026, 0, 18));
  await crash();
  // What comes on Sunday counts for what can be taken neither at once nor later that day.
  await must('economy.clan.deposit', { amount: '10000' }, { member: bob });
  await goTo(sunday);
  expect(look(clans).treasuries[1]).toBe(20_000);
  const { plan } = (await must('heists.plan', { target: 'Others', amount: 15_000 })) as {
    readonly plan: { readonly amount: number };
  };
  expect(plan.amount).toBe(7_500);
});
