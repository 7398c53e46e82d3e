import { expect, inject, test } from 'vitest';

import { createAudixa, type ClientOptions, type SpeechOutcome, type SpeechStream } from './index.ts';

const { baseUrl, url } = inject('emulator');
const inNode = !('document' in globalThis);

/** A client whose key makes the emulator misbehave as the scenario says. */
const client = (scenario: string, options: Partial<Exclude<ClientOptions, { relay: string | URL }>> = {}) =>
  createAudixa({ baseUrl, apiKey: scenario ? `emulated-${scenario}` : 'emulated', dangerouslyAllowBrowser: true, ...options });

const text = 'The quick brown fox jumps over the lazy dog.';
const quick = { connectMs: 1_500, firstAudioMs: 1_000, stallMs: 1_000 };

async function listen(stream: SpeechStream): Promise<{ samples: Float32Array; outcome: SpeechOutcome; thrown?: unknown }> {
  const chunks: Float32Array[] = [];
  let thrown: unknown;
  try {
    for await (const chunk of stream) chunks.push(chunk);
  } catch (error) {
    thrown = error;
  }
  const samples = new Float32Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  chunks.reduce((at, chunk) => (samples.set(chunk, at), at + chunk.length), 0);
  return { samples, outcome: await stream.outcome, ...(thrown !== undefined && { thrown }) };
}

const speak = (scenario: string, options?: Partial<Exclude<ClientOptions, { relay: string | URL }>>) =>
  listen(client(scenario, options).stream({ text, voiceId: 'am_ethan' }));

async function voiceOf(said: string): Promise<Float32Array> {
  const response = await fetch(`${url}/emulator/voice?text=${encodeURIComponent(said)}`);
  return new Float32Array(await response.arrayBuffer());
}

/** Compares without printing thousands of numbers on failure. */
function expectSame(samples: Float32Array, expected: Float32Array): void {
  expect(samples.length).toBe(expected.length);
  expect(samples.findIndex((sample, i) => sample !== expected[i])).toBe(-1);
}

test('a text is spoken whole, and the outcome says so', async () => {
  const { samples, outcome, thrown } = await speak('');
  expectSame(samples, await voiceOf(text));
  expect(thrown).toBeUndefined();
  expect(outcome).toEqual({
    verdict: 'completed',
    samples: samples.length,
    durationMs: (samples.length / 24_000) * 1_000,
    firstAudioMs: expect.any(Number),
    generationId: expect.any(String),
    audioUrl: expect.stringContaining('http'),
    billed: 'yes',
  });
});

test.each(
  [1, 2, 3, 5, 127, 1_023, 4_097, 65_536]
    .map((bytes) => `frames-${bytes}~burst`)
    .concat('frames-random', 'empty-frames', 'big-frame'),
)('%s: no frame size loses or doubles a sample', async (scenario) => {
  // Half a second: a byte at a time that is 48,000 frames already.
  const { samples, outcome } = await listen(client(scenario).stream({ text: 'Short.', voiceId: 'am_ethan' }));
  expect(outcome.verdict).toBe('completed');
  expectSame(samples, await voiceOf('Short.'));
});

test.each([
  'audio-before-started',
  'no-started',
  'double-started',
  'double-completed',
  'audio-after-completed',
  'unknown-message',
  'text-not-json',
  'completed-without-url',
  'server-closes',
  'jitter-40',
  'slow-start-300',
])('%s: an oddity that harms nobody is no failure', async (scenario) => {
  const { samples, outcome } = await speak(scenario);
  expect(outcome.verdict).toBe('completed');
  expectSame(samples, await voiceOf(text));
});

