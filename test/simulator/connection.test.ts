import { once } from 'node:events';
import { type Client, Events, GatewayIntentBits } from 'discord.js';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startSimulator } from '../../src/simulator/start.ts';
import { caller, closeHouse, connect, firstGuild, type House, openHouse, stateOf } from './house.ts';

let house: House;
let here: Awaited<ReturnType<typeof firstGuild>>;

beforeEach(async () => {
  house = await openHouse();
  here = await firstGuild(house);
});
afterEach(() => closeHouse(house));

const say = (content: string) =>
  house.call('POST', `/guilds/${here.id}/messages`, { user: here.first, channel: here.channel, content });
const heard = (client: Client): string[] => {
  const contents: string[] = [];
  client.on(Events.MessageCreate, (message) => contents.push(message.content));
  return contents;
};

describe('a lost connection', () => {
  test('is resumed, and what was missed is told', async () => {
    const contents = heard(house.client);
    const resumed = once(house.client, Events.ShardResume);
    await house.call('POST', '/gateway', { action: 'drop' });
    await say('missed');
    await resumed;
    await say('after');
    await expect.poll(() => contents).toEqual(['missed', 'after']);
  });

  test('that Discord asks for is resumed too', async () => {
    const contents = heard(house.client);
    const resumed = once(house.client, Events.ShardResume);
    expect((await house.call('POST', '/gateway', { action: 'reconnect' })).body).toMatchObject({ sessions: 1 });
    await resumed;
    await say('after');
    await expect.poll(() => contents).toEqual(['after']);
  });

  test('whose session is over is begun anew', async () => {
    const contents = heard(house.client);
    const ready = once(house.client, Events.ShardReady);
    await house.call('POST', '/gateway', { action: 'invalid-session' });
    await ready;
    await say('after');
    await expect.poll(() => contents).toEqual(['after']);
  });

  test('leaves the bot not ready until it is back', async () => {
    await house.client.application.commands.set([{ name: 'any', description: 'Any' }]);
    expect((await stateOf(house)).ready).toBe(true);
    await house.client.destroy();
    await expect.poll(async () => (await stateOf(house)).ready).toBe(false);
  });
});

describe('shards', () => {
  test('each get their own servers', async () => {
    const { call, simulator } = house;
    for (let place = 0; place < 6; place += 1) await call('POST', '/guilds', { name: `More ${place}`, members: 1 });
    const client = await connect(simulator.url, { shards: 2 });
    const { guilds } = await stateOf(house);
    expect(client.guilds.cache.size).toBe(guilds.length);
    for (const guild of client.guilds.cache.values()) {
      expect(guild.shardId).toBe(Number((BigInt(guild.id) >> 22n) % 2n));
    }
    await client.destroy();
  });
});

describe('what a session is sent', () => {
  test('depends on its intents', async () => {
    const client = await connect(house.simulator.url, {
      intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages],
    });
    const contents = heard(client);
    await say('hidden');
    await say(`<@${client.user.id}> open`);
    await expect.poll(() => contents).toEqual(['', `<@${client.user.id}> open`]);
    await client.destroy();
  });

  test('holds all members when asked in chunks', async () => {
    await house.call('POST', '/guilds', { name: 'Crowd', members: 1_205 });
    const crowd = await expect
      .poll(() => house.client.guilds.cache.find(({ name }) => name === 'Crowd'))
      .toBeDefined()
      .then(() => house.client.guilds.cache.find(({ name }) => name === 'Crowd'));
    expect((await crowd?.members.fetch())?.size).toBe(1_206);
  });
});

describe('the gateway closes on', () => {
  const closedWith = async (packet: object | string): Promise<number> => {
    const socket = new WebSocket(`${house.simulator.url.replace('http', 'ws')}/gateway?v=10&encoding=json`);
    await once(socket, 'message');
    socket.send(typeof packet === 'string' ? packet : JSON.stringify(packet));
    const [code] = (await once(socket, 'close')) as [number];
    return code;
  };
  test.each([
    ['a packet that is no JSON', '{', 4002],
    ['an unknown op', { op: 99 }, 4001],
    ['anything before IDENTIFY', { op: 8, d: {} }, 4003],
    ['no token', { op: 2, d: { token: '', intents: 0 } }, 4004],
    ['a shard that cannot be', { op: 2, d: { token: 'right', intents: 0, shard: [2, 2] } }, 4010],
    ['intents Discord does not know', { op: 2, d: { token: 'right', intents: 1 << 30 } }, 4013],
  ])('%s', async (_what, packet, code) => {
    expect(await closedWith(packet)).toBe(code);
  });
});

test('a token that is not the right one is refused', async () => {
  const strict = await startSimulator({ port: 0, token: 'right' });
  await expect(connect(strict.url, { token: 'wrong' })).rejects.toMatchObject({ code: 'TokenInvalid' });
  const { refusals } = await stateOf({ call: caller(strict.url) });
  expect(refusals).toMatchObject([{ route: 'GET /gateway/bot', status: 401 }]);
  await strict.stop();
});
