import { createServer, request as ask, type IncomingMessage, type RequestListener } from 'node:http';
import { connect, type AddressInfo } from 'node:net';

import { afterEach, expect, test } from 'vitest';

import type { Relay } from '../create-relay.ts';
import { clientAddress } from './client-address.ts';
import { relayHandler, relayUpgrade } from './relay-handler.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function listen(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** A relay that answers as told. */
const serve = (fetch: Relay['fetch'], options = {}): Promise<number> => listen(relayHandler({ fetch }, options));
const at = (port: number, path = '/speech/token'): string => `http://127.0.0.1:${port}${path}`;

/** What a bare socket is answered. */
function exchange(port: number, sent: string): Promise<string> {
  const socket = connect(port, '127.0.0.1', () => socket.write(sent));
  let answer = '';
  socket.on('data', (piece) => (answer += String(piece)));
  return new Promise((resolve, reject) => socket.on('end', () => resolve(answer)).on('error', reject));
}

test('method, path, query, headers and body are those of the message', async () => {
  const port = await serve(async (request, info) =>
    Response.json({
      url: request.url,
      method: request.method,
      key: request.headers.get('idempotency-key'),
      body: await request.text(),
      ip: info?.ip,
    }),
  );
  const answer = await fetch(at(port, '/app/speech/audixa/v3/tts?x=1'), {
    method: 'POST',
    headers: { 'idempotency-key': 'key-1' },
    body: 'Grüße',
  });
  expect(await answer.json()).toEqual({
    url: at(port, '/app/speech/audixa/v3/tts?x=1'),
    method: 'POST',
    key: 'key-1',
    body: 'Grüße',
    ip: '127.0.0.1',
  });
});

test('a path of two slashes names no other host, and an address that is none is answered 400', async () => {
  const port = await serve(async (request) => new Response(new URL(request.url).host));
  expect(await exchange(port, 'GET //elsewhere.example/x HTTP/1.1\r\nHost: here.example\r\nConnection: close\r\n\r\n')).toMatch(
    /^HTTP\/1\.1 200[\s\S]*here\.example/,
  );
  for (const line of ['OPTIONS *', 'GET http://[', 'TRACE /x']) {
    const answer = await exchange(port, `${line} HTTP/1.1\r\nHost: here.example\r\nConnection: close\r\n\r\n`);
    expect(answer, line).toMatch(/^HTTP\/1\.1 400/);
    expect(answer, line).toContain('urn:saystream:relay:bad_request');
  }
});

test('a body is read while it arrives', async () => {
  const pieces: string[] = [];
  const port = await serve(async (request) => {
    for await (const piece of request.body!) pieces.push(new TextDecoder().decode(piece));
    return new Response('read');
  });
  const message = ask(at(port), { method: 'POST' });
  message.write('one ');
  await expect.poll(() => pieces).toEqual(['one ']);
  message.end('two');
  await new Promise<IncomingMessage>((resolve) => message.on('response', (answer) => resolve(answer.resume())));
  expect(pieces.join('')).toBe('one two');
});

test.each([
  ['refused before a byte of it was read', (request: Request) => void request],
  ['broken off in the middle', (request: Request) => request.body!.getReader().read()],
])('a large body that is %s does not cost its answer, and the connection lives on', async (_title, read) => {
  const port = await serve(async (request) => {
    if (request.method === 'GET') return new Response('still here');
    await read(request);
    return new Response('too large', { status: 413 });
  });
  const answer = await fetch(at(port), { method: 'POST', body: new Uint8Array(3_000_000) });
  expect([answer.status, await answer.text()]).toEqual([413, 'too large']);
  expect(await (await fetch(at(port))).text()).toBe('still here');
});

test('a body that is cancelled is drained, so that the next request on the connection is heard', async () => {
  const port = await serve(async (request) => {
    await request.body?.cancel();
    return new Response('fine');
  });
  const body = 'x'.repeat(200_000);
  const post = (last: boolean) =>
    `POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\nConnection: ${last ? 'close' : 'keep-alive'}\r\n\r\n${body}`;
  expect((await exchange(port, post(false) + post(true))).match(/HTTP\/1\.1 200/g)).toHaveLength(2);
});

test('a page that leaves aborts the request and cancels the body; one that stays aborts nothing', async () => {
  const seen: string[] = [];
  let signal: AbortSignal | undefined;
  const port = await serve(async (request) => {
    signal = request.signal;
    request.signal.addEventListener('abort', () => seen.push('aborted'));
    if (request.url.endsWith('/short')) return new Response('short');
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new Uint8Array(8)),
      cancel: () => void seen.push('cancelled'),
    });
    return new Response(body);
  });
  await (await fetch(at(port, '/short'))).text();
  expect(signal?.aborted).toBe(false);
  const leaving = new AbortController();
  const answer = await fetch(at(port, '/long'), { signal: leaving.signal });
  await answer.body!.getReader().read();
  leaving.abort();
  await expect.poll(() => seen.toSorted()).toEqual(['aborted', 'cancelled']);
});

