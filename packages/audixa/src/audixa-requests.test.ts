import { describe, expect, test } from 'vitest';

import { accepted, client, collect, json, scripted, voiceId } from '../tests/emulated-audixa.ts';

const text = 'A few words.';
const made = json({ generation_id: 'gen_1' });
// A browser repeats a request by itself when a connection that it used before ends without an answer.
const inPage = 'document' in globalThis;

test('every option arrives under the vendor’s name, and what is left out is not sent', async () => {
  const { audixa, sent } = scripted(undefined, made);
  await audixa.submit({
    text,
    voiceId,
    model: 'advanced',
    speed: 1.25,
    cfgWeight: 3,
    exaggeration: 0.25,
    languageCode: 'de',
    audioFormat: 'mp3',
  });
  await audixa.submit({ text, voiceId });
  expect(sent.map(({ path, body }) => [path, JSON.parse(body) as unknown])).toEqual([
    [
      '/v3/tts',
      {
        text,
        voice_id: voiceId,
        model: 'advanced',
        speed: 1.25,
        cfg_weight: 3,
        exaggeration: 0.25,
        language_code: 'de',
        audio_format: 'mp3',
      },
    ],
    // The seed lists the model as required, the reference as optional.
    ['/v3/tts', { text, voice_id: voiceId, model: 'base' }],
  ]);
});

test('a custom endpoint has its own paths for jobs, and no others', async () => {
  const { audixa, requests } = client('', { slug: 'my voice/1' });
  expect((await audixa.generate({ text, voiceId })).mimeType).toBe('audio/wav');
  await collect(audixa.voices());
  const paths = new Set(requests.map(({ method, url }) => `${method} ${url.pathname.replace(/gen_\w+|audio.*/, '…')}`));
  expect([...paths]).toEqual([
    'POST /v3/custom/my%20voice%2F1/tts',
    'GET /v3/custom/my%20voice%2F1/generations/…',
    'GET /…',
    'GET /v3/voices',
  ]);
});

