import { createWavDecoder } from '@saystream/core';
import { expect, inject, test } from 'vitest';

import { createSauti, type ClientEvent, type SautiOptions, type SpeechStream } from './index.ts';

const { url } = inject('emulator');
const voiceId = 'sauti-swahili-v1';
const text = 'Habari ya asubuhi.';
let runs = 0;

/** A client whose key misbehaves; each has an account of its own. */
function client(scenario = '', more: Partial<Exclude<SautiOptions, { relay: string | URL }>> = {}) {
  const events: ClientEvent[] = [];
  runs += 1;
  const apiKey = [
    'emulated-burst',
    `run-sauti${runs}${Math.random().toString(36).slice(2)}`,
    ...(scenario ? [scenario] : []),
  ].join('~');
  const sauti = createSauti({
    baseUrl: url,
    apiKey,
    dangerouslyAllowBrowser: true,
    retry: { baseDelayMs: 5, maxDelayMs: 50 },
    onEvent: (event) => void events.push(event),
    ...more,
  });
  return { sauti, events, apiKey };
}

/** What SAUTI says, before its file rounds it. */
async function voiceOf(spoken: string, rate = 16_000, speed = 1): Promise<Float32Array> {
  const response = await fetch(
    `${url}/emulator/voice?${new URLSearchParams({ text: spoken, rate: `${rate}`, speed: `${speed}` })}`,
  );
  return new Float32Array(await response.arrayBuffer());
}

async function listen(stream: SpeechStream) {
  const chunks: Float32Array[] = [];
  let thrown: unknown;
  try {
    for await (const chunk of stream) chunks.push(chunk);
  } catch (error) {
    thrown = error;
  }
  const samples = Float32Array.from(chunks.flatMap((chunk) => [...chunk]));
  return { samples, thrown, outcome: await stream.outcome };
}

/** Whether two sounds are the same but for the rounding to so many steps. */
function expectSameSound(heard: Float32Array, said: Float32Array, steps = 32_000): void {
  expect(heard.length).toBe(said.length);
  const worst = heard.reduce((most, sample, i) => Math.max(most, Math.abs(sample - (said[i] ?? 9))), 0);
  expect(worst).toBeLessThan(2 / steps);
}

test('a short text is a WAV file at once', async () => {
  const file = await client().sauti.generate({ text, voiceId });
  const said = await voiceOf(text);
  expect(file).toMatchObject({ mimeType: 'audio/wav', durationMs: (said.length / 16_000) * 1_000 });
  expectSameSound(createWavDecoder().push(file.bytes), said);
  expect(file.toBlob()).toMatchObject({ size: file.bytes.length, type: 'audio/wav' });
});

test('a long text becomes a job, whose progress is told and whose file is fetched', async () => {
  const { sauti, events } = client('sauti-running-30');
  const long = 'Neno. '.repeat(400);
  const statuses: string[] = [];
  const file = await sauti.generate({ text: long, voiceId }, { onStatus: ({ status }) => void statuses.push(status) });
  expect(file.mimeType).toBe('audio/wav');
  expect(statuses[0]).toBe('queued');
  expect(statuses.at(-1)).toBe('succeeded');
  expect(events.every(({ type }) => type === 'attempt')).toBe(true);
});

test('exactly 2,000 characters are answered at once, one more is a job', async () => {
  const jobs: string[] = [];
  const onStatus = ({ jobId }: { jobId: string }) => void jobs.push(jobId);
  const { sauti } = client('sauti-running-1');
  await sauti.generate({ text: 'a'.repeat(2_000), voiceId }, { onStatus });
  expect(jobs).toEqual([]);
  await sauti.generate({ text: 'a'.repeat(2_001), voiceId }, { onStatus });
  expect(jobs.length).toBeGreaterThan(1);
});

