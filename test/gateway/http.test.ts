import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { createHttpRequests } from '../../src/gateway/http.ts';

const timeoutMs = 2_000;
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

type Listener = (request: IncomingMessage, response: ServerResponse) => unknown;

const serve = async (listener: Listener): Promise<{ readonly url: string; readonly server: Server }> => {
  const server = createServer((request, response) => void listener(request, response)).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
};
const get = { method: 'GET', headers: {}, body: null };

test('a response that comes in pieces is given whole, with its status and headers', async () => {
  const { url } = await serve(async (_request, response) => {
    response.writeHead(201, { 'Content-Type': 'application/json; charset=utf-8', 'X-Many': ['one', 'two'] });
    response.write('{"name":"Gr');
    await sleep(20);
    response.end(Buffer.concat([Buffer.from('ü', 'utf8'), Buffer.from('n"}')]));
  });
  const response = await createHttpRequests({ timeoutMs })(`${url}whole?a=1`, get);
  expect(response).toMatchObject({ status: 201, ok: true, statusText: 'Created', bodyUsed: false });
  expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(response.headers.get('Content-Type')).toBe('application/json; charset=utf-8');
  expect(response.headers.get('x-many')).toBe('one, two');
  expect([response.headers.has('X-Many'), response.headers.has('x-none'), response.headers.get('x-none')]).toEqual([
    true,
    false,
    null,
  ]);
  await expect(response.json()).resolves.toEqual({ name: 'Grün' });
  expect(response.bodyUsed).toBe(true);
});

test('a response without a body has an empty one, and bytes are as they were sent', async () => {
  const bytes = Buffer.from([0, 255, 128, 10]);
  const { url } = await serve((request, response) => {
    if (request.url === '/none') response.writeHead(204).end();
    else response.end(bytes);
  });
  const request = createHttpRequests({ timeoutMs });
  const none = await request(`${url}none`, get);
  expect([none.status, none.ok, (await none.arrayBuffer()).byteLength]).toEqual([204, true, 0]);
  const some = await request(`${url}some`, get);
  expect(Buffer.from(await some.arrayBuffer())).toEqual(bytes);
});

test('a refusal is a response too', async () => {
  const { url } = await serve((_request, response) => response.writeHead(429, { 'Retry-After': '3' }).end('slow down'));
  const response = await createHttpRequests({ timeoutMs })(url, get);
  expect([response.status, response.ok, response.headers.get('retry-after')]).toEqual([429, false, '3']);
  await expect(response.text()).resolves.toBe('slow down');
});

test('what comes before the response is not taken for it', async () => {
  const { url } = await serve((_request, response) => {
    response.writeEarlyHints({ link: '</style.css>; rel=preload' });
    response.writeHead(200, { 'X-Which': 'last' }).end('done');
  });
  const response = await createHttpRequests({ timeoutMs })(url, get);
  expect([response.status, response.headers.get('x-which'), response.headers.get('link')]).toEqual([200, 'last', null]);
});

test('path, method, headers, text and forms with files are sent', async () => {
  const { url } = await serve(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method, url: path, headers } = request;
    response.end(
      JSON.stringify({ method, path, type: headers['content-type'], body: Buffer.concat(chunks).toString() }),
    );
  });
  const request = createHttpRequests({ timeoutMs });
  const headers = { 'Content-Type': 'application/json' };
  const text = await request(`${url}api/v10/a/b?c=d`, { method: 'PATCH', headers, body: '{"a":"ä"}' });
  await expect(text.json()).resolves.toEqual({
    method: 'PATCH',
    path: '/api/v10/a/b?c=d',
    type: 'application/json',
    body: '{"a":"ä"}',
  });
  const form = new FormData();
  form.append('files[0]', new Blob(['picture'], { type: 'image/png' }), 'card.png');
  form.append('payload_json', '{}');
  const sent = (await (await request(url, { method: 'POST', headers: {}, body: form as never })).json()) as {
    readonly type: string;
    readonly body: string;
  };
  expect(sent.type).toMatch(/^multipart\/form-data; boundary=/);
  expect(sent.body).toContain('name="files[0]"; filename="card.png"\r\nContent-Type: image/png\r\n\r\npicture\r\n');
});

test.each<[string, Listener, string]>([
  ['never answers', () => undefined, 'UND_ERR_HEADERS_TIMEOUT'],
  ['stops in the middle', (_request, response) => void response.write('half'), 'UND_ERR_BODY_TIMEOUT'],
])('who asks a server that %s hears so in time', async (_name, listener, code) => {
  const { url } = await serve(listener);
  await expect(createHttpRequests({ timeoutMs: 300 })(url, get)).rejects.toMatchObject({ code });
});

test.each<[string, Listener]>([
  ['before its answer', (request) => request.socket.destroy()],
  [
    'within its answer',
    (request, response) => {
      response.write('half', () => request.socket.destroy());
    },
  ],
])('a connection that breaks %s is an error of the network', async (_name, listener) => {
  const { url } = await serve(listener);
  await expect(createHttpRequests({ timeoutMs })(url, get)).rejects.toMatchObject({
    code: expect.stringMatching(/^(UND_ERR_SOCKET|ECONNRESET)$/),
  });
});

test('where nobody listens, that is said', async () => {
  const { url, server } = await serve(() => undefined);
  server.close();
  await expect(createHttpRequests({ timeoutMs })(url, get)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('what was given up while it waited for its turn is not sent', async () => {
  let received = 0;
  const { url } = await serve((_request, response) => {
    received += 1;
    response.end();
  });
  const request = createHttpRequests({ timeoutMs });
  await expect(request(url, { ...get, signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' });
  await request(url, { ...get, signal: new AbortController().signal });
  expect(received).toBe(1);
});

test('a connection is used again after a pause that is longer than undici would keep it', async () => {
  let connections = 0;
  const { url, server } = await serve((_request, response) => response.end());
  // Then it says nothing of how long it keeps connections.
  server.keepAliveTimeout = 0;
  server.on('connection', () => {
    connections += 1;
  });
  const request = createHttpRequests({ timeoutMs: 10_000 });
  await request(url, get);
  await sleep(6_000);
  await request(url, get);
  expect(connections).toBe(1);
});
