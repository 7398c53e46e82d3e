import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { inspect } from 'node:util';

import { afterEach, expect, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';

import { createAudixa, type AudixaClient, type ClientOptions } from './index.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

async function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => undefined)));
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const key = 'canary key/4711?';
const text = 'A text that nobody else should read.';
const quick = { connectMs: 500, firstAudioMs: 400, stallMs: 400 };

/** A vendor of a few lines. HTTP requests are never answered, which is worse than an error. */
async function vendor(
  talk: (socket: WebSocket, request: string, url: string) => void,
  options: Partial<Exclude<ClientOptions, { relay: string | URL }>> = {},
) {
  let dials = 0;
  const server = createServer();
  new WebSocketServer({ server }).on('connection', (socket, { url = '' }) => {
    dials += 1;
    socket.on('message', (data) => talk(socket, String(data), url));
  });
  const baseUrl = await listen(server);
  const audixa = createAudixa({ baseUrl, apiKey: key, timeouts: quick, retry: { baseDelayMs: 5 }, ...options });
  return { audixa, dials: () => dials };
}

const speak = async (audixa: AudixaClient) => {
  const stream = audixa.stream({ text, voiceId: 'am_ethan', model: 'advanced', cfgWeight: 2, languageCode: 'sw' });
  let samples = 0;
  let thrown: unknown;
  try {
    for await (const chunk of stream) samples += chunk.length;
  } catch (error) {
    thrown = error;
  }
  const outcome = await stream.outcome;
  expect(thrown).toBe(outcome.error);
  expect(samples).toBe(outcome.samples);
  return outcome;
};

const started = JSON.stringify({ type: 'started', generation_id: 'gen_1', channel: 'generation:gen_1' });
const completed = JSON.stringify({ type: 'completed', audio_url: 'https://cdn.example/audio/gen_1.wav?sig=secret' });
const audio = new Uint8Array(4_000);

test('the request is one JSON text under the vendor’s names, and the key is encoded into the address', async () => {
  const seen: unknown[] = [];
  const { audixa } = await vendor((socket, request, url) => {
    seen.push(url, JSON.parse(request));
    socket.send(started);
    socket.send(audio);
    socket.send(completed);
  });
  expect(await speak(audixa)).toMatchObject({ verdict: 'completed', samples: 1_000, generationId: 'gen_1' });
  expect(seen).toEqual([
    '/v3/tts/stream?api_key=canary%20key%2F4711%3F',
    { text, voice_id: 'am_ethan', model: 'advanced', cfg_weight: 2, language_code: 'sw' },
  ]);
});

test('everything in one packet is still delivered in order before completed', async () => {
  const { audixa } = await vendor((socket) => {
    (socket as unknown as { _socket: Socket })._socket.cork();
    for (const message of [started, audio, audio, audio.slice(0, 402), audio.slice(0, 2), completed]) socket.send(message);
    (socket as unknown as { _socket: Socket })._socket.uncork();
  });
  expect(await speak(audixa)).toMatchObject({ verdict: 'completed', samples: 2_101 });
});

test.each<[string, (socket: WebSocket) => void, object]>([
  ['nothing at all', () => undefined, { verdict: 'failed', error: { kind: 'timeout', limit: 'first-audio' } }],
  ['pings and empty frames only', (socket) => { setInterval(() => { socket.ping(); socket.send(new Uint8Array(0)); socket.send('{}'); }, 50).unref(); }, { verdict: 'failed', error: { kind: 'timeout', limit: 'first-audio' } }],
  ['audio and then nothing', (socket) => { socket.send(started); socket.send(audio); }, { verdict: 'truncated', samples: 1_000, error: { kind: 'timeout', limit: 'stall' } }],
  ['a close without a word', (socket) => socket.close(), { verdict: 'failed', error: { kind: 'truncated', close: { code: 1005 } } }],
  ['a clean close in the middle', (socket) => { socket.send(started); socket.send(audio); socket.close(1000); }, { verdict: 'truncated', samples: 1_000, error: { kind: 'truncated', close: { code: 1000, phase: 'streaming' } } }],
  ['a drop in the middle', (socket) => { socket.send(started); socket.send(audio, () => socket.terminate()); }, { verdict: 'truncated', samples: 1_000, error: { kind: 'connection-lost', close: { code: 1006 } } }],
  ['an error and no close', (socket) => socket.send('{"type":"error","message":"Invalid API Key"}'), { verdict: 'failed', error: { kind: 'unauthorized' } }],
  ['an error and then its close', (socket) => { socket.send('{"type":"error","message":"text is required"}'); socket.close(1003); }, { verdict: 'failed', billed: 'unknown', error: { kind: 'invalid-request', close: { code: 1003 } } }],
  ['completed after an error', (socket) => { socket.send(started); socket.send(audio); socket.send('{"type":"error","message":"x"}'); socket.send(completed); socket.close(1011); }, { verdict: 'truncated', error: { kind: 'vendor-fault' } }],
])('a vendor that says %s gets one verdict within the limits', async (_title, talk, expected) => {
  const { audixa, dials } = await vendor(talk);
  const began = performance.now();
  expect(await speak(audixa)).toMatchObject(expected);
  expect(performance.now() - began).toBeLessThan(4_000);
  expect(dials()).toBe(1);
}); // prettier-ignore

