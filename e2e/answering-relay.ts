import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** How the stand-in answers. */
export interface RelayAnswer {
  readonly status: number;
  readonly problem?: { readonly title: string; readonly detail?: string };
  /** The origin that may read the answer; none by default. */
  readonly origin?: string;
  /** Whether sockets are accepted. */
  readonly accepts?: boolean;
}

/** Stands where a relay would be, on another origin than the page, and answers `…/diagnose` and `…/token` as it is told. */
export async function answeringRelay(answer: RelayAnswer): Promise<{ url: string; close(): Promise<void> }> {
  const { status, problem, origin, accepts = true } = answer;
  const server = createServer((request, response) => {
    if (origin) {
      response.setHeader('access-control-allow-origin', origin);
      response.setHeader('access-control-allow-credentials', 'true');
      response.setHeader('access-control-allow-headers', 'content-type, authorization');
    }
    if (request.method === 'OPTIONS') return void response.writeHead(origin ? 204 : 403).end();
    if (!/^\/speech\/(diagnose|token)$/.test(request.url ?? '')) return void response.writeHead(404).end();
    if (problem) response.setHeader('content-type', 'application/problem+json');
    response.writeHead(status).end(problem && JSON.stringify(problem));
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    if (!accepts) return void socket.end('HTTP/1.1 426 Upgrade Required\r\nContent-Length: 0\r\n\r\n');
    const accept = createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    const headers = [
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Accept: ${accept}`,
      'Sec-WebSocket-Protocol: tts.v1',
    ];
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${headers.join('\r\n')}\r\n\r\n`);
    socket.on('data', () => socket.end());
    socket.on('error', () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/speech`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
