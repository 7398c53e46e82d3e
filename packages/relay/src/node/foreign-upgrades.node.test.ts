import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

import { onTestFinished, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';

import { createRelay, type Relay } from '../create-relay.ts';
import type { RelayEvent } from '../relay-options.ts';
import { relayUpgrade } from './relay-handler.ts';

const streamPath = '/speech/audixa/v3/tts/stream';
const origin = 'https://app.example';

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

function startRelay(): { relay: Relay; events: RelayEvent[] } {
  const events: RelayEvent[] = [];
  const relay = createRelay({
    vendors: { audixa: { apiKey: 'the-vendor-key', baseUrl: 'http://127.0.0.1:9' } },
    origins: [origin],
    authorize: () => ({ user: 'user-1' }),
    onEvent: (event) => void events.push(event),
  });
  onTestFinished(() => relay.close(0));
  return { relay, events };
}

/** All that a server writes after a handshake, until it closes or falls silent for `quietMs`. */
function handshake(port: number, path: string, from = origin, quietMs = 300): Promise<{ said: string; isClosed: boolean }> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let said = '';
    let timer = setTimeout(end, quietMs, false);
    function end(isClosed: boolean): void {
      clearTimeout(timer);
      socket.destroy();
      resolve({ said, isClosed });
    }
    socket.on('data', (piece) => {
      said += piece.toString('latin1');
      clearTimeout(timer);
      timer = setTimeout(end, quietMs, false);
    });
    socket.on('error', () => undefined).on('close', () => end(true));
    socket.write(
      `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
        `Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nOrigin: ${from}\r\n\r\n`,
    );
  });
}

test.each([
  ['/chat', origin],
  ['/chat', 'https://evil.example'],
  ['/', 'null'],
  ['/speech/audixa/v3/tts/strem', origin],
  ['/speech/audixa/v3/tts/stream/x', origin],
  ['/speech/sauti/v1/tts/stream', 'https://evil.example'],
])('leaves a handshake for %s of %s untouched, and says so at once', async (path, from) => {
  const { relay, events } = startRelay();
  const seen: { took: boolean; listeners: number }[] = [];
  const server = createServer().on('upgrade', (request, socket: Duplex, head) => {
    const before = socket.eventNames().length;
    const took = relay.upgrade(request, socket, head);
    seen.push({ took, listeners: socket.eventNames().length - before });
  });
  const answer = await handshake(await listen(server), path, from);
  expect(seen).toEqual([{ took: false, listeners: 0 }]);
  expect(answer).toEqual({ said: '', isClosed: false });
  expect(events).toEqual([]);
});

test.each([streamPath, `${streamPath}/`, `/a/b${streamPath}?x=1`, `${streamPath}/?x=1`, '/audixa/v3/tts/stream'])(
  'takes a handshake for %s, and one of a wrong origin too',
  async (path) => {
    const { relay } = startRelay();
    const seen: boolean[] = [];
    const server = createServer().on('upgrade', (request, socket, head) => void seen.push(relay.upgrade(request, socket, head)));
    const port = await listen(server);
    expect((await handshake(port, path)).said).toMatch(/^HTTP\/1\.1 101 /);
    expect((await handshake(port, path, 'https://evil.example')).said).toMatch(/^HTTP\/1\.1 403 /);
    expect(seen).toEqual([true, true]);
  },
);

test.each(['/chat', streamPath])('writes nothing into a socket for %s that another server accepted before', async (path) => {
  const { relay } = startRelay();
  const chat = new WebSocketServer({ noServer: true });
  const took: boolean[] = [];
  const server = createServer()
    .on('upgrade', (request, socket, head) => chat.handleUpgrade(request, socket, head, (page) => page.send('hello')))
    .on('upgrade', (request, socket, head) => void took.push(relay.upgrade(request, socket, head)));
  for (const from of [origin, 'https://evil.example']) {
    const { said, isClosed } = await handshake(await listenOnce(server), path, from);
    expect(said.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 101']);
    expect(said).toContain('hello');
    expect(isClosed).toBe(false);
  }
  expect(took).toEqual([false, false]);
});

test('writes nothing into a socket that another server refused before', async () => {
  const { relay } = startRelay();
  const server = createServer()
    .on('upgrade', (_request, socket: Duplex) => void socket.end('HTTP/1.1 410 Gone\r\nconnection: close\r\n\r\n'))
    .on('upgrade', relay.upgrade);
  const { said } = await handshake(await listen(server), streamPath);
  expect(said).toBe('HTTP/1.1 410 Gone\r\nconnection: close\r\n\r\n');
});

test.each([
  ['relay.upgrade', (relay: Relay) => relay.upgrade],
  ['relayUpgrade(relay)', (relay: Relay) => relayUpgrade(relay)],
])('%s as the only listener answers a foreign handshake with 404', async (_name, listenerOf) => {
  const { relay, events } = startRelay();
  const server = createServer().on('upgrade', listenerOf(relay));
  const port = await listen(server);
  const { said, isClosed } = await handshake(port, '/chat');
  expect(said).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
  expect(isClosed).toBe(true);
  expect(events).toEqual([expect.objectContaining({ type: 'refused', code: 'no_such_route' })]);
  // A second listener makes foreign handshakes its own affair.
  server.on('upgrade', (_request, socket: Duplex) => void socket.end('HTTP/1.1 418 I am the other one\r\n\r\n'));
  expect((await handshake(port, '/chat')).said).toMatch(/^HTTP\/1\.1 418 /);
});

test('a relay without Audixa has no socket, so every handshake is foreign', async () => {
  const relay = createRelay({
    vendors: { sauti: { apiKey: 'the-vendor-key', baseUrl: 'http://127.0.0.1:9' } },
    origins: [origin],
    authorize: () => null,
  });
  onTestFinished(() => relay.close(0));
  const server = createServer();
  const took = once(server, 'upgrade').then(([request, socket, head]) => relay.upgrade(request, socket, head));
  void handshake(await listen(server), streamPath);
  expect(await took).toBe(false);
});

/** Several handshakes of one server. */
const listenOnce = async (server: Server): Promise<number> =>
  server.listening ? (server.address() as AddressInfo).port : listen(server);
