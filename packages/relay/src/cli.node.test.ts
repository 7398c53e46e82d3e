import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startEmulator, type Emulator } from '@saystream/emulator';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { runCommand, type RunningCommand } from '../tests/run-command.ts';

const origin = 'https://app.example';
const secret = 'a-secret-that-is-only-for-these-tests';
const text = 'Mwangaza wa asubuhi.';
let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ rate: 20 });
});
afterAll(() => emulator.close());

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

async function start(environment: Record<string, string> = {}): Promise<RunningCommand> {
  const command = await runCommand({
    AUDIXA_API_KEY: emulator.audixa.apiKey,
    AUDIXA_BASE_URL: emulator.audixa.baseUrl,
    SAUTI_API_KEY: emulator.sauti.apiKey,
    SAUTI_BASE_URL: emulator.sauti.baseUrl,
    RELAY_ORIGINS: origin,
    RELAY_ALLOW_ANYONE: '1',
    PORT: '0',
    ...environment,
  });
  cleanups.push(() => command.child.kill('SIGKILL'));
  return command;
}

const mint = (url: string, more: Record<string, string> = {}): Promise<Response> =>
  fetch(`${url}/speech/token`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json', ...more },
    body: '{"vendor":"audixa"}',
  });

function stream(url: string, token: string, words = text) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/speech/audixa/v3/tts/stream`, ['tts.v1', `tok.${token}`], {
    origin,
  });
  const said: string[] = [];
  socket.on('open', () => socket.send(JSON.stringify({ text: words, voice_id: 'am_ethan' })));
  socket.on('message', (data: Buffer, isBinary) => {
    const { type } = isBinary ? { type: 'audio' } : (JSON.parse(String(data)) as { type: string });
    said.push(type);
    if (type === 'completed') socket.close(1000);
  });
  return { said, closed: once(socket, 'close').then(([code]) => code as number) };
}

const tokenFrom = async (answer: Response): Promise<string> => ((await answer.json()) as { token: string }).token;

test('it speaks, logs a line for each event without key, token, text or address, and SIGTERM ends it with 0', async () => {
  const command = await start({ RELAY_SECRETS: secret });
  const url = await command.url();
  const token = await tokenFrom(await mint(url));
  const { said, closed } = stream(url, token);
  await expect.poll(() => said).toContain('completed');
  await closed;
  await mint(url, { origin: 'https://elsewhere.example' });
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  command.child.kill('SIGTERM');
  expect(await command.ended).toBe(0);
  expect(command.err.text).toBe('');
  const types = command.lines().map(({ type }) => type);
  expect(types.slice(0, 2)).toEqual(['warning', 'listening']);
  expect(types).toEqual(expect.arrayContaining(['request', 'stream', 'refused']));
  expect(types.slice(-2)).toEqual(['draining', 'closed']);
  for (const line of command.lines()) expect(line['time']).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  expect(command.lines().find(({ type }) => type === 'stream')).toMatchObject({
    user: expect.stringMatching(/^network-[\w-]{22}$/) as string,
    vendor: 'audixa',
    characters: text.length,
    bytes: expect.any(Number) as number,
    durationMs: expect.any(Number) as number,
  });
  const refused = command.lines().find(({ type }) => type === 'refused');
  expect(refused).toMatchObject({ code: 'wrong_origin', origin: 'https://elsewhere.example' });
  // The refused origin is the only address that a line may hold.
  const others = JSON.stringify(command.lines().map(({ origin: _, ...line }) => line));
  expect(JSON.stringify(command.lines().filter(({ type }) => type !== 'listening'))).not.toContain('127.0.0.1');
  for (const canary of [emulator.audixa.apiKey, emulator.sauti.apiKey, token, text, secret, '://', '/speech']) {
    expect(others).not.toContain(canary);
  }
});

test('SIGINT lets what runs come to its end, new connections are refused, and a second signal ends all at once', async () => {
  const slow = await startEmulator({ rate: 2 });
  cleanups.push(() => slow.close());
  const command = await start({ AUDIXA_BASE_URL: slow.audixa.baseUrl });
  const url = await command.url();
  const { said, closed } = stream(url, await tokenFrom(await mint(url)));
  await expect.poll(() => said).toContain('started');
  command.child.kill('SIGINT');
  await expect.poll(() => command.out.text).toContain('draining');
  await expect(mint(url)).rejects.toThrow('fetch failed');
  expect(await closed).toBe(1000);
  expect(said).toContain('completed');
  expect(await command.ended).toBe(0);

  const other = await start({ AUDIXA_BASE_URL: slow.audixa.baseUrl });
  const address = await other.url();
  const long = stream(address, await tokenFrom(await mint(address)), 'word '.repeat(300));
  await expect.poll(() => long.said).toContain('started');
  other.child.kill('SIGTERM');
  await expect.poll(() => other.out.text).toContain('draining');
  other.child.kill('SIGTERM');
  expect(await other.ended).toBe(1);
});

describe('RELAY_AUTHORIZE_URL', () => {
  /** An app that knows one session. */
  async function startApp() {
    const asked: IncomingMessage[] = [];
    let answer = (request: IncomingMessage): [status: number, body: string] =>
      request.headers.cookie === 'sid=amina' ? [200, '{"user":42,"voices":["am_ethan"],"max_chars":100}'] : [401, 'no'];
    const app = createServer((request, response) => {
      asked.push(request);
      const [status, body] = answer(request);
      if (status === 0) return;
      response
        .writeHead(status, { 'content-type': 'application/json', location: 'http://127.0.0.1:9/', 'retry-after': '7' })
        .end(body);
    });
    app.listen(0, '127.0.0.1');
    await once(app, 'listening');
    cleanups.push(() => app.close() && app.closeAllConnections());
    const url = `http://127.0.0.1:${(app.address() as AddressInfo).port}/who`;
    const close = async () => {
      app.closeAllConnections();
      await new Promise((resolve) => app.close(resolve));
    };
    return { url, asked, close, say: (say: typeof answer) => (answer = say) };
  }

  test('asks the app each time, with cookie and authorization alone', async () => {
    const app = await startApp();
    const url = await (await start({ RELAY_ALLOW_ANYONE: '', RELAY_AUTHORIZE_URL: app.url })).url();
    const named = { cookie: 'sid=amina', authorization: 'Bearer app', 'x-other': '1' };
    const good = await mint(url, named);
    expect(good.status).toBe(200);
    const [, claims = ''] = (await tokenFrom(good)).split('.');
    expect(JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/')))).toMatchObject({ sub: '42', max_chars: 100 });
    expect(app.asked[0]?.headers).toMatchObject({ cookie: 'sid=amina', authorization: 'Bearer app' });
    expect(app.asked[0]?.headers['x-other']).toBeUndefined();
    expect((await mint(url, { cookie: 'sid=other' })).status).toBe(401);
    await mint(url, named);
    expect(app.asked).toHaveLength(3);
  });

  test.each([
    ['a redirect', 302, '', 401],
    ['no user', 200, '{"name":"x"}', 401],
    ['an empty user', 200, '{"user":""}', 401],
    ['null', 200, 'null', 401],
    ['no JSON', 200, '<p>Sign in', 503],
    ['voices that are no list', 200, '{"user":"a","voices":"am_ethan"}', 500],
    ['a length that is none', 200, '{"user":"a","max_chars":"9"}', 500],
    ['an endless answer', 200, `{"user":"a","x":"${'x'.repeat(70_000)}"}`, 503],
    ['a fault', 500, '', 503],
    ['an answer of a proxy before it', 502, '<p>Bad gateway', 503],
    ['nothing, for too long', 0, '', 503],
  ])('%s of the app lets nobody speak', async (_title, status, body, expected) => {
    const app = await startApp();
    app.say(() => [status, body]);
    const url = await (await start({ RELAY_ALLOW_ANYONE: '', RELAY_AUTHORIZE_URL: app.url })).url();
    const answer = await mint(url);
    expect(answer.status).toBe(expected);
    const text = await answer.text();
    expect(text).not.toContain('127.0.0.1');
    const codes: Readonly<Record<number, string>> = { 401: 'not_authorized', 500: 'relay_fault', 503: 'authorize_down' };
    expect(JSON.parse(text)).toMatchObject({ type: `urn:saystream:relay:${codes[expected]}` });
  });

  test('an app that is not there is told as such, and an app’s own wait is passed on', async () => {
    const app = await startApp();
    const command = await start({ RELAY_ALLOW_ANYONE: '', RELAY_AUTHORIZE_URL: app.url });
    const url = await command.url();
    app.say(() => [503, '']);
    expect((await mint(url)).headers.get('retry-after')).toBe('7');
    await app.close();
    const gone = await mint(url);
    expect([gone.status, gone.headers.get('retry-after')]).toEqual([503, null]);
    expect(await gone.json()).toMatchObject({ type: 'urn:saystream:relay:authorize_down' });
    await expect.poll(() => command.lines().filter(({ code }) => code === 'authorize_down')).toHaveLength(2);
  });
});

