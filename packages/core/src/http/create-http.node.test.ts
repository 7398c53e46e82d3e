import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';

import { parseAudixaError } from '@saystream/errors';
import { afterEach, expect, test } from 'vitest';

import { defaultRetry, defaultTimeouts, type ClientEvent, type RetryOptions, type Timeouts } from '../client-options.ts';
import { createAccount } from '../retry/account-health.ts';
import { createHttp } from './create-http.ts';
import { readBytes } from './read-body.ts';
import { readJson } from './read-json.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<{ url: string; requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    listener(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

const key = 'canary-key-4711';
function client(baseUrl: string, timeouts: Partial<Timeouts> = {}, retry: Partial<RetryOptions> = {}) {
  const events: ClientEvent[] = [];
  const http = createHttp({
    vendor: 'audixa',
    baseUrl,
    headers: { 'x-api-key': key },
    parseError: parseAudixaError,
    timeouts: { ...defaultTimeouts, ...timeouts },
    retry: { ...defaultRetry, baseDelayMs: 5, ...retry },
    account: createAccount('audixa', defaultRetry.breakerFailures),
    emit: (event) => void events.push(event),
  });
  const json = (url: string, more: object = {}) =>
    http.request({ url, ...more }, (response, limits) => readJson('audixa', response, limits));
  return { http, json, events };
}

test('the key goes to the vendor, and to no file host', async () => {
  const vendor = await serve((_request, response) => response.end('{}'));
  const files = await serve((_request, response) => response.end('{}'));
  const { json } = client(vendor.url);
  await json('/voices', { query: { limit: 5, model: undefined } });
  await json(`${files.url}/audio/1.wav`);
  expect(vendor.requests[0]?.headers['x-api-key']).toBe(key);
  expect(vendor.requests[0]?.url).toBe('/voices?limit=5');
  expect(files.requests[0]?.headers['x-api-key']).toBeUndefined();
});

test('an API call is not redirected, so that the key stays with the vendor', async () => {
  const thief = await serve((_request, response) => response.end('{}'));
  const vendor = await serve((_request, response) => response.writeHead(307, { location: `${thief.url}/x` }).end());
  await expect(client(vendor.url).json('/voices')).rejects.toMatchObject({ kind: 'bad-response' });
  expect(thief.requests).toHaveLength(0);
});

test('a free request is tried four times in all, then its last error is thrown', async () => {
  const vendor = await serve((_request, response) => response.writeHead(503).end('{"detail":"down"}'));
  const { json, events } = client(vendor.url);
  await expect(json('/voices')).rejects.toMatchObject({ kind: 'unavailable', status: 503 });
  expect(vendor.requests).toHaveLength(4);
  expect(events.map(({ type }) => type)).toEqual(['attempt', 'wait', 'attempt', 'wait', 'attempt', 'wait', 'attempt', 'give-up']);
});

test('a paid request is not sent again after a fault, but is after a refusal', async () => {
  const statuses = [429, 500, 200];
  const vendor = await serve((_request, response) => response.writeHead(statuses.shift() ?? 200).end('{}'));
  await expect(client(vendor.url).json('/tts', { json: { text: 'x' }, paid: true })).rejects.toMatchObject({
    kind: 'vendor-fault',
    billed: 'unknown',
  });
  expect(vendor.requests.map(({ method }) => method)).toEqual(['POST', 'POST']);
});

test('a wait longer than the caller accepts is told, not slept', async () => {
  const vendor = await serve((_request, response) => response.writeHead(429, { 'retry-after': '3600' }).end('{}'));
  await expect(client(vendor.url).json('/voices')).rejects.toMatchObject({ kind: 'rate-limited', retryAfterMs: 3_600_000 });
  expect(vendor.requests).toHaveLength(1);
});

test('an abort ends a wait and a body at once, and the upstream is closed', async () => {
  let closed = 0;
  const vendor = await serve((request, response) => {
    response.on('close', () => (closed += 1));
    if (request.url === '/wait') return void response.writeHead(429, { 'retry-after': '50' }).end('{}');
    response.write('{');
  });
  for (const path of ['/wait', '/body']) {
    const abort = new AbortController();
    const call = client(vendor.url).json(path, { signal: abort.signal });
    const settled = expect(call).rejects.toMatchObject({ kind: 'aborted', billed: 'no' });
    await new Promise((resolve) => setTimeout(resolve, 150));
    abort.abort(new Error('enough'));
    await settled;
  }
  await expect.poll(() => closed).toBe(2);
});

