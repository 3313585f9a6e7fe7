import { REST } from 'discord.js';
import type { APIInteraction } from 'discord-api-types/v10';
import { afterAll, describe, expect, test } from 'vitest';
import { createConversation } from '../../src/gateway/conversation.ts';
import { createReplier } from '../../src/gateway/exchange.ts';
import { createPresenter } from '../../src/gateway/present.ts';
import { createRouter } from '../../src/gateway/route.ts';
import { createTransport } from '../../src/gateway/transport.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { type Reaction, type Received, startEndpoint } from './endpoint.ts';
import { createTestDirectory, createTestLog, testRegistry } from './house.ts';

const secret = 'c2VjcmV0LXRva2VuLW9mLWFuLWludGVyYWN0aW9u';
const bot = '100000000000000001';
const guild = '200000000000000001';
const member = '300000000000000001';
let sequence = 0;

const base = (type: number, data: object) => {
  sequence += 1;
  return {
    id: String((BigInt(Date.now() - 1_420_070_400_000) << 22n) + BigInt(sequence)),
    application_id: bot,
    token: secret,
    type,
    data,
    guild_id: guild,
    locale: 'en-GB',
    guild_locale: 'en-US',
    member: { user: { id: member }, permissions: '8' },
  };
};
type Sent = Omit<ReturnType<typeof base>, 'member' | 'guild_id'> & Record<string, unknown>;

const slash = (name: string, parts: { words?: string[]; options?: object[] } = {}): Sent => {
  const options = (parts.words ?? []).reduceRight<object[]>(
    (inner, word, index, words) => [{ type: index === words.length - 1 ? 1 : 2, name: word, options: inner }],
    parts.options ?? [],
  );
  return base(2, { id: '1', type: 1, name, options });
};
const odd = (visibility: 'public' | 'private', way: string): Sent =>
  slash('odd', {
    words: visibility === 'public' ? ['public'] : ['deep', 'private'],
    options: [{ type: 3, name: 'way', value: way }],
  });
const press = (customId: string, flags = 0): Sent => ({
  ...base(3, { component_type: 2, custom_id: customId }),
  message: { id: '9', flags },
});

const stops: (() => void)[] = [];
afterAll(() => {
  for (const stop of stops.splice(0)) stop();
});

const ok: Reaction = { status: 204 };
const refusal = (code: number, status = 404): Reaction => ({ status, body: { code, message: 'no' } });

const start = async (
  react: (request: Received, before: readonly Received[]) => Reaction = () => ok,
  registry = testRegistry(),
) => {
  const endpoint = await startEndpoint(react);
  const { log, lines } = createTestLog();
  const clock = systemClock();
  const { makeRequest } = createTransport({ clock, onUnauthorised: () => undefined });
  const rest = new REST({ api: endpoint.api, retries: 0, makeRequest });
  const house = createTestDirectory();
  stops.push(endpoint.stop, () => {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  });
  const conversation = createConversation({
    router: createRouter(registry),
    directory: house.directory,
    presenter: createPresenter(registry, log),
    replier: createReplier(rest),
    log,
    clock,
  });
  return {
    house,
    lines,
    received: endpoint.received,
    /** Delivers interactions, as they are, and gives what reached Discord once all is answered. */
    deliver: async (...interactions: Sent[]): Promise<readonly Received[]> => {
      for (const interaction of interactions) conversation.receive(interaction as unknown as APIInteraction);
      await conversation.idle();
      return endpoint.received;
    },
  };
};

const shownIn = (request: Received | undefined): string => {
  const body = request?.body as { data?: { content?: string }; content?: string } | undefined;
  return body?.data?.content ?? body?.content ?? '';
};
const flagsOf = (request: Received | undefined): unknown =>
  (request?.body as { data?: { flags?: number } } | undefined)?.data?.flags ??
  (request?.body as { flags?: number } | undefined)?.flags;
const typeOf = (request: Received | undefined): unknown => (request?.body as { type?: number } | undefined)?.type;

