import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { createKeyRedactor } from '@saystream/errors';
import { WebSocket } from 'ws';

import type { RelayContext } from '../src/relay-context.ts';
import { defaultLimits, type RelayEvent, type RelayLimits, type RelayOptions } from '../src/relay-options.ts';
import type { RelayStore } from '../src/store/relay-store.ts';
import { createSocketServer } from '../src/socket/socket-server-node.ts';
import { fakeAccess, fakeMeter, pageOrigin } from './fake-seams.ts';

/** How a page's socket ended. */
interface PageEnd {
  readonly code: number;
  readonly reason: string;
  readonly afterMs: number;
}

/** A page on the relay's socket. */
export interface Page {
  readonly socket: WebSocket;
  readonly frames: (string | Buffer)[];
  readonly ended: Promise<PageEnd>;
}

/** The request of a page. */
export const request = (text = 'Hello there.') => JSON.stringify({ text, voice_id: 'am_ethan' });

/** Starts the socket half of a relay on real sockets, with a gate and a meter of the test's own. */
export async function startSocketRelay(
  vendor: { readonly baseUrl: string; readonly apiKey?: string },
  {
    access = fakeAccess(),
    meter = fakeMeter(),
    limits = {},
    options = { audioUrls: 'pass' },
  }: {
    access?: ReturnType<typeof fakeAccess>;
    meter?: ReturnType<typeof fakeMeter>;
    limits?: Partial<RelayLimits>;
    options?: Partial<RelayOptions>;
  } = {},
) {
  const draining = new AbortController();
  const events: RelayEvent[] = [];
  const kept: string[] = [];
  const apiKey = vendor.apiKey ?? 'emulated';
  const http = vendor.baseUrl;
  const context: RelayContext = {
    options: options as RelayOptions,
    upstreams: {
      audixa: {
        vendor: 'audixa',
        http,
        socket: http.replace('http', 'ws'),
        apiKey,
        redact: createKeyRedactor(apiKey),
        headers: {},
        slugs: [],
      },
    },
    limits: { ...defaultLimits, ...limits },
    store: { put: (key: string) => Promise.resolve(void kept.push(key)) } as unknown as RelayStore,
    access,
    meter,
    emit: (event) => void events.push(event),
    draining: draining.signal,
    track: (work) => work,
  };
  const sockets = createSocketServer(context);
  const server = createServer();
  const connections = new Set<Socket>();
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.on('close', () => connections.delete(socket));
  });
  server.on('upgrade', (handshake, socket, head) => sockets.upgrade(handshake, socket, head, { refuseForeign: true }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `ws://127.0.0.1:${port}/speech/audixa/v3/tts/stream`;
  return {
    port,
    url,
    access,
    meter,
    events,
    kept,
    connections,
    onConnection: (listener: (socket: Socket) => void) => void server.on('connection', listener),
    sockets,
    drain: () => draining.abort(),
    page: (say?: string | Uint8Array, token = 'good') => openPage(url, say, token),
    async close() {
      await sockets.close();
      for (const socket of connections) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Opens a socket as a page does, and says something as soon as it can. */
export function openPage(url: string, say?: string | Uint8Array, token?: string): Page {
  const startMs = performance.now();
  const protocols = token === undefined ? ['tts.v1'] : ['tts.v1', `tok.${token}`];
  const socket = new WebSocket(url, protocols, { origin: pageOrigin, perMessageDeflate: false });
  const frames: (string | Buffer)[] = [];
  socket.on('open', () => say !== undefined && socket.send(say));
  socket.on('message', (data: Buffer, isBinary) => frames.push(isBinary ? data : data.toString()));
  socket.on('error', () => undefined);
  const ended = new Promise<PageEnd>((resolve) => {
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString(), afterMs: performance.now() - startMs }));
  });
  return { socket, frames, ended };
}
