import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { startEmulator, type Emulator } from '@saystream/emulator';
import { createRelay, type Relay } from '@saystream/relay';
import { relayHandler } from '@saystream/relay/node';
import { createAudixa, type ClientEvent } from 'saystream';
import { afterAll, beforeAll, expect, test } from 'vitest';

let emulator: Emulator;
let relay: Relay;
const servers: Server[] = [];

async function listen(server: Server): Promise<string> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  emulator = await startEmulator({ rate: Infinity });
  const { apiKey, baseUrl } = emulator.audixa;
  relay = createRelay({
    vendors: { audixa: { apiKey, baseUrl } },
    origins: ['https://app.example'],
    allowNonBrowser: true,
    authorize: () => ({ user: 'amina' }),
  });
});
afterAll(async () => {
  await relay.close(10);
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await emulator.close();
});

/** A server that knows the relay's fetch alone, such as a route handler. Counts the handshakes. */
async function withoutUpgrade() {
  let handshakes = 0;
  const handle = relayHandler(relay);
  const url = await listen(
    createServer((request, response) => {
      handshakes += Number(request.headers.upgrade !== undefined);
      handle(request, response);
    }),
  );
  return { url, handshakes: () => handshakes };
}

/** As nginx does by default: requests are passed on without Upgrade and Connection. */
async function behindProxy() {
  let handshakes = 0;
  const inner = createServer(relayHandler(relay)).on('upgrade', (request, socket, head) => relay.upgrade(request, socket, head));
  const { port } = new URL(await listen(inner));
  const url = await listen(
    createServer((request, response) => {
      handshakes += Number(request.headers.upgrade !== undefined);
      const { upgrade: _upgrade, connection: _connection, ...headers } = request.headers;
      const { method, url: path } = request;
      const onward = httpRequest({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers);
        answer.pipe(response);
      });
      request.pipe(onward);
    }),
  );
  return { url, handshakes: () => handshakes };
}

/** A server that drops the connection of each handshake: all that a browser could be told of it either. */
async function dropping() {
  let handshakes = 0;
  const server = createServer(relayHandler(relay)).on('upgrade', (_request, socket) => {
    handshakes += 1;
    socket.destroy();
  });
  return { url: await listen(server), handshakes: () => handshakes };
}

const servings = { 'a route handler alone': withoutUpgrade, 'a proxy that drops the upgrade': behindProxy, dropping };
const text = 'A relay without sockets speaks through a job.';

test.each(Object.keys(servings) as (keyof typeof servings)[])(
  'behind %s a stream is spoken through a job, paid once, and the event says why',
  async (name) => {
    const { url, handshakes } = await servings[name]();
    const events: ClientEvent[] = [];
    const before = emulator.ledger.length;
    const audixa = createAudixa({ relay: url, onEvent: (event) => events.push(event) });
    const stream = audixa.stream({ text, voiceId: 'am_ethan' });
    let samples = 0;
    for await (const chunk of stream) samples += chunk.length;
    const outcome = await stream.outcome;
    expect(outcome).toMatchObject({ verdict: 'completed', billed: 'yes', samples, generationId: expect.any(String) });
    expect(outcome.recovered).toBeUndefined();
    expect((await stream.format).sampleRate).toBe(24_000);
    expect(samples).toBeGreaterThan(10_000);
    expect(emulator.ledger.length - before).toBe(1);
    const fallbacks = events.filter(({ type }) => type === 'fallback');
    expect(fallbacks).toEqual([
      { type: 'fallback', vendor: 'audixa', to: 'job', because: expect.stringMatching(/relay\.upgrade.*Upgrade/) },
    ]);

    // The client remembers: the next stream dials nothing.
    const dialled = handshakes();
    expect(await audixa.stream({ text, voiceId: 'am_ethan', audioFormat: 'mp3' }).outcome).toMatchObject({
      verdict: 'completed',
    });
    expect(handshakes()).toBe(dialled);
    expect(events.filter(({ type }) => type === 'fallback')).toHaveLength(2);
  },
  20_000,
);

test('a relay with sockets is asked nothing more', async () => {
  const asked: string[] = [];
  const handle = relayHandler(relay);
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    handle(request, response);
  }).on('upgrade', (request, socket, head) => relay.upgrade(request, socket, head));
  const outcome = await createAudixa({ relay: await listen(server) }).stream({ text, voiceId: 'am_ethan' }).outcome;
  expect(outcome.verdict).toBe('completed');
  expect(asked).toEqual(['POST /token']);
});

test('a cancelled job is no longer waited for', async () => {
  const { url } = await withoutUpgrade();
  const stream = createAudixa({
    relay: url,
    onEvent: (event) => void (event.type === 'fallback' && setTimeout(() => stream.cancel(), 20)),
  }).stream({ text, voiceId: 'am_ethan' });
  expect(await stream.outcome).toMatchObject({ verdict: 'cancelled', error: { kind: 'aborted' } });
});
