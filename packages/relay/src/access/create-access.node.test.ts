import { expect, test } from 'vitest';

import { gate, http, secrets } from '../../tests/access-gate.ts';
import { closedPort } from '../../tests/relay-under-test.ts';
import { openPage, request } from '../../tests/start-socket-relay.ts';
import { pageOrigin, sendWithoutEnd, startWholeRelay } from '../../tests/whole-relay.ts';
import type { RelayUser } from '../relay-options.ts';
import { memoryStore } from '../store/memory-store.ts';

const codeOf = async (answer: Response) => ((await answer.json()) as { type: string }).type.replace('urn:saystream:relay:', '');

test('of 100 uses at once of one token exactly one is let in, over HTTP', async () => {
  const { mint, get } = await startWholeRelay();
  const { token } = await mint();
  const answers = await Promise.all(Array.from({ length: 100 }, () => get('diagnose', token)));
  expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
  const refused = answers.filter(({ status }) => status === 401);
  expect(refused).toHaveLength(99);
  expect(await codeOf(refused[0]!)).toBe('token_used');
});

test('of 100 uses at once of one token exactly one is let in, over sockets and HTTP together', async () => {
  const { mint, get, socketUrl } = await startWholeRelay({ vendors: { audixa: { apiKey: 'k', baseUrl: 'http://127.0.0.1:9' } } });
  const { token } = await mint();
  const sockets = Array.from({ length: 50 }, () => openPage(socketUrl, request(), token).ended);
  const [ends, answers] = await Promise.all([
    Promise.all(sockets),
    Promise.all(Array.from({ length: 50 }, () => get('diagnose', token))),
  ]);
  const used = ends.filter(({ code }) => code === 4409).length + answers.filter(({ status }) => status === 401).length;
  expect(used).toBe(99);
});

test('a session is for many uses over HTTP and for none over a socket', async () => {
  const { mint, get, socketUrl } = await startWholeRelay();
  const { session } = await mint();
  for (let use = 0; use < 3; use += 1) expect((await get('diagnose', session)).status).toBe(204);
  expect(await openPage(socketUrl, request(), session).ended).toMatchObject({ code: 4401 });
});

test('a token of another page, another vendor or another relay is refused, and not used up by that', async () => {
  const { access, tokens } = gate();
  const { token, session } = await tokens();
  for (const bearer of [token, session]) {
    expect(await access.redeem(bearer, { ...http, origin: 'https://evil.example' })).toMatchObject({ code: 'wrong_origin' });
    expect(await access.redeem(bearer, { ...http, vendor: 'moknah' })).toMatchObject({ code: 'out_of_scope' });
  }
  expect(await access.redeem(token, { ...http, origin: '' })).toMatchObject({ code: 'wrong_origin' });
  expect(await access.redeem(token, { transport: 'socket', origin: '' })).toMatchObject({ code: 'wrong_origin' });
  expect(await access.redeem(session, { ...http, origin: '' })).toMatchObject({ user: 'ada' });
  expect(await gate({ audience: 'another' }).access.redeem(token, http)).toMatchObject({ code: 'token_invalid' });
  expect(await access.redeem(undefined, http)).toMatchObject({ status: 401, code: 'token_missing' });
  expect(await access.redeem(token, { ...http, vendor: 'audixa' })).toMatchObject({ user: 'ada', vendor: 'audixa' });
  expect(await access.redeem(token, http)).toMatchObject({ status: 401, code: 'token_used' });
  expect(await access.redeem(token, { transport: 'socket', origin: pageOrigin })).toMatchObject({
    status: 409,
    code: 'token_used',
  });
});

test('after a change of keys tokens of the previous one are good once, older ones never', async () => {
  const [first, second, third] = ['1', '2', '3'].map((each) => each.repeat(32)) as [string, string, string];
  const store = memoryStore();
  const { token } = await gate({ secrets: [first] }, store).tokens();
  expect(await gate({ secrets: [third, second] }, store).access.redeem(token, http)).toMatchObject({ code: 'token_invalid' });
  expect(await gate({ secrets: [second, first] }, store).access.redeem(token, http)).toMatchObject({ user: 'ada' });
  expect(await gate({ secrets: [second, first] }, store).access.redeem(token, http)).toMatchObject({ code: 'token_used' });
});

test('secrets whose current one is missing, as from an empty environment, are a mistake that is told at once', async () => {
  for (const given of [[], [undefined], [undefined, 'p'.repeat(32)], ['']]) {
    await expect(startWholeRelay({ secrets: given as never })).rejects.toThrow('secrets must begin with the current one');
  }
});

test('a clientIp of the app that throws ends neither a request nor the process', async () => {
  const clientIp = (): never => {
    throw new Error('no such header');
  };
  const { mint, get, socketUrl } = await startWholeRelay({ clientIp });
  expect((await get('diagnose', (await mint()).session)).status).toBe(204);
  expect(await openPage(socketUrl, request(), 'forged').ended).toMatchObject({ code: 4401 });
});

