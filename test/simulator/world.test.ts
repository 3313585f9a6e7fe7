import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ActionRowBuilder, ButtonBuilder, ButtonStyle, ChannelType, Events } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startSimulator } from '../../src/simulator/start.ts';
import { answerWith, closeHouse, firstGuild, type House, openHouse, stateOf } from './house.ts';

let house: House;
let here: Awaited<ReturnType<typeof firstGuild>>;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guildhall-simulator-'));
  house = await openHouse({ dataFolder: folder });
  here = await firstGuild(house);
});
afterEach(async () => {
  await closeHouse(house);
  await rm(folder, { recursive: true });
});

test('a first start makes two servers with the same people: an owner, three members, a bot, and ours', async () => {
  const { guilds, bot } = await stateOf(house);
  expect(guilds.map(({ name }) => name)).toEqual(['Harbour', 'Lighthouse']);
  const [harbour, lighthouse] = guilds;
  expect(harbour?.members.map(({ id }) => id)).toEqual(lighthouse?.members.map(({ id }) => id));
  expect(harbour?.members.filter((member) => !member.bot)).toHaveLength(4);
  expect(harbour?.members.filter((member) => member.bot).map(({ id }) => id)).toContain(bot.id);
  expect(harbour?.channels.map(({ name }) => name)).toEqual(['general', 'casino']);
  expect(harbour?.roles.map(({ name }) => name)).toEqual(['@everyone', 'Staff', 'Guildhall']);
  expect(BigInt(harbour?.members.find(({ id }) => id === harbour.ownerId)?.permissions ?? 0) & 8n).toBe(8n);
});

test('no two things of a world made in one millisecond have the same id', async () => {
  const made = await openHouse({ clock: () => 1_800_000_000_000 });
  const { guilds } = await stateOf(made);
  const ids = guilds.flatMap(({ id, channels, roles }) => [
    id,
    ...channels.map((channel) => channel.id),
    ...roles.map((role) => role.id).filter((role) => role !== id),
  ]);
  const everybody = guilds[0]?.members.map(({ id }) => id) ?? [];
  expect(new Set([...ids, ...everybody]).size).toBe(ids.length + everybody.length);
  await closeHouse(made);
});

describe('servers', () => {
  test('come and go, and the bot is told', async () => {
    const created = once(house.client, Events.GuildCreate);
    const { body } = await house.call('POST', '/guilds', { name: 'New', members: 7 });
    expect((body['members'] as { bot: boolean }[]).filter(({ bot }) => !bot)).toHaveLength(7);
    expect((await created)[0]).toMatchObject({ id: body.id, name: 'New' });
    const deleted = once(house.client, Events.GuildDelete);
    await house.call('DELETE', `/guilds/${body.id}`);
    expect((await deleted)[0]).toMatchObject({ id: body.id });
    expect((await stateOf(house)).guilds.map(({ id }) => id)).not.toContain(body.id);
  });

  test('in an outage are not gone, and come back', async () => {
    const unavailable = once(house.client, Events.GuildUnavailable);
    let deletions = 0;
    house.client.on(Events.GuildDelete, () => (deletions += 1));
    await house.call('DELETE', `/guilds/${here.id}`, { outage: true });
    await unavailable;
    const refused = await house.call('POST', `/guilds/${here.id}/messages`, { user: here.first, content: 'x' });
    expect(refused).toMatchObject({ status: 409, body: { error: { code: 'guild_unavailable' } } });
    await expect(house.client.guilds.fetch({ guild: here.id, force: true })).rejects.toMatchObject({ code: 10004 });
    const back = once(house.client, Events.GuildAvailable);
    await house.call('POST', `/guilds/${here.id}/available`, {});
    await back;
    expect(deletions).toBe(0);
  });
});

describe('members', () => {
  test('come with permissions and roles, and leave', async () => {
    const added = once(house.client, Events.GuildMemberAdd);
    const staff = here.guild.roles.find(({ name }) => name === 'Staff')?.id ?? '';
    const body = { id: '123456789012345678', name: 'Mo', permissions: '4', roles: [staff] };
    expect(await house.call('POST', `/guilds/${here.id}/members`, body)).toMatchObject({
      status: 200,
      body: { id: body.id, name: 'Mo', bot: false },
    });
    const [member] = await added;
    expect(member.permissions.has('BanMembers')).toBe(true);
    expect(member.roles.cache.has(staff)).toBe(true);
    const twice = await house.call('POST', `/guilds/${here.id}/members`, body);
    expect(twice).toMatchObject({ status: 409, body: { error: { field: 'id' } } });
    const removed = once(house.client, Events.GuildMemberRemove);
    await house.call('DELETE', `/guilds/${here.id}/members/${body.id}`);
    expect((await removed)[0].id).toBe(body.id);
  });

  test('are given roles by the bot, but none above its own', async () => {
    const guild = await house.client.guilds.fetch(here.id);
    const member = await guild.members.fetch(here.first);
    const role = await guild.roles.create({ name: 'Winner', permissions: [] });
    await member.roles.add(role);
    expect((await stateOf(house)).guilds[0]?.members.find(({ id }) => id === here.first)?.roles).toEqual([role.id]);
    await member.roles.remove(role);
    expect((await stateOf(house)).guilds[0]?.members.find(({ id }) => id === here.first)?.roles).toEqual([]);
    const own = here.guild.roles.find(({ name }) => name === 'Guildhall')?.id ?? '';
    await expect(member.roles.add(own)).rejects.toMatchObject({ code: 50013 });
  });
});

