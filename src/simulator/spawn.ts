import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import {
  type InsideReport,
  noBotProcess,
  type ParentToSimulator,
  type SimulatorParent,
  type SimulatorToParent,
} from './protocol.ts';

/** A local Discord in a process of its own. */
export interface SpawnedSimulator {
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** Tells it whether the bot answers commands now. */
  readonly botReady: (ready: boolean) => void;
  /** Tells it what the bot's actors did. */
  readonly inside: (report: InsideReport) => void;
  /** Lets it save its world and end; resolves when the process is gone. */
  readonly stop: () => Promise<void>;
}

const answer = async (
  send: (message: ParentToSimulator) => void,
  id: number,
  asked: (() => Promise<unknown>) | undefined,
): Promise<void> => {
  if (asked === undefined) return send({ type: 'answer', id, error: noBotProcess });
  try {
    send({ type: 'answer', id, result: await asked() });
  } catch (error) {
    send({ type: 'answer', id, error: error instanceof Error ? error.message : String(error) });
  }
};

/**
 * Starts the local Discord as a child process and resolves when it listens; before that `parent.clock` has been told
 * the offset of its clock. It ends with this process. Rejects with one line when it cannot start.
 */
export const spawnSimulator = async (options: {
  readonly port: number;
  readonly dataFolder: string;
  readonly parent?: SimulatorParent;
}): Promise<SpawnedSimulator> => {
  const parent = options.parent ?? {};
  const child = fork(join(import.meta.dirname, 'main.ts'), {
    env: { ...process.env, PORT: String(options.port), GUILDHALL_DATA: options.dataFolder },
  });
  const gone = once(child, 'exit');
  const send = (message: ParentToSimulator): void => {
    if (child.connected) child.send(message);
  };
  const listening = await new Promise<{ readonly url: string; readonly port: number }>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the local Discord ended with code ${code} while it started`)));
    child.on('message', (message: SimulatorToParent) => {
      switch (message.type) {
        case 'listening':
          return resolve(message);
        case 'failed':
          return reject(new Error(message.message));
        case 'clock':
          return parent.clock?.(message.offsetMs);
        case 'bot': {
          const { bot } = parent;
          return void answer(send, message.id, bot && (() => bot(message.action)));
        }
        case 'settle':
          return void answer(send, message.id, parent.settle);
        default:
          return message satisfies never;
      }
    });
  });
  return {
    url: listening.url,
    port: listening.port,
    process: child,
    botReady: (ready) => send({ type: 'bot-ready', ready }),
    inside: (report) => send({ type: 'inside', ...report }),
    stop: async () => {
      send({ type: 'stop' });
      await gone;
    },
  };
};
