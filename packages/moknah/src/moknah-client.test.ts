import { expect, test } from 'vitest';

import { accepted, client, listen, voiceOf } from '../tests/emulated-moknah.ts';
import type { MoknahOutputFormat } from './index.ts';

const voiceId = 7;
const text = 'صباح الخير. Good morning.';

/** Sixteen bits round to 1/32,768. */
function expectSameSound(heard: Float32Array, said: Float32Array): void {
  expect(heard.length).toBe(said.length);
  const worst = heard.reduce((most, sample, i) => Math.max(most, Math.abs(sample - (said[i] ?? 9))), 0);
  expect(worst).toBeLessThan(2 / 32_000);
}

const files: readonly [MoknahOutputFormat, string][] = [
  ['mp3_22050_32', 'audio/mpeg'],
  ['mp3_24000_48', 'audio/mpeg'],
  ['mp3_44100_32', 'audio/mpeg'],
  ['mp3_44100_64', 'audio/mpeg'],
  ['mp3_44100_96', 'audio/mpeg'],
  ['mp3_44100_128', 'audio/mpeg'],
  ['mp3_44100_192', 'audio/mpeg'],
  ['pcm_8000', 'audio/pcm;rate=8000'],
  ['pcm_16000', 'audio/pcm;rate=16000'],
  ['pcm_22050', 'audio/pcm;rate=22050'],
  ['pcm_24000', 'audio/pcm;rate=24000'],
  ['pcm_32000', 'audio/pcm;rate=32000'],
  ['pcm_44100', 'audio/pcm;rate=44100'],
  ['pcm_48000', 'audio/pcm;rate=48000'],
  ['opus_48000_32', 'audio/ogg'],
  ['opus_48000_64', 'audio/ogg'],
  ['opus_48000_96', 'audio/ogg'],
  ['opus_48000_128', 'audio/ogg'],
  ['opus_48000_192', 'audio/ogg'],
];

test.each(files)('%s is a file of %s, whole and of the right length', async (outputFormat, mimeType) => {
  const file = await client().moknah.generate({ text, voiceId, outputFormat });
  expect(file.mimeType).toBe(mimeType);
  const saidMs = ((await voiceOf(text)).length / 24_000) * 1_000;
  // Frames of MP3 and Opus are whole.
  expect(Math.abs((file.durationMs ?? 0) - saidMs)).toBeLessThan(60);
  expect(file.toBlob()).toMatchObject({ size: file.bytes.length, type: mimeType });
});

test('a file is MP3 unless it is asked for otherwise, and tells the credits', async () => {
  const { moknah, events } = client();
  const file = await moknah.generate({ text, voiceId });
  expect(file.mimeType).toBe('audio/mpeg');
  expect(file.credits).toEqual({ remaining: expect.any(Number), used: Array.from(text).length });
  expect(events).toContainEqual({ type: 'credits', vendor: 'moknah', ...file.credits });
});

test.each([8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000] as const)(
  'a stream at %d Hz is heard as it was said',
  async (rate) => {
    const stream = client().moknah.stream({ text, voiceId, ...(rate !== 24_000 && { outputFormat: `pcm_${rate}` }) });
    const { samples, outcome } = await listen(stream);
    expect(outcome).toMatchObject({ verdict: 'completed', billed: 'yes', samples: samples.length });
    expect(await stream.format).toEqual({ sampleRate: rate, channels: 1 });
    expectSameSound(samples, await voiceOf(text, rate));
  },
);

test('the settings arrive under the vendor’s names, and a voice id may be text', async () => {
  const { moknah, apiKey } = client();
  const request = {
    text: `${text} ${apiKey}`,
    prerecording: 2,
    temperature: 25,
    voiceSettings: { speed: 1.2, voiceSimilarity: 100, enableEmotions: true },
  };
  await moknah.generate({ ...request, voiceId: '12', outputFormat: 'pcm_8000' });
  const [entry] = await accepted(apiKey);
  expect(entry).toMatchObject({ voiceId: '12', model: 'pcm_8000', credits: 2 * Array.from(request.text).length });
});