test('a relay without secrets makes some of its own, which no other knows', async () => {
  const { token } = await gate({ secrets: [] as never }).tokens();
  expect(await gate({ secrets: [] as never }).access.redeem(token, http)).toMatchObject({ code: 'token_invalid' });
});

test('voice, vendor and length are what the page asked for and the app allows, never more', async () => {
  const user: RelayUser = { user: 'ada', voices: ['one', 'two'], maxChars: 50 };
  const { access, mint, tokens } = gate({ authorize: () => user });
  expect(await access.redeem((await tokens()).token, http)).toMatchObject({ maxChars: 50, voices: ['one', 'two'] });
  expect(await access.redeem((await tokens({ voice: 'one', max_chars: 20 })).token, http)).toMatchObject({
    maxChars: 20,
    voice: 'one',
  });
  expect(await access.redeem((await tokens({ max_chars: 1_000_000 })).token, http)).toMatchObject({ maxChars: 50 });
  expect(await mint({ voice: 'three' })).toMatchObject({ status: 403, code: 'out_of_scope' });
  expect(await mint({ vendor: 'sauti' })).toMatchObject({ status: 403, code: 'out_of_scope' });
  const generous = gate({ authorize: () => ({ user: 'ada', maxChars: 1_000_000 }) });
  expect(await generous.access.redeem((await generous.tokens()).token, http)).toMatchObject({ maxChars: 5_000 });
});

test('a list of voices that fits into no token is refused at once; one of them is given', async () => {
  const voices = Array.from({ length: 500 }, (_, index) => `a-voice-${index}`);
  const { access, mint, tokens } = gate({ authorize: () => ({ user: 'ada', voices }) });
  expect(await mint()).toMatchObject({ status: 403, code: 'out_of_scope' });
  expect(await access.redeem((await tokens({ voice: 'a-voice-7' })).token, http)).toMatchObject({ voice: 'a-voice-7' });
});

test.each([
  ['nobody', null],
  ['undefined', undefined],
  ['true', true],
  ['a string', 'ada'],
  ['an empty name', { user: '' }],
  ['a number for a name', { user: 7 }],
  ['a name of 201 characters', { user: 'a'.repeat(201) }],
  ['a text in place of a list of voices', { user: 'ada', voices: 'am_ethan' }],
  ['voices that are no texts', { user: 'ada', voices: [1] }],
])('authorize that says %s lets nobody in', async (_, user) => {
  expect(await gate({ authorize: () => user as never }).mint()).toMatchObject({ status: 401, code: 'not_authorized' });
});

test('authorize that throws is a fault that says nothing of why', async () => {
  const secret = 'postgres://user:password@10.0.0.7';
  const throwing = (): never => {
    throw new Error(secret);
  };
  for (const authorize of [
    throwing,
    () => Promise.reject(new Error(secret)),
    (): Promise<never> => Promise.reject<never>(secret),
  ]) {
    const { post } = await startWholeRelay({ authorize });
    const answer = await post('token', '{"vendor":"audixa"}');
    expect(answer.status).toBe(500);
    expect(`${await answer.text()}${JSON.stringify([...answer.headers])}`).not.toMatch(/postgres|password|Error| at /);
  }
});

test('authorize that lost its own fetch is an outage: 503, with nothing of why', async () => {
  const url = await closedPort();
  for (const authorize of [
    (): Promise<never> => fetch(url) as Promise<never>,
    (): Promise<never> => Promise.reject<never>(new DOMException('postgres', 'TimeoutError')),
  ]) {
    const { post } = await startWholeRelay({ authorize });
    const answer = await post('token', '{"vendor":"audixa"}');
    expect(answer.status).toBe(503);
    expect(await answer.json()).toEqual({
      type: 'urn:saystream:relay:authorize_down',
      title: 'Service unavailable',
      status: 503,
      detail: 'Who asks cannot be found out at the moment.',
    });
  }
});

test('an authorize that never answers is down after authorizeMs, and its signal aborts', async () => {
  let signal: AbortSignal | undefined;
  const { mint } = gate({
    limits: { authorizeMs: 50 },
    authorize: (_request, info) => {
      ({ signal } = info);
      return new Promise(() => {});
    },
  });
  expect(await mint()).toMatchObject({ status: 503, code: 'authorize_down' });
  expect(signal?.aborted).toBe(true);
});

test('an authorize that rejects when its signal aborts is down, and one that answers in time is never aborted', async () => {
  const heeding = gate({
    limits: { authorizeMs: 50 },
    authorize: (_request, { signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      }),
  });
  expect(await heeding.mint()).toMatchObject({ status: 503, code: 'authorize_down' });
  let signal: AbortSignal | undefined;
  const quick = gate({
    limits: { authorizeMs: 20 },
    authorize: (_request, info) => {
      ({ signal } = info);
      return { user: 'ada' };
    },
  });
  expect(await quick.mint()).toBeInstanceOf(Response);
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(signal?.aborted).toBe(false);
});

