import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Events, MessageFlags } from 'discord.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { spawnSimulator, startSimulator } from '../../src/simulator/start.ts';
import { answerWith, caller, closeHouse, firstGuild, type House, openHouse, outlast, stateOf } from './house.ts';

let house: House;
let here: Awaited<ReturnType<typeof firstGuild>>;
const asked: unknown[] = [];
const offsets: number[] = [];

beforeAll(async () => {
  // A clock that stands still unless it is moved: however busy the machine is, nobody's three seconds pass.
  const startedMs = Date.now();
  house = await openHouse({
    clock: () => startedMs,
    parent: {
      bot: async (action) => {
        asked.push(action);
        if (action === 'start') throw new Error('the bot is running already');
      },
      settle: async () => {
        asked.push('settle');
        return { waitedMs: 3 };
      },
      clock: (offsetMs) => offsets.push(offsetMs),
    },
  });
  here = await firstGuild(house);
  await house.client.application.commands.set([{ name: 'try', description: 'Tries' }]);
});
afterAll(() => closeHouse(house));

const run = (more: object = {}) =>
  house.call('POST', `/guilds/${here.id}/commands`, { user: here.first, command: 'try', ...more });
const whenAsked = (handle: Parameters<typeof answerWith>[1]) => answerWith(house.client, handle);
const replyAlways = () =>
  whenAsked(async (interaction) => {
    if (interaction.isChatInputCommand()) await interaction.reply('here');
  });

describe('a bad body', () => {
  test.each<[string, string, unknown, string | undefined]>([
    ['POST', '/guilds', { members: 3 }, 'name'],
    ['POST', '/guilds', { name: 'x', members: 0 }, 'members'],
    ['POST', '/guilds', { name: 'x', members: '3' }, 'members'],
    ['POST', '/guilds', { name: 'x', extra: 1 }, 'extra'],
    ['POST', '/guilds/G/members', { name: 'x', permissions: 8 }, 'permissions'],
    ['POST', '/guilds/G/members', { name: 'x', roles: ['123456789012345678'] }, 'roles.0'],
    ['POST', '/guilds/G/commands', { user: 'me', command: 'try' }, 'user'],
    ['POST', '/guilds/G/commands', { user: '123456789012345678' }, 'command'],
    ['POST', '/guilds/G/commands', { user: '123456789012345678', command: 'try', options: [] }, 'options'],
    ['POST', '/guilds/G/components', { user: '123456789012345678', customId: 'x' }, 'message'],
    ['POST', '/guilds/G/modals', { user: '123456789012345678', customId: 'x', fields: { a: 1 } }, 'fields.a'],
    ['POST', '/guilds/G/autocomplete', { user: '123456789012345678', command: 'try' }, 'focused'],
    ['POST', '/guilds/G/messages', { user: '123456789012345678', content: '' }, 'content'],
    ['POST', '/clock', { advanceMs: -1 }, 'advanceMs'],
    ['POST', '/gateway', { action: 'explode' }, 'action'],
    ['POST', '/bot', {}, 'action'],
    ['POST', '/redeliver', { interactionId: 5 }, 'interactionId'],
    ['POST', '/faults', { kind: '418' }, 'kind'],
    ['POST', '/clock', [], undefined],
    ['POST', '/clock', '{', undefined],
  ])('%s %s %j names its field', async (method, path, body, field) => {
    const answer = await house.call(method, path.replace('G', here.id), body);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ message: expect.any(String), ...(field === undefined ? {} : { field }) });
  });

  test('for a server or a route that is not there is 404', async () => {
    const body = { user: here.first, command: 'try' };
    expect(await house.call('POST', '/guilds/1/commands', body)).toMatchObject({
      status: 404,
      body: { error: { code: 'unknown_guild' } },
    });
    expect(await house.call('POST', '/nowhere', {})).toMatchObject({
      status: 404,
      body: { error: { code: 'unknown_route' } },
    });
  });
});

