import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { show } from '../../src/kernel/card.ts';
import type { GuildId } from '../../src/kernel/ids.ts';
import { rowId } from '../../src/kernel/ids.ts';
import { type EffectsHouse, openEffectsHouse, type Said } from './effects-house.ts';
import { figureCard } from './house.ts';

// Effects over the real discord.js client and the local Discord.

let house: EffectsHouse;
let guild: GuildId;
let channel: string;
let people: readonly string[];

beforeAll(async () => {
  house = await openEffectsHouse();
  ({ guild, channel, people } = await house.settle(3));
});
afterAll(() => house.stop());
beforeEach(() => {
  house.lines.length = 0;
});

const figure = (value: number) => show(figureCard, { figure: value });
const post = (value: number, more: object = {}, into = channel) =>
  house.perform(guild, 'discord.post', { channel: into, card: figure(value) }, more);
const said = async (): Promise<readonly string[]> =>
  (await house.messages(guild, channel)).map(({ content }) => content);
const newChannel = async (): Promise<string> =>
  (await house.call<{ id: string }>('POST', `/guilds/${guild}/channels`, { name: 'news' })).id;
const idOf = (performance: unknown): string =>
  (performance as { readonly done: { readonly message: string } }).done.message;

describe('a post', () => {
  test('says its card, in order, and gives the message', async () => {
    const all = await Promise.all([1_001, 1_002, 1_003].map((value) => post(value)));
    const messages = await house.messages(guild, channel);
    expect(messages.map(({ id, content }) => [id, content])).toEqual(
      ['1,001', '1,002', '1,003'].map((content, place) => [idOf(all[place]), content]),
    );
  });

  test.each([
    ['at once, as Discord knows its nonce', 0],
    ['after Discord has forgotten its nonce, as it is found in the channel', 20 * 60_000],
  ])('performed again %s is the same message', async (_when, advanceMs) => {
    const id = rowId(7_000_000 + advanceMs);
    const first = await post(2_000 + advanceMs, { id });
    await house.call('POST', '/clock', { advanceMs });
    expect(await post(2_000 + advanceMs, { id, repeated: true })).toEqual(first);
    const messages = await house.messages(guild, channel);
    expect(messages.filter((message) => message.id === idOf(first)).length).toBe(1);
    expect(new Set(await said()).size).toBe(messages.length);
  });

  test('that says what another one said an hour ago is a message of its own', async () => {
    const first = await post(3_000);
    await house.call('POST', '/clock', { advanceMs: 3_600_000 });
    const second = await post(3_000, { repeated: true });
    expect(idOf(second)).not.toBe(idOf(first));
  });

  test('is not found in what somebody else wrote', async () => {
    await house.call('POST', `/guilds/${guild}/messages`, { user: people[0], content: '4,000' });
    await post(4_000, { repeated: true });
    expect((await said()).filter((content) => content === '4,000').length).toBe(2);
  });

  test('into the channel of another server is not made', async () => {
    const other = await house.settle(1);
    expect(await post(5_000, {}, other.channel)).toEqual({ failed: 'forbidden' });
    expect(await house.messages(other.guild, other.channel)).toEqual([]);
  });

  test.each([
    ['a card that throws', { card: figure(-1) }],
    ['a card that nobody declares (any more)', { card: { card: 'test.gone', value: 1 } }],
    ['a payload of another form', { card: figure(1), surprise: true }],
  ])('of %s is rejected and logged', async (_what, payload) => {
    expect(await house.perform(guild, 'discord.post', { channel, ...payload })).toEqual({ failed: 'rejected' });
    expect(house.lines).toMatchObject([{ level: 50, kind: 'discord.post' }]);
  });
});

test('a kind that nothing performs is rejected and logged', async () => {
  expect(await house.perform(guild, 'discord.dance', {})).toEqual({ failed: 'rejected' });
  expect(house.lines).toMatchObject([{ level: 50, kind: 'discord.dance' }]);
});

test('an edit takes the place of what was posted', async () => {
  const message = idOf(await post(6_000));
  const payload = { channel, message, card: figure(6_001) };
  expect(await house.perform(guild, 'discord.edit', payload)).toEqual({ done: {} });
  expect((await house.messages(guild, channel)).find(({ id }) => id === message)?.content).toBe('6,001');
});

describe('a direct message', () => {
  const tell = (member: string | undefined, value: number) =>
    house.perform(guild, 'discord.direct-message', { member, card: figure(value) });

  test('is in the language of who reads it, once they have said it', async () => {
    const { id } = await house.call<{ id: string }>('POST', `/guilds/${guild}/members`, { name: 'Jo', locale: 'de' });
    await tell(id, 1_000);
    await house.call('POST', `/guilds/${guild}/commands`, { user: id, command: 'panel' });
    await tell(id, 1_000);
    const messages = await house.call<readonly Said[]>('GET', `/users/${id}/messages`);
    expect(messages.map(({ content }) => content)).toEqual(['1,000', '1.000']);
  });

  test('to somebody who closed them is forbidden, and to nobody else', async () => {
    const [, closed, open] = people;
    await house.call('PATCH', `/users/${closed}`, { directMessages: false });
    expect(await tell(closed, 1)).toEqual({ failed: 'forbidden' });
    expect(await tell(open, 1)).toMatchObject({ done: { message: expect.any(String) } });
  });

  test('to somebody who left every server is forbidden, to somebody who never was is gone', async () => {
    const { id } = await house.call<{ id: string }>('POST', `/guilds/${guild}/members`, { name: 'Leaver' });
    await house.call('DELETE', `/guilds/${guild}/members/${id}`);
    expect(await tell(id, 1)).toEqual({ failed: 'forbidden' });
    expect(await tell('123456789012345678', 1)).toEqual({ failed: 'gone' });
  });
});

