import type { IncomingHttpHeaders } from 'node:http';

const loopbackNames: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

const isLoopbackUrl = (url: string): boolean => {
  const parsed = URL.parse(url);
  return parsed !== null && loopbackNames.has(parsed.hostname);
};

/**
 * Whether a request names this machine as its host and, if it comes from a page, comes from a page of this machine.
 * A page elsewhere can reach a loopback port (also by a name of its own that resolves to it), and must not act here.
 */
export const isFromLoopback = (headers: IncomingHttpHeaders): boolean =>
  isLoopbackUrl(`http://${headers.host ?? ''}`) && (headers.origin === undefined || isLoopbackUrl(headers.origin));

/**
 * Whether a request that changes something comes from no page, or from a page that this server served itself. Another
 * page of this machine, on another port, may look and not act.
 */
export const mayChange = (headers: IncomingHttpHeaders): boolean =>
  headers.origin === undefined || URL.parse(headers.origin)?.host === headers.host;
