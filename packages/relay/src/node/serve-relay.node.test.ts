import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

import { startEmulator, type Emulator } from '@saystream/emulator';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { startAwakeClock } from '../../tests/awake-clock.ts';
import type { RelayEvent } from '../relay-options.ts';
import { memoryStore } from '../store/memory-store.ts';
import { serveRelay, type RelayServer, type ServeRelayOptions } from './serve-relay.ts';

const origin = 'https://app.example';
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ rate: 20 });
});
afterAll(() => emulator.close());

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function start(more: Partial<ServeRelayOptions> = {}): Promise<RelayServer & { readonly events: RelayEvent[] }> {
  const events: RelayEvent[] = [];
  const served = await serveRelay({
    vendors: { audixa: emulator.audixa, sauti: emulator.sauti },
    origins: [origin],
    authorize: () => ({ user: 'amina' }),
    onEvent: (event) => events.push(event),
    port: 0,
    ...more,
  });
  cleanups.push(() => served.close(0));
  return { ...served, events };
}

async function mint({ url }: RelayServer, vendor = 'audixa'): Promise<{ token: string; session: string }> {
  const headers = { origin, 'content-type': 'application/json' };
  const answer = await fetch(`${url}/speech/token`, { method: 'POST', headers, body: JSON.stringify({ vendor }) });
  expect(answer.status).toBe(200);
  return (await answer.json()) as { token: string; session: string };
}

/** A stream through the relay: what it said, and how it closed. */
function stream({ url }: RelayServer, token: string, text: string) {
  const address = `${url.replace('http', 'ws')}/speech/audixa/v3/tts/stream`;
  const socket = new WebSocket(address, ['tts.v1', `tok.${token}`], { origin });
  const said: string[] = [];
  socket.on('open', () => socket.send(JSON.stringify({ text, voice_id: 'am_ethan' })));
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) return;
    const { type } = JSON.parse(String(data)) as { type: string };
    said.push(type);
    if (type === 'completed') socket.close(1000);
  });
  const closed = once(socket, 'close').then(([code]: unknown[]) => code as number);
  return { socket, said, closed };
}

/** A paid request whose body is late. */
const paidRequest =
  `POST /sauti/v1/text-to-speech/x HTTP/1.1\r\nHost: a\r\nOrigin: ${origin}\r\nAuthorization: Bearer SESSION\r\n` +
  'Idempotency-Key: 0123456789abcdef\r\nContent-Type: application/json\r\nContent-Length: 50\r\nConnection: close\r\n\r\n{';

/** Opens a bare socket, sends `sent` and then `drip` each second, and gives what it was told when it is closed. */
async function endOf(url: string, sent: string, drip = ''): Promise<string> {
  const socket: Socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(sent));
  const dripping = setInterval(() => socket.write(drip), 1_000);
  socket.on('error', () => {});
  socket.on('close', () => clearInterval(dripping));
  let told = '';
  socket.on('data', (piece) => (told += String(piece)));
  await once(socket, 'close');
  return told;
}

test('one call serves tokens, lists and streams under any path, and says where', async () => {
  const served = await start();
  expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const { token, session } = await mint(served);
  const voices = await fetch(`${served.url}/any/where/audixa/v3/voices`, {
    headers: { origin, authorization: `Bearer ${session}` },
  });
  expect(voices.status).toBe(200);
  const { said, closed } = stream(served, token, 'Hello.');
  await expect.poll(() => said).toContain('completed');
  expect(said.slice(0, 2)).toEqual(['ready', 'started']);
  await served.close(0);
  expect(await closed).toBeTypeOf('number');
});