describe('an interaction Discord never meant to send', () => {
  test.each<[string, Sent | Record<string, never>]>([
    ['without data', { ...slash('echo'), data: undefined as never }],
    ['of an unknown kind', { ...slash('echo'), type: 99 }],
    ['with permissions that are no number', { ...slash('echo'), member: { user: { id: member }, permissions: 'all' } }],
    ['with a guild that is no id', { ...slash('echo'), guild_id: '../../etc' }],
    ['with options that are no list', { ...slash('echo'), data: { type: 1, name: 'echo', options: 7 } }],
    ['of nothing at all', {}],
  ])('%s is logged or refused, and the next one is answered', async (_name, interaction) => {
    const { deliver, house, lines, received } = await start();
    await deliver(interaction as Sent);
    expect(house.asked).toEqual([]);
    for (const request of received) expect(shownIn(request)).toMatch(/do not understand/);
    expect(lines.length).toBeGreaterThan(0);
    const [answer] = (await deliver(slash('echo'))).slice(-1);
    expect(shownIn(answer)).toBe('{}');
  });

  test('with an option called __proto__ names an unknown option', async () => {
    const { deliver } = await start();
    const options = [{ type: 3, name: '__proto__', value: 'x' }];
    const [answer] = await deliver(slash('echo', { options }));
    expect(shownIn(answer)).toBe('No option __proto__.');
    expect(({} as Record<string, unknown>)['x']).toBeUndefined();
  });
});

describe('a person', () => {
  const users = { [member]: { id: member }, '300000000000000002': { id: '300000000000000002', bot: true } };
  const members = { [member]: {} };
  test.each([
    ['here', member, { id: member, bot: false, present: true }],
    ['a bot that left', '300000000000000002', { id: '300000000000000002', bot: true, present: false }],
  ])('%s is handed in as Discord resolved them', async (_name, id, who) => {
    const { deliver } = await start();
    const interaction = slash('echo', { options: [{ type: 6, name: 'who', value: id }] });
    const [answer] = await deliver({ ...interaction, data: { ...interaction.data, resolved: { users, members } } });
    expect(JSON.parse(shownIn(answer))).toEqual({ who });
  });

  test.each(['300000000000000003', 'constructor', '__proto__'])(
    'whom Discord did not resolve (%s) is refused',
    async (id) => {
      const { deliver } = await start();
      const interaction = slash('echo', { options: [{ type: 6, name: 'who', value: id }] });
      const [answer] = await deliver({ ...interaction, data: { ...interaction.data, resolved: { users, members } } });
      expect(shownIn(answer)).toBe('Choose a member.');
    },
  );
});

describe('languages', () => {
  const german = { locale: 'de', guild_locale: 'en-US' };
  test.each([
    [odd('public', 'public'), 'answered: public, 1,000'],
    [odd('public', 'private'), 'answered: private, 1.000'],
    [odd('private', 'private'), 'answered: private, 1.000'],
    [odd('private', 'public'), 'answered: public, 1,000'],
    [slash('echo', { options: [{ type: 4, name: 'number', value: 1_001 }] }), 'From -5 to 1.000.'],
  ])('private answers are in the member’s, public ones in the server’s', async (interaction, words) => {
    const { deliver } = await start();
    const [answer] = await deliver({ ...interaction, ...german });
    expect(shownIn(answer)).toBe(words);
  });

  test('nobody speaks do not matter', async () => {
    const { deliver } = await start();
    const [answer] = await deliver({ ...odd('public', 'public'), locale: '', guild_locale: 'not a language' });
    expect(shownIn(answer)).toBe('answered: public, 1,000');
  });
});

