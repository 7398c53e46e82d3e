import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';

import { expect, onTestFinished, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';

import { createAudixa } from './index.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
/** Bytes in use after a collection. */
function held(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const voiceId = 'am_ethan';
const retry = { tries: 1 };

async function startVendor(listener: RequestListener, act?: (socket: WebSocket) => void): Promise<string> {
  const server = createServer(listener);
  const sockets = new WebSocketServer({ server, handleProtocols: () => 'tts.v1' });
  sockets.on('connection', (socket) => socket.on('error', () => undefined).once('message', () => act?.(socket)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets.clients) socket.terminate();
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const samples = Buffer.from(Float32Array.from({ length: 2_400 }, () => 0.1).buffer);
const completed = '{"type":"completed","audio_url":"https://files.example/a.wav"}';

test.each<[string, (socket: WebSocket) => void]>([
  [
    '100,000 frames with ids',
    (socket) => void Array.from({ length: 100_000 }, (_, id) => socket.send(`{"generation_id":"g${id}"}`)),
  ],
  ['16 MB of addresses', (socket) => socket.send(`[${'{"audio_url":"https://a/b"},'.repeat(590_000)}0]`)],
  ['200,000 empty frames', (socket) => void Array.from({ length: 200_000 }, () => socket.send(Buffer.alloc(0)))],
  ['a message 100,000 deep', (socket) => socket.send(`{"type":"started","more":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)],
  ['malformed addresses', (socket) => socket.send('{"type":"started","audio_url":"//[","generation_id":"\\ud800"}')],
])('%s in the middle of a stream leave it whole, and nothing of them is kept', async (_, act) => {
  const baseUrl = await startVendor(
    (_request, response) => response.writeHead(404).end(),
    (socket) => {
      socket.send('{"type":"started","generation_id":"g1"}');
      socket.send(samples);
      act(socket);
      socket.send(samples);
      socket.send(completed);
    },
  );
  const before = held();
  const speech = createAudixa({ apiKey: 'key-of-a-test', baseUrl }).stream({ text: 'Hello', voiceId });
  let heard = 0;
  for await (const chunk of speech) heard += chunk.length;
  expect(await speech.outcome).toMatchObject({ verdict: 'completed', generationId: 'g1' });
  expect(heard).toBe(4_800);
  // The socket's own buffers go in a later turn.
  await expect.poll(() => held() - before, { timeout: 5_000 }).toBeLessThan(5e6);
});

const bomb = gzipSync(Buffer.alloc(100_000_000, ' '), { level: 9 });
const isRead = { 'content-encoding': 'gzip', 'content-type': 'application/json' };

test.each([200, 500])('a gzip bomb of 100 MB as an answer with status %s is left after its limit', async (status) => {
  let closedEarly = false;
  const baseUrl = await startVendor((_request, response) => {
    response.on('close', () => (closedEarly = !response.writableFinished));
    response.writeHead(status, isRead).write(bomb);
  });
  const before = held();
  const audixa = createAudixa({ apiKey: 'key-of-a-test', baseUrl, retry });
  await expect(audixa.generation('g1')).rejects.toMatchObject({ kind: status === 200 ? 'bad-response' : 'vendor-fault' });
  expect(held() - before).toBeLessThan(10e6);
  await expect.poll(() => closedEarly).toBe(true);
});

test('a file that unpacks to more than so much text can be is refused', async () => {
  const baseUrl = await startVendor((request, response) => {
    if (request.url?.startsWith('/file')) return void response.writeHead(200, isRead).end(bomb);
    response.end(
      JSON.stringify({ generation_id: 'g1', status: 'COMPLETED', audio_url: `http://${request.headers.host}/file.wav` }),
    );
  });
  const before = held();
  const audixa = createAudixa({ apiKey: 'key-of-a-test', baseUrl, retry });
  await expect(audixa.generate({ text: 'Hello', voiceId })).rejects.toMatchObject({ kind: 'bad-response', generationId: 'g1' });
  expect(held() - before).toBeLessThan(10e6);
});

test('a bomb of headers is an error of the call, over HTTP and in the handshake', async () => {
  const baseUrl = await startVendor((_request, response) => {
    response.writeHead(200, Object.fromEntries(Array.from({ length: 900 }, (_, at) => [`x-${at}`, 'a'.repeat(50)]))).end('{}');
  });
  const audixa = createAudixa({ apiKey: 'key-of-a-test', baseUrl, retry });
  await expect(audixa.generation('g1')).rejects.toMatchObject({ name: 'SpeechError' });
});

const noAddresses = ['//[', 'https://[', 'https://', '\\\\', 'http://a:99999/', 'mailto:a', 'x'.repeat(1_000), '\ud800'];

test.each(noAddresses)(
  'the address %j of a file through a relay is a bad response of a job',
  async (address) => {
    const tokens = { token: 'once', expires_in: 60, session: 'many', session_expires_in: 600 };
    const relay = await startVendor((request, response) => {
      if (request.url?.endsWith('/token')) return void response.end(JSON.stringify(tokens));
      if (!request.url?.includes('/tts')) return void response.writeHead(404).end();
      response.end(JSON.stringify({ generation_id: 'g1', status: 'COMPLETED', audio_url: address }));
    });
    const job = createAudixa({ relay, retry }).generate({ text: 'Hello', voiceId });
    // The client takes this address as relative to the relay and asks the relay for it.
    await expect(job).rejects.toMatchObject({ kind: expect.stringMatching(/^(bad-response|not-found)$/), generationId: 'g1' });
  },
  30_000,
);

test.each(noAddresses)('the address %j of a file through a relay ends no stream', async (address) => {
  const tokens = { token: 'once', expires_in: 60, session: 'many', session_expires_in: 600 };
  const relay = await startVendor(
    (_request, response) => response.end(JSON.stringify(tokens)),
    (socket) => {
      socket.send('{"type":"ready"}');
      socket.send(samples);
      socket.send(JSON.stringify({ type: 'completed', audio_url: address }));
    },
  );
  expect(await createAudixa({ relay }).stream({ text: 'Hello', voiceId }).outcome).toMatchObject({ verdict: 'completed' });
});
