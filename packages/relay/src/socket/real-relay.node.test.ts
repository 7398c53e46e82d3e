import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { startEmulator } from '@saystream/emulator';
import { afterEach, expect, test } from 'vitest';

import { pageOrigin } from '../../tests/fake-seams.ts';
import { openPage, request } from '../../tests/start-socket-relay.ts';
import { createRelay } from '../create-relay.ts';
import type { RelayEvent, RelayOptions } from '../relay-options.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** A whole relay before the emulator: tokens, limits and store are its own. */
async function start(options: Partial<RelayOptions> = {}, { scenario = '', rate = 20 } = {}) {
  const emulator = await startEmulator({ rate });
  const events: RelayEvent[] = [];
  const apiKey = scenario ? emulator.scenario(scenario) : emulator.audixa.apiKey;
  const relay = createRelay({
    vendors: { audixa: { apiKey, baseUrl: emulator.audixa.baseUrl } },
    origins: [pageOrigin],
    authorize: () => ({ user: 'user-1' }),
    onEvent: (event) => events.push(event),
    ...options,
  });
  const server = createServer().on('upgrade', (handshake, socket, head) => relay.upgrade(handshake, socket, head));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(async () => {
    await relay.close(0);
    server.close();
    await emulator.close();
  });
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/speech/audixa/v3/tts/stream`;
  const mint = async (wishes: object = {}) => {
    const init = { method: 'POST', headers: { origin: pageOrigin, 'content-type': 'application/json' } };
    const body = JSON.stringify({ vendor: 'audixa', ...wishes });
    const answer = await relay.fetch(new Request('http://relay.example/speech/token', { ...init, body }));
    return (await answer.json()) as { token: string; session: string };
  };
  return { relay, emulator, events, url, mint };
}

test('a token opens one stream, and no second', async () => {
  const { url, mint, emulator, events } = await start();
  const { token } = await mint();
  const page = openPage(url, request('Hello.'), token);
  page.socket.on('message', (data: Buffer, isBinary) => !isBinary && data.includes('"completed"') && page.socket.close(1000));
  await page.ended;
  expect(page.frames[0]).toBe('{"type":"ready"}');
  expect(page.frames.at(-1)).toMatch(/"audio_url":"files\//);
  expect(await openPage(url, request('Hello.'), token).ended).toMatchObject({
    code: 4409,
    reason: expect.stringMatching(/^token_used/),
  });
  expect(emulator.ledger).toHaveLength(1);
  expect(events.filter(({ type }) => type === 'stream')).toMatchObject([{ user: 'user-1', characters: 6 }]);
});

test('of 50 sockets with one token, one speaks', async () => {
  const { url, mint, emulator } = await start({}, { scenario: 'burst~server-closes' });
  const { token } = await mint();
  const endings = await Promise.all(Array.from({ length: 50 }, () => openPage(url, request('Hello.'), token).ended));
  expect(endings.filter(({ code }) => code === 1000)).toHaveLength(1);
  expect(endings.filter(({ code }) => code === 4409)).toHaveLength(49);
  expect(emulator.ledger).toHaveLength(1);
});

test('a session is no token for a socket, a forged one none at all', async () => {
  const { url, mint } = await start();
  const { session, token } = await mint();
  expect(await openPage(url, request(), session).ended).toMatchObject({ code: 4401 });
  const forged = `${token.slice(0, -4)}AAAA`;
  expect(await openPage(url, request(), forged).ended).toMatchObject({
    code: 4401,
    reason: expect.stringMatching(/^token_invalid/),
  });
});

test('voice and length of the token hold, and a third stream of a user waits for none', async () => {
  const { url, mint } = await start({}, { rate: 1 });
  const narrow = await mint({ voice: 'af_luna', max_chars: 5 });
  expect(await openPage(url, request(), narrow.token).ended).toMatchObject({ code: 4403 });
  const short = await mint({ max_chars: 5 });
  expect(await openPage(url, request('Too long.'), short.token).ended).toMatchObject({ code: 4413 });
  for (let stream = 0; stream < 2; stream += 1) {
    const page = openPage(url, request('x'.repeat(200)), (await mint()).token);
    await expect.poll(() => page.frames.length).toBeGreaterThan(0);
    cleanups.push(() => page.socket.terminate());
  }
  expect(await openPage(url, request(), (await mint()).token).ended).toMatchObject({ code: 4429, reason: '{"r":1}' });
});

test('what the vendor refused is given back, what it was handed is not', async () => {
  const limits = { charactersPerUser: { characters: 20, windowMs: 60_000 } };
  const refused = await start({ limits }, { scenario: 'http-402' });
  for (let call = 0; call < 4; call += 1) {
    expect(await openPage(refused.url, request('Ten chars.'), (await refused.mint()).token).ended).toMatchObject({ code: 4402 });
  }
  const closed = await start({ limits }, { scenario: 'close-1011' });
  for (let call = 0; call < 2; call += 1) {
    expect(await openPage(closed.url, request('Ten chars.'), (await closed.mint()).token).ended).toMatchObject({ code: 1011 });
  }
  expect(await openPage(closed.url, request('Ten chars.'), (await closed.mint()).token).ended).toMatchObject({
    code: 4429,
    reason: expect.stringMatching(/^\{"r":\d+\}$/),
  });
});

test('revoking a user ends their streams within a heartbeat, and closing the relay those of all', async () => {
  const { url, mint, relay } = await start({ limits: { heartbeatMs: 200 } }, { rate: 1 });
  const page = openPage(url, request('x'.repeat(200)), (await mint()).token);
  await expect.poll(() => page.frames.length).toBeGreaterThan(0);
  await relay.revoke('user-1');
  expect(await page.ended).toMatchObject({ code: 4401, reason: 'token_revoked' });
  const other = openPage(url, request('x'.repeat(200)), (await mint()).token);
  await expect.poll(() => other.frames.length).toBeGreaterThan(0);
  await relay.close(100);
  expect(await other.ended).toMatchObject({ code: 4503, reason: 'draining' });
});
