// What the gateway sees, told to real guilds' actors over a real store.
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Errand } from '../../src/actors/request.ts';
import { forgettingFeature } from '../../src/forgetting/index.ts';
import { type MembershipEvents, type MembershipParts, membershipEvents } from '../../src/forgetting/membership.ts';
import type { Roll } from '../../src/forgetting/roll.ts';
import { type GuildId, guildId, type MemberId, marketRealm } from '../../src/kernel/ids.ts';
import { freshDisks, type House, openHouse } from '../house/house.ts';
import { alice, bob, carol, hash, member } from './ground.ts';
import { purse } from './purse.ts';

const one = guildId('100000000000000001');
const two = guildId('100000000000000002');
const three = guildId('100000000000000003');

let house: House;
beforeEach(async () => {
  house = await openHouse(freshDisks(), {
    features: [purse, forgettingFeature({ registry: () => house.registry, hash, guildRetentionDays: 30 })],
  });
});
afterEach(() => house.stop());

const run = async (guild: GuildId, name: string, input: unknown): Promise<unknown> => {
  const operation = house.registry.operations.get(name);
  if (operation === undefined) throw new Error(`no operation ${name}`);
  const answer = await house.directory.run({ guild, operation, input });
  if ('refused' in answer) throw new Error(answer.refused);
  return answer.done;
};
const settle = async (guild: GuildId, ...members: readonly MemberId[]): Promise<void> => {
  for (const who of members) await run(guild, 'purse.give', { member: who, times: 0 });
};
const departed = async (guild: GuildId): Promise<readonly MemberId[]> =>
  ((await run(guild, 'core.members', { departed: true })) as Roll).members.map(({ member: who }) => who);

/** Events over the house, where everybody is present unless said, with what was asked and told. */
const listen = (
  wishes: {
    readonly present?: MembershipParts['membersPresent'];
    readonly stored?: readonly GuildId[];
    /** Errands that are answered "busy" first. */
    readonly busy?: number;
  } = {},
) => {
  const asked: { readonly guild: GuildId; readonly members: readonly MemberId[] }[] = [];
  const told: string[] = [];
  let busy = wishes.busy ?? 0;
  const directory: MembershipParts['directory'] = {
    run: (errand: Errand) => {
      told.push(`${errand.operation.name} ${errand.guild}`);
      if (busy === 0) return house.directory.run(errand);
      busy -= 1;
      return Promise.resolve({ refused: 'core.busy', with: {} });
    },
  };
  const events: MembershipEvents = membershipEvents({
    directory,
    registry: house.registry,
    log: pino({ level: 'silent' }),
    membersPresent: (guild, members) => {
      asked.push({ guild, members });
      return wishes.present?.(guild, members) ?? Promise.resolve(new Set(members));
    },
    store: {
      storedGuilds: (after, limit) =>
        (wishes.stored ?? []).filter((guild) => after === undefined || guild > after).slice(0, limit),
      mayHaveRows: (guild, collection) => house.store.mayHaveRows(guild, collection),
    },
    pause: () => new Promise((resolve) => setImmediate(resolve)),
  });
  return { events, asked, told };
};

describe('what the gateway sees', () => {
  test('is told in its order, also to a guild that is busy at first', async () => {
    await settle(one, alice, bob);
    const { events } = listen({ busy: 3 });
    events.onMemberLeft(one, alice);
    events.onMemberLeft(one, bob);
    events.onMemberJoined(one, bob);
    events.onMemberJoined(one, alice);
    events.onMemberLeft(one, alice);
    await events.idle();
    expect(await departed(one)).toEqual([alice]);
  });

  test('is given up where a guild stays busy, and what comes later is told still', async () => {
    await settle(one, alice, bob);
    const { events, told } = listen({ busy: 5 });
    events.onMemberLeft(one, alice);
    events.onMemberLeft(one, bob);
    await events.idle();
    expect(told).toHaveLength(6);
    expect(await departed(one)).toEqual([bob]);
  });

  test('is told in one guild and means nothing in another', async () => {
    await settle(one, alice);
    await settle(two, alice);
    const { events } = listen();
    events.onMemberLeft(one, alice);
    await events.idle();
    expect([await departed(one), await departed(two)]).toEqual([[alice], []]);
  });

  test('is told no more after the stop', async () => {
    await settle(one, alice);
    const { events, told } = listen({ busy: 1000 });
    events.onMemberLeft(one, alice);
    events.onGuildSeen(one, 'available');
    await events.stop();
    const before = told.length;
    events.onMemberLeft(one, alice);
    events.onGuildSeen(one, 'available');
    await events.idle();
    expect(told.length).toBe(before);
    expect(before).toBeLessThan(10);
  });
});