describe('controls', () => {
  test.each([
    ['forged', 'buy~everything', /not known/],
    ['of a deleted operation', 'g1~test.gone~1~{}', /not known/],
    ['named after a property', 'g1~constructor.name~1~{}', /not known/],
    ['with damaged input', 'g1~test.step~3~{"count"', /not known/],
    ['of an older version', 'g1~test.step~2~{"count":1}', /out of date/],
    ['of a later version', 'g1~test.step~4~{"count":1}', /out of date/],
    ['with input of another type', 'g1~test.step~3~{"count":"1"}', /Not today/],
  ])('%s are refused privately', async (_name, id, words) => {
    const { deliver } = await start();
    const [answer] = await deliver(press(id));
    expect(shownIn(answer)).toMatch(words);
    expect(flagsOf(answer)).toBe(64);
  });

  test('the guild and the member come from the event, whatever a control says', async () => {
    const { deliver, house } = await start();
    await deliver(press('g1~test.step~3~{"count":1,"guild":"299999999999999999","member":"1"}'));
    expect(house.asked[0]).toMatchObject({ guild, member, permissions: 8n });
  });

  test('a private answer does not take the place of a message others see', async () => {
    const registry = testRegistry();
    const operation = registry.operations.get('test.step');
    const operations = new Map(registry.operations);
    if (operation) {
      operations.set('test.step', { ...operation, view: () => ({ private: true, replaces: true, content: 'mine' }) });
    }
    const { deliver } = await start(() => ok, { ...registry, operations });
    const [onPublic, onPrivate] = await deliver(
      press('g1~test.step~3~{"count":1}'),
      press('g1~test.step~3~{"count":1}', 64),
    );
    expect([typeOf(onPublic), flagsOf(onPublic)]).toEqual([4, 64]);
    expect(typeOf(onPrivate)).toBe(7);
  });
});

describe('an answer that nobody can get', () => {
  test.each([
    [10_062, 'too late'],
    [40_060, 'answered already'],
  ])('%i is logged with its cause, once, without the token, and the next one is answered', async (code, cause) => {
    const { deliver, lines, house } = await start((_request, before) => (before.length === 0 ? refusal(code) : ok));
    await deliver(slash('echo'));
    const [line] = lines;
    expect(lines.length).toBe(1);
    expect(line).toMatchObject({ level: 40, msg: 'an answer reached nobody', failure: { code } });
    expect(line?.['cause']).toContain(cause);
    expect(JSON.stringify(lines)).not.toContain(secret);
    expect(house.asked.length).toBe(1);
    await deliver(slash('echo'));
    expect(lines.length).toBe(1);
  });

  test('when Discord refuses the form of an answer, the member is told that it was done', async () => {
    const { deliver, lines } = await start((_request, before) => (before.length === 0 ? refusal(50_035, 400) : ok));
    const answers = await deliver(slash('echo'));
    expect(answers.map(shownIn)).toEqual(['{}', 'It was taken care of, but the answer could not be shown.']);
    expect(lines).toMatchObject([{ level: 50, failure: { code: 50_035 } }]);
    expect(JSON.stringify(lines)).not.toContain(secret);
  });

  test('an operation whose answer has no words is done, and the member is told', async () => {
    const { deliver, lines } = await start();
    const [answer] = await deliver(odd('public', 'wordless'));
    expect(shownIn(answer)).toBe('It was taken care of, but the answer could not be shown.');
    expect(lines).toMatchObject([{ level: 50, operation: 'test.odd' }]);
  });

  test('a network that is down is logged, and nothing ends', async () => {
    const { deliver, lines } = await start(() => 'hang up');
    await deliver(slash('echo'));
    expect(lines).toMatchObject([{ level: 50, msg: 'an answer failed' }]);
    expect(JSON.stringify(lines)).not.toContain(secret);
  });
});