describe('messages', () => {
  test('go both ways directly', async () => {
    const user = await house.client.users.fetch(here.first);
    await user.send('hello you');
    const heard = once(house.client, Events.MessageCreate);
    await house.call('POST', `/users/${here.first}/messages`, { content: 'hello bot' });
    const [message] = await heard;
    expect([message.content, message.channel.type, message.author.id]).toEqual([
      'hello bot',
      ChannelType.DM,
      here.first,
    ]);
    const all = (await house.call('GET', `/users/${here.first}/messages`)).body as unknown as { content: string }[];
    expect(all.map(({ content }) => content)).toEqual(['hello you', 'hello bot']);
  });

  test('are posted, edited and deleted by the bot', async () => {
    const channel = await house.client.channels.fetch(here.channel);
    if (channel?.type !== ChannelType.GuildText) throw new Error('the first channel is a text channel');
    const posted = await channel.send(`hello <@${here.first}>`);
    await posted.edit('changed');
    expect((await channel.messages.fetch(posted.id)).content).toBe('changed');
    await posted.delete();
    await expect(channel.messages.fetch({ message: posted.id, force: true })).rejects.toMatchObject({ code: 10008 });
  });

  test('carry reactions of people and of the bot', async () => {
    const path = `/guilds/${here.id}`;
    const { body } = await house.call('POST', `${path}/messages`, {
      user: here.first,
      channel: here.channel,
      content: 'vote',
    });
    const message = body.message.id;
    const reacted = once(house.client, Events.MessageReactionAdd);
    await house.call('POST', `${path}/reactions`, { user: here.second, message, emoji: '👍' });
    const [reaction, user] = await reacted;
    expect([reaction.emoji.name, user.id]).toEqual(['👍', here.second]);
    await reaction.message.react('🎲');
    const all = (await house.call('GET', `${path}/channels/${here.channel}/messages`)).body as unknown as {
      reactions: object[];
    }[];
    expect(all.at(-1)?.reactions).toEqual([
      { emoji: '👍', users: [here.second] },
      { emoji: '🎲', users: [house.client.user.id] },
    ]);
  });
});

describe('over a restart', () => {
  const restart = async () => {
    await closeHouse(house);
    house = await openHouse({ dataFolder: folder });
  };

  test('people, commands, messages with controls, the clock and interactions stay', async () => {
    const ask = async () => {
      answerWith(house.client, async (interaction) => {
        if (interaction.isButton()) await interaction.update('pressed');
        if (interaction.isChatInputCommand()) {
          const row = new ActionRowBuilder<ButtonBuilder>();
          row.addComponents(new ButtonBuilder().setCustomId('b').setLabel('b').setStyle(ButtonStyle.Danger));
          await interaction.reply({ content: 'press', components: [row] });
        }
      });
    };
    await house.client.application.commands.set([{ name: 'show', description: 'Shows' }]);
    await ask();
    const shown = await house.call('POST', `/guilds/${here.id}/commands`, { user: here.first, command: 'show' });
    await house.call('POST', `/guilds/${here.id}/members`, { name: 'Newcomer' });
    await house.call('POST', '/clock', { advanceMs: 60_000 });
    const before = await stateOf(house);
    await restart();
    const after = await stateOf(house);
    expect(after.guilds).toEqual(before.guilds);
    expect(after.commands).toEqual(before.commands);
    expect(after.clock).toBeGreaterThanOrEqual(before.clock);
    await ask();
    const press = { user: here.first, message: shown.body.message.id, customId: 'b' };
    expect((await house.call('POST', `/guilds/${here.id}/components`, press)).body.message.content).toBe('pressed');
    const again = await house.call('POST', '/redeliver', { interactionId: shown.body.interactionId });
    expect(again.body.callbacks).toMatchObject([{ status: 400, code: 40060 }]);
  });

  test('what was made is on disk when the control API has answered', async () => {
    await house.call('POST', '/guilds', { name: 'Kept', members: 2 });
    // A second one on a copy of the files as they are now, as after a kill.
    expect((await readdir(join(folder, 'simulator', 'guilds'))).length).toBe(3);
  });

  test('a damaged world is not taken for a new one', async () => {
    await closeHouse(house);
    await writeFile(join(folder, 'simulator', 'world.json'), '{"format":99}');
    await expect(startSimulator({ port: 0, dataFolder: folder })).rejects.toThrow('format 99');
    await rm(join(folder, 'simulator'), { recursive: true });
    house = await openHouse({ dataFolder: folder });
  });
});
