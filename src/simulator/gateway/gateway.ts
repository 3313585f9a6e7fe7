import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { shardOf } from '../snowflake.ts';
import { guildCreatePayload, userPayloadOf } from '../world/payloads.ts';
import type { World } from '../world/world.ts';
import { type Connection, closeCode, receive } from './connection.ts';
import { intent } from './intents.ts';
import { type Dispatch, type Session, sendDispatch, spread } from './session.ts';

/** The gateway: the bot's sessions and what is sent to them. */
export interface Gateway {
  /** Takes over a WebSocket request of the HTTP server. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Sends an event to every session it is for. */
  readonly dispatch: (dispatch: Dispatch) => void;
  /** Whether any session has one of these intents: what nobody hears need not be made. */
  readonly isHeard: (intents: number) => boolean;
  /** Sends an event whose data is JSON already to every session of the shard it is for, whatever its intents. */
  readonly dispatchJson: (name: string, guildId: string | undefined, json: string) => void;
  /** Whether every shard has a connected session. */
  readonly isConnected: () => boolean;
  /** What is connected, for the state. */
  readonly sessions: () => readonly { readonly shard: number; readonly shards: number; readonly connected: boolean }[];
  /** Cuts every connection without a close frame; the sessions can be resumed. */
  readonly drop: () => number;
  /** Takes no connection for so many real milliseconds. */
  readonly refuseFor: (milliseconds: number) => void;
  /** Asks every connection to come back and resume (op 7). */
  readonly reconnect: () => number;
  /** Tells every connection that its session is over (op 9). */
  readonly invalidate: () => number;
  readonly close: () => void;
}

/** Direct messages belong to the first shard. */
const shardFor = (guildId: string | undefined, shards: number): number =>
  guildId === undefined ? 0 : shardOf(guildId, shards);

const heartbeatMs = 41_250;
const resumableMs = 120_000;
const sweepMs = 5_000;

/** A gateway for the world. `token` is the only one accepted; any when absent. `address` is known once it listens. */
export const createGateway = (world: World, address: () => string, token: string | undefined): Gateway => {
  const server = new WebSocketServer({ noServer: true, maxPayload: 1 << 20 });
  const sessions = new Map<string, Session>();
  const connections = new Set<Connection>();
  let refusedUntilMs = 0;

  const greet = (session: Session): void => {
    const guilds = Array.from(world.guilds.values()).filter(
      (guild) => shardOf(guild.id, session.shards) === session.shard,
    );
    const ready = {
      v: 10,
      user: { ...userPayloadOf(world, world.botId), verified: true, mfa_enabled: false, email: null, flags: 0 },
      guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
      session_id: session.id,
      session_type: 'normal',
      resume_gateway_url: address(),
      shard: [session.shard, session.shards],
      application: { id: world.applicationId, flags: 0 },
      private_channels: [],
      relationships: [],
    };
    sendDispatch(session, 'READY', JSON.stringify(ready));
    if ((session.intents & intent.guilds) === 0) return;
    for (const guild of guilds) {
      if (guild.unavailable) continue;
      // As Discord does: without presences only the bot itself is in the list.
      const seesAll = (session.intents & intent.guildPresences) !== 0 && guild.members.size <= 250;
      const members = Array.from(guild.members.values()).filter((member) => seesAll || member.userId === world.botId);
      sendDispatch(session, 'GUILD_CREATE', JSON.stringify(guildCreatePayload(world, guild, members)));
    }
  };

  const accept = (socket: WebSocket): void => {
    const connection: Connection = {
      world,
      token,
      sessions,
      socket,
      greet,
      session: undefined,
      lastHeardAtMs: performance.now(),
      sentTimesMs: [],
    };
    connections.add(connection);
    socket.on('message', (data) => receive(connection, (data as Buffer).toString()));
    socket.on('error', () => socket.terminate());
    socket.on('close', (code) => {
      connections.delete(connection);
      const { session } = connection;
      if (session?.socket !== socket) return;
      session.socket = undefined;
      session.lostAtMs = performance.now();
      if (code === 1000 || code === 1001) sessions.delete(session.id);
    });
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: heartbeatMs } }));
  };

  const sweep = setInterval(() => {
    const now = performance.now();
    for (const session of sessions.values()) {
      if (session.lostAtMs !== undefined && now - session.lostAtMs > resumableMs) sessions.delete(session.id);
    }
    for (const connection of connections) {
      if (now - connection.lastHeardAtMs > heartbeatMs * 2)
        connection.socket.close(closeCode.sessionTimedOut, 'Session timed out');
    }
  }, sweepMs);
  sweep.unref();

  const live = (): Session[] => Array.from(sessions.values()).filter((session) => session.socket !== undefined);

  return {
    upgrade: (request, socket, head) => {
      if (performance.now() < refusedUntilMs) socket.destroy();
      else server.handleUpgrade(request, socket, head, accept);
    },
    refuseFor: (milliseconds) => {
      refusedUntilMs = performance.now() + milliseconds;
    },
    dispatch: (dispatch) => {
      const { guildId } = dispatch;
      spread(sessions.values(), (session) => session.shard === shardFor(guildId, session.shards), dispatch);
    },
    isHeard: (intents) => {
      for (const session of sessions.values()) if ((session.intents & intents) !== 0) return true;
      return false;
    },
    dispatchJson: (name, guildId, json) => {
      for (const session of sessions.values()) {
        if (session.shard === shardFor(guildId, session.shards)) sendDispatch(session, name, json);
      }
    },
    isConnected: () => {
      const connected = live();
      return connected.some((session) =>
        Array.from({ length: session.shards }, (_, shard) => shard).every((shard) =>
          connected.some((other) => other.shard === shard && other.shards === session.shards),
        ),
      );
    },
    sessions: () =>
      Array.from(sessions.values(), (session) => ({
        shard: session.shard,
        shards: session.shards,
        connected: session.socket !== undefined,
      })),
    drop: () => {
      const dropped = live();
      for (const session of dropped) session.socket?.terminate();
      return dropped.length;
    },
    reconnect: () => {
      const asked = live();
      for (const session of asked) session.socket?.send('{"op":7,"d":null}');
      return asked.length;
    },
    invalidate: () => {
      const ended = live();
      for (const session of ended) {
        sessions.delete(session.id);
        session.socket?.send('{"op":9,"d":false}');
        session.socket = undefined;
      }
      return ended.length;
    },
    close: () => {
      clearInterval(sweep);
      for (const connection of connections) connection.socket.close(1001, 'Going away');
      for (const connection of connections) connection.socket.terminate();
      server.close();
    },
  };
};
