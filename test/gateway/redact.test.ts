import { DiscordAPIError, HTTPError } from 'discord.js';
import { expect, test } from 'vitest';
import { describeFailure, redact } from '../../src/gateway/redact.ts';

const secret = 'aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEyMzQ1Njc4OmFiY2RlZg';
const botToken = ['MTIzNDU2Nzg5MDEyMzQ1Njc4', 'GhIjKl', 'abcdefghijklmnopqrstuvwxyz0123456789AB'].join('.');

test.each([
  `https://discord.com/api/v10/interactions/123456789012345678/${secret}/callback`,
  `http://127.0.0.1:1/api/v10/interactions/123456789012345678/${secret}/callback?with_response=true`,
  `POST /webhooks/123456789012345678/${secret}/messages/%40original failed`,
  `{"url":"/webhooks/123456789012345678/${secret}"}`,
  `Authorization: Bot ${secret}`,
])('no token is left in %s', (text) => {
  expect(redact(text)).not.toContain(secret);
});

test('a bot token goes wherever it stands, and everything else stays', () => {
  expect(redact(`token ${botToken}.`)).toBe('token [redacted].');
  expect(redact('/interactions/1/2/callback')).toBe('/interactions/1/[redacted]/callback');
  expect(redact('/channels/123456789012345678/messages')).toBe('/channels/123456789012345678/messages');
});

const url = `https://discord.com/api/v10/interactions/1/${secret}/callback`;
const sent = { body: { content: 'what a member wrote' }, files: undefined };
const refused = new DiscordAPIError({ code: 10062, message: 'Unknown interaction' }, 10062, 404, 'POST', url, sent);

test.each([
  ['a refusal', refused],
  ['a server error', new HTTPError(503, 'Unavailable', 'POST', url, sent)],
  ['an error around it', new Error(`calling ${url}`, { cause: refused })],
  ['a rejection with a text', url],
])('%s is described without tokens and without what members wrote', (_name, error) => {
  const described = JSON.stringify(describeFailure(error));
  expect(described).not.toContain(secret);
  expect(described).not.toContain('what a member wrote');
});

test('a description says what happened', () => {
  expect(describeFailure(refused)).toMatchObject({
    code: 10062,
    status: 404,
    method: 'POST',
    message: 'Unknown interaction',
  });
  const circle: Error = new Error('round');
  circle.cause = circle;
  expect(JSON.stringify(describeFailure(circle)).length).toBeLessThan(20_000);
});
