import type { WebSocket } from 'ws';
import { intent } from './intents.ts';

/** Something the gateway tells a bot. */
export interface Dispatch {
  /** Discord's name: `MESSAGE_CREATE`. */
  readonly name: string;
  /** The server it belongs to; direct messages go to shard 0. */
  readonly guildId?: string;
  /** The session needs one of these intents; 0: everybody gets it. */
  readonly intents: number;
  readonly data: unknown;
  /** What a session without the intent for the content of messages gets in its place. */
  readonly withoutContent?: unknown;
}

/** A bot's session on one shard. It outlives its socket for a while, so that it can be resumed. */
export interface Session {
  readonly id: string;
  readonly shard: number;
  readonly shards: number;
  readonly intents: number;
  sequence: number;
  /** The last packets, oldest first, with their sequence numbers. */
  buffer: { readonly sequence: number; readonly text: string }[];
  socket: WebSocket | undefined;
  /** When its socket was lost, milliseconds of the machine's monotonic clock. */
  lostAtMs: number | undefined;
}

const bufferMax = 4_000;

/** Sends a packet that is already JSON to a session, or keeps it for its resumption. */
export const sendDispatch = (session: Session, name: string, json: string): void => {
  session.sequence += 1;
  const text = `{"op":0,"s":${session.sequence},"t":"${name}","d":${json}}`;
  session.buffer.push({ sequence: session.sequence, text });
  // Cut in halves, so that a busy session does not shift a long array at each packet.
  if (session.buffer.length > bufferMax) session.buffer = session.buffer.slice(bufferMax / 2);
  session.socket?.send(text);
};

/** Sends what was missed since `sequence`; false when that is no longer known or never was sent. */
export const replay = (session: Session, sequence: number): boolean => {
  if (sequence > session.sequence) return false;
  const oldest = session.buffer[0]?.sequence ?? session.sequence + 1;
  if (sequence + 1 < oldest) return false;
  for (const packet of session.buffer) {
    if (packet.sequence > sequence) session.socket?.send(packet.text);
  }
  return true;
};

/** Sends one dispatch to every session it is for. */
export const spread = (sessions: Iterable<Session>, isFor: (session: Session) => boolean, dispatch: Dispatch): void => {
  let full: string | undefined;
  let stripped: string | undefined;
  for (const session of sessions) {
    if (dispatch.intents !== 0 && (session.intents & dispatch.intents) === 0) continue;
    if (!isFor(session)) continue;
    if (dispatch.withoutContent !== undefined && (session.intents & intent.messageContent) === 0) {
      stripped ??= JSON.stringify(dispatch.withoutContent);
      sendDispatch(session, dispatch.name, stripped);
    } else {
      full ??= JSON.stringify(dispatch.data);
      sendDispatch(session, dispatch.name, full);
    }
  }
};
