import type { FastifyInstance } from 'fastify';
import type { Simulator } from '../simulator.ts';

const heartbeatMs = 15_000;

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
  app.addHook('preClose', async () => {
    for (const end of ends) end();
  });
};
