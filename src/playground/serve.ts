import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';

const pageFolder = join(import.meta.dirname, 'page');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.woff2': 'font/woff2',
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

/** The style sheets of the fonts; the font files lie beside them. The browser takes only those whose letters it needs. */
const fontSheets = [
  import.meta.resolve('@fontsource-variable/noto-sans/index.css'),
  // In one piece: the pieces of this font hold drawings that not every browser can draw.
  import.meta.resolve('@fontsource/noto-color-emoji/emoji-400.css'),
];

const fontFiles = (): ReadonlyMap<string, URL> =>
  new Map(
    fontSheets.flatMap((sheet) =>
      readdirSync(fileURLToPath(new URL('files', sheet)))
        .filter((name) => name.endsWith('.woff2'))
        .map((name) => [name, new URL(`files/${name}`, sheet)]),
    ),
  );

const fontSheet = (): string =>
  fontSheets
    .map((sheet) => readFileSync(fileURLToPath(sheet), 'utf8'))
    .join('\n')
    .replaceAll(/url\(\.\/files\/([\w-]+\.woff2)\)/g, 'url(/page/fonts/$1)')
    // Every browser that can show the page reads the newer format.
    .replaceAll(/, url\(\.\/files\/[\w-]+\.woff\) format\('woff'\)/g, '');

/**
 * Serves the page on which a person plays the members: at `/`, and what it consists of under `/page/`. Everything is
 * read anew when it is asked for, so that a change of the page is there with the next reload.
 */
export const mountPlayground = (app: FastifyInstance): void => {
  const headers = {
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-store',
  };
  const serve = (route: string, content: () => string | Buffer, more: Readonly<Record<string, string>> = {}): void => {
    app.get(route, (_request, reply) =>
      reply.headers({ ...headers, 'content-type': types[extname(route)] ?? types['.html'], ...more }).send(content()),
    );
  };
  for (const file of readdirSync(pageFolder).filter((name) => extname(name) in types)) {
    serve(file === 'index.html' ? '/' : `/page/${file}`, () => readFileSync(join(pageFolder, file)));
  }
  const sheet = fontSheet();
  serve('/page/fonts.css', () => sheet);
  for (const [name, file] of fontFiles()) {
    serve(`/page/fonts/${name}`, () => readFileSync(fileURLToPath(file)), { 'cache-control': 'max-age=86400' });
  }
};
