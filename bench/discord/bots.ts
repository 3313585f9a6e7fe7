import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { startBotChild } from '../../src/local/bot-child.ts';
import { pidOf } from './process-figures.ts';

/** A bot of the bench, logged in. */
export interface Bot {
  readonly pid: number;
  readonly end: () => Promise<void>;
}

/** Environment of a process, beyond that of this one. */
type Environment = Readonly<Record<string, string>>;

/** Runs `start` while this process has more in its environment, which a process that is started takes over. */
const withEnvironment = async <T>(environment: Environment, start: () => Promise<T>): Promise<T> => {
  const before = Object.keys(environment).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, environment);
  try {
    return await start();
  } finally {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  }
};

/** Our bot as it is deployed, on a local Discord. Of several shards there are `shards`. */
export const startOurs = async (
  api: string,
  dataFolder: string,
  { shards, environment = {} }: { readonly shards?: number; readonly environment?: Environment } = {},
): Promise<Bot> => {
  const all = {
    ...environment,
    GUILDHALL_DATA: dataFolder,
    GUILDHALL_LOG: 'error',
    GUILDHALL_SHARDS: String(shards ?? ''),
  };
  const entry = join(import.meta.dirname, '../../src/bot-process.ts');
  const child = await withEnvironment(all, () => startBotChild({ entry, api, clockOffsetMs: 0 }));
  return { pid: pidOf(child.pid), end: () => child.end('SIGTERM') };
};

/** The echo bot, on a local Discord; it hears of messages where it is to. */
export const startEcho = async (
  api: string,
  {
    shards,
    hearsMessages = false,
    environment = {},
  }: { readonly shards?: number; readonly hearsMessages?: boolean; readonly environment?: Environment } = {},
): Promise<Bot> => {
  const child: ChildProcess = fork(join(import.meta.dirname, 'echo-bot.child.ts'), {
    env: {
      ...process.env,
      ...environment,
      ECHO_API: api,
      ECHO_SHARDS: String(shards ?? 1),
      ECHO_MESSAGES: hearsMessages ? 'heard' : '',
    },
  });
  await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(() => Promise.reject(new Error('the echo bot ended'))),
  ]);
  return {
    pid: pidOf(child.pid),
    end: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
};
