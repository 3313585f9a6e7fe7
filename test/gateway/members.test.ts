import type { GatewayRequestGuildMembers } from 'discord-api-types/v10';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createMemberLookup, MembersUnknownError } from '../../src/gateway/members.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { type GuildId, guildId, type MemberId } from '../../src/kernel/ids.ts';
import { type EffectsHouse, openEffectsHouse } from './effects-house.ts';

const strangers = (count: number): MemberId[] =>
  Array.from({ length: count }, (_, place) => `${300_000_000_000_000_000n + BigInt(place)}` as MemberId);

describe('who is there, over the real client', () => {
  let house: EffectsHouse;
  const told: unknown[] = [];
  const watched: { guild?: GuildId; people: readonly MemberId[] } = { people: [] };
  const tell =
    (what: string) =>
    (...about: unknown[]): void =>
      void told.push([what, ...about]);

  beforeAll(async () => {
    house = await openEffectsHouse({
      memberships: {
        onMemberLeft: tell('left'),
        onMemberJoined: tell('joined'),
        onGuildLeft: tell('guild left'),
        onGuildSeen: (seen, how) => {
          told.push(['guild seen', seen, how]);
          if (how === 'available' && seen === watched.guild) {
            house.discord.membersPresent(seen, watched.people).then(
              (present) => void told.push(['present', present]),
              (error: unknown) => void told.push(['not known', String(error)]),
            );
          }
        },
        onShardReady: (listed, isOfShard) => told.push(['ready', [...listed], [...listed].every(isOfShard)]),
      },
    });
  });
  afterAll(() => house.stop());
  beforeEach(() => {
    told.length = 0;
  });

  test('members are told from strangers, in several questions', async () => {
    const { guild, people } = await house.settle(130);
    const asked = [...strangers(130), ...(people as MemberId[]), ...(people as MemberId[])];
    expect(await house.discord.membersPresent(guild, asked)).toEqual(new Set(people));
    expect(await house.discord.membersPresent(guild, [])).toEqual(new Set());
  });

  test('fault 34: who left while the session was lost is not told, and is found out after the new login', async () => {
    const { guild, people } = await house.settle(3);
    await expect.poll(() => told).toContainEqual(['guild seen', guild, 'available']);
    told.length = 0;
    Object.assign(watched, { guild, people });
    await house.call('POST', '/gateway', { action: 'invalid-session' });
    await house.call('DELETE', `/guilds/${guild}/members/${people[2]}`);
    await expect.poll(() => told, { timeout: 20_000 }).toContainEqual(['guild seen', guild, 'available']);
    expect(told.filter((one) => (one as string[])[0] === 'left')).toEqual([]);
    expect(told[0]).toEqual(['ready', expect.arrayContaining([guild]), true]);
    expect(told).toContainEqual(['guild seen', guild, 'listed']);
    await expect.poll(() => told).toContainEqual(['present', new Set(people.slice(0, 2))]);
  });

  test('each shard lists the servers that are its own, and members of any can be asked for', async () => {
    const shards: { readonly listed: ReadonlySet<GuildId>; readonly isOfShard: (one: GuildId) => boolean }[] = [];
    const nothing = (): void => undefined;
    const deaf = { onMemberLeft: nothing, onMemberJoined: nothing, onGuildLeft: nothing, onGuildSeen: nothing };
    const other = await openEffectsHouse({
      shards: 2,
      memberships: { ...deaf, onShardReady: (listed, isOfShard) => void shards.push({ listed, isOfShard }) },
    });
    const made = await Promise.all(Array.from({ length: 4 }, () => other.settle(1)));
    for (const { guild, people } of made) {
      expect(await other.discord.membersPresent(guild, people as MemberId[])).toEqual(new Set(people));
    }
    const isOfOne = made.map(({ guild }) => shards.filter(({ isOfShard }) => isOfShard(guild)).length);
    expect(isOfOne).toEqual([1, 1, 1, 1]);
    shards.length = 0;
    await other.call('POST', '/gateway', { action: 'invalid-session' });
    await expect.poll(() => shards.length, { timeout: 20_000 }).toBe(2);
    expect(shards.map(({ listed, isOfShard }) => [...listed].every(isOfShard))).toEqual([true, true]);
    const all = new Set(shards.flatMap(({ listed }) => [...listed]));
    expect(made.every(({ guild }) => all.has(guild))).toBe(true);
    await other.stop();
  });

  test('fault 34: nothing is known while the bot is not connected', async () => {
    const other = await openEffectsHouse();
    const { guild, people } = await other.settle(1);
    await other.stop();
    await expect(other.discord.membersPresent(guild, people as MemberId[])).rejects.toThrow(MembersUnknownError);
  });
});

