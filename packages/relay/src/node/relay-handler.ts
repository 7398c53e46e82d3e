import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';

import type { Relay } from '../create-relay.ts';
import { problem } from '../http/problem.ts';
import { isOnlyListener } from '../socket/only-listener.ts';
import { checkHops, clientAddress, type ProxyTrust } from './client-address.ts';
import { webRequest } from './web-request.ts';

const badRequest = { status: 400, code: 'bad_request', detail: 'The request line or the Host header is none.' };

/**
 * Makes a `(req, res)` handler of a relay, for `node:http` and all that stand on it. A page that leaves aborts the request,
 * bodies stream with backpressure both ways.
 *
 * @throws TypeError when `trustProxy` is no number of proxies
 */
export function relayHandler(
  relay: Pick<Relay, 'fetch'>,
  { trustProxy }: ProxyTrust = {},
): (request: IncomingMessage, response: ServerResponse) => void {
  const hops = checkHops(trustProxy);
  return (incoming, outgoing) => {
    void answer(relay, incoming, outgoing, clientAddress(incoming, hops)).catch(() => outgoing.destroy());
  };
}

/**
 * Makes a listener for the `upgrade` event of a relay, for servers behind proxies. Without any, `relay.upgrade` is one. It returns, and
 * does with foreign paths, what `relay.upgrade` does.
 *
 * @throws TypeError when `trustProxy` is not a number of proxies
 */
export function relayUpgrade(
  relay: Pick<Relay, 'upgrade'>,
  { trustProxy }: ProxyTrust = {},
): (request: IncomingMessage, socket: Duplex, head: Uint8Array) => boolean {
  const hops = checkHops(trustProxy);
  return function listener(this: unknown, request, socket, head) {
    const refuseForeign = isOnlyListener(this, listener);
    return relay.upgrade(request, socket, head, { ip: clientAddress(request, hops), refuseForeign });
  };
}

async function answer(
  relay: Pick<Relay, 'fetch'>,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  ip: string | undefined,
): Promise<void> {
  const leaving = new AbortController();
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) leaving.abort();
  });
  const request = webRequest(incoming, leaving.signal);
  const response = request ? await relay.fetch(request, { ip }) : problem(badRequest);
  // Of a body that nobody wanted the rest is drained here: Deno's server would cut the connection for it.
  if (!incoming.complete) incoming.resume();
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (!response.body) return void outgoing.end();
  // A body that stalls at its first byte is no silence before the headers.
  outgoing.flushHeaders();
  await pipeline(Readable.fromWeb(response.body as ReadableStream), outgoing);
}
