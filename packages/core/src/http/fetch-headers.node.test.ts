import { getEventListeners } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { parseAudixaError } from '@saystream/errors';
import { afterEach, expect, test, vi } from 'vitest';

import { defaultRetry, defaultTimeouts } from '../client-options.ts';
import { createAccount } from '../retry/account-health.ts';
import { createHttp } from './create-http.ts';
import { readBytes } from './read-body.ts';
import { readJson } from './read-json.ts';

const servers: Server[] = [];
afterEach(() => {
  vi.unstubAllGlobals();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<{ url: string; requests: (IncomingMessage & { body: string })[] }> {
  const requests: (IncomingMessage & { body: string })[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece) => (body += String(piece)));
    request.on('end', () => {
      requests.push(Object.assign(request, { body }));
      listener(request, response);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

function client(baseUrl: string, fetch?: typeof globalThis.fetch, headers: Record<string, string> = { 'x-api-key': 'k' }) {
  const http = createHttp({
    vendor: 'audixa',
    baseUrl,
    headers,
    parseError: parseAudixaError,
    fetch,
    timeouts: { ...defaultTimeouts, headersMs: 3_000, totalMs: 8_000 },
    retry: { ...defaultRetry, baseDelayMs: 5, tries: 2 },
    account: createAccount('audixa', defaultRetry.breakerFailures),
    emit: () => undefined,
  });
  const json = (url: string, more: object = {}) =>
    http.request({ url, ...more }, (response, limits) => readJson('audixa', response, limits));
  return { http, json };
}

test('calls the fetch option with an address and a plain init, and not as a method', async () => {
  const calls: { self: unknown; url: unknown; init: RequestInit | undefined }[] = [];
  const own = function (this: unknown, url: unknown, init?: RequestInit): Promise<Response> {
    calls.push({ self: this, url, init });
    return Promise.resolve(Response.json({}));
  };
  await client('https://vendor.example', own).json('/tts', {
    json: { text: 'x' },
    query: { a: 1, b: undefined },
  });
  expect(calls).toHaveLength(1);
  expect(calls[0]?.self).toBeUndefined();
  expect(calls[0]?.url).toBe('https://vendor.example/tts?a=1');
  expect(calls[0]?.init).toMatchObject({
    method: 'POST',
    body: '{"text":"x"}',
    headers: { 'content-type': 'application/json', 'x-api-key': 'k' },
    cache: 'no-store',
  });
  expect(calls[0]?.init?.signal).toBeInstanceOf(AbortSignal);
});

test('a memo over addresses, as frameworks keep one while they render, does not answer polls', async () => {
  let polls = 0;
  const vendor = await serve((_request, response) => response.end(JSON.stringify({ polls: (polls += 1) })));
  const memo = new Map<string, Promise<Response>>();
  const memoised: typeof fetch = async (input, init) => {
    if (init?.cache === 'no-store') return fetch(input, init);
    const key = input instanceof Request ? input.url : String(input);
    const kept = memo.get(key) ?? fetch(input, init);
    memo.set(key, kept);
    return (await kept).clone();
  };
  const { json } = client(vendor.url, memoised);
  expect([await json('/tts'), await json('/tts')]).toEqual([{ polls: 1 }, { polls: 2 }]);
});

test('reads a response without a body stream whole, and calls one that fails there cut', async () => {
  const bare = (arrayBuffer: () => Promise<ArrayBuffer>) =>
    Promise.resolve({ ok: true, status: 200, headers: new Headers(), body: undefined, arrayBuffer } as unknown as Response);
  const bytesOf = (arrayBuffer: () => Promise<ArrayBuffer>) =>
    client('https://vendor.example', () => bare(arrayBuffer)).http.request({ url: '/a' }, (response, limits) =>
      readBytes(response, { ...limits, maxBytes: 10 }),
    );
  expect(await bytesOf(async () => new Uint8Array([1, 2, 3]).buffer)).toEqual(new Uint8Array([1, 2, 3]));
  expect(await bytesOf(async () => new ArrayBuffer(0))).toHaveLength(0);
  await expect(bytesOf(async () => new ArrayBuffer(11))).rejects.toMatchObject({ kind: 'bad-response' });
  await expect(bytesOf(() => Promise.reject(new Error('gone')))).rejects.toMatchObject({ kind: 'truncated' });
});

test('an abort ends a call whose fetch or body ignores its signal', async () => {
  const deaf = [
    () => new Promise<Response>(() => {}),
    () =>
      Promise.resolve({
        ok: true,
        status: 200,
        headers: new Headers(),
        arrayBuffer: () => new Promise(() => {}),
      } as unknown as Response),
  ];
  for (const fetch of deaf) {
    const abort = new AbortController();
    const call = client('https://vendor.example', fetch).json('/a', { signal: abort.signal });
    setTimeout(() => abort.abort(), 30);
    await expect(call).rejects.toMatchObject({ kind: 'aborted' });
  }
});

test.each<[string, string, Record<string, string>, typeof fetch | undefined]>([
  ['a base address that is none', 'not an address', {}, undefined],
  ['a key with a line break', 'https://vendor.example', { 'x-api-key': 'secret\nkey' }, undefined],
  [
    'a fetch that refuses its arguments',
    'https://vendor.example',
    {},
    () =>
      Promise.reject(
        new TypeError('fetch failed', { cause: Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL' }) }),
      ),
  ],
])('%s is a TypeError for the caller, told once', async (_title, baseUrl, headers, fetch) => {
  const thrown: unknown = await client(baseUrl, fetch, headers)
    .json('/tts', { json: {}, paid: true })
    .catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(TypeError);
  expect((thrown as Error).name).toBe('TypeError');
  expect(String(thrown)).not.toContain('secret');
});

test.each([
  [307, 'POST'],
  [308, 'POST'],
  [301, 'GET'],
  [302, 'GET'],
  [308, 'GET'],
])('a %s within the origin is followed by %s with body and key', async (status, method) => {
  const vendor = await serve((request, response) =>
    request.url === '/tts' ? response.writeHead(status, { location: '/tts/' }).end('moved') : response.end('{"ok":1}'),
  );
  const call = method === 'POST' ? { json: { text: 'x' }, paid: true } : {};
  expect(await client(vendor.url).json('/tts', call)).toEqual({ ok: 1 });
  expect(vendor.requests.map(({ method: used, url, body, headers }) => [used, url, body, headers['x-api-key']])).toEqual([
    [method, '/tts', method === 'POST' ? '{"text":"x"}' : '', 'k'],
    [method, '/tts/', method === 'POST' ? '{"text":"x"}' : '', 'k'],
  ]);
});

test.each([
  ['a POST that would become a GET', 302, '/other', { json: {} }],
  ['a circle', 307, '/tts', {}],
  ['another scheme', 307, 'https://127.0.0.1:1/', {}],
  ['no address', 308, 'http://[', {}],
])('%s is not followed for ever or elsewhere', async (_title, status, location, call) => {
  const vendor = await serve((_request, response) => response.writeHead(status, { location }).end());
  await expect(client(vendor.url).json('/tts', call)).rejects.toMatchObject({ kind: 'bad-response', status });
  expect(vendor.requests.length).toBeLessThanOrEqual(6);
});

test('works where the page has a Request of its own, which stays in its place', async () => {
  const vendor = await serve((_request, response) => response.end('{}'));
  class PageRequest {
    constructor(options: unknown) {
      if (typeof options === 'string') throw new TypeError('options is not an object');
    }
  }
  vi.stubGlobal('Request', PageRequest);
  expect(await client(vendor.url).json('/tts', { json: { text: 'x' } })).toEqual({});
  expect(globalThis.Request).toBe(PageRequest);
});

test('thirty calls on one signal cause no warning and leave no listener', async () => {
  const vendor = await serve((_request, response) => void setTimeout(() => response.end('{}'), 50));
  const warnings: string[] = [];
  const note = ({ name }: Error): void => void warnings.push(name);
  process.on('warning', note);
  const { signal } = new AbortController();
  const { json } = client(vendor.url);
  await Promise.all(Array.from({ length: 30 }, () => json('/voices', { signal })));
  // Warnings are told in a later turn.
  await new Promise((resolve) => setTimeout(resolve, 20));
  process.off('warning', note);
  expect(warnings).toEqual([]);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
});
