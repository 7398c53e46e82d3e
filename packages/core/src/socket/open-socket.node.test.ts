import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';

import { openSocket, type SocketEnding, type SocketHandlers } from './open-socket.ts';
import type { SocketConstructor, SocketEvent } from './socket-like.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  cleanups.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Everything that happens to a socket, as short words. */
function watch(url: string, act: (socket: ReturnType<typeof openSocket>, happened: string) => void = () => undefined) {
  const log: string[] = [];
  let settle: (ending: SocketEnding) => void = () => undefined;
  const ended = new Promise<SocketEnding>((resolve) => {
    settle = resolve;
  });
  const note = (happened: string) => {
    log.push(happened);
    act(socket, happened);
  };
  const socket = openSocket(url, {
    open: () => note('open'),
    text: (data) => note(`text ${data}`),
    binary: (bytes) => note(`binary ${bytes.length}`),
    end: (ending) => {
      note('end');
      settle(ending);
    },
  });
  return { log, ended, socket };
}

test('frames arrive in order, and a close is told with its code and reason', async () => {
  const server = createServer();
  new WebSocketServer({ server }).on('connection', (socket) => {
    socket.send('hello');
    socket.send(new Uint8Array(3));
    socket.close(1011, 'Redis');
  });
  const { log, ended } = watch(await listen(server));
  expect(await ended).toEqual({ opened: true, code: 1011, reason: 'Redis', wasClean: true });
  expect(log).toEqual(['open', 'text hello', 'binary 3', 'end']);
});

test('a refused handshake keeps its status, headers and body, and is told once', async () => {
  const server = createServer().on('upgrade', (_request, socket) => {
    socket.end('HTTP/1.1 429 Too Many\r\nretry-after: 7\r\ncontent-length: 15\r\n\r\n{"detail":"no"}');
  });
  const { log, ended } = watch(await listen(server));
  const { refusal, opened } = await ended;
  expect(opened).toBe(false);
  expect(refusal).toMatchObject({ status: 429, body: '{"detail":"no"}', headers: { 'retry-after': '7' } });
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(log).toEqual(['end']);
});

test('a refusal whose body never ends is told all the same', async () => {
  const server = createServer().on('upgrade', (_request, socket) => {
    socket.write('HTTP/1.1 401 Unauthorized\r\ncontent-length: 1000\r\n\r\n{"detail":');
  });
  const { ended } = watch(await listen(server));
  expect((await ended).refusal).toMatchObject({ status: 401, body: '{"detail":' });
});

test('a refusal whose body is endless is cut', async () => {
  const server = createServer().on('upgrade', (_request, socket) => {
    socket.write('HTTP/1.1 401 Unauthorized\r\n\r\n');
    const timer = setInterval(() => socket.write('x'.repeat(4_096)), 5);
    socket.on('error', () => undefined).on('close', () => clearInterval(timer));
  });
  const { ended } = watch(await listen(server));
  expect((await ended).refusal?.body.length).toBeLessThan(100_000);
});

test('a port that refuses is told with the system’s code', async () => {
  const server = createServer();
  const url = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  expect(await watch(url).ended).toMatchObject({ opened: false, code: 1006, networkCode: 'ECONNREFUSED' });
});

test('after close() nothing is told any more', async () => {
  const server = createServer();
  new WebSocketServer({ server }).on('connection', (socket) => {
    for (let i = 0; i < 50; i += 1) socket.send(String(i));
  });
  const { log } = watch(await listen(server), (socket, happened) => {
    if (happened === 'text 1') socket.close();
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(log).toEqual(['open', 'text 0', 'text 1']);
});

test('a peer that never answers the close is dropped', async () => {
  let dropped: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => {
    dropped = resolve;
  });
  const server = createServer();
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, request) => {
    // Reading stops, so that the close frame is never seen.
    request.socket.pause();
    request.socket.on('close', dropped);
    socket.on('error', () => undefined);
  });
  const started = performance.now();
  watch(await listen(server), (socket, happened) => {
    if (happened === 'open') setTimeout(() => socket.close(), 50);
  });
  // A paused socket notices the end only when it reads again.
  const poll = setInterval(() => {
    for (const socket of sockets.clients) (socket as unknown as { _socket?: Socket })._socket?.resume();
  }, 4_000);
  cleanups.push(() => clearInterval(poll));
  await gone;
  expect(performance.now() - started).toBeLessThan(12_000);
});