test.each([
  [400, 'invalid-request', 'INVALID_REQUEST'],
  [401, 'unauthorized', 'UNAUTHORIZED'],
  [402, 'insufficient-credits', 'INSUFFICIENT_CREDITS'],
  [403, 'forbidden', 'FORBIDDEN'],
  [404, 'not-found', 'NOT_FOUND'],
  [409, 'busy', 'CONCURRENT_REQUEST'],
  [413, 'too-large', 'INVALID_REQUEST'],
  [429, 'rate-limited', 'RATE_LIMIT_EXCEEDED'],
  [500, 'vendor-fault', 'INTERNAL_ERROR'],
  [502, 'unavailable', undefined],
  [503, 'unavailable', 'UNAVAILABLE'],
])('a %d is %s, %s', async (status, kind, code) => {
  const { moknah } = client(`http-${status}`, { retry: { tries: 1 } });
  const error: unknown = await moknah.generate({ text, voiceId }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ kind, vendor: 'moknah', status });
  expect((error as { code?: string }).code).toBe(code);
  const { outcome } = await listen(
    client(`http-${status}`, { retry: { tries: 1 } })
      .moknah.voice(voiceId)
      .say(text),
  );
  expect(outcome).toMatchObject({ verdict: 'failed', error: { kind } });
});

test.each(['', 'moknah-no-success', 'moknah-python-false', 'moknah-success-false-200'])(
  'what breaks the vendor’s rules comes back by field, and credits with both numbers (%s)',
  async (envelope) => {
    const join = (scenario: string) => (envelope ? `${scenario}~${envelope}` : scenario);
    const long = client(envelope).moknah.generate({ text: 'ا'.repeat(1_501), voiceId });
    await expect(long).rejects.toMatchObject({
      kind: 'invalid-request',
      fields: [{ path: 'text', message: expect.stringContaining('1500') }],
    });
    await expect(client(join('moknah-credits-5')).moknah.generate({ text, voiceId })).rejects.toMatchObject({
      kind: 'insufficient-credits',
      credits: { remaining: 5, required: Array.from(text).length },
    });
    await expect(client(envelope).moknah.generate({ text, voiceId: 90 })).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(client(envelope).moknah.generate({ text, voiceId: 91 })).rejects.toMatchObject({ kind: 'not-found' });
  },
);

test('the minute of requests is enforced, its reset is understood, and a long wait is told instead of slept', async () => {
  const { moknah } = client('', { retry: { maxWaitMs: 0 } });
  const ask = async () => {
    for await (const voice of moknah.voices()) return voice;
    return undefined;
  };
  let error: unknown;
  for (let i = 0; i < 61 && !error; i += 1)
    error = await ask().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
  expect(error).toMatchObject({
    kind: 'rate-limited',
    status: 429,
    retryAfterMs: expect.any(Number),
    credits: { remaining: 10_000 },
  });
  expect((error as { retryAfterMs: number }).retryAfterMs).toBeLessThanOrEqual(60_000);
});

test.each([
  ['html-200', 'not-audio'],
  ['empty-200', 'not-audio'],
  ['cut-body', 'truncated'],
])('%s is %s, for a file', async (scenario, kind) => {
  await expect(client(scenario).moknah.generate({ text, voiceId })).rejects.toMatchObject({ kind, billed: 'unknown' });
});

test.each([
  ['html-200', 'not-audio'],
  ['empty-200', 'not-audio'],
  ['cut-body', 'truncated'],
  ['moknah-half-sample', 'truncated'],
])('%s is %s, for a listener', async (scenario, kind) => {
  const { outcome, samples } = await listen(client(scenario).moknah.voice(voiceId).say(text));
  // Some engines drop what came before a break.
  const verdict = samples.length > 0 ? 'truncated' : 'failed';
  expect(outcome).toMatchObject({ verdict, error: { kind }, billed: 'unknown', samples: samples.length });
  if (scenario === 'moknah-half-sample') expect(verdict).toBe('truncated');
});

test('audio under a wrong content type is still audio', async () => {
  const { moknah } = client('moknah-wrong-type');
  expect((await moknah.generate({ text, voiceId })).mimeType).toBe('audio/mpeg');
  expect((await listen(moknah.voice(voiceId).say(text))).outcome.verdict).toBe('completed');
});

