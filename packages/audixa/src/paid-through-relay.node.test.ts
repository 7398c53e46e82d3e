import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { ClientEvent } from '@saystream/core';
import { afterEach, expect, test } from 'vitest';

import { createAudixa } from './audixa-client.ts';
import type { AudixaOptions } from './audixa-connection.ts';

const cleanups: (() => unknown)[] = [];
afterEach(() => cleanups.splice(0).forEach((cleanup) => cleanup()));

type Answer = (response: ServerResponse, n: number, request: IncomingMessage) => unknown;

/** A relay that answers each paid request with the next of these. */
async function relayed(answer: Answer, more: Partial<AudixaOptions> = {}) {
  const keys: unknown[] = [];
  const server = createServer((request, response) => {
    request.resume();
    if (request.url === '/speech/token')
      return void response.end('{"token":"t","session":"s","expires_in":60,"session_expires_in":600}');
    if (request.method !== 'POST') return void response.writeHead(404).end('{}');
    keys.push(request.headers['idempotency-key']);
    answer(response, keys.length, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => (server.closeAllConnections(), server.close()));
  const events: ClientEvent[] = [];
  const audixa = createAudixa({
    relay: `http://127.0.0.1:${(server.address() as AddressInfo).port}/speech`,
    retry: { baseDelayMs: 1, maxDelayMs: 20 },
    onEvent: (event) => void events.push(event),
    ...more,
  } as AudixaOptions);
  const submit = () => audixa.submit({ text: 'Habari', voiceId: 'am_ethan' });
  return { submit, keys, events };
}

const problem = (response: ServerResponse, status: number, code: string, headers: Record<string, string> = {}): unknown =>
  response
    .writeHead(status, { 'content-type': 'application/problem+json', ...headers })
    .end(JSON.stringify({ type: `urn:saystream:relay:${code}`, title: 'Refused', status, detail: 'Refused.' }));
const accept = (response: ServerResponse): unknown => response.end('{"generation_id":"g7","status":"IN_QUEUE"}');
const cut = (response: ServerResponse): unknown => response.destroy();

test('an answer that the relay still waits for is waited for after a cut, however many times it is asked', async () => {
  const { submit, keys, events } = await relayed((response, n) => {
    if (n === 1) return setTimeout(() => cut(response), 100);
    return n < 8 ? problem(response, 409, 'still_running') : accept(response);
  });
  expect(await submit()).toMatchObject({ generationId: 'g7' });
  expect(new Set(keys).size).toBe(1);
  // The cut is the only failed try.
  expect(events.filter(({ type }) => type === 'attempt')).toHaveLength(2);
  expect(events.filter(({ type }) => type === 'give-up')).toEqual([]);
}, 15_000);

test('waiting for a known answer ends with the total limit, and names it', async () => {
  const { submit } = await relayed((response, n) => (n === 1 ? cut(response) : problem(response, 409, 'still_running')), {
    timeouts: { totalMs: 1_500 },
  });
  const startedMs = performance.now();
  await expect(submit()).rejects.toMatchObject({ kind: 'timeout', limit: 'total', billed: 'unknown' });
  expect(performance.now() - startedMs).toBeGreaterThan(1_400);
});

test.each(['vendor_unreachable', 'store_down', 'draining', 'authorize_down'])(
  'the relay’s own 503 %s is repeated, and was free when it stays',
  async (code) => {
    const once = await relayed((response, n) => (n === 1 ? problem(response, 503, code) : accept(response)));
    expect(await once.submit()).toMatchObject({ generationId: 'g7' });
    const always = await relayed((response) => problem(response, 503, code));
    await expect(always.submit()).rejects.toMatchObject({ kind: 'unavailable', status: 503, billed: 'no' });
    expect(always.keys).toHaveLength(4);
  },
);

test.each<[string, Answer]>([
  ['a vendor’s 503', (response) => response.writeHead(503).end('{"detail":"down"}')],
  ['a connection to the vendor that broke', (response) => problem(response, 502, 'vendor_unreachable')],
])('%s is not repeated and stays in doubt', async (_title, answer) => {
  const { submit, keys } = await relayed(answer);
  await expect(submit()).rejects.toMatchObject({ billed: 'unknown' });
  expect(keys).toHaveLength(1);
});

test.each<[string, Answer]>([
  ['503 draining', (response) => problem(response, 503, 'draining')],
  ['429', (response) => problem(response, 429, 'characters_used_up')],
  ['401', (response) => response.writeHead(401).end('{}')],
])('a refusal with %s after a lost try does not say that the lost one was free', async (_title, refuse) => {
  const { submit } = await relayed((response, n, request) => (n === 1 ? cut(response) : refuse(response, n, request)));
  await expect(submit()).rejects.toMatchObject({ billed: 'unknown' });
});
