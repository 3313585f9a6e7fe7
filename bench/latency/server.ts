import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type Child, startChild } from '../child.ts';
import { serverCores } from '../cores.ts';
import { removeFolder, scratchFolder } from '../scratch.ts';
import { answerBytes, framesOf, type Request, requestBytes, writeRequest } from './protocol.ts';

/** What a server is started with. */
export interface ServerJob {
  readonly folder: string;
  readonly socket: string;
  readonly snapshotIntervalMs: number;
  /** Bytes that may wait for a snapshot; as deployed unless said. */
  readonly unsnapshottedBytesMax?: number;
  /** Guilds that were asked nothing for so long are let go of. */
  readonly idleMs: number;
}

/** What a server says of itself, after a garbage collection. */
export interface ServerFigures {
  readonly openMs: number;
  readonly residentBytes: number;
  readonly heapBytes: number;
  readonly actors: number;
  readonly guildsInMemory: number;
  readonly snapshots: number;
  /** Of the requests since these figures were last asked for, the part whose guild was not in memory. */
  readonly notInMemoryShare: number;
}

/** The runtime in a process of its own, behind a socket. */
export interface BenchServer {
  readonly socket: string;
  /** Sends one request and waits for its answer. */
  readonly ask: (request: Omit<Request, 'sequence'>) => Promise<void>;
  readonly figures: () => Promise<ServerFigures>;
  readonly stop: () => Promise<void>;
}

const nobody = { guild: 0, member: 0, other: 0 };

/** Starts a server over a store; it answers when this resolves. */
export const startBenchServer = async (options: Omit<ServerJob, 'socket'>): Promise<BenchServer> => {
  const home = await scratchFolder();
  const socket = join(home, 'socket');
  const child: Child = startChild(
    join(import.meta.dirname, 'server.child.ts'),
    { ...options, socket },
    { wrapper: serverCores },
  );
  await child.next();
  const ask: BenchServer['ask'] = async (request) => {
    const connection = connect(socket);
    const frame = Buffer.alloc(requestBytes);
    writeRequest(frame, 0, { ...request, sequence: 0 });
    const answered = new Promise<void>((resolve, reject) => {
      connection.on(
        'data',
        framesOf(answerBytes, () => resolve()),
      );
      connection.on('error', reject);
    });
    connection.write(frame);
    await answered;
    connection.end();
    await once(connection, 'close');
  };
  return {
    socket,
    ask,
    figures: async () => {
      await ask({ ...nobody, kind: 'measure' });
      return await child.next<ServerFigures>();
    },
    stop: async () => {
      await child.end();
      await removeFolder(home);
    },
  };
};
