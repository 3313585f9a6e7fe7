import { DiscordAPIError, HTTPError } from 'discord.js';

const interactionToken = /(\/interactions\/\d{1,20}\/)[^/\s?"']+/g;
const webhookToken = /(\/webhooks\/\d{1,20}\/)[^/\s?"']+/g;
/** Discord's form of a bot token: the id in base64, a time and a signature, with dots between. */
const botToken = /\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}\b/g;
const authorization = /\b(Bot|Bearer)\s+[\w.-]{8,}/g;
const hidden = '[redacted]';

/** The text without bot tokens and without the tokens that Discord puts into interaction and webhook addresses. */
export const redact = (text: string): string =>
  text
    .replace(interactionToken, `$1${hidden}`)
    .replace(webhookToken, `$1${hidden}`)
    .replace(authorization, `$1 ${hidden}`)
    .replace(botToken, hidden);

/** What may be logged of an error: no token and nothing of a request's body, which holds what members wrote. */
export interface Failure {
  readonly name: string;
  readonly message: string;
  /** Discord's own code, such as 10062, or the code of the network's error. */
  readonly code?: string | number;
  /** The HTTP status. */
  readonly status?: number;
  readonly method?: string;
  readonly url?: string;
  /** For errors of our own only: where it was thrown. */
  readonly stack?: string;
  readonly cause?: Failure;
}

const causesMax = 3;

/** Describes any thrown value for the log, causes included, to a depth of three. */
export const describeFailure = (thrown: unknown, depth = 0): Failure => {
  if (!(thrown instanceof Error)) return { name: typeof thrown, message: redact(String(thrown)) };
  const base = { name: thrown.name, message: redact(thrown.message) };
  if (thrown instanceof DiscordAPIError || thrown instanceof HTTPError) {
    const code = thrown instanceof DiscordAPIError ? { code: thrown.code } : {};
    return { ...base, ...code, status: thrown.status, method: thrown.method, url: redact(thrown.url) };
  }
  const code = 'code' in thrown && typeof thrown.code === 'string' ? { code: thrown.code } : {};
  const cause =
    thrown.cause === undefined || depth >= causesMax ? {} : { cause: describeFailure(thrown.cause, depth + 1) };
  return { ...base, ...code, ...(thrown.stack !== undefined && { stack: redact(thrown.stack) }), ...cause };
};