describe('roles', () => {
  const make = async (body: object): Promise<string> =>
    (await house.call<{ id: string }>('POST', `/guilds/${guild}/roles`, body)).id;
  const change = (kind: 'give' | 'take', role: string, member = people[0]) =>
    house.perform(guild, `discord.${kind}-role`, { member, role, reason: 'a prize ✓' });
  const rolesOf = async (member = people[0]) =>
    (await house.guildNow(guild)).members.find(({ id }) => id === member)?.roles;

  test('are given and taken, also twice', async () => {
    const role = await make({ name: 'Winner' });
    for (const kind of ['give', 'give'] as const) expect(await change(kind, role)).toEqual({ done: {} });
    expect(await rolesOf()).toContain(role);
    for (const kind of ['take', 'take'] as const) expect(await change(kind, role)).toEqual({ done: {} });
    expect(await rolesOf()).not.toContain(role);
  });

  test('fault 42: above the bot, of a bot, or everybody’s are not given, and Discord need not refuse it', async () => {
    const above = await make({ name: 'Admin', aboveBot: true });
    const managed = (await house.guildNow(guild)).roles.find(({ name }) => name === 'Guildhall')?.id ?? '';
    const before = (await house.refusals()).length;
    for (const role of [above, managed, guild]) {
      expect(await change('give', role)).toEqual({ failed: 'forbidden' });
      expect(await change('take', role)).toEqual({ failed: 'forbidden' });
    }
    expect((await house.refusals()).length).toBe(before);
    expect(await rolesOf()).toEqual([]);
  });
});

describe('fault 45: what an effect concerns is not there any more, and that is its end', () => {
  const ends: readonly [string, string, () => Promise<object>][] = [
    [
      'a channel',
      'discord.post',
      async () => {
        const gone = await newChannel();
        expect(await post(1, {}, gone)).toMatchObject({ done: {} });
        await house.call('DELETE', `/guilds/${guild}/channels/${gone}`);
        return { channel: gone, card: figure(1) };
      },
    ],
    [
      'a channel nobody ever posted in',
      'discord.post',
      async () => ({ channel: '123456789012345678', card: figure(1) }),
    ],
    ['a message', 'discord.edit', async () => ({ channel, message: '123456789012345678', card: figure(1) })],
    [
      'a role',
      'discord.give-role',
      async () => {
        const { id } = await house.call<{ id: string }>('POST', `/guilds/${guild}/roles`, { name: 'Short-lived' });
        const payload = { member: people[0], role: id, reason: '' };
        expect(await house.perform(guild, 'discord.give-role', payload)).toEqual({ done: {} });
        await house.call('DELETE', `/guilds/${guild}/roles/${id}`);
        return payload;
      },
    ],
    [
      'a member',
      'discord.take-role',
      async () => {
        const { id } = await house.call<{ id: string }>('POST', `/guilds/${guild}/roles`, { name: 'Theirs' });
        return { member: '123456789012345678', role: id, reason: '' };
      },
    ],
  ];
  test.each(ends)('%s (%s)', async (_what, kind, prepare) => {
    const payload = await prepare();
    const before = (await house.refusals()).length;
    expect(await house.perform(guild, kind, payload)).toEqual({ failed: 'gone' });
    // Asked once, and not again and again.
    expect((await house.refusals()).length - before).toBe(1);
  });
});

describe('a limit on the rate', () => {
  test('of a moment is waited for', async () => {
    await house.call('POST', '/faults', { kind: '429', delayMs: 50, route: `POST /channels/${channel}/messages` });
    expect(await post(8_000)).toMatchObject({ done: {} });
  });

  test('of a minute is not: the effect comes later', async () => {
    const limited = await newChannel();
    await house.call('POST', '/faults', { kind: '429', delayMs: 60_000, route: `POST /channels/${limited}/messages` });
    for (const _time of [1, 2]) {
      const { later } = (await post(8_001, {}, limited)) as { readonly later: number };
      expect(later).toBeGreaterThan(50_000);
    }
    expect(await post(8_002)).toMatchObject({ done: {} });
  });
});

test('after the bot has logged out, everything comes later', async () => {
  const other = await openEffectsHouse();
  const there = await other.settle(1);
  await other.stop();
  for (const [kind, payload] of [
    ['post', { channel: there.channel }],
    ['direct-message', { member: there.people[0] }],
  ] as const) {
    const end = await other.perform(there.guild, `discord.${kind}`, { ...payload, card: figure(1) });
    expect(end).toEqual({ later: expect.any(Number) });
  }
});

test('a server error: what does no harm twice comes later, a direct message is not sent again', async () => {
  const route = 'POST /channels';
  await house.call('POST', '/faults', { kind: '500', route });
  expect(await post(9_000)).toEqual({ later: expect.any(Number) });
  await house.call('POST', '/faults', { kind: '500', route });
  const payload = { member: people[0], card: figure(1) };
  expect(await house.perform(guild, 'discord.direct-message', payload)).toEqual({ failed: 'unknown' });
});