test.each([
  ['sauti-wav-8000', 8_000, 32_000],
  ['sauti-wav-22050', 22_050, 32_000],
  ['sauti-wav-24000', 24_000, 32_000],
  ['sauti-wav-44100', 44_100, 32_000],
  ['sauti-wav-48000~sauti-float32', 48_000, 1e6],
  ['sauti-8bit', 16_000, 120],
  ['sauti-24bit', 16_000, 4_000_000],
  ['sauti-float32', 16_000, 1e6],
  ['sauti-stereo', 16_000, 32_000],
  ['sauti-extra-chunks', 16_000, 32_000],
  ['sauti-extra-chunks~sauti-stereo~sauti-24bit', 16_000, 4_000_000],
  ['sauti-job~sauti-running-1~sauti-extra-chunks~sauti-wav-22050', 22_050, 32_000],
])('%s is heard as it was said, at %d Hz', async (scenario, sampleRate, steps) => {
  const stream = client(scenario).sauti.voice(voiceId).say(text);
  const { samples, outcome } = await listen(stream);
  expect(outcome).toMatchObject({ verdict: 'completed', billed: 'yes' });
  expect(await stream.format).toEqual({ sampleRate, channels: 1 });
  expectSameSound(samples, await voiceOf(text, sampleRate), steps);
});

test('the speaking rate arrives, under one name or beside the text', async () => {
  const said = await voiceOf(text, 16_000, 2);
  for (const settings of [
    { speakingRate: 2 },
    { voiceSettings: { speakingRate: 2 } },
    { speakingRate: 1, voiceSettings: { speakingRate: 2 } },
  ]) {
    const { samples } = await listen(
      client().sauti.stream({ text, voiceId, noiseScale: 0.5, noiseScaleDuration: 0.7, ...settings }),
    );
    expect(samples.length).toBe(said.length);
  }
});

test('text that comes in pieces is said whole', async () => {
  async function* pieces() {
    yield 'Habari ';
    yield 'ya asubuhi.';
  }
  const { samples, outcome } = await listen(client().sauti.voice(voiceId).say(pieces()));
  expect(outcome.verdict).toBe('completed');
  expectSameSound(samples, await voiceOf(text));
});

test('a job can be made, asked for and fetched step by step', async () => {
  const { sauti } = client('sauti-queued-1~sauti-running-400');
  const job = await sauti.submitJob({ text, voiceId, speakingRate: 1 });
  expect(job).toMatchObject({ jobId: expect.stringMatching(/^job_/), status: 'queued', createdAt: expect.any(String) });
  await expect(sauti.jobAudio(job.jobId)).rejects.toMatchObject({ kind: 'not-ready', status: 409, code: 'job_not_complete' });
  await expect.poll(async () => (await sauti.job(job.jobId)).status, { timeout: 10_000 }).toBe('succeeded');
  expect(await sauti.job(job.jobId)).toMatchObject({ completedAt: expect.any(String) });
  expect((await sauti.jobAudio(job.jobId)).mimeType).toBe('audio/wav');
});

test('a download that is refused right after success is asked for again', async () => {
  const { sauti, events } = client('sauti-late-audio~sauti-queued-1~sauti-running-1');
  expect((await sauti.generate({ text, voiceId })).mimeType).toBe('audio/wav');
  expect(events).toContainEqual(expect.objectContaining({ type: 'wait', because: 'not-ready' }));
});

test('a job that fails ends, and is no loop', async () => {
  const { sauti } = client('sauti-job-fails~sauti-queued-1~sauti-running-1');
  await expect(sauti.generate({ text, voiceId })).rejects.toMatchObject({
    kind: 'generation-failed',
    generationId: expect.stringMatching(/^job_/),
  });
  const { outcome } = await listen(sauti.voice(voiceId).say(text));
  expect(outcome).toMatchObject({ verdict: 'failed', error: { kind: 'generation-failed' } });
});

test('a job that vanishes is not-found and was not free, a strange status is waited out, and a stuck one ends at the total limit', async () => {
  await expect(client('sauti-job-vanishes~sauti-queued-1').sauti.generate({ text, voiceId })).rejects.toMatchObject({
    kind: 'not-found',
    billed: 'unknown',
  });
  const strange = client('sauti-job-unknown-status~sauti-queued-1~sauti-running-1').sauti.generate({ text, voiceId });
  expect((await strange).mimeType).toBe('audio/wav');
  const stuck = client('sauti-job-stuck~sauti-queued-1', { timeouts: { totalMs: 1_500 } }).sauti;
  await expect(stuck.generate({ text, voiceId })).rejects.toMatchObject({ kind: 'timeout', limit: 'total' });
  const { outcome } = await listen(stuck.voice(voiceId).say(text));
  expect(outcome).toMatchObject({ verdict: 'failed', error: { kind: 'timeout', limit: 'total' } });
});