describe('a late answer', () => {
  const late = async (interaction: Sent, react?: (request: Received) => Reaction) => {
    const world = await start(react);
    world.house.state.delayMs = 2_200;
    const requests = await world.deliver(interaction);
    return { ...world, calls: requests.map((one) => `${one.method} ${one.path.split(secret)[1]}`), requests };
  };
  const defer = 'POST /callback';
  const edit = 'PATCH /messages/%40original';
  const remove = 'DELETE /messages/%40original';
  const followUp = 'POST ';

  test.concurrent.each<[string, Sent, string[], (number | undefined)[], RegExp]>([
    ['public, as its command says', odd('public', 'public'), [defer, edit], [undefined, undefined], /public/],
    ['private, as its command says', odd('private', 'private'), [defer, edit], [64, undefined], /private/],
    [
      'a refusal of a public command',
      odd('public', 'refuse'),
      [defer, remove, followUp],
      [undefined, undefined, 64],
      /Not/,
    ],
    [
      'public though its command is private',
      odd('private', 'public'),
      [defer, remove, followUp],
      [64, undefined, undefined],
      /public/,
    ],
    ['in place of a message', press('g1~test.step~3~{"count":2}'), [defer, edit], [undefined, undefined], /2 presses/],
    ['a refusal of a press', press('g1~test.step~3~{"count":13}'), [defer, followUp], [undefined, 64], /Not today/],
  ])('%s', async (_name, interaction, expectedCalls, flags, words) => {
    const { calls, requests, lines } = await late(interaction);
    expect(calls).toEqual(expectedCalls);
    expect(requests.map(flagsOf)).toEqual(flags);
    expect(typeOf(requests[0])).toBe(interaction.type === 3 ? 6 : 5);
    expect(shownIn(requests.at(-1))).toMatch(words);
    expect(lines).toEqual([]);
  });

  test.concurrent('when deferring was refused, nothing more is sent and it is logged once', async () => {
    const { calls, lines, house } = await late(odd('public', 'public'), () => refusal(10_062));
    expect(calls).toEqual([defer]);
    expect(lines.length).toBe(1);
    expect(house.asked.length).toBe(1);
  });

  test.concurrent('a form is never deferred, and its request has a deadline within three seconds', async () => {
    const { calls, requests, house } = await late(slash('ask'));
    expect(calls).toEqual([defer]);
    expect(typeOf(requests[0])).toBe(9);
    const [asked] = house.asked;
    expect((asked?.deadlineMs ?? 0) - performance.now()).toBeLessThan(3_000);
  });

  test.concurrent('in time is not deferred afterwards', async () => {
    const { house, deliver } = await start();
    const first = slash('echo', { options: [{ type: 3, name: 'text', value: 'in time' }] });
    await deliver(first);
    house.state.delayMs = 2_200;
    const requests = await deliver(slash('echo'));
    expect(requests.map(typeOf)).toEqual([4, 5, undefined]);
  });

  test.concurrent('each of many is deferred by itself', async () => {
    const { house, deliver } = await start();
    house.state.delayMs = 2_200;
    const requests = await deliver(...Array.from({ length: 50 }, () => slash('echo')));
    expect(requests.filter((one) => typeOf(one) === 5).length).toBe(50);
    expect(requests.filter((one) => one.method === 'PATCH').length).toBe(50);
  });
});

describe('suggestions', () => {
  const type = (value: string): Sent => ({
    ...slash('suggested', { options: [{ type: 3, name: 'word', value, focused: true }] }),
    type: 4,
  });
  const choicesOf = (request: Received | undefined) =>
    (request?.body as { data?: { choices?: { name: string; value: string }[] } } | undefined)?.data?.choices;

  test('keep the limits and drop what would be changed by cutting', async () => {
    const { deliver } = await start();
    const [answer] = await deliver(type('tea'));
    const choices = choicesOf(answer) ?? [];
    expect(choices.length).toBe(25);
    expect(choices[0]?.name.length).toBe(100);
    expect(choices[0]?.value).toBe('tea');
    expect(choices[1]).toEqual({ name: 'word 0', value: '0' });
  });

  test('that fail, or that nobody offers, are none', async () => {
    const { deliver, lines } = await start();
    const [failed] = await deliver(type('fail'));
    expect(choicesOf(failed)).toEqual([]);
    expect(lines).toMatchObject([{ msg: 'suggestions failed' }]);
    const [, unknown] = await deliver({
      ...slash('echo', { options: [{ type: 3, name: 'constructor', value: '', focused: true }] }),
      type: 4,
    });
    expect(choicesOf(unknown)).toEqual([]);
  });
});