test('authorize is asked by a page’s own request, its body unread', async () => {
  const seen: string[] = [];
  const { post } = await startWholeRelay({
    async authorize(asked) {
      seen.push(asked.headers.get('cookie') ?? '', await asked.text());
      return { user: 'ada' };
    },
  });
  expect((await post('token', '{"vendor":"audixa"}', { cookie: 'a=b' })).status).toBe(200);
  expect(seen).toEqual(['a=b', '{"vendor":"audixa"}']);
});

test('a request for a token is JSON, and nothing a form can send', async () => {
  const { post } = await startWholeRelay();
  for (const type of [
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'text/plain; application/json',
    'application/jsonp',
    'application/json-seq',
    'application/ld+json',
    'text/plain, application/json',
    'application/json, text/plain',
    '',
  ]) {
    const answer = await post('token', '{"vendor":"audixa"}', { 'content-type': type });
    expect([type, answer.status]).toEqual([type, 415]);
  }
  for (const type of ['application/json', 'application/json; charset=utf-8', 'Application/JSON']) {
    expect((await post('token', '{"vendor":"audixa"}', { 'content-type': type })).status).toBe(200);
  }
});

test('a request for a token is small, counted in bytes', async () => {
  const { post } = await startWholeRelay();
  const wide = JSON.stringify({ vendor: 'audixa', voice: '語'.repeat(1_500) });
  expect(wide.length).toBeLessThan(4_096);
  const fitting = `{"vendor":"audixa"}${' '.repeat(4_096 - 19)}`;
  expect((await post('token', fitting)).status).toBe(200);
  for (const body of [wide, `${fitting} `]) {
    const answer = await post('token', body);
    expect([answer.status, await codeOf(answer)]).toEqual([413, 'too_large']);
  }
});

test('a request for a token that never ends is answered after 4 KiB', async () => {
  const { url } = await startWholeRelay();
  const answer = await sendWithoutEnd(`${url}/token`, { origin: pageOrigin, 'content-type': 'application/json' });
  expect(answer.status).toBe(413);
  expect(answer.sentBytes).toBeLessThan(1_048_576);
});

test('a request for a token that is broken, or says more than it may, is refused with 400', async () => {
  const { post } = await startWholeRelay();
  for (const [body, code] of [
    ['', 'bad_request'],
    ['{', 'bad_request'],
    ['null', 'bad_request'],
    ['[]', 'bad_request'],
    ['"audixa"', 'bad_request'],
    ['{}', 'bad_request'],
    ['{"vendor":"openai"}', 'bad_request'],
    ['{"vendor":"audixa","max_chars":0}', 'bad_request'],
    ['{"vendor":"audixa","max_chars":-1}', 'bad_request'],
    ['{"vendor":"audixa","max_chars":1.5}', 'bad_request'],
    ['{"vendor":"audixa","max_chars":"9"}', 'bad_request'],
    ['{"vendor":"audixa","max_chars":1e999}', 'bad_request'],
    ['{"vendor":"audixa","voice":""}', 'bad_request'],
    [`{"vendor":"audixa","voice":"${'v'.repeat(101)}"}`, 'bad_request'],
    ['{"vendor":"audixa","user":"root"}', 'unknown_field'],
    ['{"vendor":"audixa","origin":"https://evil.example"}', 'unknown_field'],
    ['{"vendor":"audixa","__proto__":{"user":"root"}}', 'unknown_field'],
  ] as const) {
    const answer = await post('token', body);
    expect([body, answer.status, await codeOf(answer)]).toEqual([body, 400, code]);
  }
});

test('a token names nobody’s secret, and the answer that holds it is not stored', async () => {
  const { post } = await startWholeRelay({ secrets });
  const answer = await post('token', '{"vendor":"audixa"}');
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const { token } = (await answer.json()) as { token: string };
  const told = token
    .split('.')
    .slice(0, 2)
    .map((part) => atob(part.replace(/-/g, '+').replace(/_/g, '/')))
    .join('');
  expect(told).not.toMatch(/the-vendor-key|ssss/);
});

test('a store that is down lets no bearer in', async () => {
  const down = () => Promise.reject(new Error('down'));
  const store = memoryStore();
  const { token, session } = await gate().tokens();
  for (const broken of [
    { ...store, get: down },
    { ...store, once: down, get: down },
  ]) {
    for (const bearer of [token, session]) {
      expect(await gate({}, broken).access.redeem(bearer, http)).toMatchObject({ status: 503, code: 'store_down' });
    }
  }
  expect(await gate({}, { ...store, once: down }).access.redeem(token, http)).toMatchObject({ code: 'store_down' });
});
