import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import { isRefusal, type Refusal, type RelayContext } from '../relay-context.ts';
import type { RelayEvent } from '../relay-options.ts';
import { PageSocket } from './page-socket-node.ts';
import { isStreamRoute, isTaken, readHeaders, tokenOf, webRequest } from './read-handshake-node.ts';
import { refuseUpgrade } from './refuse-upgrade-node.ts';
import { RelayedStream, type Caller } from './relayed-stream-node.ts';
import type { CreateSocketServer } from './socket-server.ts';
import { WebSocketServer } from './ws-node.ts';

const subprotocol = 'tts.v1';
const maxRequestBytes = 64 * 1024;
/** Younger than the types of `ws`. A frame of 64 KiB is worth no more pieces; the streams cut pages themselves, sooner. */
const youngOptions = { maxFragments: 256, closeTimeout: 120_000 };
/** Sockets that are not streams yet, besides those that are. */
const mostWaiting = 500;
/** What is told to go gets this long to take its last bytes. */
const closeMs = 3_000;

const noSuchRoute: Refusal = { status: 404, code: 'no_such_route', detail: 'There is no such socket.' };
const wrongMethod: Refusal = { status: 405, code: 'wrong_method', detail: 'A socket is asked for by GET.' };
const full: Refusal = { status: 503, code: 'too_many_streams', detail: 'There are too many sockets.' };

/** What the app says, what the glue knows, or the other end of the connection. */
function addressOf({ options }: RelayContext, request: IncomingMessage, known: string | undefined): string {
  try {
    const asked = options.clientIp && webRequest(request);
    return (asked && options.clientIp?.(asked)) ?? known ?? request.socket.remoteAddress ?? 'unknown';
  } catch {
    // The app's own function: what it throws must not end the process.
    return 'unknown';
  }
}

const refusedEvent = ({ code, origin }: Refusal): RelayEvent => ({
  type: 'refused',
  vendor: 'audixa',
  code,
  ...(origin !== undefined && { origin }),
});

/** On `ws`. */
export const createSocketServer: CreateSocketServer = (context: RelayContext) => {
  const server = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: maxRequestBytes,
    ...youngOptions,
    WebSocket: PageSocket,
    handleProtocols: (offered) => (offered.has(subprotocol) ? subprotocol : false),
  });
  const streams = new Map<PageSocket, RelayedStream>();
  const waitingForNone: (() => void)[] = [];

  context.draining.addEventListener('abort', () => {
    for (const stream of streams.values()) stream.dispatch({ type: 'draining' });
  });

  /** Why there will be no socket, or the page's origin. */
  function judge(request: IncomingMessage): string | Refusal {
    const origin = context.access.checkOrigin(readHeaders(request), request.method ?? 'GET');
    if (isRefusal(origin)) return origin;
    if (request.method !== 'GET') return wrongMethod;
    return streams.size >= context.limits.streamsTotal + mostWaiting ? full : origin;
  }

  function accept(page: PageSocket, caller: Caller): void {
    const upstream = context.upstreams.audixa;
    if (!upstream) return page.terminate();
    page.on('close', () => {
      streams.delete(page);
      if (streams.size === 0) for (const resolve of waitingForNone.splice(0)) resolve();
    });
    streams.set(page, new RelayedStream(context, upstream, page, caller));
  }

  const idle = (): Promise<void> =>
    streams.size === 0 ? Promise.resolve() : new Promise((resolve) => waitingForNone.push(resolve));

  return {
    upgrade(request: IncomingMessage, socket: Duplex, head: Uint8Array, info) {
      // The path comes first: a foreign handshake is not judged by the relay's origins, and gets no listener.
      const isForeign = !context.upstreams.audixa || !isStreamRoute(request);
      if (isTaken(socket) || (isForeign && !info?.refuseForeign)) return false;
      // From the first moment on: a connection that is reset must not end the process.
      socket.on('error', () => socket.destroy());
      const origin = isForeign ? noSuchRoute : judge(request);
      if (isRefusal(origin)) {
        context.emit(refusedEvent(origin));
        refuseUpgrade(socket, origin);
        return true;
      }
      const caller = { token: tokenOf(request), origin, ip: addressOf(context, request, info?.ip) };
      server.handleUpgrade(request, socket, Buffer.from(head), (page) => accept(page, caller));
      return true;
    },
    idle,
    async close() {
      for (const stream of streams.values()) stream.dispatch({ type: 'stopped', why: 'draining' });
      const timer = setTimeout(() => {
        for (const page of streams.keys()) page.terminate();
      }, closeMs);
      await idle();
      clearTimeout(timer);
    },
  };
};
