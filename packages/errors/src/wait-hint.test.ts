import { expect, test } from 'vitest';

import type { HeadersLike } from './failed-exchange.ts';
import { waitHint } from './wait-hint.ts';

/** 2025-11-05T00:00:00Z, a Wednesday. */
const nowMs = 1_762_300_800_000;
const now = nowMs / 1000;
const date = 'Wed, 05 Nov 2025 00:00:00 GMT';

test.each<[title: string, headers: HeadersLike, expectedMs: number | undefined]>([
  ['seconds', { 'Retry-After': '3' }, 3000],
  ['seconds as a number', { 'Retry-After': 3 }, 3000],
  ['seconds among blanks', { 'Retry-After': ' 3 ' }, 3000],
  ['seconds with decimals', { 'Retry-After': '30.5' }, 30_500],
  ['decimals that have no exact binary form', { 'Retry-After': '1.1' }, 1100],
  ['seconds with a sign', { 'Retry-After': '+30' }, 30_000],
  ['seconds with their unit', { 'Retry-After': '30s' }, 30_000],
  ['seconds with their unit after a blank', { 'Retry-After': ' 30.5 S ' }, 30_500],
  ['exactly a day', { 'Retry-After': '86400' }, 86_400_000],
  ['more than a day', { 'Retry-After': '86401' }, undefined],
  ['IMF-fixdate', { 'Retry-After': 'Wed, 05 Nov 2025 00:00:30 GMT' }, 30_000],
  ['RFC 850', { 'Retry-After': 'Wednesday, 05-Nov-25 00:00:30 GMT' }, 30_000],
  ['asctime, which is in UTC', { 'Retry-After': 'Wed Nov  5 00:00:30 2025' }, 30_000],
  ['a date in the past', { 'Retry-After': 'Tue, 04 Nov 2025 00:00:30 GMT' }, undefined],
  ['a date that is now', { 'Retry-After': date }, undefined],
  ...[
    '',
    '0',
    '-1',
    '-1.5',
    '+-5',
    '5.',
    '.5',
    '5 m',
    '5ss',
    's',
    '5 5s',
    '1e3',
    '0x10',
    '5, 10',
    'soon',
    'NaN',
    'Infinity',
    '٣',
    '2025-11-05T00:00:30Z',
    'Wed, 05 Nov 2025 99:99:99 GMT',
    'Xyz',
    'Wed, 05 Foo 2025 00:00:30 GMT',
    'Wed, 05 Nov 2025 00:00:30 PST',
    'at Wed, 05 Nov 2025 00:00:30 GMT',
    'Wed, 05 Nov 2025 00:00:30 GMT+2',
    'Wed Nov -5 00:00:30 2025',
  ].map((value): [string, HeadersLike, undefined] => [`garbage '${value}'`, { 'Retry-After': value }, undefined]),
  ['a list of two', { 'Retry-After': ['5', '10'] }, undefined],
  ['a structured RateLimit', { RateLimit: '"default";r=0;t=30' }, 30_000],
  ['a structured RateLimit that still has quota, and so did not refuse', { RateLimit: '"default";r=50;t=30' }, undefined],
  ['a structured RateLimit that names no rest', { RateLimit: '"default";t=30' }, 30_000],
  ['a structured RateLimit in another order', { RateLimit: '"default";t=30;r=0' }, 30_000],
  ['several quotas, of which one is used up', { RateLimit: '"day";r=900;t=9000, "minute";r=0;t=30' }, 30_000],
  ['several quotas in another order', { RateLimit: '"day";t=9000;r=900, "minute";t=30;r=0' }, 30_000],
  [
    'two quotas used up, of which the longer one decides',
    { RateLimit: '"10-in-1min";r=0;t=5, "100-in-15min";r=0;t=340' },
    340_000,
  ],
  ['two quotas used up, the longer one first', { RateLimit: '"a";r=0;t=340, "b";r=0;t=5' }, 340_000],
  ['a quota whose name holds separators', { RateLimit: '"a;r=9, \\"b\\";t=7";r=0;t=30' }, 30_000],
  ['a quota whose name looks like a used-up one', { RateLimit: '"x;r=0;t=30";r=4;t=9' }, undefined],
  ['a quota with decimals', { RateLimit: 'default;r=0.0;t=30.5' }, 30_500],
  ['a quota with a partition key of bytes', { RateLimit: '"a";r=0;t=30;pk=:cHsdsRa894==:' }, 30_000],
  ['a rest that is no number', { RateLimit: '"a";r="0";t=30' }, undefined],
  ['a parameter named like another’s end', { RateLimit: '"a";pr=0;at=30' }, undefined],
  ['a longer wait that is more than a day', { RateLimit: '"a";r=0;t=30, "b";r=0;t=86401' }, undefined],
  ['a RateLimit over two lines', { RateLimit: ['"a";r=0;t=5', '"b";r=0;t=340'] }, 340_000],
  ['a RateLimit of 40 quotas', { RateLimit: Array.from({ length: 40 }, (_, i) => `"quota-${i}";r=0;t=${i + 1}`).join() }, 40_000],
  ...['"a;r=0;t=30', '"a";r=0;t=30,', '"a";r=0;;t=30', '"a" "b";r=0;t=30', '"a";r=0;t=30)', '"ä";r=0;t=30', '"a";r=0;t='].map(
    (value): [string, HeadersLike, undefined] => [`malformed RateLimit ${value}`, { RateLimit: value }, undefined],
  ),
  ['RateLimit of an older draft that still has quota', { RateLimit: 'limit=60, remaining=5, reset=30' }, undefined],
  ['RateLimit of an older draft', { RateLimit: 'limit=60, remaining=0, reset=30' }, 30_000],
  ['RateLimit without a time', { RateLimit: '"default";r=0' }, undefined],
  ['delta seconds', { 'RateLimit-Reset': '45' }, 45_000],
  ['Unix seconds', { 'RateLimit-Reset': `${now + 45}` }, 45_000],
  ['Unix milliseconds', { 'RateLimit-Reset': `${nowMs + 45_500}` }, 45_500],
  ['Unix seconds in the past', { 'RateLimit-Reset': '1699574460' }, undefined],
  ['X-RateLimit-Reset', { 'X-RateLimit-Reset': `${now + 45}` }, 45_000],
  ['a negative reset', { 'X-RateLimit-Reset': '-45' }, undefined],
  ['a reset that is no number', { 'X-RateLimit-Reset': 'soon' }, undefined],
  ['Retry-After before RateLimit', { 'Retry-After': '3', RateLimit: '"default";r=0;t=30' }, 3000],
  ['RateLimit before RateLimit-Reset', { RateLimit: '"default";r=0;t=30', 'RateLimit-Reset': '45' }, 30_000],
  ['RateLimit-Reset before X-RateLimit-Reset', { 'RateLimit-Reset': '45', 'X-RateLimit-Reset': '60' }, 45_000],
  ['the next hint when one is unusable', { 'Retry-After': 'soon', 'RateLimit-Reset': '0', 'X-RateLimit-Reset': '60' }, 60_000],
  [
    'the server’s clock 10 minutes behind ours',
    { 'Retry-After': 'Tue, 04 Nov 2025 23:50:30 GMT', Date: 'Tue, 04 Nov 2025 23:50:00 GMT' },
    30_000,
  ],
  [
    'the server’s clock 10 minutes before ours',
    { 'X-RateLimit-Reset': `${now + 630}`, Date: 'Wed, 05 Nov 2025 00:10:00 GMT' },
    30_000,
  ],
  ['a Date in RFC 850', { 'X-RateLimit-Reset': `${now + 630}`, Date: 'Wednesday, 05-Nov-25 00:10:00 GMT' }, 30_000],
  ['a Date that is none', { 'X-RateLimit-Reset': `${now + 30}`, Date: 'today' }, 30_000],
])('on a 429: %s', (_title, headers, expectedMs) => {
  expect(waitHint({ status: 429, headers, nowMs }, 'audixa')).toBe(expectedMs);
});