test('a reader that takes nothing is sent nothing: the body waits', async () => {
  let made = 0;
  const piece = new Uint8Array(64 * 1024);
  const port = await serve(
    async () =>
      new Response(
        new ReadableStream({
          pull(controller) {
            made += piece.length;
            if (made > 200_000_000) controller.close();
            else controller.enqueue(piece);
          },
        }),
      ),
  );
  const message = ask(at(port));
  const answer = await new Promise<IncomingMessage>((resolve) => message.on('response', resolve).end());
  cleanups.push(() => answer.destroy());
  let before = -1;
  await expect
    .poll(
      () => {
        const grew = made !== before;
        before = made;
        return grew;
      },
      { interval: 250 },
    )
    .toBe(false);
  expect(made).toBeLessThan(50_000_000);
});

test('a body that breaks off is no whole answer', async () => {
  const port = await serve(async () => {
    const body = new ReadableStream({
      start: (controller) => controller.enqueue(new Uint8Array(10)),
      pull: (controller) => controller.error(new Error('vendor gone')),
    });
    return new Response(body, { headers: { 'content-length': '20' } });
  });
  const answer = await fetch(at(port));
  await expect(answer.arrayBuffer()).rejects.toThrow('terminated');
});

test('headers go out before the first byte of the body', async () => {
  const port = await serve(async () => new Response(new ReadableStream({}), { headers: { 'x-it': 'now' } }));
  const message = ask(at(port)).end();
  const answer = await new Promise<IncomingMessage>((resolve) => message.on('response', resolve));
  expect(answer.headers['x-it']).toBe('now');
  answer.destroy();
});

test('HEAD, 204 and an empty body end', async () => {
  const port = await serve(async ({ method }) => new Response(null, { status: method === 'HEAD' ? 200 : 204 }));
  expect((await fetch(at(port), { method: 'HEAD' })).status).toBe(200);
  expect((await fetch(at(port))).status).toBe(204);
});

test('a body that a parser has read before is made again of what it left', async () => {
  const handle = relayHandler({ fetch: async (request) => new Response(await request.text()) });
  for (const [left, expected] of [
    [{ a: 1 }, '{"a":1}'],
    ['{"a":2}', '{"a":2}'],
    [Buffer.from('{"a":3}'), '{"a":3}'],
  ] as const) {
    const port = await listen((request, response) => {
      request.resume().on('end', () => handle(Object.assign(request, { body: left }), response));
    });
    const answer = await fetch(at(port), { method: 'POST', body: '{}' });
    expect(await answer.text()).toBe(expected);
  }
});

const message = (forwarded?: string): IncomingMessage =>
  ({ headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress: '10.0.0.9' } }) as unknown as IncomingMessage;

test.each([
  ['the header is not believed without a proxy', 0, '203.0.113.1', '10.0.0.9'],
  ['the one that the only proxy saw', 1, '203.0.113.1', '203.0.113.1'],
  ['what a client wrote itself is not believed', 1, '6.6.6.6, 203.0.113.1', '203.0.113.1'],
  ['the second from the right of two', 2, '6.6.6.6, 203.0.113.1, 10.0.0.1', '203.0.113.1'],
  ['the first when there are fewer', 2, '203.0.113.1', '203.0.113.1'],
  ['the peer when there is none', 1, undefined, '10.0.0.9'],
  ['the peer for what is no address', 1, 'unknown', '10.0.0.9'],
  ['without a port', 1, '203.0.113.1:4711', '203.0.113.1'],
  ['without brackets', 1, '[2001:db8::1]:4711', '2001:db8::1'],
])('client address: %s', (_title, hops, forwarded, expected) => {
  expect(clientAddress(message(forwarded), hops)).toBe(expected);
});

test('handler and upgrade tell the relay the address behind the proxies, and refuse a number of proxies that is none', async () => {
  const seen: unknown[] = [];
  const port = await serve(async (_request, info) => new Response(info?.ip), { trustProxy: 1 });
  expect(await (await fetch(at(port), { headers: { 'x-forwarded-for': '203.0.113.7' } })).text()).toBe('203.0.113.7');
  const upgrade = relayUpgrade({ upgrade: (_request, _socket, _head, info) => seen.push(info) > 0 }, { trustProxy: 1 });
  upgrade(message('203.0.113.8'), undefined as never, new Uint8Array());
  expect(seen).toEqual([{ ip: '203.0.113.8', refuseForeign: false }]);
  for (const trustProxy of [-1, 0.5, NaN])
    expect(() => relayUpgrade(undefined as never, { trustProxy })).toThrow('number of proxies');
});
