import { expect, test } from 'vitest';

import { createSauti } from './index.ts';

const text = 'Habari ya asubuhi.';
const voiceId = 'sauti-swahili-v1';
const answering = (status: number, body: string) =>
  createSauti({ apiKey: 'k', retry: { tries: 1 }, fetch: () => Promise.resolve(new Response(body, { status })) });

test.each([
  ['202 without an id', 202, '{"status":"queued"}'],
  ['202 with an empty object', 202, '{}'],
])('a synthesis answered with %s is bad-response', async (_title, status, body) => {
  await expect(answering(status, body).generate({ text, voiceId })).rejects.toMatchObject({ kind: 'bad-response', status });
});

test.each([
  ['JSON without an id', 202, '{}'],
  ['HTML', 200, '<html>hello</html>'],
  ['nothing', 200, ''],
])('the creation of a job answered with %s is bad-response: it is not asked for sound', async (_title, status, body) => {
  await expect(answering(status, body).submitJob({ text, voiceId })).rejects.toMatchObject({ kind: 'bad-response', status });
});

test('a synthesis answered with 200 and no sound stays not-audio', async () => {
  await expect(answering(200, '{}').generate({ text, voiceId })).rejects.toMatchObject({ kind: 'not-audio' });
});

test('a fetch that refuses its arguments ends a stream as invalid-request, not as a network that failed', async () => {
  const cause = Object.assign(new TypeError('Invalid URL'), { code: 'ERR_INVALID_URL' });
  const sauti = createSauti({ apiKey: 'k', fetch: () => Promise.reject(new TypeError('fetch failed', { cause })) });
  const { error, verdict, billed } = await sauti.stream({ text: 'Habari.', voiceId: 'v' }).outcome;
  expect({ verdict, billed, kind: error?.kind }).toEqual({ verdict: 'failed', billed: 'no', kind: 'invalid-request' });
  expect(error?.message).toContain('ERR_INVALID_URL');
});
