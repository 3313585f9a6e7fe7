import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Simulator } from '../simulator.ts';
import { mountEvents } from './events.ts';
import { isFromLoopback, mayChange } from './loopback.ts';
import { mountPeople } from './people.ts';
import { mountRunning } from './running.ts';
import { mountUploading } from './uploading.ts';
import { mountWorld } from './world.ts';

const sendError = (reply: FastifyReply, status: number, code: string, message: string): FastifyReply =>
  reply.code(status).send({ error: { code, message } });

/** Puts the control API under `/sim`. Only this machine may use it. */
export const mountControl = async (app: FastifyInstance, simulator: Simulator): Promise<void> => {
  await app.register(async (scope) => {
    scope.addHook('onRequest', async (request, reply) => {
      if (!isFromLoopback(request.headers)) {
        return sendError(reply, 403, 'not_local', 'only pages and programs of this machine may ask');
      }
      if (request.method !== 'GET' && !mayChange(request.headers)) {
        return sendError(reply, 403, 'not_this_page', 'only the page of this local Discord may change something');
      }
    });
    scope.setErrorHandler(
      async (error: Error & { readonly statusCode?: number; readonly code?: string }, _request, reply) => {
        const status = error.statusCode ?? 500;
        if (status >= 500) throw error;
        return sendError(reply, status, 'invalid_body', error.message);
      },
    );
    mountPeople(scope, simulator);
    mountWorld(scope, simulator);
    mountRunning(scope, simulator);
    mountUploading(scope, simulator);
    mountEvents(scope, simulator);
    scope.all('/sim/*', async (request: FastifyRequest, reply) =>
      sendError(reply, 404, 'unknown_route', `there is no ${request.method} ${request.url}`),
    );
  });
};
