import { DiscordAPIError, RateLimitError } from 'discord.js';
import type { Performance } from '../../actors/performer.ts';
import { NotSentError } from '../transport.ts';

// Discord's error codes. Source: developer documentation, opcodes and status codes.
/** Unknown channel, guild, member, message, role, user; a recipient whose account is no more. */
const goneCodes: ReadonlySet<unknown> = new Set([10_003, 10_004, 10_007, 10_008, 10_011, 10_013, 50_033]);
/** Missing access, missing permissions, closed direct messages, no server in common. */
const forbiddenCodes: ReadonlySet<unknown> = new Set([50_001, 50_007, 50_013, 50_278]);
/** Slow mode; messages written too fast in a channel or a server; direct messages opened too fast. */
const tooFastCodes: ReadonlySet<unknown> = new Set([20_016, 20_028, 20_029, 40_003]);

/** Errors of a connection that never stood: nothing was sent. */
const unsentCodes: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Pauses before the next try, in milliseconds. */
const troubleMs = 5_000;
const tooFastMs = 60_000;

/** Whether a connection failed before anything went over it. */
export const isUnsent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && unsentCodes.has(error.code);

/** What discord.js says while it is logged out, or for a moment after a 401. */
const isWithoutToken = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('Expected token to be set');

const endOfRefusal = ({ code, status }: DiscordAPIError): Performance => {
  if (goneCodes.has(code)) return { failed: 'gone' };
  if (forbiddenCodes.has(code)) return { failed: 'forbidden' };
  // A 401 is trouble with the token, and none of the effect's.
  if (tooFastCodes.has(code) || status === 429 || status === 401) return { later: tooFastMs };
  if (status === 404) return { failed: 'gone' };
  return { failed: status === 403 ? 'forbidden' : 'rejected' };
};

/**
 * How a request to Discord that failed ends an effect. Where nobody knows whether Discord did it (a server error, a
 * connection that broke, a time-out), a request that `mayRepeat` comes again, and any other ends `unknown`.
 */
export const performanceOf = (error: unknown, mayRepeat: boolean): Performance => {
  if (error instanceof NotSentError) return { later: error.againMs };
  if (error instanceof RateLimitError) return { later: Math.ceil(Math.max(error.retryAfter, error.timeToReset)) };
  if (error instanceof DiscordAPIError) return endOfRefusal(error);
  return mayRepeat || isUnsent(error) || isWithoutToken(error) ? { later: troubleMs } : { failed: 'unknown' };
};
