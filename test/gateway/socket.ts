// Where Discord's gateway would be: a bare one that lets a client in and then does what a test says.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

const bot = { id: '100000000000000001', username: 'bot', discriminator: '0', avatar: null, bot: true };

/** How the gateway treats whoever connects. */
export interface SocketManners {
  readonly heartbeatMs: number;
  /** Whether heartbeats are answered on the connection of this number, from 1. */
  readonly isAlive: (connection: number) => boolean;
}

/** Listens on a free port. */
export const startSocket = async ({ heartbeatMs, isAlive }: SocketManners) => {
  const server = createServer((request, response) => {
    const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const limit = { total: 1_000, remaining: 1_000, reset_after: 0, max_concurrency: 1 };
    response.setHeader('content-type', 'application/json');
    const isAddress = (request.url ?? '').endsWith('/gateway/bot');
    response.end(JSON.stringify(isAddress ? { url, shards: 1, session_start_limit: limit } : []));
  });
  const sockets = new WebSocketServer({ server });
  const connections: WebSocket[] = [];
  /** What clients sent to begin: `identify` or `resume`. */
  const beginnings: string[] = [];
  sockets.on('connection', (socket) => {
    const number = connections.push(socket);
    const send = (packet: object): void => socket.send(JSON.stringify(packet));
    send({ op: 10, d: { heartbeat_interval: heartbeatMs } });
    socket.on('message', (data: Buffer) => {
      const { op } = JSON.parse(data.toString()) as { op: number };
      if (op === 1 && isAlive(number)) send({ op: 11 });
      if (op === 6) {
        beginnings.push('resume');
        send({ op: 0, t: 'RESUMED', s: 2, d: {} });
      }
      if (op !== 2) return;
      beginnings.push('identify');
      const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const application = { id: bot.id, flags: 0 };
      const d = { v: 10, user: bot, guilds: [], session_id: 's', resume_gateway_url: url, application, shard: [0, 1] };
      send({ op: 0, t: 'READY', s: 1, d });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    api: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    connections,
    beginnings,
    stop: (): void => {
      for (const socket of connections) socket.terminate();
      sockets.close();
      server.close();
      server.closeAllConnections();
    },
  };
};