test.each([
  ['sauti-bad-base64', 'not-audio'],
  ['sauti-no-audio', 'not-audio'],
  ['sauti-not-wav', 'not-audio'],
  ['html-200', 'not-audio'],
  ['empty-200', 'not-audio'],
  ['truncated-json', 'truncated'],
  ['short-body', 'truncated'],
  ['cut-body', 'truncated'],
])('%s is no sound, for a file and for a listener: %s', async (scenario, kind) => {
  const { sauti } = client(scenario);
  await expect(sauti.generate({ text, voiceId })).rejects.toMatchObject({ kind, vendor: 'sauti' });
  const { outcome, samples, thrown } = await listen(sauti.voice(voiceId).say(text));
  expect(outcome).toMatchObject({ verdict: 'failed', error: { kind } });
  expect(thrown).toBe(outcome.error);
  expect(samples.length).toBe(0);
});

test('a job’s file that is cut is read again, and what was heard is not heard twice', async () => {
  const { sauti } = client('sauti-job~sauti-queued-1~sauti-running-1');
  const { jobId } = await sauti.submitJob({ text, voiceId });
  await expect.poll(async () => (await sauti.job(jobId)).status, { timeout: 10_000 }).toBe('succeeded');
  // The fault is in the transport, whatever the key: this fetch breaks the first download off.
  let downloads = 0;
  const flaky: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (!response.url.endsWith('/audio') || (downloads += 1) > 1) return response;
    const whole = new Uint8Array(await response.arrayBuffer());
    const half = new ReadableStream({
      start(controller) {
        controller.enqueue(whole.slice(0, whole.length >> 1));
        controller.error(new TypeError('terminated'));
      },
    });
    return new Response(half, { headers: response.headers });
  };
  const { samples, outcome } = await listen(
    client('sauti-job~sauti-queued-1~sauti-running-1', { fetch: flaky }).sauti.voice(voiceId).say(text),
  );
  expect(outcome).toMatchObject({ verdict: 'completed' });
  expect(downloads).toBe(2);
  expectSameSound(samples, await voiceOf(text));
});

test.each([
  [400, 'invalid-request', 'invalid_request', 'no'],
  [401, 'unauthorized', 'unauthorized', 'no'],
  [403, 'forbidden', 'forbidden', 'no'],
  [404, 'not-found', 'not_found', 'no'],
  [413, 'too-large', 'payload_too_large', 'no'],
  [422, 'invalid-request', 'unprocessable_content', 'no'],
  [429, 'rate-limited', 'rate_limit_exceeded', 'no'],
  [500, 'vendor-fault', 'internal_error', 'unknown'],
  [502, 'unavailable', undefined, 'unknown'],
  [503, 'unavailable', 'unavailable', 'unknown'],
])('a %d is %s', async (status, kind, code, billed) => {
  const { sauti } = client(`http-${status}`, { retry: { tries: 1 } });
  const error: unknown = await sauti.generate({ text, voiceId }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ kind, vendor: 'sauti', status, billed });
  expect((error as { code?: string }).code).toBe(code);
});

test('what the vendor refuses comes back as it says it', async () => {
  const { sauti } = client();
  await expect(sauti.generate({ text: 'a'.repeat(5_001), voiceId })).rejects.toMatchObject({
    kind: 'invalid-request',
    status: 422,
  });
  await expect(sauti.generate({ text, voiceId: 'nobody' })).rejects.toMatchObject({ code: 'unprocessable_content' });
  await expect(client('sauti-fastapi-errors').sauti.generate({ text, voiceId: 'nobody' })).rejects.toMatchObject({
    kind: 'invalid-request',
    fields: [{ path: 'text', message: expect.stringContaining('nobody') }],
  });
});

