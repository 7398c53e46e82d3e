import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { createRelay, type Relay } from '../create-relay.ts';
import { defaultLimits, type RelayOptions } from '../relay-options.ts';
import { impatientStore } from '../store/impatient-store.ts';
import { memoryStore } from '../store/memory-store.ts';
import { createProbe } from '../store/probe-store.ts';
import type { ProxyTrust } from './client-address.ts';
import { relayHandler, relayUpgrade } from './relay-handler.ts';

/** Options of `serveRelay`: those of `createRelay`, and where to listen. */
export interface ServeRelayOptions extends RelayOptions, ProxyTrust {
  /** TCP port; 0 takes a free one. */
  readonly port: number;
  /** Address to listen at. Default `127.0.0.1`: only what runs on this machine, such as a proxy. `::` for all. */
  readonly host?: string;
}

/** A relay that listens. */
export interface RelayServer {
  /** Where, such as `http://127.0.0.1:8788`. */
  readonly url: string;
  /** The relay, for `revoke`. */
  readonly relay: Relay;
  /** Lets nothing new in, gives what runs until `graceMs` (default 10,000) to end, then ends it. */
  close(graceMs?: number): Promise<void>;
}

/** A client that sends its request byte by byte gets so long, and no longer. */
const serverLimits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  // How much later than that it is cut off at most.
  connectionsCheckingInterval: 500,
  /** Longer than nginx keeps its connections, so that it never uses one that is just being closed. */
  keepAliveTimeout: 65_000,
  maxHeaderSize: 16_384,
};
const sweepMs = 50;

/**
 * Serves a relay, and nothing else but `GET /healthz` (200, or 503 while it closes or an operation of its store fails), over HTTP and
 * sockets, under any path.
 *
 * @throws TypeError as `createRelay`; rejects when the port is taken
 */
export async function serveRelay(options: ServeRelayOptions): Promise<RelayServer> {
  const { port, host = '127.0.0.1', trustProxy, store = memoryStore(), ...relayOptions } = options;
  const relay = createRelay({ ...relayOptions, store });
  const probe = createProbe(impatientStore(store));
  const trust = trustProxy === undefined ? {} : { trustProxy };
  const toRelay = relayHandler(relay, trust);
  let closed: Promise<void> | undefined;

  const server = createServer(serverLimits, (request, response) => {
    if (closed) response.setHeader('connection', 'close');
    if (request.url === '/healthz') void sayHealth(request, response, closed ? 'draining' : probe);
    else toRelay(request, response);
  });
  // Nobody waits longer for an answer than for the longest stream; who takes nothing for so long is gone.
  server.setTimeout(options.limits?.lifeMs ?? defaultLimits.lifeMs);
  server.on('upgrade', relayUpgrade(relay, trust));
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.once('close', () => sockets.delete(socket))));
  server.listen(port, host);
  await once(server, 'listening');

  const { address, family, port: at } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${at}`,
    relay,
    close: (graceMs = 10_000) => (closed ??= closeServer(server, sockets, relay, graceMs)),
  };
}

async function closeServer(server: Server, sockets: ReadonlySet<Socket>, relay: Relay, graceMs: number): Promise<void> {
  const deadlineMs = performance.now() + graceMs;
  const stopped = once(server, 'close');
  server.close();
  // Connections that are kept alive end as soon as their last answer has gone out.
  const sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
  // It ends its streams, with a word to each, so only then may the rest be cut.
  await relay.close(graceMs);
  const end = setTimeout(
    () => {
      for (const socket of sockets) socket.destroy();
    },
    Math.max(0, deadlineMs - performance.now()),
  );
  await stopped;
  clearInterval(sweep);
  clearTimeout(end);
}

async function sayHealth(
  request: IncomingMessage,
  response: ServerResponse,
  asked: (() => Promise<void>) | 'draining',
): Promise<void> {
  const status =
    asked === 'draining'
      ? asked
      : await asked().then(
          () => 'ok',
          () => 'store_down',
        );
  response.writeHead(status === 'ok' ? 200 : 503, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(request.method === 'HEAD' ? undefined : JSON.stringify({ status }));
}
