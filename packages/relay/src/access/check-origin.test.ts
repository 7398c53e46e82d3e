import { expect, test } from 'vitest';

import { hostileOrigins } from '../../tests/hostile-origins.ts';
import { checkOrigin } from './check-origin.ts';

const origin = 'https://app.example';
const rules = { origins: new Set([origin]), allowNonBrowser: false };
const open = { ...rules, allowNonBrowser: true };

/** Headers that a browser’s own `Headers` would not take are still possible on the wire. */
const saying = (value: string): Headers =>
  ({ get: (name: string) => (name === 'origin' ? value : null), has: () => false }) as never;

test('the listed origin speaks, by any method', () => {
  for (const method of ['GET', 'HEAD', 'POST', 'OPTIONS'])
    expect(checkOrigin(new Headers({ origin }), method, rules)).toBe(origin);
});

test(`none of ${hostileOrigins.length + 5} others does, not even where servers and scripts may`, () => {
  const more = ['', ' https://app.example', 'https://app.example ', 'https://app.example\n', 'https://\u0430pp.example'];
  for (const value of [...hostileOrigins, ...more]) {
    for (const each of [rules, open]) {
      for (const method of ['GET', 'POST']) {
        expect([value, checkOrigin(saying(value), method, each)]).toEqual([
          value,
          expect.objectContaining({ code: 'wrong_origin' }),
        ]);
      }
    }
  }
});

test('two Origin headers are no origin', () => {
  const headers = new Headers({ origin });
  headers.append('origin', origin);
  expect(checkOrigin(headers, 'GET', rules)).toMatchObject({ status: 403 });
});

test('without an Origin only a read that the browser calls same-origin speaks', () => {
  const from = (site: string) => new Headers({ 'sec-fetch-site': site });
  expect(checkOrigin(from('same-origin'), 'GET', rules)).toBe('');
  expect(checkOrigin(from('same-origin'), 'HEAD', rules)).toBe('');
  for (const site of ['same-site', 'cross-site', 'none', '', 'SAME-ORIGIN', 'same-origin, cross-site', 'same-origin ;']) {
    expect(checkOrigin(from(site), 'GET', rules)).toMatchObject({ status: 403, code: 'wrong_origin' });
  }
  for (const method of ['POST', 'OPTIONS', 'PUT', 'DELETE', 'get', 'CONNECT']) {
    expect(checkOrigin(from('same-origin'), method, rules)).toMatchObject({ status: 403 });
  }
  expect(checkOrigin(new Headers(), 'GET', rules)).toMatchObject({ status: 403 });
});

test('a handshake without an Origin is no read of the same origin', () => {
  for (const name of ['upgrade', 'sec-websocket-key']) {
    const headers = {
      get: (asked: string) => (asked === 'sec-fetch-site' ? 'same-origin' : null),
      has: (asked: string) => asked === name,
    };
    expect(checkOrigin(headers as never, 'GET', rules)).toMatchObject({ status: 403 });
  }
});

test('a foreign Origin is not forgiven for a friendly Sec-Fetch-Site', () => {
  const headers = { get: (name: string) => (name === 'origin' ? 'https://evil.example' : 'same-origin'), has: () => false };
  expect(checkOrigin(headers as never, 'GET', open)).toMatchObject({ status: 403 });
});

test('who is no browser speaks where that is allowed', () => {
  expect(checkOrigin(new Headers(), 'POST', open)).toBe('');
});
