import { afterAll, beforeAll, expect, test } from 'vitest';

import { startEmulator, type Emulator } from '../index.ts';
import { errorOf, moknahKey } from '../../tests/moknah-calls.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ rate: Infinity });
});
afterAll(() => emulator.close());

/** Word for word from the vendor's page of errors. */
const samples = {
  400: {
    code: 'INVALID_REQUEST',
    message: 'Invalid request parameters',
    details: { text: ['This field is required.'], voice_id: ['Invalid voice ID.'] },
  },
  401: { code: 'UNAUTHORIZED', message: 'Invalid or missing API key' },
  402: {
    code: 'INSUFFICIENT_CREDITS',
    message: 'You do not have enough credits to generate speech.',
    details: { credits_remaining: 50, credits_required: 150 },
  },
  403: { code: 'FORBIDDEN', message: "You don't have permission to access this voice" },
  404: { code: 'NOT_FOUND', message: 'Voice not found', details: { voice_id: 'abc123' } },
  409: {
    code: 'CONCURRENT_REQUEST',
    message: 'Another request is already in progress. Please wait for it to complete.',
  },
  429: {
    code: 'RATE_LIMIT_EXCEEDED',
    message: 'Rate limit exceeded. Contact sales@moknah.io to increase limits.',
    details: { credits_remaining: 0, reset_after: 45 },
  },
  500: { code: 'INTERNAL_ERROR', message: 'An unexpected error occurred. Please try again later.' },
} as const;

const text = 'مرحبا بكم';

test.each(Object.entries(samples))('%s is the sample of the vendor’s page, word for word', async (status, error) => {
  const answer = await moknahKey(emulator, `http-${status}`).generate(text);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([Number(status), 'application/json']);
  expect(answer.json).toEqual({ success: false, error });
});

test('503 has the same shape and words of ours', async () => {
  expect(errorOf(await moknahKey(emulator, 'http-503').generate(text))).toEqual({
    code: 'UNAVAILABLE',
    message: 'Service unavailable',
  });
});

test.each([502, 504, 520])('%i is a web page', async (status) => {
  const { headers, bytes } = await moknahKey(emulator, `http-${status}`).generate(text);
  expect(headers.get('content-type')).toBe('text/html');
  expect(bytes.toString()).toContain(`<title>${status} `);
});

test('moknah-no-success: without success, the error itself unchanged; a scenario’s errors too', async () => {
  expect((await moknahKey(emulator, 'moknah-no-success').generate({ text, voice_id: 90 })).json).toEqual({
    error: samples[403],
  });
  expect((await moknahKey(emulator, 'moknah-no-success~http-500').generate(text)).json).toEqual({ error: samples[500] });
});

test('moknah-python-false: the page’s literal False, which is no JSON', async () => {
  const headers = { authorization: `Bearer ${moknahKey(emulator, 'moknah-python-false~http-500').apiKey}` };
  const response = await fetch(`${emulator.moknah.baseUrl}/voices/`, { headers });
  const body = await response.text();
  expect(body).toMatch(/^\{"success": False,"error":\{"code":"INTERNAL_ERROR"/);
  expect(() => void JSON.parse(body)).toThrow(SyntaxError);
});

test('moknah-odd-details: the details have other types', async () => {
  expect(errorOf(await moknahKey(emulator, 'moknah-odd-details').generate({}))['details']).toEqual({
    text: 'required',
    voice_id: { code: 'invalid' },
    list: [1, null],
    credits_remaining: '50',
  });
});

test('moknah-success-false-200: the error comes with status 200', async () => {
  expect(await moknahKey(emulator, 'moknah-success-false-200').generate({ text, voice_id: 90 })).toMatchObject({
    status: 200,
    json: { success: false, error: samples[403] },
  });
});

test('a voice that fails is the vendor’s 500, and the slot is free again', async () => {
  let fails = true;
  const hoarse = await startEmulator({
    rate: Infinity,
    voice: () => (fails ? Promise.reject(new Error('hoarse')) : Float32Array.of(0.5)),
  });
  const key = moknahKey(hoarse);
  expect(await key.generate(text)).toMatchObject({ status: 500, json: { error: samples[500] } });
  fails = false;
  expect((await key.generate(text)).status).toBe(200);
  await hoarse.close();
});
