import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { onTestFinished } from 'vitest';

/** The true time. Tests replace `Date`. */
export const trueNowMs = (): number => performance.timeOrigin + performance.now();

/** A time as the vendor writes it: whole seconds, UTC. */
export const asWholeSeconds = (ms: number): string => new Date(Math.floor(ms / 1_000) * 1_000).toISOString().replace('.000', '');

/** A vendor on loopback that answers as a test says, with the true time in `Date`. */
export async function startJobVendor(answer: (request: IncomingMessage & { path: string }, query: URLSearchParams) => unknown) {
  const asked: string[] = [];
  const reply = (response: ServerResponse, body: unknown) => {
    if (body === undefined) return;
    const status = typeof body === 'number' ? body : 200;
    const text = typeof body === 'string' ? body : JSON.stringify(typeof body === 'number' ? {} : body);
    response.writeHead(status, { date: new Date(trueNowMs()).toUTCString(), 'content-type': 'application/json' }).end(text);
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://vendor.test');
    asked.push(`${request.method} ${pathname}`);
    request.resume().on('end', () => reply(response, answer(Object.assign(request, { path: pathname }), searchParams)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}
