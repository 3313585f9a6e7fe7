import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Gateway } from '../../src/gateway/gateway.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { customId } from '../../src/kernel/component.ts';
import type { Operation } from '../../src/kernel/operation.ts';
import type { Registry } from '../../src/kernel/registry.ts';
import { startSimulator } from '../../src/simulator/start.ts';
import { createTestDirectory, createTestLog, startGateway, testRegistry } from './house.ts';

// The real discord.js client over the local Discord, with features that show what the gateway hands in.

interface Shown {
  readonly answered: boolean;
  readonly deferred: boolean;
  readonly ephemeral: boolean;
  readonly interactionId: string;
  readonly message?: {
    readonly id: string;
    readonly content: string;
    readonly embeds: readonly object[];
    readonly mentions?: readonly unknown[];
  };
  readonly modal?: { readonly custom_id: string };
  readonly choices?: readonly { readonly name: string; readonly value: string }[];
}

interface Said {
  readonly id: string;
  readonly content: string;
  readonly ephemeral: boolean;
  readonly flags: number;
}

interface State {
  readonly ready: boolean;
  readonly guilds: readonly {
    readonly id: string;
    readonly channels: readonly { readonly id: string }[];
    readonly members: readonly { readonly id: string; readonly bot: boolean }[];
  }[];
  readonly refusals: readonly unknown[];
}

const token = 'MTAwMDAwMDAwMDAwMDAwMDAx.GhIjKl.abcdefghijklmnopqrstuvwxyz0123456789AB';
const registry = testRegistry();
const house = createTestDirectory();
const { log, lines } = createTestLog();
let simulator: Awaited<ReturnType<typeof startSimulator>>;
let gateway: Gateway;
let guild: string;
let people: readonly string[];
let robot: string;