test.each([
  ['text', { text: '' }],
  ['text', { text: 5 as unknown as string }],
  ['voiceId', { voiceId: '' }],
  ['speakingRate', { speakingRate: '2' as unknown as number }],
  ['voiceSettings.noiseScale', { voiceSettings: { noiseScale: true as unknown as number } }],
])('a wrong %s is refused by its name, before it costs a round trip', async (path, wrong) => {
  const { sauti } = client();
  const request = { text, voiceId, ...wrong };
  expect(() => sauti.stream(request)).toThrow(TypeError);
  expect(() => sauti.stream(request)).toThrow(`${path} must be`);
  await expect(sauti.generate(request)).rejects.toThrow(TypeError);
  await expect(sauti.submitJob(request)).rejects.toThrow(TypeError);
});

test('voices are listed, by language, and shown one by one', async () => {
  const { sauti } = client();
  const listed: string[] = [];
  for await (const voice of sauti.voices()) listed.push(voice.voiceId);
  expect(listed).toContain(voiceId);
  for await (const voice of sauti.voices({ language: 'sw' }))
    expect(voice).toMatchObject({ languageCode: 'sw', locale: 'sw-KE' });
  expect(await sauti.voiceInfo(voiceId)).toMatchObject({ name: 'Sauti Swahili', gender: 'female', status: 'active' });
  await expect(sauti.voiceInfo('nobody')).rejects.toMatchObject({ kind: 'not-found' });
});

test('a wait is told, and a refusal of the minute is waited for', async () => {
  const { sauti, events } = client('http-429-times-1~retry-after-1');
  expect((await sauti.generate({ text, voiceId })).mimeType).toBe('audio/wav');
  expect(events).toContainEqual(expect.objectContaining({ type: 'wait', because: 'rate-limited' }));
  const wait = events.find((event) => event.type === 'wait');
  expect(wait?.delayMs).toBeGreaterThanOrEqual(1_000);
});

test('a lost answer is not asked for again, because nobody knows whether it was paid', async () => {
  const { sauti, events, apiKey } = client('drop-answer');
  await expect(sauti.generate({ text: `${text} ${apiKey}`, voiceId })).rejects.toMatchObject({
    kind: 'unreachable',
    billed: 'unknown',
  });
  expect(events.at(-1)).toMatchObject({ type: 'give-up', reason: 'paid' });
  const ledger = (await (await fetch(`${url}/emulator/ledger`)).json()) as { text: string }[];
  // A browser may itself repeat a request on a connection that it used before; no page can see or prevent that.
  if (!('document' in globalThis)) expect(ledger.filter((entry) => entry.text.endsWith(apiKey))).toHaveLength(1);
});

test('an abort ends a call wherever it is: in a body, in a wait, between two polls', async () => {
  for (const scenario of ['body-stall', 'http-429~retry-after-50', 'sauti-job-stuck']) {
    const abort = new AbortController();
    const { sauti } = client(scenario);
    const call = sauti.generate({ text, voiceId }, { signal: abort.signal });
    const stream = sauti.voice(voiceId).say(text, { signal: abort.signal });
    const settled = Promise.all([expect(call).rejects.toMatchObject({ kind: 'aborted' }), stream.outcome]);
    await new Promise((resolve) => setTimeout(resolve, 200));
    abort.abort();
    const [, outcome] = await settled;
    expect(outcome).toMatchObject({ verdict: 'cancelled', error: { kind: 'aborted' } });
  }
});

test('a signal that was aborted before sends nothing', async () => {
  const abort = new AbortController();
  abort.abort();
  const { sauti, events } = client();
  await expect(sauti.generate({ text, voiceId }, { signal: abort.signal })).rejects.toMatchObject({
    kind: 'aborted',
    billed: 'no',
  });
  expect(await sauti.voice(voiceId).say(text, { signal: abort.signal }).outcome).toMatchObject({
    verdict: 'cancelled',
    billed: 'no',
  });
  expect(events).toEqual([]);
});

test('cancelling while the text is still being written costs nothing', async () => {
  async function* endless() {
    yield 'Habari';
    await new Promise(() => undefined);
  }
  const { sauti, events } = client();
  const stream = sauti.voice(voiceId).say(endless());
  stream.cancel();
  expect(await stream.outcome).toMatchObject({ verdict: 'cancelled', billed: 'no' });
  expect(events).toEqual([]);
});
