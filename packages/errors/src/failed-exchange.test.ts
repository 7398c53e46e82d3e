import { expect, test } from 'vitest';

import { headersByName } from './failed-exchange.ts';
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

test('an exchange that is undefined, as of axios without a response, is unknown', () => {
  for (const parse of parsers) expect(parse(undefined)).toMatchObject({ kind: 'unknown', retryable: false, billed: 'unknown' });
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
