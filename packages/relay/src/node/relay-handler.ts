import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { setTimeout as sleep } from 'node:timers/promises';

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

/** How long the bytes before a break may take to leave. */
const lastBytesMs = 5_000;
/** A reset that overtakes unread bytes discards them, and Node's own sockets then report it as a FIN. */
const readTimeMs = 250;

/** Ends a connection by an RST alone. */
function reset(socket: Socket): void {
  // Node's `resetAndDestroy` ends the socket by `destroySoon`, whose FIN goes out before the RST.
  socket.destroySoon = () => void socket.destroy();
  // Bun's and Deno's sockets may have no such method.
  if (typeof socket.resetAndDestroy === 'function') socket.resetAndDestroy();
  else socket.destroy();
}

/**
 * Cuts an answer that breaks off, after the bytes before the break have left. Where the end of the connection is the end of the body
 * (`isCloseDelimited`), it is reset: a FIN would make half an answer look whole.
 */
async function breakOff(outgoing: ServerResponse, isCloseDelimited: boolean): Promise<void> {
  const { socket } = outgoing;
  if (!socket || socket.destroyed) return void outgoing.destroy();
  const isEmpty = (): boolean => !(outgoing.writableLength > 0);
  for (let leftMs = lastBytesMs; !isEmpty() && !socket.destroyed && leftMs > 0; leftMs -= 10) await sleep(10);
  if (!isCloseDelimited) return void outgoing.destroy();
  await sleep(readTimeMs);
  if (!socket.destroyed) reset(socket);
}

/** Passes a body with backpressure. */
async function passBody(
  body: ReadableStream<Uint8Array>,
  outgoing: ServerResponse,
  { leaving, isCloseDelimited }: { readonly leaving: AbortSignal; readonly isCloseDelimited: boolean },
): Promise<void> {
  const reader = body.getReader();
  const broken = new AbortController();
  const breaks = (): void => broken.abort();
  // While a page takes nothing, only this tells that the body has failed: nothing is read from it then.
  reader.closed.catch(breaks);
  const leave = (): void => {
    breaks();
    reader.cancel().catch(() => undefined);
  };
  leaving.addEventListener('abort', leave);
  if (leaving.aborted) leave();
  try {
    // Not `pipeline`: when the body fails it drops the bytes that wait, and ends the connection with a FIN.
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return void outgoing.end();
      if (!outgoing.write(value)) await once(outgoing, 'drain', { signal: broken.signal });
    }
  } catch {
    await breakOff(outgoing, isCloseDelimited);
  }
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
  const body = response.body as ReadableStream<Uint8Array>;
  // HTTP/1.0 has no chunks: without a length, the end of the connection is the end of the body.
  const isCloseDelimited =
    incoming.httpVersionMajor === 1 && incoming.httpVersionMinor === 0 && !response.headers.has('content-length');
  await passBody(body, outgoing, { leaving: leaving.signal, isCloseDelimited });
}