test('headers that never come, a body that stalls and a call that takes too long each name their limit', async () => {
  const vendor = await serve((request, response) => {
    if (request.url === '/stall') response.write('{');
    if (request.url === '/drip') setInterval(() => response.write(' '), 20).unref();
  });
  const limits = { headersMs: 100, bodyIdleMs: 100, totalMs: 400 };
  const { json } = client(vendor.url, limits, { tries: 1 });
  await expect(json('/silent')).rejects.toMatchObject({ kind: 'timeout', limit: 'first-audio' });
  await expect(json('/stall')).rejects.toMatchObject({ kind: 'timeout', limit: 'stall' });
  await expect(json('/drip')).rejects.toMatchObject({ kind: 'timeout', limit: 'total' });
});

test('a body cut in the middle is read again when reading is free', async () => {
  let cuts = 2;
  const vendor = await serve((_request, response) => {
    response.writeHead(200, { 'content-length': '2' }).write('{');
    if (cuts-- > 0) setTimeout(() => response.destroy(), 20);
    else response.end('}');
  });
  expect(await client(vendor.url).json('/voices')).toEqual({});
  expect(vendor.requests).toHaveLength(3);
});

test('more than the accepted bytes are refused without being read', async () => {
  const vendor = await serve((_request, response) => {
    const write = (): void =>
      void (response.destroyed || (response.write(Buffer.alloc(65_536)) ? setImmediate(write) : response.once('drain', write)));
    write();
  });
  const read = client(vendor.url, {}, { tries: 1 }).http.request({ url: '/endless' }, (response, limits) =>
    readBytes(response, { ...limits, maxBytes: 1_000_000 }),
  );
  await expect(read).rejects.toMatchObject({ kind: 'bad-response' });
});

test('a port that refuses is unreachable with the system’s code, and costs nothing', async () => {
  const { url } = await serve(() => undefined);
  servers.splice(0).forEach((server) => server.close());
  await new Promise((resolve) => setTimeout(resolve, 20));
  const { json, events } = client(url, {}, { tries: 2 });
  await expect(json('/tts', { json: {}, paid: true })).rejects.toMatchObject({
    kind: 'unreachable',
    code: 'ECONNREFUSED',
    billed: 'no',
  });
  expect(events.map(({ type }) => type)).toEqual(['attempt', 'wait', 'attempt', 'give-up']);
  expect(events.at(-1)).toMatchObject({ because: 'unreachable', reason: 'tries' });
});

test('a connection dropped before the answer leaves a paid request in doubt', async () => {
  const vendor = await serve((request) => request.socket.destroy());
  await expect(client(vendor.url).json('/tts', { json: {}, paid: true })).rejects.toMatchObject({
    kind: 'unreachable',
    billed: 'unknown',
  });
  expect(vendor.requests).toHaveLength(1);
});

test('nothing that is thrown holds the key, the text or the request', async () => {
  const vendor = await serve((request, response) => {
    if (request.url === '/drop') return void request.socket.destroy();
    return void response
      .writeHead(422)
      .end(JSON.stringify({ detail: [{ loc: ['body'], msg: 'bad', type: 'x', ctx: { doc: 'the secret text' } }] }));
  });
  for (const path of ['/drop', '/refuse']) {
    const error: unknown = await client(vendor.url, {}, { tries: 1 })
      .json(path, { json: { text: 'the secret text' }, paid: true })
      .catch((thrown: unknown) => thrown);
    const shown = [inspect(error, { depth: 10, showHidden: true }), JSON.stringify(error), (error as Error).stack].join('\n');
    expect(shown).not.toContain(key);
    expect(shown).not.toContain('the secret text');
  }
});

test('the text that was sent is in no error, wherever the server quotes it', async () => {
  const text = 'A private letter, to be read aloud.';
  const vendor = await serve((_request, response) =>
    response.writeHead(422).end(JSON.stringify({ detail: `'${text}' is wrong`, errors: [{ field: 'text', message: text }] })),
  );
  for (const json of [{ text }, { input: text }]) {
    const thrown = await client(vendor.url)
      .json('/tts', { json, paid: true })
      .catch((error: unknown) => error);
    expect(thrown).toMatchObject({
      kind: 'invalid-request',
      message: "Audixa answered with status 422: '***' is wrong",
      fields: [],
    });
  }
});
