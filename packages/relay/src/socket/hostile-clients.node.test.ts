import { spawn } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';

import { startEmulator } from '@saystream/emulator';
import { afterEach, expect, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';

import { startAwakeClock } from '../../tests/awake-clock.ts';
import { pageOrigin } from '../../tests/fake-seams.ts';
import { startRelayProcess } from '../../tests/start-relay-process.ts';
import { openPage, request, startSocketRelay } from '../../tests/start-socket-relay.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

/** A client written by hand. `closeCode` is that of the first close frame it is sent. */
async function attack(port: number, act: (socket: Socket) => void, nowMs = () => performance.now()) {
  const startMs = nowMs();
  const socket = connect(port, '127.0.0.1');
  cleanups.push(() => socket.destroy());
  socket.on('error', () => undefined);
  let received = Buffer.alloc(0);
  const open = new Promise<void>((resolve) => {
    socket.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.includes('\r\n\r\n')) resolve();
    });
  });
  socket.write(
    `GET /speech/audixa/v3/tts/stream HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\norigin: ${pageOrigin}\r\n` +
      'sec-websocket-version: 13\r\nsec-websocket-key: AAAAAAAAAAAAAAAAAAAAAA==\r\nsec-websocket-extensions: permessage-deflate\r\n' +
      `sec-websocket-protocol: tts.v1, tok.good\r\n\r\n`,
  );
  await open;
  const closed = new Promise<void>((resolve) => socket.once('close', resolve));
  act(socket);
  await closed;
  return { closeCode: closeCodeIn(received.subarray(received.indexOf('\r\n\r\n') + 4)), afterMs: nowMs() - startMs };
}

/** The code of the close frame among the frames of a server. */
function closeCodeIn(frames: Buffer): number | undefined {
  for (let at = 0; at + 3 < frames.length;) {
    const length = frames[at + 1] ?? 0;
    if (frames[at] === 0x88) return frames.readUInt16BE(at + 2);
    at += length < 126 ? 2 + length : length === 126 ? 4 + frames.readUInt16BE(at + 2) : 10 + frames.readUInt32BE(at + 6);
  }
  return undefined;
}

/** A masked frame, with a mask of zeros. */
function frame(first: number, payload: Uint8Array | string, announced?: number): Buffer {
  const bytes = Buffer.from(payload as string);
  const length = announced ?? bytes.length;
  const head =
    length < 126
      ? Buffer.from([first, 0x80 | length])
      : Buffer.from([first, 0xff, 0, 0, 0, 0, (length >>> 24) & 255, (length >>> 16) & 255, (length >>> 8) & 255, length & 255]);
  return Buffer.concat([head, Buffer.alloc(4), bytes]);
}

async function startEndlessVendor() {
  const emulator = await startEmulator({ rate: 1 });
  cleanups.push(() => emulator.close());
  return { baseUrl: emulator.audixa.baseUrl, apiKey: emulator.audixa.apiKey };
}

/** docs/benchmarks/relay.md has what they cost. */
const connects = Number(process.env['SAYSTREAM_CONNECTS'] ?? 10_000);
/** Opens so many sockets with a forged token, 200 at a time, in a process of its own: gives how many were closed with 4401. */
const connecting = `
import { WebSocket } from 'ws';
const [url, origin, count] = process.argv.slice(-3);
let left = Number(count), refused = 0;
const next = async () => {
  while (left-- > 0) {
    await new Promise((resolve) => {
      const socket = new WebSocket(url, ['tts.v1', 'tok.token_invalid'], { origin, perMessageDeflate: false });
      socket.on('error', () => undefined).on('close', (code) => resolve(code === 4401 && (refused += 1)));
    });
  }
};
await Promise.all(Array.from({ length: 200 }, next));
console.log(refused);
`;

function connectOften(url: string): Promise<number> {
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  const child = spawn(process.execPath, ['--input-type=module', '-e', connecting, '--', url, pageOrigin, String(connects)], {
    cwd,
  });
  cleanups.push(() => child.kill('SIGKILL'));
  let said = '';
  child.stdout.on('data', (piece) => (said += String(piece)));
  return new Promise((resolve) => child.once('close', () => resolve(Number(said))));
}

