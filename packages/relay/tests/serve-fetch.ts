import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

/** Serves a `fetch` handler on a free port, as thinly as can be. */
export async function serveFetch(
  answer: (request: Request) => Promise<Response>,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer((message, response) => {
    const leaving = new AbortController();
    response.once('close', () => leaving.abort());
    const body = message.method === 'GET' || message.method === 'HEAD' ? {} : { body: Readable.toWeb(message), duplex: 'half' };
    const request = new Request(`http://${message.headers.host}${message.url}`, {
      method: message.method!,
      headers: message.headers as Record<string, string>,
      signal: leaving.signal,
      ...body,
    } as RequestInit);
    answer(request)
      .then((answered) => {
        response.writeHead(answered.status, Object.fromEntries(answered.headers));
        if (!answered.body) return response.end();
        const readable = Readable.fromWeb(answered.body as Parameters<typeof Readable.fromWeb>[0]);
        readable.on('error', () => response.destroy());
        response.once('close', () => readable.destroy());
        readable.on('data', (piece) => void response.write(piece));
        return readable.on('end', () => response.end());
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
