import { expect, inject, test } from 'vitest';

import { createAudixa } from './index.ts';

const { baseUrl } = inject('emulator');
const options = { baseUrl, apiKey: 'emulated', dangerouslyAllowBrowser: true };

test('a missing key, an unprotected address, an empty text and an empty voice are mistakes of the program', () => {
  expect(() => createAudixa({ ...options, apiKey: '' })).toThrow(TypeError);
  expect(() => createAudixa({ ...options, baseUrl: 'http://api.audixa.ai' })).toThrow(/https/);
  const audixa = createAudixa(options);
  expect(() => audixa.stream({ text: '', voiceId: 'am_ethan' })).toThrow(TypeError);
  expect(() => audixa.stream({ text: 'x', voiceId: '' })).toThrow(TypeError);
  expect(() => audixa.voice('')).toThrow(TypeError);
});

test.each([
  ['speed must be a number from 0.5 to 2', { speed: 9 }],
  ['speed must be a number from 0.5 to 2', { speed: Number.NaN }],
  ['cfgWeight must be a number from 1 to 5', { cfgWeight: 0 }],
  ['exaggeration must be a number from 0 to 1', { exaggeration: '1' as unknown as number }],
  ['text must be a text that is not empty', { text: 42 as unknown as string }],
  ['voiceId must be a text that is not empty', { voiceId: undefined as unknown as string }],
  ['languageCode must be a string', { languageCode: 1 as unknown as string }],
])('%s: %o is refused before it costs a round trip', async (message, wrong) => {
  const audixa = createAudixa(options);
  const request = { text: 'x', voiceId: 'am_ethan', ...wrong };
  expect(() => audixa.stream(request)).toThrow(new TypeError(`${message}.`));
  await expect(audixa.generate(request)).rejects.toThrow(new TypeError(`${message}.`));
  await expect(audixa.submit(request)).rejects.toThrow(TypeError);
});

test('a limit that is no number is refused by its name', () => {
  const wrong = (more: object) => () => createAudixa({ ...options, ...more });
  expect(wrong({ timeouts: { stallMs: -1 } })).toThrow(/timeouts\.stallMs/);
  expect(wrong({ timeouts: { totalMs: '1' } })).toThrow(/timeouts\.totalMs/);
  expect(wrong({ retry: { tries: Number.NaN } })).toThrow(/retry\.tries/);
  expect(wrong({ retry: { tries: undefined } })).not.toThrow();
});

test('voices come page after page, and only those of the model asked for', async () => {
  const all: string[] = [];
  for await (const voice of createAudixa(options).voices({ pageSize: 3 })) all.push(voice.voiceId);
  expect(all.length).toBeGreaterThan(3);
  expect(new Set(all).size).toBe(all.length);
  for await (const voice of createAudixa(options).voices({ model: 'advanced' })) expect(voice.model).toBe('advanced');
});

test('an unknown generation is not-found', async () => {
  await expect(createAudixa(options).generation('gen_unknown')).rejects.toMatchObject({ kind: 'not-found', status: 404 });
});

test('a finished stream is known to the vendor by its id', async () => {
  const audixa = createAudixa({ ...options, apiKey: 'emulated-burst' });
  const { generationId = '' } = await audixa.voice('am_ethan').say('Hello there.').outcome;
  expect(await audixa.generation(generationId)).toMatchObject({
    generationId,
    status: 'COMPLETED',
    audioUrl: expect.any(String),
  });
});

test('free requests are tried again, and the wait can be aborted', async () => {
  const events: string[] = [];
  const flaky = createAudixa({
    ...options,
    apiKey: 'emulated-http-503-times-2',
    retry: { baseDelayMs: 10 },
    onEvent: ({ type }) => void events.push(type),
  });
  for await (const voice of flaky.voices()) expect(voice.voiceId).not.toBe('');
  expect(events).toEqual(['attempt', 'wait', 'attempt', 'wait', 'attempt']);
  const abort = new AbortController();
  const down = createAudixa({ ...options, apiKey: 'emulated-http-503', retry: { baseDelayMs: 60_000, maxDelayMs: 60_000 } });
  setTimeout(() => abort.abort(), 100);
  await expect(down.generation('gen_1', { signal: abort.signal })).rejects.toMatchObject({ kind: 'aborted' });
});

test('a body that stalls, JSON that is cut and an empty answer are told apart, and none is in the way of the next', async () => {
  const list = async (scenario: string) => {
    // An answer that was left must not hold the next one up, as Firefox does for 20 s.
    const more = { retry: { tries: 1 }, timeouts: { bodyIdleMs: 300, headersMs: 10_000 } };
    for await (const voice of createAudixa({ ...options, apiKey: `emulated-${scenario}`, ...more }).voices()) return voice;
    return undefined;
  };
  await expect(list('body-stall')).rejects.toMatchObject({ kind: 'timeout', limit: 'stall' });
  await expect(list('truncated-json')).rejects.toMatchObject({ kind: 'truncated' });
  await expect(list('empty-200')).rejects.toMatchObject({ kind: 'bad-response' });
});
