import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';

import type { Relay } from '../create-relay.ts';

/** Makes a `(req, res)` handler of a relay, for `node:http` and all that stand on it. */
export function relayHandler(relay: Relay): (request: IncomingMessage, response: ServerResponse) => void {
  return (incoming, outgoing) => {
    void answer(relay, incoming, outgoing).catch(() => outgoing.destroy());
  };
}

async function answer(relay: Relay, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const leaving = new AbortController();
  outgoing.once('close', () => leaving.abort());
  const { method = 'GET', url = '/', headers, socket } = incoming;
  const request = new Request(new URL(url, `http://${headers.host ?? 'localhost'}`), {
    method,
    headers: Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || name.startsWith(':') ? [] : [[name, String(value)] as [string, string]],
    ),
    signal: leaving.signal,
    ...(method !== 'GET' && method !== 'HEAD' && { body: Readable.toWeb(incoming) as never, duplex: 'half' }),
  } as RequestInit);
  const response = await relay.fetch(request, { ip: socket.remoteAddress });
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (!response.body) return void outgoing.end();
  await pipeline(Readable.fromWeb(response.body as ReadableStream), outgoing);
}
