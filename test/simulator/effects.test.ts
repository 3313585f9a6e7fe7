import { Events, Routes } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerWith, closeHouse, connect, firstGuild, type House, openHouse, stateOf } from './house.ts';

// What the bot does unasked, as Discord takes and refuses it.

let house: House;
let here: Awaited<ReturnType<typeof firstGuild>>;

beforeAll(async () => {
  house = await openHouse();
  here = await firstGuild(house);
});
afterAll(() => closeHouse(house));

interface Posted {
  readonly id: string;
  readonly nonce?: string;
}
const post = (channel: string, body: object): Promise<Posted> =>
  house.client.rest.post(Routes.channelMessages(channel), { body }) as Promise<Posted>;
const list = (channel: string): Promise<readonly Posted[]> =>
  house.client.rest.get(Routes.channelMessages(channel)) as Promise<readonly Posted[]>;
const guildNow = async () => {
  const found = (await stateOf(house)).guilds.find(({ id }) => id === here.id);
  if (found === undefined) throw new Error('the server is there');
  return found;
};
const role = (user: string, id: string) => Routes.guildMemberRole(here.id, user, id);

describe('a nonce', () => {
  test('that is enforced gives the message that was posted with it, for some minutes', async () => {
    const first = await post(here.channel, { content: 'once', nonce: 'n1', enforce_nonce: true });
    const second = await post(here.channel, { content: 'twice', nonce: 'n1', enforce_nonce: true });
    expect([first.nonce, second]).toEqual(['n1', expect.objectContaining({ id: first.id, content: 'once' })]);
    await house.call('POST', '/clock', { advanceMs: 300_000 });
    const third = await post(here.channel, { content: 'later', nonce: 'n1', enforce_nonce: true });
    expect(third.id).not.toBe(first.id);
  });

  test('is told with the message when it is made, and not kept with it', async () => {
    const told = new Promise((resolve) => {
      house.client.once(Events.MessageCreate, (message) => resolve(message.nonce));
    });
    const { id } = await post(here.channel, { content: 'x', nonce: 'n2' });
    expect(await told).toBe('n2');
    expect((await list(here.channel)).find((one) => one.id === id)).not.toHaveProperty('nonce');
  });

  test('that is not enforced hinders nothing; one whose message was deleted does', async () => {
    const first = await post(here.channel, { content: 'x', nonce: 'n3' });
    const second = await post(here.channel, { content: 'x', nonce: 'n3' });
    expect(second.id).not.toBe(first.id);
    await house.client.rest.delete(Routes.channelMessage(here.channel, second.id));
    const third = post(here.channel, { content: 'x', nonce: 'n3', enforce_nonce: true });
    await expect(third).rejects.toMatchObject({ code: 10_008 });
  });

  test('of more than 25 characters is refused', async () => {
    await expect(post(here.channel, { content: 'x', nonce: 'x'.repeat(26) })).rejects.toMatchObject({ code: 50_035 });
  });
});

describe('direct messages', () => {
  const open = async (user: string): Promise<string> =>
    ((await house.client.rest.post(Routes.userChannels(), { body: { recipient_id: user } })) as Posted).id;

  test('reach who takes them, and nobody who closed them', async () => {
    const channel = await open(here.first);
    await house.call('PATCH', `/users/${here.first}`, { directMessages: false });
    await expect(post(channel, { content: 'x' })).rejects.toMatchObject({ status: 403, code: 50_007 });
    expect((await guildNow()).members.find(({ id }) => id === here.first)).toMatchObject({ directMessages: false });
    await house.call('PATCH', `/users/${here.first}`, { directMessages: true });
    await post(channel, { content: 'hello' });
    const { body } = await house.call('GET', `/users/${here.first}/messages`);
    expect(body).toMatchObject([{ content: 'hello' }]);
  });

  test('reach nobody who shares no server with the bot', async () => {
    const stranger = (await house.call('POST', `/guilds/${here.id}/members`, { name: 'Stranger' })).body.id;
    const channel = await open(stranger);
    await house.call('DELETE', `/guilds/${here.id}/members/${stranger}`);
    await expect(post(channel, { content: 'x' })).rejects.toMatchObject({ status: 403, code: 50_278 });
  });

  test('are opened with people only', async () => {
    const robot = here.guild.members.find(({ name }) => name === 'Clockwork')?.id ?? '';
    await expect(open(robot)).rejects.toMatchObject({ code: 50_007 });
    await expect(open('123456789012345678')).rejects.toMatchObject({ code: 50_033 });
  });

  test('have buttons that can be pressed, by the person they were sent to', async () => {
    const channel = await open(here.second);
    const button = { type: 2, style: 1, label: 'Yes', custom_id: 'yes' };
    const menu = { type: 5, custom_id: 'who' };
    const rows = [button, menu].map((one) => ({ type: 1, components: [one] }));
    const { id } = await post(channel, { content: 'Well?', components: rows });
    const errors = answerWith(house.client, async (interaction) => {
      if (interaction.isButton()) {
        await interaction.update({ content: `${interaction.inGuild()} ${interaction.user.id}`, components: [] });
      }
      if (interaction.isUserSelectMenu()) await interaction.reply(interaction.users.map((user) => user.id).join());
    });
    const press = (user: string, more: object) =>
      house.call('POST', `/direct-messages/${user}/components`, { message: id, ...more });
    expect((await press(here.first, { customId: 'yes' })).body.error.code).toBe('unknown_message');
    expect((await press(here.second, { customId: 'no' })).body.error.code).toBe('unknown_component');
    const chosen = await press(here.second, { customId: 'who', values: [here.first] });
    expect(chosen.body.message.content).toBe(here.first);
    const { body } = await press(here.second, { customId: 'yes' });
    expect(body).toMatchObject({ answered: true, message: { id, content: `false ${here.second}` } });
    const again = await house.call('POST', '/redeliver', { interactionId: body.interactionId });
    expect(again.body.callbacks).toMatchObject([{ code: 40_060 }]);
    await expect.poll(() => errors.length).toBe(1);
  });

  test('go to the first shard alone', async () => {
    const sharded = await connect(house.simulator.url, { shards: 2 });
    const shards: number[] = [];
    sharded.ws.on('INTERACTION_CREATE' as never, ((_data: unknown, shard: number) => shards.push(shard)) as never);
    const channel = await open(here.second);
    const row = { type: 1, components: [{ type: 2, style: 1, label: 'Yes', custom_id: 'yes' }] };
    const { id } = await post(channel, { content: 'Well?', components: [row] });
    answerWith(house.client, async (interaction) => {
      if (interaction.isButton()) await interaction.deferUpdate();
    });
    await house.call('POST', `/direct-messages/${here.second}/components`, { message: id, customId: 'yes', waitMs: 1 });
    await expect.poll(() => shards).toEqual([0]);
    await sharded.destroy();
  });
});

