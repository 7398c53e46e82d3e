import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { ClientEvent } from '@saystream/core';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';

import { createAudixa } from './audixa-client.ts';
import type { AudixaOptions } from './audixa-connection.ts';

/** A relay written by hand from docs/relay-protocol.md, to see what a client does when one misbehaves. */
interface HandMadeRelay {
  readonly url: string;
  readonly minted: { readonly headers: IncomingMessage['headers']; readonly body: string }[];
  readonly calls: { readonly method: string; readonly url: string; readonly headers: IncomingMessage['headers'] }[];
  readonly dials: string[][];
  token: (n: number) => { readonly status: number; readonly body?: unknown; readonly headers?: Record<string, string> };
  answer: (request: IncomingMessage, response: ServerResponse, n: number) => void;
  socket: (socket: WebSocket, request: string, n: number) => void;
}

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const piece of request) body += String(piece);
  return body;
}

async function startRelay(): Promise<HandMadeRelay> {
  const relay: { -readonly [K in keyof HandMadeRelay]: HandMadeRelay[K] } = {
    url: '',
    minted: [],
    calls: [],
    dials: [],
    token: (n) => ({
      status: 200,
      body: { token: `once${n}`, expires_in: 60, session: `many${n}`, session_expires_in: 600 },
    }),
    answer: (_request, response) => void response.end('{"voices":[]}'),
    socket: () => undefined,
  };
  const server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request);
      if (request.url === '/speech/token') {
        relay.minted.push({ headers: request.headers, body });
        const { status, body: answer, headers = {} } = relay.token(relay.minted.length);
        response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(answer));
        return;
      }
      relay.calls.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers });
      relay.answer(request, response, relay.calls.length);
    })();
  });
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'tts.v1' });
  sockets.on('connection', (socket, request) => {
    relay.dials.push((request.headers['sec-websocket-protocol'] ?? '').split(/, ?/));
    socket.once('message', (data: Buffer) => relay.socket(socket, String(data), relay.dials.length));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  relay.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/speech`;
  cleanups.push(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
    server.close();
  });
  return relay;
}

const invalid = { status: 401, headers: { 'www-authenticate': 'Bearer error="invalid_token"' } };
const client = (relay: HandMadeRelay, more: Partial<Extract<AudixaOptions, { relay: string | URL }>> = {}) =>
  createAudixa({ relay: relay.url, retry: { baseDelayMs: 10 }, ...more });

async function listVoices(audixa: ReturnType<typeof createAudixa>): Promise<number> {
  let count = 0;
  for await (const _ of audixa.voices()) count += 1;
  return count;
}

const speakFully = (socket: WebSocket): void => {
  socket.send('{"type":"ready"}');
  socket.send('{"type":"started","generation_id":"g1"}');
  socket.send(Buffer.from(Float32Array.of(0.1, 0.2, 0.3).buffer));
  socket.send('{"type":"completed","audio_url":"files/sealed-name"}');
  socket.close(1000);
};

describe('calls through a relay', () => {
  test('carry a session that is minted once for all of them, and no key', async () => {
    const relay = await startRelay();
    const audixa = client(relay, { relayHeaders: async () => ({ 'x-user': 'amina' }) });
    await Promise.all([listVoices(audixa), listVoices(audixa), listVoices(audixa)]);
    await listVoices(audixa);
    expect(relay.minted).toHaveLength(1);
    expect(relay.minted[0]).toMatchObject({ body: '{"vendor":"audixa"}', headers: { 'x-user': 'amina' } });
    expect(relay.calls.map(({ url, headers }) => [url, headers.authorization])).toEqual(
      Array.from({ length: 4 }, () => ['/speech/audixa/v3/voices?limit=100&offset=0', 'Bearer many1']),
    );
    expect(relay.calls.every(({ headers }) => headers['x-api-key'] === undefined)).toBe(true);
  });

  test('renew a session that is about to expire', async () => {
    const relay = await startRelay();
    relay.token = (n) => ({
      status: 200,
      body: { token: `once${n}`, expires_in: 60, session: `many${n}`, session_expires_in: 1 },
    });
    const audixa = client(relay);
    await listVoices(audixa);
    await listVoices(audixa);
    await new Promise((resolve) => setTimeout(resolve, 950));
    await listVoices(audixa);
    expect(relay.calls.map(({ headers }) => headers.authorization)).toEqual(['Bearer many1', 'Bearer many1', 'Bearer many2']);
  });

  test('answer a 401 of the relay with one new session, and a second one with an error', async () => {
    const relay = await startRelay();
    relay.answer = (request, response) => {
      const known = request.headers.authorization === 'Bearer many2';
      response.writeHead(known ? 200 : 401, known ? {} : invalid.headers).end(known ? '{"voices":[]}' : '{}');
    };
    await listVoices(client(relay));
    expect(relay.minted).toHaveLength(2);

    relay.answer = (_request, response) => void response.writeHead(401, invalid.headers).end('{"detail":"revoked"}');
    await expect(listVoices(client(relay))).rejects.toMatchObject({
      kind: 'unauthorized',
      message: expect.stringContaining('revoked'),
    });
    expect(relay.minted).toHaveLength(4);
    expect(relay.calls).toHaveLength(4);
  });

  test('do not take a vendor’s 401 for the relay’s', async () => {
    const relay = await startRelay();
    relay.answer = (_request, response) => void response.writeHead(401).end('{"detail":"Invalid API key"}');
    await expect(listVoices(client(relay))).rejects.toMatchObject({ kind: 'unauthorized' });
    expect(relay.minted).toHaveLength(1);
    expect(relay.calls).toHaveLength(1);
  });

  test('send a paid request again under the same key when its answer was lost', async () => {
    const relay = await startRelay();
    relay.answer = (request, response, n) =>
      n === 1 ? void request.socket.destroy() : void response.end('{"generation_id":"g7","status":"IN_QUEUE"}');
    const job = await client(relay).submit({ text: 'Habari', voiceId: 'am_ethan' });
    expect(job.generationId).toBe('g7');
    const keys = relay.calls.map(({ headers }) => headers['idempotency-key']);
    expect(keys).toHaveLength(2);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(keys[1]).toBe(keys[0]);
  });

  test('ask again while the relay is still at work on the first try', async () => {
    const relay = await startRelay();
    relay.answer = (_request, response, n) => {
      if (n > 1) return void response.end('{"generation_id":"g7","status":"IN_QUEUE"}');
      response.writeHead(409, { 'content-type': 'application/problem+json', 'retry-after': '1' });
      response.end('{"type":"urn:saystream:relay:still_running","status":409}');
    };
    expect((await client(relay).submit({ text: 'Habari', voiceId: 'am_ethan' })).generationId).toBe('g7');
  });

  test('do not repeat what the vendor has answered with a fault', async () => {
    const relay = await startRelay();
    relay.answer = (request, response) => {
      const isPaid = request.method === 'POST';
      response.writeHead(isPaid ? 500 : 200).end(isPaid ? '{"detail":"oops"}' : '{"history":[]}');
    };
    const submitted = client(relay, { retry: { baseDelayMs: 1, maxDelayMs: 1 } }).submit({ text: 'Habari', voiceId: 'am_ethan' });
    await expect(submitted).rejects.toMatchObject({ kind: 'vendor-fault', billed: 'unknown' });
    expect(relay.calls.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  test('fail as the app’s own refusal, without calling the vendor', async () => {
    const relay = await startRelay();
    relay.token = () => ({ status: 401, body: { detail: 'Sign in first.' } });
    await expect(listVoices(client(relay))).rejects.toMatchObject({ kind: 'unauthorized', billed: 'no' });
    expect(relay.minted).toHaveLength(1);
    expect(relay.calls).toHaveLength(0);
  });

  test.each([{}, { token: 1, session: true }, [], null])('fail when the token’s answer is %j', async (body) => {
    const relay = await startRelay();
    relay.token = () => ({ status: 200, body });
    await expect(listVoices(client(relay))).rejects.toMatchObject({ kind: 'bad-response' });
  });

  test('tell how many are served first, while they wait in the relay’s line', async () => {
    const relay = await startRelay();
    const events: ClientEvent[] = [];
    relay.answer = (request, response) => {
      if (request.url?.startsWith('/speech/queue/')) return void response.end('{"state":"waiting","position":3}');
      setTimeout(() => response.end('{"generation_id":"g7","status":"IN_QUEUE"}'), 1_500);
    };
    await client(relay, { onEvent: (event) => events.push(event) }).submit({ text: 'Habari', voiceId: 'am_ethan' });
    expect(events).toContainEqual({ type: 'held', vendor: 'audixa', by: 'queue', position: 3 });
    const key = relay.calls.find(({ method }) => method === 'POST')?.headers['idempotency-key'];
    expect(relay.calls.find(({ url }) => url.startsWith('/speech/queue/'))?.url).toBe(`/speech/queue/${String(key)}`);
  });
});

describe('a stream through a relay', () => {
  test('shows a token for one use and hears the file’s whole address', async () => {
    const relay = await startRelay();
    let asked = '';
    relay.socket = (socket, request) => {
      asked = request;
      speakFully(socket);
    };
    const audixa = client(relay);
    const streams = [1, 2].map(() => audixa.stream({ text: 'Habari', voiceId: 'am_ethan' }));
    for (const stream of streams) {
      const outcome = await stream.outcome;
      expect(outcome).toMatchObject({ verdict: 'completed', samples: 3, billed: 'yes', generationId: 'g1' });
      expect(outcome.audioUrl).toBe(`${relay.url}/files/sealed-name`);
    }
    expect(JSON.parse(asked)).toMatchObject({ text: 'Habari', voice_id: 'am_ethan' });
    expect(relay.dials).toEqual([
      ['tts.v1', 'tok.once1'],
      ['tts.v1', 'tok.once2'],
    ]);
  });

  test('whose token was used up is dialled once more with a new one', async () => {
    const relay = await startRelay();
    relay.socket = (socket, _request, n) => (n === 1 ? socket.close(4409, 'token_used') : speakFully(socket));
    expect((await client(relay).stream({ text: 'Habari', voiceId: 'am_ethan' }).outcome).verdict).toBe('completed');
    expect(relay.minted).toHaveLength(2);

    relay.socket = (socket) => socket.close(4401, 'token_invalid');
    const outcome = await client(relay).stream({ text: 'Habari', voiceId: 'am_ethan' }).outcome;
    expect(outcome).toMatchObject({ verdict: 'failed', billed: 'no', error: { kind: 'unauthorized', close: { code: 4401 } } });
    expect(relay.dials).toHaveLength(4);
  });

  test.each([
    [4400, 'speed: too high', 'invalid-request'],
    [4402, '', 'insufficient-credits'],
    [4403, '', 'forbidden'],
    [4413, 'too long', 'too-large'],
    [4408, '', 'timeout'],
  ])('that ends with %i before the vendor had it cost nothing and is not repeated', async (code, reason, kind) => {
    const relay = await startRelay();
    relay.socket = (socket) => socket.close(code, reason);
    const { error, billed } = await client(relay, { retry: { tries: code === 4408 ? 1 : 4 } }).stream({
      text: 'Habari',
      voiceId: 'am_ethan',
    }).outcome;
    expect({ kind: error?.kind, billed }).toEqual({ kind, billed: 'no' });
    expect(error?.message).toContain(reason);
    expect(relay.dials).toHaveLength(1);
  });

  test.each([4429, 4503])('that ends with %i before the vendor had it is tried again after the wait', async (code) => {
    const relay = await startRelay();
    relay.socket = (socket, _request, n) => (n === 1 ? socket.close(code, '{"r":1}') : speakFully(socket));
    const startedAt = performance.now();
    expect((await client(relay).stream({ text: 'Habari', voiceId: 'am_ethan' }).outcome).verdict).toBe('completed');
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(1_000);
    expect(relay.dials).toHaveLength(2);
  });

  test('that breaks once the vendor had it is not sent again', async () => {
    const relay = await startRelay();
    relay.socket = (socket) => {
      socket.send('{"type":"ready"}');
      socket.close(1014);
    };
    const { error, billed } = await client(relay).stream({ text: 'Habari', voiceId: 'am_ethan' }).outcome;
    expect({ kind: error?.kind, billed }).toEqual({ kind: 'connection-lost', billed: 'unknown' });
    expect(relay.dials).toHaveLength(1);
  });

  test('is told by the relay why its socket was refused, where the platform hides it', async () => {
    const relay = await startRelay();
    relay.answer = (_request, response) =>
      void response.writeHead(429, { 'retry-after': '120' }).end('{"detail":"Streams used up."}');
    /** As browsers do it: a refused handshake is an error, then 1006. */
    class Refused extends EventTarget {
      binaryType = 'blob';
      constructor() {
        super();
        setTimeout(() => this.dispatchEvent(Object.assign(new Event('close'), { code: 1006, reason: '', wasClean: false })), 1);
      }
      send(): void {}
      close(): void {}
    }
    const audixa = client(relay, { WebSocket: Refused, retry: { baseDelayMs: 1, maxDelayMs: 1, tries: 2 } });
    const { error } = await audixa.stream({ text: 'Habari', voiceId: 'am_ethan' }).outcome;
    expect(error).toMatchObject({ kind: 'rate-limited', retryAfterMs: 120_000, billed: 'no' });
    expect(relay.calls.map(({ url }) => url)).toEqual(['/speech/diagnose']);

    relay.answer = (_request, response) => void response.writeHead(503).end('{"detail":"Restarting."}');
    const second = await audixa.stream({ text: 'Habari', voiceId: 'am_ethan' }).outcome;
    expect(second.error).toMatchObject({ kind: 'unavailable', billed: 'no' });
    expect(relay.calls).toHaveLength(1 + 2);

    relay.answer = (_request, response) => void response.writeHead(204).end();
    const third = await audixa.stream({ text: 'Habari', voiceId: 'am_ethan' }).outcome;
    expect(third.error).toMatchObject({ kind: 'unreachable', billed: 'no' });
  });
});

test('a key together with a relay, and neither of the two, are refused', () => {
  expect(() => createAudixa({ relay: 'http://127.0.0.1:1', apiKey: 'k' } as never)).toThrow(/relay holds the key/);
  expect(() => createAudixa({})).toThrow(/apiKey/);
  expect(() => createAudixa({ relay: 'http://[' })).toThrow(/must be an http/);
});