/** Dials with a class of the caller's, and gives the ending. */
const endingWith = (url: string, Constructor: SocketConstructor, handlers: Partial<SocketHandlers> = {}) =>
  new Promise<SocketEnding>((end) => {
    const nothing = () => undefined;
    openSocket(url, { open: nothing, text: nothing, binary: nothing, ...handlers, end }, Constructor);
  });

/** What a company's proxy needs: its own agent in each handshake. */
class ProxiedSocket extends WebSocket {
  constructor(url: string, protocols?: string | string[]) {
    super(url, protocols, { headers: { 'x-agent': 'company' } });
  }
}

test.each([200, 302, 401, 402, 426, 429, 503])(
  'a subclass of ws shows a handshake refused with %i like ws itself',
  async (status) => {
    const server = createServer().on('upgrade', (request, socket) => {
      const agent = String(request.headers['x-agent']);
      socket.end(`HTTP/1.1 ${status} Refused\r\nretry-after: 7\r\ncontent-length: ${agent.length}\r\n\r\n${agent}`);
    });
    const { refusal } = await endingWith(await listen(server), ProxiedSocket);
    expect(refusal).toMatchObject({ status, body: 'company', headers: { 'retry-after': '7' } });
  },
);

test('what send throws inside a listener is the end of the connection, told at once', async () => {
  const server = createServer();
  const closed = new Promise((resolve) => {
    new WebSocketServer({ server }).on('connection', (socket) => socket.on('close', resolve));
  });
  class Unmasked extends WebSocket {
    override send(): void {
      throw new TypeError('mask is not a function');
    }
  }
  const url = await listen(server);
  const startedMs = performance.now();
  const ending = await new Promise<SocketEnding>((end) => {
    const nothing = () => undefined;
    const socket = openSocket(url, { open: () => socket.send('x'.repeat(100)), text: nothing, binary: nothing, end }, Unmasked);
  });
  expect(ending).toMatchObject({ opened: true, thrown: expect.objectContaining({ message: 'mask is not a function' }) });
  expect(performance.now() - startedMs).toBeLessThan(1_000);
  await closed;
});

test.each(['open', 'text', 'binary'] as const)('what the %s handler throws ends the connection and no process', async (name) => {
  const server = createServer();
  new WebSocketServer({ server }).on('connection', (socket) => {
    socket.send('hello');
    socket.send(new Uint8Array(3));
  });
  const fails = () => {
    throw new RangeError('of the handler');
  };
  expect((await endingWith(await listen(server), WebSocket, { [name]: fails })).thrown).toBeInstanceOf(RangeError);
});

test('a class whose close throws is left alone', async () => {
  class Stubborn extends WebSocket {
    override close(): void {
      throw new Error('not now');
    }
  }
  const server = createServer();
  new WebSocketServer({ server });
  const url = await listen(server);
  const thrown = await new Promise<unknown>((resolve) => {
    const nothing = () => undefined;
    const handlers = {
      open() {
        try {
          resolve(socket.close());
        } catch (error) {
          resolve(error);
        }
      },
      text: nothing,
      binary: nothing,
      end: nothing,
    };
    const socket = openSocket(url, handlers, Stubborn);
  });
  expect(thrown).toBeUndefined();
});

test('a runtime that tells of failure by error alone does not leave the caller waiting', async () => {
  class ErrorOnly {
    binaryType = 'blob';
    send(): void {}
    close(): void {}
    addEventListener(type: string, listener: (event: SocketEvent) => void): void {
      if (type === 'error') setTimeout(() => listener({ type: 'error' }), 1);
    }
  }
  const ending = await new Promise<SocketEnding>((end) => {
    openSocket('ws://example.invalid', { open: () => undefined, text: () => undefined, binary: () => undefined, end }, ErrorOnly);
  });
  expect(ending).toEqual({ opened: false, code: 1006, reason: '', wasClean: false });
});
