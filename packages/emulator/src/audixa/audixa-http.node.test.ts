import { afterAll, beforeAll, expect, test } from 'vitest';

import { startEmulator, toneVoice, type Emulator } from '../index.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ rate: 50 });
});
afterAll(() => emulator.close());

const call = (path: string, { key = emulator.audixa.apiKey, ...init }: RequestInit & { key?: string } = {}) =>
  fetch(`${emulator.audixa.baseUrl}${path}`, { ...init, headers: { 'x-api-key': key } });
const post = (body: unknown, key?: string) => call('/tts', { method: 'POST', body: JSON.stringify(body), ...(key && { key }) });
const jsonOf = async (response: Response) => (await response.json()) as Record<string, unknown>;

async function finished(generationId: string): Promise<Record<string, unknown>> {
  for (;;) {
    const job = await jsonOf(await call(`/tts?generation_id=${generationId}`));
    if (job['status'] === 'COMPLETED') return job;
    expect(['IN_QUEUE', 'GENERATING']).toContain(job['status']);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('a job is accepted with 200, runs through its states and leaves a 16-bit WAV file', async () => {
  const accepted = await post({ text: 'Hello.', voice_id: 'am_ethan' });
  const job = await jsonOf(accepted);
  expect(accepted.status).toBe(200);
  expect(job).toMatchObject({ status: 'IN_QUEUE', input_text: 'Hello.', model: 'base', tokens: 8, audio_url: null });
  const done = await finished(String(job['generation_id']));
  const file = await fetch(String(done['audio_url']));
  const bytes = new DataView(await file.arrayBuffer());
  expect(file.headers.get('content-type')).toBe('audio/wav');
  expect([bytes.getUint32(24, true), bytes.getUint16(34, true), bytes.getUint32(40, true)]).toEqual([24_000, 16, toneVoice('Hello.').length * 2]);
  expect(emulator.ledger.at(-1)).toMatchObject({ transport: 'http', text: 'Hello.' });
});

test('a broken request is answered with the documented 400', async () => {
  const response = await post({ model: 'turbo' });
  expect(response.status).toBe(400);
  expect(await jsonOf(response)).toEqual({
    detail: 'Validation error',
    errors: [
      { field: 'text', message: 'Text is required' },
      { field: 'voice_id', message: 'Voice ID is required' },
      { field: 'model', message: "Model must be 'base' or 'advanced'" },
    ],
  });
});

test('keys are taken from x-api-key and from a bearer token, and a wrong one is 401', async () => {
  const bearer = await fetch(`${emulator.audixa.baseUrl}/voices`, { headers: { authorization: `Bearer ${emulator.audixa.apiKey}` } });
  expect(bearer.status).toBe(200);
  const wrong = await call('/voices', { key: 'nobody' });
  expect([wrong.status, await jsonOf(wrong)]).toEqual([401, { detail: 'Invalid or missing API key' }]);
});

test('voices come in pages, filtered by model', async () => {
  const first = await jsonOf(await call('/voices?limit=5'));
  expect(first).toMatchObject({ limit: 5, offset: 0, length: 5 });
  const advanced = await jsonOf(await call('/voices?model=advanced'));
  expect((advanced['voices'] as { model: string }[]).every(({ model }) => model === 'advanced')).toBe(true);
  expect((await call('/voices?limit=0')).status).toBe(400);
});

test('a generation is known to its own account only', async () => {
  const job = await jsonOf(await post({ text: 'Mine.', voice_id: 'x' }));
  const other = await call(`/tts?generation_id=${String(job['generation_id'])}`, { key: emulator.scenario('burst') });
  expect([other.status, await jsonOf(other)]).toEqual([404, { detail: 'Generation not found' }]);
});

test('rate headers come with every answer, and pages may read them unless a scenario forbids it', async () => {
  const open = await call('/voices');
  expect(open.headers.get('x-ratelimit-limit')).toBe('240');
  expect(open.headers.get('access-control-allow-origin')).toBe('*');
  expect(open.headers.get('access-control-expose-headers')).toContain('Retry-After');
  const hidden = await call('/voices', { key: emulator.scenario('cors-hidden-headers') });
  expect([hidden.headers.get('access-control-allow-origin'), hidden.headers.get('access-control-expose-headers')]).toEqual(['*', null]);
  const closed = await call('/voices', { key: emulator.scenario('cors-off') });
  expect(closed.headers.get('access-control-allow-origin')).toBeNull();
});

test('bodies can be empty, cut, or never end', async () => {
  expect(await (await call('/voices', { key: emulator.scenario('empty-200') })).text()).toBe('');
  await expect(call('/voices', { key: emulator.scenario('truncated-json') }).then((response) => response.json())).rejects.toThrow(SyntaxError);
  const stalled = await call('/voices', { key: emulator.scenario('body-stall'), signal: AbortSignal.timeout(300) });
  expect(stalled.status).toBe(200);
  await expect(stalled.text()).rejects.toThrow();
});

test('the emulator shows a page, its scenarios, its ledger and its voice', async () => {
  expect(await (await fetch(emulator.url)).text()).toContain('stall-midway');
  expect(await (await fetch(`${emulator.url}/emulator/scenarios`)).json()).toEqual(emulator.scenarios);
  expect(await (await fetch(`${emulator.url}/emulator/ledger`)).json()).toEqual(emulator.ledger);
  const voice = await (await fetch(`${emulator.url}/emulator/voice?text=Hello`)).arrayBuffer();
  expect(new Float32Array(voice)).toEqual(toneVoice('Hello'));
  expect((await fetch(`${emulator.url}/nowhere`)).status).toBe(404);
});
