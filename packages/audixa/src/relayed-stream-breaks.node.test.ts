import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { afterEach, expect, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';

import { createAudixa } from './index.ts';

const cleanups: (() => unknown)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

const token = '{"token":"t","session":"s","expires_in":60,"session_expires_in":600}';

/** A relay written by hand from docs/relay-protocol.md: `talk` gets the request, `answer` every HTTP request but the token's. */
async function relayed(
  talk: (socket: WebSocket, link: Socket, dial: number) => void,
  answer: (request: IncomingMessage, response: ServerResponse) => unknown = (_request, response) =>
    response.writeHead(404).end('{}'),
  more: object = {},
) {
  let dials = 0;
  const server = createServer((request, response) => {
    request.resume();
    if (request.url === '/speech/token') response.end(token);
    else answer(request, response);
  });
  new WebSocketServer({ server, handleProtocols: () => 'tts.v1' }).on('connection', (socket, { socket: link }) => {
    dials += 1;
    socket.once('message', () => talk(socket, link, dials));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => (server.closeAllConnections(), server.close()));
  const relay = `http://127.0.0.1:${(server.address() as AddressInfo).port}/speech`;
  const audixa = createAudixa({ relay, retry: { baseDelayMs: 5, maxDelayMs: 20 }, ...more });
  const speak = () => audixa.stream({ text: 'Habari.', voiceId: 'am_ethan' });
  return { speak, dials: () => dials };
}

test.each<[string, (socket: WebSocket, link: Socket) => void]>([
  ['a FIN', (_socket, link) => link.end()],
  ['a reset', (_socket, link) => link.resetAndDestroy()],
  ['a close with 1000', (socket) => socket.close(1000)],
  ['a close without a code', (socket) => socket.close()],
  ['a close with 1001, as of a proxy', (socket) => socket.close(1001)],
  ['a close with 1008, as of a proxy', (socket) => socket.close(1008)],
  ['a close with 1011, as of a proxy', (socket) => socket.close(1011)],
  ['a close with 1013, as of a proxy', (socket) => socket.close(1013)],
  ['a close with 3000, which no relay sends', (socket) => socket.close(3000)],
  ['a close with 4000, which no relay sends', (socket) => socket.close(4000)],
])('%s after the request left and before `ready` proves nothing, and is not dialled again', async (_title, end) => {
  const { speak, dials } = await relayed(end);
  const { verdict, billed, error } = await speak().outcome;
  expect({ verdict, billed, errorBilled: error?.billed }).toEqual({
    verdict: 'failed',
    billed: 'unknown',
    errorBilled: 'unknown',
  });
  expect(dials()).toBe(1);
});

test('silence between the request and `ready` is in doubt too, when our limit passes and when the caller cancels', async () => {
  const silent = await relayed(() => undefined, undefined, { timeouts: { connectMs: 300 } });
  expect(await silent.speak().outcome).toMatchObject({ billed: 'unknown', error: { kind: 'timeout', limit: 'connect' } });
  const speech = (await relayed(() => speech.cancel())).speak();
  expect(await speech.outcome).toMatchObject({ verdict: 'cancelled', billed: 'unknown' });
});

test.each([
  [4400, 'bad_request: speed'],
  [4402, ''],
  [4409, 'another reason'],
  [4413, 'too_large: 64 KiB'],
  [4500, 'fault of the relay'],
  [4502, 'vendor_answer_refused'],
  [4504, 'vendor_silent'],
])('a close with %i %s before `ready` proves that nothing was handed over', async (code, reason) => {
  const { speak } = await relayed((socket) => socket.close(code, reason), undefined, { retry: { tries: 1 } });
  expect(await speak().outcome).toMatchObject({ verdict: 'failed', billed: 'no', error: { billed: 'no' } });
});

/** Four samples as a 16-bit WAV file of 24,000 Hz. */
const samples = [0.25, -0.25, 0.5, -0.5];
function wav(): Buffer {
  const data = Buffer.alloc(44 + samples.length * 2);
  data.write('RIFF\0\0\0\0WAVEfmt ', 'latin1');
  data.writeUInt32LE(data.length - 8, 4);
  data.writeUInt32LE(16, 16);
  data.writeUInt32LE(0x1_0001, 20);
  data.writeUInt32LE(24_000, 24);
  data.writeUInt32LE(48_000, 28);
  data.writeUInt32LE(0x10_0002, 32);
  data.write('data', 36);
  data.writeUInt32LE(samples.length * 2, 40);
  samples.forEach((sample, i) => data.writeInt16LE(sample * 2 ** 15, 44 + i * 2));
  return data;
}

const speakHalf = (socket: WebSocket): void => {
  socket.send('{"type":"ready"}');
  socket.send('{"type":"started","generation_id":"g1"}');
  socket.send(new Uint8Array(Float32Array.from(samples.slice(0, 2)).buffer));
};

const finished = (request: IncomingMessage, response: ServerResponse): unknown =>
  request.url?.includes('generation_id')
    ? response.end('{"generation_id":"g1","status":"COMPLETED","audio_url":"files/sealed"}')
    : response.end(wav());

test.each([1000, 1001, 1005, 1006, 1011, 1012, 1013, 1014, 4408, 4429, 4500, 4502, 4503, 4504])(
  'a stream that the relay closes with %i in mid-stream is completed from the finished file',
  async (code) => {
    const { speak, dials } = await relayed((socket, link) => {
      speakHalf(socket);
      if (code === 1006) socket.send('{}', () => link.resetAndDestroy());
      else if (code === 1005) socket.close();
      else socket.close(code, code === 4503 ? 'draining' : '');
    }, finished);
    const speech = speak();
    const heard: number[] = [];
    for await (const chunk of speech) heard.push(...chunk);
    expect(heard).toEqual(samples);
    expect(await speech.outcome).toMatchObject({ verdict: 'completed', recovered: 'exact', billed: 'yes', generationId: 'g1' });
    expect(dials()).toBe(1);
  },
);

test('a stream whose token the relay revokes in mid-stream is not completed behind its back', async () => {
  const { speak } = await relayed((socket) => {
    speakHalf(socket);
    socket.close(4401, 'token_revoked');
  }, finished);
  expect(await speak().outcome).toMatchObject({ verdict: 'truncated', error: { kind: 'unauthorized' } });
});

test('a broken stream whose job is COMPLETED without an address ends after three polls, and tells the break', async () => {
  let polls = 0;
  const { speak } = await relayed(
    (socket) => {
      speakHalf(socket);
      socket.close(1012);
    },
    (_request, response) => {
      polls += 1;
      response.end('{"generation_id":"g1","status":"COMPLETED"}');
    },
  );
  expect(await speak().outcome).toMatchObject({
    verdict: 'truncated',
    samples: 2,
    billed: 'unknown',
    generationId: 'g1',
    error: { kind: 'connection-lost', close: { code: 1012 } },
  });
  expect(polls).toBe(3);
}, 15_000);

test.each<[string, () => Record<string, string>, object]>([
  ['holds a line break', () => ({ 'x-user': 'amina\nadmin' }), { kind: 'invalid-request', message: expect.stringContaining('header') }],
  ['throws', () => { throw new RangeError('no user yet'); }, { kind: 'unknown' }],
])('relayHeaders that %s is not told as a network that failed', async (_title, relayHeaders, expected) => {
  const { speak, dials } = await relayed(() => undefined, undefined, { relayHeaders });
  expect(await speak().outcome).toMatchObject({ verdict: 'failed', billed: 'no', error: expected });
  expect(dials()).toBe(0);
}); // prettier-ignore