test('RELAY_AUTHORIZE_MODULE says who asks; a module that is none is refused with a sentence', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'relay-authorize-'));
  cleanups.push(() => rmSync(folder, { recursive: true }));
  const file = (name: string, source: string): string => {
    writeFileSync(join(folder, name), source);
    return join(folder, name);
  };
  const path = file(
    'who.mjs',
    "export default (request) => (request.headers.get('x-me') ? { user: request.headers.get('x-me') } : null);",
  );
  const url = await (await start({ RELAY_ALLOW_ANYONE: '', RELAY_AUTHORIZE_MODULE: path })).url();
  expect([(await mint(url, { 'x-me': 'amina' })).status, (await mint(url)).status]).toEqual([200, 401]);
  for (const [bad, says] of [
    [join(folder, 'none.mjs'), 'cannot be loaded'],
    [file('named.mjs', 'export const authorize = 1;'), 'no function as its default export'],
  ]) {
    const refused = await start({ RELAY_ALLOW_ANYONE: '', RELAY_AUTHORIZE_MODULE: bad! });
    expect(await refused.ended).toBe(1);
    expect(refused.err.text).toContain(says);
  }
});

test('--help names every setting and starts nothing; an argument is refused', async () => {
  const help = await runCommand({}, '--help');
  expect([await help.ended, help.err.text]).toEqual([0, '']);
  for (const name of ['AUDIXA_API_KEY', 'RELAY_ORIGINS', 'RELAY_AUTHORIZE_URL', 'REDIS_URL', 'RELAY_LIMITS']) {
    expect(help.out.text).toMatch(new RegExp(`^  ${name} {2,}\\S`, 'm'));
  }
  for (const line of help.out.text.split('\n')) expect(line.length).toBeLessThanOrEqual(125);
  const argued = await runCommand({}, '--port', '80');
  expect([await argued.ended, argued.out.text]).toEqual([1, '']);
});

