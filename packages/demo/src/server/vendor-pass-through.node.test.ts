import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';

import { createVendorPassThrough, vendorMount, type VendorPassThrough } from './vendor-pass-through.ts';

const canary = 'CANARY key/with+odd=characters';
const cleanups: (() => void)[] = [];
afterEach(() => cleanups.splice(0).forEach((cleanup) => cleanup()));

async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** What the scripted vendor does with a socket once the request has come. */
type Script = (socket: WebSocket, request: string) => void;
let script: Script = () => {};
let refusal: number | undefined;
let vendorSaw: { url: string; key: string | undefined }[] = [];
let voices: { status: number; headers: Record<string, string>; body: string };
let pageUrl: string;
let pageOrigin: string;

beforeEach(async () => {
  refusal = undefined;
  vendorSaw = [];
  voices = { status: 200, headers: { 'content-type': 'application/json' }, body: '{"voices":[]}' };
  const vendor = createServer((request, response) => {
    vendorSaw.push({ url: request.url!, key: request.headers['x-api-key'] as string | undefined });
    response.writeHead(voices.status, voices.headers).end(voices.body);
  });
  const sockets = new WebSocketServer({ noServer: true });
  vendor.on('upgrade', (request, socket, head) => {
    vendorSaw.push({ url: request.url!, key: new URL(request.url!, 'http://x').searchParams.get('api_key') ?? undefined });
    if (refusal) return void socket.end(`HTTP/1.1 ${refusal} Refused\r\nContent-Length: 0\r\nX-Key: ${canary}\r\n\r\n`);
    sockets.handleUpgrade(request, socket, head, (ws) => ws.on('message', (data) => script(ws, (data as Buffer).toString())));
  });
  const vendorPort = await listen(vendor);

  const passThrough: VendorPassThrough = createVendorPassThrough({ apiKey: canary, baseUrl: `http://127.0.0.1:${vendorPort}` });
  const server = createServer((request, response) => {
    void passThrough.request(request, response).then((taken) => taken || response.writeHead(404).end());
  });
  server.on('upgrade', (request, socket, head) => passThrough.upgrade(request, socket, head));
  const port = await listen(server);
  cleanups.push(() => passThrough.close());
  pageOrigin = `http://127.0.0.1:${port}`;
  pageUrl = `ws://127.0.0.1:${port}${vendorMount}/v3/tts/stream?api_key=placeholder`;
});

interface Seen {
  readonly text: string[];
  readonly binary: Buffer[];
  close: { code: number; reason: string } | undefined;
  status: number | undefined;
}

/** A page's socket: what it sends first, and all that it ever sees. */
async function speak(request: string, origin = pageOrigin): Promise<Seen> {
  const seen: Seen = { text: [], binary: [], close: undefined, status: undefined };
  const socket = new WebSocket(pageUrl, { origin });
  cleanups.push(() => socket.terminate());
  socket.on('message', (data: Buffer, isBinary) => (isBinary ? seen.binary.push(data) : seen.text.push(String(data))));
  socket.on('open', () => socket.send(request));
  socket.on('error', () => {});
  socket.on('unexpected-response', (_request, response) => {
    seen.status = response.statusCode;
    seen.text.push(JSON.stringify(response.headers));
    socket.emit('close', 1006, Buffer.alloc(0));
  });
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
  seen.close = { code, reason: String(reason) };
  return seen;
}

const carriesKey = (seen: unknown): boolean => {
  const text = JSON.stringify(seen);
  return text.includes(canary) || text.includes(encodeURIComponent(canary)) || text.includes('CANARY');
};

