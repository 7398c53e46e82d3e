import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { WebSocketServer, type WebSocket } from 'ws';

/** How a vendor writes a key. */
export const shapes: Readonly<Record<string, (key: string) => string>> = {
  plain: (key) => key,
  'in capitals': (key) => key.toUpperCase(),
  'within words': (key) => `The key${key}is wrong`,
  'URL-encoded': (key) => encodeURIComponent(key),
  'URL-encoded, hex in small letters': (key) => encodeURIComponent(key).replace(/%../g, (hex) => hex.toLowerCase()),
  'each letter URL-encoded': (key) => Array.from(key, (letter) => `%${letter.charCodeAt(0).toString(16)}`).join(''),
  'URL-encoded twice': (key) => encodeURIComponent(encodeURIComponent(key)),
  'escaped as JSON': (key) => JSON.stringify(key),
  'escaped as JSON twice': (key) => JSON.stringify(JSON.stringify(key)),
  'each letter escaped': (key) => Array.from(key, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`).join(''),
  'base64, first alignment': (key) => btoa(key),
  'base64, second alignment': (key) => btoa(`a${key}z`),
  'base64, third alignment': (key) => btoa(`ab${key}yz`),
  'base64url, first alignment': (key) => Buffer.from(key).toString('base64url'),
  'base64url, second alignment': (key) => Buffer.from(`a${key}z`).toString('base64url'),
  'base64url, third alignment': (key) => Buffer.from(`ab${key}yz`).toString('base64url'),
  'base64 in an address': (key) => encodeURIComponent(btoa(key)),
  'basic credentials': (key) => `Basic ${btoa(`user:${key}`)}`,
  'with blanks': (key) => key.replace(/(.{4})/g, '$1 '),
  'with line breaks': (key) => key.replace(/(.{5})/g, '$1\r\n  '),
  'base64 with line breaks': (key) => btoa(`header.${key}`).replace(/(.{8})/g, '$1\n'),
};

/** The answer to an HTTP call. */
interface EchoAnswer {
  readonly status: number;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The next action of the vendor. */
export interface Echo {
  readonly http?: (method: string, path: string) => EchoAnswer;
  readonly socket?: (socket: WebSocket) => void;
  readonly handshake?: EchoAnswer;
}

/** A vendor that echoes what it is told to. */
export async function startEchoingVendor() {
  let echo: Echo = {};
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    request.resume();
    request.on('end', () => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const { status, body, headers = {} } = echo.http?.(request.method ?? '', pathname) ?? { status: 404, body: '{}' };
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
    });
  });
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  server.on('upgrade', (request, raw, head) => {
    raw.on('error', () => undefined);
    const refusal = echo.handshake;
    if (refusal) {
      const headers = Object.entries(refusal.headers ?? {}).map(([name, value]) => `${name}: ${value}\r\n`);
      const length = Buffer.byteLength(refusal.body);
      raw.end(
        `HTTP/1.1 ${refusal.status} No\r\n${headers.join('')}connection: close\r\ncontent-length: ${length}\r\n\r\n${refusal.body}`,
      );
      return;
    }
    sockets.handleUpgrade(request, raw, head, (socket) => {
      socket.on('error', () => undefined);
      socket.once('message', () => echo.socket?.(socket));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    does: (next: Echo) => void (echo = next),
    close() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      server.close();
    },
  };
}

function unescaped(text: string): string {
  const hex = (_: string, digits: string) => String.fromCharCode(Number.parseInt(digits, 16));
  return text
    .replace(/\\+u([\da-f]{4})/gi, hex)
    .replace(/%([\da-f]{2})/gi, hex)
    .replace(/\\+([rnt])(?=[^a-z]|$)/g, ' ');
}

/** All that a text says to who decodes it as often as it takes. Written apart from the redactor, to judge it. */
function readings(text: string): string[] {
  const plain: string[] = [text];
  for (let round = 0; round < 4; round += 1) plain.push(unescaped(plain.at(-1)!));
  const compact = plain
    .flatMap((each) => [each, each.replaceAll('\\', ''), each.replace(/\\[rn]/g, '')])
    .map((each) => each.replace(/\s/g, ''));
  const runs = compact.flatMap((each) => each.match(/[\w+/-]{8,}/g) ?? []);
  const decoded = runs.flatMap((run) => [0, 1, 2, 3].map((skip) => Buffer.from(run.slice(skip), 'base64').toString('latin1')));
  return [...compact, ...decoded];
}

/** Whether a key, or all of it but its first and last characters, can be read out of a text. */
export function leaks(text: string, key: string): boolean {
  const core = key.replaceAll('\\', '').slice(1, -1).toLowerCase();
  return readings(text).some((reading) => reading.replaceAll('\\', '').toLowerCase().includes(core));
}
