import { request } from 'node:http';

import { afterAll, beforeAll, expect, test } from 'vitest';

import { startEmulator, type Emulator } from '../index.ts';
import { hearStream, type HandshakeRefusal } from '../../tests/hear-stream.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const voices = (key: string, init: RequestInit = {}) =>
  fetch(`${emulator.audixa.baseUrl}/voices`, { ...init, headers: { 'x-api-key': key } });
const scenario = (name: string, init?: RequestInit) => voices(emulator.scenario(name), init);
const shake = async (name: string) =>
  (await hearStream(`${emulator.audixa.wsUrl}?api_key=${emulator.scenario(name)}`)).end as HandshakeRefusal;

const bodies: readonly (readonly [status: number, body: unknown])[] = [
  [
    400,
    {
      detail: 'Validation error',
      errors: [
        { field: 'text', message: 'Text is required' },
        { field: 'model', message: "Model must be 'base' or 'advanced'" },
      ],
    },
  ],
  [401, { detail: 'Invalid or missing API key' }],
  [402, { detail: 'Insufficient Balance' }],
  [403, { detail: expect.any(String) }],
  [404, { detail: 'Generation not found' }],
  [409, { detail: expect.any(String) }],
  [413, { detail: expect.any(String) }],
  [422, { detail: [{ loc: ['body', 'text'], msg: 'field required', type: 'value_error.missing' }] }],
  [429, { detail: 'Rate limit exceeded. Please retry after 30 seconds.' }],
  [500, { detail: 'An unexpected error occurred. Please try again.' }],
  [503, { detail: expect.any(String) }],
];

test.each(bodies)('http-%i has its documented body, for calls and handshakes alike', async (status, body) => {
  const response = await scenario(`http-${status}`);
  const shaken = await shake(`http-${status}`);
  expect([response.status, response.headers.get('content-type'), await response.json()]).toEqual([
    status,
    'application/json',
    body,
  ]);
  expect([shaken.status, shaken.headers['content-type'], JSON.parse(shaken.body)]).toEqual([status, 'application/json', body]);
});

test.each([502, 504, 520])('http-%i is the page of a proxy', async (status) => {
  const response = await scenario(`http-${status}`);
  const page = await response.text();
  expect([response.status, response.headers.get('content-type')]).toEqual([status, 'text/html']);
  expect(page).toContain(`<title>${status} `);
  expect(await shake(`http-${status}`)).toMatchObject({ status, body: page });
});

test('every endpoint is refused, and nothing is accepted', async () => {
  const headers = { 'x-api-key': emulator.scenario('http-500') };
  const tts = `${emulator.audixa.baseUrl}/tts`;
  const body = '{"text":"x","voice_id":"am_ethan"}';
  expect((await fetch(tts, { method: 'POST', headers, body })).status).toBe(500);
  expect((await fetch(`${tts}?generation_id=x`, { headers })).status).toBe(500);
  expect(emulator.ledger).toHaveLength(0);
});

test('a refusal passes after as many requests as it says, whichever they are', async () => {
  expect((await scenario('http-503-times-3')).status).toBe(503);
  expect((await shake('http-503-times-3')).status).toBe(503);
  expect((await scenario('http-503-times-3')).status).toBe(503);
  expect((await scenario('http-503-times-3')).status).toBe(200);
});

test('another run counts anew', async () => {
  const statuses = async (name: string) => [(await scenario(name)).status, (await scenario(name)).status];
  expect(await statuses('http-500-times-1~run-a')).toEqual([500, 200]);
  expect(await statuses('http-500-times-1~run-b')).toEqual([500, 200]);
});

test('a 429 says how long to wait and that nothing is left; other refusals only when asked to', async () => {
  const wait = async (name: string) => (await scenario(name)).headers.get('retry-after');
  expect([
    await wait('http-429'),
    await wait('http-429~retry-after-7'),
    await wait('http-503'),
    await wait('http-503~retry-after-2'),
  ]).toEqual(['30', '7', null, '2']);
  expect((await scenario('http-429')).headers.get('x-ratelimit-remaining')).toBe('0');
  expect((await shake('http-429~retry-after-9')).headers['retry-after']).toBe('9');
});

test('rate headers come with every answer and count by key', async () => {
  const first = await scenario('run-count');
  const second = await scenario('run-count');
  expect(first.headers.get('x-ratelimit-limit')).toBe('240');
  expect(Number(second.headers.get('x-ratelimit-remaining'))).toBeLessThanOrEqual(239);
  const reset = Number(first.headers.get('x-ratelimit-reset')) - Date.now() / 1_000;
  expect(reset).toBeGreaterThan(-2);
  expect(reset).toBeLessThan(62);
});

test('pages may read answers and their headers, unless a scenario forbids it', async () => {
  const cors = async (response: Promise<Response>) => {
    const { headers } = await response;
    return [headers.get('access-control-allow-origin'), headers.get('access-control-expose-headers')];
  };
  expect(await cors(voices(emulator.audixa.apiKey))).toEqual(['*', expect.stringContaining('Retry-After')]);
  expect(await cors(voices('nobody'))).toEqual(['*', expect.stringContaining('X-RateLimit-Remaining')]);
  expect(await cors(scenario('cors-hidden-headers'))).toEqual(['*', null]);
  expect(await cors(scenario('cors-off'))).toEqual([null, null]);
  expect(await cors(scenario('cors-off~http-429'))).toEqual([null, null]);
});

test('a page that asks first may call', async () => {
  const { status, headers } = await fetch(`${emulator.audixa.baseUrl}/tts`, { method: 'OPTIONS' });
  expect([status, headers.get('access-control-allow-methods')]).toEqual([204, expect.stringContaining('POST')]);
  expect(headers.get('access-control-allow-headers')).toContain('x-api-key');
});

test('bodies can be empty, cut, or never end', async () => {
  const empty = await scenario('empty-200');
  expect([empty.status, await empty.text()]).toEqual([200, '']);
  const cut = await (await scenario('truncated-json')).text();
  expect(cut).toMatch(/^\{"limit"/);
  expect(() => void JSON.parse(cut)).toThrow(SyntaxError);
  const stalled = await scenario('body-stall', { signal: AbortSignal.timeout(300) });
  expect(stalled.status).toBe(200);
  await expect(stalled.text()).rejects.toThrow(/abort|timeout/i);
});

/** As it is written, which `fetch` would not do. */
const raw = (path: string, headers: Record<string, string> = {}) =>
  new Promise<number | undefined>((resolve, reject) => {
    const { hostname, port } = new URL(emulator.url);
    request({ hostname, port, path, headers }, (response) => resolve(response.resume().statusCode))
      .on('error', reject)
      .end();
  });

test('nonsense in an address or a header ends nothing but its request', async () => {
  for (const path of ['//', '/v3//tts', '/v3/%', '/audio/%00.wav', '*']) expect(await raw(path)).toBeGreaterThanOrEqual(400);
  expect(await raw('/', { host: '[nonsense' })).toBe(400);
  await expect(raw('/v3/tts/stream', { host: '[x', connection: 'upgrade', upgrade: 'websocket' })).rejects.toThrow(
    /hang up|reset/,
  );
  expect(await raw('/v3/elsewhere', { connection: 'upgrade', upgrade: 'websocket' })).toBe(404);
  expect(await raw('/v3/tts/stream?api_key=emulated', { connection: 'upgrade', upgrade: 'h2c' })).toBe(400);
  expect((await voices(emulator.audixa.apiKey)).status).toBe(200);
});
