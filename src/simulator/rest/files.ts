import type { FastifyInstance } from 'fastify';
import { refusals } from '../refusal.ts';
import type { Simulator } from '../simulator.ts';

/** Serves the contents of attachments, at the addresses their messages name. */
export const mountFiles = (app: FastifyInstance, simulator: Simulator): void => {
  app.get<{ Params: { channel: string; file: string; name: string } }>(
    '/attachments/:channel/:file/:name',
    async ({ params }, reply) => {
      const bytes = await simulator.files.get(params.file);
      if (bytes === undefined) return reply.code(404).send(refusals.notFound.body);
      // Never a page: whatever the bot uploaded must not run in this address's name.
      const type = /\.(png|jpe?g|gif|webp)$/i.exec(params.name)?.[1]?.toLowerCase().replace('jpg', 'jpeg');
      return reply
        .header('content-type', type === undefined ? 'application/octet-stream' : `image/${type}`)
        .header('x-content-type-options', 'nosniff')
        .send(Buffer.from(bytes));
    },
  );
};