describe('only this machine may ask', () => {
  const statusWith = async (path: string, headers: Record<string, string>): Promise<number | undefined> => {
    const asking = request(`${house.simulator.url}${path}`, { headers });
    asking.end();
    const [response] = await once(asking, 'response');
    response.resume();
    return response.statusCode;
  };
  test.each<[string, Record<string, string>, number]>([
    ['itself', {}, 200],
    ['a page of its own', { origin: 'http://localhost:3000' }, 200],
    ['a name that resolves to it', { host: 'evil.example' }, 403],
    ['a name that looks like it', { host: '127.0.0.1.evil.example' }, 403],
    ['a page elsewhere', { origin: 'https://evil.example' }, 403],
    ['a page without an origin', { origin: 'null' }, 403],
  ])('%s', async (_what, headers, status) => {
    expect(await statusWith('/sim/state', headers)).toBe(status);
    expect(await statusWith('/sim/nowhere', headers)).toBe(status === 200 ? 404 : status);
  });
});

test('a bot uses no commands', async () => {
  const robot = here.guild.members.find(({ bot, name }) => bot && name === 'Clockwork')?.id;
  expect(await run({ user: robot })).toMatchObject({ status: 400, body: { error: { code: 'not_a_person' } } });
});

describe('waiting', () => {
  test('ends after three seconds of the simulator without a first answer', async () => {
    whenAsked(() => Promise.resolve());
    expect((await outlast(house, run())).body).toMatchObject({
      answered: false,
      deferred: false,
      interactionId: expect.any(String),
    });
  });

  test('200 at once are each answered for themselves', async () => {
    whenAsked(async (interaction) => {
      if (interaction.isChatInputCommand()) await interaction.reply(interaction.user.id);
    });
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, place) => run({ user: here.people[place % here.people.length] })),
    );
    expect(answers.map(({ body }) => body.message.content)).toEqual(
      answers.map((_, place) => here.people[place % here.people.length]),
    );
  });
});

describe('delivering again', () => {
  test('what was answered tells what the bot tried', async () => {
    replyAlways();
    const { body } = await run();
    const again = await house.call('POST', '/redeliver', { interactionId: body.interactionId });
    expect(again.body).toMatchObject({
      answered: false,
      callbacks: [{ route: 'callback', type: 4, status: 400, code: 40060, data: { content: 'here' } }],
      message: { content: 'here' },
    });
  });

  test('what was not answered lets it be answered', async () => {
    whenAsked(() => Promise.resolve());
    const interactionId = '223456789012345678';
    const first = run({ interactionId });
    await expect
      .poll(async () => (await house.call('POST', '/redeliver', { interactionId, waitMs: 1 })).status)
      .toBe(200);
    replyAlways();
    const again = await house.call('POST', '/redeliver', { interactionId });
    expect(again.body).toMatchObject({ answered: true, callbacks: [{ status: 204 }] });
    expect((await first).body).toMatchObject({ answered: true, message: { content: 'here' } });
  });

  test('what is not known is refused', async () => {
    expect(await house.call('POST', '/redeliver', { interactionId: '123456789012345678' })).toMatchObject({
      status: 404,
    });
  });
});

describe('the parent', () => {
  test('is asked to run the bot and to settle, and its failure is told', async () => {
    expect(await house.call('POST', '/bot', { action: 'kill' })).toMatchObject({ status: 200 });
    expect(await house.call('POST', '/settle', {})).toMatchObject({ status: 200, body: { waitedMs: 3 } });
    expect(await house.call('POST', '/bot', { action: 'start' })).toMatchObject({
      status: 409,
      body: { error: { code: 'bot_failed', message: 'the bot is running already' } },
    });
    expect(asked).toEqual(['kill', 'settle', 'start']);
  });

  test('hears of the clock', async () => {
    const before = (await stateOf(house)).clock;
    const { body } = await house.call('POST', '/clock', { advanceMs: 86_400_000 });
    expect(body['now']).toBeGreaterThanOrEqual(before + 86_400_000);
    expect(offsets[0]).toBe(0);
    expect(offsets.at(-1)).toBe(body['offsetMs']);
  });

  test('says when the bot is ready', async () => {
    house.simulator.botReady(false);
    expect((await stateOf(house)).ready).toBe(false);
    house.simulator.botReady(true);
    expect((await stateOf(house)).ready).toBe(true);
  });
});

