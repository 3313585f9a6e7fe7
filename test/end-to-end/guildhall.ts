// The whole of Guildhall as `npm start` runs it, driven through the control API of the local Discord.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const entry = join(import.meta.dirname, '../../start.mjs');

/** What the control API answers to a command, press or form. */
export interface Answered {
  readonly answered: boolean;
  readonly deferred: boolean;
  readonly ephemeral: boolean;
  readonly interactionId: string;
  readonly message?: {
    readonly id: string;
    readonly content: string;
    readonly embeds: readonly {
      readonly title?: string;
      readonly description?: string;
      readonly fields?: readonly { readonly name: string; readonly value: string }[];
    }[];
    readonly components: readonly {
      readonly components: readonly {
        readonly custom_id?: string;
        readonly label?: string;
        readonly disabled?: boolean;
      }[];
    }[];
  };
  readonly modal?: { readonly custom_id: string; readonly components: readonly unknown[] };
  readonly choices?: readonly { readonly name: string; readonly value: string }[];
}

export interface State {
  readonly ready: boolean;
  readonly clock: number;
  readonly guilds: readonly {
    readonly id: string;
    readonly name: string;
    readonly ownerId: string;
    readonly members: readonly {
      readonly id: string;
      readonly name: string;
      readonly bot: boolean;
      readonly permissions: string;
    }[];
  }[];
  readonly refusals: readonly { readonly code: number }[];
}

/** A process that ended before it served anybody: what it said, and its exit code. */
export class EndedEarly extends Error {
  override readonly name = 'EndedEarly';
  readonly code: number | null;
  constructor(output: string, code: number | null) {
    super(output);
    this.code = code;
  }
}

export const freshFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'guildhall-test-'));

export class Guildhall {
  readonly url: string;
  /** Everything its processes wrote so far, the log included. */
  readonly output: () => string;
  readonly #process: ChildProcess;
  private constructor(process: ChildProcess, url: string, output: () => string) {
    this.#process = process;
    this.url = url;
    this.output = output;
  }

  /** Starts it on a free port. Throws `EndedEarly` when it does not come up. */
  static async start(dataFolder: string, environment: Readonly<Record<string, string>> = {}): Promise<Guildhall> {
    const child = spawn(process.execPath, [entry], {
      // A group of its own, so that all of its processes can be killed at once.
      detached: true,
      env: { ...process.env, PORT: '0', GUILDHALL_DATA: dataFolder, GUILDHALL_LOG: 'warn', ...environment },
    });
    let output = '';
    const url = await new Promise<string>((resolve, reject) => {
      const read = (chunk: Buffer): void => {
        output += chunk.toString();
        const found = /open (http:\S+)/.exec(output)?.[1];
        if (found !== undefined) resolve(found.replace(/\/$/, ''));
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('close', (code) => reject(new EndedEarly(output, code)));
    });
    return new Guildhall(child, url, () => output);
  }

  async request<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as T;
    if (!response.ok) throw new Error(`${path}: ${response.status} ${JSON.stringify(answer)}`);
    return answer;
  }
  post<T = unknown>(path: string, body: unknown): Promise<T> {
    return this.request('POST', path, body);
  }
  state(): Promise<State> {
    return this.request('GET', '/sim/state');
  }
  command(guild: string, user: string, command: string, options: object = {}): Promise<Answered> {
    return this.post(`/sim/guilds/${guild}/commands`, { user, command, options });
  }

  /** Wallet and bank, as a member reads them in the answer to `/balance`. */
  async balance(guild: string, user: string): Promise<{ readonly wallet: number; readonly bank: number }> {
    const { message } = await this.command(guild, user, 'balance');
    const field = (name: string): number => {
      const value = message?.embeds[0]?.fields?.find((one) => one.name === name)?.value;
      return Number(value?.replaceAll(/[^\d]/g, ''));
    };
    return { wallet: field('Wallet'), bank: field('Bank') };
  }

  /** Ends every process at once with SIGKILL. */
  async killAll(): Promise<void> {
    const gone = once(this.#process, 'close');
    if (this.#process.pid !== undefined) process.kill(-this.#process.pid, 'SIGKILL');
    await gone;
  }

  /** Asks it to end; gives the exit code. */
  async stop(): Promise<number | null> {
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    const [code] = (await gone) as [number | null];
    return code;
  }
}
