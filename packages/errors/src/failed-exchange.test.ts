import { expect, test } from 'vitest';

import { headersByName, type ExchangeLike } from './failed-exchange.ts';
import { parseAudixaError } from './parse-audixa-error.ts';
import { parseMoknahError } from './parse-moknah-error.ts';
import { parseProblemDetails } from './parse-problem-details.ts';
import { parseSautiError } from './parse-sauti-error.ts';

const parsers = [parseAudixaError, parseSautiError, parseMoknahError, parseProblemDetails];

test.each([undefined, null, 7, 'x', [], {}])('headers given as %s are no headers', (headers) => {
  expect([...headersByName(headers)].filter(([name]) => name !== 'x')).toEqual([]);
});

test('an endless iterable of headers ends', () => {
  function* endless(): Generator<[string, string]> {
    for (let i = 0; ; i++) yield [`x-${i}`, 'y'];
  }
  expect(headersByName(endless()).size).toBeLessThanOrEqual(500);
});

test('no exchange, as of axios without a response, is an unreachable server, which may have been reached', () => {
  const thrown = Object.assign(new Error('socket hang up'), { response: undefined });
  for (const parse of parsers)
    for (const exchange of [undefined, null as unknown as undefined, thrown])
      expect(parse(exchange)).toMatchObject({ kind: 'unreachable', retryable: true, billed: 'unknown' });
});

test('an answer without a real status stays unknown', () => {
  for (const parse of parsers)
    for (const exchange of [{}, { status: 0 }, { statusCode: undefined }, { status: Number.NaN }])
      expect(parse(exchange as { status: number })).toMatchObject({ kind: 'unknown', retryable: false, billed: 'unknown' });
});

const refused = { status: 401, headers: { 'retry-after': '3' }, data: { detail: 'No such key' } };
const { status: statusCode, headers, data: body } = refused;

test.each<[what: string, exchange: ExchangeLike]>([
  ['got’s response', { statusCode, headers, body }],
  ['got’s error', Object.assign(new Error('x'), { response: { statusCode, headers, body: JSON.stringify(body) } })],
  ['axios’s error', Object.assign(new Error('x'), { response: refused, code: 'ERR_BAD_REQUEST', status: 401 })],
  [
    'ky 2’s error, which has read the body',
    Object.assign(new Error('x'), {
      response: new Response('gone', { status: 401, headers: { 'Retry-After': '3' } }),
      data: body,
    }) as unknown as ExchangeLike,
  ],
])('%s is read whole', (_what, exchange) => {
  const error = parseAudixaError(exchange);
  expect(error).toMatchObject({ kind: 'unauthorized', status: 401, retryAfterMs: 3000, advice: 'Check the key or token.' });
  expect(error.message).toBe('Audixa answered with status 401: No such key');
});

test.each<[what: string, body: unknown]>([
  ['a web stream', new Response('x').body],
  ['a blob', new Blob(['x'])],
  ['a stream of Node', { pipe() {} }],
])('of an answer with %s for a body the rest is explained, and the advice names what reads it', (_what, unread) => {
  const error = parseAudixaError({ status: 429, headers, body: unread });
  expect(error).toMatchObject({ kind: 'rate-limited', retryAfterMs: 3000, fields: [] });
  expect(error.advice).toContain('readFailedExchange(response)');
});

test('a whole Response does not compile, as its body cannot be read at once', () => {
  const response = new Response('x', { status: 429 });
  // @ts-expect-error pass `await readFailedExchange(response)`
  expect(parseAudixaError(response).advice).toContain('readFailedExchange(response)');
  // @ts-expect-error the same in an error of ky
  expect(parseAudixaError({ message: 'x', response }).kind).toBe('rate-limited');
});

test('a response of axios explains itself, body included', () => {
  const response = {
    status: 401,
    statusText: 'Unauthorized',
    headers: { 'retry-after': '3' },
    data: { detail: 'No such key' },
    config: {},
  };
  expect(parseAudixaError(response)).toMatchObject({ kind: 'unauthorized', retryAfterMs: 3000 });
  expect(parseAudixaError(response).message).toContain('No such key');
});

test('a Response passed by mistake is explained by its status and headers, and not taken for the vendor’s JSON', () => {
  // @ts-expect-error pass `await readFailedExchange(response)`
  const error = parseAudixaError(new Response('{"detail":"x"}', { status: 503, headers: { 'Retry-After': '3' } }));
  expect(error).toMatchObject({ kind: 'unavailable', billed: 'unknown', retryAfterMs: 3000 });
});

test('getters, proxies and iterators that throw leave the status', () => {
  const throws = new Proxy(
    {},
    {
      get() {
        throw new Error('get');
      },
      has() {
        throw new Error('has');
      },
      ownKeys() {
        throw new Error('ownKeys');
      },
      getOwnPropertyDescriptor() {
        throw new Error('descriptor');
      },
    },
  );
  for (const parse of parsers) {
    expect(parse({ status: 429, headers: throws }).kind).toBe('rate-limited');
    expect(parse({ status: 429, body: throws }).kind).toBe('rate-limited');
    expect(parse(throws as { status: number }).kind).toBe('unknown');
    expect(parse({ status: throws as unknown as number }).kind).toBe('unknown');
    expect(parse({ status: Symbol('s') as unknown as number }).kind).toBe('unknown');
  }
});

test('FastAPI’s echo of the whole request does not come through', () => {
  const text = 'A private text. '.repeat(100);
  const body = {
    detail: [
      {
        type: 'string_too_long',
        loc: ['body', 'text'],
        msg: 'String should have at most 1000 characters',
        input: text,
        ctx: { doc: `{"text":"${text}"}` },
      },
    ],
  };
  for (const parse of parsers) {
    const error = parse({ status: 422, body, url: 'https://api.example/?api_key=SECRET', headers: { 'x-api-key': 'SECRET' } });
    expect(error.fields).toEqual([{ path: 'text', message: 'String should have at most 1000 characters' }]);
    expect(`${JSON.stringify(error)}${error.stack}`).not.toMatch(/private|SECRET/);
    expect('cause' in error).toBe(false);
  }
});

test('at most 50 field problems are kept, and of a long text the beginning', () => {
  const errors = Array.from({ length: 200 }, (_, i) => ({ field: `field_${i}`, message: 'm'.repeat(5000) }));
  const error = parseAudixaError({ status: 400, body: { detail: 'd'.repeat(100_000), errors } });
  expect(error.fields).toHaveLength(50);
  expect(error.message.length).toBeLessThanOrEqual(2000);
});

test('a request id in the headers is kept', () => {
  expect(parseAudixaError({ status: 500, headers: { 'X-Request-Id': '123e4567-e89b-12d3-a456-426614174000' } }).requestId).toBe(
    '123e4567-e89b-12d3-a456-426614174000',
  );
});

test('of a header no more than 4,096 characters are looked at, and of a request id no more than 250 are kept', () => {
  expect(headersByName({ 'X-Request-Id': 'r'.repeat(5000) }).get('x-request-id')).toHaveLength(4096);
  expect(parseAudixaError({ status: 500, headers: { 'X-Request-Id': 'r'.repeat(300) } }).requestId).toHaveLength(250);
});

test('a parsed body that contains itself is read once around, and explained', () => {
  const body: Record<string, unknown> = { detail: 'Still read', errors: [{ field: 'text', message: 'Too long' }] };
  body['again'] = body;
  body['list'] = [body, [body]];
  const error = parseAudixaError({ status: 400, body });
  expect(error.message).toContain('Still read');
  expect(error.fields[0]).toEqual({ path: 'text', message: 'Too long' });
});
