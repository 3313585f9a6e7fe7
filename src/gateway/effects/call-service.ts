import { lookup as resolve } from 'node:dns';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Logger } from 'pino';
import type { EffectJob, Performance } from '../../actors/performer.ts';
import { callService, type EffectFailure } from '../../kernel/effect.ts';
import { describeFailure } from '../redact.ts';
import { isPublicAddress } from './addresses.ts';
import type { Performers } from './by-kind.ts';
import { isUnsent } from './ends.ts';

/** What calls services. */
export interface ServiceCallerParts {
  readonly log: Logger;
  /** Which addresses may be called; those of the open internet unless said otherwise. */
  readonly mayCall?: ((address: string) => boolean) | undefined;
  /** Certificates (PEM) to trust in place of the machine's. */
  readonly authorities?: string | undefined;
}

type Call = ReturnType<typeof callService.payload.parse>;

const bodyBytesMax = 256 * 1024;
const troubleMs = 5_000;

/** Where the request goes, how long it is and how the connection is kept are not for the caller to say. */
const ownHeaders: ReadonlySet<string> = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Ends the call with a failure. */
class CallError extends Error {
  override readonly name = 'CallError';
  readonly failure: EffectFailure;

  constructor(failure: EffectFailure, message: string) {
    super(message);
    this.failure = failure;
  }
}

/**
 * Resolves a name and refuses it when any of its addresses may not be called. The connection goes to the address that
 * was checked: a name that changes its address in between gains nothing.
 */
const checkedLookup =
  (mayCall: (address: string) => boolean): LookupFunction =>
  (hostname, options, done) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error) done(error, '');
      else if (!first || !addresses.every(({ address }) => mayCall(address))) {
        done(new CallError('forbidden', `${hostname} is not on the open internet`), '');
      } else if (options.all === true) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };

const readBody = async (response: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > bodyBytesMax) throw new CallError('rejected', `the answer is longer than ${bodyBytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
};

/**
 * Performs `http.call`: one request over HTTPS to the open internet, following no redirect (its answer is the answer).
 * What may have been sent and has no answer ends `unknown`; what was not sent for a passing reason comes later.
 */
export const createServiceCaller = (parts: ServiceCallerParts): Performers => {
  const { log, mayCall = isPublicAddress, authorities } = parts;
  const lookup = checkedLookup(mayCall);

  const call = async ({ url, method, headers, body, timeoutMs }: Call, sending: () => void) => {
    const target = new URL(url);
    const host = target.hostname.replace(/^\[|\]$/g, '');
    if (target.protocol !== 'https:') throw new CallError('rejected', 'services are called over HTTPS');
    // An address in place of a name is not looked up.
    if (isIP(host) !== 0 && !mayCall(host))
      throw new CallError('forbidden', 'that address is not on the open internet');
    const foreign = Object.keys(headers).find((name) => ownHeaders.has(name.toLowerCase()));
    if (foreign !== undefined) throw new CallError('rejected', `the header ${foreign} is not for the caller to set`);
    const response = await new Promise<IncomingMessage>((done, fail) => {
      const outgoing = request(
        target,
        {
          method,
          headers: { ...headers, 'accept-encoding': 'identity' },
          lookup,
          agent: false,
          signal: AbortSignal.timeout(timeoutMs),
          ...(authorities !== undefined && { ca: authorities }),
        },
        done,
      );
      outgoing.once('error', fail);
      outgoing.once('socket', (socket) => socket.once('secureConnect', sending));
      outgoing.end(body);
    });
    try {
      return { status: response.statusCode ?? 0, body: await readBody(response) };
    } finally {
      response.destroy();
    }
  };

  const end = (job: EffectJob, error: unknown, wasSent: boolean): Performance => {
    log.warn(
      { guild: job.guild, kind: job.kind, wasSent, failure: describeFailure(error) },
      'a call of a service failed',
    );
    if (error instanceof CallError) return { failed: error.failure };
    if (wasSent) return { failed: 'unknown' };
    const isLate = error instanceof Error && error.name === 'AbortError';
    return isLate || isUnsent(error) ? { later: troubleMs } : { failed: 'rejected' };
  };

  const perform = async (job: EffectJob): Promise<Performance> => {
    let wasSent = false;
    try {
      const done = await call(callService.payload.parse(job.payload), () => {
        wasSent = true;
      });
      return { done };
    } catch (error) {
      return end(job, error, wasSent);
    }
  };
  return new Map([[callService.kind, perform]]);
};