describe('roles', () => {
  const made = async (body: object): Promise<string> =>
    (await house.call('POST', `/guilds/${here.id}/roles`, body)).body.id;

  test('below the bot are given and taken, and everybody is told', async () => {
    const id = await made({ name: 'Winner' });
    await house.client.rest.put(role(here.first, id));
    expect((await guildNow()).members.find((one) => one.id === here.first)?.roles).toContain(id);
    await house.client.rest.delete(role(here.first, id));
    expect((await guildNow()).members.find((one) => one.id === here.first)?.roles).not.toContain(id);
  });

  test('above the bot are not, whatever was made since', async () => {
    const above = await made({ name: 'Admin', aboveBot: true });
    const below = await made({ name: 'Later' });
    await expect(house.client.rest.put(role(here.first, above))).rejects.toMatchObject({ code: 50_013 });
    await expect(house.client.rest.delete(role(here.first, above))).rejects.toMatchObject({ code: 50_013 });
    await house.client.rest.put(role(here.first, below));
    const positions = (await guildNow()).roles.map(({ position }) => position);
    expect(new Set(positions).size).toBe(positions.length);
  });

  test('that were deleted are not known, and nobody has them', async () => {
    const id = await made({ name: 'Short-lived' });
    await house.client.rest.put(role(here.first, id));
    const told = new Promise((resolve) => {
      house.client.once(Events.GuildRoleDelete, (gone) => resolve(gone.id));
    });
    expect((await house.call('DELETE', `/guilds/${here.id}/roles/${id}`)).status).toBe(200);
    expect(await told).toBe(id);
    expect((await guildNow()).members.find((one) => one.id === here.first)?.roles).not.toContain(id);
    await expect(house.client.rest.put(role(here.first, id))).rejects.toMatchObject({ code: 10_011 });
    expect((await house.call('DELETE', `/guilds/${here.id}/roles/${id}`)).status).toBe(404);
    expect((await house.call('DELETE', `/guilds/${here.id}/roles/${here.id}`)).status).toBe(409);
  });
});

test('a channel that was deleted is not known, and the bot is told', async () => {
  const { id } = (await house.call('POST', `/guilds/${here.id}/channels`, { name: 'news' })).body;
  await expect.poll(() => house.client.channels.cache.has(id)).toBe(true);
  await post(id, { content: 'x' });
  expect((await house.call('DELETE', `/guilds/${here.id}/channels/${id}`)).status).toBe(200);
  await expect.poll(() => house.client.channels.cache.has(id)).toBe(false);
  await expect(post(id, { content: 'x' })).rejects.toMatchObject({ status: 404, code: 10_003 });
  expect((await guildNow()).channels.map((one) => one.id)).not.toContain(id);
  expect((await house.call('DELETE', `/guilds/${here.id}/channels/${id}`)).status).toBe(404);
});

test('the events tell of posts, direct messages, roles and channels', async () => {
  const watching = new AbortController();
  const response = await fetch(`${house.simulator.url}/sim/events`, { signal: watching.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const { id } = (await house.call('POST', `/guilds/${here.id}/roles`, { name: 'Told' })).body;
  await house.client.rest.put(role(here.second, id));
  await post(here.channel, { content: 'public words' });
  await house.client.users.send(here.second, 'private words');
  const channel = (await house.call('POST', `/guilds/${here.id}/channels`, { name: 'brief' })).body.id;
  await house.call('DELETE', `/guilds/${here.id}/channels/${channel}`);
  let told = '';
  while (!told.includes('event: channel.delete\n')) told += (await reader?.read())?.value ?? '';
  const kinds = [...told.matchAll(/^event: (.+)$/gm)].map(([, kind]) => kind);
  expect(kinds.filter((kind) => kind !== 'role')).toEqual([
    'member.roles',
    'message.create',
    'message.create',
    'channel',
    'channel.delete',
  ]);
  expect(told).toContain(`"direct":"${here.second}"`);
  watching.abort();
});
