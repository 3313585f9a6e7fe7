import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chownSync, constants, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { stopAtEnd } from '../child-side.ts';

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const postgresFolder = '/usr/lib/postgresql';

/** Folders in which a program may be: those of PATH, and where Debian keeps PostgreSQL's, the newest first. */
const folders = (): readonly string[] => {
  let versions: readonly string[] = [];
  try {
    versions = readdirSync(postgresFolder).toSorted((left, right) => Number(right) - Number(left));
  } catch {
    // Not installed.
  }
  return [
    ...versions.map((version) => join(postgresFolder, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(delimiter),
  ];
};

/** Where a program is; `undefined` when it is not installed. */
export const findProgram = (name: string): string | undefined =>
  folders()
    .map((folder) => join(folder, name))
    .find(isExecutable);

/** Where a program is. Throws when it is not installed. */
export const programPath = (name: string): string => {
  const path = findProgram(name);
  if (path === undefined) throw new Error(`${name} is not installed`);
  return path;
};

/** Who runs a server: PostgreSQL refuses to be run by root. */
export interface Runner {
  readonly uid: number;
  readonly gid: number;
}

/** Somebody who is not root and may have `folder`, which is given to them; `undefined` when this process is not root. */
export const unprivileged = (folder: string): Runner | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    const uid = spawnSync('id', ['-u', name], { encoding: 'utf8' });
    const gid = spawnSync('id', ['-g', name], { encoding: 'utf8' });
    if (uid.status !== 0 || gid.status !== 0) continue;
    const runner = { uid: Number(uid.stdout), gid: Number(gid.stdout) };
    chownSync(folder, runner.uid, runner.gid);
    return runner;
  }
  throw new Error('there is nobody to run a server that refuses root');
};

/** A server that this process started. */
export interface Server {
  readonly stop: () => Promise<void>;
}

const pollMs = 20;
const startMs = 60_000;

/**
 * Starts a server and waits until `ready` no longer throws. It is stopped by `signal`, at the latest when this process
 * ends. Rejects with what it said when it ends before it is ready.
 */
export const startServer = async (
  command: readonly string[],
  signal: NodeJS.Signals,
  ready: () => Promise<void>,
  runner?: Runner,
): Promise<Server> => {
  const [program = '', ...args] = command;
  const server: ChildProcess = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: '/', ...runner });
  let said = '';
  const hear = (chunk: Buffer): void => {
    said = (said + chunk.toString()).slice(-4000);
  };
  server.stdout?.on('data', hear);
  server.stderr?.on('data', hear);
  let ended = false;
  const exited = once(server, 'exit').then(() => {
    ended = true;
  });
  const stop = async (): Promise<void> => {
    if (!ended) server.kill(signal);
    await exited;
  };
  stopAtEnd(stop);
  const untilMs = performance.now() + startMs;
  for (;;) {
    try {
      await ready();
      return { stop };
    } catch (error) {
      if (ended || performance.now() > untilMs) {
        await stop();
        throw new Error(`${program} did not start: ${said}`, { cause: error });
      }
    }
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
};
