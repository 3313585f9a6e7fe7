import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { processesOn } from '../../crash/processes.ts';

const path = '/usr/bin/strace';

const isThere = (): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/**
 * Why system calls cannot be made to fail here; `undefined` when they can. In CI there is no such reason: a strace that
 * is missing there is a failure.
 */
export const noStrace: string | undefined =
  process.platform === 'linux' && (isThere() || process.env['CI'])
    ? undefined
    : `no strace at ${path}; install Debian's package strace`;

/** System calls of a process that are tampered with. */
export interface Tampering {
  /** From now on they work again. */
  readonly end: () => Promise<void>;
}

/**
 * Has system calls of the bot on a data folder fail or wait, where they concern one file. `injection` is strace's:
 * `pwrite64:error=EIO`. Resolves when it is in force. Rejects when strace may not attach.
 */
export const tamper = async (dataFolder: string, file: string, injection: string): Promise<Tampering> => {
  const bot = processesOn(dataFolder).get('bot');
  if (bot === undefined) throw new Error('no bot runs');
  const [calls = ''] = injection.split(':');
  const tracing = ['-f', '-P', file, '-e', `trace=${calls}`, '-e', `inject=${injection}`, '-o', '/dev/null'];
  const strace = spawn(path, [...tracing, '-p', String(bot)], { stdio: ['ignore', 'ignore', 'pipe'] });
  const gone = once(strace, 'exit');
  await new Promise<void>((resolve, reject) => {
    let said = '';
    strace.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('attached')) resolve();
    });
    strace.once('error', reject);
    void gone.then(() => reject(new Error(`strace ended: ${said}`)));
  });
  return {
    end: async () => {
      // It lets go of the process, which goes on.
      strace.kill('SIGINT');
      await gone;
    },
  };
};