describe('the pass-through to the real vendor', () => {
  it('adds the key, and passes the request and every frame on as they are', async () => {
    const audio = Buffer.from(Float32Array.of(0, 0.5, -0.5, 1).buffer);
    let received = '';
    script = (socket, request) => {
      received = request;
      socket.send('{"type":"started","generation_id":"gen_1"}');
      socket.send(audio.subarray(0, 7));
      socket.send(audio.subarray(7));
      socket.send('{"type":"completed"}');
      socket.close(1000, 'done');
    };
    const seen = await speak('{"text":"Habari ya asubuhi"}');
    expect(received).toBe('{"text":"Habari ya asubuhi"}');
    expect(vendorSaw).toEqual([expect.objectContaining({ key: canary })]);
    expect(seen.text).toEqual(['{"type":"started","generation_id":"gen_1"}', '{"type":"completed"}']);
    expect(seen.binary.map((frame) => frame.length)).toEqual([7, 9]);
    expect(Buffer.concat(seen.binary)).toEqual(audio);
    expect(seen.close).toEqual({ code: 1000, reason: 'done' });
  });

  it('passes on megabytes without losing or changing a byte', async () => {
    const frames = Array.from({ length: 64 }, (_, n) => Buffer.alloc(64 * 1024, n));
    script = (socket) => {
      for (const frame of frames) socket.send(frame);
      socket.close(1000);
    };
    const seen = await speak('{}');
    expect(Buffer.concat(seen.binary).equals(Buffer.concat(frames))).toBe(true);
  });

  it.each([1000, 1001, 1003, 1008, 1011, 1012, 1013, 4402])(
    'ends the page’s socket with %i when the vendor does',
    async (code) => {
      script = (socket) => {
        socket.send('{"type":"error","message":"why"}');
        socket.close(code, 'the reason');
      };
      const seen = await speak('{}');
      expect(seen.text).toEqual(['{"type":"error","message":"why"}']);
      expect(seen.close).toEqual({ code, reason: 'the reason' });
    },
  );

  it('ends without a code when the vendor gave none', async () => {
    script = (socket) => socket.close();
    expect((await speak('{}')).close).toEqual({ code: 1005, reason: '' });
  });

  it('drops the page’s connection when the vendor drops its own', async () => {
    script = (socket) => {
      socket.send('{"type":"started"}');
      socket.terminate();
    };
    expect((await speak('{}')).close).toEqual({ code: 1006, reason: '' });
  });

  it('tells the vendor when the page goes away', async () => {
    const gone = new Promise<number>((resolve) => (script = (socket) => socket.on('close', resolve)));
    const page = new WebSocket(pageUrl, { origin: pageOrigin });
    await once(page, 'open');
    page.send('{}');
    setTimeout(() => page.close(1000), 50);
    expect(await gone).toBe(1000);
  });

  it.each([401, 402, 403, 429, 500])('answers the handshake with %i when the vendor does', async (status) => {
    refusal = status;
    const seen = await speak('{}');
    expect(seen.status).toBe(status);
    expect(carriesKey(seen)).toBe(false);
  });

  it('answers the handshake with 502 when there is no vendor', async () => {
    const nobody = createVendorPassThrough({ apiKey: canary, baseUrl: 'http://127.0.0.1:1' });
    const server = createServer().on('upgrade', (request, socket, head) => nobody.upgrade(request, socket, head));
    const port = await listen(server);
    pageUrl = `ws://127.0.0.1:${port}${vendorMount}/v3/tts/stream`;
    const seen = await speak('{}', `http://127.0.0.1:${port}`);
    expect(seen.status).toBe(502);
    expect(carriesKey(seen)).toBe(false);
  });

  it('takes the key out of everything the page can see, even when the vendor says it aloud', async () => {
    script = (socket) => {
      socket.send(JSON.stringify({ type: 'error', message: `The key ${canary} (${encodeURIComponent(canary)}) is unknown` }));
      socket.close(1008, `no ${canary}`);
    };
    const seen = await speak('{}');
    expect(seen.text).toEqual([JSON.stringify({ type: 'error', message: 'The key [key] ([key]) is unknown' })]);
    expect(seen.close).toEqual({ code: 1008, reason: 'no [key]' });
    voices = { status: 401, headers: { 'x-echo': canary }, body: JSON.stringify({ detail: `Invalid API key ${canary}` }) };
    const response = await fetch(`${pageOrigin}${vendorMount}/v3/voices`, { headers: { 'sec-fetch-site': 'same-origin' } });
    expect(carriesKey([...response.headers, await response.text()])).toBe(false);
  });

  it('serves the vendor’s voices with status, hints and body, and hands on only the documented query', async () => {
    voices = {
      status: 429,
      headers: { 'content-type': 'application/json', 'retry-after': '7' },
      body: '{"detail":"Too Many Requests"}',
    };
    const response = await fetch(`${pageOrigin}${vendorMount}/v3/voices?limit=5&api_key=placeholder`, {
      headers: { origin: pageOrigin },
    });
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(await response.text()).toBe('{"detail":"Too Many Requests"}');
    expect(vendorSaw).toEqual([{ url: '/v3/voices?limit=5', key: canary }]);
  });

  it('follows no redirect, because the key would go along', async () => {
    voices = { status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: '' };
    const response = await fetch(`${pageOrigin}${vendorMount}/v3/voices`, { headers: { origin: pageOrigin } });
    expect(response.status).toBe(502);
    expect(vendorSaw).toHaveLength(1);
  });

  it.each(['https://evil.example', 'http://127.0.0.1:3000', 'null'])(
    'turns the page of %s away before the vendor hears of it',
    async (origin) => {
      expect((await speak('{}', origin)).status).toBe(403);
      const response = await fetch(`${pageOrigin}${vendorMount}/v3/voices`, { headers: { origin } });
      expect(response.status).toBe(403);
      expect(vendorSaw).toEqual([]);
    },
  );

  it('refuses to send the key over an unprotected connection to another machine', () => {
    expect(() => createVendorPassThrough({ apiKey: canary, baseUrl: 'http://api.audixa.ai' })).toThrow(TypeError);
  });

  it('passes on nothing but the stream and the voices', async () => {
    for (const path of ['/v3/history', '/v3/tts?generation_id=1', '/v3/voices/../history']) {
      const response = await fetch(`${pageOrigin}${vendorMount}${path}`, { headers: { origin: pageOrigin } });
      expect(response.status).toBe(404);
    }
    pageUrl = pageUrl.replace('/tts/stream', '/other');
    expect((await speak('{}')).status).toBe(404);
    expect(vendorSaw).toEqual([]);
  });
});
