import { monitorEventLoopDelay } from 'node:perf_hooks';

import { afterEach, expect, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';

import { request, startSocketRelay } from '../../tests/start-socket-relay.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

const audio = Buffer.alloc(9_600, 1);
const completed = '{"type":"completed","audio_url":"https://files.example/a.wav"}';

/** The close that a page receives for a vendor's behaviour, and how long the process was blocked. */
async function flooded(act: (vendor: WebSocket) => void, text = 'Hello') {
  const vendors = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
  cleanups.push(() => {
    for (const socket of vendors.clients) socket.terminate();
    vendors.close();
  });
  vendors.on('connection', (socket) => socket.on('error', () => undefined).once('message', () => act(socket)));
  await new Promise((resolve) => vendors.once('listening', resolve));
  const relay = await startSocketRelay(
    { baseUrl: `http://127.0.0.1:${(vendors.address() as { port: number }).port}/v3` },
    { options: {} },
  );
  cleanups.push(() => relay.close());
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const page = relay.page(request(text));
  const ending = await page.ended;
  delay.disable();
  return { ...ending, frames: page.frames, kept: relay.kept, blockedMs: delay.max / 1e6, counts: relay.meter.counts };
}

/** Sends the same again and again, as fast as it is taken, until the connection ends. */
function flood(vendor: WebSocket, send: (told: () => void) => void): void {
  let left = 100;
  const more = (): void => {
    left -= 1;
    if (left > 0 || vendor.readyState !== vendor.OPEN) return;
    left = 100;
    setImmediate(again);
  };
  const again = (): void => {
    for (let count = 0; count < 100; count += 1) send(more);
  };
  again();
}

const addresses = (count: number): string => `[${Array.from({ length: count }, () => '{"audio_url":"https://a/b"}').join(',')}]`;

test.each([
  ['16 MB with 590,000 addresses', addresses(590_000)],
  ['300 KB of blanks', ' '.repeat(300_000)],
])('a text frame of %s is dropped, and the stream around it passes', async (_, text) => {
  const { code, frames, blockedMs } = await flooded((vendor) => {
    vendor.send(audio);
    vendor.send(text);
    vendor.send(audio);
    vendor.send(completed);
    vendor.close(1000);
  }, 'Hello. '.repeat(20));
  expect(code).toBe(1000);
  expect(frames).toEqual(['{"type":"ready"}', audio, audio, expect.stringContaining('"files/')]);
  expect(blockedMs).toBeLessThan(1_000);
});

test('a text frame full of addresses blocks the process only briefly', async () => {
  const { code, blockedMs } = await flooded((vendor) => {
    for (let count = 0; count < 4; count += 1) vendor.send(addresses(9_000));
    vendor.close(1000);
  });
  expect(code).toBe(1000);
  expect(blockedMs).toBeLessThan(3_000);
});

test('of 400,000 frames that name generations one is noted, and they end the stream', async () => {
  let id = 0;
  const { code, kept, counts } = await flooded((vendor) =>
    flood(vendor, (told) => vendor.send(`{"type":"started","generation_id":"gen_${(id += 1)}"}`, told)),
  );
  expect(code).toBe(4500);
  expect(kept).toEqual([expect.stringContaining('gen_1"')]);
  expect(counts.open).toBe(0);
});

const tooMuch = [4500, 'more audio than so much text can be'];

test.each<[string, (vendor: WebSocket, told: () => void) => void, unknown[]]>([
  ['empty audio', (vendor, told) => vendor.send(Buffer.alloc(0), told), tooMuch],
  ['empty texts', (vendor, told) => vendor.send('', told), tooMuch],
  // `ws` leaves a peer whose pings pile up.
  ['pings', (vendor, told) => vendor.ping('', false, told), [1014, '']],
  ['pongs', (vendor, told) => vendor.pong('', false, told), tooMuch],
])('endless %s end the stream', async (_, send, ending) => {
  const { code, reason } = await flooded((vendor) => flood(vendor, (told) => send(vendor, told)));
  expect([code, reason]).toEqual(ending);
});

test.each([5_000, 100_000])('a message that is nested %s deep is dropped, and the stream around it passes', async (depth) => {
  const { code, frames } = await flooded((vendor) => {
    vendor.send(audio);
    vendor.send(`{"audio_url":"https://a/b","more":${'['.repeat(depth)}${']'.repeat(depth)}}`);
    vendor.send(audio);
    vendor.close(1000);
  });
  expect(code).toBe(1000);
  expect(frames.filter((frame) => typeof frame !== 'string')).toEqual([audio, audio]);
  expect(JSON.stringify(frames)).not.toContain('https://a/b');
});

test.each(['//[', 'https://[', 'https://', '\\\\', 'http://a:99999/', 'https://%', 'x'.repeat(1_000), '\ud800'])(
  'the address %j of a file ends nothing',
  async (address) => {
    const { code, frames } = await flooded((vendor) => {
      vendor.send(audio);
      vendor.send(JSON.stringify({ type: 'completed', audio_url: address }));
      vendor.close(1000);
    });
    expect(code).toBe(1000);
    expect(frames).toHaveLength(3);
  },
);
