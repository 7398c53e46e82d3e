import { expect, test } from 'vitest';

import { accepted, client } from '../tests/emulated-moknah.ts';

const voiceId = 7;
const text = 'One after the other.';

test('fifty callers are served one at a time and in order, and not one is refused', async () => {
  const { moknah, events, apiKey } = client('moknah-no-limits~moknah-latency-2');
  const done: number[] = [];
  await Promise.all(
    Array.from({ length: 50 }, async (_each, index) => {
      await moknah.generate({ text: `${index} ${apiKey}`, voiceId, outputFormat: 'pcm_8000' });
      done.push(index);
    }),
  );
  expect(done).toEqual(Array.from({ length: 50 }, (_each, index) => index));
  expect((await accepted(apiKey)).map((entry) => Number.parseInt(entry.text, 10))).toEqual(done);
  expect(events.filter(({ type }) => type === 'wait')).toEqual([]);
  expect(events.filter(({ type }) => type === 'held')).toHaveLength(49);
});

test('whoever is cancelled leaves the queue at once, and costs nothing', async () => {
  const { moknah, apiKey } = client('moknah-latency-300');
  const first = moknah.generate({ text: `first ${apiKey}`, voiceId });
  const abort = new AbortController();
  const second = moknah.generate({ text: `second ${apiKey}`, voiceId }, { signal: abort.signal });
  const third = moknah.voice(voiceId).say(`third ${apiKey}`);
  const fourth = moknah.generate({ text: `fourth ${apiKey}`, voiceId, outputFormat: 'pcm_8000' });
  abort.abort();
  third.cancel();
  await expect(second).rejects.toMatchObject({ kind: 'aborted', billed: 'no' });
  expect(await third.outcome).toMatchObject({ verdict: 'cancelled', billed: 'no' });
  await Promise.all([first, fourth]);
  expect((await accepted(apiKey)).map((entry) => entry.text.split(' ')[0])).toEqual(['first', 'fourth']);
});

test('a slot that somebody else holds is waited for', async () => {
  const { moknah, events } = client('moknah-busy-2');
  expect((await moknah.generate({ text, voiceId })).mimeType).toBe('audio/mpeg');
  expect(events.filter(({ type }) => type === 'wait')).toHaveLength(2);
  expect(events).toContainEqual(expect.objectContaining({ type: 'wait', because: 'busy' }));
});

test('a slot that is never free is told as busy, and nothing was paid', async () => {
  await expect(client('moknah-busy-9').moknah.generate({ text, voiceId })).rejects.toMatchObject({
    kind: 'busy',
    status: 409,
    code: 'CONCURRENT_REQUEST',
    billed: 'no',
  });
});

test('after an abort the next call waits a moment, because the vendor may still be at work', async () => {
  const { moknah, events } = client('moknah-latency-2000~moknah-hold-200');
  const abort = new AbortController();
  const left = moknah.generate({ text, voiceId }, { signal: abort.signal });
  await expect.poll(() => events.length).toBeGreaterThan(0);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const sinceMs = performance.now();
  abort.abort();
  await expect(left).rejects.toMatchObject({ kind: 'aborted', billed: 'unknown' });
  // At once: the rest of its two seconds is not waited for.
  expect(performance.now() - sinceMs).toBeLessThan(1_000);
  const next = new AbortController();
  const held = moknah.generate({ text, voiceId }, { signal: next.signal });
  await expect.poll(() => events).toContainEqual({ type: 'held', vendor: 'moknah', by: 'slot' });
  next.abort();
  await expect(held).rejects.toMatchObject({ kind: 'aborted', billed: 'no' });
});
