import { HTTPError, REST } from 'discord.js';
import { afterEach, expect, test } from 'vitest';
import { answersStopAt, workStopsAt } from '../../src/gateway/breaker.ts';
import { createTransport, NotSentError } from '../../src/gateway/transport.ts';
import { type Clock, systemClock } from '../../src/kernel/clock.ts';
import { type Reaction, type Received, startEndpoint } from './endpoint.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

const start = async (
  react: (request: Received, before: readonly Received[]) => Reaction,
  clock: Clock = systemClock(),
) => {
  const endpoint = await startEndpoint(react);
  const transport = createTransport({ clock, onUnauthorised: () => rest.setToken('token') });
  const { makeRequest } = transport;
  const rest: REST = new REST({ api: endpoint.api, retries: 0, globalRequestsPerSecond: Infinity, makeRequest });
  rest.setToken('token');
  stops.push(endpoint.stop, () => {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  });
  return { rest, received: endpoint.received, breaker: transport.breaker };
};

const nextTurn = (): Promise<void> =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });
const fine: Reaction = { status: 200, body: { ok: true } };
const refused = (status: number): Reaction => ({ status, body: { code: 0, message: String(status) } });
const callback = '/interactions/123456789012345678/secret/callback';

test.each<[string, Reaction]>([
  ['a server error', refused(503)],
  ['a broken connection', 'hang up'],
])('after %s what may be repeated is tried again', async (_name, failure) => {
  const { rest, received } = await start((_request, before) => (before.length % 3 < 2 ? failure : fine));
  await expect(rest.get('/users/@me')).resolves.toEqual({ ok: true });
  await expect(rest.post(callback, { body: {}, auth: false })).resolves.toEqual({ ok: true });
  expect(received.map((one) => one.method)).toEqual(['GET', 'GET', 'GET', 'POST', 'POST', 'POST']);
});

test('a server that keeps failing gets four tries', async () => {
  const { rest, received } = await start(() => refused(502));
  await expect(rest.get('/users/@me')).rejects.toThrow(HTTPError);
  expect(received.length).toBe(4);
});

test('a message of the bot is not posted twice', async () => {
  const { rest, received } = await start(() => refused(502));
  await expect(rest.post('/channels/123456789012345678/messages', { body: {} })).rejects.toThrow(HTTPError);
  expect(received.length).toBe(1);
});

test('a refusal is not tried again', async () => {
  const { rest, received } = await start(() => refused(400));
  await expect(rest.get('/users/@me')).rejects.toMatchObject({ status: 400 });
  expect(received.length).toBe(1);
});

test('one 401 does not end the token', async () => {
  const { rest } = await start((_request, before) => (before.length === 0 ? refused(401) : fine));
  await expect(rest.get('/users/@me')).rejects.toMatchObject({ status: 401 });
  await nextTurn();
  await expect(rest.get('/users/@me')).resolves.toEqual({ ok: true });
});

test('before too many refusals become a ban, work stops and answers still go', async () => {
  const { rest, received, breaker } = await start((request) => (request.authorised ? refused(403) : fine));
  await expect(rest.get('/users/@me')).rejects.toMatchObject({ status: 403 });
  for (let one = 1; one < workStopsAt; one += 1) breaker.note(403, performance.now());
  await expect(rest.get('/users/@me')).rejects.toThrow(NotSentError);
  await rest.post(callback, { body: {}, auth: false });
  expect(received.map((one) => one.method)).toEqual(['GET', 'POST']);
});

test('fault 35: with a ban near, nothing is sent at all, not even answers', async () => {
  const { rest, received, breaker } = await start(() => refused(401));
  for (let one = 1; one < answersStopAt; one += 1) breaker.note(429, performance.now());
  await expect(rest.post(callback, { body: {}, auth: false })).rejects.toMatchObject({ status: 401 });
  await expect(rest.post(callback, { body: {}, auth: false })).rejects.toThrow(NotSentError);
  expect(received.length).toBe(1);
});

test('a limit shared with other bots does not count as a mistake', async () => {
  const headers = { 'x-ratelimit-scope': 'shared', 'retry-after': '0' };
  const { rest, breaker } = await start((_request, before) =>
    before.length === 0 ? { status: 429, body: { retry_after: 0 }, headers } : fine,
  );
  await rest.get('/users/@me');
  expect(breaker.count(performance.now())).toBe(0);
});

test('the 51st authorised request of a second waits; answers to interactions do not count', async () => {
  // A clock that stands still: all of this happens within one second.
  const { rest } = await start(() => fine, { now: systemClock().now, monotonicMs: () => 0 });
  await Promise.all(Array.from({ length: 50 }, () => rest.get('/users/@me')));
  const startMs = performance.now();
  const waits = rest.get('/users/@me').then(() => performance.now() - startMs);
  await nextTurn();
  const answers = Array.from({ length: 120 }, () => rest.post(callback, { body: {}, auth: false }));
  expect(await Promise.race([waits, Promise.all(answers).then(() => 'the answers')])).toBe('the answers');
  expect(await waits).toBeGreaterThanOrEqual(999);
});
