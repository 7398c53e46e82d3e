import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

import { createRelay } from '@saystream/relay';
import { relayHandler } from '@saystream/relay/node';
import { createAudixa, createMoknah, createSauti, isSpeechError } from 'saystream';
import { afterEach, expect, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

interface HostileVendor {
  readonly http?: (request: IncomingMessage, response: ServerResponse) => void;
  readonly socket?: (socket: WebSocket, raw: Duplex) => void;
  readonly handshake?: (raw: Duplex) => void;
}

async function listen(server: ReturnType<typeof createServer>): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** What clients in front of a relay are given, whose vendor is not what it should be. */
async function clientsBefore(hostile: HostileVendor) {
  const http = hostile.http ?? ((_, response) => response.writeHead(404).end());
  const vendor = createServer((request, response) => {
    request.resume();
    request.on('end', () => http(request, response));
  });
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  cleanups.push(() => {
    for (const socket of sockets.clients) socket.terminate();
  });
  vendor.on('upgrade', (request, raw: Duplex, head) => {
    raw.on('error', () => undefined);
    if (hostile.handshake) return hostile.handshake(raw);
    sockets.handleUpgrade(request, raw, head, (socket) => {
      socket.on('error', () => undefined);
      socket.on('message', () => hostile.socket?.(socket, raw));
    });
  });
  const account = { apiKey: 'the-vendor-key', baseUrl: await listen(vendor) };
  const relay = createRelay({
    vendors: { audixa: account, sauti: account, moknah: account },
    origins: ['https://app.example'],
    allowNonBrowser: true,
    authorize: () => ({ user: 'amina' }),
    limits: { queueWaitMs: 1_000 },
  });
  const front = createServer(relayHandler(relay)).on('upgrade', relay.upgrade);
  const settings = { relay: `${await listen(front)}/speech`, retry: { tries: 1 }, timeouts: { totalMs: 20_000 } } as const;
  cleanups.push(() => relay.close(0));
  return { audixa: createAudixa(settings), sauti: createSauti(settings), moknah: createMoknah(settings) };
}

const text = 'One two three.';
type Clients = Awaited<ReturnType<typeof clientsBefore>>;
const stream = async ({ audixa }: Clients) => {
  const { verdict, error } = await audixa.stream({ text, voiceId: 'am_ethan' }).outcome;
  return [verdict, error?.kind];
};
const errorOf = async (call: Promise<unknown>) => {
  const error: unknown = await call.catch((thrown: unknown) => thrown);
  if (!isSpeechError(error)) throw new Error('This did not fail with a SpeechError.', { cause: error });
  return error;
};
const started = '{"type":"started","generation_id":"gen_1"}';
const frameHeader = (bytes: bigint): Buffer => {
  const header = Buffer.alloc(10, Buffer.from([0x82, 127]));
  header.writeBigUInt64BE(bytes, 2);
  return header;
};
const handshake = (head: string) => (raw: Duplex) => void raw.end(`HTTP/1.1 ${head}\r\n\r\n`);

test.each<[string, HostileVendor, unknown]>([
  [
    'never ends its stream',
    {
      socket(socket) {
        socket.send(started);
        const send = (): void => socket.send(Buffer.alloc(96_000), (error) => void (error ?? setImmediate(send)));
        send();
      },
    },
    ['truncated', 'vendor-fault'],
  ],
  [
    'announces a frame of 100 MB',
    {
      socket(socket, raw) {
        socket.send(started);
        raw.write(frameHeader(100_000_000n));
      },
    },
    ['failed', 'vendor-fault'],
  ],
  ['sends a frame of 100 MB', { socket: (socket) => socket.send(Buffer.alloc(100_000_000)) }, ['failed', 'vendor-fault']],
  [
    'answers its socket with a page',
    { handshake: handshake('200 OK\r\ncontent-type: text/html\r\n\r\n<h1>Hi</h1>') },
    ['failed', 'vendor-fault'],
  ],
  [
    'sends its socket to an internal address',
    { handshake: handshake('302 Found\r\nlocation: http://169.254.169.254/') },
    ['failed', 'vendor-fault'],
  ],
])('a vendor that %s is a typed error in the page', async (_, hostile, outcome) => {
  expect(await stream(await clientsBefore(hostile))).toEqual(outcome);
});

const answer =
  (status: number, headers: Record<string, string>, body: string) => (_: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(status, headers).end(body);

/** Sound, for ever. */
function endless(_: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'audio/mpeg' });
  const send = (): void => void (response.destroyed || response.write(Buffer.alloc(64_000, 0xff), () => setImmediate(send)));
  send();
}

test.each<[string, HostileVendor['http'], string]>([
  ['answers with a page', answer(200, { 'content-type': 'text/html' }, '<h1>Hi</h1>'), 'not-audio'],
  ['calls a page sound', answer(200, { 'content-type': 'audio/mpeg' }, '<h1>Hi</h1>'), 'not-audio'],
  ['redirects to an internal address', answer(307, { location: 'http://169.254.169.254/' }, ''), 'unavailable'],
  ['never ends its answer', endless, 'truncated'],
])('a vendor that %s over HTTP is a typed error in the page', async (_, http, kind) => {
  const clients = await clientsBefore({ ...(http && { http }) });
  expect((await errorOf(clients.sauti.generate({ text, voiceId: 'sauti-swahili-v1' }))).kind).toBe(kind);
  expect((await errorOf(clients.moknah.generate({ text, voiceId: 1 }))).kind).toBe(kind);
});

const refused = {
  kind: 'unavailable',
  message: expect.stringContaining('The address of the file is none that may be fetched.') as string,
};
/** Where no file lies. Loopback is missing: the vendor of these tests lives there. */
const inner = [
  'http://169.254.169.254/latest/meta-data',
  'https://169.254.169.254/latest/meta-data',
  'https://10.0.0.1/a.wav',
  'https://[fd00::1]/a.wav',
  'https://3232235521:8443/a.wav',
  'file:///etc/passwd',
];

test.each(inner)('a finished file at %s is a typed error in the page', async (address) => {
  const http = ({ method }: IncomingMessage, response: ServerResponse): void => {
    const job =
      method === 'POST' ? { generation_id: 'gen_1' } : { generation_id: 'gen_1', status: 'COMPLETED', audio_url: address };
    response.writeHead(method === 'POST' ? 201 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(job));
  };
  const { audixa } = await clientsBefore({ http });
  // What is no address of the web is not even named to the page; the others are refused, and asked from nobody.
  expect(await errorOf(audixa.generate({ text, voiceId: 'am_ethan' }))).toMatchObject(
    address.startsWith('http') ? refused : { kind: 'bad-response' },
  );
});

test.each(inner)('a finished file that redirects to %s is a typed error in the page', async (location) => {
  const http = ({ method, url, headers }: IncomingMessage, response: ServerResponse): void => {
    if (url === '/file') return void response.writeHead(302, { location }).end();
    const done = { generation_id: 'gen_1', status: 'COMPLETED', audio_url: `http://${headers.host}/file` };
    const job = method === 'POST' ? { generation_id: 'gen_1' } : done;
    response.writeHead(method === 'POST' ? 201 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(job));
  };
  const { audixa } = await clientsBefore({ http });
  expect(await errorOf(audixa.generate({ text, voiceId: 'am_ethan' }))).toMatchObject(refused);
});
