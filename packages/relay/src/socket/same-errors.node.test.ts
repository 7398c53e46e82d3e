import { createAudixa, type AudixaOptions } from '@saystream/audixa';
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

/** Short only where the vendor is silent; a busy machine is no timeout. */
function timeoutsFor(scenario: string) {
  const firstAudioMs = scenario.startsWith('silent') ? 1_500 : 15_000;
  return { connectMs: 15_000, firstAudioMs, stallMs: 1_500, totalMs: 30_000, headersMs: 15_000, bodyIdleMs: 15_000 };
}
const retry = { tries: 1, baseDelayMs: 1 };

const text = 'A dozen words are enough to hear how this one ends.';
type SocketConstructor = NonNullable<AudixaOptions['WebSocket']>;
type SocketEvent = Parameters<Parameters<InstanceType<SocketConstructor>['addEventListener']>[1]>[0];

/** The relay tells whole seconds. */
const seconds = (ms: number | undefined) => ms && Math.ceil(ms / 1_000);

/** How a stream ends for its user. */
async function endingOf(client: ReturnType<typeof createAudixa>) {
  const speech = client.stream({ text, voiceId: 'am_ethan' });
  const { error, verdict, samples } = await speech.outcome;
  return {
    verdict,
    samples: samples > 0,
    kind: error?.kind,
    billed: error?.billed,
    retryable: error?.retryable,
    retryAfterMs: seconds(error?.retryAfterMs),
  };
}

const direct = (apiKey: string, name: string) =>
  endingOf(createAudixa({ apiKey, baseUrl: emulator.audixa.baseUrl, timeouts: timeoutsFor(name), retry }));

const request = JSON.stringify({ text, voice_id: 'am_ethan' });

/** A page's socket as the relay's clients use it: the request leaves at once, and it counts as open from `ready` on. */
function pageSocket(url: string): SocketConstructor {
  return class {
    readonly #socket = new WebSocket(url, ['tts.v1', 'tok.good'], { origin: pageOrigin });
    binaryType = 'nodebuffer';
    constructor() {
      this.#socket.binaryType = 'arraybuffer';
      this.#socket.on('open', () => this.#socket.send(request));
    }
    // The client's own request: the page has sent it already.
    send(): void {}
    close(code?: number, reason?: string): void {
      this.#socket.close(code, reason);
    }
    addEventListener(type: string, listener: (event: SocketEvent) => void): void {
      const isReady = ({ data }: { data: unknown }) => data === '{"type":"ready"}';
      if (type === 'open') this.#socket.addEventListener('message', (event) => isReady(event) && listener({ type }));
      else this.#socket.addEventListener(type as 'message', (event) => listener(event as SocketEvent));
    }
  };
}

async function relayed(apiKey: string, name: string) {
  const { baseUrl } = emulator.audixa;
  const relay = await startSocketRelay({ baseUrl, apiKey });
  try {
    return await endingOf(
      createAudixa({ apiKey, baseUrl, timeouts: timeoutsFor(name), retry, WebSocket: pageSocket(relay.url) }),
    );
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
  'retry-after-7',
  'retry-after-date-7',
  'retry-after-garbage-1',
  'redirect-302',
  'drop-request',
  'reset-request',
  'html-200',
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
  'no-close-answer',
  'stall-midway-200',
  'slow-start-200',
  'jitter-20',
  'wav-in-stream',
  'mp3-in-stream',
  'html-in-stream',
  'close-1011-midway~lost',
  'close-1011-midway~fails',
];

test.each(scenarios)('%s ends through the relay as it ends directly', async (name) => {
  const apiKey = emulator.scenario(name);
  const [without, through] = await Promise.all([direct(apiKey, name), relayed(apiKey, name)]);
  expect(through).toEqual({ ...without, ...differences[name] });
});
