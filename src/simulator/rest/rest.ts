import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Refusal, type RestAnswer, refusals } from '../refusal.ts';
import type { Simulator } from '../simulator.ts';
import { applicationRoutes } from './application.ts';
import { type ReadBody, readMultipart } from './body.ts';
import { commandRoutes } from './commands.ts';
import { guildRoutes } from './guilds.ts';
import { interactionRoutes } from './interactions.ts';
import { messageRoutes } from './messages.ts';
import type { RestRoute } from './route.ts';

const routes: readonly RestRoute[] = [
  ...interactionRoutes,
  ...applicationRoutes,
  ...commandRoutes,
  ...messageRoutes,
  ...guildRoutes,
];
const bodyMaxBytes = 30 * 1024 * 1024;
const defaultFaultMs = 1_000;

/** The path without what nobody should read in a log: the tokens of interactions. */
const openPath = (url: string): string =>
  (url.split('?')[0] ?? '')
    .replace(/^\/api(\/v\d+)?/, '')
    .replace(/^(\/(?:interactions|webhooks)\/\d+)\/[^/]+/, '$1/:token');

const routeName = (request: FastifyRequest): string => `${request.method} ${openPath(request.url)}`;

const isAuthorized = (header: string | undefined, token: string | undefined): boolean =>
  header !== undefined &&
  header.startsWith('Bot ') &&
  header.length > 4 &&
  (token === undefined || header === `Bot ${token}`);

const faultAnswer = (simulator: Simulator, route: string): RestAnswer | undefined => {
  const fault = simulator.faults.strike(['429', '500'], route);
  if (fault === undefined) return undefined;
  if (fault.kind === '500') return { status: 500, body: { message: '500: Internal Server Error', code: 0 } };
  return {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: fault.delayMs / 1_000, global: false },
  };
};

const send = (reply: FastifyReply, answer: RestAnswer, bucket: string): FastifyReply => {
  reply.code(answer.status);
  const retryAfter = (answer.body as { readonly retry_after?: number } | undefined)?.retry_after;
  if (answer.status === 429 && retryAfter !== undefined) {
    reply.header('retry-after', retryAfter).header('x-ratelimit-scope', 'user');
    reply.header('x-ratelimit-limit', 50).header('x-ratelimit-remaining', 0);
    reply.header('x-ratelimit-reset-after', retryAfter).header('x-ratelimit-bucket', bucket);
  } else if (bucket !== '') {
    // The local Discord has room for everybody: one request of the fifty is always the first.
    reply.header('x-ratelimit-limit', 50).header('x-ratelimit-remaining', 49);
    reply.header('x-ratelimit-reset-after', 1).header('x-ratelimit-bucket', bucket);
  }
  return answer.body === undefined ? reply.send() : reply.send(answer.body);
};

const record = (simulator: Simulator, route: string, refusal: Refusal): void => {
  simulator.refused.add({
    route,
    status: refusal.status,
    code: refusal.body.code,
    message: refusal.body.message,
    ...(refusal.body.errors === undefined ? {} : { errors: refusal.body.errors }),
    time: simulator.clock.now(),
  });
};

const readBody = (request: FastifyRequest): Promise<ReadBody> | ReadBody => {
  const type = request.headers['content-type'];
  return Buffer.isBuffer(request.body) && type !== undefined
    ? readMultipart(request.body, type)
    : { json: request.body, files: [] };
};

const act = async (
  simulator: Simulator,
  token: string | undefined,
  route: RestRoute,
  request: FastifyRequest,
): Promise<RestAnswer> => {
  if (route.isOpen !== true && !isAuthorized(request.headers.authorization, token)) return refusals.unauthorized;
  let body: ReadBody;
  try {
    body = await readBody(request);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return refusals.invalidJson;
    throw error;
  }
  return route.handle(simulator, {
    params: request.params as Record<string, string>,
    query: request.query as Record<string, string | undefined>,
    body: body.json,
    files: body.files,
  });
};

const serve =
  (simulator: Simulator, token: string | undefined, route: RestRoute, bucket: string) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const hasFaults = simulator.faults.list().length > 0;
    if (hasFaults) {
      const latency = simulator.faults.strike(['latency'], routeName(request));
      if (latency !== undefined) await sleep(latency.delayMs);
      const fault = faultAnswer(simulator, routeName(request));
      if (fault !== undefined) return send(reply, fault, bucket);
    }
    const answer = await act(simulator, token, route, request);
    if (answer.status >= 400) record(simulator, routeName(request), answer as Refusal);
    if (hasFaults) {
      const late = simulator.faults.strike(['late-ack'], routeName(request));
      if (late !== undefined) await sleep(late.delayMs);
    }
    return send(reply, answer, bucket);
  };

/** Puts Discord's REST interface under `/api` and `/api/v10`. `token` is the only one taken; any when absent. */
export const mountRest = async (
  app: FastifyInstance,
  simulator: Simulator,
  token: string | undefined,
): Promise<void> => {
  await app.register(async (scope) => {
    scope.addContentTypeParser(
      'multipart/form-data',
      { parseAs: 'buffer', bodyLimit: bodyMaxBytes },
      (_request, body, done) => done(null, body),
    );
    for (const [index, route] of routes.entries()) {
      // Discord does not count the first answers to interactions.
      const bucket = route.path.startsWith('/interactions') ? '' : `bucket${index}`;
      const handler = serve(simulator, token, route, bucket);
      for (const base of ['/api/v10', '/api'])
        scope.route({ method: route.method, url: `${base}${route.path}`, handler });
    }
    const unknown = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      record(simulator, routeName(request), refusals.notFound);
      return send(reply, refusals.notFound, '');
    };
    scope.all('/api/*', unknown);
    scope.setErrorHandler(async (error: Error & { readonly statusCode?: number }, request, reply) => {
      if ((error.statusCode ?? 500) >= 500) throw error;
      record(simulator, routeName(request), refusals.invalidJson);
      return send(reply, refusals.invalidJson, '');
    });
  });
};

/** How long a fault lasts unless said otherwise, milliseconds. */
export const faultDelayMs = defaultFaultMs;