describe('asking', () => {
  const guild: GuildId = guildId('200000000000000001');
  type Question = { readonly nonce?: string; readonly user_ids: readonly string[] };

  const start = (answer: (question: Question, lookup: ReturnType<typeof createMemberLookup>) => void) => {
    const sent: Question[] = [];
    const pauses: number[] = [];
    const lookup = createMemberLookup(
      {
        shardOf: () => 0,
        send: (_shard, { d }) => {
          const question = d as GatewayRequestGuildMembers['d'] & Question;
          sent.push(question);
          answer(question, lookup);
        },
      },
      // A clock that stands still: all of this happens within one second.
      { now: systemClock().now, monotonicMs: () => 0 },
      async (ms) => void pauses.push(ms),
    );
    return { lookup, sent, pauses };
  };
  const chunk = ({ nonce, user_ids }: Question, index = 0, count = 1) => ({
    guild_id: guild,
    members: [],
    chunk_index: index,
    chunk_count: count,
    not_found: [...user_ids],
    nonce: nonce ?? '',
  });

  test('is done in hundreds, at a pace that leaves room below 120 packets a minute', async () => {
    const { lookup, sent, pauses } = start((question, to) => to.takeChunk(chunk(question)));
    expect(await lookup.present(guild, strangers(10_000))).toEqual(new Set());
    expect(sent.map(({ user_ids }) => user_ids.length)).toEqual(Array.from({ length: 100 }, () => 100));
    expect(pauses).toEqual(Array.from({ length: 10 }, () => 60_000));
  });

  test.each<[string, Parameters<typeof start>[0]]>([
    [
      'leaves somebody out',
      (question, to) => to.takeChunk({ ...chunk(question), not_found: [...question.user_ids].slice(1) }),
    ],
    ['declines', ({ nonce }, to) => to.takeRefusal(nonce ?? '')],
    [
      'is not reached',
      () => {
        throw new MembersUnknownError('not connected');
      },
    ],
  ])('fault 34: when Discord %s, nobody is taken for gone', async (_what, answer) => {
    await expect(start(answer).lookup.present(guild, strangers(3))).rejects.toThrow(MembersUnknownError);
  });

  test('fault 34: when no answer comes, nobody is taken for gone', async () => {
    vi.useFakeTimers();
    try {
      const { lookup } = start((question, to) => to.takeChunk(chunk({ ...question, nonce: 'another' })));
      const failed = expect(lookup.present(guild, strangers(3))).rejects.toThrow(MembersUnknownError);
      await vi.advanceTimersByTimeAsync(15_000);
      await failed;
    } finally {
      vi.useRealTimers();
    }
  });

  test('an answer in parts is taken as a whole', async () => {
    const [first = '', second = ''] = strangers(2);
    const { lookup } = start((question, to) => {
      to.takeChunk({ ...chunk(question, 0, 2), not_found: [], members: [{ user: { id: first } }] as never });
      to.takeChunk({ ...chunk(question, 1, 2), not_found: [second] });
    });
    expect(await lookup.present(guild, strangers(2))).toEqual(new Set([first]));
  });
});
