import { STATUS_CODES } from 'node:http';
import type { RESTOptions } from 'discord.js';
import { Agent, type Dispatcher, util } from 'undici';

type MakeRequest = RESTOptions['makeRequest'];
type Response = Awaited<ReturnType<MakeRequest>>;
type HeaderValues = ReturnType<typeof util.parseHeaders>;

/**
 * How long a connection that nobody uses stays open; a new one takes two more trips to Discord and back. Less than what
 * Discord's front (400 s) and usual gateways on the way (from 240 s) allow, or an answer would be sent into the void.
 */
const keepAliveMs = 60_000;

/** What was received, all of it. */
class Received implements Response {
  readonly status: number;
  readonly body = null;
  bodyUsed = false;
  readonly #headers: HeaderValues;
  readonly #bytes: Buffer;

  constructor(status: number, headers: HeaderValues, bytes: Buffer) {
    this.status = status;
    this.#headers = headers;
    this.#bytes = bytes;
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  get statusText(): string {
    return STATUS_CODES[this.status] ?? '';
  }

  /** discord.js asks for single headers only; an object of all of them would cost as much as the rest of a request. */
  get headers(): Headers {
    return this as Pick<Headers, 'get' | 'has'> as Headers;
  }

  get(name: string): string | null {
    const value = this.#headers[name.toLowerCase()];
    return Array.isArray(value) ? value.join(', ') : (value ?? null);
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#headers, name.toLowerCase());
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return new Uint8Array(this.#take()).buffer;
  }

  async text(): Promise<string> {
    return this.#take().toString();
  }

  async json(): Promise<unknown> {
    return JSON.parse(this.#take().toString());
  }

  #take(): Buffer {
    this.bodyUsed = true;
    return this.#bytes;
  }
}

/** Gathers one response. */
class Gathering implements Dispatcher.DispatchHandlers {
  readonly #resolve: (response: Received) => void;
  readonly #reject: (error: Error) => void;
  readonly #chunks: Buffer[] = [];
  #status = 0;
  #headers: HeaderValues = {};

  constructor(resolve: (response: Received) => void, reject: (error: Error) => void) {
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** undici takes no handler without it. */
  onConnect(): void {}

  /** What comes before the last one is only information. */
  onHeaders(status: number, headers: Buffer[]): boolean {
    this.#status = status;
    this.#headers = util.parseHeaders(headers);
    return true;
  }

  onData(chunk: Buffer): boolean {
    this.#chunks.push(chunk);
    return true;
  }

  onComplete(): void {
    this.#resolve(new Received(this.#status, this.#headers, Buffer.concat(this.#chunks)));
  }

  onError(error: Error): void {
    this.#reject(error);
  }
}

/**
 * Requests by undici, as discord.js's own but for what each of them costs: the response is gathered by its handler and
 * not through a stream, its headers are not copied into an object of theirs, and instead of a signal to each request the
 * connection watches the time. Rejects with undici's error when nothing, or only a part, has come after `timeoutMs`.
 */
export const createHttpRequests = ({ timeoutMs }: { readonly timeoutMs: number }): MakeRequest => {
  const agent = new Agent({
    connect: { timeout: timeoutMs },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    keepAliveTimeout: keepAliveMs,
  });
  return (url, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      // It may have waited for its turn until then.
      if (signal?.aborted) throw signal.reason;
      const pathAt = url.indexOf('/', url.indexOf('://') + 3);
      const options = { origin: url.slice(0, pathAt), path: url.slice(pathAt), method, headers, body };
      // discord.js makes methods in capitals, headers as an object, and bodies of text or forms.
      agent.dispatch(options as Dispatcher.DispatchOptions, new Gathering(resolve, reject));
    });
};
