import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, expect, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';

import { createAudixa } from './index.ts';

const cleanups: (() => unknown)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

/** A vendor that sends second after second of audio for as long as it is connected. */
async function endless() {
  let sentBytes = 0;
  const server = createServer((_request, response) => response.writeHead(404).end('{}'));
  const second = new Uint8Array(96_000);
  const flood = (socket: WebSocket): void => {
    if (socket.readyState !== socket.OPEN) return;
    sentBytes += second.length;
    socket.send(second, () => setImmediate(flood, socket));
  };
  new WebSocketServer({ server }).on('connection', (socket) => {
    socket.once('message', () => {
      socket.send('{"type":"started","generation_id":"g1"}');
      flood(socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => (server.closeAllConnections(), server.close()));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sentBytes: () => sentBytes };
}

test.each(['read', 'not read'])('endless audio for a short text ends as bad-response when it is %s', async (how) => {
  const { url, sentBytes } = await endless();
  const speech = createAudixa({ baseUrl: url, apiKey: 'k' }).stream({ text: 'hello', voiceId: 'am_ethan' });
  const reading = how === 'read' ? speech.toWav().catch(() => undefined) : undefined;
  const outcome = await speech.outcome;
  await reading;
  expect(outcome).toMatchObject({
    verdict: 'truncated',
    billed: 'unknown',
    generationId: 'g1',
    error: { kind: 'bad-response', message: expect.stringContaining('more audio') },
  });
  // Two seconds for each of five characters, and eleven to start with: 21 s of float samples.
  expect(outcome.samples).toBeLessThanOrEqual(512_144);
  expect(outcome.samples).toBeGreaterThan(450_000);
  // What was on its way when the client left is the socket's buffers, and no more.
  await new Promise((resolve) => setTimeout(resolve, 100));
  const sent = sentBytes();
  await new Promise((resolve) => setTimeout(resolve, 200));
  expect(sentBytes()).toBe(sent);
});

test('a long text may have long audio', async () => {
  const { url } = await endless();
  const speech = createAudixa({ baseUrl: url, apiKey: 'k' }).stream({ text: 'hello '.repeat(40), voiceId: 'am_ethan' });
  let samples = 0;
  for await (const chunk of speech) {
    samples += chunk.length;
    if (samples > 2_000_000) break;
  }
  expect(await speech.outcome).toMatchObject({ verdict: 'cancelled' });
});
