import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** How long a child that was asked to end may take to stop its servers. */
const endMs = 10_000;

/** What stands before the child's own command, and what it finds in its environment. */
export interface ChildOptions {
  /** A tracer and its arguments. */
  readonly wrapper?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** A process of the bench. */
export interface Child {
  /** The next line it says; rejects when it ends without one. */
  readonly next: <Line>() => Promise<Line>;
  /** Resolves when it has ended; rejects when it failed. */
  readonly ended: Promise<void>;
  /** Asks it to end, and kills it where it does not. */
  readonly end: () => Promise<void>;
  readonly pid: number | undefined;
}

const children = new Set<Child>();

/**
 * Starts a script of the bench with a job, which it hears as JSON. It says lines of JSON, and ends with this process:
 * it watches its standard input.
 */
export const startChild = (script: string, job: unknown, options: ChildOptions = {}): Child => {
  const { wrapper = [], environment = {} } = options;
  const command = [...wrapper, process.execPath, '--no-warnings', script, JSON.stringify(job)];
  const started = spawn(command[0] ?? process.execPath, command.slice(1), {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
    // Its own group, so that a Ctrl-C reaches it through this process, which waits for its servers to stop.
    detached: true,
  });
  const lines = createInterface({ input: started.stdout })[Symbol.asyncIterator]();
  const exited = once(started, 'exit') as Promise<[number | null, string | null]>;
  let ending = false;
  const ended = exited.then(([code, signal]) => {
    children.delete(child);
    if (code !== 0 && !ending) throw new Error(`${script} ended with ${signal ?? code}`);
  });
  ended.catch(() => undefined);
  const child: Child = {
    next: async <Line>() => {
      const line = await lines.next();
      if (line.done !== true) return JSON.parse(line.value) as Line;
      await ended;
      throw new Error(`${script} ended without an answer`);
    },
    ended,
    end: async () => {
      ending = true;
      started.stdin.end();
      const killer = setTimeout(() => killGroup(started.pid), endMs);
      await exited;
      clearTimeout(killer);
    },
    pid: started.pid,
  };
  started.stdin.on('error', () => undefined);
  children.add(child);
  return child;
};

const killGroup = (pid: number | undefined): void => {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
};

/** Starts a script, and gives the one line it says before it ends. */
export const askChild = async <Line>(script: string, job: unknown, options: ChildOptions = {}): Promise<Line> => {
  const child = startChild(script, job, options);
  try {
    const line = await child.next<Line>();
    await child.ended;
    return line;
  } finally {
    await child.end();
  }
};

/** Has a Ctrl-C or a SIGTERM end all children with their servers, and then this process. */
export const endChildrenOnSignals = (): void => {
  const end = async (): Promise<void> => {
    await Promise.allSettled([...children].map((child) => child.end()));
    process.exit(130);
  };
  process.once('SIGINT', () => void end());
  process.once('SIGTERM', () => void end());
};
