import { REST } from 'discord.js';
import { afterEach, describe, expect, test } from 'vitest';
import { workStopsAt } from '../../src/gateway/breaker.ts';
import { performByKind } from '../../src/gateway/effects/by-kind.ts';
import { createDiscordPerformer, nonceOf } from '../../src/gateway/effects/discord.ts';
import { createLanguages } from '../../src/gateway/languages.ts';
import { createTransport } from '../../src/gateway/transport.ts';
import { show } from '../../src/kernel/card.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { guildId, rowId } from '../../src/kernel/ids.ts';
import { type Reaction, type Received, startEndpoint } from './endpoint.ts';
import { createTestLog, figureCard, testRegistry } from './house.ts';

// What the local Discord does not do: Discord as it fails.

const guild = guildId('200000000000000001');
const channel = '400000000000000001';
const member = '300000000000000001';
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

const start = async (react: (request: Received, before: readonly Received[]) => Reaction) => {
  const endpoint = await startEndpoint((request, before) => {
    if (request.method === 'GET' && request.path.endsWith(`/channels/${channel}`)) {
      return { status: 200, body: { id: channel, type: 0, guild_id: guild } };
    }
    if (request.path.endsWith('/users/@me/channels')) return { status: 200, body: { id: '500000000000000001' } };
    return react(request, before);
  });
  const { log, lines } = createTestLog();
  const clock = systemClock();
  const { makeRequest, breaker } = createTransport({ clock, onUnauthorised: () => rest.setToken('token') });
  const rest: REST = new REST({ api: endpoint.api, retries: 0, globalRequestsPerSecond: Infinity, makeRequest });
  rest.setToken('token');
  stops.push(endpoint.stop, () => {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  });
  const registry = testRegistry();
  const performer = performByKind(
    [createDiscordPerformer({ rest, registry, languages: createLanguages(), log, clock })],
    log,
  );
  const card = show(figureCard, { figure: 1 });
  const perform = (kind: string, payload: object) =>
    performer.perform({ guild, id: rowId(1), kind, payload: { card, ...payload }, repeated: false });
  return {
    ...endpoint,
    breaker,
    lines,
    post: () => perform('discord.post', { channel }),
    tell: () => perform('discord.direct-message', { member }),
  };
};

const refusal = (status: number, code: number): Reaction => ({ status, body: { code, message: 'no' } });
const later = { later: expect.any(Number) };
const isSending = ({ method, path }: Received): boolean => method === 'POST' && path.endsWith('/messages');

describe('what Discord says is the end', () => {
  test.each<[number, number, object]>([
    [404, 10_003, { failed: 'gone' }],
    [404, 10_004, { failed: 'gone' }],
    [404, 10_007, { failed: 'gone' }],
    [404, 10_008, { failed: 'gone' }],
    [404, 10_011, { failed: 'gone' }],
    [404, 10_013, { failed: 'gone' }],
    [404, 0, { failed: 'gone' }],
    [403, 50_001, { failed: 'forbidden' }],
    [403, 50_007, { failed: 'forbidden' }],
    [403, 50_013, { failed: 'forbidden' }],
    [403, 50_278, { failed: 'forbidden' }],
    [403, 0, { failed: 'forbidden' }],
    [400, 50_035, { failed: 'rejected' }],
    [400, 40_003, later],
    [401, 0, later],
  ])('%i with code %i', async (status, code, end) => {
    const { post, received } = await start(() => refusal(status, code));
    expect(await post()).toEqual(end);
    expect(received.filter(isSending).length).toBe(1);
  });
});

test('fault 36: an effect that Discord refuses for its form ends, and the next one goes through', async () => {
  const { post, lines } = await start((_request, before) =>
    before.some(isSending) ? { status: 200, body: { id: '600000000000000001' } } : refusal(400, 50_035),
  );
  expect(await post()).toEqual({ failed: 'rejected' });
  expect(await post()).toEqual({ done: { message: '600000000000000001' } });
  expect(lines).toMatchObject([
    { level: 40, guild, kind: 'discord.post', failed: 'rejected', failure: { code: 50_035 } },
  ]);
});

test.each<[string, Reaction]>([
  ['breaks the connection', 'hang up'],
  ['has a server error', refusal(502, 0)],
])(
  'when Discord %s, a post comes later and a direct message ends unknown; nothing is sent twice',
  async (_what, how) => {
    const { post, tell, received } = await start(() => how);
    expect(await post()).toEqual(later);
    expect(await tell()).toEqual({ failed: 'unknown' });
    expect(received.filter(isSending).length).toBe(2);
  },
);

test('while nothing can be sent at all, direct messages too come later', async () => {
  const { post, tell, stop } = await start(() => 'hang up');
  stop();
  expect([await post(), await tell()]).toEqual([later, later]);
});

test('fault 35: with a ban near, effects come later and nothing is sent', async () => {
  const { post, tell, received, breaker } = await start(() => refusal(403, 50_013));
  for (let one = 0; one < workStopsAt; one += 1) breaker.note(403, performance.now());
  expect([await post(), await tell()]).toEqual([later, later]);
  expect(received).toEqual([]);
});

test('fault 35: effects are authorised requests, of which 50 a second are sent, and refused ones count', async () => {
  const { post, received, breaker } = await start(() => refusal(403, 50_013));
  await post();
  await post();
  expect(received.filter((one) => !one.authorised)).toEqual([]);
  expect(breaker.count(performance.now())).toBe(2);
});

test('a post tells Discord to refuse a second one, in at most 25 characters whatever the ids', async () => {
  const { post, received } = await start(() => ({ status: 200, body: { id: '600000000000000001' } }));
  await post();
  const job = { guild: guildId('99999999999999999999'), id: rowId(36 ** 9 - 1) };
  expect(received.find(isSending)?.body).toMatchObject({
    nonce: nonceOf({ guild, id: rowId(1) }),
    enforce_nonce: true,
  });
  expect(nonceOf(job).length).toBeLessThanOrEqual(25);
});