const call = async <T>(method: string, path: string, body?: object): Promise<T> => {
  const response = await fetch(`${simulator.url}/sim${path}`, {
    method,
    ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const answer: unknown = response.status === 204 ? undefined : await response.json();
  expect([response.status, answer]).toEqual([expect.toSatisfy((status: number) => status < 300), answer]);
  return answer as T;
};
const say = (command: string, options: object = {}, more: object = {}): Promise<Shown> =>
  call('POST', `/guilds/${guild}/commands`, { user: people[0], command, options, ...more });
const press = (message: string, id: string, values?: readonly string[]): Promise<Shown> =>
  call('POST', `/guilds/${guild}/components`, { user: people[0], message, customId: id, ...(values && { values }) });
const refusals = async (): Promise<readonly unknown[]> => (await call<State>('GET', '/state')).refusals;

const told: unknown[] = [];
const connect = (offered: Registry = registry): Promise<Gateway> =>
  startGateway({
    registry: offered,
    directory: house.directory,
    token,
    api: `${simulator.url}/api`,
    log,
    clock: systemClock(),
    memberships: {
      onMemberLeft: (...left) => void told.push(['left', ...left]),
      onMemberJoined: (...joined) => void told.push(['joined', ...joined]),
      onGuildLeft: (...left) => void told.push(['guild left', ...left]),
      onGuildSeen: (...seen) => void told.push(['guild seen', ...seen]),
    },
  });

beforeAll(async () => {
  simulator = await startSimulator({ port: 0 });
  gateway = await connect();
  const made = await call<{ id: string }>('POST', '/guilds', { name: 'Guild', members: 3 });
  guild = made.id;
  const state = await call<State>('GET', '/state');
  people = (state.guilds.find((one) => one.id === guild)?.members ?? []).filter((one) => !one.bot).map((one) => one.id);
  robot = (await call<{ id: string }>('POST', `/guilds/${guild}/members`, { name: 'Robot', bot: true })).id;
});
afterAll(async () => {
  await gateway.stop();
  await simulator.stop();
});
beforeEach(() => {
  house.state.delayMs = 0;
  house.asked.length = 0;
  lines.length = 0;
});

describe('options', () => {
  test('of every kind arrive typed', async () => {
    const [, friend] = people;
    const options = { text: 'hello', number: -5, truth: false, who: friend, pick: 'blue', amount: 'half' };
    const { message, ephemeral } = await say('echo', options);
    expect(ephemeral).toBe(true);
    expect(JSON.parse(message?.content ?? '')).toEqual({
      text: 'hello',
      number: -5,
      truth: false,
      who: { id: friend, bot: false, present: true },
      pick: 'blue',
      amount: { kind: 'share', percent: 50 },
    });
    expect(house.asked).toMatchObject([{ guild, member: people[0] }]);
  });

  test('that name a bot say so', async () => {
    const { message } = await say('echo', { who: robot });
    expect(JSON.parse(message?.content ?? '')).toEqual({ who: { id: robot, bot: true, present: true } });
  });

  test.each<[string, unknown, string]>([
    ['number', 'five', 'From -5 to 1,000.'],
    ['number', 1.5, 'From -5 to 1,000.'],
    ['number', 1_001, 'From -5 to 1,000.'],
    ['truth', 'yes', 'Yes or no.'],
    ['who', 'somebody', 'Choose a member.'],
    ['who', 7, 'Choose a member.'],
    ['pick', 'green', 'Choose red, blue.'],
    ['amount', '1e3', 'Type an amount.'],
    ['amount', '-5', 'Type an amount.'],
    ['surprise', 'x', 'No option surprise.'],
  ])('%s: %j is refused privately', async (name, value, words) => {
    expect(await say('echo', { [name]: value })).toMatchObject({ ephemeral: true, message: { content: words } });
  });
});

describe('answers', () => {
  test('too long for Discord are cut, ping nobody, and Discord refuses none', async () => {
    const { message } = await say('loud', { text: `@everyone <@${people[1]}> \u202E${'long '.repeat(1_100)}` });
    expect(message?.content.length).toBe(2_000);
    expect(message?.embeds.length).toBeGreaterThan(0);
    expect(message?.mentions ?? []).toEqual([]);
    expect(await refusals()).toEqual([]);
  });

  test.each(['\u200B', ' ', '\n', '\u202E', '"', '```', '\u0000', '👨‍👩‍👧'])(
    'made of %j only are taken',
    async (text) => {
      const { answered } = await say('loud', { text });
      expect(answered).toBe(true);
      expect(await refusals()).toEqual([]);
    },
  );

  test.each<[string, string, string, boolean, RegExp]>([
    ['in time', 'odd public', 'public', false, /public/],
    ['refused in time', 'odd public', 'refuse', true, /Not today/],
    ['private in time though the command is public', 'odd public', 'private', true, /private/],
    ['in time below a group', 'odd deep private', 'private', true, /private/],
  ])('%s', async (_name, command, way, ephemeral, words) => {
    const shown = await say(command, { way });
    expect(shown).toMatchObject({ deferred: false, ephemeral });
    expect(shown.message?.content).toMatch(words);
  });

  test.each<[string, string, boolean]>([
    ['public', 'odd public', false],
    ['private', 'odd deep private', true],
  ])('that take long: %s is deferred, then edited', async (way, command, ephemeral) => {
    house.state.delayMs = 2_200;
    const shown = await say(command, { way });
    expect(shown).toMatchObject({ deferred: true, ephemeral, message: { content: `answered: ${way}, 1,000` } });
    expect(lines).toEqual([]);
  });

  test('that take long and turn out to be refusals of a public command are private all the same', async () => {
    house.state.delayMs = 2_200;
    await say('odd public', { way: 'refuse' });
    await gateway.idle();
    const state = await call<State>('GET', '/state');
    const channel = state.guilds.find((one) => one.id === guild)?.channels[0]?.id;
    const messages = await call<readonly Said[]>('GET', `/guilds/${guild}/channels/${channel}/messages`);
    const latest = messages.toSorted((left, right) => (BigInt(left.id) < BigInt(right.id) ? -1 : 1)).at(-1);
    expect(latest).toMatchObject({ content: 'Not today.', ephemeral: true });
    // Nobody else is left with a "thinking" that never ends.
    const loadingFlag = 1 << 7;
    expect(messages.filter((message) => (message.flags & loadingFlag) !== 0)).toEqual([]);
    expect([lines, await refusals()]).toEqual([[], []]);
  });
});

describe('controls', () => {
  test('a button changes its message, a select brings what was chosen', async () => {
    const { message } = await say('panel');
    const id = message?.id ?? '';
    const step = registry.operations.get('test.step') as unknown as Operation<unknown>;
    const choose = registry.operations.get('test.choose') as unknown as Operation<unknown>;
    const chosen = await press(id, customId(choose, { colour: 'green' }), ['two']);
    expect(JSON.parse(chosen.message?.content ?? '')).toEqual({ colour: 'green', chosen: 'two' });
    const pressed = await press(id, customId(step, { count: 1 }));
    expect(pressed.message).toMatchObject({ id, content: '1 presses' });
  });

  test('a form carries its input and what was typed', async () => {
    const { modal } = await say('ask');
    const shown = await call<Shown>('POST', `/guilds/${guild}/modals`, {
      user: people[0],
      customId: modal?.custom_id,
      fields: { short: 'green', long: '' },
    });
    expect(JSON.parse(shown.message?.content ?? '')).toEqual({ about: 'tea', short: 'green', long: '' });
  });

  test('suggestions are shown', async () => {
    const { choices } = await call<Shown>('POST', `/guilds/${guild}/autocomplete`, {
      user: people[0],
      command: 'suggested',
      options: { word: 'te' },
      focused: 'word',
    });
    expect(choices?.length).toBe(25);
    expect(await refusals()).toEqual([]);
  });
});

describe('delivery', () => {
  test('twice asks twice with the same id, and the second answer is refused and survived', async () => {
    const { interactionId } = await say('echo', { text: 'once' });
    await call('POST', '/redeliver', { interactionId });
    await expect.poll(() => lines.length).toBe(1);
    await gateway.idle();
    expect(house.asked.map((one) => one.id)).toEqual([interactionId, interactionId]);
    expect(lines).toMatchObject([{ level: 40, failure: { code: 40_060 } }]);
  });

  test('no token of any kind was ever logged', async () => {
    await call('POST', '/redeliver', { interactionId: (await say('echo')).interactionId });
    await expect.poll(() => lines.length).toBeGreaterThan(0);
    const text = JSON.stringify(lines);
    expect(text).toContain('[redacted]');
    expect(text).not.toContain(token);
    expect(text).not.toMatch(/callback.*[\w-]{40,}|[\w-]{40,}\/callback/);
  });
});

describe('connection', () => {
  const isReady = async (): Promise<boolean> => (await call<State>('GET', '/state')).ready;

  test.each(['drop', 'reconnect', 'invalid-session'])('after %s the bot answers again', async (action) => {
    await call('POST', '/gateway', { action });
    await expect.poll(isReady, { timeout: 20_000 }).toBe(true);
    await expect.poll(async () => (await say('echo')).answered, { timeout: 20_000 }).toBe(true);
  });

  test('fault 31: who comes and goes is told, members and servers, and nothing of an outage', async () => {
    const [, , leaver = ''] = people;
    told.length = 0;
    await call('DELETE', `/guilds/${guild}/members/${leaver}`);
    await call('POST', `/guilds/${guild}/members`, { id: leaver, name: 'Back' });
    const other = await call<{ id: string }>('POST', '/guilds', { name: 'Other', members: 1 });
    await call('DELETE', `/guilds/${other.id}`, { outage: true });
    await call('POST', `/guilds/${other.id}/available`);
    await call('DELETE', `/guilds/${other.id}`);
    await expect
      .poll(() => told)
      .toEqual([
        ['left', guild, leaver],
        ['joined', guild, leaver],
        ['guild seen', other.id, 'available'],
        ['guild seen', other.id, 'available'],
        ['guild left', other.id],
      ]);
  });

  test('after a restart old buttons work, and commands are published only when they changed', async () => {
    const published = (): unknown => lines.find((line) => 'commands' in line)?.['commands'];
    const { message } = await say('panel');
    await gateway.stop();
    gateway = await connect();
    expect(published()).toBe('unchanged');
    const pressed = await press(message?.id ?? '', 'g1~test.step~3~{"count":1}');
    expect(pressed.message).toMatchObject({ id: message?.id, content: '1 presses' });
    lines.length = 0;
    const changed = await connect({ ...registry, commands: new Map([...registry.commands].slice(1)) });
    expect(published()).toBe('published');
    await changed.stop();
  });

  test('a token that Discord refuses is one clear error', async () => {
    const strict = await startSimulator({ port: 0, token: 'right' });
    const parts = { registry, directory: house.directory, log, clock: systemClock(), api: `${strict.url}/api` };
    await expect(startGateway({ ...parts, token: 'wrong' })).rejects.toThrow(/token/i);
    await strict.stop();
  });
});
