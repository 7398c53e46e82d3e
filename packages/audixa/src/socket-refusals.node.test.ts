import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { createAudixa } from './index.ts';

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

/** A server that answers each handshake with this. */
async function answering(answer: string): Promise<{ url: string; dials: () => number }> {
  let dials = 0;
  const server = createServer().on('upgrade', (_request, socket: Socket) => {
    dials += 1;
    socket.end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => (server.closeAllConnections(), server.close()));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, dials: () => dials };
}

/** As a corporate network needs it: the class of `ws`, with an agent of its own. */
class ThroughProxy extends WebSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols, { headers: { 'x-agent': 'corporate' } });
  }
}

const page = '<!doctype html><title>Sign in to the network</title>';
const html = (status: string, more = ''): string =>
  `HTTP/1.1 ${status}\r\ncontent-type: text/html\r\n${more}content-length: ${page.length}\r\n\r\n${page}`;
const json = (status: number): string => `HTTP/1.1 ${status} No\r\ncontent-length: 16\r\n\r\n{"detail":"why"}`;

const refusals: [string, string, object, number][] = [
  ['200 with a page', html('200 OK'), { kind: 'bad-response', status: 200 }, 1],
  ['204', 'HTTP/1.1 204 No Content\r\n\r\n', { kind: 'bad-response', status: 204 }, 1],
  ['302 to a page', html('302 Found', 'location: /sign-in\r\n'), { kind: 'bad-response', status: 302 }, 1],
  ['401', json(401), { kind: 'unauthorized', status: 401 }, 1],
  ['402', json(402), { kind: 'insufficient-credits', status: 402 }, 1],
  ['403', json(403), { kind: 'forbidden', status: 403 }, 1],
  ['404', json(404), { kind: 'not-found', status: 404 }, 1],
  ['429', json(429), { kind: 'rate-limited', status: 429 }, 2],
  ['500', json(500), { kind: 'vendor-fault', status: 500 }, 2],
  ['503', json(503), { kind: 'unavailable', status: 503 }, 2],
];

test.each(refusals.flatMap((row) => [[undefined, ...row] as const, [ThroughProxy, ...row] as const]))(
  'with the class %o a handshake answered %s is told by its kind',
  async (Constructor, _title, answer, expected, times) => {
    const { url, dials } = await answering(answer);
    const audixa = createAudixa({
      baseUrl: url,
      apiKey: 'k',
      retry: { tries: 2, baseDelayMs: 5 },
      ...(Constructor && { WebSocket: Constructor }),
    });
    const { error, verdict, billed } = await audixa.stream({ text: 'Hello.', voiceId: 'am_ethan' }).outcome;
    expect({ verdict, billed }).toEqual({ verdict: 'failed', billed: 'no' });
    expect(error).toMatchObject(expected);
    expect(dials()).toBe(times);
  },
);