test.each<[title: string, body: unknown, expectedMs: number | undefined]>([
  ['details of an error', { error: { details: { reset_after: 45 } } }, 45_000],
  ['details alone', { details: { reset_after: 45 } }, 45_000],
  ['a fraction', { error: { details: { reset_after: 0.5 } } }, 500],
  ['text', { error: { details: { reset_after: '45' } } }, 45_000],
  ['text with its unit', { error: { details: { reset_after: ' 45.5s ' } } }, 45_500],
  ['zero', { error: { details: { reset_after: 0 } } }, undefined],
  ['an object', { error: { details: { reset_after: { toString: 'x' } } } }, undefined],
  ['Audixa’s sentence', { detail: 'Rate limit exceeded. Please retry after 30 seconds.' }, 30_000],
  ['the sentence without a blank before its unit', { detail: 'retry after 30s' }, 30_000],
  ['the sentence with decimals', { detail: 'retry after 30.5 seconds' }, 30_500],
  ['the sentence with minutes, which nobody documents', { detail: 'Please retry after 2 minutes' }, undefined],
])('in the body: %s', (_title, body, expectedMs) => {
  expect(waitHint({ status: 429, body }, 'moknah')).toBe(expectedMs);
  expect(waitHint({ status: 429, body: JSON.stringify(body) }, 'moknah')).toBe(expectedMs);
});

test('Retry-After beats the body, which beats the reset headers', () => {
  const body = { error: { details: { reset_after: 45 } } };
  expect(waitHint({ status: 429, headers: { 'Retry-After': '3', 'RateLimit-Reset': '60' }, body }, 'moknah')).toBe(3000);
  expect(waitHint({ status: 429, headers: { 'RateLimit-Reset': '60' }, body }, 'moknah')).toBe(45_000);
});

test('reset headers count on a 429 only, Retry-After on any status', () => {
  const headers = { RateLimit: '"default";r=0;t=30', 'RateLimit-Reset': '45', 'X-RateLimit-Reset': '45' };
  for (const status of [200, 402, 409, 500, 503]) {
    expect(waitHint({ status, headers }, 'moknah')).toBeUndefined();
    expect(waitHint({ status, headers: { ...headers, 'retry-after': '3' } }, 'moknah')).toBe(3000);
  }
});

test('no exchange, no headers and hostile ones give no hint', () => {
  expect(waitHint(undefined, 'audixa')).toBeUndefined();
  expect(waitHint({ status: 429 }, 'audixa')).toBeUndefined();
  const hostile = {
    get headers(): never {
      throw new Error('no');
    },
    status: 429,
  };
  expect(waitHint(hostile, 'audixa')).toBeUndefined();
});

test('a reset of 1e9 is the first in Unix seconds, and of 1e12 the first in milliseconds', () => {
  for (const reset of [1e9, 1e12])
    expect(waitHint({ status: 429, headers: { 'RateLimit-Reset': `${reset}` }, nowMs: 1e12 - 5000 })).toBe(5000);
});

test('a local clock is the last resort', () => {
  const reset = Math.ceil(Date.now() / 1000) + 60;
  const waitMs = waitHint({ status: 429, headers: { 'X-RateLimit-Reset': `${reset}` } }, 'sauti')!;
  expect(waitMs).toBeGreaterThan(30_000);
  expect(waitMs).toBeLessThanOrEqual(61_000);
});
