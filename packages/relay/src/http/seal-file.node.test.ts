import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';

import { createRelay } from '../create-relay.ts';
import type { RelayEvent } from '../relay-options.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

const host = 'cdn.secret.example';
const address = `https://${host}/a.wav?signature=s`;
const long = `${address}${'x'.repeat(2_500)}`;
const tooLong = `${address}${'x'.repeat(6_000)}`;

/** How a vendor may write the address of a file. */
const documents: readonly (readonly [string, string, 'sealed' | 'dropped'])[] = [
  ['as documented', `{"audio_url":"${address}"}`, 'sealed'],
  ['under its older name', `{"url":"${address}"}`, 'sealed'],
  ['with 2,500 characters', `{"audio_url":"${long}"}`, 'sealed'],
  ['with more than a name can hold', `{"audio_url":"${tooLong}"}`, 'dropped'],
  ['without a scheme', `{"audio_url":"//${host}/a.wav"}`, 'dropped'],
  ['with backslashes', String.raw`{"audio_url":"https:\\\\${host}\\a.wav"}`, 'sealed'],
  ['after a blank', `{"audio_url":" ${address}"}`, 'sealed'],
  ['after a line break', String.raw`{"audio_url":"\n${address}"}`, 'sealed'],
  ['with a scheme in capitals', `{"audio_url":"HTTPS://${host}/a.wav"}`, 'sealed'],
  ['without slashes', `{"audio_url":"https:${host}/a.wav"}`, 'sealed'],
  ['with an escaped name', String.raw`{"audio\u005furl":"${address}"}`, 'sealed'],
  ['with an escaped value', String.raw`{"url":"\u0068ttps://${host}/a.wav"}`, 'sealed'],
  ['twice', `{"audio_url":"https://${host}/old.wav","audio_url":"${address}"}`, 'sealed'],
  ['behind another value', `{"audio_url":"${address}","audio_url":null}`, 'dropped'],
  ['deep in a document', `{"a":[{"b":{"c":[{"d":{"e":[{"audio_url":"${address}"}]}}]}}]}`, 'sealed'],
  ['2,000 levels deep', `${'{"a":'.repeat(2_000)}{"url":"${address}"}${'}'.repeat(2_000)}`, 'sealed'],
  ['too deep to be written again', `${'{"a":'.repeat(100_000)}{"url":"${address}"}${'}'.repeat(100_000)}`, 'dropped'],
  ['under both names', `{"audio_url":"${address}","url":"https://${host}/b.wav"}`, 'sealed'],
  ['with another scheme', `{"audio_url":"data:audio/wav,${host}"}`, 'dropped'],
  ['in half a document', `{"audio_url":"${address}"`, 'dropped'],
  ['in a page', `<a href="${address}">`, 'dropped'],
];

async function relayBefore(said: string, status = 200) {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => response.writeHead(status, { 'content-type': 'application/json' }).end(said));
  });
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on('connection', (socket) =>
    socket.on('message', () => {
      socket.send(said);
      socket.close(1000);
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const events: RelayEvent[] = [];
  const relay = createRelay({
    vendors: { audixa: { apiKey: 'the-vendor-key', baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` } },
    origins: ['https://app.example'],
    allowNonBrowser: true,
    authorize: () => ({ user: 'amina' }),
    onEvent: (event) => void events.push(event),
  });
  cleanups.push(async () => {
    await relay.close(0);
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
    server.close();
  });
  const post = (path: string, body: object, headers: Record<string, string> = {}) =>
    relay.fetch(
      new Request(`http://relay.example/speech/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    );
  const { session, token } = (await (await post('token', { vendor: 'audixa' })).json()) as Record<'session' | 'token', string>;
  const authorization = `Bearer ${session}`;
  const key = () => ({ authorization, 'idempotency-key': crypto.randomUUID() });
  return {
    relay,
    events,
    token,
    paid: () => post('audixa/v3/tts', { text: 'Hi.', voice_id: 'v', model: 'base' }, key()),
    voices: () => relay.fetch(new Request('http://relay.example/speech/audixa/v3/voices', { headers: { authorization } })),
  };
}

/** Whether a page sees a part of the vendor's address, and whether it sees an address of the relay. */
const seenIn = (text: string) => ({ leaks: /secret/i.test(JSON.stringify(text)), isSealed: text.includes('"files/ey') });
const wanted = (as: 'sealed' | 'dropped') => ({ leaks: false, isSealed: as === 'sealed' });

test.each(documents)('an address %s reaches no page, over HTTP', async (_, said, as) => {
  const { paid, voices } = await relayBefore(said);
  expect(seenIn(await (await voices()).text())).toEqual(wanted(as));
  expect(seenIn(await (await paid()).text())).toEqual(wanted(as));
});

test.each(documents.filter(([, said]) => said.endsWith('}') && said.length < 100_000))(
  'an address %s reaches no page, in a frame',
  async (_, said, as) => {
    const { relay, token } = await relayBefore(said);
    const front = createServer().on('upgrade', relay.upgrade);
    await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
    cleanups.push(() => {
      front.closeAllConnections();
      front.close();
    });
    const url = `ws://127.0.0.1:${(front.address() as AddressInfo).port}/speech/audixa/v3/tts/stream`;
    const page = new WebSocket(url, ['tts.v1', `tok.${token}`]);
    const frames: string[] = [];
    page.on('message', (data: Buffer) => frames.push(data.toString()));
    page.on('open', () => page.send('{"text":"Hi.","voice_id":"v","model":"base"}'));
    await new Promise((resolve) => page.on('close', resolve));
    expect(frames).toHaveLength(2);
    expect(seenIn(frames[1]!)).toEqual(wanted(as));
  },
);

test('an error that names a file names it sealed, and one in words passes', async () => {
  const named = await relayBefore(`{"detail":"No.","audio_url":"${address}"}`, 400);
  expect(seenIn(await (await named.voices()).text())).toEqual(wanted('sealed'));
  const words = await relayBefore('Not today.', 400);
  expect(await (await words.voices()).text()).toBe('Not today.');
});

test('the operator is told of an address that is dropped', async () => {
  const { voices, events } = await relayBefore(`{"url":"${tooLong}"}`);
  await voices();
  expect(events).toContainEqual({ type: 'fault', vendor: 'audixa', user: 'amina', code: 'audio_address_refused' });
});