describe('a paid request', () => {
  test.each([
    [400, 'invalid-request', 'no'],
    [401, 'unauthorized', 'no'],
    [402, 'insufficient-credits', 'no'],
    [403, 'forbidden', 'no'],
    [404, 'not-found', 'no'],
    [422, 'invalid-request', 'no'],
    [500, 'vendor-fault', 'unknown'],
    [502, 'unavailable', 'unknown'],
    [503, 'unavailable', 'unknown'],
    [504, 'unavailable', 'unknown'],
  ])('that is answered with %i is %s, was charged: %s, and is not sent again', async (status, kind, billed) => {
    const { audixa, requests, apiKey } = client(`http-${status}`);
    await expect(audixa.submit({ text: `${text} ${apiKey}`, voiceId })).rejects.toMatchObject({ kind, status, billed });
    expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
    expect(await accepted(apiKey)).toEqual([]);
  });

  test('that is refused with 429 is sent again when its wait is over', async () => {
    const { audixa, events, apiKey } = client('http-429-times-1~retry-after-1');
    await audixa.submit({ text: `${text} ${apiKey}`, voiceId });
    expect(events.map(({ type }) => type)).toEqual(['attempt', 'wait', 'attempt']);
    expect(await accepted(apiKey)).toHaveLength(1);
    const impatient = client('http-429~retry-after-7', { retry: { maxWaitMs: 6_000 } });
    await expect(impatient.audixa.submit({ text, voiceId })).rejects.toMatchObject({ retryAfterMs: 7_000, billed: 'no' });
  });

  test.each([
    ...(inPage ? [] : ['drop-answer']),
    'cut-body',
    'html-200',
    'empty-200',
    'truncated-json',
    'accepted-then-500',
    'accepted-then-504',
  ])('whose answer is lost (%s) is found in the history, and not made again', async (scenario) => {
    const { audixa, events, requests, apiKey } = client(`${scenario}-times-1`);
    const spoken = `${scenario} ${apiKey}`;
    const { generationId } = await audixa.submit({ text: spoken, voiceId });
    const ids = (await accepted(apiKey)).map((entry) => entry.generationId);
    expect(ids).toEqual([generationId]);
    expect(requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
    expect(events).toContainEqual({ type: 'reconciled', vendor: 'audixa', found: true });
  });

  test('that never arrived is looked for three times, and told as unknown', async () => {
    let looks = 0;
    const { audixa, events } = client('', {
      fetch: (input, init) => {
        if (init?.method === 'POST') throw new TypeError('fetch failed');
        looks += 1;
        return fetch(input, init);
      },
    });
    await expect(audixa.submit({ text, voiceId })).rejects.toMatchObject({ kind: 'unreachable', billed: 'unknown' });
    expect(events).toContainEqual({ type: 'reconciled', vendor: 'audixa', found: false });
    expect(looks).toBe(3);
  });
});

test('pages of voices and of the history come one after the other, and no further than they are read', async () => {
  const { audixa, requests } = client('voices-250');
  const voices = await collect(audixa.voices());
  expect(new Set(voices.map((voice) => voice.voiceId)).size).toBe(250);
  expect(requests.map(({ url }) => url.search)).toEqual([
    '?limit=100&offset=0',
    '?limit=100&offset=100',
    '?limit=100&offset=200',
  ]);
  for await (const voice of audixa.voices({ pageSize: 10, model: 'base' })) {
    expect(voice).toMatchObject({ voiceId: expect.any(String), name: expect.any(String), model: 'base' });
    break;
  }
  expect(requests).toHaveLength(4);
  expect(requests[3]?.url.search).toBe('?model=base&limit=10&offset=0');
});

test('the history holds the account’s jobs, newest first, by status where asked', async () => {
  const { audixa } = client();
  for (const word of ['One.', 'Two.', 'Three.']) await audixa.generate({ text: word, voiceId });
  const all = await collect(audixa.history({ pageSize: 2 }));
  expect(all).toHaveLength(3);
  expect(all[0]).toMatchObject({ status: 'COMPLETED', voiceId, model: 'base', createdAt: expect.any(String) });
  const [newest, , oldest] = await Promise.all(all.map(({ generationId }) => audixa.generation(generationId)));
  expect([newest?.inputText, oldest?.inputText]).toEqual(['Three.', 'One.']);
  expect(await collect(audixa.history({ status: 'FAILED' }))).toEqual([]);
  expect(await collect(client().audixa.history())).toEqual([]);
});

test('rows that are no voices are skipped, and an answer without rows is told', async () => {
  const odd = scripted(undefined, json({ voices: [null, 7, {}, { voice_id: '' }, { voice_id: 'x', is_custom: 'no' }] }));
  expect(await collect(odd.audixa.voices())).toEqual([{ voiceId: 'x', name: 'x' }]);
  for (const none of [{}, [], null, { voices: {} }]) {
    await expect(collect(scripted(undefined, json(none)).audixa.voices())).rejects.toMatchObject({ kind: 'bad-response' });
  }
});

test('a limit of requests in a minute is a 429 that says how long, and free requests wait for it', async () => {
  const { audixa } = client('limit-3', { retry: { tries: 1 } });
  for (let times = 0; times < 3; times += 1) await collect(audixa.voices());
  const refused = await collect(audixa.voices()).catch((error: unknown) => error);
  expect(refused).toMatchObject({ kind: 'rate-limited', status: 429, billed: 'no', retryAfterMs: expect.any(Number) });
});

test('a limit of jobs at a time is a 429 too, and the job is made when another has ended', async () => {
  const { audixa, events, apiKey } = client('concurrent-1~retry-after-1');
  await Promise.all(['one', 'two'].map((word) => audixa.submit({ text: `${word} ${apiKey}`, voiceId })));
  expect(await accepted(apiKey)).toHaveLength(2);
  expect(events).toContainEqual(expect.objectContaining({ type: 'wait', because: 'rate-limited' }));
});

test.each([
  ['cors-off', 'unreachable'],
  ['cors-missing-on-errors~http-402', 'unreachable'],
  ['cors-hidden-headers~http-402', 'insufficient-credits'],
])('%s: a page learns no more than its browser lets through, and never too much', async (scenario, kindInPage) => {
  const { audixa } = client(scenario, { retry: { tries: 1 } });
  const listed = collect(audixa.voices());
  if (inPage) await expect(listed).rejects.toMatchObject({ kind: kindInPage, billed: 'no' });
  else if (scenario === 'cors-off') expect((await listed).length).toBeGreaterThan(0);
  else await expect(listed).rejects.toMatchObject({ kind: 'insufficient-credits' });
});
