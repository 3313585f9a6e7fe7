import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { InsideReport } from '../simulator/protocol.ts';
import { type BotToLauncher, type LauncherToBot, localEnvironment } from './bot-protocol.ts';

/** A bot running as a process of its own. */
export interface BotChild {
  readonly pid: number | undefined;
  /** Resolves when the bot has nothing left to answer. Rejects when it ends before. */
  readonly settle: () => Promise<void>;
  readonly setClock: (offsetMs: number) => void;
  /** Ends it: `SIGKILL` at once, `SIGTERM` after it has answered what it took. Resolves when it is gone. */
  readonly end: (signal: 'SIGKILL' | 'SIGTERM') => Promise<void>;
  /** Resolves with how it ended, in words, when the process is gone. */
  readonly gone: Promise<string>;
}

/** How native code ends a process that it has led astray. LMDB does so on pages that cannot be right. */
const nativeEnds: ReadonlySet<string> = new Set(['SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGILL', 'SIGSEGV']);

const howItEnded = (code: number | null, signal: string | null): string => {
  if (signal === null) return `code ${code}`;
  if (!nativeEnds.has(signal)) return signal;
  return `${signal}, as LMDB does on a damaged file of rows; to put back a backup: npm run guildhall -- restore`;
};

/** Starts a bot's process on the local Discord; resolves when it answers. Rejects with the reason it gave. */
export const startBotChild = async (spec: {
  readonly entry: string;
  readonly api: string;
  readonly clockOffsetMs: number;
  /** Hears what its actors do; absent: nobody looks, and it tells nothing. */
  readonly inside?: (report: InsideReport) => void;
}): Promise<BotChild> => {
  const child = fork(spec.entry, {
    env: {
      ...process.env,
      [localEnvironment.api]: spec.api,
      [localEnvironment.clockOffsetMs]: String(spec.clockOffsetMs),
      [localEnvironment.inside]: spec.inside ? 'told' : '',
    },
  });
  const gone = once(child, 'exit').then(([code, signal]) => howItEnded(code as number | null, signal as string | null));
  child.on('message', (message: BotToLauncher) => {
    if (message.type === 'inside') spec.inside?.(message);
  });
  await ready(child, gone);
  let settles = 0;
  return {
    pid: child.pid,
    gone,
    setClock: (offsetMs) => send(child, { type: 'clock', offsetMs }),
    settle: async () => {
      settles += 1;
      const id = settles;
      const settled = new Promise<void>((resolve) => {
        const listener = (message: BotToLauncher): void => {
          if (message.type !== 'settled' || message.id !== id) return;
          child.off('message', listener);
          resolve();
        };
        child.on('message', listener);
      });
      send(child, { type: 'settle', id });
      await Promise.race([settled, gone.then(() => Promise.reject(new Error('the bot is not running')))]);
    },
    end: async (signal) => {
      child.kill(signal);
      await gone;
    },
  };
};

const send = (child: ChildProcess, message: LauncherToBot): void => {
  if (child.connected) child.send(message);
};

const ready = (child: ChildProcess, gone: Promise<string>): Promise<void> =>
  new Promise((resolve, reject) => {
    child.on('message', (message: BotToLauncher) => {
      if (message.type === 'ready') resolve();
      if (message.type === 'failed') reject(new Error(message.message));
    });
    void gone.then((how) => reject(new Error(`the bot ended while it started (${how})`)));
  });
