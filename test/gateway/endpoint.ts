import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that reached the endpoint. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly authorised: boolean;
  readonly body: unknown;
}

/** What the endpoint answers; `hang up` breaks the connection. */
export type Reaction = { readonly status: number; readonly body?: unknown; readonly headers?: object } | 'hang up';

/**
 * A bare HTTP server where Discord's REST interface would be, for what the local Discord does not do: failing in ways
 * that a test says, request by request.
 */
export const startEndpoint = async (react: (request: Received, before: readonly Received[]) => Reaction) => {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const one: Received = {
        method: request.method ?? '',
        path: request.url ?? '',
        authorised: request.headers.authorization !== undefined,
        body: text === '' ? undefined : JSON.parse(text),
      };
      const reaction = react(one, [...received]);
      received.push(one);
      if (reaction === 'hang up') {
        request.socket.destroy();
        return;
      }
      if (reaction.body !== undefined) response.setHeader('content-type', 'application/json');
      response.writeHead(reaction.status, { ...reaction.headers });
      response.end(reaction.body === undefined ? undefined : JSON.stringify(reaction.body));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    api: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`,
    received,
    stop: (): void => {
      server.close();
      server.closeAllConnections();
    },
  };
};