test.each([
  // Before the vendor said anything.
  ['close-1003', 'failed', 'invalid-request'],
  ['close-1008', 'failed', 'unauthorized'],
  ['close-1011', 'failed', 'vendor-fault'],
  ['close-1003~mute', 'failed', 'invalid-request'],
  ['close-1008~mute', 'failed', 'unauthorized'],
  ['close-1011~mute', 'failed', 'vendor-fault'],
  ['close-1000~mute', 'failed', 'truncated'],
  ['close-1005~mute', 'failed', 'truncated'],
  ['close-1009~mute', 'failed', 'too-large'],
  ['close-1012~mute', 'failed', 'connection-lost'],
  ['close-4402~mute', 'failed', 'insufficient-credits'],
  ['drop', 'failed', 'connection-lost'],
  ['error-only', 'failed', 'vendor-fault'],
  ['error-key-only', 'failed', 'unauthorized'],
  // In the middle of the audio, where the vendor's file cannot mend it.
  ['close-1000-midway~mute~lost', 'truncated', 'truncated'],
  ['close-1003-midway', 'truncated', 'invalid-request'],
  ['close-1008-midway', 'truncated', 'unauthorized'],
  ['close-1011-midway~lost', 'truncated', 'vendor-fault'],
  ['error-only-midway~lost', 'truncated', 'vendor-fault'],
  ['drop-midway~lost', 'truncated', 'connection-lost'],
  ['drop-midway~fails', 'truncated', 'connection-lost'],
  ['drop-at-end~lost', 'truncated', 'connection-lost'],
  ['close-1000-at-end~mute~lost', 'truncated', 'truncated'],
  ['leftover-bytes~empty-200', 'truncated', 'truncated'],
  // Not audio at all.
  ['html-in-stream', 'failed', 'not-audio'],
  ['mp3-in-stream', 'failed', 'not-audio'],
  ['completed-without-audio', 'failed', 'not-audio'],
])('%s ends once, as %s with %s', async (scenario, verdict, kind) => {
  const { outcome, samples, thrown } = await speak(scenario);
  expect(outcome).toMatchObject({ verdict, error: { kind, vendor: 'audixa' }, samples: samples.length });
  expect(thrown).toBe(outcome.error);
  expect(outcome.error?.advice).not.toBe('');
});

test.each([
  ['silent', 'failed', 'first-audio'],
  ['silent-after-started~lost', 'failed', 'first-audio'],
  ['stall-midway~lost', 'truncated', 'stall'],
  ['stall-at-end~lost', 'truncated', 'stall'],
  ['handshake-stall', 'failed', 'connect'],
])('%s ends as %s when the %s limit passes', async (scenario, verdict, limit) => {
  const { outcome } = await speak(scenario, { timeouts: quick });
  expect(outcome).toMatchObject({ verdict, error: { kind: 'timeout', limit } });
});

test('the total limit ends what would go on for ever', async () => {
  const { outcome } = await speak('endless', { timeouts: { totalMs: 1_000 } });
  expect(outcome).toMatchObject({ verdict: 'truncated', error: { kind: 'timeout', limit: 'total' } });
});

test.each([
  'leftover-bytes',
  'close-1000-midway~mute',
  'close-1011-midway',
  'drop-midway',
  'drop-at-end',
  'stall-midway',
  'drop-midway~cut-file',
])('%s: the rest comes from the finished file, and no sample is missing or paid twice', async (scenario) => {
  const said = `${text} ${scenario} ${performance.timeOrigin}`;
  const stream = client(scenario, { timeouts: quick }).stream({ text: said, voiceId: 'am_ethan' });
  const { samples, outcome } = await listen(stream);
  expect(outcome).toMatchObject({ verdict: 'completed', recovered: 'exact', billed: 'yes' });
  const expected = await voiceOf(said);
  expect(samples.length).toBe(expected.length);
  // The file has 16 bits.
  expect(samples.findIndex((sample, i) => Math.abs(sample - (expected[i] ?? 0)) > 1 / 16_000)).toBe(-1);
  const ledger = (await (await fetch(`${url}/emulator/ledger`)).json()) as { text: string }[];
  expect(ledger.filter((entry) => entry.text === said)).toHaveLength(1);
});

test('a WAV header in the stream is understood', async () => {
  const { samples, outcome } = await speak('wav-in-stream');
  expect(outcome.verdict).toBe('completed');
  const expected = await voiceOf(text);
  expect(samples.length).toBe(expected.length);
});

test('a wrong key is unauthorized, whichever way the vendor says it', async () => {
  const wrong = await listen(
    createAudixa({ baseUrl, apiKey: 'nobody', dangerouslyAllowBrowser: true }).stream({ text, voiceId: 'am_ethan' }),
  );
  expect(wrong.outcome).toMatchObject({ verdict: 'failed', error: { kind: 'unauthorized' } });
  // A browser cannot see the status of a refused handshake.
  const refused = await speak('http-401');
  expect(refused.outcome).toMatchObject({
    verdict: 'failed',
    billed: 'no',
    error: { kind: inNode ? 'unauthorized' : 'unreachable' },
  });
  if (!inNode) expect(refused.outcome.error?.advice).toMatch(/browser/i);
});

