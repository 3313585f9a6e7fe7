import { setTimeout as sleep } from 'node:timers/promises';
import type { RESTOptions } from 'discord.js';
import type { Clock } from '../kernel/clock.ts';
import { type Breaker, createBreaker } from './breaker.ts';
import { createBucket } from './bucket.ts';
import { createHttpRequests } from './http.ts';

type MakeRequest = RESTOptions['makeRequest'];
type Init = Parameters<MakeRequest>[1];
type Response = Awaited<ReturnType<MakeRequest>>;

/** A request that was not sent because it would have come too late or done harm. */
export class NotSentError extends Error {
  override readonly name = 'NotSentError';
  /** After this many milliseconds it is worth another try. */
  readonly againMs: number;

  constructor(message: string, againMs: number) {
    super(message);
    this.againMs = againMs;
  }
}

/** Waits before the second, third and fourth try. Together they stay within Discord's three seconds. */
const retryDelaysMs = [200, 400, 800] as const;
/** Authorised requests a second. Source: Discord's global limit; interaction endpoints do not count towards it. */
const startsPerSecond = 50;
const waitMsMax = 15_000;
/** Once a request is sent: for the connection, until its response begins, and between parts of it. */
const responseMsMax = 15_000;
/** Refused requests are forgotten after ten minutes; until then there is little use in trying. */
const breakerPauseMs = 120_000;

const authorised = (init: Init): boolean => 'Authorization' in (init.headers as Record<string, string>);

/** Sending it twice does what sending it once does, or (for a member's answer) is better than never. */
const repeatable = (init: Init, isAuthorised: boolean): boolean => !isAuthorised || init.method !== 'POST';

const networkCodes: ReadonlySet<unknown> = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_SOCKET',
  'UND_ERR_CONNECT_TIMEOUT',
]);
const isNetworkError = (thrown: unknown): thrown is Error =>
  thrown instanceof Error && 'code' in thrown && networkCodes.has(thrown.code);

/** How requests reach Discord. */
export interface Transport {
  readonly makeRequest: MakeRequest;
  readonly breaker: Breaker;
}

/**
 * The way to Discord under discord.js's client: at most 50 authorised requests in any second, answers to interactions
 * beside that limit (as Discord counts); server errors and broken connections tried again after a pause; nothing sent
 * any more when a ban is in sight. `onUnauthorised` is called after discord.js has dealt with a 401: it forgets its
 * token then, for good.
 */
export const createTransport = (spec: { readonly clock: Clock; readonly onUnauthorised: () => void }): Transport => {
  const { clock } = spec;
  const breaker = createBreaker();
  const request = createHttpRequests({ timeoutMs: responseMsMax });
  const bucket = createBucket({ starts: startsPerSecond, windowMs: 1_000, waitMsMax });

  const waitForTurn = async (): Promise<void> => {
    const nowMs = clock.monotonicMs();
    const startMs = bucket.reserve(nowMs);
    if (startMs === undefined) throw new NotSentError('too many requests are waiting for their turn', waitMsMax);
    if (startMs > nowMs) await sleep(startMs - nowMs);
  };

  const sendOnce = async (url: string, init: Init, isAuthorised: boolean): Promise<Response> => {
    if (!breaker.allows(isAuthorised ? 'work' : 'answer', clock.monotonicMs())) {
      throw new NotSentError('Discord refused too many requests in the last ten minutes', breakerPauseMs);
    }
    if (isAuthorised) await waitForTurn();
    const response = await request(url, init);
    // A limit shared with other bots is nobody's mistake and does not count towards the ban.
    if (!response.ok && response.headers.get('X-RateLimit-Scope') !== 'shared') {
      breaker.note(response.status, clock.monotonicMs());
    }
    if (response.status === 401 && isAuthorised) setImmediate(spec.onUnauthorised);
    return response;
  };

  const makeRequest: MakeRequest = async (url, init) => {
    const isAuthorised = authorised(init);
    const delays = repeatable(init, isAuthorised) ? retryDelaysMs : [];
    for (const delayMs of delays) {
      try {
        const response = await sendOnce(url, init, isAuthorised);
        if (response.status < 500) return response;
        await response.arrayBuffer();
      } catch (error) {
        if (!isNetworkError(error)) throw error;
      }
      await sleep(delayMs);
    }
    return sendOnce(url, init, isAuthorised);
  };

  return { makeRequest, breaker };
};
