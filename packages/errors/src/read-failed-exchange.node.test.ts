import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';

import { afterEach, expect, test } from 'vitest';

import { parseAudixaError } from './parse-audixa-error.ts';
import { parseMoknahError } from './parse-moknah-error.ts';
import { readFailedExchange } from './read-failed-exchange.ts';
import { SpeechError } from './speech-error.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function fetchFrom(listener: RequestListener): Promise<Response> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v3/tts?api_key=SECRET`);
}

test('over HTTP: an answer of Moknah is explained with its headers', async () => {
  const response = await fetchFrom((_request, answer) => {
    answer.writeHead(402, { 'Content-Type': 'application/json', 'Moknah-Credits-Remaining': '50', 'Moknah-Credits-Used': '150' });
    answer.end('{"error":{"code":"INSUFFICIENT_CREDITS","message":"Not enough."}}');
  });
  const error = parseMoknahError(await readFailedExchange(response));
  expect(error).toMatchObject({ kind: 'insufficient-credits', credits: { remaining: 50, required: 150 } });
});

test('over HTTP: a socket cut in mid-body still explains by what arrived', async () => {
  const response = await fetchFrom((_request, answer) => {
    answer.writeHead(500, { 'Content-Length': '1000' });
    answer.write('Internal Server Error');
    setTimeout(() => answer.destroy(), 20);
  });
  const error = parseAudixaError(await readFailedExchange(response));
  expect(error).toMatchObject({ kind: 'vendor-fault', billed: 'unknown' });
  expect(error.message).toContain('Internal Server Error');
});

test('over HTTP: an endless body is cut, and its connection given up', async () => {
  let closed: () => void;
  const isClosed = new Promise<void>((resolve) => (closed = resolve));
  const response = await fetchFrom((_request, answer) => {
    answer.writeHead(502);
    const write = (): void => {
      while (!answer.destroyed && answer.write('x'.repeat(10_000)));
    };
    answer.on('drain', write).on('close', () => closed());
    write();
  });
  const { body } = await readFailedExchange(response);
  expect(body).toHaveLength(65_536);
  await isClosed;
});

test('over HTTP: a body that never comes is waited for no longer than the idle limit', async () => {
  const response = await fetchFrom((_request, answer) => {
    answer.writeHead(429, { 'Retry-After': '3' });
    answer.flushHeaders();
  });
  const error = parseAudixaError(await readFailedExchange(response, { idleMs: 50 }));
  expect(error).toMatchObject({ kind: 'rate-limited', retryAfterMs: 3000 });
});

test('headers of node:http, lists among them, are read as they are', () => {
  const error = parseAudixaError({ status: 429, headers: { 'retry-after': '3', 'set-cookie': ['a=1', 'b=2'] } });
  expect(error.retryAfterMs).toBe(3000);
});

test('util.inspect shows the facts and nothing secret', () => {
  const shown = inspect(
    parseAudixaError({
      status: 401,
      body: { detail: 'Invalid API key: SECRET123 at https://x.y/?api_key=SECRET' },
      url: 'https://x.y/?api_key=SECRET',
    }),
    { showHidden: true, depth: 9 },
  );
  expect(shown).toContain("kind: 'unauthorized'");
  expect(shown).toMatch(/^(\{ )?\[?SpeechError: Audixa answered with status 401/);
  expect(shown).not.toContain('SECRET');
});

test('two copies of the library know each other’s errors', async () => {
  const source = new URL('./speech-error.ts?second-copy', import.meta.url).href;
  const second = (await import(/* @vite-ignore */ source)) as typeof import('./speech-error.ts');
  const foreign = new second.SpeechError({ kind: 'busy', vendor: 'moknah', message: 'x' });
  expect(foreign).not.toBeInstanceOf(SpeechError);
  expect((await import('./speech-error.ts')).isSpeechError(foreign)).toBe(true);
});