test('nothing listening is unreachable', async () => {
  const nowhere = createAudixa({
    baseUrl: 'http://127.0.0.1:9',
    apiKey: 'x',
    dangerouslyAllowBrowser: true,
    retry: { tries: 1 },
  });
  const { outcome } = await listen(nowhere.stream({ text, voiceId: 'am_ethan' }));
  expect(outcome).toMatchObject({ verdict: 'failed', billed: 'no', error: { kind: 'unreachable' } });
});

test('breaking out of the loop cancels', async () => {
  const stream = client('').stream({ text, voiceId: 'am_ethan' });
  for await (const chunk of stream) {
    expect(chunk.length).toBeGreaterThan(0);
    break;
  }
  expect(await stream.outcome).toMatchObject({ verdict: 'cancelled', error: { kind: 'aborted' } });
});

test.each([
  'handshake-stall',
  'silent',
  'silent-after-started~stuck',
  'stall-midway~stuck',
  'drop-midway~stuck',
  'no-close-answer~endless',
])('an abort during %s ends the stream at once', async (scenario) => {
  const abort = new AbortController();
  const stream = client(scenario, { timeouts: { stallMs: 400 } }).stream({ text, voiceId: 'am_ethan' }, { signal: abort.signal });
  setTimeout(() => abort.abort(), 600);
  const { outcome } = await listen(stream);
  expect(outcome).toMatchObject({ verdict: 'cancelled', error: { kind: 'aborted' } });
});

test('text that is still being written is gathered and spoken whole', async () => {
  async function* tokens() {
    for (const token of text.split(/(?<= )/)) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      yield token;
    }
  }
  const { samples, outcome } = await listen(client('').voice('am_ethan').say(tokens()));
  expect(outcome.verdict).toBe('completed');
  expectSame(samples, await voiceOf(text));
});

test('a text source that fails ends the speech with its error as the cause, and nothing is sent', async () => {
  const broke = new Error('the model is gone');
  async function* tokens() {
    yield 'Hello';
    throw broke;
  }
  const { outcome } = await listen(client('').voice('am_ethan').say(tokens()));
  expect(outcome).toMatchObject({ verdict: 'failed', billed: 'no', error: { kind: 'unknown', cause: broke } });
});

test('cancelling while the text is being written releases its source', async () => {
  let released = false;
  async function* tokens() {
    try {
      yield 'Hello';
      await new Promise((resolve) => setTimeout(resolve, 200));
      yield ' world';
    } finally {
      released = true;
    }
  }
  const stream = client('').voice('am_ethan').say(tokens());
  setTimeout(() => stream.cancel(), 20);
  expect((await stream.outcome).verdict).toBe('cancelled');
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(released).toBe(true);
});

test('the events tell the way of a stream and never the key or the text', async () => {
  const events: unknown[] = [];
  await speak('', { onEvent: (event) => void events.push(event) });
  expect(events).toEqual([
    { type: 'state', vendor: 'audixa', state: 'connecting' },
    { type: 'attempt', vendor: 'audixa', transport: 'socket', attempt: 1 },
    { type: 'state', vendor: 'audixa', state: 'waiting' },
    { type: 'state', vendor: 'audixa', state: 'started' },
    { type: 'state', vendor: 'audixa', state: 'streaming' },
    { type: 'state', vendor: 'audixa', state: 'ended' },
  ]);
});

test('a listener that throws changes nothing', async () => {
  const { outcome } = await speak('', {
    onEvent: () => {
      throw new Error('listener');
    },
  });
  expect(outcome.verdict).toBe('completed');
});

test('what only the vendor can judge is the vendor’s to refuse', async () => {
  const { outcome } = await listen(client('').stream({ text, voiceId: 'nobody', speed: 2 }));
  expect(outcome).toMatchObject({ verdict: 'failed', error: { kind: 'invalid-request' } });
});

test('toWav gives a file of what was said', async () => {
  const wav = await client('burst').voice('am_ethan').say(text).toWav();
  expect(new TextDecoder().decode(wav.slice(0, 4))).toBe('RIFF');
  expect(wav.length).toBe(44 + 2 * (await voiceOf(text)).length);
});

test('no error of any scenario holds the key or the whole text', async () => {
  for (const scenario of ['close-1008', 'close-1003', 'drop', 'http-401', 'http-500~mute', 'silent']) {
    const key = `emulated-${scenario}`;
    const { outcome } = await speak(scenario, { timeouts: quick, retry: { tries: 1 } });
    const { error } = outcome;
    const shown = [error?.message, error?.stack, JSON.stringify(error), String(error?.cause), error?.advice].join('\n');
    expect(shown).not.toContain(key);
    expect(shown).not.toContain(text);
  }
});
