import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';

const files = [
  'index.html',
  'page.css',
  'actions.js',
  'api.js',
  'command-form.js',
  'components.js',
  'controls.js',
  'elements.js',
  'events.js',
  'forms.css',
  'log.js',
  'main.js',
  'messages.css',
  'messages.js',
  'modal-form.js',
  'notice.js',
  'option-fields.js',
  'places.js',
  'selects.js',
  'suggestions.js',
  'words.js',
  'world.js',
] as const;

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

/** Nothing from elsewhere, nothing inline: a text that got into the page as markup could still not do anything. */
const policy = [
  "default-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

/** Serves the page on which a person plays the members: at `/`, and what it consists of under `/page/`. */
export const mountPlayground = (app: FastifyInstance): void => {
  for (const file of files) {
    const content = readFileSync(join(import.meta.dirname, 'page', file));
    app.get(file === 'index.html' ? '/' : `/page/${file}`, (_request, reply) =>
      reply
        .header('content-type', types[extname(file)])
        .header('content-security-policy', policy)
        .header('x-content-type-options', 'nosniff')
        .header('referrer-policy', 'no-referrer')
        .header('cache-control', 'no-store')
        .send(content),
    );
  }
};