test('with nothing set, each thing that is missing is named in a sentence of its own', async () => {
  const bare = await runCommand({});
  expect(await bare.ended).toBe(1);
  expect(bare.err.text.split('\n').slice(0, -1)).toEqual([
    expect.stringMatching(/^Set AUDIXA_API_KEY, /),
    expect.stringMatching(/^Set RELAY_ORIGINS /),
    expect.stringMatching(/^Set RELAY_AUTHORIZE_URL, /),
    expect.stringContaining('--help'),
  ]);
});

test('what createRelay refuses, a port that is taken and a Redis that is not there are sentences, not stacks', async () => {
  const taken = new URL(await (await start()).url()).port;
  for (const [environment, says] of [
    [{ RELAY_ORIGINS: 'app.example' }, 'RELAY_ORIGINS: "app.example" has no scheme. Did you mean https://app.example?'],
    [{ RELAY_LIMITS: '{"streams":1}' }, 'limits.streams is not a known limit'],
    [{ AUDIXA_BASE_URL: 'http://vendor.example' }, 'vendors.audixa.baseUrl must be an https URL'],
    [{ PORT: taken }, 'EADDRINUSE'],
    [
      { REDIS_URL: 'redis://:hush-hush@127.0.0.1:1', RELAY_SECRETS: secret },
      'REDIS_URL: the server cannot be used: ECONNREFUSED',
    ],
  ] as const) {
    const refused = await start(environment);
    expect(await refused.ended, says).toBe(1);
    expect(refused.err.text).toContain(says);
    expect(refused.err.text).not.toMatch(/\bat .*:\d+:\d+|hush-hush/);
    expect(refused.out.text).toBe('');
  }
});

test('a relay whose log is no longer read goes on, and SIGTERM ends it with 0', async () => {
  const command = await start({ RELAY_SECRETS: secret });
  const url = await command.url();
  command.child.stdout?.destroy();
  for (let count = 0; count < 5; count += 1) expect((await mint(url)).status).toBe(200);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  command.child.kill('SIGTERM');
  expect(await command.ended).toBe(0);
  expect(command.err.text).toBe('');
});
