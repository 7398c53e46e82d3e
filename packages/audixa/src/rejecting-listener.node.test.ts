import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { startEmulator } from '@saystream/emulator';
import { afterEach, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';

import { createAudixa } from './index.ts';

const cleanups: (() => unknown)[] = [];
const unhandled: unknown[] = [];
const note = (reason: unknown): void => void unhandled.push(reason);
afterEach(async () => {
  process.off('unhandledRejection', note);
  unhandled.length = 0;
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

/** A vendor that speaks at once and refuses every HTTP request. */
async function vendor(): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(401).end('{}'));
  new WebSocketServer({ server }).on('connection', (socket) => {
    socket.on('message', () => {
      socket.send('{"type":"started","generation_id":"g1"}');
      socket.send(new Uint8Array(400));
      socket.send('{"type":"completed","audio_url":"https://files.example/g1.wav"}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => (server.closeAllConnections(), server.close()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Node tells of unhandled rejections once the microtasks are done. */
const aMoment = () => new Promise((resolve) => setTimeout(resolve, 20));

test.each<[string, () => unknown]>([
  ['rejects', () => Promise.reject(new Error('the log is full'))],
  ['throws', () => { throw new Error('the log is gone'); }],
])('an onEvent that %s changes no ending and is no unhandled rejection', async (_title, misbehave) => {
  process.on('unhandledRejection', note);
  const told: string[] = [];
  const onEvent = ({ type }: { readonly type: string }) => {
    told.push(type);
    return misbehave() as undefined;
  };
  const audixa = createAudixa({ baseUrl: await vendor(), apiKey: 'k', onEvent });
  const outcome = await audixa.stream({ text: 'Hello.', voiceId: 'am_ethan' }).outcome;
  expect(outcome).toMatchObject({ verdict: 'completed', samples: 100, billed: 'yes' });
  await expect(audixa.submit({ text: 'Hello.', voiceId: 'am_ethan' })).rejects.toMatchObject({ kind: 'unauthorized' });
  await aMoment();
  expect(told).toEqual(expect.arrayContaining(['attempt', 'state', 'give-up']));
  expect(unhandled).toEqual([]);
}); // prettier-ignore

test('an onStatus that rejects changes no file and is no unhandled rejection', async () => {
  process.on('unhandledRejection', note);
  const emulator = await startEmulator();
  cleanups.push(() => emulator.close());
  let told = 0;
  const file = await createAudixa(emulator.audixa).generate(
    { text: 'Hello.', voiceId: 'am_ethan' },
    {
      onStatus: async () => {
        told += 1;
        throw new Error('the log is full');
      },
    },
  );
  await aMoment();
  expect(file.mimeType).toBe('audio/wav');
  expect(told).toBeGreaterThanOrEqual(2);
  expect(unhandled).toEqual([]);
}, 20_000);
