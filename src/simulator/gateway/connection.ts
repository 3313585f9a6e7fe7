import { randomBytes } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { World } from '../world/world.ts';
import { sendMemberChunks } from './chunks.ts';
import { knownIntents } from './intents.ts';
import { replay, type Session, sendDispatch } from './session.ts';

/** Discord's close codes that the local Discord uses. */
export const closeCode = {
  unknownOpcode: 4001,
  decodeError: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  rateLimited: 4008,
  sessionTimedOut: 4009,
  invalidShard: 4010,
  invalidIntents: 4013,
} as const;

/** One socket of a bot, and its session once it has one. */
export interface Connection {
  readonly world: World;
  readonly token: string | undefined;
  readonly sessions: Map<string, Session>;
  readonly socket: WebSocket;
  /** Sends READY and the servers to a new session. */
  readonly greet: (session: Session) => void;
  session: Session | undefined;
  lastHeardAtMs: number;
  /** When it sent something in the last minute. */
  sentTimesMs: number[];
}

const sendsPerMinuteMax = 120;

const parsePacket = (text: string): { readonly op: number; readonly d: unknown } | undefined => {
  try {
    const packet: unknown = JSON.parse(text);
    if (typeof packet !== 'object' || packet === null || !('op' in packet)) return undefined;
    return { op: Number(packet.op), d: 'd' in packet ? packet.d : undefined };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

const acceptsToken = (connection: Connection, token: unknown): boolean =>
  typeof token === 'string' && token !== '' && (connection.token === undefined || token === connection.token);

const readShard = (shard: unknown): readonly [number, number] | undefined => {
  if (shard === undefined) return [0, 1];
  if (!Array.isArray(shard) || shard.length !== 2) return undefined;
  const [id, count] = shard as unknown[];
  if (!Number.isSafeInteger(id) || !Number.isSafeInteger(count)) return undefined;
  const [shardId, shards] = [Number(id), Number(count)];
  return shardId >= 0 && shards > 0 && shardId < shards ? [shardId, shards] : undefined;
};

const identify = (connection: Connection, data: Record<string, unknown>): void => {
  const { socket } = connection;
  if (connection.session !== undefined) return socket.close(closeCode.alreadyAuthenticated, 'Already authenticated.');
  if (!acceptsToken(connection, data['token']))
    return socket.close(closeCode.authenticationFailed, 'Authentication failed.');
  const shard = readShard(data['shard']);
  if (shard === undefined) return socket.close(closeCode.invalidShard, 'Invalid shard.');
  const intents = data['intents'];
  if (typeof intents !== 'number' || !Number.isSafeInteger(intents) || (intents & ~knownIntents) !== 0) {
    return socket.close(closeCode.invalidIntents, 'Invalid intent(s).');
  }
  const session: Session = {
    id: randomBytes(16).toString('hex'),
    shard: shard[0],
    shards: shard[1],
    intents,
    sequence: 0,
    buffer: [],
    socket,
    lostAtMs: undefined,
  };
  connection.session = session;
  connection.sessions.set(session.id, session);
  connection.greet(session);
};

const resume = (connection: Connection, data: Record<string, unknown>): void => {
  const { socket } = connection;
  if (!acceptsToken(connection, data['token']))
    return socket.close(closeCode.authenticationFailed, 'Authentication failed.');
  const session = connection.sessions.get(String(data['session_id']));
  if (session === undefined) return socket.send('{"op":9,"d":false}');
  const older = session.socket;
  session.socket = socket;
  session.lostAtMs = undefined;
  connection.session = session;
  if (older !== undefined && older !== socket) older.terminate();
  if (!replay(session, Number(data['seq']))) {
    connection.sessions.delete(session.id);
    connection.session = undefined;
    session.socket = undefined;
    return socket.send('{"op":9,"d":false}');
  }
  sendDispatch(session, 'RESUMED', '{"_trace":[]}');
};

const isFlooding = (connection: Connection): boolean => {
  const now = performance.now();
  connection.sentTimesMs = connection.sentTimesMs.filter((sentAtMs) => now - sentAtMs < 60_000);
  connection.sentTimesMs.push(now);
  return connection.sentTimesMs.length > sendsPerMinuteMax;
};

/** Handles one packet from the bot. */
export const receive = (connection: Connection, text: string): void => {
  const { socket } = connection;
  connection.lastHeardAtMs = performance.now();
  const packet = parsePacket(text);
  if (packet === undefined) return socket.close(closeCode.decodeError, 'Error while decoding payload.');
  if (isFlooding(connection)) return socket.close(closeCode.rateLimited, 'You are being rate limited.');
  const data = (typeof packet.d === 'object' && packet.d !== null ? packet.d : {}) as Record<string, unknown>;
  switch (packet.op) {
    case 1:
      return socket.send('{"op":11}');
    case 2:
      return identify(connection, data);
    case 6:
      return resume(connection, data);
    case 3:
    case 4:
    case 8:
    case 31:
      break;
    default:
      return socket.close(closeCode.unknownOpcode, 'Unknown opcode.');
  }
  // Presence and voice change nothing here; only the request for members is answered.
  const { session } = connection;
  if (session === undefined) return socket.close(closeCode.notAuthenticated, 'Not authenticated.');
  if (packet.op === 8) sendMemberChunks(connection.world, session, data);
};