test('a handshake that is never answered ends at the connect limit', async () => {
  const baseUrl = await listen(createTcpServer());
  const audixa = createAudixa({ baseUrl, apiKey: key, timeouts: quick });
  expect(await speak(audixa)).toMatchObject({ verdict: 'failed', billed: 'no', error: { kind: 'timeout', limit: 'connect' } });
});

async function refusing(answer: string, options: Partial<Exclude<ClientOptions, { relay: string | URL }>> = {}) {
  let dials = 0;
  const server = createServer().on('upgrade', (_request, socket) => {
    dials += 1;
    socket.end(answer);
  });
  const baseUrl = await listen(server);
  const audixa = createAudixa({ baseUrl, apiKey: key, retry: { baseDelayMs: 5 }, ...options });
  return { audixa, dials: () => dials };
}

test.each([
  [401, 'unauthorized', 1],
  [402, 'insufficient-credits', 1],
  [403, 'forbidden', 1],
  [404, 'not-found', 1],
  [429, 'rate-limited', 4],
  [500, 'vendor-fault', 4],
  [503, 'unavailable', 4],
])('a handshake refused with %i is %s and dialled %i times', async (status, kind, times) => {
  const { audixa, dials } = await refusing(`HTTP/1.1 ${status} No\r\ncontent-length: 16\r\n\r\n{"detail":"why"}`);
  const outcome = await speak(audixa);
  expect(outcome).toMatchObject({ verdict: 'failed', billed: 'no', error: { kind, status } });
  expect(outcome.error?.message).toContain('why');
  expect(dials()).toBe(times);
});

test('a wait that the vendor asks for and that is too long is told, not slept', async () => {
  const { audixa, dials } = await refusing('HTTP/1.1 429 No\r\nretry-after: 3600\r\ncontent-length: 0\r\n\r\n');
  expect(await speak(audixa)).toMatchObject({ error: { kind: 'rate-limited', retryAfterMs: 3_600_000 } });
  expect(dials()).toBe(1);
});

test('a port that refuses is dialled again, and an abort ends the wait at once', async () => {
  const server = createServer();
  const baseUrl = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  const quickly = createAudixa({ baseUrl, apiKey: key, retry: { baseDelayMs: 5 } });
  expect(await speak(quickly)).toMatchObject({
    verdict: 'failed',
    billed: 'no',
    error: { kind: 'unreachable', code: 'ECONNREFUSED' },
  });
  const slowly = createAudixa({
    baseUrl,
    apiKey: key,
    retry: { baseDelayMs: 60_000, maxDelayMs: 60_000 },
    timeouts: { connectMs: 60_000 },
  });
  const stream = slowly.stream({ text, voiceId: 'am_ethan' });
  setTimeout(() => stream.cancel(), 50);
  expect(await stream.outcome).toMatchObject({ verdict: 'cancelled', billed: 'no' });
});

test('a signal aborted before the call dials nothing', async () => {
  const { audixa, dials } = await vendor(() => undefined);
  const { outcome } = audixa.stream({ text, voiceId: 'am_ethan' }, { signal: AbortSignal.abort() });
  expect(await outcome).toMatchObject({ verdict: 'cancelled', billed: 'no' });
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(dials()).toBe(0);
});

test('nothing that an error shows holds the key, the text or the signature of a file', async () => {
  const endings: ((socket: WebSocket) => void)[] = [
    (socket) => socket.close(1008, 'bad key'),
    (socket) => socket.terminate(),
    (socket) =>
      socket.send(`{"type":"error","message":"see wss://api.audixa.ai/v3/tts/stream?api_key=${encodeURIComponent(key)}"}`),
  ];
  for (const talk of endings) {
    const { audixa } = await vendor(talk);
    const { error } = await speak(audixa);
    const shown = inspect(error, { depth: 10, showHidden: true }) + JSON.stringify(error) + String(error?.stack);
    for (const secret of [key, encodeURIComponent(key), text, 'sig=secret']) expect(shown).not.toContain(secret);
  }
});
