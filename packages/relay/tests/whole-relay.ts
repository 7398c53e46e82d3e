import { createServer, request as ask } from 'node:http';
import { connect, type AddressInfo } from 'node:net';

import { onTestFinished } from 'vitest';

import { createRelay } from '../src/create-relay.ts';
import { relayHandler } from '../src/node/relay-handler.ts';
import type { RelayEvent, RelayOptions } from '../src/relay-options.ts';

export const pageOrigin = 'https://app.example';

/** Tokens as a page gets them. */
export interface Minted {
  readonly token: string;
  readonly session: string;
}

/** A whole relay on a port, with nothing of it replaced. */
export async function startWholeRelay(options: Partial<RelayOptions> = {}) {
  const events: RelayEvent[] = [];
  const relay = createRelay({
    vendors: { audixa: { apiKey: 'the-vendor-key', baseUrl: 'http://127.0.0.1:9' } },
    origins: [pageOrigin],
    authorize: () => ({ user: 'user-1' }),
    limits: { connectsPerIpPerMinute: 100_000, ...options.limits },
    onEvent: (event) => void events.push(event),
    ...options,
  });
  const server = createServer(relayHandler(relay)).on('upgrade', relay.upgrade);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  onTestFinished(async () => {
    await relay.close(0);
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${port}/speech`;
  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${url}/${path}`, {
      method: 'POST',
      body,
      headers: { origin: pageOrigin, 'content-type': 'application/json', ...headers },
    });
  return {
    relay,
    events,
    port,
    url,
    socketUrl: `${url.replace('http', 'ws')}/audixa/v3/tts/stream`,
    post,
    get: (path: string, bearer: string, headers: Record<string, string> = {}) =>
      fetch(`${url}/${path}`, { headers: { origin: pageOrigin, authorization: `Bearer ${bearer}`, ...headers } }),
    async mint(wishes: object = {}): Promise<Minted> {
      return (await (await post('token', JSON.stringify({ vendor: 'audixa', ...wishes }))).json()) as Minted;
    },
  };
}

/** The first line of the answer to a handshake with these headers, written by hand: clients would not send them all. */
export function shakeHands(port: number, headers: readonly (readonly [string, string])[], path = '/speech/audixa/v3/tts/stream') {
  return new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const lines = [
      `GET ${path} HTTP/1.1`,
      'Host: relay.example',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
      ...headers.map(([name, value]) => `${name}: ${value}`),
    ];
    let heard = '';
    socket.on('data', (piece) => {
      heard += piece.toString('latin1');
      if (!heard.includes('\r\n')) return;
      resolve(heard.slice(0, heard.indexOf('\r\n')));
      socket.destroy();
    });
    socket.on('error', reject).on('close', () => resolve(heard));
    socket.write(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
  });
}

/** Sends a body that never ends, and says what was answered and how much was taken. */
export function sendWithoutEnd(url: string, headers: Record<string, string>) {
  return new Promise<{ readonly status: number; readonly text: string; readonly sentBytes: number }>((resolve, reject) => {
    const piece = Buffer.alloc(1_024, ' ');
    let sentBytes = 0;
    const asking = ask(url, { method: 'POST', headers }, (response) => {
      let text = '';
      response.on('data', (part) => (text += String(part)));
      response.on('end', () => {
        clearInterval(timer);
        asking.destroy();
        resolve({ status: response.statusCode ?? 0, text, sentBytes });
      });
    });
    const timer = setInterval(() => {
      sentBytes += piece.length;
      asking.write(piece);
    }, 2);
    asking.on('error', (error) => {
      clearInterval(timer);
      reject(error);
    });
  });
}
