import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { afterEach, expect, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';

import { fakeAccess, fakeMeter, pageOrigin } from '../../tests/fake-seams.ts';
import { openPage, request, startSocketRelay } from '../../tests/start-socket-relay.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** A vendor whose sockets talk as told. */
async function startVendor(talk: (socket: WebSocket, frame: string, url: string) => void) {
  const server = createServer();
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
  });
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on('connection', (socket, { url = '' }) => {
    socket.on('error', () => undefined);
    socket.on('message', (data) => talk(socket, String(data), url));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => {
    for (const socket of open) socket.destroy();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v3`, apiKey: 'sk-canary/+key', sockets };
}

async function relayFor(vendor: { baseUrl: string; apiKey?: string }, options?: Parameters<typeof startSocketRelay>[1]) {
  const relay = await startSocketRelay(vendor, options);
  cleanups.push(() => relay.close());
  return relay;
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}

test('frames pass as they came: order, boundaries, empty ones, and text that is no JSON', async () => {
  const sent = ['{"type":"started"}', Buffer.from([1, 2, 3]), Buffer.alloc(0), '\ufeffhello {', Buffer.alloc(70_000, 7), 'ü😀'];
  const seen: string[] = [];
  const vendor = await startVendor((socket, frame, url) => {
    seen.push(url, frame);
    for (const each of sent) socket.send(each);
    socket.close(1000, 'bye');
  });
  const relay = await relayFor(vendor);
  const page = relay.page('{ "voice_id": "am_ethan", "text": "Hi." }');
  expect(await page.ended).toMatchObject({ code: 1000, reason: 'bye' });
  expect(page.frames).toEqual(['{"type":"ready"}', ...sent]);
  expect(page.socket.protocol).toBe('tts.v1');
  expect(seen).toEqual([`/v3/tts/stream?api_key=${encodeURIComponent(vendor.apiKey)}`, '{"text":"Hi.","voice_id":"am_ethan"}']);
  expect(relay.meter.counts).toEqual({ open: 0, taken: 3, refunded: 0 });
});

test.each([
  [1003, 'bad voice'],
  [1008, ''],
  [1011, 'Redis'],
  [1000, ''],
  [1013, 'later'],
  [4999, 'own'],
])('the vendor’s close %i with reason “%s” passes as it is', async (code, reason) => {
  const relay = await relayFor(await startVendor((socket) => socket.close(code, reason)));
  expect(await relay.page(request()).ended).toMatchObject({ code, reason });
});

test('a close without a code stays one, and a broken connection becomes 1014', async () => {
  const silent = await relayFor(await startVendor((socket) => socket.close()));
  expect(await silent.page(request()).ended).toMatchObject({ code: 1005 });
  const broken = await relayFor(await startVendor((socket) => socket.terminate()));
  expect(await broken.page(request()).ended).toMatchObject({ code: 1014 });
});

test('a key that the vendor repeats reaches no page, in no spelling', async () => {
  const vendor = await startVendor((socket, _frame, url) => {
    socket.send(JSON.stringify({ type: 'error', message: `Wrong: ${vendor.apiKey} at ${url}` }));
    socket.close(1008, `key ${vendor.apiKey}`);
  });
  const relay = await relayFor(vendor);
  const page = relay.page(request());
  expect(await page.ended).toMatchObject({ code: 1008, reason: 'key **************' });
  // As many stars as its spelling has characters.
  expect(page.frames[1]).toBe('{"type":"error","message":"Wrong: ************** at /v3/tts/stream?api_key=******************"}');
});

test('the finished file is named under the relay, in its place among the frames, and its generation is the user’s', async () => {
  const after = [Buffer.from([9]), '{"type":"other"}'];
  const vendor = await startVendor((socket) => {
    socket.send('{"type":"started","generation_id":"gen_1"}');
    socket.send(JSON.stringify({ type: 'completed', audio_url: 'https://cdn.audixa.ai/audio/gen_1.wav?signature=secret' }));
    for (const each of after) socket.send(each);
    socket.close(1000);
  });
  const relay = await relayFor(vendor, { options: { secrets: ['s'.repeat(32)] } });
  const page = relay.page(request());
  expect(await page.ended).toMatchObject({ code: 1000 });
  expect(page.frames[1]).toBe('{"type":"started","generation_id":"gen_1"}');
  expect(page.frames[2]).toMatch(/^\{"type":"completed","audio_url":"files\/[\w.-]+"\}$/);
  expect(page.frames.slice(3)).toEqual(after);
  expect(relay.kept).toHaveLength(1);
});

test.each([
  ['no origin', undefined],
  ['another origin', 'https://app.example.evil'],
  ['null', 'null'],
])('%s is refused with 403 before there is a socket', async (_, origin) => {
  const relay = await relayFor({ baseUrl: 'http://127.0.0.1:9/v3' });
  const answer = await handshake(relay.port, { ...(origin && { origin }) });
  expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  expect(answer).toContain('wrong_origin');
});

test.each([
  ['another path', { path: '/speech/sauti/v1/tts/stream' }, 404],
  ['a path that only begins so', { path: '/speech/audixa/v3/tts/stream/x' }, 404],
  ['another method', { method: 'POST' }, 405],
  ['no key', { key: '' }, 400],
  ['another version', { version: '7' }, 400],
])('%s is answered with a status', async (_, what, status) => {
  const relay = await relayFor({ baseUrl: 'http://127.0.0.1:9/v3' });
  const answer = await handshake(relay.port, { origin: pageOrigin, ...what });
  expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
});

test.each([
  [undefined, 4401, /^token_missing/],
  ['token_invalid', 4401, /^token_invalid/],
  ['token_expired', 4401, /^token_expired/],
  ['token_used', 4409, /^token_used/],
])('the token %s is refused after the socket was accepted, so that a browser can read why', async (token, code, reason) => {
  const relay = await relayFor({ baseUrl: 'http://127.0.0.1:9/v3' });
  const page = openPage(relay.url, request(), token);
  expect(await page.ended).toMatchObject({ code, reason: expect.stringMatching(reason) });
  expect(page.frames).toEqual([]);
});

test.each([
  ['connect', { status: 429, code: 'too_many_connects', detail: 'x', retryAfterMs: 11_100 }, 4429, '{"r":12}'],
  ['stream', { status: 429, code: 'too_many_streams', detail: 'Two at a time.' }, 4429, 'too_many_streams: Two at a time.'],
  ['characters', { status: 413, code: 'too_large', detail: 'Too long.' }, 4413, 'too_large: Too long.'],
  ['characters', { status: 503, code: 'store_down', detail: 'Later.' }, 4503, 'store_down: Later.'],
] as const)('what the limits refuse at %s is told by a close, and nothing is kept', async (at, refusal, code, reason) => {
  const relay = await relayFor({ baseUrl: 'http://127.0.0.1:9/v3' }, { meter: fakeMeter({ [at]: refusal }) });
  expect(await relay.page(request()).ended).toMatchObject({ code, reason });
  expect(relay.meter.counts.open).toBe(0);
});

test('a voice outside the token’s scope is refused', async () => {
  const relay = await relayFor({ baseUrl: 'http://127.0.0.1:9/v3' }, { access: fakeAccess({ voice: 'af_luna' }) });
  expect(await relay.page(request()).ended).toMatchObject({ code: 4403 });
});

test('a vendor that cannot be reached is told as 4503, and the characters are given back', async () => {
  const relay = await relayFor({ baseUrl: 'http://127.0.0.1:9/v3' });
  expect(await relay.page(request('12345')).ended).toMatchObject({ code: 4503, reason: 'vendor_unreachable' });
  expect(relay.meter.counts).toEqual({ open: 0, taken: 5, refunded: 5 });
});

test('a page that leaves ends the vendor’s stream within 3 s, even if the vendor answers no close', async () => {
  let vendorEnded = 0;
  const vendor = await startVendor((socket) => {
    socket.send('x');
    const raw = (socket as unknown as { _socket: Socket })._socket;
    raw.on('close', () => (vendorEnded = performance.now()));
    socket.pause();
    // A paused socket sees its end only when it writes.
    const timer = setInterval(() => socket.send(Buffer.alloc(4)), 50);
    raw.on('close', () => clearInterval(timer));
  });
  const relay = await relayFor(vendor);
  const page = relay.page(request());
  await until(() => page.frames.length > 1);
  const leftMs = performance.now();
  page.socket.terminate();
  await until(() => vendorEnded > 0);
  expect(vendorEnded - leftMs).toBeLessThan(4_000);
  expect(relay.meter.counts.open).toBe(0);
});

test('revoking a user ends the stream at a heartbeat', async () => {
  const relay = await relayFor(await startVendor((socket) => socket.send('x')), { limits: { heartbeatMs: 100 } });
  const page = relay.page(request());
  await until(() => page.frames.length > 1);
  await relay.access.revoke('user-1');
  expect(await page.ended).toMatchObject({ code: 4401, reason: 'token_revoked' });
});

test('a place that was lost ends the stream', async () => {
  const relay = await relayFor(await startVendor((socket) => socket.send('x')));
  const page = relay.page(request());
  await until(() => page.frames.length > 1);
  relay.meter.lose();
  expect(await page.ended).toMatchObject({ code: 4503, reason: 'store_down' });
});

test('a closing relay lets a stream end, sends newcomers away, and ends the rest with 4503', async () => {
  const relay = await relayFor(await startVendor((socket) => socket.send('x')));
  const page = relay.page(request());
  await until(() => page.frames.length > 1);
  relay.drain();
  expect(await relay.page(request()).ended).toMatchObject({ code: 4503, reason: 'draining' });
  expect(page.socket.readyState).toBe(page.socket.OPEN);
  await relay.sockets.close();
  expect(await page.ended).toMatchObject({ code: 4503, reason: 'draining' });
  await relay.sockets.idle();
});

test('pings keep both sides, and a page that answers none is dropped', async () => {
  const pinged: number[] = [];
  const vendor = await startVendor((socket) => {
    socket.on('ping', () => pinged.push(1));
    const timer = setInterval(() => socket.send(Buffer.alloc(8)), 20);
    socket.on('close', () => clearInterval(timer));
  });
  const relay = await relayFor(vendor, { limits: { heartbeatMs: 200 } });
  const page = relay.page(request());
  const deaf = relay.page(request());
  await until(() => deaf.frames.length > 1 && page.frames.length > 1);
  (deaf.socket as unknown as { _autoPong: boolean })._autoPong = false;
  expect(await deaf.ended).toMatchObject({ code: 1006 });
  expect(page.socket.readyState).toBe(page.socket.OPEN);
  expect(pinged.length).toBeGreaterThan(0);
});

/** A handshake by hand: gives the first bytes of the answer. */
async function handshake(
  port: number,
  {
    path = '/speech/audixa/v3/tts/stream',
    method = 'GET',
    origin,
    key = 'AAAAAAAAAAAAAAAAAAAAAA==',
    version = '13',
  }: {
    path?: string;
    method?: string;
    origin?: string;
    key?: string;
    version?: string;
  },
): Promise<string> {
  const { connect } = await import('node:net');
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket
      .on('data', (chunk) => (answer += chunk))
      .on('end', () => resolve(answer))
      .on('error', reject);
    const lines = [
      'host: x',
      'connection: upgrade',
      'upgrade: websocket',
      `sec-websocket-version: ${version}`,
      `sec-websocket-key: ${key}`,
    ];
    socket.write(`${method} ${path} HTTP/1.1\r\n${[...lines, ...(origin ? [`origin: ${origin}`] : [])].join('\r\n')}\r\n\r\n`);
  });
}
