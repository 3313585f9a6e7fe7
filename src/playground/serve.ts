import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';

const files = [
  { path: '/', file: 'index.html', type: 'text/html; charset=utf-8' },
  { path: '/playground.js', file: 'playground.js', type: 'text/javascript; charset=utf-8' },
] as const;

/** Serves the page on which a person plays the members, at `/`. */
export const mountPlayground = (app: FastifyInstance): void => {
  for (const { path, file, type } of files) {
    const content = readFileSync(join(import.meta.dirname, file));
    app.get(path, (_request, reply) =>
      reply
        .header('content-type', type)
        .header('content-security-policy', "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:")
        .header('cache-control', 'no-store')
        .send(content),
    );
  }
};
