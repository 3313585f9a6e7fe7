import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { startGateway } from '../../src/gateway/gateway.ts';
import { systemClock } from '../../src/kernel/clock.ts';
import { createTestDirectory, createTestLog, testRegistry } from './house.ts';

const bot = { id: '100000000000000001', username: 'bot', discriminator: '0', avatar: null, bot: true };

const server = createServer((request, response) => {
  const path = request.url ?? '';
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const limit = { total: 1_000, remaining: 1_000, reset_after: 0, max_concurrency: 1 };
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(path.endsWith('/gateway/bot') ? { url, shards: 1, session_start_limit: limit } : []));
});
const sockets = new WebSocketServer({ server });
const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);

/** Says hello, lets the client in and hands out its socket. */
const welcome = async (): Promise<WebSocket> => {
  const [socket] = (await once(sockets, 'connection')) as [WebSocket];
  const send = (packet: object): void => socket.send(JSON.stringify(packet));
  send({ op: 10, d: { heartbeat_interval: 40_000 } });
  socket.on('message', (data: Buffer) => {
    const { op } = JSON.parse(data.toString()) as { op: number };
    if (op === 1) send({ op: 11 });
    if (op !== 2) return;
    const application = { id: bot.id, flags: 0 };
    send({ op: 0, t: 'READY', s: 1, d: { v: 10, user: bot, guilds: [], session_id: 's', application, shard: [0, 1] } });
  });
  return socket;
};

const malformed = [
  {},
  null,
  7,
  { type: 2, id: 'x', guild_id: 'y', member: {} },
  { type: 3, guild_id: 'y', member: {} },
];

afterAll(() => {
  process.off('unhandledRejection', note);
  sockets.close();
  server.close();
  server.closeAllConnections();
});

test('an interaction that discord.js itself could not read is logged, and the process goes on', async () => {
  process.on('unhandledRejection', note);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { log, lines } = createTestLog();
  const { directory } = createTestDirectory();
  const connection = welcome();
  const gateway = await startGateway({
    registry: testRegistry(),
    directory,
    token: 'token',
    api: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    log,
    clock: systemClock(),
  });
  const socket = await connection;
  for (const [index, d] of malformed.entries()) {
    socket.send(JSON.stringify({ op: 0, t: 'INTERACTION_CREATE', s: index + 2, d }));
  }
  const isTold = (): boolean => lines.filter((line) => Number(line['level']) >= 40).length >= malformed.length;
  await expect.poll(isTold).toBe(true);
  await gateway.idle();
  await gateway.stop();
  expect(unhandled).toEqual([]);
});