test('IPv6 has an address in brackets', async () => {
  const served = await start({ host: '::1' });
  expect(served.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
  expect((await fetch(`${served.url}/healthz`)).status).toBe(200);
});

test('health is 200, 503 when the store is down, and asks for no origin', async () => {
  const served = await start();
  const answer = await fetch(`${served.url}/healthz`);
  expect([answer.status, await answer.json()]).toEqual([200, { status: 'ok' }]);
  expect((await fetch(`${served.url}/healthz`, { method: 'HEAD' })).status).toBe(200);
  const down = await start({ store: { ...memoryStore(), get: () => Promise.reject(new Error('gone')) } });
  const refused = await fetch(`${down.url}/healthz`);
  expect([refused.status, await refused.json()]).toEqual([503, { status: 'store_down' }]);
});

test('while it closes, streams that run end by themselves, and new connections are refused', async () => {
  const served = await start();
  const { said, closed } = stream(served, (await mint(served)).token, 'This sentence takes a little while to be spoken.');
  await expect.poll(() => said).toContain('started');
  const closing = served.close(10_000);
  await expect(fetch(`${served.url}/healthz`)).rejects.toThrow('fetch failed');
  await closing;
  expect(said).toContain('completed');
  expect(await closed).toBe(1000);
});

test('what does not end by itself is ended after the grace, with 4503, and close says so once', async () => {
  const slow = await startEmulator({ rate: 1 });
  cleanups.push(() => slow.close());
  const served = await start({ vendors: { audixa: slow.audixa } });
  const { said, closed } = stream(served, (await mint(served)).token, 'word '.repeat(200));
  await expect.poll(() => said).toContain('started');
  const half = connect(Number(new URL(served.url).port), '127.0.0.1');
  half.on('error', () => {});
  const halfClosed = once(half, 'close');
  await once(half, 'connect');
  await Promise.all([served.close(300), served.close(300)]);
  expect(await closed).toBe(4503);
  await halfClosed;
});

test('a body that is on its way is finished before the server is gone', async () => {
  const slow = await startEmulator({ rate: 4 });
  cleanups.push(() => slow.close());
  const served = await start({ vendors: { sauti: slow.sauti } });
  const { session } = await mint(served, 'sauti');
  const answer = await fetch(`${served.url}/speech/sauti/v1/text-to-speech/sauti-swahili-v1`, {
    method: 'POST',
    headers: {
      origin,
      authorization: `Bearer ${session}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    },
    body: JSON.stringify({ text: 'Habari ya asubuhi. Karibu sana nyumbani.' }),
  });
  expect(answer.status).toBe(200);
  const [bytes] = await Promise.all([answer.arrayBuffer(), served.close(10_000)]);
  expect(bytes.byteLength).toBeGreaterThan(1_000);
});

test('who sends nothing, or headers or a body a byte a second, is cut off within the limit and a second', async () => {
  const served = await start();
  const { session } = await mint(served, 'sauti');
  const clock = startAwakeClock();
  cleanups.push(clock.stop);
  const late = async (sent: string, drip = '') => {
    const startMs = clock.now();
    const told = await endOf(served.url, sent.replace('SESSION', session), drip);
    return { told: told.slice(0, 'HTTP/1.1 400'.length), afterMs: clock.now() - startMs };
  };
  const rows = await Promise.all([
    late(''),
    late('POST /speech/token HTTP/1.1\r\nHost: a\r\nX-Slow: ', 'x'),
    late(paidRequest),
    late(paidRequest, ' '),
  ]);
  const limitsMs = [10_000, 10_000, 5_000, 15_000];
  expect(rows.map(({ told }) => told)).toEqual(['HTTP/1.1 408', 'HTTP/1.1 408', 'HTTP/1.1 400', 'HTTP/1.1 400']);
  for (const [index, { afterMs }] of rows.entries()) expect([index, afterMs <= limitsMs[index]! + 1_000]).toEqual([index, true]);
}, 60_000);

test('headers over 16 KiB are refused, on requests and on handshakes', async () => {
  const { url } = await start();
  const long = `X-Long: ${'x'.repeat(17_000)}\r\n`;
  expect(await endOf(url, `GET /speech/diagnose HTTP/1.1\r\nHost: a\r\n${long}\r\n`)).toMatch(/^HTTP\/1\.1 431/);
  const upgrade = 'Connection: Upgrade\r\nUpgrade: websocket\r\n';
  expect(await endOf(url, `GET /speech/audixa/v3/tts/stream HTTP/1.1\r\nHost: a\r\n${upgrade}${long}\r\n`)).toMatch(
    /^HTTP\/1\.1 431/,
  );
});

test('authorize is told the address that the limits see, behind a proxy too', async () => {
  const seen: string[] = [];
  const authorize: ServeRelayOptions['authorize'] = (_request, { ip }) => {
    seen.push(ip);
    return { user: ip };
  };
  await mint(await start({ authorize }));
  const behind = await start({ authorize, trustProxy: 1, limits: { connectsPerIpPerMinute: 1 } });
  const ask = (address: string) =>
    fetch(`${behind.url}/token`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json', 'x-forwarded-for': address },
      body: '{"vendor":"audixa"}',
    });
  const statuses = [await ask('203.0.113.1'), await ask('203.0.113.1'), await ask('203.0.113.2')].map(({ status }) => status);
  expect(statuses).toEqual([200, 429, 200]);
  expect(seen).toEqual(['127.0.0.1', '203.0.113.1', '203.0.113.2']);
});

test('a port that is taken rejects, and what no relay may start with throws', async () => {
  const { url } = await start();
  await expect(start({ port: Number(new URL(url).port) })).rejects.toThrow('EADDRINUSE');
  await expect(start({ origins: [] })).rejects.toThrow('origins');
  await expect(start({ trustProxy: -1 })).rejects.toThrow('number of proxies');
});