describe('a server that is seen', () => {
  test('has those hidden who left while nobody looked, and those welcomed who came back', async () => {
    const gone = new Set([alice, member(170)]);
    const everybody = Array.from({ length: 250 }, (_, number) => member(number + 1));
    await settle(one, ...everybody);
    await run(one, 'core.member-left', { member: member(7) });
    const { events, asked } = listen({
      present: (_, members) => Promise.resolve(new Set(members.filter((who) => !gone.has(who)))),
    });
    events.onGuildSeen(one, 'available');
    await events.idle();
    expect(await departed(one)).toEqual([alice, member(170)]);
    // Whoever is said to have left comes first; then everybody with rows, once, at most a hundred at a time.
    expect(asked[0]?.members).toEqual([member(7)]);
    const rest = asked.slice(1).flatMap(({ members }) => members);
    expect(rest).toEqual(everybody);
    expect(Math.max(...asked.map(({ members }) => members.length))).toBe(100);
  });

  test('is not woken where there is nothing of it, nor to be kept where it is not about to go', async () => {
    await settle(one, alice);
    await house.directory.settled();
    await house.store.snapshot();
    house.directory.evictIdle(-1);
    const { events, asked, told } = listen();
    events.onGuildSeen(one, 'available');
    events.onGuildSeen(two, 'available');
    events.onMemberJoined(two, alice);
    events.onMemberLeft(two, alice);
    events.onGuildLeft(three);
    await events.idle();
    expect(asked).toEqual([{ guild: one, members: [alice] }]);
    expect(new Set(told)).toEqual(new Set([`core.members ${one}`]));
    expect(house.directory.actorsInMemory()).toBe(1);
  });

  test('is left alone while it is only listed, or in an outage', async () => {
    await settle(one, alice);
    const { events, asked } = listen();
    events.onGuildSeen(one, 'listed');
    await events.idle();
    expect(asked).toEqual([]);
  });

  test('has nobody hidden when Discord does not say who is there', async () => {
    await settle(one, alice, bob);
    await settle(two, alice);
    const { events } = listen({
      present: (guild) => (guild === one ? Promise.reject(new Error('an outage')) : Promise.resolve(new Set())),
    });
    events.onGuildSeen(one, 'available');
    events.onGuildSeen(two, 'available');
    await events.idle();
    expect([await departed(one), await departed(two)]).toEqual([[], [alice]]);
  });

  test('has nobody hidden who came back while Discord was answering', async () => {
    await settle(one, alice, bob);
    const { events } = listen({
      present: () => {
        events.onMemberJoined(one, alice);
        return Promise.resolve(new Set());
      },
    });
    events.onGuildSeen(one, 'available');
    await events.idle();
    expect(await departed(one)).toEqual([bob]);
  });

  test('waits until those said to have left were asked for everywhere', async () => {
    for (const guild of [one, two, three]) {
      await settle(guild, alice, carol);
      await run(guild, 'core.member-left', { member: carol });
    }
    const { events, asked } = listen();
    for (const guild of [one, two, three]) events.onGuildSeen(guild, 'available');
    await events.idle();
    expect(asked.map(({ guild, members }) => [guild, members.length])).toEqual([
      ...[one, two, three].map((guild) => [guild, 1]),
      ...[one, two, three].map((guild) => [guild, 2]),
    ]);
  });

  test('had its removal undone, and one that a login does not list begins one', async () => {
    for (const guild of [one, two, three]) await settle(guild, alice);
    const { events, told } = listen({ stored: [marketRealm, one, two, three] });
    await run(one, 'core.guild-left', {});
    events.onGuildSeen(one, 'listed');
    // Three belongs to a shard that did not log in.
    events.onShardReady(new Set([one]), (guild) => guild !== three);
    await events.idle();
    house.clock.now = (house.clock.now + 30 * 24 * 60 * 60_000) as House['clock']['now'];
    await house.directory.settled();
    for (const guild of [one, two, three]) house.directory.runDue(guild);
    await house.directory.settled();
    const left: number[] = [];
    for (const guild of [one, two, three]) {
      left.push(((await run(guild, 'core.members', { departed: false })) as Roll).members.length);
    }
    expect(left).toEqual([1, 0, 1]);
    expect(told).toEqual([`core.guild-seen ${one}`, `core.guild-left ${two}`]);
  });

  test('has its roll read to the end whatever ids are in it, and whoever has many rows is named once', async () => {
    const ids = ['10000000000000001', '100000000000000010', '1000000000000000100', '99999999999999999'] as MemberId[];
    const sorted = ids.toSorted();
    await settle(one, ...ids);
    for (const who of ids) await run(one, 'purse.note', { member: who, times: 130 });
    const { events, asked } = listen();
    events.onGuildSeen(one, 'available');
    await events.idle();
    expect(asked.flatMap(({ members }) => members)).toEqual(sorted);
  });
});