describe('faults', () => {
  test('strike as often as ordered', async () => {
    replyAlways();
    await house.call('POST', '/faults', { kind: '500', route: 'GET /users/@me' });
    await expect(house.client.rest.get('/users/@me')).rejects.toMatchObject({ status: 500 });
    await house.client.rest.get('/users/@me');
    await house.call('POST', '/faults', { kind: '429', delayMs: 20, route: 'GET /users/@me' });
    const limited = once(house.client.rest, 'rateLimited');
    await house.client.rest.get('/users/@me');
    await limited;
    let deliveries = 0;
    const count = (): void => void (deliveries += 1);
    house.client.on(Events.InteractionCreate, count);
    await house.call('POST', '/faults', { kind: 'duplicate-interaction' });
    await run();
    await expect.poll(() => deliveries).toBe(2);
    await house.call('POST', '/faults', { kind: 'drop-interaction' });
    expect((await outlast(house, run())).body.answered).toBe(false);
    expect(deliveries).toBe(2);
  });
});

test('events tell what happens, private answers with who sees them', async () => {
  const watching = new AbortController();
  const response = await fetch(`${house.simulator.url}/sim/events`, { signal: watching.signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let told = '';
  const read = async (until: string): Promise<void> => {
    while (!told.includes(until)) told += (await reader?.read())?.value ?? '';
  };
  whenAsked(async (interaction) => {
    if (interaction.isChatInputCommand()) await interaction.reply({ content: 'psst', flags: MessageFlags.Ephemeral });
  });
  await run();
  await house.call('POST', `/guilds/${here.id}/messages`, { user: here.first, channel: here.channel, content: 'last' });
  await read('"last"');
  expect(told).toContain('event: message.create');
  expect(told).toContain(`"viewer":"${here.first}"`);
  watching.abort();
});

test('a load is run and measured', async () => {
  replyAlways();
  const { body } = await house.call('POST', '/load', {
    guilds: [here.id],
    command: 'try',
    total: 300,
    outstanding: 16,
  });
  expect(body).toMatchObject({ total: 300, answered: 300, errors: 0 });
  expect(await house.call('POST', '/load', { guilds: [here.id], command: 'no', total: 3 })).toMatchObject({
    status: 404,
  });
});

describe('a process of its own', () => {
  test('starts, tells its clock, asks its parent, and ends', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'guildhall-simulator-'));
    const told: unknown[] = [];
    const spawned = await spawnSimulator({
      port: 0,
      dataFolder,
      parent: { settle: async () => told.push('settle'), clock: (offsetMs) => told.push(offsetMs) },
    });
    const call = caller(spawned.url);
    expect(told).toEqual([0]);
    expect(await call('POST', '/settle', {})).toMatchObject({ status: 200 });
    expect(await call('POST', '/bot', { action: 'kill' })).toMatchObject({
      status: 409,
      body: { error: { code: 'no_bot_process' } },
    });
    await call('POST', '/clock', { advanceMs: 5_000 });
    const other = spawnSimulator({ port: spawned.port, dataFolder });
    await expect(other).rejects.toThrow(`Port ${spawned.port} is taken`);
    await spawned.stop();
    const again = await spawnSimulator({ port: 0, dataFolder, parent: { clock: (offsetMs) => told.push(offsetMs) } });
    expect(told).toEqual([0, 'settle', 5_000, 5_000]);
    again.process.disconnect();
    await once(again.process, 'exit');
    await rm(dataFolder, { recursive: true });
  });

  test('is not started beside a real token', async () => {
    process.env['DISCORD_TOKEN'] = 'real';
    try {
      await expect(startSimulator({ port: 0 })).rejects.toThrow('DISCORD_TOKEN is set');
      await expect(spawnSimulator({ port: 0, dataFolder: tmpdir() })).rejects.toThrow('DISCORD_TOKEN is set');
    } finally {
      delete process.env['DISCORD_TOKEN'];
    }
  });
});