test.each<MoknahOutputFormat>(['mp3_44100_128', 'mp3_24000_48', 'opus_48000_64', 'pcm_16000'])(
  'a file of %s that ends early is truncated, though nothing about its transfer says so',
  async (outputFormat) => {
    const short: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      const whole = await response.arrayBuffer();
      return new Response(whole.slice(0, -33), { status: response.status });
    };
    const { moknah } = client('', { fetch: short });
    await expect(moknah.generate({ text, voiceId, outputFormat })).rejects.toMatchObject({
      kind: 'truncated',
      billed: 'unknown',
    });
  },
);

test('hidden headers cost the credits, and nothing else', async () => {
  const file = await client('moknah-hide-headers').moknah.generate({ text, voiceId });
  expect(file.credits).toEqual({});
  const hidden = await client('cors-hidden-headers').moknah.generate({ text, voiceId });
  expect(hidden.credits).toEqual('document' in globalThis ? {} : { remaining: expect.any(Number), used: expect.any(Number) });
});

test.each([
  ['text', { text: '' }],
  ['voiceId', { voiceId: 'abc' }],
  ['voiceId', { voiceId: '' }],
  ['voiceId', { voiceId: 1.5 }],
  ['speed', { speed: 1.3 }],
  ['voiceSettings.temperature', { voiceSettings: { temperature: 101 } }],
  ['voiceSettings.enableEmotions', { voiceSettings: { enableEmotions: 1 as unknown as boolean } }],
  ['prerecording', { prerecording: 1.5 }],
])('a wrong %s is refused by its name, before it costs a round trip: %o', async (path, wrong) => {
  const { moknah } = client();
  const request = { text, voiceId, ...wrong };
  expect(() => moknah.stream(request)).toThrow(`${path} must be`);
  await expect(moknah.generate(request)).rejects.toThrow(TypeError);
});

test('a stream takes no format that needs a decoder', () => {
  const { moknah } = client();
  expect(() => moknah.stream({ text, voiceId, outputFormat: 'mp3_44100_128' })).toThrow(/pcm_/);
  expect(() => moknah.voice(voiceId, { outputFormat: 'opus_48000_64' })).toThrow(/pcm_/);
});

test('voices are listed with what they have, and none is no error', async () => {
  const list = async (scenario: string) => {
    const voices = [];
    for await (const voice of client(scenario).moknah.voices({ language: 'ar' })) voices.push(voice);
    return voices;
  };
  expect((await list('')).at(0)).toEqual({ voiceId: 1, name: 'Layla', sampleUrl: 'https://moknah.io/samples/1.mp3' });
  expect((await list('moknah-odd-voices')).map((voice) => voice.voiceId)).toEqual([1, 7, 12, 21, 22]);
  expect(await list('moknah-no-voices')).toEqual([]);
});

test('a lost answer is not asked for again, because nobody knows whether it was paid', async () => {
  const { moknah, events, apiKey } = client('drop-answer');
  await expect(moknah.generate({ text: `${text} ${apiKey}`, voiceId })).rejects.toMatchObject({ billed: 'unknown' });
  expect(events.at(-1)).toMatchObject({ type: 'give-up', reason: 'paid' });
  // A browser may itself repeat a request on a connection that it used before; no page can see or prevent that.
  if (!('document' in globalThis)) expect(await accepted(apiKey)).toHaveLength(1);
});

test('no event and no error holds the key or the text', async () => {
  const secret = 'a sentence that nobody else should read';
  for (const scenario of ['', 'http-400', 'http-429', 'drop-answer', 'html-200', 'moknah-busy-9']) {
    const { moknah, events, apiKey } = client(scenario, { retry: { tries: 2, baseDelayMs: 1, maxWaitMs: 0 } });
    const error: unknown = await moknah.generate({ text: secret, voiceId }).catch((thrown: unknown) => thrown);
    const shown = [JSON.stringify(events), String(error), JSON.stringify(error), (error as Error).stack].join('\n');
    expect(shown).not.toContain(secret);
    expect(shown).not.toContain(apiKey);
  }
});
