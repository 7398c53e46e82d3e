import { createAudixa } from '@saystream/audixa';
import { startEmulator, type Emulator } from '@saystream/emulator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import { pageOrigin } from '../../tests/fake-seams.ts';
import { startSocketRelay } from '../../tests/start-socket-relay.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ rate: 50 });
});
afterAll(() => emulator.close());

const timeouts = { connectMs: 15_000, firstAudioMs: 700, stallMs: 700, totalMs: 20_000, headersMs: 700, bodyIdleMs: 700 };
const retry = { tries: 1, baseDelayMs: 1 };

/** How a stream ends for its user. */
async function endingOf(client: ReturnType<typeof createAudixa>) {
  const speech = client.stream({ text: 'A dozen words are enough to hear how this one ends.', voiceId: 'am_ethan' });
  const { error, status, samples } = await speech.outcome;
  return { status, samples: samples > 0, kind: error?.kind, billed: error?.billed, retryable: error?.retryable };
}

const direct = (apiKey: string) => endingOf(createAudixa({ apiKey, baseUrl: emulator.audixa.baseUrl, timeouts, retry }));

/** The client as it is, on a socket that speaks as a page's does. It waits for `ready` as the relay's clients do. */
async function relayed(apiKey: string) {
  const relay = await startSocketRelay({ baseUrl: emulator.audixa.baseUrl, apiKey });
  class RelaySocket extends WebSocket {
    constructor() {
      super(relay.url, ['tts.v1', 'tok.good'], { origin: pageOrigin });
    }
    override addEventListener(type: string, listener: (event: never) => void): void {
      if (type === 'open')
        super.on('message', (data) => void (String(data) === '{"type":"ready"}' && listener({ type } as never)));
      else super.addEventListener(type as 'close', listener as () => void);
    }
  }
  const text = 'A dozen words are enough to hear how this one ends.';
  class Page extends RelaySocket {
    constructor() {
      super();
      super.on('open', () => super.send(JSON.stringify({ text, voice_id: 'am_ethan' })));
    }
    // The request went out before `ready`; the client's own would be a second one.
    override send(): void {}
  }
  try {
    const client = createAudixa({ apiKey, baseUrl: emulator.audixa.baseUrl, timeouts, retry, WebSocket: Page as never });
    return await endingOf(client);
  } finally {
    await relay.close();
  }
}

/** Where a page through the relay learns something else, or more, than Node does directly; docs/relay-protocol.md says why. */
const differences: Readonly<Record<string, object>> = {};

const scenarios = [
  'run-1',
  'wrong-key-at-handshake',
  ...[400, 401, 402, 403, 404, 409, 422, 429, 500, 502, 503, 504].map((status) => `http-${status}`),
  ...[1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 4000].flatMap((code) => [
    `close-${code}`,
    `close-${code}-midway`,
  ]),
  'close-1011-before-request',
  'close-1011-at-end',
  'drop-at-end',
  'mute~close-1003',
  'early-1000',
  'error-only',
  'error-only-midway',
  'error-key-only',
  'error-then-close-200',
  'silent',
  'silent-after-started',
  'stall-midway',
  'stall-at-end',
  'frames-3',
  'frames-random',
  'one-frame',
  'empty-frames',
  'burst',
  'audio-before-started',
  'no-started',
  'double-started',
  'unknown-message',
  'text-not-json',
  'double-completed',
  'audio-after-completed',
  'completed-without-url',
  'completed-without-audio',
  'server-closes',
  'leftover-bytes',
  'nan-samples',
  'wav-in-stream',
  'mp3-in-stream',
  'html-in-stream',
  'close-1011-midway~lost',
  'close-1011-midway~fails',
];

test.each(scenarios)('%s ends through the relay as it ends directly', async (name) => {
  const apiKey = emulator.scenario(name);
  const [without, through] = await Promise.all([direct(apiKey), relayed(apiKey)]);
  expect(through).toEqual({ ...without, ...differences[name] });
});
