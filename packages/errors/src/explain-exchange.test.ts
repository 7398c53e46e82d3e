import { expect, test } from 'vitest';

import { parseAudixaError } from './parse-audixa-error.ts';
import { parseMoknahError } from './parse-moknah-error.ts';
import { parseProblemDetails } from './parse-problem-details.ts';
import { parseSautiError } from './parse-sauti-error.ts';

test.each([
  [parseAudixaError, 'Audixa answered with status 400: Bad'],
  [parseSautiError, 'SAUTI answered with status 400: Bad'],
  [parseMoknahError, 'Moknah answered with status 400: Bad'],
  [parseProblemDetails, 'The server answered with status 400: Bad'],
])('the message names who answered, the status, and what was said: %#', (parse, message) => {
  expect(parse({ status: 400, body: { detail: 'Bad' } }).message).toBe(message);
});

test('without an answer the message says so, and an answer without a status has status 0', () => {
  expect(parseAudixaError(undefined).message).toBe('Audixa did not answer');
  expect(parseAudixaError({ status: 0 }).message).toBe('Audixa answered with status 0');
});

test('the message says five field problems at most, and no part of it is longer than 300', () => {
  const errors = Array.from({ length: 7 }, (_, i) => ({ field: `f${i}`, message: 'wrong' }));
  const { message, fields } = parseAudixaError({ status: 400, body: { detail: 'Bad '.repeat(500), errors } });
  expect(fields).toHaveLength(7);
  expect(message).toContain('; f4: wrong');
  expect(message).not.toContain('f5');
  expect(message.length).toBeLessThan(450);
});

test('only a status that is the word failed is a failed job', () => {
  for (const status of ['not failed', 'failed over', 'completed'])
    expect(parseAudixaError({ status: 200, body: { status } }).kind).toBe('not-audio');
  expect(parseAudixaError({ status: 200, body: { status: 'Failed' } }).kind).toBe('generation-failed');
});

test('a code is the last segment of a type, and is none where the type has no path', () => {
  const codeOf = (type: string): string | undefined => parseSautiError({ status: 400, body: { type } }).code;
  expect(codeOf('errors/about:x')).toBe('about:x');
  expect(codeOf('tag:a.example,2026:limit')).toBe('tag:a.example,2026:limit');
  expect(codeOf('/go/x://b')).toBe('b');
  expect(codeOf('/moved?to=https://b.example/other')).toBe('moved');
  for (const type of ['', 'about:blank', 'about:blank#x', '?a=b', '#a', 'https://a.example/', '/'])
    expect(codeOf(type)).toBeUndefined();
});

test('fields keep names that only begin or end with a digit, or look like holders', () => {
  const body = { error: { details: { '2nd': ['a'], v2: ['b'], my_errors: ['c'], error_text: ['d'], 'a/b': ['e'] } } };
  expect(parseMoknahError({ status: 400, body }).fields.map(({ path }) => path)).toEqual([
    '2nd',
    'v2',
    'my_errors',
    'error_text',
    'a/b',
  ]);
  const errors = [
    { pointer: '#/a/0', detail: 'x' },
    { pointer: '/b', detail: 'y' },
    { field: 'voice.speed', message: 'z' },
    { pointer: '#/c/', detail: 'w' },
    { field: 'd/e', message: 'v' },
    { message: 'u' },
  ];
  expect(parseAudixaError({ status: 400, body: { errors } }).fields.map(({ path }) => path)).toEqual([
    'a[0]',
    'b',
    'voice.speed',
    'c',
    'd.e',
    '',
  ]);
});

test('at the root of a body, too, fields keep names that look like holders', () => {
  const body = { my_errors: ['a'], errors_of: ['b'] };
  expect(parseMoknahError({ status: 400, body }).fields.map(({ path }) => path)).toEqual(['my_errors', 'errors_of']);
});

test('of a list without end only the first thousand values are looked into', () => {
  const errors = [...Array.from({ length: 1000 }, () => 0), { field: 'text', message: 'Too late' }];
  expect(parseAudixaError({ status: 400, body: { errors } }).fields).toEqual([]);
  expect(parseAudixaError({ status: 400, body: { errors: errors.slice(10) } }).fields).toHaveLength(1);
});

test('of a text and of its parsing only the first 64 KiB count', () => {
  const body = `${' '.repeat(65_536)}{"detail":"Bad"}`;
  expect(parseAudixaError({ status: 400, body }).message).toBe('Audixa answered with status 400');
});

test.each([1404, 4040, 1408, 4080, 408.5, 404.5])('%s is no HTTP status', (status) => {
  const error = parseAudixaError({ status, body: { detail: 'Bad' } });
  expect(error).toMatchObject({ kind: 'unknown', message: 'Audixa answered with status 0: Bad' });
  expect(error.status).toBeUndefined();
});

test('Python’s False is read with and without a space', () => {
  for (const body of ['{"success":False,"error":{"code":"FORBIDDEN"}}', '{"success":   False,"error":{"code":"FORBIDDEN"}}'])
    expect(parseMoknahError({ status: 200, body }).kind).toBe('forbidden');
});

test.each(['50 credits', 'x50', '1e3', '0x10', '5.', ' ', '1,000'])('credits written as “%s” are none', (written) => {
  expect(parseMoknahError({ status: 402, headers: { 'Moknah-Credits-Remaining': written } }).credits).toBeUndefined();
});

test('credits may have decimals', () => {
  expect(parseMoknahError({ status: 402, headers: { 'Moknah-Credits-Remaining': '1.25' } }).credits).toEqual({ remaining: 1.25 });
});

test('Python’s words are replaced outside strings only', () => {
  const body =
    '{"success":False, "error":{"code":None,"message":"Got :False , wanted \\": False, None","details":{"a":["x: True"]}}}';
  const error = parseMoknahError({ status: 400, body });
  expect(error.message).toBe('Moknah answered with status 400: Got :False , wanted ": False, None; a: x: True');
  expect(error.code).toBeUndefined();
  expect(parseMoknahError({ status: 400, body: '{"ok":True,"detail":"a\\\\","b":False}' }).message).toMatch(/: a\\$/);
});

test('Python’s words inside longer words are no JSON', () => {
  expect(parseMoknahError({ status: 400, body: '{"detail":"Bad","x":Falsehood}' }).message).not.toContain('Bad');
});

test.each([
  'https://tools.ietf.org/html/rfc9110#section-15.5.1',
  'https://tools.ietf.org/html/rfc7231#section-6.5.1',
  'https://www.rfc-editor.org/rfc/rfc9110.html',
  'https://datatracker.ietf.org/doc/html/rfc9110/',
  'https://httpstatuses.io/400',
  'https://developer.mozilla.org/en-US/docs/Web/HTTP/Status/400',
  'https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html',
  'https://iana.org/assignments/http-problem-types#date',
])('the page of a specification gives no code: %s', (type) => {
  expect(parseProblemDetails({ status: 400, body: { type, title: 'Bad Request' } }).code).toBeUndefined();
});

test.each(['rfid_unknown', '2fa_required', 'perfc1'])('a code that only looks like a specification stays: %s', (code) => {
  expect(parseProblemDetails({ status: 400, body: { type: `https://a.example/errors/${code}` } }).code).toBe(code);
});