const repeat = (socket: Socket, everyMs: number, send: () => void) => {
  const timer = setInterval(send, everyMs);
  socket.on('close', () => clearInterval(timer));
};

const flood = (first: number): Buffer => Buffer.concat(Array.from({ length: 50 }, () => frame(first, 'x'.repeat(125))));

/** What each does, the limit that ends it in milliseconds, and the close it is owed. */
const attacks: readonly (readonly [string, (socket: Socket) => void, number, number | undefined])[] = [
  ['sends no request', () => undefined, 1_000, 4408],
  [
    'sends its request a byte a second',
    (socket) => {
      const slow = frame(0x81, request());
      let at = 0;
      repeat(socket, 200, () => socket.write(slow.subarray(at, (at += 1))));
    },
    1_000,
    4408,
  ],
  ['sends a request over 64 KiB', (socket) => socket.write(frame(0x81, 'x'.repeat(70_000))), 0, 4413],
  ['announces a request of 2 GB', (socket) => socket.write(frame(0x81, 'x', 2_000_000_000)), 0, 4413],
  ['sends a binary request', (socket) => socket.write(frame(0x82, request())), 0, 4415],
  ['sends a compressed request', (socket) => socket.write(frame(0xc1, request())), 0, 4415],
  ['sends a second request', (socket) => socket.write(Buffer.concat([frame(0x81, request()), frame(0x81, request())])), 0, 4400],
  ['sends no JSON', (socket) => socket.write(frame(0x81, '{')), 0, 4400],
  [
    'sends an unknown field',
    (socket) => socket.write(frame(0x81, '{"text":"a","voice_id":"b","callbackURL":"http://x"}')),
    0,
    4400,
  ],
  ['sends frames that are none', (socket) => socket.write(Buffer.alloc(100, 0xff)), 0, 4400],
  ['sends frames without a mask', (socket) => socket.write(Buffer.from([0x81, 1, 65])), 0, 4400],
  [
    'sends its request in thousands of pieces',
    (socket) => {
      socket.write(frame(0x01, '{'));
      for (let piece = 0; piece < 2_000; piece += 1) socket.write(frame(0x00, ' '));
    },
    0,
    4413,
  ],
  ['floods with pings', (socket) => repeat(socket, 1, () => socket.write(flood(0x89))), 0, 4400],
  [
    'floods with pongs in a running stream',
    (socket) => {
      socket.write(frame(0x81, request()));
      repeat(socket, 1, () => socket.write(flood(0x8a)));
    },
    0,
    4400,
  ],
  ['never answers a ping', (socket) => socket.write(frame(0x81, request('x'.repeat(1_000)))), 3 * 700, undefined],
];

test.each(attacks)('a client that %s is closed within its limit and a second', async (_, act, limitMs, code) => {
  const relay = await startSocketRelay(await startEndlessVendor(), { limits: { requestMs: 1_000, heartbeatMs: 700 } });
  cleanups.push(() => relay.close());
  const clock = startAwakeClock();
  cleanups.push(clock.stop);
  const { closeCode, afterMs } = await attack(relay.port, act, clock.now);
  expect(closeCode).toBe(code);
  expect(afterMs).toBeLessThanOrEqual(limitMs + 1_000);
  await expect.poll(() => relay.meter.counts.open).toBe(0);
});

const silence = JSON.stringify({ text: 'Hi.', voice_id: 'am_ethan' });
/** So much text may be minutes of audio. */
const longText = request('x'.repeat(1_600));
const fewestFrames = 150;

