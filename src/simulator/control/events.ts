import type { FastifyInstance } from 'fastify';
import type { Simulator } from '../simulator.ts';
import { isReady } from './readiness.ts';

const heartbeatMs = 15_000;
const readinessMs = 250;

/** The stream of everything that happens (server-sent events). Ends with the server. */
export const mountEvents = (app: FastifyInstance, simulator: Simulator): void => {
  const ends = new Set<() => void>();
  app.get('/sim/events', (request, reply) => {
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      connection: 'keep-alive',
      'x-accel-buffering': 'no',
    });
    raw.write(': watching\n\n');
    const unwatch = simulator.feed.watch((event, number) => {
      raw.write(`id: ${number}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    });
    const heartbeat = setInterval(() => raw.write(': still here\n\n'), heartbeatMs);
    const end = (): void => {
      clearInterval(heartbeat);
      unwatch();
      ends.delete(end);
      raw.end();
    };
    ends.add(end);
    request.raw.once('close', end);
  });
  // Readiness follows from several parts, none of which knows the others.
  let wasReady = isReady(simulator);
  const readiness = setInterval(() => {
    if (isReady(simulator) === wasReady) return;
    wasReady = !wasReady;
    simulator.feed.tell(() => ({ type: 'bot', ready: wasReady }));
  }, readinessMs);
  readiness.unref();
  app.addHook('preClose', async () => {
    clearInterval(readiness);
    for (const end of ends) end();
  });
};
