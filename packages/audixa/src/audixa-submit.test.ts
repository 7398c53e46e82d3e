import { expect, inject, test } from 'vitest';

import { createAudixa, type AudixaOptions } from './index.ts';

const { baseUrl } = inject('emulator');
const voiceId = 'am_ethan';
let runs = 0;

/** A client whose key misbehaves; each has an account of its own. */
function client(scenario: string, more: Partial<Exclude<AudixaOptions, { relay: string | URL }>> = {}) {
  runs += 1;
  const run = `run-submit${runs}${Math.random().toString(36).slice(2)}`;
  return createAudixa({
    baseUrl,
    apiKey: `emulated-burst~${run}~${scenario}`,
    dangerouslyAllowBrowser: true,
    retry: { tries: 2, baseDelayMs: 5, maxDelayMs: 5 },
    ...more,
  });
}

test('two jobs for the same text whose answers are lost are found again, and none is given to both', async () => {
  const audixa = client('accepted-then-500-times-2');
  const jobs = await Promise.all([1, 2].map(() => audixa.submit({ text: 'Twice the same.', voiceId })));
  expect(new Set(jobs.map(({ generationId }) => generationId)).size).toBe(2);
});

test('two calls that look in lockstep for the same text do not take the same job', async () => {
  const text = 'Twice the same.';
  const job = (id: string) => ({
    generation_id: id,
    status: 'COMPLETED',
    voice_id: voiceId,
    model: 'base',
    input_text: text,
    created_at: new Date().toISOString(),
  });
  /** Answers from memory, so that both calls get every answer in the same turn of the event loop. */
  const lockstep: typeof fetch = async (input, init) => {
    const { method, url } = new Request(input, init);
    if (method === 'POST') return Response.json({}, { status: 500 });
    const id = new URL(url).searchParams.get('generation_id');
    return Response.json(id ? job(id) : { history: [job('gen_b'), job('gen_a')] });
  };
  const audixa = client('run-x', { fetch: lockstep });
  const jobs = await Promise.all([1, 2].map(() => audixa.submit({ text, voiceId })));
  expect(jobs.map(({ generationId }) => generationId).toSorted()).toEqual(['gen_a', 'gen_b']);
});

test('a job whose answer another call still waits for is not taken for a lost one', async () => {
  let requests = 0;
  const flaky: typeof fetch = async (input, init) => {
    if (init?.method !== 'POST') return fetch(input, init);
    requests += 1;
    // The second one never reaches the vendor.
    if (requests === 2) throw new TypeError('fetch failed');
    const response = await fetch(input, init);
    await new Promise((resolve) => setTimeout(resolve, 500));
    return response;
  };
  const audixa = client('run-x', { fetch: flaky });
  const first = audixa.submit({ text: 'Twice the same.', voiceId });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const second = audixa.submit({ text: 'Twice the same.', voiceId });
  await expect(second).rejects.toMatchObject({ kind: 'unreachable', billed: 'unknown' });
  expect(await first).toMatchObject({ inputText: 'Twice the same.' });
});

test('a 503 to a paid request proves nothing: the job is looked for, and found', async () => {
  const audixa = client('accepted-then-503-times-1');
  expect(await audixa.submit({ text: 'Busy or not.', voiceId })).toMatchObject({ inputText: 'Busy or not.' });
  await expect(client('http-503-times-1').submit({ text: 'Busy indeed.', voiceId })).rejects.toMatchObject({
    kind: 'unavailable',
    billed: 'unknown',
  });
});

test('a job that is accepted and then out of sight was not free: the error names it', async () => {
  await expect(client('lost').generate({ text: 'Gone.', voiceId })).rejects.toMatchObject({
    kind: 'not-found',
    billed: 'unknown',
    generationId: expect.stringMatching(/^gen_/),
  });
});

test('the total limit that passes while a lost job is looked for is a timeout, and no cancel', async () => {
  const audixa = client('http-500-times-1', { timeouts: { totalMs: 400 }, retry: { baseDelayMs: 5, maxDelayMs: 60_000 } });
  await expect(audixa.generate({ text: 'Too late.', voiceId })).rejects.toMatchObject({ kind: 'timeout', limit: 'total' });
});

test('a call that is cancelled beforehand sends nothing and costs nothing', async () => {
  const requests: unknown[] = [];
  const audixa = client('run-x', { fetch: async (input) => (requests.push(input), new Response()) });
  const signal = AbortSignal.abort();
  for (const call of [audixa.submit, audixa.generate]) {
    await expect(call({ text: 'Never.', voiceId }, { signal })).rejects.toMatchObject({ kind: 'aborted', billed: 'no' });
  }
  expect(requests).toEqual([]);
});

test('half a document about a job is asked for again, as any cut answer', async () => {
  const audixa = client('truncated-json-times-1');
  const voices: unknown[] = [];
  for await (const voice of audixa.voices()) voices.push(voice);
  expect(voices.length).toBeGreaterThan(0);
});