/** Sends a frame every 40 ms until it is told to end; to who asks for `silence`, a few. */
async function startSteadyVendor() {
  let isOver = false;
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  server.on('connection', (socket) => {
    socket.on('error', () => undefined);
    socket.on('message', (data) => {
      let sent = 0;
      const timer = setInterval(() => {
        socket.send(Buffer.alloc(3_840, sent));
        sent += 1;
        if (String(data) === silence ? sent > 20 : isOver && sent >= fewestFrames) socket.close(1000);
      }, 40);
      socket.on('close', () => clearInterval(timer));
    });
  });
  await new Promise((resolve) => server.once('listening', resolve));
  cleanups.push(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as { port: number }).port}/v3`, end: () => void (isOver = true) };
}

/** Milliseconds between the frames of a socket, of which 99 in 100 are shorter; when asked. */
function watchGaps(socket: WebSocket): () => number {
  const gaps: number[] = [];
  let lastMs = performance.now();
  socket.on('message', () => {
    gaps.push(performance.now() - lastMs);
    lastMs = performance.now();
  });
  return () => gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length * 0.99)] ?? Infinity;
}

test(`a stream goes on, byte for byte, while all of them attack at once, and ${connects} more; then nothing is left of them`, async () => {
  const vendor = await startSteadyVendor();
  // As docs/relay-deployment.md starts it. docs/benchmarks/relay.md has what the default of Node adds, version by version.
  const flags = ['--max-semi-space-size=8'];
  const relay = await startRelayProcess({ baseUrl: vendor.baseUrl, limits: { requestMs: 1_000, heartbeatMs: 700 } }, flags);
  cleanups.push(() => relay.close());
  await openPage(relay.url, silence, 'good').ended;
  const before = await relay.health();

  const honest = openPage(relay.url, longText, 'good');
  // The same frames without a relay, at the same time: what of a gap is the machine's.
  const direct = openPage(vendor.baseUrl.replace('http', 'ws'), longText);
  const [gapOf, gapOfDirect] = [watchGaps(honest.socket), watchGaps(direct.socket)];
  let peak = before.rss;
  const measuring = setInterval(() => void relay.health().then(({ rss }) => (peak = Math.max(peak, rss))), 500);
  cleanups.push(() => clearInterval(measuring));
  const waves = Array.from({ length: 20 }, () => attacks.slice(0, -1).map(([, act]) => attack(relay.port, act)));
  const startMs = performance.now();
  const refused = await connectOften(relay.url);
  const tookMs = performance.now() - startMs;
  await Promise.all(waves.flat());
  vendor.end();
  expect(await honest.ended).toMatchObject({ code: 1000 });
  clearInterval(measuring);
  expect(refused).toBe(connects);
  const audio = honest.frames.slice(1) as Buffer[];
  expect(audio.length).toBeGreaterThanOrEqual(fewestFrames);
  expect(audio.map((each) => [each.length, each[0]])).toEqual(audio.map((_, index) => [3_840, index & 255]));
  await expect.poll(async () => (await relay.health()).sockets, { timeout: 5_000 }).toBe(0);
  const after = await relay.health();
  const inMb = (bytes: number) => (bytes / 1e6).toFixed(1);
  console.log(
    `${connects} connects in ${(tookMs / 1_000).toFixed(1)} s; RSS in MB: before ${inMb(before.rss)}, most +${inMb(peak - before.rss)}, ` +
      `after ${inMb(after.rss)}; in use +${inMb(after.held - before.held)}; p99 gap ${gapOf().toFixed(0)} ms, without a relay ` +
      `${gapOfDirect().toFixed(0)} ms, of the relay's own turns ${after.longTurnMs.toFixed(0)} ms; the longest attacker stayed ${after.longestLives[1]?.toFixed(0)} ms`,
  );
  expect(after).toMatchObject({ faults: 0, places: 0, sockets: 0 });
  expect(peak - before.rss).toBeLessThanOrEqual(50e6);
  expect(after.held - before.held).toBeLessThanOrEqual(5e6);
  // A frame is due every 40 ms, and the relay keeps none for longer than that once more.
  expect(after.longTurnMs).toBeLessThanOrEqual(40);
  // The honest stream stayed longest; of the attackers none longer than the longest limit, 1 s, and a second.
  expect(after.longestLives[1]).toBeLessThanOrEqual(2_000);
}, 120_000);
