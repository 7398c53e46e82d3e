import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { onTestFinished } from 'vitest';

import { answerHttp } from '../src/http/answer-http.ts';
import type { RelayOptions, RelayVendor } from '../src/relay-options.ts';
import { bearer, fakeContext, pageOrigin, type FakeContext } from './fake-parts.ts';

export const apiKey = 'sk-very/secret key"1';

export interface Vendor {
  readonly url: string;
  readonly asked: {
    readonly url: string;
    readonly method: string;
    readonly headers: IncomingMessage['headers'];
    readonly body: string;
  }[];
}

/** A vendor that answers as it likes, once the request has come whole. */
export async function startVendor(
  answer: (request: IncomingMessage, response: ServerResponse, count: number) => void,
): Promise<Vendor> {
  const asked: Vendor['asked'] = [];
  const sockets = new Set<Socket>();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const piece of request) body += String(piece);
    asked.push({ url: request.url!, method: request.method!, headers: request.headers, body });
    answer(request, response, asked.length);
  });
  server.on('connection', (socket) => sockets.add(socket.on('error', () => {})));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

export function relayTo(baseUrl: string, more: Partial<RelayOptions> = {}): FakeContext {
  const account = { apiKey, baseUrl };
  return fakeContext({ vendors: { audixa: { ...account, slugs: ['mine'] }, sauti: account, moknah: account }, ...more });
}

export interface Ask extends Omit<RequestInit, 'headers'> {
  readonly headers?: Record<string, string>;
}

export const ask = (context: FakeContext, path: string, { headers, ...init }: Ask = {}): Promise<Response> =>
  answerHttp(
    new Request(`https://relay.example/speech/${path}`, {
      ...init,
      headers: { origin: pageOrigin, authorization: bearer(), ...headers },
    }),
    context,
    '192.0.2.1',
  );

let keys = 0;
export const freshKey = () => `key-of-a-test-${(keys += 1).toString().padStart(6, '0')}`;
export const pay = (context: FakeContext, path: string, body: unknown, more: Ask = {}): Promise<Response> =>
  ask(context, path, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...more,
    headers: { 'content-type': 'application/json', 'idempotency-key': freshKey(), ...more.headers },
  });

export const speech: Readonly<Record<RelayVendor, readonly [path: string, body: object]>> = {
  audixa: ['audixa/v3/tts', { text: 'Hello', voice_id: 'am_ethan' }],
  sauti: ['sauti/v1/text-to-speech/sw', { text: 'Habari' }],
  moknah: ['moknah/api/v1/tts/generate/', { text: 'مرحبا', voice_id: 7 }],
};

export const codeOf = async (response: Response): Promise<string> =>
  ((await response.json()) as { type: string }).type.replace('urn:saystream:relay:', '');

/** An address where nobody listens. */
export async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
