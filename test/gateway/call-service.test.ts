import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, createServer as createNetServer } from 'node:net';
import { fc, test as property } from '@fast-check/vitest';
import { afterEach, describe, expect, test } from 'vitest';
import { isPublicAddress } from '../../src/gateway/effects/addresses.ts';
import { performByKind } from '../../src/gateway/effects/by-kind.ts';
import { createServiceCaller } from '../../src/gateway/effects/call-service.ts';
import { guildId, rowId } from '../../src/kernel/ids.ts';
import { certificate, certificateKey } from './certificate.ts';
import { createTestLog } from './house.ts';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

interface Asked {
  readonly request: IncomingMessage;
  readonly body: string;
}

const serve = async (answer: (asked: Asked, response: ServerResponse) => void) => {
  const asked: Asked[] = [];
  const server = createServer({ key: certificateKey, cert: certificate }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = { request, body: Buffer.concat(chunks).toString() };
      asked.push(one);
      answer(one, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { asked, port: (server.address() as AddressInfo).port };
};

const caller = (parts: Partial<Parameters<typeof createServiceCaller>[0]> = {}) => {
  const { log, lines } = createTestLog();
  const here = { mayCall: (address: string) => address === '127.0.0.1', authorities: certificate };
  const performer = performByKind([createServiceCaller({ log, ...here, ...parts })], log);
  const call = (url: string, more: object = {}) =>
    performer.perform({
      guild: guildId('200000000000000001'),
      id: rowId(1),
      kind: 'http.call',
      payload: { url, method: 'GET', headers: {}, timeoutMs: 2_000, ...more },
      repeated: false,
    });
  return { call, lines };
};

test('a service is asked, and its answer given as it is', async () => {
  const { asked, port } = await serve((_asked, response) => response.writeHead(418).end('teapot ✓'));
  const { call } = caller();
  const more = { method: 'POST', headers: { 'x-key': 'value' }, body: '{"a":1}' };
  expect(await call(`https://localhost:${port}/path?q=1`, more)).toEqual({ done: { status: 418, body: 'teapot ✓' } });
  expect(asked[0]).toMatchObject({ body: '{"a":1}', request: { method: 'POST', url: '/path?q=1' } });
  expect(asked[0]?.request.headers).toMatchObject({ 'x-key': 'value', host: `localhost:${port}` });
});

test('no redirect is followed', async () => {
  const { asked, port } = await serve((_asked, response) =>
    response.writeHead(302, { location: `https://localhost:${port}/secret` }).end(),
  );
  expect(await caller().call(`https://localhost:${port}/`)).toEqual({ done: { status: 302, body: '' } });
  expect(asked.length).toBe(1);
});

test('an answer of 256 KiB is taken, one byte more is rejected', async () => {
  const { port } = await serve(({ request }, response) => response.end('x'.repeat(Number(request.url?.slice(1)))));
  const { call } = caller();
  expect(await call(`https://localhost:${port}/262144`)).toMatchObject({ done: { status: 200 } });
  expect(await call(`https://localhost:${port}/262145`)).toEqual({ failed: 'rejected' });
});

describe('nothing inside is reached', () => {
  test.each([
    '127.0.0.1',
    '[::1]',
    'localhost',
    '2130706433',
    '[::ffff:127.0.0.1]',
    '0x7f.1',
    '0.0.0.0',
    '169.254.169.254',
  ])('by %s', async (host) => {
    const { asked, port } = await serve((_asked, response) => response.end('secret'));
    const { call, lines } = caller({ mayCall: undefined });
    expect(await call(`https://${host}:${port}/`)).toEqual({ failed: 'forbidden' });
    expect(asked).toEqual([]);
    expect(lines).toMatchObject([{ level: 40, wasSent: false }]);
  });

  property.prop([fc.ipV4()])('an address of version 4 that is mapped into version 6 is never public', (address) => {
    expect(isPublicAddress(`::ffff:${address}`)).toBe(false);
  });

  test.each([
    ['1.1.1.1', true],
    ['172.15.255.255', true],
    ['172.32.0.0', true],
    ['2606:4700::1111', true],
    ['10.255.255.255', false],
    ['100.64.0.1', false],
    ['127.255.255.254', false],
    ['169.254.169.254', false],
    ['172.16.0.0', false],
    ['192.168.0.1', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['::', false],
    ['::1', false],
    ['fd12::1', false],
    ['fe80::1', false],
    ['64:ff9b::7f00:1', false],
    ['2002:7f00:1::', false],
    ['', false],
    ['localhost', false],
  ])('%s is public: %s', (address, isPublic) => expect(isPublicAddress(address)).toBe(isPublic));
});

test.each([
  ['another protocol', 'http://localhost/', {}],
  ['a header that is not the caller’s', 'https://localhost/', { headers: { Host: 'internal' } }],
  ['a header that ends another', 'https://localhost/', { headers: { 'x-a': 'b\r\nx-c: d' } }],
])('%s is rejected', async (_what, url, more) => {
  expect(await caller().call(url, more)).toEqual({ failed: 'rejected' });
});

test('a certificate that nobody vouches for is rejected', async () => {
  const { asked, port } = await serve((_asked, response) => response.end());
  expect(await caller({ authorities: undefined }).call(`https://localhost:${port}/`)).toEqual({ failed: 'rejected' });
  expect(asked).toEqual([]);
});

describe('an answer that does not come', () => {
  test.each<[string, (response: ServerResponse) => void]>([
    ['in time', () => undefined],
    ['to its end in time', (response) => response.write('begun')],
    ['as the connection breaks', (response) => response.destroy()],
  ])('%s: nobody knows what was done', async (_what, answer) => {
    const { port } = await serve((_asked, response) => answer(response));
    expect(await caller().call(`https://localhost:${port}/`, { timeoutMs: 300 })).toEqual({ failed: 'unknown' });
  });

  test.each<[string, boolean]>([
    ['as nobody listens', false],
    ['as the connection does not come about in time', true],
  ])('%s: nothing was sent, it comes later', async (_what, isListening) => {
    const silent = createNetServer(() => undefined);
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    if (!isListening) await new Promise((resolve) => silent.close(resolve));
    else stops.push(() => silent.close());
    const end = await caller().call(`https://localhost:${port}/`, { timeoutMs: 300 });
    expect(end).toEqual({ later: expect.any(Number) });
  });
});
