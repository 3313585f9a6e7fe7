import { afterEach, expect, test } from 'vitest';
import { createClient } from '../../src/gateway/client.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { startEndpoint } from './endpoint.ts';
import { createTestDirectory, createTestLog, startGateway, testRegistry } from './house.ts';
import { startSocket } from './socket.ts';

const token = ['MTAwMDAwMDAwMDAwMDAwMDAx', 'GhIjKl', 'abcdefghijklmnopqrstuvwxyz0123456789AB'].join('.');
const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

const create = () => {
  const { log, lines } = createTestLog();
  const { client, transport } = createClient({ token, watchesMembers: false, log, clock: systemClock() });
  stops.push(() => client.destroy());
  return { client, transport, lines };
};

test('fault 38: whatever is sent through the client pings nobody unless it says whom', () => {
  expect(create().client.options.allowedMentions).toEqual({ parse: [], repliedUser: false });
});

test('fault 32: a shard that logs in for the fifth time within an hour waits first, and says so', async () => {
  const { client, lines } = create();
  const limit = { total: 1_000, remaining: 1_000, reset_after: 0, max_concurrency: 1 };
  const manager = { fetchGatewayInformation: async () => ({ url: '', shards: 1, session_start_limit: limit }) };
  // Whoever waits is told at once to stop.
  const ended = AbortSignal.abort();
  for (let login = 1; login <= 6; login += 1) {
    const throttler = await client.options.ws?.buildIdentifyThrottler?.(manager as never);
    await throttler?.waitForIdentify(0, ended).catch(() => undefined);
  }
  expect(lines).toMatchObject([
    { level: 40, shard: 0, delayMs: 5_000 },
    { level: 40, shard: 0, delayMs: 10_000 },
  ]);
});

test('fault 33: a connection that no longer answers heartbeats is given up, and its session resumed', async () => {
  const discord = await startSocket({ heartbeatMs: 200, isAlive: (connection) => connection > 1 });
  stops.push(discord.stop);
  const { log, lines } = createTestLog();
  const { directory, asked } = createTestDirectory();
  const parts = { registry: testRegistry(), directory, token, log, clock: systemClock() };
  const gateway = await startGateway({ ...parts, api: discord.api });
  stops.push(gateway.stop);
  await expect.poll(() => discord.beginnings, { timeout: 20_000 }).toEqual(['identify', 'resume']);
  const interaction = { id: '1420070400000000000', guild_id: '200000000000000001', type: 2, application_id: '1' };
  const who = { member: { user: { id: '300000000000000001' }, permissions: '0' }, locale: 'en-GB', token: 'secret' };
  const data = { id: '1', type: 1, name: 'panel' };
  const d = { ...interaction, ...who, data };
  discord.connections[1]?.send(JSON.stringify({ op: 0, t: 'INTERACTION_CREATE', s: 3, d }));
  await expect.poll(() => asked.length).toBe(1);
  expect(JSON.stringify(lines)).not.toContain(token);
});

test.each([401, 403, 500])('fault 44: a login that Discord refuses with %i tells no token', async (status) => {
  const endpoint = await startEndpoint(() => ({ status, body: { code: 0, message: 'no' } }));
  stops.push(endpoint.stop);
  const { log, lines } = createTestLog();
  const { directory } = createTestDirectory();
  const parts = { registry: testRegistry(), directory, token, log, clock: systemClock() };
  const failure: unknown = await startGateway({ ...parts, api: endpoint.api }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Error);
  expect((failure as Error).message).not.toContain(token);
  expect(JSON.stringify(lines)).not.toContain(token);
});
